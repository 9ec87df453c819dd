//! Whether as many connections fit as the settings allow: each takes up an open file of the process, and a second one, where
//! there is room, for the handle by which it can be ended.

use std::thread::available_parallelism;

use super::settings::HttpSettings;

/// What a database connection has open: the database, its log, and the index of that.
const FILES_A_STORE_CONNECTION: usize = 3;
/// A thread that serves and one that executes, with three files each to wait by, and some to spare.
const FILES_A_THREAD: usize = 8;
/// Beside all these: the listener, the terminal, connections for imports, what the system's libraries read.
const OTHER_FILES: usize = 64;

/// Fewer connections fit than the settings allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "only {fitting} of {wanted} connections fit into the files that this process may open: allow it {needed} (`ulimit -n`, \
     or LimitNOFILE of systemd), or lower `connections_max`"
)]
pub struct TooFewFiles {
    wanted: usize,
    fitting: usize,
    needed: usize,
}

/// What the files that the process may open leave for connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Connections that can have a second handle, by which they can be ended.
    pub second_handles: usize,
    /// When not all connections fit that were wanted.
    pub too_few: Option<TooFewFiles>,
}

/// Makes room for the connections that `settings` allow, beside so many to the store: raises the process's limit of open
/// files as far as it may, and as is good for something. Where that is not far enough, `settings.connections_max` is then
/// what fits. Outside of Unix it does nothing.
pub fn make_room(settings: &mut HttpSettings, n_store_connections: u32) -> Room {
    let n_threads = available_parallelism().map_or(1, usize::from).max(settings.workers.map_or(1, usize::from));
    let others = other_files(n_threads, n_store_connections);
    let wanted = settings.connections_max;
    let Plan { connections, second_handles, .. } = carried_out(wanted, others);
    settings.connections_max = connections;
    let needed = wanted.saturating_add(others);
    let too_few = (connections < wanted).then_some(TooFewFiles { wanted, fitting: connections, needed });
    Room { second_handles, too_few }
}

/// Open files that are no client's. `n_threads` serve, or execute, whichever are more.
fn other_files(n_threads: usize, n_store_connections: u32) -> usize {
    let n_store_connections = usize::try_from(n_store_connections).unwrap_or(usize::MAX);
    n_threads
        .saturating_mul(FILES_A_THREAD)
        .saturating_add(n_store_connections.saturating_mul(FILES_A_STORE_CONNECTION))
        .saturating_add(OTHER_FILES)
}

#[cfg(unix)]
fn carried_out(wanted: usize, others: usize) -> Plan {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let plan = plan(wanted, others, current, maximum);
    match plan.raise_to.map(|files| setrlimit(Resource::Nofile, Rlimit { current: Some(files), maximum })) {
        None | Some(Ok(())) => plan,
        Some(Err(error)) => {
            tracing::warn!(%error, "the limit of open files could not be raised");
            self::plan(wanted, others, current, current)
        }
    }
}

#[cfg(not(unix))]
fn carried_out(wanted: usize, others: usize) -> Plan {
    plan(wanted, others, None, None)
}

#[derive(Debug, PartialEq, Eq)]
struct Plan {
    /// What the limit is to become, unless it suffices for two files a connection or may become no higher.
    raise_to: Option<u64>,
    /// The connections that fit then; at least one.
    connections: usize,
    /// How many of them can have a second handle.
    second_handles: usize,
}

/// What to do about a limit that is `current` and may become `maximum`; `None` is no limit. `others` are open files that are
/// no client's.
fn plan(wanted: usize, others: usize, current: Option<u64>, maximum: Option<u64>) -> Plan {
    let welcome = u64::try_from(wanted.saturating_mul(2).saturating_add(others)).unwrap_or(u64::MAX);
    let reachable = maximum.map_or(welcome, |maximum| maximum.min(welcome));
    let raise_to = current.is_some_and(|current| current < reachable).then_some(reachable);
    let granted = raise_to.or(current).map_or(usize::MAX, |files| usize::try_from(files).unwrap_or(usize::MAX));
    let left = granted.saturating_sub(others);
    let connections = left.clamp(1, wanted.max(1));
    Plan { raise_to, connections, second_handles: left.saturating_sub(connections).min(connections) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_raised_only_as_far_as_needed() {
        let cases = [
            // (wanted, current, maximum) → (raised to, connections, second handles)
            ((1_000, Some(2_100), Some(4_096)), (None, 1_000, 1_000)),
            ((1_000, Some(2_099), Some(4_096)), (Some(2_100), 1_000, 1_000)),
            ((1_000, Some(1_100), Some(1_100)), (None, 1_000, 0)),
            ((1_000, Some(1_099), Some(1_099)), (None, 999, 0)),
            ((10_000, Some(1_024), Some(524_288)), (Some(20_100), 10_000, 10_000)),
            ((10_000, Some(1_024), Some(12_000)), (Some(12_000), 10_000, 1_900)),
            ((10_000, Some(1_024), None), (Some(20_100), 10_000, 10_000)),
            ((10_000, None, None), (None, 10_000, 10_000)),
            ((10_000, Some(1_024), Some(4_096)), (Some(4_096), 3_996, 0)),
            ((10_000, Some(1_024), Some(1_024)), (None, 924, 0)),
            ((10_000, Some(64), Some(64)), (None, 1, 0)),
            ((usize::MAX, Some(1_024), Some(1_024)), (None, 924, 0)),
        ];
        for ((wanted, current, maximum), (raise_to, connections, second_handles)) in cases {
            let expected = Plan { raise_to, connections, second_handles };
            assert_eq!(plan(wanted, 100, current, maximum), expected, "{wanted} with {current:?} of {maximum:?}");
        }
    }

    #[test]
    fn threads_and_the_store_have_files_too() {
        assert_eq!(other_files(1, 4), 84);
        assert_eq!(other_files(64, 4), 588);
        assert_eq!(other_files(usize::MAX, u32::MAX), usize::MAX);
    }

    #[test]
    fn who_has_too_few_is_told_what_to_do() {
        let told = TooFewFiles { wanted: 10_000, fitting: 924, needed: 10_100 }.to_string();
        assert!(told.contains("only 924 of 10000") && told.contains("allow it 10100"), "{told}");
    }

    #[test]
    fn what_fits_is_left_as_it_is() {
        let mut settings = HttpSettings { connections_max: 1, ..HttpSettings::default() };
        assert_eq!(make_room(&mut settings, 4), Room { second_handles: 1, too_few: None });
        assert_eq!(settings.connections_max, 1);
    }
}

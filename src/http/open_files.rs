//! Whether as many connections fit as the settings allow: each is an open file of the process.

use super::settings::HttpSettings;

/// Open files beside connections: the database with its readers, listeners, workers, the terminal.
const OTHER_FILES: usize = 128;

/// Fewer connections fit than the settings allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "only {fitting} of {wanted} connections fit into the files that this process may open: allow it {} (`ulimit -n`, or \
     LimitNOFILE of systemd), or lower `connections_max`",
    .wanted.saturating_add(OTHER_FILES)
)]
pub struct TooFewFiles {
    wanted: usize,
    fitting: usize,
}

/// Makes room for the connections that `settings` allow: raises the process's limit of open files as far as it may.
///
/// `Some` when that is not far enough; then `settings.connections_max` is what fits. Outside of Unix it does nothing.
pub fn make_room(settings: &mut HttpSettings) -> Option<TooFewFiles> {
    let wanted = settings.connections_max;
    let fitting = fitting(wanted);
    settings.connections_max = fitting;
    (fitting < wanted).then_some(TooFewFiles { wanted, fitting })
}

#[cfg(unix)]
fn fitting(wanted: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let plan = plan(wanted, current, maximum);
    match plan.raise_to.map(|files| setrlimit(Resource::Nofile, Rlimit { current: Some(files), maximum })) {
        None | Some(Ok(())) => plan.connections,
        Some(Err(error)) => {
            tracing::warn!(%error, "the limit of open files could not be raised");
            self::plan(wanted, current, current).connections
        }
    }
}

#[cfg(not(unix))]
fn fitting(wanted: usize) -> usize {
    wanted
}

#[cfg(unix)]
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    /// What the limit is to become, unless it suffices.
    raise_to: Option<u64>,
    /// The connections that fit then; at least one.
    connections: usize,
}

/// What to do about a limit that is `current` and may become `maximum`; `None` is no limit.
#[cfg(unix)]
fn plan(wanted: usize, current: Option<u64>, maximum: Option<u64>) -> Plan {
    let needed = u64::try_from(wanted.saturating_add(OTHER_FILES)).unwrap_or(u64::MAX);
    let suffices = |limit: Option<u64>| limit.is_none_or(|limit| limit >= needed);
    if suffices(current) {
        return Plan { raise_to: None, connections: wanted };
    }
    if suffices(maximum) {
        return Plan { raise_to: Some(needed), connections: wanted };
    }
    let files = maximum.and_then(|maximum| usize::try_from(maximum).ok()).unwrap_or(usize::MAX);
    Plan {
        raise_to: maximum.filter(|&maximum| current.is_some_and(|current| current < maximum)),
        connections: files.saturating_sub(OTHER_FILES).clamp(1, wanted.max(1)),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_raised_only_as_far_as_needed() {
        let cases = [
            // (wanted, current, maximum) → (raised to, connections)
            ((1_000, Some(1_128), Some(1_128)), (None, 1_000)),
            ((1_000, Some(1_127), Some(4_096)), (Some(1_128), 1_000)),
            ((10_000, Some(1_024), Some(524_288)), (Some(10_128), 10_000)),
            ((10_000, Some(1_024), None), (Some(10_128), 10_000)),
            ((10_000, None, None), (None, 10_000)),
            ((10_000, Some(1_024), Some(4_096)), (Some(4_096), 3_968)),
            ((10_000, Some(1_024), Some(1_024)), (None, 896)),
            ((10_000, Some(64), Some(64)), (None, 1)),
            ((usize::MAX, Some(1_024), Some(1_024)), (None, 896)),
        ];
        for ((wanted, current, maximum), (raise_to, connections)) in cases {
            let expected = Plan { raise_to, connections };
            assert_eq!(plan(wanted, current, maximum), expected, "{wanted} with {current:?} of {maximum:?}");
        }
    }

    #[test]
    fn who_has_too_few_is_told_what_to_do() {
        let told = TooFewFiles { wanted: 10_000, fitting: 896 }.to_string();
        assert!(told.contains("only 896 of 10000") && told.contains("allow it 10128"), "{told}");
    }

    #[test]
    fn what_fits_is_left_as_it_is() {
        let mut settings = HttpSettings { connections_max: 1, ..HttpSettings::default() };
        assert_eq!(make_room(&mut settings), None);
        assert_eq!(settings.connections_max, 1);
    }
}

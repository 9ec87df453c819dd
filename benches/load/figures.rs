//! What was measured, and what is wrong with it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use crate::process::Process;

/// By how much the last quarter of the time may lie above the second, once all is warm: what the allocator keeps for
/// later comes and goes.
const MEMORY_SLACK_KIB: u64 = 16 * 1024;
/// Likewise of descriptors and threads: a connection or a look-up more.
const SLACK: u64 = 2;
/// Of a hundred answers so many may be of what an import took away meanwhile.
const GONE_PERCENT_MAX: u64 = 2;

/// Notes of what an import may do to answers.
pub(crate) const CHANGED: &str = "changed meanwhile";
pub(crate) const CURSOR_GONE: &str = "cursors of what is gone";
pub(crate) const TOLD: &str = "changes told over WebSockets";

/// How long answers took, by kind of request; and what was wrong.
#[derive(Default)]
pub(crate) struct Figures(Mutex<Gathered>);

#[derive(Default)]
struct Gathered {
    begin: Option<Instant>,
    took: BTreeMap<&'static str, Vec<u32>>,
    noted: BTreeMap<&'static str, u64>,
    n_wrong: u64,
    /// The first of many.
    wrong: Vec<String>,
}

impl Figures {
    fn gathered(&self) -> MutexGuard<'_, Gathered> {
        self.0.lock().expect("nobody panics while gathering")
    }

    pub(crate) fn took(&self, kind: &'static str, took: Duration) {
        let mut gathered = self.gathered();
        gathered.begin.get_or_insert_with(Instant::now);
        gathered.took.entry(kind).or_default().push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
    }

    /// Counts what may happen, and is told.
    pub(crate) fn note(&self, what: &'static str) {
        *self.gathered().noted.entry(what).or_default() += 1;
    }

    pub(crate) fn wrong(&self, what: String) {
        let mut gathered = self.gathered();
        gathered.n_wrong += 1;
        if gathered.wrong.len() < 20 {
            gathered.wrong.push(what);
        }
    }

    /// How often that was noted.
    pub(crate) fn n_noted(&self, what: &str) -> u64 {
        self.gathered().noted.get(what).copied().unwrap_or(0)
    }

    /// What the server complained of.
    pub(crate) fn wrong_in_log(&self, server: &Process) {
        for line in server.log.try_iter().filter(|line| line.contains("ERROR") || line.contains("panicked")) {
            self.wrong(format!("the log has: {line}"));
        }
    }

    /// Prints all; whether nothing was wrong.
    pub(crate) fn print(&self) -> bool {
        let mut gathered = self.gathered();
        let seconds = gathered.begin.map_or(1.0, |begin| begin.elapsed().as_secs_f64());
        println!(
            "\n{:<12} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
            "requests", "number", "a second", "p50 ms", "p90 ms", "p99 ms", "max ms"
        );
        let mut all = Vec::new();
        for (kind, took) in &mut gathered.took {
            all.extend_from_slice(took);
            print_row(kind, took, seconds);
        }
        print_row("all", &mut all, seconds);
        println!("\n{:?}; {} errors", gathered.noted, gathered.n_wrong);
        let n_gone: u64 = [CHANGED, CURSOR_GONE].iter().filter_map(|what| gathered.noted.get(what)).sum();
        let is_rare = n_gone * 100 <= all.len() as u64 * GONE_PERCENT_MAX;
        if !is_rare {
            println!("  more than {GONE_PERCENT_MAX} of a hundred answers are of what was gone meanwhile");
        }
        for wrong in &gathered.wrong {
            println!("  {wrong}");
        }
        gathered.n_wrong == 0 && !all.is_empty() && is_rare
    }
}

fn print_row(kind: &str, took: &mut [u32], seconds: f64) {
    took.sort_unstable();
    let at = |percent: usize| {
        let micros = took.get((took.len() * percent / 100).min(took.len().saturating_sub(1))).copied().unwrap_or(0);
        f64::from(micros) / 1e3
    };
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let a_second = took.len() as f64 / seconds;
    println!(
        "{kind:<12} {:>9} {a_second:>9.0} {:>9.2} {:>9.2} {:>9.2} {:>9.2}",
        took.len(),
        at(50),
        at(90),
        at(99),
        at(100)
    );
}

/// What a process holds at a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Held {
    memory_kib: u64,
    descriptors: u64,
    threads: u64,
}

impl Held {
    /// `None` when the process has ended, or the system is not Linux.
    pub(crate) fn by(process: u32) -> Option<Self> {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let number = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_ascii_whitespace().next()?.parse().ok()
        };
        let descriptors = std::fs::read_dir(format!("/proc/{process}/fd")).ok()?.count();
        Some(Self {
            memory_kib: number("VmRSS:")?,
            descriptors: u64::try_from(descriptors).ok()?,
            threads: number("Threads:")?,
        })
    }
}

/// Prints what was held, second by second; whether it was read at all and did not grow towards the end.
pub(crate) fn print_held(held: &[Held]) -> bool {
    if held.len() < 8 {
        println!("what the process held was read only {} times", held.len());
        return false;
    }
    println!("\n{:<12} {:>9} {:>9} {:>9} {:>9} {:>9}", "held", "first", "2nd qu.", "4th qu.", "last", "most");
    let of = [
        ("memory KiB", (|held: &Held| held.memory_kib) as fn(&Held) -> u64, MEMORY_SLACK_KIB),
        ("descriptors", |held: &Held| held.descriptors, SLACK),
        ("threads", |held: &Held| held.threads, SLACK),
    ];
    let mut is_well = true;
    for (what, number, slack) in of {
        let numbers: Vec<u64> = held.iter().map(number).collect();
        let quarter = numbers.len() / 4;
        let (warm, end) = (median(&numbers[quarter..2 * quarter]), median(&numbers[3 * quarter..]));
        let most = numbers.iter().max().copied().unwrap_or(0);
        println!("{what:<12} {:>9} {warm:>9} {end:>9} {:>9} {most:>9}", numbers[0], numbers[numbers.len() - 1]);
        if end > warm + slack {
            println!("  the {what} grew");
            is_well = false;
        }
    }
    is_well
}

fn median(numbers: &[u64]) -> u64 {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    numbers[numbers.len() / 2]
}

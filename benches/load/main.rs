//! Mixed load at full speed, with imports between: a server of its own, a database in a file, requests of every kind
//! over connections that are kept, `WebSockets` that listen for changes, and every ten seconds an import by another
//! process.
//!
//! ```text
//! cargo bench --bench load                     # ten minutes, against the release build
//! cargo bench --bench load -- 60 16            # a minute, sixteen requests at once
//! cargo bench --profile dev --bench load -- 30 # half a minute, against the debug build
//! ```
//!
//! Every answer is looked at: its status, that it has no errors but those that are meant, that versions only grow, and
//! that what one answer holds is of one import. Each second memory, descriptors and threads of the server are read from
//! `/proc`, so that it needs Linux. At the end it prints, by kind of request, how many there were and how long they took, then what the
//! process held; it exits with 1 when an answer was wrong, an import was not told, or the server grew: when the median
//! of the last quarter of the time is above that of the second, by more than 16 MiB of memory, two descriptors or two threads, in five
//! minutes or more.

mod figures;
mod imports;
mod mix;
#[path = "../../tests/it/process.rs"]
#[expect(dead_code, reason = "shared with the integration tests, which use the rest")]
mod process;
mod sockets;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use figures::{Figures, Held, TOLD};
use imports::Imports;
use mix::{Mix, Turn};
use process::Process;

const SECONDS: u64 = 600;
/// In less than that not everything is warm: growth is told, and is no failure.
const SECONDS_TO_BE_WARM: u64 = 300;
const AT_ONCE: usize = 8;
/// `WebSockets` that listen for changes.
const LISTENERS: u64 = 2;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    let numbers: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let seconds = numbers.first().copied().unwrap_or(SECONDS);
    let at_once = numbers.get(1).and_then(|n| usize::try_from(*n).ok()).unwrap_or(AT_ONCE);

    let folder = tempfile::tempdir().expect("a folder");
    let imports = Arc::new(Imports::new(folder.path()));
    imports.import_next().await.expect("the first import");
    let server = Process::start(folder.path(), "warn");
    let figures = Arc::new(Figures::default());
    let mix = Arc::new(Mix::new(&server.url));
    println!("{seconds} seconds, {at_once} requests at once, {} different questions", mix.n_questions());

    let until = Instant::now() + Duration::from_secs(seconds);
    let askers: Vec<_> = (0..at_once)
        .map(|asker| {
            let (mix, figures) = (mix.clone(), figures.clone());
            tokio::spawn(async move {
                let mut turn = Turn::of(asker);
                while Instant::now() < until {
                    mix.ask(&mut turn, &figures).await;
                }
            })
        })
        .collect();
    let listeners: Vec<_> =
        (0..LISTENERS).map(|_| tokio::spawn(sockets::listen(server.url.clone(), figures.clone()))).collect();
    let importing = tokio::spawn(imports::every_ten_seconds(imports.clone(), figures.clone()));

    let mut held = Vec::new();
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    while Instant::now() < until {
        ticks.tick().await;
        held.extend(Held::by(server.id()));
    }
    for asker in askers {
        asker.await.expect("an asker does not panic");
    }
    importing.abort();
    let n_imports = imports.done.load(Ordering::Relaxed);
    for listener in listeners {
        listener.abort();
    }

    println!("{n_imports} imports, the last version that was seen is {}", mix.version());
    // The last one may have come too late to be seen; each listener is told of each other.
    let n_told_min = (n_imports.saturating_sub(2)) * LISTENERS;
    if mix.version() + 1 < n_imports || figures.n_noted(TOLD) < n_told_min {
        figures.wrong(format!("{n_told_min} changes at least were to be told, and the last seen to be the newest"));
    }
    figures.wrong_in_log(&server);
    let (is_well, is_steady) = (figures.print(), figures::print_held(&held));
    if is_well && (is_steady || seconds < SECONDS_TO_BE_WARM) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

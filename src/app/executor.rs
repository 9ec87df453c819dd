//! Where operations are executed: on threads of their own, not on those that serve connections.

use std::sync::LazyLock;
use std::thread::available_parallelism;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use tracing::Instrument as _;

/// Bytes of a thread's stack. Execution recurses on what an operation nests: in an unoptimised build 2 MiB, the usual size,
/// are used up before the default depth is reached. Memory that is not used is not taken.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// As many threads as there are processors. Never ended: with the process.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_multi_thread()
        .worker_threads(available_parallelism().map_or(1, usize::from))
        .thread_name("grounds-execute")
        .thread_stack_size(STACK_BYTES)
        .enable_all()
        .build()
        .expect("a process that cannot start threads cannot answer")
});

/// What `work` gives, done on one of the threads for executing. Whoever stops waiting stops the work where it waits.
///
/// # Panics
/// When the work does.
pub async fn execute<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let mut task = JoinSet::new();
    task.spawn_on(work.in_current_span(), RUNTIME.handle());
    let done = task.join_next().await.expect("there is a task");
    done.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}

//! Where operations are executed: on threads of their own, not on those that serve connections.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread::available_parallelism;

use tokio::runtime::{Builder, Handle};
use tokio::task::JoinSet;
use tracing::Instrument as _;

/// Bytes of a thread's stack. Execution recurses on what an operation nests: in an unoptimised build 2 MiB, the usual size,
/// are used up before the default depth is reached. Memory that is not used is not taken.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// As many as there are processors. They end with the process.
static THREADS: LazyLock<Vec<Thread>> =
    LazyLock::new(|| (0..available_parallelism().map_or(1, usize::from)).map(|_| Thread::start()).collect());

/// A thread that executes, one step of one operation at a time. All that an operation asks of the store at one level
/// is so known before any of it is asked, and is one question.
struct Thread {
    runtime: Handle,
    n_operations: AtomicUsize,
}

impl Thread {
    fn start() -> Self {
        let runtime = Builder::new_current_thread().enable_all().thread_stack_size(STACK_BYTES).build();
        let runtime = runtime.expect("a process that cannot wait for anything cannot answer");
        let handle = runtime.handle().clone();
        std::thread::Builder::new()
            .name("grounds-execute".to_owned())
            .stack_size(STACK_BYTES)
            .spawn(move || runtime.block_on(std::future::pending::<()>()))
            .expect("a process that cannot start threads cannot answer");
        Self { runtime: handle, n_operations: AtomicUsize::new(0) }
    }
}

/// An operation of a thread, for as long as it is executed.
struct Counted(&'static Thread);

impl Counted {
    /// Of the thread that has the fewest.
    fn at_the_idlest() -> Self {
        let idlest = THREADS.iter().min_by_key(|thread| thread.n_operations.load(Relaxed));
        let idlest = idlest.expect("there is a processor");
        idlest.n_operations.fetch_add(1, Relaxed);
        Self(idlest)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.n_operations.fetch_sub(1, Relaxed);
    }
}

/// What `work` gives, done on one of the threads for executing. Whoever stops waiting stops the work where it waits.
///
/// # Panics
/// When the work does.
pub async fn execute<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let counted = Counted::at_the_idlest();
    let mut task = JoinSet::new();
    task.spawn_on(work.in_current_span(), &counted.0.runtime);
    let done = task.join_next().await.expect("there is a task");
    done.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}

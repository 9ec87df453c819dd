//! Computations over the whole graph: on a bounded number of threads, within a time, once a snapshot.

use std::any::{Any, TypeId};
use std::sync::{Arc, LazyLock};
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use moka::future::Cache;
use tokio::sync::Semaphore;

use super::Current;
use crate::graph::{Computation, Deadline, Snapshot};

/// How much is kept of what was computed of one snapshot, in numbers: some 200 MB at the most.
const SIZE_MAX: u64 = 20_000_000;
/// What keeping an answer costs beside what it holds, its question not counted: in numbers.
const SIZE_OF_ENTRY: usize = 64;
/// How long it is remembered that a question took too long: whoever asks it again and again would otherwise keep a
/// thread busy for nothing. Not for good: the machine may have been busy.
const TOO_LONG_FOR: Duration = Duration::from_secs(30);
/// How many such questions are remembered.
const N_TOO_LONG_MAX: u64 = 1_000;

/// As many at once as there are processors: more would only make each of them slower. One for all snapshots, since
/// those of the old one may still be running when a new one is swapped in.
static THREADS: LazyLock<Arc<Semaphore>> = LazyLock::new(threads);
/// As many again for work of milliseconds, which so never waits for work of seconds.
static QUICK_THREADS: LazyLock<Arc<Semaphore>> = LazyLock::new(threads);

fn threads() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(available_parallelism().map_or(1, usize::from)))
}

/// What was computed of one snapshot; it goes with the snapshot.
#[derive(Debug)]
pub struct Computed {
    answers: Cache<Question, Answer>,
    too_long: Cache<Question, ()>,
}

/// The type of the computation, and what it asks.
type Question = (TypeId, String);

/// An answer of whatever type, and what keeping it costs.
#[derive(Debug, Clone)]
struct Answer {
    answer: Arc<dyn Any + Send + Sync>,
    size: usize,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ComputeError {
    /// It would take too long.
    #[error("the computation took longer than {} s", .0.as_secs_f64())]
    OutOfTime(Duration),
}

impl Default for Computed {
    fn default() -> Self {
        let weigh = |(_, text): &Question, answer: &Answer| {
            let size = answer.size.saturating_add(SIZE_OF_ENTRY).saturating_add(text.len() / size_of::<f64>());
            u32::try_from(size).unwrap_or(u32::MAX)
        };
        Self {
            answers: Cache::builder().max_capacity(SIZE_MAX).weigher(weigh).build(),
            too_long: Cache::builder().max_capacity(N_TOO_LONG_MAX).time_to_live(TOO_LONG_FOR).build(),
        }
    }
}

impl Current {
    /// The answer to `question` of this snapshot: the one that was kept, or else computed now, on a thread of its own.
    /// Those who ask the same meanwhile wait for the same answer. It may take `time_max`, as of whoever asked first.
    /// Needs a Tokio runtime.
    ///
    /// # Errors
    /// When it takes too long, or took too long half a minute ago.
    ///
    /// # Panics
    /// When the computation does.
    pub async fn compute<C: Computation>(
        self: &Arc<Self>,
        question: C,
        time_max: Duration,
    ) -> Result<Arc<C::Answer>, ComputeError> {
        let name = (TypeId::of::<C>(), format!("{question:?}"));
        if self.computed.too_long.contains_key(&name) {
            return Err(ComputeError::OutOfTime(time_max));
        }
        let answer = self.computed.answers.try_get_with(name.clone(), self.compute_now(question, time_max)).await;
        if answer.is_err() {
            self.computed.too_long.insert(name, ()).await;
        }
        let answer = answer.map_err(|error| *error)?;
        Ok(answer.answer.downcast().expect("a question's type is part of its name"))
    }

    /// What `work` gives, done on one of the threads for quick work: for what takes milliseconds, which is too long for a
    /// thread that serves requests, and is not worth keeping. Needs a Tokio runtime.
    ///
    /// # Panics
    /// When the work does.
    pub async fn run<T: Send + 'static>(self: &Arc<Self>, work: impl FnOnce(&Snapshot) -> T + Send + 'static) -> T {
        self.run_on(&QUICK_THREADS, work).await
    }

    async fn compute_now<C: Computation>(
        self: &Arc<Self>,
        question: C,
        time_max: Duration,
    ) -> Result<Answer, ComputeError> {
        let compute = move |snapshot: &Snapshot| question.compute(snapshot, Deadline::at(Instant::now() + time_max));
        let answer = self.run_on(&THREADS, compute).await.map_err(|_| ComputeError::OutOfTime(time_max))?;
        let size = C::size(&answer);
        Ok(Answer { answer: Arc::new(answer), size })
    }

    async fn run_on<T: Send + 'static>(
        self: &Arc<Self>,
        threads: &Arc<Semaphore>,
        work: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> T {
        let current = Arc::clone(self);
        // Whoever gives up waiting leaves the queue; what has begun runs to its end.
        let thread = threads.clone().acquire_owned().await.expect("nobody closes it");
        let working = tokio::task::spawn_blocking(move || {
            let done = work(&current.snapshot);
            drop(thread);
            done
        });
        working.await.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use jiff::Timestamp;

    use super::super::Fingerprints;
    use super::*;
    use crate::graph::{Facts, OutOfTime};

    const TIME_MAX: Duration = Duration::from_secs(3);

    static N_RUNS: AtomicU32 = AtomicU32::new(0);

    #[derive(Debug)]
    struct Sum(u32);

    impl Computation for Sum {
        type Answer = u32;

        fn compute(&self, snapshot: &Snapshot, _: Deadline) -> Result<u32, OutOfTime> {
            N_RUNS.fetch_add(1, Ordering::SeqCst);
            Ok(self.0 + snapshot.counts().n_entities)
        }

        fn size(_: &u32) -> usize {
            1
        }
    }

    static N_TRIES: AtomicU32 = AtomicU32::new(0);

    #[derive(Debug)]
    struct Endless;

    impl Computation for Endless {
        type Answer = ();

        fn compute(&self, _: &Snapshot, _: Deadline) -> Result<(), OutOfTime> {
            N_TRIES.fetch_add(1, Ordering::SeqCst);
            Err(OutOfTime)
        }

        fn size((): &()) -> usize {
            1
        }
    }

    fn current() -> Arc<Current> {
        Arc::new(Current {
            snapshot: Snapshot::build(Facts::default()),
            loaded_at: Timestamp::UNIX_EPOCH,
            load_time: Duration::ZERO,
            computed: Computed::default(),
            fingerprints: Fingerprints::default(),
        })
    }

    #[tokio::test]
    async fn what_many_ask_is_computed_once_for_each_snapshot() {
        let first = current();
        let (a, b, c) = tokio::join!(
            first.compute(Sum(1), TIME_MAX),
            first.compute(Sum(1), TIME_MAX),
            first.compute(Sum(2), TIME_MAX)
        );
        assert_eq!([a, b, c].map(|sum| *sum.expect("in time")), [1, 1, 2]);
        assert_eq!(N_RUNS.load(Ordering::SeqCst), 2);
        assert_eq!(*current().compute(Sum(1), TIME_MAX).await.expect("in time"), 1);
        assert_eq!(N_RUNS.load(Ordering::SeqCst), 3, "another snapshot, another answer");
    }

    #[tokio::test]
    async fn what_takes_too_long_is_told_and_not_tried_again_at_once() {
        let current = current();
        for _ in 0..2 {
            assert_eq!(
                current.compute(Endless, TIME_MAX).await.expect_err("no end"),
                ComputeError::OutOfTime(TIME_MAX)
            );
        }
        assert_eq!(N_TRIES.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn quick_work_does_not_wait_for_slow_work() {
        let n_threads = u32::try_from(available_parallelism().map_or(1, usize::from)).expect("few");
        let _all = THREADS.acquire_many(n_threads).await.expect("nobody closes it");
        assert_eq!(current().run(|snapshot| snapshot.counts().n_entities).await, 0);
    }
}

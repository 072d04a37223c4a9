//! An ordered pipeline: one thread hands out jobs, others do them, and the results come back in the order of the jobs.
//!
//! At most a few jobs a thread are under way, so a source larger than memory streams through.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How many jobs may wait, or be done and not taken, for each working thread.
const JOBS_PER_THREAD: usize = 4;

/// How often is looked whether to stop.
const TICK: Duration = Duration::from_millis(100);

/// The results of jobs, in their order.
pub(super) struct Pipeline<T> {
    results: Option<Receiver<(String, Receiver<T>)>>,
    threads: Vec<JoinHandle<()>>,
    /// Becomes true when no more results are wanted.
    stop: Arc<AtomicBool>,
}

/// Where the thread that makes jobs puts them.
pub(super) struct JobSink<J, T> {
    jobs: SyncSender<(J, SyncSender<T>)>,
    order: SyncSender<(String, Receiver<T>)>,
    name_of: fn(&J) -> String,
}

/// Nobody takes results any more.
pub(super) struct Abandoned;

impl<J, T> JobSink<J, T> {
    /// Puts a job, and waits while too many are under way.
    ///
    /// # Errors
    /// The pipeline was dropped: there is no use in further jobs.
    pub(super) fn put(&self, job: J) -> Result<(), Abandoned> {
        let (result, receiver) = sync_channel(1);
        self.order
            .send(((self.name_of)(&job), receiver))
            .map_err(|_| Abandoned)?;
        self.jobs.send((job, result)).map_err(|_| Abandoned)
    }
}

impl<T: Send + 'static> Pipeline<T> {
    /// Starts one thread for `produce` and `thread_count` for `work`; `name_of` says what a job that fails was about.
    pub(super) fn start<J: Send + 'static>(
        thread_count: usize,
        stop: Arc<AtomicBool>,
        name_of: fn(&J) -> String,
        produce: impl FnOnce(JobSink<J, T>) + Send + 'static,
        work: impl Fn(J) -> T + Send + Sync + 'static,
    ) -> Self {
        let capacity = JOBS_PER_THREAD * thread_count;
        let (jobs, waiting) = sync_channel::<(J, SyncSender<T>)>(capacity);
        let (order, results) = sync_channel(capacity);
        let waiting = Arc::new(Mutex::new(waiting));
        let work = Arc::new(work);
        let mut threads = vec![std::thread::spawn(move || produce(JobSink { jobs, order, name_of }))];
        for _ in 0..thread_count {
            let (waiting, work) = (Arc::clone(&waiting), Arc::clone(&work));
            threads.push(std::thread::spawn(move || do_jobs(&waiting, &*work)));
        }
        Self {
            results: Some(results),
            threads,
            stop,
        }
    }

    /// The next result; absent at the end. The inner error says that a job ended in a fault of this program.
    pub(super) fn next(&mut self) -> Option<Result<T, JobFailed>> {
        let (name, receiver) = self.received()?;
        Some(receiver.recv().map_err(|_| JobFailed { name }))
    }

    /// The next job under way. When reading is to stop, one that does not come soon is not waited for: the source may be a
    /// quiet pipe.
    fn received(&self) -> Option<(String, Receiver<T>)> {
        loop {
            match self.results.as_ref()?.recv_timeout(TICK) {
                Ok(received) => return Some(received),
                Err(RecvTimeoutError::Timeout) if !self.stop.load(Ordering::Relaxed) => {}
                Err(_) => return None,
            }
        }
    }
}

/// A job ended without a result.
pub(super) struct JobFailed {
    /// What it was about.
    pub(super) name: String,
}

fn do_jobs<J, T>(waiting: &Mutex<Receiver<(J, SyncSender<T>)>>, work: &(impl Fn(J) -> T + ?Sized)) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((job, result)) = next else {
            return;
        };
        // A fault in one job must not take the others with it; its result stays out, which the reader reports.
        if let Ok(value) = catch_unwind(AssertUnwindSafe(|| work(job))) {
            // Nobody may wait for it any more.
            let _ = result.send(value);
        }
    }
}

impl<T> Drop for Pipeline<T> {
    fn drop(&mut self) {
        // Without a receiver every sender ends, and with it its thread.
        self.results = None;
        // One that waits for a quiet pipe is left to the end of the process.
        if !self.stop.load(Ordering::Relaxed) {
            for thread in self.threads.drain(..) {
                let _ = thread.join();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let produce = |sink: JobSink<u64, u64>| (0..1_000).for_each(|job| drop(sink.put(job)));
        let mut pipeline = Pipeline::start(4, Arc::default(), u64::to_string, produce, |job| {
            std::thread::sleep(std::time::Duration::from_micros(job * 7_919 % 50));
            job * 2
        });
        let results: Vec<u64> = std::iter::from_fn(|| pipeline.next()?.ok()).collect();
        assert!(results.into_iter().eq((0..1_000).map(|job| job * 2)));
    }

    #[test]
    fn a_failing_job_takes_no_other_with_it() {
        let produce = |sink: JobSink<u64, u64>| (0..10).for_each(|job| drop(sink.put(job)));
        let mut pipeline = Pipeline::start(2, Arc::default(), u64::to_string, produce, |job| {
            assert!(job != 3, "this job fails on purpose");
            job
        });
        let results: Vec<Option<u64>> = std::iter::from_fn(|| pipeline.next()).map(Result::ok).collect();
        assert_eq!(results.iter().flatten().count(), 9);
        assert_eq!(results[3], None);
    }

    #[test]
    fn a_dropped_pipeline_stops_its_threads() {
        let produce = |sink: JobSink<u64, u64>| for_ever(&sink);
        let mut pipeline = Pipeline::start(2, Arc::default(), u64::to_string, produce, |job| job);
        assert!(pipeline.next().is_some());
        drop(pipeline);
    }

    fn for_ever(sink: &JobSink<u64, u64>) {
        let mut job = 0;
        while sink.put(job).is_ok() {
            job += 1;
        }
    }
}

//! Work on threads, its results in order.
//!
//! The threads live as long as the work. A pool that outlives it is gone in a forked child that still believes in it;
//! to start a thread costs less than a thousandth of what a chunk costs to read.

use std::{
    collections::BTreeMap,
    io,
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

/// Jobs taken in and not yet given back, for each thread: enough that none of them waits.
const JOBS_A_THREAD: usize = 2;

/// Threads that do one kind of job.
pub(super) struct Workers<J, R> {
    threads: usize,
    started: usize,
    work: Arc<Work<J, R>>,
    jobs: Option<Sender<(usize, J)>>,
    done: Receiver<(usize, thread::Result<R>)>,
    report: Sender<(usize, thread::Result<R>)>,
    /// Results that came before their turn.
    early: BTreeMap<usize, thread::Result<R>>,
    taken: usize,
    given: usize,
}

/// What the threads share.
struct Work<J, R> {
    queue: Mutex<Receiver<(usize, J)>>,
    stop: AtomicBool,
    #[expect(clippy::type_complexity, reason = "it is what it says")]
    run: Box<dyn Fn(J, &dyn Fn() -> bool) -> R + Send + Sync>,
}

impl<J: Send + 'static, R: Send + 'static> Workers<J, R> {
    /// At most so many `threads`, each of which may `run` jobs; `run` is told how to ask whether to go on.
    pub(super) fn new(
        threads: usize,
        run: impl Fn(J, &dyn Fn() -> bool) -> R + Send + Sync + 'static,
    ) -> Self {
        let (jobs, queue) = mpsc::channel();
        let (report, done) = mpsc::channel();
        let work = Work { queue: Mutex::new(queue), stop: AtomicBool::new(false), run: Box::new(run) };
        Self {
            threads,
            started: 0,
            work: Arc::new(work),
            jobs: Some(jobs),
            done,
            report,
            early: BTreeMap::new(),
            taken: 0,
            given: 0,
        }
    }

    /// Whether another job should be handed in now.
    pub(super) fn have_room(&self) -> bool {
        self.waiting() < JOBS_A_THREAD * self.threads
    }

    /// How many results are still to come.
    pub(super) fn waiting(&self) -> usize {
        self.taken - self.given
    }

    /// Takes a job.
    ///
    /// # Errors
    /// The system starts no thread.
    pub(super) fn push(&mut self, job: J) -> io::Result<()> {
        if self.started < self.threads && self.started <= self.waiting() {
            match self.start() {
                Err(error) if self.started == 0 => return Err(error),
                // Fewer threads do it, too.
                Err(_) => self.threads = self.started,
                Ok(()) => self.started += 1,
            }
        }
        if let Some(jobs) = &self.jobs {
            // The queue is there as long as the sender is.
            let _ = jobs.send((self.taken, job));
            self.taken += 1;
        }
        Ok(())
    }

    fn start(&self) -> io::Result<()> {
        let work = Arc::clone(&self.work);
        let report = self.report.clone();
        let run = move || {
            let go_on = || !work.stop.load(Ordering::Relaxed);
            while go_on() {
                let job = work.queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok((number, job)) = job else { break };
                let result = panic::catch_unwind(AssertUnwindSafe(|| (work.run)(job, &go_on)));
                if report.send((number, result)).is_err() {
                    break;
                }
            }
        };
        thread::Builder::new().name("pullquote".to_owned()).spawn(run).map(drop)
    }

    /// The next result in order, if it comes while `patience` lasts.
    pub(super) fn next(&mut self, patience: Duration) -> Option<R> {
        if self.waiting() == 0 {
            return None;
        }
        while !self.early.contains_key(&self.given) {
            match self.done.recv_timeout(patience) {
                Ok((number, result)) => self.early.insert(number, result),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
            };
        }
        let result = self.early.remove(&self.given)?;
        self.given += 1;
        Some(result.unwrap_or_else(|panic| panic::resume_unwind(panic)))
    }
}

/// Nobody waits for the threads: each stops after the text that it is reading.
impl<J, R> Drop for Workers<J, R> {
    fn drop(&mut self) {
        self.work.stop.store(true, Ordering::Relaxed);
        self.jobs = None;
    }
}

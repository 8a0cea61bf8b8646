//! Work on many threads whose results are taken in order.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, channel};

/// What became of a piece of work; a panic is passed on to who takes it.
type Done<T> = Result<T, Box<dyn Any + Send>>;

/// Does every job on the threads of the pool, and takes the results in the order of the jobs on this one. At any time only
/// so many jobs are begun and not taken, and one is being taken.
pub(crate) fn in_order<J: Send, T: Send>(
    mut jobs: impl Iterator<Item = J>,
    ahead: usize,
    work: impl Fn(J) -> T + Sync,
    mut take: impl FnMut(T),
) {
    let (send, receive) = channel::<(usize, Done<T>)>();
    let work = &work;
    rayon::in_place_scope(|scope| {
        let mut begun = 0;
        let mut begin = || {
            let Some(job) = jobs.next() else { return false };
            let (at, send) = (begun, send.clone());
            begun += 1;
            scope.spawn(move |_| {
                let done = catch_unwind(AssertUnwindSafe(|| work(job)));
                let _ = send.send((at, done));
            });
            true
        };
        let mut ahead = (0..ahead).take_while(|_| begin()).count();
        let mut early: BTreeMap<usize, Done<T>> = BTreeMap::new();
        let mut next = 0;
        while ahead > 0 {
            let Some(done) = early.remove(&next) else {
                early.extend(arrived(&receive));
                continue;
            };
            next += 1;
            ahead -= usize::from(!begin());
            match done {
                Ok(done) => take(done),
                Err(panic) => resume_unwind(panic),
            }
        }
    });
}

/// The next result. A thread of the pool works while it waits: nobody else may be there to do it.
fn arrived<T>(receive: &Receiver<T>) -> Option<T> {
    match rayon::yield_now() {
        None => receive.recv().ok(),
        Some(_) => receive.try_recv().ok(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_come_in_order_and_few_are_begun_ahead() {
        let (begun, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut results = Vec::new();
        let work = |job: usize| {
            let ahead = begun.fetch_add(1, Ordering::SeqCst) + 1 - taken.load(Ordering::SeqCst);
            assert!(ahead <= 6, "{ahead}");
            // The first of each few takes longest.
            std::thread::sleep(std::time::Duration::from_micros(
                500 * u64::from(job.is_multiple_of(5)),
            ));
            job * 2
        };
        in_order(0..100, 5, work, |result| {
            taken.fetch_add(1, Ordering::SeqCst);
            results.push(result);
        });
        assert!(results.iter().copied().eq((0..100).map(|job| job * 2)));
        in_order(0..0, 5, |job: usize| job, |_| panic!("there was no job"));
    }

    #[test]
    fn it_works_on_a_thread_of_the_pool_too() {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .build()
            .unwrap();
        let mut sum = 0;
        pool.install(|| in_order(0..50, 3, |job: u32| job, |result| sum += result));
        assert_eq!(sum, 49 * 25);
    }

    #[test]
    #[should_panic(expected = "job 7")]
    fn a_panic_in_a_job_is_passed_on() {
        in_order(0..50, 3, |job: u32| assert!(job != 7, "job {job}"), |()| ());
    }
}

//! Work on many threads whose results are taken in order.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{iter, mem};

use plenary_types::Invariant;

/// What became of a piece of work.
struct Piece<T> {
    /// The place of the job among all.
    at: usize,
    /// The thread of the pool that did it.
    thread: usize,
    /// A panic is passed on to who takes the result.
    done: Result<T, Box<dyn Any + Send>>,
}

/// Does every job on the threads of the pool, and takes the results in the order of the jobs on this one. At any time only
/// so many jobs are begun and not taken, and one is being taken.
///
/// What is left of a result is dropped by the thread that made it: memory is freed several times as fast where it was
/// asked for.
///
/// ```
/// let mut squares = Vec::new();
/// plenary_import::in_order(0..4, 2, |n| n * n, |square| squares.push(square));
/// assert_eq!(squares, [0, 1, 4, 9]);
/// ```
pub fn in_order<J: Send, T: Send, L: Send>(
    mut jobs: impl Iterator<Item = J>,
    ahead: usize,
    work: impl Fn(J) -> T + Sync,
    mut take: impl FnMut(T) -> L,
) {
    let (send, receive) = channel::<Piece<T>>();
    let left: Vec<Mutex<Vec<L>>> = iter::repeat_with(Mutex::default)
        .take(rayon::current_num_threads())
        .collect();
    let (work, left) = (&work, &left);
    rayon::in_place_scope(|scope| {
        let mut begun = 0;
        let mut begin = || {
            let Some(job) = jobs.next() else { return false };
            let (at, send) = (begun, send.clone());
            begun += 1;
            scope.spawn(move |_| {
                let thread = rayon::current_thread_index().invariant("work is done in a pool");
                drop(left_by(left, thread).map(|mut own| mem::take(&mut *own)));
                let done = catch_unwind(AssertUnwindSafe(|| work(job)));
                let _ = send.send(Piece { at, thread, done });
            });
            true
        };
        let mut ahead = (0..ahead).take_while(|_| begin()).count();
        let mut early: BTreeMap<usize, Piece<T>> = BTreeMap::new();
        let mut next = 0;
        while ahead > 0 {
            let Some(piece) = early.remove(&next) else {
                early.extend(arrived(&receive).map(|piece| (piece.at, piece)));
                continue;
            };
            next += 1;
            ahead -= usize::from(!begin());
            let rest = match piece.done {
                Ok(done) => take(done),
                Err(panic) => resume_unwind(panic),
            };
            if let Some(mut own) = left_by(left, piece.thread) {
                own.push(rest);
            }
        }
    });
}

/// What is left of the results of a thread.
fn left_by<L>(left: &[Mutex<Vec<L>>], thread: usize) -> Option<MutexGuard<'_, Vec<L>>> {
    let own = left.get(thread)?;
    Some(own.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The next result. A thread of the pool works while it waits: nobody else may be there to do it.
fn arrived<T>(receive: &Receiver<Piece<T>>) -> Option<Piece<T>> {
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

    /// Tells where it was made, and counts where it is dropped: by its maker, by another thread of the pool.
    struct Left<'a>(Option<usize>, &'a [AtomicUsize; 2]);

    impl Drop for Left<'_> {
        fn drop(&mut self) {
            let Self(maker, [own, others]) = self;
            match rayon::current_thread_index() {
                Some(here) if *maker == Some(here) => own.fetch_add(1, Ordering::SeqCst),
                Some(_) => others.fetch_add(1, Ordering::SeqCst),
                None => 0,
            };
        }
    }

    #[test]
    fn what_is_left_of_a_result_is_dropped_by_its_maker() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build();
        let dropped = [AtomicUsize::new(0), AtomicUsize::new(0)];
        let work = |_: u32| Left(rayon::current_thread_index(), &dropped);
        pool.unwrap()
            .install(|| in_order(0..200, 4, work, |left| left));
        let [own, others] = dropped.each_ref().map(|n| n.load(Ordering::SeqCst));
        // The last ones are left when no thread has more work to begin.
        assert!(own + others == 200 && others <= 15, "{own} {others}");
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

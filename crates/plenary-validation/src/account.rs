//! [`DecisionCounts`]: decisions accounted for like rows.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use plenary_bodies::{Uncounted, Undecidable};
use serde::Serialize;

use crate::DecisionCx;

/// How many decisions and elections were looked at: those decided and those that cannot be add up to all of them.
///
/// A decision without a vote is decided: it was adopted, and there is no rule to evaluate. An election is decided where each of its
/// rounds is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DecisionCounts {
    /// All decisions and elections.
    pub total: u64,
    /// Those with a verdict.
    pub decided: u64,
    /// Of these, those whose rule neither the record nor the configuration states.
    pub assumed: u64,
    /// Those without one.
    pub undecidable: u64,
    /// Why, most frequent first.
    pub causes: Vec<Cause>,
}

/// Why some decisions cannot be decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Cause {
    /// What is missing.
    pub cause: String,
    /// What would settle it.
    #[serde(skip)]
    pub help: &'static str,
    /// How many decisions.
    pub count: u64,
    /// The first record, by its label, in the order of labels.
    pub first: String,
}

/// The cause that a reader reports, with what would settle it.
const DATE_UNREAD: (&str, &str) = ("its date could not be read", "correct the date");

/// The account of one run, kept from several threads at once.
#[derive(Debug, Default)]
pub(crate) struct Account(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    decided: u64,
    assumed: u64,
    /// Those that a finding was made for, here or by a reader.
    told: Causes,
    /// Those since.
    fresh: Causes,
}

/// Causes, with what would settle each, the number of decisions and the first record.
type Causes = BTreeMap<(String, &'static str), (u64, String)>;

/// Adds decisions to a cause.
fn add(causes: &mut Causes, cause: (&str, &'static str), more: u64, label: &str) {
    let cause = (cause.0.to_owned(), cause.1);
    match causes.get_mut(&cause) {
        Some((count, first)) => {
            *count += more;
            if label < first.as_str() {
                label.clone_into(first);
            }
        }
        None => {
            causes.insert(cause, (more, label.to_owned()));
        }
    }
}

/// Causes, the most frequent first.
fn listed(causes: &Causes) -> Vec<Cause> {
    let causes = causes.iter().map(|((cause, help), (count, first))| Cause {
        cause: cause.clone(),
        help,
        count: *count,
        first: first.clone(),
    });
    let mut causes: Vec<_> = causes.collect();
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.count));
    causes
}

impl Account {
    /// Adds the decisions and the elections of a record. Whether a reader has reported that it could not read the date of an act is asked where
    /// that is all that is missing.
    pub(crate) fn add(
        &self,
        label: &str,
        decisions: &[DecisionCx<'_>],
        elections: Vec<Result<(), Uncounted>>,
        date_unread: impl Fn(usize) -> bool,
    ) {
        let reported = |cx: &DecisionCx<'_>| {
            matches!(cx.ruling(), Err(Undecidable::NoDate)) && date_unread(cx.act)
        };
        let reported: Vec<_> = decisions.iter().map(reported).collect();
        let verdicts: Vec<_> = decisions.iter().map(verdict).collect();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (verdict, reported) in verdicts.into_iter().zip(reported) {
            match verdict {
                Err(_) if reported => add(&mut kept.told, DATE_UNREAD, 1, label),
                Ok(assumed) => {
                    kept.decided += 1;
                    kept.assumed += u64::from(assumed);
                }
                Err((cause, help)) => add(&mut kept.fresh, (&cause, help), 1, label),
            }
        }
        for election in elections {
            match election {
                Ok(()) => kept.decided += 1,
                Err(uncounted) => {
                    let cause = format!("an election is not counted: {}", uncounted.cause());
                    add(&mut kept.fresh, (&cause, uncounted.help()), 1, label);
                }
            }
        }
    }

    /// The causes that no finding was made for yet.
    pub(crate) fn take_fresh(&self) -> Vec<Cause> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = listed(&std::mem::take(&mut kept.fresh));
        for cause in &fresh {
            add(
                &mut kept.told,
                (&cause.cause, cause.help),
                cause.count,
                &cause.first,
            );
        }
        fresh
    }

    pub(crate) fn counts(&self) -> DecisionCounts {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut causes = kept.told.clone();
        for ((cause, help), (count, first)) in &kept.fresh {
            add(&mut causes, (cause, help), *count, first);
        }
        let causes = listed(&causes);
        let undecidable = causes.iter().map(|cause| cause.count).sum();
        DecisionCounts {
            total: kept.decided + undecidable,
            decided: kept.decided,
            assumed: kept.assumed,
            undecidable,
            causes,
        }
    }
}

/// Whether a decided decision rests on an assumed rule, or why there is no verdict.
fn verdict(cx: &DecisionCx<'_>) -> Result<bool, (String, &'static str)> {
    match cx.ruling() {
        Ok(ruling) => match ruling.undecided() {
            None => Ok(ruling.is_assumed()),
            Some(undecidable) => Err((undecidable.cause(), undecidable.help())),
        },
        Err(Undecidable::NoVote) => Ok(false),
        Err(undecidable) => Err((undecidable.cause(), undecidable.help())),
    }
}

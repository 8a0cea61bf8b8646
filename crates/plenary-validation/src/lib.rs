#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod account;
mod adoption;
mod catalogue;
mod characters;
mod check;
mod checks;
mod claim;
mod config;
mod cx;
mod dataset;
mod electorate;
mod findings;
mod ledger;
mod meetings;
mod names;
mod page;
mod pattern;
mod reference;
mod referred;
mod roll;
mod ruling;
mod treaty;
mod validator;

pub use account::{Cause, DecisionCounts};
pub use adoption::{Adoption, AdoptionOutcome};
pub use catalogue::{Catalogue, UnknownCheck, explained_by};
pub use check::{Check, DatasetCheckMaker, DecisionCheck, Example, RecordCheck, Run, files_of};
pub use claim::{ClaimJudgement, ClaimStanding, judge_claim, source_words};
#[cfg(feature = "config")]
pub use config::named_reference;
pub use config::{Config, ConfigError, Waiver};
pub use cx::{DecisionCx, RecordCx};
pub use dataset::{DatasetCheck, DatasetChecker, DatasetFindings, Mark, RecordFacts};
pub use findings::{Findings, Report};
pub use ledger::Waived;
pub use page::{index_page, page};
pub use pattern::{Causes, Pattern, patterns};
pub use referred::Referred;
pub use roll::RollFaults;
pub use validator::{Judged, Validator};

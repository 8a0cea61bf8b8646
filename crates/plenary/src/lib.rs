#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod account;
mod baseline;
mod check;
mod compact;
mod configuration;
#[cfg(feature = "analysis")]
mod copies;
mod error;
mod findings;
mod fix;
#[cfg(feature = "analysis")]
mod importing;
#[cfg(feature = "analysis")]
mod same_votes;

#[cfg(feature = "analysis")]
pub use plenary_analysis as analysis;
pub use plenary_compare as compare;
pub use plenary_decisions as decisions;
pub use plenary_import as import;
pub use plenary_states as states;
pub use plenary_treaties as treaties;
pub use plenary_types as types;
pub use plenary_validation as validation;

pub use account::{Account, ClaimAccount, ClaimCounts, DecisionAccount, GroupTally};
pub use baseline::Baseline;
pub use check::{Input, Progress, Report, Settings, Unusable, Waived, check};
pub use compact::{GLOBAL_COMPACT_JSON, global_compact};
pub use configuration::{configuration_of, read_configuration};
#[cfg(feature = "analysis")]
pub use copies::{CopyCounts, CopyDifference};
pub use error::Error;
pub use findings::{FindingCounts, FindingLog, Shown};
pub use fix::{Change, Fixed, fix};
#[cfg(feature = "analysis")]
pub use importing::{ImportSettings, Imported, Refusal, import};
#[cfg(feature = "analysis")]
pub use same_votes::same_votes_of;

/// The example of the workspace's README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

/// The example of the page on power.
#[cfg(all(doctest, feature = "analysis"))]
#[doc = include_str!("../../../docs/power-and-cohesion.md")]
struct Power;

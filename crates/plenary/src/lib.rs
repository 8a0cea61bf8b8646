#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod account;
#[cfg(feature = "analysis")]
mod acts;
#[cfg(feature = "analysis")]
mod analyses;
mod baseline;
mod beside;
mod carried;
mod check;
mod cite;
mod claims;
mod compact;
mod comparing;
mod configuration;
mod contents;
#[cfg(feature = "analysis")]
mod copies;
#[cfg(feature = "analysis")]
mod date_columns;
mod decide;
mod error;
mod findings;
mod fix;
mod groups;
#[cfg(feature = "analysis")]
mod importing;
mod known_bodies;
mod members;
mod output;
pub mod page;
#[cfg(feature = "analysis")]
mod parties;
#[cfg(feature = "analysis")]
mod power;
mod read;
#[cfg(feature = "analysis")]
mod report;
mod resolve;
mod rule;
#[cfg(feature = "analysis")]
mod same_votes;
mod show;
#[cfg(feature = "analysis")]
mod sponsors;
mod terms;
mod treaty;
#[cfg(feature = "analysis")]
mod treaty_set;
#[cfg(feature = "analysis")]
mod updating;

#[cfg(feature = "analysis")]
pub use plenary_analysis as analysis;
pub use plenary_bodies as bodies;
pub use plenary_compare as compare;
#[cfg(feature = "analysis")]
pub use plenary_dataset as dataset;
pub use plenary_decisions as decisions;
pub use plenary_import as import;
pub use plenary_states as states;
pub use plenary_tables as tables;
pub use plenary_treaties as treaties;
pub use plenary_types as types;
pub use plenary_validation as validation;

pub use account::{
    Account, ClaimAccount, ClaimCounts, DecisionAccount, ElectionAccount, GroupTally, RelatedBy,
    RoundAccount,
};
#[cfg(feature = "analysis")]
pub use acts::{ActList, ActWord, ActWordError, ActsSettings, acts};
#[cfg(feature = "plot")]
pub use analyses::CohesionIndex;
#[cfg(feature = "analysis")]
pub use analyses::{
    AgreeSettings, Agreements, ChoiceCoding, ChoiceCodingError, Codes, CohesionSettings,
    CohesionTable, Cohesions, DecisionSettings, IdealMethod, IdealPoints, IdealSettings, RollCall,
    SelectedBallot, SelectedDecision, SelectedDecisions, SelectedVotes, SortColumn, TallySettings,
    TallyTable, VoteColumns, VoteRows, VoteSettings, VoteTable, VoteVerdict, VotesSettings,
    WideRows, agree, cohesion, ideal, roll_call, select_decisions, select_votes, tally, votes,
};
pub use baseline::Baseline;
pub use beside::{
    ListOfMembers, participant, propose_mapping, read_groups, read_mapping, read_member_list,
    read_members_mapping, read_weights, read_whole_member_list, today,
};
pub use carried::with_carried;
pub use check::{Input, Progress, Report, Settings, Unusable, Waived, check};
pub use cite::{Cited, cite};
pub use claims::{LeftOut, ProposedClaim, ProposedClaims, propose_claims};
pub use compact::{GLOBAL_COMPACT_JSON, global_compact};
pub use comparing::{Compared, compare};
pub use configuration::{catalogue, configuration_of, read_configuration, reference_folder};
pub use contents::{Contents, Listed, contents};
#[cfg(feature = "analysis")]
pub use copies::{CopyCounts, CopyDifference};
pub use decide::{BallotList, DecideSettings, Decided, GivenVotes, WeightSource, decide};
pub use error::{Error, Refusal, in_full};
pub use findings::{FindingCounts, FindingLog, Shown};
pub use fix::{Change, Fixed, fix};
pub use groups::{Group, GroupFinder, GroupOrigin};
#[cfg(feature = "analysis")]
pub use importing::{ImportSettings, Imported, import};
pub use known_bodies::{
    BodyAccount, BodySummary, RuleAccount, SeatAccount, describe_body, list_bodies, new_body,
    with_folders,
};
pub use members::{MemberList, MemberSettings, members, template};
pub use output::{Writer, writers};
#[cfg(feature = "analysis")]
pub use parties::{DayOfYear, DayOfYearError, Parties, PartiesSettings, PartiesTable, parties};
#[cfg(feature = "analysis")]
pub use plenary_dataset::{Form, UnknownForm, WriteError};
#[cfg(feature = "analysis")]
pub use power::{MemberPower, PowerIndex, PowerMetadata, PowerReport, PowerSettings, power};
pub use read::{Records, read};
#[cfg(feature = "analysis")]
pub use report::{CitationText, ReportSettings, Reported, ReportedPage, report};
pub use resolve::{
    Answer, Candidate, KeyMatch, KeySettings, NameSystem, ResolveSettings, Resolved, YearReading,
    YearReadingError, resolve,
};
#[cfg(feature = "analysis")]
pub use resolve::{
    ManyToOne, NoCode, ResolveCounts, ResolveReport, ResolveTableSettings, ResolvedTable,
    SeatlessKey, UnmatchedKey, resolve_table,
};
#[cfg(feature = "analysis")]
pub use same_votes::same_votes_of;
pub use show::{Found, show};
#[cfg(feature = "analysis")]
pub use sponsors::{Sponsors, SponsorsSettings, SponsorsTable, sponsors};
pub use treaty::{TreatyReport, TreatySettings, treaty};
#[cfg(feature = "analysis")]
pub use treaty_set::TreatyBasis;
#[cfg(feature = "analysis")]
pub use updating::{ChangeKind, DatasetChanges, RecordChange};

/// The example of the workspace's README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

/// The examples of the guide for contributors.
#[cfg(all(doctest, feature = "analysis"))]
#[doc = include_str!("../../../CONTRIBUTING.md")]
struct Guide;

/// The example of the page on power.
#[cfg(all(doctest, feature = "analysis"))]
#[doc = include_str!("../../../docs/power-and-cohesion.md")]
struct Power;

#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod agreement;
mod ballots;
mod body;
mod choice;
mod code;
mod date;
mod decision;
mod election;
pub mod english;
mod finding;
mod invariant;
mod issue;
mod participant;
mod percent;
mod quote;
mod reference;
mod relation;
mod session;
mod source;
mod symbol;
mod tally;
mod text;
mod treaty;
mod word;

/// The version of chrono whose days are in this API.
pub use chrono;
/// The version of uuid whose identifiers are in this API.
pub use uuid;

pub use agreement::{
    Act, Agreement, AgreementKind, LegalForce, Provision, Sponsor, Sponsorship, Step, agreement_id,
};
pub use ballots::{Ballot, Ballots, LengthError, Mark, Roll, RollEntry};
pub use body::{BodyError, BodyId, QuestionKind, QuestionKindError};
pub use choice::{Choice, ChoiceError};
pub use code::{CodeError, StateCode};
pub use date::{Date, DateError, Precision, Span, at_midnight, is_midnight};
pub use decision::{
    ChairBallot, Decision, Mode, Nature, Outcome, Question, ReportedFigure, Scope, TakingPart,
};
pub use election::{Contest, ElectionRecord, Round, Term, TermError};
pub use finding::{Field, Finding, Locus, NoOrigin, Origin, Place, Severity, Subject, Total};
pub use invariant::{Invariant, count};
pub use issue::{Issue, IssueError};
pub use participant::{Participant, ParticipantError, ParticipantKind};
pub use percent::{Percent, PercentError};
pub use quote::{QUOTED, brief, cut, is_invisible, marked};
pub use reference::{DecisionRef, DecisionRefError};
pub use relation::{AgreementRelation, DocumentFormat, RelationKind};
pub use session::{Session, SessionError};
pub use source::{Assertion, Claim, Quantity, Relation, ShareBase, Source};
pub use symbol::{Citation, Modifier, ModifierKind, Series, Symbol, SymbolError, SymbolFault};
pub use tally::{AnnouncedTally, Tally};
pub use text::{many, thousands};
pub use treaty::{
    ActionKind, ActionKindError, Statement, StatementKind, StatementKindError, TreatyAction,
};
pub use word::{Word, WordError};

//! What a page says of a whole dataset: what the checks found, attendance, choices over time by group, who votes with whom, where voters stand.

use plenary_validation::DecisionCounts;
use serde::Serialize;

use super::FindingLine;

/// What a page says of a dataset.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct DatasetPage {
    /// What the input is called.
    pub title: String,
    /// How many agreements there are of each kind, in the words of the record.
    pub kinds: Vec<(String, usize)>,
    /// The first and the last year of which something is on record.
    pub years: Option<(i32, i32)>,
    /// What the checks found.
    pub checked: CheckedPage,
    /// What the votes show; nothing where there are none with ballots.
    pub votes: Option<VotesPage>,
    /// Why the votes show nothing.
    pub no_votes: Option<String>,
    /// What to know before quoting it, each in a sentence.
    pub caveats: Vec<String>,
}

/// What the checks found in a dataset.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct CheckedPage {
    /// How many findings are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are notes.
    pub notes: usize,
    /// How many decisions have a verdict, and why the others have none.
    pub decisions: DecisionCounts,
    /// The findings by the check, the most severe and then the most frequent first.
    pub causes: Vec<FindingCause>,
    /// The most severe findings.
    pub findings: Vec<FindingLine>,
    /// How many others there are.
    pub left: usize,
}

/// The findings of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct FindingCause {
    /// The check.
    pub check: String,
    /// What it finds, in a line.
    pub about: Option<&'static str>,
    /// The highest level among them.
    pub severity: plenary_types::Severity,
    /// How many there are.
    pub count: usize,
    /// How many are of records of each year.
    pub years: Vec<(i32, usize)>,
    /// How many are of no record with a date.
    pub undated: usize,
}

/// What the votes of a dataset show.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct VotesPage {
    /// Which votes, in words.
    pub selection: String,
    /// How many votes there are.
    pub votes: usize,
    /// How many ballots were cast.
    pub cast: usize,
    /// How many voters there are.
    pub voters: usize,
    /// The choices of each year.
    pub years: Vec<YearChoices>,
    /// The scheme of the groups.
    pub scheme: Option<String>,
    /// The choices of the members of each group, by year.
    pub groups: Vec<GroupChoices>,
    /// How often pairs agreed.
    pub agreement: Option<AgreementPicture>,
    /// Where voters stand; nothing where that was left out or cannot be estimated.
    pub ideal: Option<IdealPicture>,
}

/// The choices of a year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct YearChoices {
    /// The year.
    pub year: i32,
    /// How many votes there were.
    pub votes: u32,
    /// Yes, as a share of the ballots cast.
    pub yes: Option<f64>,
    /// No, as a share of them.
    pub no: Option<f64>,
    /// Abstentions, as a share of them.
    pub abstain: Option<f64>,
    /// Ballots cast as a share of all; nothing where a list does not tell who did not vote.
    pub attendance: Option<f64>,
}

/// The choices of a group over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct GroupChoices {
    /// What it is called.
    pub name: String,
    /// The choices of its members, by year.
    pub years: Vec<YearChoices>,
}

/// How often pairs agreed, over all votes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct AgreementPicture {
    /// The voters, those of a group together.
    pub members: Vec<MatrixMember>,
    /// Of each voter the agreement with those before it; nothing where a pair has too few votes in common.
    #[serde(skip)]
    pub cells: Vec<Vec<Option<f64>>>,
    /// The mean agreement of the pairs of two groups, by their places; the last row is that of no group.
    pub between: Vec<GroupRow>,
    /// How many voters are left out, those with the fewest votes.
    pub left_out: usize,
    /// How many votes a pair needs in common.
    pub least: u32,
}

/// A voter of a picture of agreement.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct MatrixMember {
    /// The code or identifier.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Its last group.
    pub group: Option<String>,
    /// With whom it agreed most often, and how often.
    pub nearest: Vec<(String, f64)>,
    /// With whom it agreed least often, and how often.
    pub farthest: Vec<(String, f64)>,
}

/// The mean agreement of a group with each.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct GroupRow {
    /// What the group is called; nothing for those in none.
    pub name: Option<String>,
    /// The mean agreement with each group, in their order.
    pub with: Vec<Option<f64>>,
}

/// Where voters stand over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct IdealPicture {
    /// The median position of the members of each group, by session.
    pub groups: Vec<GroupPositions>,
    /// The last position of each voter.
    pub members: Vec<MemberPosition>,
    /// Every position: the voter, the session, where it stands and the standard deviation of that.
    #[serde(skip)]
    pub points: Vec<(String, i32, f64, f64)>,
    /// Who stands at which end, and how the estimate went.
    pub basis: Vec<String>,
}

/// The median position of the members of a group.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct GroupPositions {
    /// What it is called.
    pub name: String,
    /// The session, and the median position in it.
    pub sessions: Vec<(i32, f64)>,
}

/// The last position of a voter.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct MemberPosition {
    /// The code or identifier.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Its last group.
    pub group: Option<String>,
    /// The session.
    pub session: i32,
    /// Where it stands.
    pub position: f64,
    /// The standard deviation of that.
    pub sd: f64,
    /// The first session of which it has a position.
    pub first: i32,
    /// How far it has moved since.
    pub moved: f64,
}

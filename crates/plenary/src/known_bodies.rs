//! [`list_bodies`] and [`describe_body`]: what is on record of bodies, and in which layer; [`new_body`], the files of a body of one's own to fill in.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_bodies::{Body, Reference};
use plenary_decisions::nearest;
use plenary_types::{BodyId, Participant, Span};
use serde::Serialize;

use crate::{Error, Refusal};

/// A body on record, in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BodySummary {
    /// Its identifier.
    pub id: BodyId,
    /// Its name, the last one where it had several.
    pub name: String,
    /// Since when it exists.
    pub from: NaiveDate,
    /// Until when it existed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// How many rows of its roster are on record; nothing where its members are not on record by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roster: Option<usize>,
    /// The kinds of question for which it has a rule.
    pub kinds: Vec<String>,
    /// The layers of reference data that say something of it, the lowest first.
    pub layers: Vec<String>,
}

/// Everything that is on record of a body, but for its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BodyAccount {
    /// What it is, in a line.
    #[serde(flatten)]
    pub summary: BodySummary,
    /// The body of which everybody who sits here has to be a member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members_of: Option<BodyId>,
    /// The first and the last day on which its roster is complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_from: Option<NaiveDate>,
    /// The first day on which its roster is no longer complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_until: Option<NaiveDate>,
    /// Its seats by law, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seats: Vec<SeatAccount>,
    /// The kind that a question is taken for where nothing says more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_kind: Option<String>,
    /// The scheme of groups by which its votes are shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_groups: Option<String>,
    /// How many sessions are on record.
    pub sessions: usize,
    /// How its symbols are written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub symbols: Vec<String>,
    /// Its rules, in the order of the file.
    pub rules: Vec<RuleAccount>,
    /// What the authors of the files of the reference should know, of this body and of others, each with what to do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// A number of seats, and when it is the law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SeatAccount {
    /// The days.
    pub span: Span,
    /// How many.
    pub count: u32,
    /// The article.
    pub source: String,
}

/// A rule of a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RuleAccount {
    /// The kind of question.
    pub kind: String,
    /// When it is the law.
    pub span: Span,
    /// What it asks for.
    pub requirement: String,
    /// The article.
    pub source: String,
    /// Whether no source confirms it.
    pub unverified: bool,
}

/// The bodies on record, in alphabetical order of their identifiers.
///
/// ```
/// let all = plenary::list_bodies(plenary::bodies::Reference::embedded());
/// assert!(all.iter().any(|body| body.name == "Security Council"));
/// ```
#[must_use]
pub fn list_bodies(reference: &Reference) -> Vec<BodySummary> {
    let all = reference.bodies().iter();
    let mut all: Vec<_> = all.map(|body| summary(reference, body)).collect();
    all.sort_by(|one, other| one.id.cmp(&other.id));
    all
}

/// What is on record of a body.
///
/// # Errors
///
/// [`Error::Refused`] when the body is not on record.
pub fn describe_body(reference: &Reference, id: &str) -> Result<BodyAccount, Error> {
    let body = reference.body(id).ok_or_else(|| unknown(reference, id))?;
    let roster = body.roster();
    let rules = reference.library().rules_of(id).iter();
    Ok(BodyAccount {
        summary: summary(reference, body),
        members_of: body.members_of().cloned(),
        known_from: roster.and_then(plenary_bodies::Roster::known_from),
        known_until: roster.and_then(plenary_bodies::Roster::known_until),
        seats: body
            .seats()
            .iter()
            .map(|seats| SeatAccount {
                span: seats.span,
                count: seats.count,
                source: seats.source.clone(),
            })
            .collect(),
        default_kind: body.default_kind().map(str::to_owned),
        show_groups: body.show_groups().map(str::to_owned),
        sessions: body.sessions().all().len(),
        symbols: body
            .symbols()
            .iter()
            .map(|form| form.as_str().to_owned())
            .collect(),
        rules: rules
            .map(|rule| RuleAccount {
                kind: rule.kind.clone(),
                span: rule.span,
                requirement: rule.requirement.to_string(),
                source: rule.source.clone(),
                unverified: rule.unverified,
            })
            .collect(),
        warnings: reference
            .warnings()
            .iter()
            .map(|warning| format!("{warning}; {}", warning.help))
            .collect(),
    })
}

fn summary(reference: &Reference, body: &Body) -> BodySummary {
    let layers: Vec<_> = reference.layers().collect();
    let span = body.span();
    let kinds = body.kinds().iter().filter(|kind| kind.is_question);
    BodySummary {
        id: body.id().clone(),
        name: body.name().to_owned(),
        from: span.from,
        to: span.to,
        roster: body.roster().map(|roster| roster.rows().len()),
        kinds: kinds.map(|kind| kind.id.clone()).collect(),
        layers: body
            .layers()
            .iter()
            .filter_map(|at| layers.get(*at).map(|layer| (*layer).to_owned()))
            .collect(),
    }
}

/// That a body is not on record, and which is most like it.
pub(crate) fn unknown(reference: &Reference, id: &str) -> Refusal {
    let known = reference.names_of_bodies();
    let nearest = nearest(id, known.iter().map(|body| body.as_str()));
    let refusal = Refusal::new(format!("nothing is on record of a body `{id}`"));
    match nearest {
        Some(nearest) => refusal.with_help(format!(
            "nearest: `{nearest}`; `plenary bodies` lists those on record"
        )),
        None => refusal
            .with_help("`plenary bodies` lists those on record; give a folder of your own")
            .by_setting(["reference"]),
    }
}

/// Refuses a day on which a body does not exist; one that is not on record may exist on any.
pub(crate) fn existing(reference: &Reference, id: &str, on: NaiveDate) -> Result<(), Refusal> {
    let Some(body) = reference.body(id).filter(|body| !body.exists_on(on)) else {
        return Ok(());
    };
    let span = body.span();
    let (exists, help) = match span.to {
        Some(to) => (
            format!("it existed from {} until before {to}", span.from),
            format!("give a day from {} on, and before {to}", span.from),
        ),
        None => (
            format!("it exists since {}", span.from),
            format!("give a day from {} on", span.from),
        ),
    };
    Err(Refusal::new(format!("`{id}` does not exist on {on}: {exists}")).with_help(help))
}

/// What somebody is called on a day: by the table of states, else by the participants of the reference, else by its identifier.
pub(crate) fn called(reference: &Reference, who: Participant, on: NaiveDate) -> String {
    let name = reference.name_on(who, Some(on));
    name.unwrap_or_else(|| who.identifier()).to_owned()
}

/// The layers of reference data that an answer rests on, where there are others than the embedded one.
pub(crate) fn rests_on(reference: &Reference) -> Vec<String> {
    let layers = reference.layers();
    match layers.len() {
        0 | 1 => Vec::new(),
        _ => layers.map(str::to_owned).collect(),
    }
}

/// A reference with folders on top, each above those before it.
///
/// # Errors
///
/// [`Error::Reference`] with everything that is wrong with the files of the first folder that cannot be used.
pub fn with_folders<P: AsRef<Path>>(
    reference: &Arc<Reference>,
    folders: impl IntoIterator<Item = P>,
) -> Result<Arc<Reference>, Error> {
    let mut reference = Arc::clone(reference);
    for folder in folders {
        let folder = folder.as_ref();
        reference = reference
            .with_folder(folder)
            .map_err(|errors| Error::Reference {
                folder: folder.to_owned(),
                errors,
            })?;
    }
    Ok(reference)
}

/// The files of a body of one's own, by their paths inside a folder of reference data: they can be read as they are, and are to be filled
/// in.
///
/// ```
/// use plenary::bodies::Reference;
///
/// let files = plenary::new_body(&"river-club".parse()?);
/// let reference = Reference::embedded().with_files("new", files).unwrap();
/// assert_eq!(reference.body("river-club").unwrap().name(), "River club");
/// # Ok::<(), plenary::types::BodyError>(())
/// ```
#[must_use]
pub fn new_body(id: &BodyId) -> [(String, String); 2] {
    let mut name = id.as_str().replace('-', " ");
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let toml = include_str!("new_body.toml").replace("{name}", &name);
    let members = include_str!("new_body.members.csv").to_owned();
    [
        (format!("bodies/{id}.toml"), toml),
        (format!("bodies/{id}.members.csv"), members),
    ]
}

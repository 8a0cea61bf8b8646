//! [`treaty`]: when a treaty entered into force, and who its parties are on a day.

mod caveats;
pub(crate) mod source;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use plenary_bodies::Reference;
use plenary_decisions::requirement::GroupRef;
use plenary_decisions::{Clause, Facts, NotBefore, Period, Requirement, unknown_names};
use plenary_import::Mapping;
use plenary_states::entity;
use plenary_tables::DateForm;
use plenary_treaties::practice;
use plenary_treaties::{Assembled, Collection, Report, Source, Timeline, Treaty};
use plenary_types::{Act, Agreement, BodyId, Participant, ParticipantKind, Statement};
use plenary_validation::{Adoption, Validator};
use serde::Serialize;

use self::source::Read;
use crate::carried::replaced;
use crate::page::YearCounts;
use crate::{Error, Input, Progress, Refusal, known_bodies, today, with_carried};

/// What to take of a treaty, and on which day.
#[derive(Clone)]
#[non_exhaustive]
pub struct TreatySettings {
    /// Where the groups and tables that clauses name are looked up.
    pub reference: Arc<Reference>,
    /// The body whose members a clause means that asks for a share of them; by default that of the treaty, where it is known.
    pub body: Option<BodyId>,
    /// The day on which to list the parties; by default today.
    pub on: Option<NaiveDate>,
    /// The entry-into-force clause; by default the one that is known.
    pub clause: Option<Clause>,
    /// The notice of a withdrawal whose day of effect is not on record; by default the treaty's, where that is known.
    pub notice: Option<Period>,
    /// Participants whose acts count for nothing.
    pub excluded: Vec<Participant>,
    /// Files of acts that the table does not carry.
    pub acts: Vec<PathBuf>,
    /// Weights that the clause names.
    pub weights: Facts,
    /// Which treaty of the file: its number, symbol or title; for a participant table, the number that its name does not say.
    pub id: Option<String>,
    /// Whether the table is used alone, without the acts that come with the program.
    pub table_only: bool,
    /// How to read a table of acts that is in no known format.
    pub mapping: Option<Arc<Mapping>>,
    /// How the dates of tables are written; without it, as they settle themselves.
    pub dates: Option<DateForm>,
    /// Told how far reading has come.
    pub progress: Option<Progress>,
}

impl Default for TreatySettings {
    fn default() -> Self {
        Self {
            reference: Arc::clone(Reference::embedded()),
            body: None,
            on: None,
            clause: None,
            notice: None,
            excluded: Vec::new(),
            acts: Vec::new(),
            weights: Facts::default(),
            id: None,
            table_only: false,
            mapping: None,
            dates: None,
            progress: None,
        }
    }
}

/// What is known of a treaty, with the account of its source.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct TreatyReport {
    /// What follows from its acts.
    #[serde(flatten)]
    pub report: Report,
    /// How many rows the source has.
    pub rows: u64,
    /// How many of them could be used.
    pub used: u64,
    /// What could not be used, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<String>,
    /// Participants with a name that nothing resolves. They are counted as States are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unresolved: Vec<Participant>,
    /// What limits the answer, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub caveats: Vec<String>,
    /// What the acts come from, in a sentence: `the table`.
    #[serde(skip)]
    pub origin: &'static str,
    /// What limits the reading of the source.
    #[serde(skip)]
    pub warnings: Vec<String>,
    /// How many had signed and consented at the end of each year, from the first act to the last.
    #[serde(skip)]
    pub years: Vec<YearCounts>,
}

/// Says when a treaty entered into force and who its parties are on a day. The treaty is the path of a participant table of the UN
/// Treaty Collection, of a folder of them, of a document or a dataset; or the number or the name of a treaty whose acts come with
/// the program.
///
/// ```
/// let mut settings = plenary::TreatySettings::default();
/// settings.on = Some("2017-01-01".parse()?);
/// let paris = plenary::treaty("paris-agreement", &settings)?;
/// assert_eq!(paris.report.entry_into_force, Some("2016-11-04".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Error`] when the treaty is not known, its source cannot be used, or nothing can be said of it.
pub fn treaty(treaty: &str, settings: &TreatySettings) -> Result<TreatyReport, Error> {
    let on = settings.on.map_or_else(today, Ok)?;
    let reference = reference_of([treaty], settings)?;
    let read = source::treaty(treaty, settings, &reference)?;
    let prepared = Prepared::new(read, settings, &reference)?;
    prepared.anything_to_say()?;
    let assembled = &prepared.assembled;
    let report = Report::new(assembled, on);
    let unresolved = unresolved(assembled);
    let caveats = caveats::caveats(&report, &unresolved, prepared.origin, on);
    let of_adoptions = prepared.adoptions.iter().filter_map(Adoption::caveat);
    let before = caveats::in_force_before(&assembled.treaty, &report);
    let of_unread = caveats::unread(prepared.unread).into_iter();
    let mut warnings = prepared.warnings;
    warnings.extend(replaced(&reference));
    Ok(TreatyReport {
        caveats: of_unread
            .chain(of_adoptions)
            .chain(caveats)
            .chain(before)
            .collect(),
        unresolved,
        report,
        rows: prepared.rows,
        used: prepared.used,
        rejected: prepared.rejected,
        origin: prepared.origin,
        warnings,
        years: years(&assembled.treaty),
    })
}

/// The reference of some treaties, with what the inputs carry.
pub(crate) fn reference_of<'i>(
    treaties: impl IntoIterator<Item = &'i str>,
    settings: &TreatySettings,
) -> Result<Arc<Reference>, Error> {
    let mut inputs: Vec<Input> = treaties.into_iter().map(Input::from).collect();
    inputs.extend(settings.acts.iter().map(Input::from));
    with_carried(&settings.reference, &inputs)
}

/// A treaty that was read and put together by some settings.
#[cfg_attr(
    not(feature = "analysis"),
    expect(dead_code, reason = "only tables of several treaties tell it")
)]
pub(crate) struct Prepared {
    pub(crate) assembled: Assembled,
    pub(crate) record: Option<usize>,
    path: PathBuf,
    pub(crate) acts: Vec<(usize, Act)>,
    pub(crate) supplied_statements: Vec<Statement>,
    pub(crate) rows: u64,
    pub(crate) used: u64,
    pub(crate) rejected: Vec<String>,
    unread: usize,
    origin: &'static str,
    pub(crate) warnings: Vec<String>,
    adoptions: Vec<Adoption>,
    /// Whether no act of a participant was read where one is needed.
    says_nothing: bool,
}

impl Prepared {
    /// Puts together what was read of a treaty.
    pub(crate) fn new(
        read: Read,
        settings: &TreatySettings,
        reference: &Arc<Reference>,
    ) -> Result<Self, Error> {
        let Read {
            record,
            path,
            format: _,
            acts: of_record,
            mut source,
            rows,
            used,
            mut rejected,
            unread,
            origin,
            mut warnings,
            adoptions,
        } = read;
        let acts = source::acts(source.id.as_deref(), settings, reference)?;
        rejected.extend(acts.rejected);
        warnings.extend(acts.warnings);
        source.acts = acts.acts;
        source.statements.extend(acts.statements.iter().cloned());
        let says_nothing = says_nothing(&source);
        let is_nobody = |who: &&Participant| who.code().is_some_and(|code| entity(code).is_none());
        if let Some(nobody) = settings.excluded.iter().find(is_nobody) {
            let reason = format!("--exclude: unknown participant `{nobody}`");
            return Err(Refusal::new(reason)
                .with_help("`plenary resolve` finds the code of a name")
                .into());
        }
        if let Some(id) = &settings.body {
            let body = reference.body(id.as_str());
            let unknown = || known_bodies::unknown(reference, id.as_str());
            source.body = Some(Arc::clone(body.ok_or_else(unknown)?));
        }
        source.clause = settings.clause.clone().or(source.clause);
        source.notice = settings.notice.map(Into::into);
        source.excluded.clone_from(&settings.excluded);
        source.facts = settings.weights.clone();
        source.table_only = settings.table_only;
        let assembled = source.assemble(Collection::embedded(), reference);
        let is_own = settings.clause.is_none();
        rejected.extend(names(reference, &assembled, is_own)?);
        Ok(Self {
            assembled,
            record,
            path,
            acts: of_record,
            supplied_statements: acts.statements,
            rows,
            used,
            rejected,
            unread: unread + acts.unread,
            origin,
            warnings,
            adoptions,
            says_nothing,
        })
    }

    /// Refuses a treaty without an act of its participants that was read.
    pub(crate) fn anything_to_say(&self) -> Result<(), Error> {
        if !self.says_nothing {
            return Ok(());
        }
        let refusal = Refusal::new("no act of a participant, so nothing can be said of the treaty");
        let refusal = match self.rejected.first() {
            Some(first) => refusal.with_help(first),
            None => refusal.with_help("supply acts").by_setting(["acts"]),
        };
        Err(refusal.at(&self.path).into())
    }
}

/// What follows from the acts of a treaty's record on a day; nothing for what is no treaty, has no act of a participant, or has a
/// clause that cannot be read.
pub(crate) fn of_record(
    agreement: &Agreement,
    validator: &Validator,
    on: NaiveDate,
) -> Option<TreatyReport> {
    if !agreement.kind.is_treaty() {
        return None;
    }
    let mut source = Source::from_agreement(agreement).ok()?;
    source.has_table = true;
    let rows = source.actions.len() as u64;
    let rejected = source::without_nobody(Path::new(agreement.label()), &mut source.actions);
    let used = source.actions.len() as u64;
    if used == 0 {
        return None;
    }
    let adoptions = validator.adoptions(agreement);
    source.adopted = Adoption::clause_of(&adoptions);
    let assembled = source.assemble(Collection::embedded(), validator.reference());
    let report = Report::new(&assembled, on);
    let unresolved = unresolved(&assembled);
    let origin = "the record";
    let caveats = caveats::caveats(&report, &unresolved, origin, on);
    let of_adoptions = adoptions.iter().filter_map(Adoption::caveat);
    let before = caveats::in_force_before(&assembled.treaty, &report);
    Some(TreatyReport {
        caveats: of_adoptions.chain(caveats).chain(before).collect(),
        unresolved,
        report,
        rows,
        used,
        rejected,
        origin,
        warnings: Vec::new(),
        years: years(&assembled.treaty),
    })
}

/// How many years of a treaty are told, the last ones.
const MOST_YEARS: usize = 150;

/// How many had signed a treaty and consented to it at the end of each year, from the first act to the last.
fn years(treaty: &Treaty) -> Vec<YearCounts> {
    let dates = || treaty.actions.iter().filter_map(|action| action.date);
    let first = dates().map(|date| date.earliest().year()).min();
    let last = dates().map(|date| date.latest().year()).max();
    let (Some(first), Some(last)) = (first, last) else {
        return Vec::new();
    };
    let timeline = Timeline::new(treaty);
    let years = (first..=last).rev().take(MOST_YEARS);
    let years = years.filter_map(|year| {
        let day = NaiveDate::from_ymd_opt(year, 12, 31)?;
        let signatories = timeline.signatories_on(day).len();
        Some(YearCounts::new(
            year,
            signatories,
            timeline.contracting_on(day).len(),
        ))
    });
    let mut years: Vec<_> = years.collect();
    years.reverse();
    years
}

impl TreatyReport {
    /// What is known of the treaty and what follows from it, line by line.
    #[must_use]
    pub fn status_lines(&self) -> Vec<crate::page::StatusLine> {
        crate::page::status_lines(self)
    }

    /// Says of what could not be read of the treaty that the answer is without it.
    pub(crate) fn lack(&mut self, unread: Vec<String>) {
        self.caveats.splice(0..0, caveats::unread(unread.len()));
        self.rejected.splice(0..0, unread);
    }
}

/// The participants with a name that nothing resolves.
pub(crate) fn unresolved(assembled: &Assembled) -> Vec<Participant> {
    let participants = assembled.treaty.participants().into_iter();
    participants
        .filter(|who| who.kind() == ParticipantKind::Text)
        .collect()
}

/// Whether nothing can be said of a treaty: without an act of its participants that was read the built-in acts alone are not an
/// answer, except for treaties that need no table.
fn says_nothing(source: &Source) -> bool {
    let id = source.id.as_deref().unwrap_or_default();
    let needs_none = !source.has_table && practice::built_in(id).is_some();
    !needs_none && source.actions.is_empty() && source.acts.is_empty()
}

/// The names in the clause that nothing is known by. A clause of the command line has to have none; what the clause of
/// a document calls by an unknown name leaves the answer open, and is listed.
fn names(reference: &Reference, assembled: &Assembled, is_own: bool) -> Result<Vec<String>, Error> {
    let Some(clause) = &assembled.treaty.clause else {
        return Ok(Vec::new());
    };
    if let (Some(NotBefore::AfterOpening(_)), None) = (clause.not_before, assembled.treaty.opened) {
        return Err(Refusal::new(format!(
            "`{clause}`: the day on which the treaty was opened for signature is not known"
        ))
        .with_help("write the day instead, such as `not before 2001-09-24`")
        .into());
    }
    let requirement = &clause.requirement;
    if let Some(code) = strangers(requirement).first() {
        return Err(
            Refusal::new(format!("`{clause}`: unknown participant `{code}`"))
                .with_help("`plenary resolve` finds the code of a name")
                .into(),
        );
    }
    let treaties = Collection::embedded().treaties().iter();
    let elsewhere = reference
        .library()
        .all_facts()
        .chain(treaties.map(|treaty| &treaty.facts));
    let unknown = unknown_names(requirement, [&assembled.treaty.facts], elsewhere);
    let unknown: Vec<_> = unknown.iter().map(ToString::to_string).collect();
    match unknown.first() {
        Some(first) if !is_own => Err(Refusal::new(format!("`{clause}`: {first}"))
            .with_help("give weights in a file, and the members of a group in the clause: all of {FRA, GBR}")
            .by_setting(["weights"])
            .into()),
        _ => Ok(unknown),
    }
}

/// The codes in a clause that nobody has.
fn strangers(requirement: &Requirement) -> Vec<Participant> {
    let groups = requirement
        .parts()
        .into_iter()
        .filter_map(|part| match part {
            Requirement::Compare(comparison) => comparison.group.as_ref(),
            Requirement::Among(group, _) | Requirement::Without(group, _) => Some(group),
            _ => None,
        });
    let listed = groups.flat_map(|group| match group {
        GroupRef::Listed(codes) => codes.as_slice(),
        GroupRef::Named(_) => &[],
    });
    listed
        .copied()
        .filter(|who| who.code().is_some_and(|code| entity(code).is_none()))
        .collect()
}

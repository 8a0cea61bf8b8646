//! [`Report`]: a treaty's state on a day, as the command prints it.

use std::fmt;

use chrono::NaiveDate;
use plenary_decisions::Evaluation;
use plenary_types::{ActionKind, BodyId, Date, Participant, TreatyAction, many};
use serde::Serialize;

use crate::practice::Scope;
use crate::timeline::{Completion, Entry, EntryIntoForce, OpenWithdrawal, Succeeded, Timeline};
use crate::{Assembled, BuiltInActs, Difference, Notice, Treaty};

/// A treaty's state: its acts counted, its entry into force, its parties on a day.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Its number, when it is known.
    pub id: Option<String>,
    /// Its title.
    pub title: String,
    /// What the answer rests on.
    pub basis: Basis,
    /// What an extract that comes with the program holds: the number of parties cannot be read off it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extract: Option<String>,
    /// The date of the last act of the source, no more precise than the source. A later act would not show.
    pub acts_known_until: Option<Date>,
    /// Whether the day asked about is later than that.
    pub beyond_known_acts: bool,
    /// How many acts the source holds.
    pub actions: usize,
    /// How many participants that still exist have signed, whatever they did since.
    pub signatories: usize,
    /// How many of them signed definitively, without a ratification to follow.
    #[serde(skip_serializing_if = "is_zero")]
    pub definitive_signatures: usize,
    /// How many participants have consented to be bound and have not certainly withdrawn, organisations among them.
    pub contracting: usize,
    /// Those among them of which it cannot be told whether a withdrawal took effect.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contracting_undetermined: Vec<Participant>,
    /// The same, of the acts of the source alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_source: Option<Counts>,
    /// The acts that were supplied beside the source, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplied: Option<SuppliedReport>,
    /// What came with the program and was left out, because one asked for the table alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<BuiltInReport>,
    /// What came with the program, where anything did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub built_in: Option<BuiltInReport>,
    /// The clause that was evaluated.
    pub clause: Option<String>,
    /// Where it comes from, where that is the decision by which the treaty was adopted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause_origin: Option<String>,
    /// The day of entry into force to which the acts lead, when it is certain.
    pub entry_into_force: Option<NaiveDate>,
    /// The first day on which it can have been, by the acts.
    pub earliest: Option<NaiveDate>,
    /// The last day on which it can have been, by the acts.
    pub latest: Option<NaiveDate>,
    /// The official day, where it is known.
    pub official: Option<NaiveDate>,
    /// Why the acts do not lead to the official day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<Difference>,
    /// The instrument that completed the requirement, when that is certain.
    pub completed_by: Option<Completion>,
    /// Who is a party on the day asked about; nothing when that cannot be told.
    pub parties_on: Option<PartiesOn>,
    /// Participants whose acts count for nothing here, because one asked for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<Participant>,
    /// Organisations among the participants; their instruments do not add to a count unless the clause says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<Participant>,
    /// Participants of a kind that no party can be of: a person or a unit, where the parties are States. Their acts count for nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub of_another_kind: Vec<Participant>,
    /// What the parties are, in a word.
    #[serde(skip)]
    pub parties_are: &'static str,
    /// The body whose members the clause counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyId>,
    /// The body that the record names, where the members of another one are counted, as asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_body: Option<BodyId>,
    /// The body that the record names, where it is none on record: then its members cannot be counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown_body: Option<BodyId>,
    /// Participants whose acts were added to those of the source.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<Participant>,
    /// States that no longer exist, whose acts the source does not carry and on which the date depends.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<Participant>,
    /// Participants whose acts are not known to the day, where the date depends on that.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vague: Vec<Participant>,
    /// The instruments that would complete the requirement first and last, where the date depends on something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub between: Option<Between>,
    /// States without a trace in the source; if one of them consented, the date would be earlier.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unrecorded_parties: Vec<Participant>,
    /// What would have to be known to evaluate the clause.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Why the requirement is not met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<Evaluation>,
    /// Participants that have withdrawn on a day that the source does not give.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uncertain: Vec<Participant>,
    /// What the treaty says of withdrawal: a period, `none`, or nothing where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// What the treaty says of withdrawal by what is on record, where another notice was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice_on_record: Option<String>,
    /// The article on withdrawal, or why no notice is on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice_source: Option<String>,
    /// Notices of withdrawal that did not, or not certainly, end a participation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub open_withdrawals: Vec<OpenWithdrawal>,
    /// Successions, with the day of the notification and that of effect.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub successions: Vec<Succeeded>,
}

/// What an answer rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Basis {
    /// The acts of a source, and nothing else.
    Source,
    /// The acts of a source, and some that came with the program.
    SourceAndBuiltIn,
    /// All acts of the treaty, which came with the program.
    BuiltIn,
    /// Some acts of the treaty, which came with the program.
    BuiltInExtract,
    /// Acts that were supplied, without a table.
    Supplied,
}

/// How many acts there are, and what they come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// Acts.
    pub acts: usize,
    /// Participants that have signed and still exist.
    pub signatories: usize,
    /// Participants that have consented and have not certainly withdrawn.
    pub contracting: usize,
}

/// Acts that were supplied beside the source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SuppliedReport {
    /// How many.
    pub acts: usize,
    /// Whose they are, sorted.
    pub participants: Vec<Participant>,
}

impl SuppliedReport {
    fn new(acts: &[TreatyAction]) -> Self {
        Self {
            acts: acts.len(),
            participants: participants(acts),
        }
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// Whose acts they are, sorted.
fn participants<'a>(acts: impl IntoIterator<Item = &'a TreatyAction>) -> Vec<Participant> {
    let mut codes: Vec<_> = acts.into_iter().map(|act| act.participant).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

impl Counts {
    fn new(treaty: &Treaty) -> Self {
        let timeline = Timeline::new(treaty);
        Self {
            acts: treaty.actions.len(),
            signatories: timeline.signatories_on(NaiveDate::MAX).len(),
            contracting: timeline.contracting_on(NaiveDate::MAX).len()
                + timeline.perhaps_contracting_on(NaiveDate::MAX).len(),
        }
    }
}

/// What came with the program, by the reason for which it is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BuiltInReport {
    /// How many acts.
    pub acts: usize,
    /// States that can have no row in a table of today's participants.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vanished: Vec<Participant>,
    /// Participants with an earlier act that their row cannot show.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<TreatyAction>,
    /// Withdrawals that tables keep in footnotes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub withdrawals: Vec<TreatyAction>,
}

/// The acts, by the reason for which they are used: `2 acts; states that have no row in a table: SUN, YUG`.
impl fmt::Display for BuiltInReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let act = |act: &TreatyAction| {
            let date = act.date.map_or(String::new(), |date| format!(" of {date}"));
            let effect = act
                .effective
                .map_or(String::new(), |day| format!(" with effect from {day}"));
            format!("{} {}{date}{effect}", act.participant, act.kind)
        };
        let states = self.vanished.iter().map(ToString::to_string).collect();
        let acts = |acts: &[TreatyAction]| acts.iter().map(act).collect();
        let parts: [(&str, Vec<String>); 3] = [
            ("states that have no row in a table", states),
            (
                "earlier acts that the table cannot show",
                acts(&self.earlier),
            ),
            (
                "withdrawals that tables keep in footnotes",
                acts(&self.withdrawals),
            ),
        ];
        f.write_str(&many(self.acts as u64, "act"))?;
        for (reason, listed) in parts.iter().filter(|(_, listed)| !listed.is_empty()) {
            write!(f, "; {reason}: {}", listed.join(", "))?;
        }
        Ok(())
    }
}

/// The first and the last day of an entry into force that depends on something.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Between {
    /// The first, with the instrument that completed the requirement then.
    pub earliest: Option<Entry>,
    /// The last, with its instrument.
    pub latest: Option<Entry>,
    /// Whether an act that counts has no first day: then there is no earliest day of entry into force either.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub no_first_day: bool,
}

/// The parties on a day.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PartiesOn {
    /// The day.
    pub date: NaiveDate,
    /// How many there are.
    pub count: usize,
    /// Their codes, sorted.
    pub members: Vec<Participant>,
    /// Those among them for which the operation of the treaty is suspended.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suspended: Vec<Participant>,
    /// Those of which it cannot be told whether they are parties; they are not among the others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub undetermined: Vec<Participant>,
    /// Whether the treaty binds all members of the body of its clause, as an amendment of the Charter does.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub binds_all_members: bool,
    /// Whether these are the parties since the official day of entry into force, to which the acts do not lead.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub by_official_date: bool,
}

impl Report {
    /// Reports on a treaty on a day.
    #[must_use]
    pub fn new(assembled: &Assembled, on: NaiveDate) -> Self {
        let (treaty, built_in) = (&assembled.treaty, &assembled.built_in);
        let timeline = Timeline::new(treaty);
        let counts = Counts::new(treaty);
        let shipped = assembled.shipped();
        let has_own = !assembled.own.is_empty();
        let basis = match (shipped.map(|acts| acts.scope), built_in.is_empty()) {
            (Some(Scope::All), _) => Basis::BuiltIn,
            (Some(Scope::Extract), _) => Basis::BuiltInExtract,
            (None, _) if !has_own && !assembled.supplied.is_empty() => Basis::Supplied,
            (None, true) => Basis::Source,
            (None, false) => Basis::SourceAndBuiltIn,
        };
        let own = Treaty {
            actions: assembled.own.clone(),
            ..treaty.clone()
        };
        let until = assembled.known_until();
        let from_source = (!assembled.own.is_empty()).then(|| Counts::new(&own));
        let official = assembled.official;
        let added = match built_in.whole.is_empty() {
            true => participants(built_in.acts()),
            false => Vec::new(),
        };
        let mut report = Self {
            id: treaty.id.clone(),
            title: treaty.title.clone(),
            basis,
            extract: shipped
                .filter(|acts| acts.scope == Scope::Extract)
                .map(|acts| acts.what.clone()),
            acts_known_until: until,
            beyond_known_acts: until.is_none_or(|until| until.earliest() < on),
            actions: from_source.map_or(counts.acts, |source| source.acts),
            signatories: counts.signatories,
            definitive_signatures: definitive(&timeline, treaty),
            contracting: counts.contracting,
            contracting_undetermined: timeline.perhaps_contracting_on(NaiveDate::MAX),
            from_source,
            supplied: (!assembled.supplied.is_empty())
                .then(|| SuppliedReport::new(&assembled.supplied)),
            left_out: built_in_report(&assembled.left_out),
            built_in: built_in_report(built_in),
            clause: treaty.clause.as_ref().map(ToString::to_string),
            clause_origin: assembled.clause_origin.clone(),
            entry_into_force: timeline.entry().map(|entry| entry.day),
            earliest: timeline.entry().map(|entry| entry.day),
            latest: timeline.entry().map(|entry| entry.day),
            official,
            difference: official
                .and_then(|official| Difference::from_official(assembled, &timeline, official)),
            completed_by: timeline.entry().map(|entry| entry.completed_by.clone()),
            parties_on: parties_on(&timeline, on),
            excluded: treaty.excluded.clone(),
            of_another_kind: treaty.of_another_kind(),
            parties_are: treaty.party_kind().plural(),
            body: treaty.body.as_ref().map(|body| body.id().clone()),
            other_body: assembled.other_body.clone(),
            unknown_body: assembled.unknown_body.clone(),
            organisations: treaty.organisations.clone(),
            added,
            depends_on: Vec::new(),
            vague: Vec::new(),
            between: None,
            unrecorded_parties: timeline.unrecorded_parties(),
            missing: Vec::new(),
            evaluation: None,
            uncertain: timeline.uncertain(),
            notice: treaty.notice.as_ref().map(Notice::to_string),
            notice_on_record: assembled.other_notice.as_ref().map(Notice::to_string),
            notice_source: assembled.notice_source.clone(),
            open_withdrawals: timeline.open_withdrawals(),
            successions: timeline.successions(),
        };
        report.explain(&timeline, on);
        report
    }

    fn explain(&mut self, timeline: &Timeline<'_>, on: NaiveDate) {
        match timeline.entry_into_force() {
            EntryIntoForce::Depends {
                on,
                vague,
                earliest,
                latest,
            } => {
                self.depends_on.clone_from(on);
                self.vague.clone_from(vague);
                let is_open = |entry: &&Entry| entry.day == NaiveDate::MIN;
                let first = earliest.as_ref().filter(|entry| !is_open(entry));
                self.earliest = first.map(|entry| entry.day);
                self.latest = latest.as_ref().map(|entry| entry.day);
                self.between = Some(Between {
                    no_first_day: earliest.as_ref().is_some_and(|entry| is_open(&entry)),
                    earliest: first.cloned(),
                    latest: latest.clone(),
                });
            }
            EntryIntoForce::Undetermined { missing } => self.missing.clone_from(missing),
            // How many members there are, and so what is missing, is a matter of the day.
            EntryIntoForce::NotYet { .. } => self.evaluation = timeline.evaluate_on(on),
            _ => {}
        }
    }
}

fn parties_on(timeline: &Timeline<'_>, on: NaiveDate) -> Option<PartiesOn> {
    timeline.is_determinate_on(on).then(|| {
        let members = timeline.parties_on(on);
        PartiesOn {
            date: on,
            count: members.len(),
            suspended: timeline.suspended_on(on),
            undetermined: timeline.undetermined_on(on),
            binds_all_members: timeline.binds_on(on),
            by_official_date: timeline.rests_on_official_date(),
            members,
        }
    })
}

/// How many of the signatories signed definitively.
fn definitive(timeline: &Timeline<'_>, treaty: &Treaty) -> usize {
    let signatories = timeline.signatories_on(NaiveDate::MAX);
    let definitive = |code: &&Participant| {
        let mut acts = treaty.actions.iter().filter(|a| a.participant == **code);
        acts.any(|act| act.kind == ActionKind::DefinitiveSignature)
    };
    signatories.iter().filter(definitive).count()
}

fn built_in_report(built_in: &BuiltInActs) -> Option<BuiltInReport> {
    (!built_in.is_empty()).then(|| BuiltInReport {
        acts: built_in.acts().count(),
        vanished: participants(&built_in.vanished),
        earlier: built_in.earlier.clone(),
        withdrawals: built_in.withdrawals.clone(),
    })
}

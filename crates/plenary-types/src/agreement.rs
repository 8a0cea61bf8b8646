//! [`Agreement`]: participants, acts over time, and what came of them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::word::vocabulary;
use crate::{
    AgreementRelation, BodyId, Citation, Claim, Date, Decision, DocumentFormat, ElectionRecord,
    Participant, ReportedFigure, Source, Statement, TreatyAction,
};

/// An international agreement: a resolution, a compact, a treaty.
///
/// Nothing in it is special to one organisation: what was agreed, the acts by which states agreed, and
/// where the record comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Agreement {
    /// The format of the document.
    #[serde(default)]
    pub format: DocumentFormat,
    /// The identifier, as recorded; [`Agreement::derived_id`] is what it should be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// What kind of agreement it is.
    #[serde(default)]
    pub kind: AgreementKind,
    /// Its title, as printed.
    #[serde(default)]
    pub title: String,
    /// Its symbols, the principal one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub symbols: Vec<Citation>,
    /// Whether it binds, where the record says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_force: Option<LegalForce>,
    /// Subjects, as printed; levels are separated by `--`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// Its numbered objectives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objectives: Vec<Provision>,
    /// Its guiding principles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub principles: Vec<Provision>,
    /// Other paragraphs that claims are held against, by their numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paragraphs: Vec<Provision>,
    /// Figures reported about its matter, whoever reports them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<ReportedFigure>,
    /// What happened, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<Act>,
    /// What it, or an act of it, is to other agreements and acts. Documents of format 1 have one `parent` instead.
    #[serde(
        default,
        alias = "parent",
        deserialize_with = "crate::relation::relations",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub relations: Vec<AgreementRelation>,
    /// What has to happen for it to enter into force, as a clause that `plenary-decisions` reads:
    /// `60 instruments; first day of the month after 60 days`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_when: Option<String>,
    /// Of a treaty: the body whose members its clause counts, as in `at least 2/3 of members`, and whose members become parties.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyId>,
    /// Since when it has been in force, according to the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_since: Option<Date>,
    /// Where the record comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// What others assert about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
}

vocabulary! {
    /// What kind of agreement something is. Its title does not decide: a treaty may have any title (VCLT Art. 2).
    #[derive(Default)]
    pub enum AgreementKind {
        /// A resolution of an organ.
        #[default]
        Resolution = "resolution",
        /// A decision of an organ that is no resolution: a motion, an election, a ruling.
        Decision = "decision",
        /// What an organ recommends to its members or to another organ.
        Recommendation = "recommendation",
        /// A cooperative framework that states adopt without binding themselves.
        Compact = "compact",
        /// A declaration.
        Declaration = "declaration",
        /// A treaty, whatever its title.
        Treaty = "treaty",
        /// A treaty that an organisation adopts and its members then ratify, as the conventions of the ILO.
        Convention = "convention",
        /// A treaty beside another one.
        Protocol = "protocol",
        /// An act that binds all whom it concerns: a regulation of the European Union, the International Health Regulations.
        Regulation = "regulation",
        /// An act that binds as to its aim.
        Directive = "directive",
        /// A judgment or an advisory opinion of a court.
        Judgment = "judgment",
        /// A bill before a parliament, or the act that it became.
        Bill = "bill",
        /// An article of a constitution, or its amendment.
        Constitution = "constitution",
        /// A draft before a body: nothing has been agreed yet.
        Draft = "draft",
    }
}

impl AgreementKind {
    /// Whether participants become parties to it by acts of their own.
    #[must_use]
    pub const fn is_treaty(self) -> bool {
        matches!(self, Self::Treaty | Self::Convention | Self::Protocol)
    }
}

/// Whether an agreement binds those who agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LegalForce {
    /// It binds its parties or addressees.
    Binding,
    /// It does not bind.
    NonBinding,
}

/// A numbered objective, principle or paragraph, in our own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Provision {
    /// Its number or letter.
    pub number: String,
    /// The paragraph of the text in which it stands, where that has another number: `25`, `15(c)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<String>,
    /// What it is about.
    pub label: String,
    /// Set when no source that was read confirms it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

/// Something that happened in the life of an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Act {
    /// A body decided.
    Decision(Box<Decision>),
    /// A body elected.
    Election(Box<ElectionRecord>),
    /// A participant signed, consented or withdrew.
    Action(TreatyAction),
    /// A participant made a reservation, a declaration or an objection.
    Statement(Statement),
    /// Participants put a draft before a body.
    Sponsorship(Sponsorship),
    /// Anything else on the way: a mandate, a round of negotiation, a text agreed.
    Step(Step),
}

/// Participants put a draft before a body, in the order in which the document names them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Sponsorship {
    /// What other acts and relations of the document call it; unique in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<Citation>,
    /// The date of the draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Who sponsors it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sponsors: Vec<Sponsor>,
    /// Documents that the source relates to the draft: the report that holds it, the resolution it became.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Citation>,
    /// Notes of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Sponsorship {
    /// Whether another sponsorship is of the same draft and date, so that the sponsors of both belong together.
    ///
    /// ```
    /// use plenary_types::Sponsorship;
    ///
    /// let one: Sponsorship = serde_json::from_str(r#"{"symbol": "A/73/L.66", "sponsors": [{"name": "Chad"}]}"#)?;
    /// let other: Sponsorship = serde_json::from_str(r#"{"symbol": "A/73/L.66", "sponsors": [{"name": "Fiji"}]}"#)?;
    /// assert!(one.has_same_draft(&other) && !one.has_same_draft(&Sponsorship::default()));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn has_same_draft(&self, other: &Self) -> bool {
        self.symbol == other.symbol && self.date == other.date
    }
}

/// One sponsor of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Sponsor {
    /// Who that is, when it is known: a state, a group, an officer. Documents of format 1 call it `state`.
    #[serde(default, alias = "state", skip_serializing_if = "Option::is_none")]
    pub participant: Option<Participant>,
    /// The name as printed.
    pub name: String,
    /// What stands behind the name: `on behalf of the Group of 77 and China`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Set when it joined after the draft was issued.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub later: bool,
}

/// A step on the way to an agreement, or after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Step {
    /// What other acts and relations of the document call it; unique in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// When.
    pub date: Date,
    /// What happened, in our own words.
    pub what: String,
    /// The document that records it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<Citation>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Set when no source that was read confirms it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

impl Act {
    /// What other acts and relations of its document call it.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        let id = match self {
            Self::Decision(decision) => &decision.id,
            Self::Election(election) => &election.id,
            Self::Action(action) => &action.id,
            Self::Statement(statement) => &statement.id,
            Self::Sponsorship(sponsorship) => &sponsorship.id,
            Self::Step(step) => &step.id,
        };
        id.as_deref()
    }

    /// When it was done, as far as the source says.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        match self {
            Self::Decision(decision) => decision.date,
            Self::Election(election) => election.date(),
            Self::Action(action) => action.date,
            Self::Statement(statement) => Some(statement.date),
            Self::Sponsorship(sponsorship) => sponsorship.date,
            Self::Step(step) => Some(step.date),
        }
    }
}

impl Agreement {
    /// The namespace of [`agreement_id`]: UUID version 5 of `urn:plenary:agreement` in the URL namespace.
    pub const NAMESPACE: Uuid = Uuid::from_bytes([
        0xd7, 0xa8, 0x63, 0xef, 0xc7, 0xf1, 0x53, 0x45, 0xb1, 0x4e, 0xed, 0x04, 0xdd, 0xc8, 0x91,
        0x22,
    ]);

    /// The decisions among the acts, with their places.
    pub fn decisions(&self) -> impl Iterator<Item = (usize, &Decision)> + '_ {
        self.acts
            .iter()
            .enumerate()
            .filter_map(|(at, act)| match act {
                Act::Decision(decision) => Some((at, &**decision)),
                _ => None,
            })
    }

    /// The elections among the acts, with their places.
    pub fn elections(&self) -> impl Iterator<Item = (usize, &ElectionRecord)> + '_ {
        let acts = self.acts.iter().enumerate();
        acts.filter_map(|(at, act)| match act {
            Act::Election(election) => Some((at, &**election)),
            _ => None,
        })
    }

    /// The last decision that was put to a vote: for a resolution, its adoption.
    #[must_use]
    pub fn principal_decision(&self) -> Option<(usize, &Decision)> {
        let voted = |d: &Decision| d.ballots.is_some() || !d.announced.is_empty();
        let last_voted = self.decisions().filter(|(_, d)| voted(d)).last();
        last_voted.or_else(|| self.decisions().last())
    }

    /// What to call it: its principal symbol, else its title, else its number in the first source that gives one; empty when
    /// it has none of them.
    #[must_use]
    pub fn label(&self) -> &str {
        let numbers = self.sources.iter();
        let mut numbers = numbers.filter_map(|source| source.record.as_deref());
        match self.symbols.first() {
            Some(symbol) => symbol.as_str(),
            None if self.title.trim().is_empty() => numbers.next().unwrap_or(&self.title),
            None => &self.title,
        }
    }

    /// The identifier that follows from body and principal symbol, if both are known.
    #[must_use]
    pub fn derived_id(&self) -> Option<Uuid> {
        let (body, symbol) = self.derived_name()?;
        Some(agreement_id(&body, symbol))
    }

    /// The body and the principal symbol, if both are known: what [`Agreement::derived_id`] follows from, by [`agreement_id`].
    #[must_use]
    pub fn derived_name(&self) -> Option<(BodyId, &Citation)> {
        let symbol = self.symbols.first()?;
        let body = symbol.symbol().and_then(crate::Symbol::body);
        let body = body.or_else(|| self.principal_decision()?.1.body.clone())?;
        Some((body, symbol))
    }
}

/// The identifier of an agreement: UUID version 5 (RFC 9562) of `body:symbol`, with the symbol in normal
/// form, in the namespace [`Agreement::NAMESPACE`].
///
/// Two people who import the same record get the same identifier.
///
/// ```
/// use plenary_types::{agreement_id, BodyId, Citation};
///
/// let id = agreement_id(&BodyId::UNGA, &Citation::new("A/RES/217 (III) A"));
/// assert_eq!(id, agreement_id(&BodyId::UNGA, &Citation::new("217 A (III)")));
/// ```
#[must_use]
pub fn agreement_id(body: &BodyId, symbol: &Citation) -> Uuid {
    let name = format!("{body}:{}", symbol.normal());
    Uuid::new_v5(&Agreement::NAMESPACE, name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_namespace_is_what_its_documentation_says() {
        let derived = Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:plenary:agreement");
        assert_eq!(Agreement::NAMESPACE, derived);
    }

    #[test]
    fn a_kind_is_called_as_it_is_written() {
        for kind in AgreementKind::KNOWN {
            let read: AgreementKind = serde_json::from_value(kind.as_str().into()).unwrap();
            assert_eq!(read, *kind);
        }
        let other: AgreementKind = serde_json::from_value("concordat".into()).unwrap();
        assert_eq!((other.as_str(), other.is_treaty()), ("concordat", false));
        let treaties = AgreementKind::KNOWN.iter().filter(|kind| kind.is_treaty());
        let treaties: Vec<_> = treaties.map(|kind| kind.as_str()).collect();
        assert_eq!(treaties, ["treaty", "convention", "protocol"]);
    }

    #[test]
    fn every_kind_of_act_survives_serde() {
        let text = r#"[
            {"act": "action", "participant": "FRA", "kind": "accession", "date": "1990-08-07"},
            {"act": "statement", "author": "FRA", "kind": "reservation", "date": "1990-08-07"},
            {"act": "step", "date": "1989", "what": "opened for signature"},
            {"act": "election", "body": "unga", "contests": [{"seats": 1, "rounds": [{"votes": {"FRA": 9}}]}]},
            {"act": "decision", "mode": "without-vote"}
        ]"#;
        let acts: Vec<Act> = serde_json::from_str(text).unwrap();
        let again = serde_json::to_string(&acts).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Act>>(&again).unwrap(), acts);
    }

    #[test]
    fn the_principal_decision_is_the_last_that_was_voted_on() {
        let acts = |marks: &str| {
            let act = |mark: char| match mark {
                'b' => r#"{"act": "decision", "ballots": {"yes": ["FRA"]}}"#,
                'a' => r#"{"act": "decision", "announced": {"yes": 1}}"#,
                'c' => r#"{"act": "decision", "mode": "without-vote"}"#,
                _ => r#"{"act": "step", "date": "1989", "what": "opened for signature"}"#,
            };
            Agreement {
                acts: marks
                    .chars()
                    .map(|m| serde_json::from_str(act(m)).unwrap())
                    .collect(),
                ..Agreement::default()
            }
        };
        for (marks, decisions, principal) in [
            ("", vec![], None),
            ("s", vec![], None),
            ("c", vec![0], Some(0)),
            ("scc", vec![1, 2], Some(2)),
            ("bc", vec![0, 1], Some(0)),
            ("asc", vec![0, 2], Some(0)),
            ("absc", vec![0, 1, 3], Some(1)),
        ] {
            let agreement = acts(marks);
            let places: Vec<_> = agreement.decisions().map(|(at, _)| at).collect();
            assert_eq!(places, decisions, "{marks}");
            let found = agreement.principal_decision();
            assert_eq!(found.map(|(at, _)| at), principal, "{marks}");
            if let Some((at, decision)) = found {
                assert_eq!(
                    agreement.acts[at],
                    Act::Decision(Box::new(decision.clone()))
                );
            }
        }
    }

    #[test]
    fn an_agreement_is_called_by_its_first_symbol_else_its_title_else_its_number() {
        let mut agreement = Agreement {
            title: "Global Compact for Migration".into(),
            ..Agreement::default()
        };
        assert_eq!(agreement.label(), "Global Compact for Migration");
        agreement.symbols = ["A/RES/73/195", "A/CONF.231/3"].map(Citation::new).into();
        assert_eq!(agreement.label(), "A/RES/73/195");
        agreement.symbols.clear();
        agreement.title.clear();
        assert_eq!(agreement.label(), "");
        agreement.sources = [None, Some("17".to_owned())]
            .map(|record| Source {
                record,
                ..Source::default()
            })
            .into();
        assert_eq!(agreement.label(), "17");
    }

    #[test]
    fn the_identifier_of_the_compact_is_fixed() {
        let compact = Agreement {
            symbols: vec![Citation::new("A/RES/73/195")],
            ..Agreement::default()
        };
        let id = compact.derived_id().map(|id| id.to_string());
        assert_eq!(id.as_deref(), Some("af4ada2b-3a34-57fa-9787-b49092823e21"));
    }
}

//! [`DecisionRef`]: which decision of another organ or stage is meant.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::{Act, Agreement, Citation, Decision};

/// A decision that a record refers to: another act of the document (`#id`), the identifier of an agreement, or a symbol.
///
/// ```
/// use plenary_types::DecisionRef;
///
/// assert_eq!("#cantons".parse(), Ok(DecisionRef::Act("cantons".into())));
/// let council: DecisionRef = "S/RES/69(1949)".parse()?;
/// assert_eq!(council.to_string(), "S/RES/69(1949)");
/// # Ok::<(), plenary_types::DecisionRefError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DecisionRef {
    /// An act of the same document, by its `id`.
    Act(Box<str>),
    /// The principal decision of an agreement, by its identifier.
    Agreement(Uuid),
    /// The decision of which a document came out.
    Symbol(Citation),
}

/// Why a text is not a [`DecisionRef`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a symbol, an identifier of an agreement, or `#id` of an act of this document")]
pub struct DecisionRefError;

impl FromStr for DecisionRef {
    type Err = DecisionRefError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        match text.strip_prefix('#') {
            Some(id) if !id.is_empty() => Ok(Self::Act(id.into())),
            None if !text.is_empty() => Ok(Uuid::try_parse(text)
                .map_or_else(|_| Self::Symbol(Citation::new(text)), Self::Agreement)),
            _ => Err(DecisionRefError),
        }
    }
}

impl fmt::Display for DecisionRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Act(id) => write!(f, "#{id}"),
            Self::Agreement(id) => id.fmt(f),
            Self::Symbol(symbol) => symbol.fmt(f),
        }
    }
}

crate::text::serde_as_text!(DecisionRef);

impl DecisionRef {
    /// Whether it names a decision, by the decision's own `id` or symbol. An identifier of an agreement names none by itself.
    #[must_use]
    pub fn names(&self, decision: &Decision) -> bool {
        match self {
            Self::Act(id) => decision.id.as_deref() == Some(id),
            Self::Symbol(symbol) => {
                let own = decision.symbol.as_ref();
                own.is_some_and(|own| own.normal() == symbol.normal())
            }
            Self::Agreement(_) => false,
        }
    }

    /// The decision of an agreement that is meant, with its place among the acts. `None` where the agreement has none, or where
    /// the reference is to several: an `id` has to be unique in its document.
    #[must_use]
    pub fn find<'a>(&self, agreement: &'a Agreement) -> Option<(usize, &'a Decision)> {
        let mut found = agreement
            .decisions()
            .filter(|(_, decision)| self.names(decision));
        let only = found.next().filter(|_| found.next().is_none());
        match self {
            Self::Act(_) => only,
            Self::Symbol(symbol) => only.or_else(|| {
                let first = agreement.symbols.first();
                let is_own = first.is_some_and(|own| own.normal() == symbol.normal());
                agreement.principal_decision().filter(|_| is_own)
            }),
            Self::Agreement(id) => {
                let own = agreement.id.or_else(|| agreement.derived_id());
                agreement.principal_decision().filter(|_| own == Some(*id))
            }
        }
    }

    /// Whether the reference is to an act of its own document, which has to be there.
    #[must_use]
    pub const fn is_local(&self) -> bool {
        matches!(self, Self::Act(_))
    }
}

impl Agreement {
    /// The acts that have an `id`, each with its place.
    pub fn named_acts(&self) -> impl Iterator<Item = (usize, &str)> + '_ {
        let acts = self.acts.iter().enumerate();
        acts.filter_map(|(at, act)| Some((at, Act::id(act)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreement() -> Agreement {
        serde_json::from_str(
            r##"{"symbols": ["A/RES/273(III)"], "acts": [
                {"act": "decision", "id": "people", "body": "ch-people", "with": {"cantons": "#cantons"},
                 "taking-part": ["AUT", "person:x"], "chair": {"choice": "yes"}, "attending": 594, "objections": []},
                {"act": "decision", "id": "cantons", "body": "ch-cantons", "taking-part": ["FRA"]},
                {"act": "decision", "symbol": "S/RES/69(1949)", "announced": {"yes": 9, "no": 1}}]}"##,
        )
        .unwrap()
    }

    #[test]
    fn a_reference_finds_a_decision_by_id_by_symbol_and_by_agreement() {
        let agreement = agreement();
        let id = agreement.derived_id().unwrap().to_string();
        for (text, at, local) in [
            ("#cantons", Some(1), true),
            ("#people", Some(0), true),
            ("#council", None, true),
            ("S/RES/69 (1949)", Some(2), false),
            ("A/RES/273(III)", Some(2), false),
            ("S/RES/70(1949)", None, false),
            (&*id, Some(2), false),
        ] {
            let reference: DecisionRef = text.parse().unwrap();
            let found = reference.find(&agreement).map(|(at, _)| at);
            assert_eq!((found, reference.is_local()), (at, local), "{text}");
        }
        for text in ["", " ", "#"] {
            assert_eq!(text.parse::<DecisionRef>(), Err(DecisionRefError));
        }
        let mut twice = agreement;
        let again = twice.acts[1].clone();
        twice.acts.push(again);
        let reference: DecisionRef = "#cantons".parse().unwrap();
        assert_eq!(reference.find(&twice), None);
        let names: Vec<_> = twice.named_acts().collect();
        assert_eq!(names, [(0, "people"), (1, "cantons"), (3, "cantons")]);
    }

    #[test]
    fn what_a_decision_rests_on_survives_serde() {
        let agreement = agreement();
        let text = serde_json::to_string(&agreement).unwrap();
        assert_eq!(serde_json::from_str::<Agreement>(&text).unwrap(), agreement);
        let (_, people) = agreement.decisions().next().unwrap();
        assert_eq!(people.objections.as_deref(), Some(&[][..]));
        assert_eq!(people.with["cantons"].to_string(), "#cantons");
        assert!(text.contains(r#""taking-part":["AUT","person:x"]"#));
    }
}

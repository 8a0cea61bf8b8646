//! Symbols that mean the same and are cited in another way, or by one source only.

use std::collections::BTreeSet;

use plenary_types::{Series, Session, Symbol};

use super::Seen;
use crate::{Difference, DifferenceKind, Pattern, PatternKind};

/// How the two symbols of a vote go together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// One resolution, its parts cited differently.
    Parts,
    /// What one source cites is no resolution or decision.
    Code(char),
    /// One source cites nothing.
    Nothing(char),
}

fn style(difference: &Difference) -> Option<Style> {
    if difference.kind != DifferenceKind::Symbol {
        return None;
    }
    let cites =
        |sight: &Option<crate::Sight>| sight.as_ref().is_some_and(|sight| sight.value.is_some());
    match (cites(&difference.a), cites(&difference.b)) {
        (false, true) => return Some(Style::Nothing('a')),
        (true, false) => return Some(Style::Nothing('b')),
        _ => {}
    }
    let symbol = |sight: &Option<crate::Sight>| -> Option<Symbol> {
        let symbol: Symbol = sight.as_ref()?.value.as_ref()?.parse().ok()?;
        matches!(symbol.series(), Series::Resolution | Series::Decision).then_some(symbol)
    };
    match (symbol(&difference.a), symbol(&difference.b)) {
        (Some(a), Some(b)) => {
            let same = (a.session(), a.number()) == (b.session(), b.number());
            same.then_some(Style::Parts)
        }
        (None, Some(_)) => Some(Style::Code('a')),
        (Some(_), None) => Some(Style::Code('b')),
        (None, None) => None,
    }
}

/// Symbols whose difference is one of style.
pub(super) fn styles(differences: &[Difference], seen: &mut Vec<Seen<'_>>) {
    for wanted in [
        Style::Parts,
        Style::Code('a'),
        Style::Code('b'),
        Style::Nothing('a'),
        Style::Nothing('b'),
    ] {
        let such = || differences.iter().filter(|d| style(d) == Some(wanted));
        let sessions: BTreeSet<Session> = such().filter_map(|d| d.session).collect();
        let votes = such().count();
        if votes < super::FEW {
            continue;
        }
        let (kind, side) = match wanted {
            Style::Parts => (PatternKind::SymbolStyle, None),
            Style::Code(side) => (PatternKind::SymbolStyle, Some(side)),
            Style::Nothing(side) => (PatternKind::SymbolsMissing, Some(side)),
        };
        seen.push(Seen {
            pattern: Pattern {
                kind,
                sessions: sessions.into_iter().collect(),
                voters: Vec::new(),
                field: None,
                side,
                votes,
                of: votes,
                days: None,
                message: String::new(),
                differences: 0,
            },
            takes: Box::new(move |d| style(d) == Some(wanted)),
        });
    }
}

//! [`KnownDecision`]: what is known about single decisions beyond their records.

use plenary_types::{BodyId, Nature, Symbol};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::library::Rule;
use crate::read::Source;
use crate::{Library, ReferenceFault};

/// What is known about a single decision beyond its record: the nature of the matter, or the rule by which the body decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct KnownDecision {
    /// The body that decided.
    pub body: BodyId,
    /// The document that came out.
    pub symbol: Symbol,
    /// Whether the body treated the matter as procedural or as substantive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nature: Option<Nature>,
    /// The identifier of the rule of the library by which it decided, where that is not the rule of its nature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What the decision does that makes it so.
    pub reason: String,
    /// Where that is written.
    pub source: String,
    /// Whether no source read for it confirms it: then it explains a record and grounds no error.
    #[serde(default)]
    pub unverified: bool,
}

impl Library {
    /// Every decision about which more is known than its record says, in the order of the data.
    #[must_use]
    pub fn known_decisions(&self) -> &[KnownDecision] {
        &self.known
    }

    /// What is known about the decision of a body that has a symbol.
    ///
    /// Symbols are compared in their normal form. The resolutions of the Security Council have one series of numbers, so
    /// their number decides, with any year or none.
    ///
    /// ```
    /// use plenary_bodies::Library;
    /// use plenary_types::{BodyId, Nature};
    ///
    /// let afghanistan = "S/RES/462 (1980)".parse()?;
    /// let known = Library::embedded().known_decision(&BodyId::UNSC, &afghanistan).unwrap();
    /// assert_eq!(known.nature, Some(Nature::Procedural));
    /// # Ok::<(), plenary_types::SymbolError>(())
    /// ```
    #[must_use]
    pub fn known_decision(&self, body: &BodyId, symbol: &Symbol) -> Option<&KnownDecision> {
        let mut of_body = self.known.iter().filter(|known| known.body == *body);
        of_body.find(|known| is_same_document(&known.symbol, symbol))
    }
}

/// Whether two symbols name one document.
fn is_same_document(known: &Symbol, asked: &Symbol) -> bool {
    let number = |symbol: &Symbol| {
        let plain = symbol.modifiers().is_empty() && symbol.part().is_none();
        symbol.running_number().filter(|_| plain)
    };
    let is_same_number = || {
        let known_number = number(known);
        known_number.is_some() && known_number == number(asked) && known.body() == asked.body()
    };
    known == asked || is_same_number()
}

/// The single decisions of a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    decision: Vec<Spanned<KnownDecision>>,
}

/// Reads single decisions, and checks what the format of the file cannot: an entry says something, and a rule it names exists.
pub(crate) fn read(source: &Source, rules: &[Rule]) -> (Vec<KnownDecision>, Vec<ReferenceFault>) {
    let file: File = match toml::from_str(&source.text) {
        Ok(file) => file,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let fault = source.fault(at, error.message(), "correct the line");
            return (Vec::new(), vec![fault]);
        }
    };
    let mut faults = Vec::new();
    for decision in &file.decision {
        let known = decision.get_ref();
        let reason = match (&known.rule, known.nature) {
            (None, None) => "neither `nature` nor `rule` is given".to_owned(),
            (Some(rule), _) if !rules.iter().any(|known| known.is_called(rule)) => {
                format!("unknown rule `{rule}`")
            }
            _ => continue,
        };
        let reason = format!("{}: {reason}", known.symbol);
        let help = "give the nature of the matter, or the identifier of a rule";
        faults.push(source.fault(decision.span().start, reason, help));
    }
    let known = file.decision.into_iter().map(Spanned::into_inner);
    (known.collect(), faults)
}

#[cfg(test)]
mod tests {
    use plenary_types::BodyId;

    use super::*;

    fn file(text: &str) -> Source {
        Source {
            path: "known_decisions.toml".into(),
            text: text.to_owned().into(),
            layer: 1,
        }
    }

    #[test]
    fn the_resolutions_adopted_over_the_negative_vote_of_a_permanent_member_are_known() {
        let library = Library::embedded();
        let numbers = library.known_decisions().iter().map(|known| {
            assert!(!known.unverified, "{}", known.symbol);
            (known.symbol.number().unwrap(), known.nature.is_some())
        });
        let numbers: Vec<_> = numbers.collect();
        let procedural = [34, 87, 88, 119, 120, 132, 157, 462, 2623];
        for number in procedural {
            assert!(numbers.contains(&(number, true)), "{number}");
        }
        assert!(numbers.contains(&(110, false)));
        assert_eq!(numbers.len(), procedural.len() + 1);
    }

    #[test]
    fn a_resolution_of_the_council_is_found_by_its_number_and_any_other_by_its_normal_form() {
        let text = r#"
            [[decision]]
            body = "unsc"
            symbol = "S/RES/119(1956)"
            nature = "procedural"
            reason = "calls a session"
            source = "none"

            [[decision]]
            body = "unga"
            symbol = "A/RES/2758(XXVI)"
            nature = "substantive"
            reason = "restores rights"
            source = "none"
        "#;
        let (known, faults) = read(&file(text), &[]);
        assert_eq!(faults, []);
        let library = Library::new(
            Vec::new(),
            Vec::new(),
            known,
            std::collections::BTreeMap::new(),
        );
        for (body, symbol, found) in [
            (BodyId::UNSC, "S/RES/119(1956)", true),
            (BodyId::UNSC, "s/res/119 (1956)", true),
            (BodyId::UNSC, "S/RES/119(1957)", true),
            (BodyId::UNSC, "S/RES/120(1956)", false),
            (BodyId::UNSC, "S/1956/119", false),
            (BodyId::UNSC, "S/RES/119(1956)/Corr.1", false),
            (BodyId::UNGA, "S/RES/119(1956)", false),
            (BodyId::UNGA, "A/RES/2758 (XXVI)", true),
            (BodyId::UNGA, "A/RES/2758(XXV)", false),
        ] {
            let symbol = symbol.parse().unwrap();
            let known = library.known_decision(&body, &symbol);
            assert_eq!(known.is_some(), found, "{symbol}");
        }
    }

    #[test]
    fn an_entry_that_says_nothing_or_names_a_rule_that_does_not_exist_is_refused() {
        for (line, fault) in [
            ("", "neither `nature` nor `rule` is given"),
            ("rule = \"sc-prozedural\"", "unknown rule `sc-prozedural`"),
        ] {
            let text = format!(
                "[[decision]]\nbody = \"unsc\"\nsymbol = \"S/RES/1(1946)\"\nreason = \"r\"\nsource = \"s\"\n{line}"
            );
            let (_, faults) = read(&file(&text), Library::embedded().rules());
            let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
            let expected = format!("known_decisions.toml, line 1: S/RES/1(1946): {fault}");
            assert_eq!(faults, [expected]);
        }
    }
}

//! What a check sees: an agreement or one of its decisions, with the facts that the checks share.

use std::sync::{Arc, OnceLock};

use chrono::{Datelike, NaiveDate};
use plenary_bodies::{Body, Electorate, Reference, Ruling, Undecidable};
use plenary_types::{
    Agreement, Ballots, BodyId, Citation, Date, Decision, Outcome, Scope, Series, Session, Symbol,
    Tally,
};

use crate::{Adoption, RollFaults, electorate, ruling};

/// An agreement, as a check sees it.
#[derive(Clone, Copy, Debug)]
pub struct RecordCx<'r, 'a> {
    /// What the run judges against.
    pub reference: &'a Reference,
    /// The agreement.
    pub agreement: &'a Agreement,
    /// Its decisions, in order.
    pub decisions: &'r [DecisionCx<'a>],
    /// The decisions by which it says that it was adopted, as far as they are in the input.
    pub adoptions: &'r [Adoption],
    /// The day of the check, where it is known: what has been done was done before it.
    pub today: Option<NaiveDate>,
}

/// One decision of an agreement, as a check sees it.
#[derive(Clone, Debug)]
pub struct DecisionCx<'a> {
    /// What the run judges against.
    pub reference: &'a Reference,
    /// The agreement that the decision belongs to.
    pub agreement: &'a Agreement,
    /// The place of the decision among the acts.
    pub act: usize,
    /// The decision.
    pub decision: &'a Decision,
    /// Who decided: as recorded, else as the symbol tells.
    pub body: Option<BodyId>,
    /// The ballots counted, where there are any.
    pub tally: Option<Tally>,
    /// Who could be on the list, where the body's members at the date are known.
    pub electorate: Option<Arc<Electorate>>,
    /// What the list of names comes to, where there is one.
    pub roll: Option<Arc<RollFaults>>,
    /// The records of the input that the decision refers to.
    pub(crate) referred: Vec<Arc<Agreement>>,
    /// The rule of the dataset, for decisions that name none.
    pub default_rule: Option<&'a str>,
    /// The rule and what it makes of the votes, once they were asked for.
    ruling: OnceLock<Result<Ruling<'a>, Undecidable>>,
    /// The symbol of a citation without a year, with that of the decision.
    dated: OnceLock<Option<Symbol>>,
}

impl<'a> DecisionCx<'a> {
    /// A decision of an agreement, of which the record alone is known so far.
    pub(crate) fn new(
        reference: &'a Reference,
        agreement: &'a Agreement,
        act: usize,
        decision: &'a Decision,
    ) -> Self {
        // A list without a name is of a vote of which only the totals are known.
        let ballots = decision.ballots.as_ref().filter(|list| !list.is_empty());
        Self {
            reference,
            agreement,
            act,
            decision,
            body: decision.body.clone(),
            tally: ballots.map(Ballots::tally),
            electorate: None,
            roll: None,
            referred: Vec::new(),
            default_rule: None,
            ruling: OnceLock::new(),
            dated: OnceLock::new(),
        }
    }

    /// The rule that the decision is judged by and what it makes of the votes: the one verdict that every check, page and
    /// result gives.
    ///
    /// # Errors
    ///
    /// [`Undecidable`] when there was no vote, nothing to decide it by, or no rule is known.
    pub fn ruling(&self) -> Result<&Ruling<'a>, &Undecidable> {
        self.ruling.get_or_init(|| ruling::ruling(self)).as_ref()
    }

    /// The document that came out: the decision's own symbol, else the agreement's first when this is the
    /// only decision put to a vote.
    #[must_use]
    pub fn citation(&self) -> Option<&'a Citation> {
        let own = self.decision.symbol.as_ref();
        own.or_else(|| match self.agreement.principal_decision() {
            Some((act, _)) if act == self.act => self.agreement.symbols.first(),
            _ => None,
        })
    }

    /// The document that came out. Where its citation leaves out the year that the series of its body wants, as in `S/RES/2623`, the
    /// year is that of the decision.
    #[must_use]
    pub fn document(&self) -> Option<&Symbol> {
        let dated = || {
            let (citation, date) = (self.citation()?, self.decision.date?);
            let year = date.earliest().year();
            let whole = date.latest().year() == year;
            let dated = format!("{}({year})", citation.as_str().trim_end())
                .parse()
                .ok();
            dated.filter(|_| whole)
        };
        self.symbol()
            .or_else(|| self.dated.get_or_init(dated).as_ref())
    }

    /// The parsed symbol of [`DecisionCx::citation`].
    #[must_use]
    pub fn symbol(&self) -> Option<&'a Symbol> {
        self.citation().and_then(Citation::symbol)
    }

    /// The session as recorded, else as the symbol or the meeting tells.
    #[must_use]
    pub fn session(&self) -> Option<Session> {
        let meeting = || self.decision.meeting.as_ref().and_then(Citation::symbol);
        self.decision
            .session
            .or_else(|| self.symbol().and_then(Symbol::session))
            .or_else(|| meeting().and_then(Symbol::session))
    }

    /// The day of the decision, when it is known.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        self.decision.date.and_then(Date::as_day)
    }

    /// The electorate of the whole month of the date: what it would be if the day were wrong and the month right.
    pub(crate) fn electorate_of_month(&self) -> Option<Arc<Electorate>> {
        let day = self.day()?;
        let month = Date::month(day.year(), day.month()).ok()?;
        self.electorate.as_ref()?;
        electorate::of(self.reference, self.body.as_ref()?, month)
    }

    /// Whether the decision stands under the number of a resolution, which only an adopted text is given.
    #[must_use]
    pub fn is_numbered_resolution(&self) -> bool {
        self.decision.question.scope == Scope::Whole
            && self
                .document()
                .is_some_and(|symbol| symbol.series() == Series::Resolution)
    }

    /// Whether the symbol is that of a resolution or decision of another body than the one on record.
    #[must_use]
    pub fn has_foreign_symbol(&self) -> bool {
        let adopted =
            |symbol: &&Symbol| matches!(symbol.series(), Series::Resolution | Series::Decision);
        let body = self.symbol().filter(adopted).and_then(Symbol::body);
        body.is_some_and(|body| self.body.as_ref() != Some(&body))
    }

    /// What is known of the body, where it is on record.
    #[must_use]
    pub fn known_body(&self) -> Option<&'a Body> {
        let body = self.body.as_ref()?;
        self.reference.body(body.as_str()).map(|body| &**body)
    }

    /// What the outcome on record means in the body, where there is one.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        let recorded = self.decision.outcome?;
        Some(
            self.known_body()
                .map_or(recorded, |body| body.meaning_of(recorded)),
        )
    }

    /// What the body is called in a sentence: `the Security Council`, else its identifier.
    #[must_use]
    pub fn body_name(&self) -> String {
        match (self.known_body(), &self.body) {
            (Some(known), _) => format!("the {}", known.name()),
            (None, Some(body)) => format!("`{body}`"),
            (None, None) => "the body".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of each decision: symbol, session, and whether it is a resolution's or that of another body.
    fn told(symbols: &str, decisions: &[&str]) -> Vec<String> {
        let acts = decisions
            .iter()
            .map(|fields| format!(r#"{{"act": "decision", {fields}}}"#));
        let acts: Vec<_> = acts.collect();
        let text = format!(
            r#"{{"symbols": [{symbols}], "acts": [{}]}}"#,
            acts.join(", ")
        );
        let agreement: Agreement = serde_json::from_str(&text).unwrap();
        let of = |(act, decision): (usize, &Decision)| {
            let cx = DecisionCx::new(Reference::embedded(), &agreement, act, decision);
            let symbol = cx.symbol().map_or("none", Symbol::as_str).to_owned();
            let session = cx.session().map(|session| format!("in {session}"));
            let resolution = cx.is_numbered_resolution().then(|| "resolution".to_owned());
            let foreign = cx.has_foreign_symbol().then(|| "foreign".to_owned());
            let words = [Some(symbol), session, resolution, foreign];
            words.into_iter().flatten().collect::<Vec<_>>().join(" ")
        };
        agreement.decisions().map(of).collect()
    }

    #[test]
    fn the_principal_decision_alone_has_the_symbol_of_the_agreement() {
        let vote = r#""body": "unga", "announced": {"yes": 152}"#;
        let resolution = "A/RES/73/195 in 73 resolution";
        for (earlier, of_earlier) in [
            (r#""body": "unga""#, "none"),
            (r#""meeting": "A/73/PV.60""#, "none in 73"),
            (r#""symbol": "A/CONF.231/3""#, "A/CONF.231/3"),
            (r#""announced": {"yes": 3}"#, "none"),
        ] {
            let found = told(r#""A/RES/73/195", "A/73/L.66""#, &[earlier, vote]);
            assert_eq!(found, [of_earlier, resolution]);
        }
    }

    #[test]
    fn what_a_decision_says_of_itself_prevails_over_its_symbol() {
        for (symbol, fields, expected) in [
            ("A/RES/73/195", "unga", "A/RES/73/195 in 73 resolution"),
            (
                "A/RES/73/195",
                r#"unga", "session": "72"#,
                "A/RES/73/195 in 72 resolution",
            ),
            (
                "A/RES/73/195",
                r#"unga", "meeting": "A/72/PV.1"#,
                "A/RES/73/195 in 73 resolution",
            ),
            ("A/DEC/59/501", "unga", "A/DEC/59/501 in 59"),
            ("A/DEC/59/501", "unsc", "A/DEC/59/501 in 59 foreign"),
            (
                "S/RES/1454(2002)",
                "unga",
                "S/RES/1454(2002) resolution foreign",
            ),
            ("A/73/L.66", "unsc", "A/73/L.66 in 73"),
            ("A//PV.2441", "unga", "none"),
        ] {
            let found = told(
                &format!(r#""{symbol}""#),
                &[&format!(r#""body": "{fields}""#)],
            );
            assert_eq!(found, [expected], "{symbol} {fields}");
        }
        let paragraph = r#""body": "unga", "question": {"scope": "paragraph"}"#;
        assert_eq!(
            told(r#""A/RES/73/195""#, &[paragraph]),
            ["A/RES/73/195 in 73"]
        );
    }
}

//! A comparison in words.

use plenary_types::Participant;

use crate::answer::Answer;
use crate::bounds::{Bounds, Choices};
use crate::evaluate::{Context, Test};
use crate::requirement::{Comparison, Measure, Quantity, Relation, Side};
use crate::{Fraction, Table};

/// How many names a sentence lists before it only counts the rest.
const NAMES: usize = 50;

pub(crate) fn of(context: &Context<'_>, comparison: &Comparison, test: &Test) -> String {
    let sentence = plain(context, comparison, test);
    match table(context, comparison) {
        Some(table) if table.is_unverified() => format!("{sentence} (unverified weights)"),
        _ => sentence,
    }
}

fn plain(context: &Context<'_>, comparison: &Comparison, test: &Test) -> String {
    if test.answer == Answer::Unknown {
        return unknown(context, comparison, test);
    }
    if comparison.is_nobody() {
        return nobody(context, comparison, test);
    }
    if comparison.is_everybody() && comparison.group.is_some() {
        return everybody(context, comparison, test);
    }
    let have = print(table(context, comparison), test.have);
    match (comparison.quantity, test.base) {
        (Quantity::Share(fraction, base), Some(whole)) => {
            let whole_words = print(table(context, comparison), whole);
            let base = comparison.measure.base(base);
            let percent = percent(test.have, whole, fraction);
            let verdict = verdict(comparison.relation, test.answer, &fraction.words());
            format!(
                "{have} of {whole_words} {base}{}{percent}, {verdict}",
                tail(comparison)
            )
        }
        (Quantity::Share(..), None) => comparison.to_string(),
        (Quantity::Count(n), _) => {
            let verdict = verdict(comparison.relation, test.answer, &n.to_string());
            let what = things(comparison, test.have);
            format!("{have} {what}{}, {verdict}", tail(comparison))
        }
    }
}

fn unknown(context: &Context<'_>, comparison: &Comparison, test: &Test) -> String {
    let have = test.have;
    match have.high {
        Some(high) if high != have.low => {
            let table = table(context, comparison);
            let (low, high) = (number(table, have.low), number(table, high));
            format!("{comparison}: not known, between {low} and {high}")
        }
        _ => format!("{comparison}: not known"),
    }
}

fn nobody(context: &Context<'_>, comparison: &Comparison, test: &Test) -> String {
    if test.answer == Answer::Met {
        return comparison.to_string();
    }
    let of = comparison
        .group
        .as_ref()
        .map_or(String::new(), |group| format!(" of {group}"));
    let names = named(context, comparison, comparison.side.into());
    let who = if names.is_empty() {
        print(None, test.have)
    } else {
        list(&names)
    };
    format!("{who}{of} {}", comparison.side.words())
}

fn everybody(context: &Context<'_>, comparison: &Comparison, test: &Test) -> String {
    let group = comparison
        .group
        .as_ref()
        .map_or(String::new(), ToString::to_string);
    let whole = test.base.map_or(String::new(), |base| print(None, base));
    let side = side(comparison);
    if test.answer == Answer::Met {
        return format!("all {whole} of {group}{side}");
    }
    let have = print(None, test.have);
    let missing = missing_of_group(context, comparison);
    let missing = if missing.is_empty() {
        String::new()
    } else {
        format!("; missing: {}", list(&missing))
    };
    format!("{have} of {whole} of {group}{side}{missing}")
}

/// Those in the group of a comparison whose choice is in the set.
fn named(context: &Context<'_>, comparison: &Comparison, choices: Choices) -> Vec<Participant> {
    let Some(scope) = context.scope_of(comparison.group.as_ref()) else {
        return Vec::new();
    };
    let known = context.lookup.known.iter();
    known
        .filter(|(code, choice)| choices.has(*choice) && scope.contains(*code))
        .map(|(code, _)| *code)
        .collect()
}

/// Those of a group that are not on the side, when single ballots tell. Where several codes stand for one seat, they
/// do not.
fn missing_of_group(context: &Context<'_>, comparison: &Comparison) -> Vec<Participant> {
    let codes = comparison
        .group
        .as_ref()
        .and_then(|group| context.members_of(group));
    let choices: Choices = comparison.side.into();
    let absent = |code: &Participant| {
        context
            .lookup
            .choice(*code)
            .is_some_and(|c| !choices.has(c))
    };
    match codes {
        Some((codes, seats)) if codes.len() == seats as usize => {
            codes.iter().copied().filter(absent).collect()
        }
        _ => Vec::new(),
    }
}

fn list(codes: &[Participant]) -> String {
    let shown: Vec<_> = codes.iter().take(NAMES).map(ToString::to_string).collect();
    let rest = codes.len().saturating_sub(NAMES);
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    format!("{}{more}", shown.join(", "))
}

fn verdict(relation: Relation, answer: Answer, limit: &str) -> String {
    let met = answer == Answer::Met;
    let words = match (relation, met) {
        (Relation::AtLeast, true) => "at least",
        (Relation::AtLeast, false) => "less than",
        (Relation::MoreThan, true) => "more than",
        (Relation::MoreThan, false) => "not more than",
        (Relation::AtMost, true) => "at most",
        (Relation::AtMost, false) => "more than",
        (Relation::FewerThan, true) => "fewer than",
        (Relation::FewerThan, false) => "not fewer than",
        (Relation::Exactly, true) => "exactly",
        (Relation::Exactly, false) => "not exactly",
    };
    format!("{words} {limit}")
}

fn things(comparison: &Comparison, have: Bounds) -> String {
    match &comparison.measure {
        Measure::Weight(name) => name.to_string(),
        Measure::Heads(unit) if have.exact() == Some(1) => unit.singular().to_owned(),
        Measure::Heads(unit) => format!("{}s", unit.singular()),
    }
}

fn tail(comparison: &Comparison) -> String {
    let of = comparison
        .group
        .as_ref()
        .map_or(String::new(), |group| format!(" of {group}"));
    format!("{of}{}", side(comparison))
}

fn side(comparison: &Comparison) -> String {
    match comparison.side {
        Side::InFavour => String::new(),
        side => format!(" {}", side.words()),
    }
}

fn table<'c>(context: &'c Context<'_>, comparison: &Comparison) -> Option<&'c Table> {
    match &comparison.measure {
        Measure::Weight(name) => context.table(name),
        Measure::Heads(_) => None,
    }
}

fn number(table: Option<&Table>, n: i128) -> String {
    match (table, u128::try_from(n)) {
        (Some(table), Ok(n)) => table.print(n),
        _ => n.to_string(),
    }
}

fn print(table: Option<&Table>, bounds: Bounds) -> String {
    let low = number(table, bounds.low);
    match bounds.high {
        Some(high) if high == bounds.low => low,
        Some(high) => format!("{low} to {}", number(table, high)),
        None => format!("{low} or more"),
    }
}

/// `, 96.8 %`, with as many decimals as it takes not to look like the limit when it is not.
fn percent(have: Bounds, whole: Bounds, limit: Fraction) -> String {
    let (Some(have), Some(whole)) = (have.exact(), whole.exact()) else {
        return String::new();
    };
    let (n, d) = (
        i128::from(limit.numerator()),
        i128::from(limit.denominator()),
    );
    let at_limit = have * d == n * whole;
    let rounded = |places: u32| -> Option<i128> { round(have, whole, places) };
    let limit_rounded = |places: u32| -> Option<i128> { round(n, d, places) };
    let places = (1..=6)
        .find(|places| at_limit || rounded(*places) != limit_rounded(*places))
        .unwrap_or(6);
    rounded(places).map_or(String::new(), |value| {
        let unit = 10i128.pow(places);
        format!(
            ", {}.{:0width$} %",
            value / unit,
            value % unit,
            width = places as usize
        )
    })
}

/// A share in per cent with so many decimals, half up, as an integer.
fn round(have: i128, whole: i128, places: u32) -> Option<i128> {
    let scaled = have.checked_mul(200 * 10i128.pow(places))?;
    scaled
        .checked_add(whole)?
        .checked_div(whole.checked_mul(2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_is_not_the_limit_does_not_look_like_it() {
        let two_thirds = Fraction::new(2, 3).unwrap();
        for (have, whole, expected) in [
            (100, 150, ", 66.7 %"),
            (101, 150, ", 67.3 %"),
            (66_666, 100_000, ", 66.666 %"),
            (152, 157, ", 96.8 %"),
        ] {
            let told = percent(Bounds::exactly(have), Bounds::exactly(whole), two_thirds);
            assert_eq!(told, expected, "{have} of {whole}");
        }
        assert_eq!(
            percent(
                Bounds::exactly(1),
                Bounds { low: 1, high: None },
                two_thirds
            ),
            ""
        );
    }
}

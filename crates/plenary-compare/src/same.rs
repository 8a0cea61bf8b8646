//! Which votes of two sources are one, where nothing says that the sources hold the same votes.

use chrono::Datelike;
use plenary_bodies::Reference;
use plenary_types::Series;
use rustc_hash::FxHashMap;

use crate::Both;
use crate::matching::{
    self, Match, MatchKey, TELLING, are_two_texts, may_be_one_day, minority, share_draft,
    whole_symbol,
};
use crate::votes::{Vote, VoteList};

/// The votes of two lists that are one vote, by their places in the lists, in the order of the first.
///
/// These are the matches of [`compare`](crate::compare()) that hold although the lists need not be of the same votes. The
/// same resolution, or another published document, makes two votes one whatever their dates and ballots where each list
/// has one vote on it; of several votes on one document, the ballots say which is which. Ballots alone make two votes one
/// only if symbols, parts, sessions and days do not speak against it, and a minority or a draft speaks for it; where the
/// minority is large and the ballots are the same, the month is enough.
#[must_use]
pub fn same_votes(a: &VoteList, b: &VoteList, reference: &Reference) -> Vec<(usize, usize)> {
    let both = Both::new(a, b, reference);
    let symbols = [Symbols::of(a), Symbols::of(b)];
    let matches = matching::matches(&both).list.into_iter();
    let same = matches.filter(|found| holds(&both, &symbols, *found));
    same.map(|found| (found.a, found.b)).collect()
}

/// How many votes a list has on each document.
struct Symbols<'a>(FxHashMap<&'a str, usize>);

impl<'a> Symbols<'a> {
    fn of(list: &'a VoteList) -> Self {
        let mut times = FxHashMap::default();
        for symbol in list.votes.iter().filter_map(whole_symbol) {
            *times.entry(symbol).or_default() += 1;
        }
        Self(times)
    }

    fn has_one(&self, vote: &Vote) -> bool {
        whole_symbol(vote).is_some_and(|symbol| self.0.get(symbol) == Some(&1))
    }
}

fn holds(both: &Both<'_>, symbols: &[Symbols<'_>; 2], found: Match) -> bool {
    let (Some(a), Some(b)) = (both.a.votes.get(found.a), both.b.votes.get(found.b)) else {
        return false;
    };
    if are_known_and_different(a.body.as_ref(), b.body.as_ref()) {
        return false;
    }
    let distance = both.distance(found.a, found.b);
    let is_one_day = may_be_one_day(a, b);
    let is_one_document = is_document(a) && is_document(b) && is_same_document(a, b);
    if is_one_document && symbols[0].has_one(a) && symbols[1].has_one(b) {
        let is_same_list = distance.common > 0 && distance.score() == 0;
        return a.scope == b.scope || (is_one_day && is_same_list);
    }
    if found.apart
        || are_two_texts(a, b)
        || are_two_parts(a, b)
        || are_known_and_different(a.session, b.session)
    {
        return false;
    }
    match found.by {
        MatchKey::Symbol if is_one_document => is_one_day || distance.is_the_same_vote(),
        MatchKey::Symbol | MatchKey::Number | MatchKey::Meeting => is_one_day,
        MatchKey::Ballots => {
            if !distance.is_the_same_vote() {
                return false;
            }
            let minority = minority(a);
            let is_likely = minority >= TELLING || share_draft(a, b);
            let of_one_day = is_one_day && a.date.is_some() && is_likely;
            // Sources that number their roll calls lose days of the month.
            let is_one_list = distance.score() == 0 && minority >= 2 * TELLING;
            of_one_day || (is_one_list && a.session.is_some() && are_of_one_month(a, b))
        }
    }
}

fn are_of_one_month(a: &Vote, b: &Vote) -> bool {
    let month = |vote: &Vote| {
        let day = vote.date?.earliest();
        Some((day.year(), day.month()))
    };
    month(a).zip(month(b)).is_some_and(|(a, b)| a == b)
}

/// Whether a vote is on a published document, and not only known by its meeting or a number that looks like a symbol.
fn is_document(vote: &Vote) -> bool {
    let symbol = vote.symbol.as_ref().and_then(|symbol| symbol.symbol());
    vote.running.is_some()
        || symbol.is_some_and(|symbol| {
            symbol.body().is_some()
                && !matches!(symbol.series(), Series::Verbatim | Series::Summary)
        })
}

fn is_same_document(a: &Vote, b: &Vote) -> bool {
    match a.running.zip(b.running) {
        Some((a, b)) => a.is_same(b),
        None => whole_symbol(a) == whole_symbol(b),
    }
}

/// Whether the votes are on two parts of a resolution, such as A and B.
fn are_two_parts(a: &Vote, b: &Vote) -> bool {
    are_known_and_different(part(a), part(b))
}

fn part(vote: &Vote) -> Option<&str> {
    vote.symbol.as_ref()?.symbol()?.part()
}

fn are_known_and_different<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a != b)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use plenary_import::{Options, read_bytes};

    const STATES: [&str; 24] = [
        "ARG", "AUS", "BRA", "CAN", "CHL", "COL", "CUB", "DNK", "EGY", "ETH", "FRA", "GBR", "GRC",
        "IND", "IRN", "IRQ", "LUX", "MEX", "NLD", "NOR", "NZL", "PER", "POL", "USA",
    ];

    /// Symbol, date, session, draft and the number of those who voted against, from the end of the list.
    type One<'a> = (&'a str, &'a str, &'a str, &'a str, usize);

    fn list(votes: &[One<'_>]) -> VoteList {
        let mut text =
            "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,title\n".to_owned();
        for (at, (symbol, date, session, draft, against)) in votes.iter().enumerate() {
            for (place, state) in STATES.iter().enumerate() {
                let letter = if place + against >= STATES.len() {
                    "N"
                } else {
                    "Y"
                };
                let vote = format!("{},{state},,{letter},{date},{session},{symbol}", at + 1);
                writeln!(text, "{vote},{draft},Made up").unwrap();
            }
        }
        let import = read_bytes("votes.csv", text.as_bytes(), &Options::default()).unwrap();
        assert_eq!(import.summary().rejected, 0, "{text}");
        VoteList::from_import(&import)
    }

    #[test]
    fn each_thing_that_sources_print_speaks_for_or_against_one_vote() {
        let day = "1999-11-10";
        let known = ("A/RES/54/20", day, "54", "", 6);
        let many = ("A/RES/54/20", day, "54", "", 10);
        let draft = ("A/RES/54/20", day, "54", "A/54/L.1", 0);
        let cases: [(&str, One<'_>, One<'_>, bool); 15] = [
            ("nothing", known, known, true),
            (
                "date",
                known,
                ("A/RES/54/20", "1999-12-24", "54", "", 6),
                true,
            ),
            ("ballots", known, ("A/RES/54/20", day, "54", "", 20), true),
            ("symbol", known, ("A/RES/54/21", day, "54", "", 6), false),
            (
                "part",
                ("A/RES/54/20A", day, "54", "", 6),
                ("A/RES/54/20B", day, "54", "", 6),
                false,
            ),
            ("no symbol", known, ("", day, "54", "", 6), true),
            (
                "no symbol, date",
                known,
                ("", "1999-11-11", "54", "", 6),
                false,
            ),
            ("no symbol, session", known, ("", day, "53", "", 6), false),
            ("no symbol, ballots", known, ("", day, "54", "", 20), false),
            (
                "no symbol, day",
                many,
                ("", "1999-11-01", "54", "", 10),
                true,
            ),
            (
                "no symbol, day, a ballot",
                many,
                ("", "1999-11-01", "54", "", 11),
                false,
            ),
            (
                "no symbol, month",
                many,
                ("", "1999-12-10", "54", "", 10),
                false,
            ),
            (
                "no symbol, unanimous",
                ("A/RES/54/20", day, "54", "", 0),
                ("", day, "54", "", 0),
                false,
            ),
            (
                "no symbol, draft",
                draft,
                ("", day, "54", "A/54/L.1", 0),
                true,
            ),
            (
                "no symbol, draft, ballots",
                draft,
                ("", day, "54", "A/54/L.1", 20),
                false,
            ),
        ];
        for (what, a, b, is_one) in cases {
            let expected = if is_one { vec![(0, 0)] } else { Vec::new() };
            assert_eq!(
                same_votes(&list(&[a]), &list(&[b]), Reference::embedded()),
                expected,
                "{what}"
            );
            assert_eq!(
                same_votes(&list(&[b]), &list(&[a]), Reference::embedded()),
                expected,
                "{what}"
            );
        }
    }

    #[test]
    fn of_several_votes_on_one_text_the_ballots_say_which_is_which() {
        let vote = |against, date| ("A/RES/54/20", date, "54", "", against);
        let a = list(&[vote(3, "1999-11-10"), vote(12, "1999-11-10")]);
        let b = list(&[vote(12, "1999-12-24"), vote(3, "1999-12-24")]);
        assert_eq!(same_votes(&a, &b, Reference::embedded()), [(0, 1), (1, 0)]);
        let other = list(&[vote(20, "1999-12-24"), vote(3, "1999-12-24")]);
        assert_eq!(same_votes(&a, &other, Reference::embedded()), [(0, 1)]);
    }
}

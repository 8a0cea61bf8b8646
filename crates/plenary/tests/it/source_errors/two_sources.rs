//! What a comparison of two sources finds: the same errors, where one source alone cannot tell.

use plenary::bodies::Reference;
use plenary::compare::{PatternKind, VoteList, compare};
use plenary::types::Session;

use super::import;
use super::layout::{Files, RollCall, Vote, assembly, unvotes};

/// Ten votes of a session; members are given their votes by the letters of a word, `.` is no vote.
struct Ten {
    session: &'static str,
    date: &'static str,
    /// Code, name, votes.
    votes: Vec<(&'static str, &'static str, &'static str)>,
}

const SYMBOLS: [&str; 10] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

impl Ten {
    fn letters(&self, vote: usize) -> impl Iterator<Item = (&'static str, &'static str, char)> {
        let letter = move |word: &str| word.chars().nth(vote).unwrap();
        self.votes
            .iter()
            .map(move |(code, name, word)| (*code, *name, letter(word)))
    }

    fn library(&self) -> Files {
        let votes = SYMBOLS.iter().enumerate().map(|(at, number)| {
            let list = self.letters(at).map(|(code, name, letter)| {
                let vote = match letter {
                    'Y' => "Y",
                    'N' => "N",
                    'A' => "A",
                    _ => "X",
                };
                (code.to_owned(), name.to_owned(), vote)
            });
            let symbol = format!("A/RES/{}/{number}", self.session).leak();
            Vote {
                id: number,
                date: self.date,
                session: self.session,
                symbol,
                meeting: "",
                rows: list.collect(),
            }
        });
        assembly(&votes.collect::<Vec<_>>())
    }

    fn unvotes(&self) -> Files {
        let votes = SYMBOLS.iter().enumerate().map(|(at, number)| {
            let cast = self.letters(at).filter_map(|(_, name, letter)| {
                let vote = match letter {
                    'Y' => "yes",
                    'N' => "no",
                    'A' => "abstain",
                    _ => return None,
                };
                Some((name.to_owned(), "", vote))
            });
            let unres = format!("R/{}/{number}", self.session).leak();
            let call = RollCall {
                rcid: at as u32 + 1,
                session: self.session,
                date: self.date,
                unres,
                short: "A VOTE",
            };
            (call, cast.collect())
        });
        unvotes(&votes.collect::<Vec<_>>())
    }
}

fn patterns(a: &Files, b: &Files) -> Vec<(PatternKind, Vec<String>, Vec<Session>)> {
    let [(_first, a), (_second, b)] = [a, b].map(import);
    let comparison = compare(
        &VoteList::from_import(&a),
        &VoteList::from_import(&b),
        Reference::embedded(),
    );
    // That unvotes gives fields which the Library's table here does not is not what these tests are about.
    let of_fields = [PatternKind::FieldMissing, PatternKind::FieldStyle];
    let told = comparison.patterns.into_iter();
    told.filter(|p| !of_fields.contains(&p.kind))
        .map(|p| {
            (
                p.kind,
                p.voters.iter().map(ToString::to_string).collect(),
                p.sessions,
            )
        })
        .collect()
}

/// Session 36, with the votes of two new members: next to each other in the alphabet.
fn session_36(antigua: &'static str, belize: &'static str) -> Ten {
    Ten {
        session: "36",
        date: "1981-12-09",
        votes: vec![
            ("ATG", "Antigua and Barbuda", antigua),
            ("BLZ", "Belize", belize),
            ("FRA", "France", "NNNAANNYNN"),
        ],
    }
}

/// Session 44, with the votes of one member.
fn session_44(myanmar: &'static str) -> Ten {
    Ten {
        session: "44",
        date: "1989-12-15",
        votes: vec![
            ("MMR", "Myanmar", myanmar),
            ("FRA", "France", "NNNAANNYNN"),
            ("PER", "Peru", "YYYYYYAYYY"),
        ],
    }
}

#[test]
fn antigua_and_barbuda_and_belize_are_exchanged_in_session_36() {
    let right = session_36("YYANAYYNAY", "ANYYYNAYYN");
    let wrong = session_36("ANYYYNAYYN", "YYANAYYNAY");
    let found = patterns(&wrong.unvotes(), &right.library());
    let states = vec!["ATG".to_owned(), "BLZ".to_owned()];
    let exchanged = (
        PatternKind::StatesExchanged,
        states,
        vec![Session::Regular(36)],
    );
    assert_eq!(found, [exchanged]);
    assert_eq!(patterns(&right.unvotes(), &right.library()), []);
}

#[test]
fn myanmar_is_missing_from_most_of_session_44() {
    let right = session_44("YYYYYYYYYY");
    let wrong = session_44(".Y........");
    let found = patterns(&wrong.unvotes(), &right.library());
    let missing = (
        PatternKind::StateMissing,
        vec!["MMR".to_owned()],
        vec![Session::Regular(44)],
    );
    assert_eq!(found, [missing]);
    assert_eq!(patterns(&right.unvotes(), &right.library()), []);
}

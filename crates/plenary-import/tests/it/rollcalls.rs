//! unvotes and Voeten's file, against a slow reader and against the Library's records.

use std::collections::HashMap;
use std::fs::{self, File};
use std::path::Path;

use plenary_import::compare::{DifferenceKind, VoteList, compare};
use plenary_import::{Format, Import, Options, read, read_bytes};
use plenary_types::{Choice, Scope};

use crate::accounts::{shared, tally_of};

const VOTES: &str = "\
rcid,country,country_code,vote
3,United States,US,yes
3,Cuba,CU,no
4,Namibia,NA,abstain
4,Federal Republic of Germany,NA,yes
";
const ROLL_CALLS: &str = "\
rcid,session,importantvote,date,unres,amend,para,short,descr
3,1,0,1946-01-01,R/1/66,1,0,\"AMENDMENTS, RULES\",\"TO ADOPT
AN AMENDMENT\"
4,45,1,1990-11-02,R/45/38A,0,0,NAMIBIA,TO ADOPT IT
";
const ISSUES: &str = "rcid,short_name,issue\n4,co,Colonialism\n4,me,Palestinian conflict\n";

/// The three tables in a folder.
fn folder(votes: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("unvotes", votes),
        ("roll_calls", ROLL_CALLS),
        ("issues", ISSUES),
    ] {
        fs::write(folder.path().join(format!("{name}.csv")), text).unwrap();
    }
    folder
}

fn states(import: &Import, record: usize) -> Vec<Option<String>> {
    let record = import.record(record).unwrap();
    let ballots = record
        .agreement
        .principal_decision()
        .unwrap()
        .1
        .ballots
        .clone()
        .unwrap();
    let entries = ballots.roll().entries();
    entries
        .iter()
        .map(|e| e.state.map(|s| s.to_string()))
        .collect()
}

#[test]
fn the_three_tables_are_read_together_from_their_folder_or_from_the_votes() {
    let folder = folder(VOTES);
    for path in [folder.path().to_owned(), folder.path().join("unvotes.csv")] {
        let import = read(path, &Options::default()).unwrap();
        let summary = import.summary();
        assert_eq!(summary.format, Format::UnvotesCsv);
        assert_eq!(
            (summary.rows, summary.used, summary.records, summary.ballots),
            (4, 4, 2, 4)
        );
        let [first, second] = [0, 1].map(|at| import.record(at).unwrap().agreement);
        let decision = first.principal_decision().unwrap().1;
        assert_eq!(first.title, "AMENDMENTS, RULES");
        assert_eq!(first.label(), "R/1/66");
        assert_eq!(
            (decision.question.scope, decision.partial),
            (Scope::Amendment, true)
        );
        assert_eq!(second.label(), "A/RES/45/38[A]");
        assert_eq!(second.subjects, ["Colonialism", "Palestinian conflict"]);
    }
}

#[test]
fn na_is_namibia_or_no_code_at_all() {
    let import = read(folder(VOTES).path(), &Options::default()).unwrap();
    assert_eq!(
        states(&import, 1),
        [Some("NAM".to_owned()), Some("DEU".to_owned())]
    );
}

#[test]
fn the_source_says_what_it_leaves_out_and_no_absence_is_invented() {
    let import = read_bytes("unvotes.csv", VOTES.as_bytes(), &Options::default()).unwrap();
    let told: Vec<&str> = import.findings().iter().map(|f| &*f.check).collect();
    assert_eq!(told, ["source-leaves-out"]);
    let tally = tally_of(&import);
    assert_eq!(
        (tally.yes, tally.no, tally.abstain, tally.non_voting),
        (2, 1, 1, 0)
    );
}

#[test]
fn a_vote_without_a_roll_call_is_kept_and_named() {
    let votes = format!("{VOTES}5,Peru,PE,yes\n");
    let import = read(folder(&votes).path(), &Options::default()).unwrap();
    let record = import.record(2).unwrap();
    assert_eq!(record.findings[0].check, "no-roll-call");
    assert_eq!(record.ballots(), 1);
}

#[test]
fn words_that_are_no_vote_are_rejected_with_their_row() {
    for word in ["absent?", "1", ""] {
        let votes = format!("{VOTES}5,Peru,PE,{word}\n");
        let import = read_bytes("unvotes.csv", votes.as_bytes(), &Options::default()).unwrap();
        let [rejected] = import.rejected() else {
            panic!("{word}: {:?}", import.rejected())
        };
        assert_eq!(
            (rejected.place.line, rejected.place.field.as_deref()),
            (Some(6), Some("vote"))
        );
        assert_eq!(rejected.value, word);
    }
}

#[test]
fn voetens_numbers_are_choices_and_states() {
    let text = "rcid\tccode\tsession\tvote\tdate\tunres\n\
                9\t2\t40\t1\t1985-11-05\tR/40/1\n9\t365\t40\t2\t1985-11-05\tR/40/1\n\
                9\t305\t40\t3\t1985-11-05\tR/40/1\n9\t900\t40\t8\t1985-11-05\tR/40/1\n\
                9\t565\t40\t9\t1985-11-05\tR/40/1\n";
    let import = read_bytes("votes.tab", text.as_bytes(), &Options::default()).unwrap();
    assert_eq!(import.summary().format, Format::VoetenCsv);
    let record = import.record(0).unwrap();
    assert_eq!(record.agreement.label(), "A/RES/40/1");
    let ballots = record
        .agreement
        .principal_decision()
        .unwrap()
        .1
        .ballots
        .clone()
        .unwrap();
    let read: Vec<(String, Choice)> = ballots
        .iter()
        .map(|b| {
            (
                b.entry.state.map_or_else(String::new, |s| s.to_string()),
                b.choice,
            )
        })
        .collect();
    let expected = [
        ("USA", Choice::Yes),
        ("SUN", Choice::Abstain),
        ("AUT", Choice::No),
        ("AUS", Choice::NonVoting),
    ];
    assert_eq!(
        read[..4],
        expected.map(|(code, choice)| (code.to_owned(), choice))
    );
    assert_eq!(read[4].1, Choice::NotEligible);
}

/// Rows, votes and words of a table, by the csv crate.
fn slowly(path: &Path, column: &str) -> (u64, usize, HashMap<String, u32>) {
    let text = zstd::stream::read::Decoder::new(File::open(path).unwrap()).unwrap();
    let mut reader = csv::Reader::from_reader(text);
    let headers = reader.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|h| h == name).unwrap();
    let (id, vote) = (at("rcid"), at(column));
    let (mut rows, mut votes, mut words) = (0, HashMap::<String, u32>::new(), HashMap::new());
    for row in reader.records() {
        let row = row.unwrap();
        rows += 1;
        *votes.entry(row[id].to_owned()).or_default() += 1;
        *words.entry(row[vote].to_owned()).or_default() += 1;
    }
    (rows, votes.len(), words)
}

#[test]
fn the_real_tables_are_counted_as_a_slow_reader_counts_them() {
    for (file, words) in [
        ("unvotes/unvotes.csv.zst", ["yes", "no", "abstain"]),
        ("ideal_points/votes_1946_2019.csv.zst", ["1", "3", "2"]),
    ] {
        let Some(path) = shared(file) else { return };
        let (rows, votes, counts) = slowly(&path, "vote");
        let import = read(&path, &Options::default()).unwrap();
        let summary = import.summary();
        assert_eq!(
            (summary.rows, summary.used, summary.rejected),
            (rows, rows, 0),
            "{file}"
        );
        assert_eq!(summary.records, votes as u64, "{file}");
        let tally = tally_of(&import);
        assert_eq!(
            [tally.yes, tally.no, tally.abstain],
            words.map(|word| counts[word]),
            "{file}"
        );
        assert_eq!(tally.non_voting, 0);
    }
}

#[test]
fn the_same_votes_through_two_adapters_differ_in_less_than_one_ballot_of_a_hundred() {
    let files = [
        "unvotes/unvotes.csv.zst",
        "undl/library_ga_1946_1989.csv.zst",
    ];
    let [Some(a), Some(b)] = files.map(shared) else {
        return;
    };
    let list = |path| VoteList::of(&read(path, &Options::default()).unwrap());
    let comparison = compare(&list(a), &list(b));
    let ballots = comparison
        .differences
        .iter()
        .filter(|d| d.kind == DifferenceKind::Ballot)
        .count();
    let votes = comparison.matched.total();
    // About 120 states vote: fewer than one ballot in a hundred differs, exchanged states included.
    assert!(
        ballots * 100 < votes * 120,
        "{ballots} ballots of {votes} votes differ"
    );
    let unknown: Vec<String> = comparison
        .differences
        .iter()
        .filter(|d| d.kind == DifferenceKind::Name)
        .map(ToString::to_string)
        .collect();
    assert_eq!(unknown, [""; 0]);
    let symbols = comparison
        .differences
        .iter()
        .filter(|d| d.kind == DifferenceKind::Symbol);
    assert!(symbols.count() * 4 < votes);
}

//! Tables of other bodies as their sources have them, each read by a mapping: facts that were counted by other means.

use std::collections::{BTreeMap, BTreeSet};

use plenary_import::{Import, Mapping, Options, read, read_bytes};
use plenary_testing::shared;
use plenary_types::{AnnouncedTally, Choice, Decision, Mode, Outcome, Scope};

/// Reads a table of `data/others` by a mapping; nothing where the table is not there.
fn mapped(file: &str, mapping: &str) -> Option<Import> {
    let path = shared(&format!("others/{file}"))?;
    let mapping = Mapping::from_toml(mapping).unwrap();
    let import = read(path, &Options::default().with_mapping(mapping)).unwrap();
    assert_eq!(import.summary().rejected, 0, "{file}");
    Some(import)
}

/// Reads a table of `data/others` that is recognised as of a format; nothing where the table is not there.
fn recognised(file: &str, format: &str) -> Option<Import> {
    let import = read(shared(&format!("others/{file}"))?, &Options::default()).unwrap();
    assert_eq!(import.summary().format, format, "{file}");
    assert_eq!(import.summary().rejected, 0, "{file}");
    Some(import)
}

fn decisions(import: &Import) -> Vec<Decision> {
    let of = |record: plenary_import::Record| {
        assert_eq!(record.findings, [], "{}", record.agreement.label());
        let (_, decision) = record.agreement.decisions().next().unwrap();
        decision.clone()
    };
    import.records().map(of).collect()
}

fn sum(decisions: &[Decision], total: impl Fn(&AnnouncedTally) -> Option<u32>) -> u64 {
    let totals = decisions.iter().filter_map(|d| total(&d.announced));
    totals.map(u64::from).sum()
}

fn counted<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_insert(0) += 1;
    }
    counts
}

#[test]
fn voteview_holds_a_house_and_a_senate_apart() {
    let Some(import) = recognised("HS113_rollcalls.csv.zst", "voteview-rollcalls") else {
        return;
    };
    let decisions = decisions(&import);
    assert_eq!(
        counted(
            decisions
                .iter()
                .map(|d| d.body.clone().unwrap().to_string())
        ),
        [("us-house".to_owned(), 1202), ("us-senate".to_owned(), 657)].into()
    );
    assert_eq!(sum(&decisions, |announced| announced.yes), 338_984);
    assert_eq!(sum(&decisions, |announced| announced.no), 223_260);
    assert_eq!(days(&import), ["2013-01-03", "2014-12-16"]);
    let cloture = decisions.iter().filter(|d| d.question.kind.is_some());
    assert_eq!(cloture.count(), 171 + 24 + 16 + 7);
    let numbers = import.records().map(|record| {
        let (_, decision) = record.agreement.decisions().next().unwrap();
        let number = record.agreement.sources[0].record.clone().unwrap();
        (decision.body.clone(), number)
    });
    assert_eq!(counted(numbers).len(), 1859);
}

#[test]
fn texts_of_the_human_rights_council_have_totals_without_ballots() {
    let mapping = r#"
        body = "hrc"
        layout = "totals"
        source = "Library of the High Commissioner"
        ignore = ["statement", "year", "body", "collection", "meeting", "meeting_type", "agenda_item_no",
                  "agenda_symbol", "agenda_subject", "main_sponsors", "draft", "n_rollcall", "url_resolution",
                  "url_draft"]
        [columns]
        vote = "record_id"
        symbol = "symbol"
        title = "title"
        date = "date"
        mode = "vote_type"
        outcome = "vote_type"
        agenda = "agenda_item_title"
        url = "record_url"
        yes = "yes"
        no = "no"
        abstain = "abstain"
        non-voting = "nonvoting"
        members = "total"
        [modes]
        WITHDRAWN = ""
        [outcomes]
        "ADOPTED WITHOUT VOTE" = "adopted"
        RECORDED = ""
    "#;
    let Some(import) = mapped("hrc_2006_2018_resolutions.csv.zst", mapping) else {
        return;
    };
    assert_eq!(
        (import.summary().records, import.summary().ballots),
        (1955, 0)
    );
    let decisions = decisions(&import);
    let without = decisions.iter().filter(|d| d.mode == Mode::WithoutVote);
    assert_eq!(without.count(), 1297);
    let with_totals = decisions.iter().filter(|d| d.announced.yes.is_some());
    assert_eq!(with_totals.count(), 553);
    let sums = [
        sum(&decisions, |announced| announced.yes),
        sum(&decisions, |announced| announced.no),
        sum(&decisions, |announced| announced.abstain),
    ];
    assert_eq!(sums, [14_001, 6_917, 4_770]);
    assert_eq!(days(&import), ["2006-06-19", "2018-09-28"]);
}

#[test]
fn votes_of_a_senate_are_kinds_of_question_by_their_words() {
    let mapping = r#"
        body = "us-senate"
        layout = "totals"
        source = "pscl, s109"
        ignore = [""]
        [columns]
        vote = ["session", "number"]
        date = "date"
        draft = "bill"
        question = "question"
        title = "description"
        outcome = "result"
        yes = "yeatotal"
        no = "naytotal"
        [outcomes]
        "Confirmed" = "adopted"
        "Not Sustained" = "rejected"
        "Held Nongermane" = "rejected"
    "#;
    let Some(import) = mapped("s109_rollcalls.csv", mapping) else {
        return;
    };
    let decisions = decisions(&import);
    assert_eq!(decisions.len(), 645);
    assert_eq!(sum(&decisions, |announced| announced.yes), 40_123);
    assert_eq!(sum(&decisions, |announced| announced.no), 22_619);
    assert_eq!(
        counted(decisions.iter().map(|d| d.outcome.unwrap())),
        [
            (Outcome::Adopted, 266 + 48 + 46),
            (Outcome::Rejected, 283 + 2)
        ]
        .into()
    );
    let first = import.record(0).unwrap().agreement;
    assert_eq!(first.sources[0].record.as_deref(), Some("1/1"));
}

#[test]
fn popular_votes_have_totals_of_a_people() {
    let mapping = r#"
        body = "ch-people"
        layout = "totals"
        source = "Swissvotes"
        date-format = "%d.%m.%Y"
        missing = [".", "9999"]
        [columns]
        vote = "anr"
        date = "datum"
        title = "titel_kurz_d"
        outcome = "annahme"
        kind = "rechtsform"
        yes = "volkja"
        no = "volknein"
        [kinds]
        2 = "law"
        "*" = "constitution"
        [outcomes]
        1 = "adopted"
        0 = "rejected"
    "#;
    let Some(import) = mapped("swissvotes_1848_1990.csv.zst", mapping) else {
        return;
    };
    let decisions = decisions(&import);
    assert_eq!(
        counted(decisions.iter().map(|d| d.outcome.unwrap())),
        [(Outcome::Adopted, 180), (Outcome::Rejected, 201)].into()
    );
    let sums = [
        sum(&decisions, |announced| announced.yes),
        sum(&decisions, |announced| announced.no),
    ];
    assert_eq!(sums, [185_540_437, 185_980_314]);
    assert_eq!(days(&import), ["1848-09-12", "1990-09-23"]);
}

#[test]
fn two_chambers_that_number_their_votes_alike_share_no_identifier() {
    let mapping = r#"
        layout = "totals"
        [columns]
        vote = "no"
        symbol = "bill"
        body = "chamber"
        yes = "ayes"
        [bodies]
        House = "us-house"
        Senate = "us-senate"
    "#;
    let table = "chamber,no,bill,ayes\nHouse,1,HRES5,227\nSenate,1,HRES5,66\nHouse,2,HRES6,194\n";
    let mapping = Mapping::from_toml(mapping).unwrap();
    let options = Options::default().with_mapping(mapping);
    let import = read_bytes("votes.csv", table.as_bytes(), &options).unwrap();
    let ids = import
        .records()
        .map(|record| record.agreement.derived_id().unwrap());
    assert_eq!(counted(ids).len(), 3);
}

/// How often each choice was made, and by how many voters.
pub(crate) fn ballots(import: &Import) -> (BTreeMap<Choice, usize>, usize) {
    let mut voters = BTreeSet::new();
    let mut choices = BTreeMap::new();
    for record in import.records() {
        let (_, decision) = record.agreement.decisions().next().unwrap();
        for ballot in decision.ballots.as_ref().unwrap().iter() {
            voters.insert(ballot.entry.label());
            *choices.entry(ballot.choice).or_insert(0) += 1;
        }
    }
    (choices, voters.len())
}

#[test]
fn mandates_of_a_bundestag_are_persons() {
    let Some(import) = recognised("abgeordnetenwatch_votes_1.csv.zst", "abgeordnetenwatch") else {
        return;
    };
    assert_eq!(import.summary().records, 88);
    let (choices, voters) = ballots(&import);
    let expected = [
        (Choice::Yes, 29_028),
        (Choice::No, 25_329),
        (Choice::Abstain, 2_182),
        (Choice::NonVoting, 5_852),
    ];
    assert_eq!((choices, voters), (expected.into(), 713));
}

#[test]
fn wide_tables_of_the_assembly_keep_every_cell() {
    let seats_later = r#"
        body = "unga"
        source = "a table with a column a state of today"
        layout = "wide"
        codes = "iso3"
        ignore = ["me", "nu", "di", "hr", "co", "ec"]
        [columns]
        vote = "rcid"
        date = "date"
        [choices]
        yes = ["1"]
        abstain = ["2"]
        no = ["3"]
        non-voting = ["8"]
        not-eligible = ["9"]
    "#;
    let saved_again = r#"
        body = "unga"
        source = "UN Digital Library"
        layout = "wide"
        codes = "iso3"
        [columns]
        vote = "undl_id"
        symbol = "resolution"
        title = "title"
        date = "date"
        [choices]
        yes = ["Y"]
        no = ["N"]
        abstain = ["A"]
        non-voting = ["X"]
    "#;
    let names_alone = r#"
        body = "unga"
        source = "a matrix of one year"
        layout = "wide"
        [choices]
        yes = ["Y"]
        no = ["N"]
        abstain = ["A"]
        non-voting = ["X"]
        [fixed]
        date = "2018"
    "#;
    for (file, mapping, votes, voters, choices) in [
        (
            "unga_wide_iso3_to_1985.csv.zst",
            seats_later,
            2_999,
            194,
            vec![
                (Choice::Yes, 253_180),
                (Choice::No, 32_703),
                (Choice::Abstain, 47_556),
                (Choice::NonVoting, 30_820),
                (Choice::NotEligible, 217_547),
            ],
        ),
        (
            "undl_resaved_wide_codes.csv",
            saved_again,
            73,
            193,
            vec![
                (Choice::Yes, 10_599),
                (Choice::No, 946),
                (Choice::Abstain, 1_542),
                (Choice::NonVoting, 1_002),
            ],
        ),
        (
            // The last of its 108 rows is empty.
            "unga_matrix_2018.csv",
            names_alone,
            107,
            193,
            vec![
                (Choice::Yes, 15_428),
                (Choice::No, 1_305),
                (Choice::Abstain, 2_208),
                (Choice::NonVoting, 1_710),
            ],
        ),
    ] {
        let Some(import) = mapped(file, mapping) else {
            return;
        };
        assert_eq!(import.summary().records, votes, "{file}");
        let expected = choices.into_iter().collect();
        assert_eq!(ballots(&import), (expected, voters), "{file}");
    }
}

#[test]
fn descriptions_of_roll_calls_have_totals_without_ballots() {
    let Some(path) = shared("others/voeten_descriptions_1_40.csv.zst") else {
        return;
    };
    let import = read(path, &Options::default()).unwrap();
    assert_eq!(import.summary().format, "voeten-descriptions-csv");
    assert_eq!(import.findings(), []);
    let decisions = decisions(&import);
    let sums = [
        sum(&decisions, |announced| announced.yes),
        sum(&decisions, |announced| announced.no),
        sum(&decisions, |announced| announced.abstain),
    ];
    assert_eq!((decisions.len(), sums), (2_999, [260_057, 33_825, 48_569]));
    let scopes = [Scope::Amendment, Scope::Paragraph].map(|scope| {
        let of = decisions.iter().filter(|d| d.question.scope == scope);
        of.count()
    });
    assert_eq!(scopes, [287, 470]);
    assert!(decisions.iter().all(|decision| decision.ballots.is_none()));
    assert_eq!(days(&import), ["1946-01-01", "1985-12-06"]);
}

#[test]
fn a_table_that_pandas_saved_again_is_read_without_a_mapping() {
    let file = "others/undl_resaved_pandas_index_timestamps.csv.zst";
    let Some(path) = shared(file) else {
        return;
    };
    let import = read(path, &Options::default()).unwrap();
    assert_eq!(
        (import.summary().records, import.summary().rejected),
        (136, 0)
    );
    let (choices, voters) = ballots(&import);
    let expected = [
        (Choice::Yes, 17_769),
        (Choice::No, 550),
        (Choice::Abstain, 2_150),
        (Choice::NonVoting, 1_155),
    ];
    assert_eq!((choices, voters), (expected.into(), 159));
    assert_eq!(days(&import), ["1988-10-02", "1989-04-05"]);
}

#[test]
fn a_panel_written_by_r_is_read_by_a_mapping() {
    let mapping = r#"
        body = "unga"
        source = "Voeten, roll calls"
        codes = "cow"
        date-format = "%m/%d/%Y"
        ignore = ["", "member", "importantvote", "unres", "me", "nu", "di", "hr", "co", "ec", "year"]
        [columns]
        vote = "rcid"
        session = "session"
        date = "date"
        state = "ccode"
        choice = "vote"
        [choices]
        yes = ["1"]
        abstain = ["2"]
        no = ["3"]
        non-voting = ["8"]
        not-eligible = ["9"]
    "#;
    let Some(import) = mapped("voeten_UNVotesPublished_sessions_1_30.csv.zst", mapping) else {
        return;
    };
    assert_eq!(import.summary().rows, 335_885);
    assert_eq!(import.summary().records, 1_705);
    let (choices, _) = ballots(&import);
    let expected = [
        (Choice::Yes, 105_245),
        (Choice::No, 26_215),
        (Choice::Abstain, 28_193),
        (Choice::NonVoting, 13_595),
        // The 1,235 of code 710 are of China's seat, which then voted under 713: a seat is on a list once.
        (Choice::NotEligible, 162_637 - 1_235),
    ];
    assert_eq!(choices, expected.into());
    assert_eq!(days(&import), ["1946-01-01", "1975-12-07"]);
}

/// The first and the last day of the votes.
pub(crate) fn days(import: &Import) -> [String; 2] {
    let day = |record: plenary_import::Record| {
        let (_, decision) = record.agreement.decisions().next().unwrap();
        decision.date.unwrap().as_day().unwrap()
    };
    let days: Vec<_> = import.records().map(day).collect();
    [days.iter().min(), days.iter().max()].map(|day| day.unwrap().to_string())
}

#[test]
fn tables_that_a_spreadsheet_saved_again_are_read_by_a_mapping() {
    for (file, dates) in [
        ("undl_resaved_excel_us.csv.zst", "%m/%d/%Y"),
        ("undl_resaved_excel_de.csv.zst", "%d.%m.%Y"),
    ] {
        let mapping = format!(
            r#"
            body = "unga"
            source = "UN Digital Library"
            date-format = "{dates}"
            ignore = ["undl_link", "vote_note"]
            [columns]
            vote = "undl_id"
            state = "ms_code"
            name = "ms_name"
            choice = "ms_vote"
            date = "date"
            session = "session"
            symbol = "resolution"
            draft = "draft"
            committee-report = "committee_report"
            meeting = "meeting"
            title = "title"
            agenda = "agenda_title"
            subjects = "subjects"
            yes = "total_yes"
            no = "total_no"
            abstain = "total_abstentions"
            non-voting = "total_non_voting"
            members = "total_ms"
            [choices]
            yes = ["Y"]
            no = ["N"]
            abstain = ["A"]
            non-voting = ["X"]
        "#
        );
        let Some(import) = mapped(file, &mapping) else {
            return;
        };
        assert_eq!(import.summary().records, 93, "{file}");
        let (choices, voters) = ballots(&import);
        let expected = [
            (Choice::Yes, 13_145),
            (Choice::No, 1_318),
            (Choice::Abstain, 1_724),
            (Choice::NonVoting, 1_669),
        ];
        assert_eq!((choices, voters), (expected.into(), 192), "{file}");
        assert_eq!(days(&import), ["2007-10-30", "2008-06-30"], "{file}");
    }
}

#[test]
fn roll_calls_of_unvotes_saved_with_fractions_are_read_without_ballots() {
    let file = "unvotes_roll_calls_pandas.csv.zst";
    let Some(import) = recognised(file, "unvotes-roll-calls-csv") else {
        return;
    };
    let summary = import.summary();
    assert_eq!(
        (summary.rows, summary.used, summary.records),
        (6_203, 6_203, 0)
    );
    assert_eq!(import.findings(), []);
}

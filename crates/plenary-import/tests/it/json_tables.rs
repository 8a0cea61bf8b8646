//! JSON of other makers: facts of real files that were counted by other means, and how lists of objects become tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use plenary_import::{Import, Options, read, read_bytes, shipped_mapping};
use plenary_testing::shared;
use plenary_types::{Choice, Decision, Mode, Outcome, Scope};

/// Reads a file of `data/others` that is recognised as of a format, with no row rejected; nothing where it is not there.
pub(crate) fn recognised(file: &str, format: &str) -> Option<Import> {
    let import = read(shared(&format!("others/{file}"))?, &Options::default()).unwrap();
    assert_eq!(import.summary().format, format, "{file}");
    assert_eq!(import.rejected(), [], "{file}");
    Some(import)
}

pub(crate) fn decisions(import: &Import) -> Vec<Decision> {
    let of = |record: plenary_import::Record| {
        let (_, decision) = record.agreement.decisions().next().unwrap();
        decision.clone()
    };
    import.records().map(of).collect()
}

#[test]
fn votes_of_the_norwegian_parliament_add_up() {
    let Some(import) = recognised("stortinget_votes_2022_2023.json.zst", "stortinget") else {
        return;
    };
    assert_eq!(import.findings(), []);
    assert_eq!(import.summary().rows, 3878);
    let decisions = decisions(&import);
    assert_eq!(decisions.len(), 3878);
    let sum = |of: fn(&Decision) -> Option<u32>| decisions.iter().filter_map(of).sum::<u32>();
    assert_eq!(sum(|d| d.announced.yes), 113_713);
    assert_eq!(sum(|d| d.announced.no), 229_046);
    let with = |outcome| move |d: &&Decision| d.outcome == Some(outcome);
    let adopted = decisions
        .iter()
        .filter(|d| d.outcome == Some(Outcome::Adopted));
    assert_eq!(adopted.count(), 1327);
    assert_eq!(
        decisions.iter().filter(with(Outcome::Rejected)).count(),
        2551
    );
    // Nothing was counted, and that is no vote of 0 to 0.
    let uncounted = decisions.iter().filter(|d| d.mode == Mode::WithoutVote);
    assert_eq!(uncounted.count(), 521);
    let days: BTreeSet<String> = decisions
        .iter()
        .map(|d| d.date.unwrap().to_string())
        .collect();
    assert_eq!(days.first().unwrap(), "2022-10-05");
    assert_eq!(days.last().unwrap(), "2023-12-20");
    let against = decisions.iter().filter(|d| {
        let totals = d.announced.yes.zip(d.announced.no);
        totals.is_some_and(|(yes, no)| (yes > no) != (d.outcome == Some(Outcome::Adopted)))
    });
    assert_eq!(against.count(), 1);
}

#[test]
fn a_map_of_codes_is_a_wide_table() {
    let Some(import) = recognised("unga_israel_votes.json.zst", "unga-israel") else {
        return;
    };
    let decisions = decisions(&import);
    assert_eq!(decisions.len(), 170);
    let mut cast: BTreeMap<Choice, u32> = BTreeMap::new();
    let mut days = BTreeSet::new();
    for decision in &decisions {
        days.insert(decision.date.unwrap().to_string());
        for ballot in decision.ballots.as_ref().unwrap().iter() {
            *cast.entry(ballot.choice).or_default() += 1;
            assert!(ballot.entry.who.is_some(), "{:?}", ballot.entry);
        }
    }
    let expected = [
        (Choice::Yes, 21_903),
        (Choice::No, 932),
        (Choice::Abstain, 4_541),
    ];
    assert_eq!(cast, expected.into());
    assert_eq!(days.first().unwrap(), "1983-12-13");
    assert_eq!(days.last().unwrap(), "2022-11-30");
}

#[test]
fn lists_in_lists_are_the_rows_with_what_stands_around_them() {
    let Some(import) = recognised("abgeordnetenwatch_tiny.json", "abgeordnetenwatch-states") else {
        return;
    };
    assert_eq!(import.findings(), []);
    let decisions = decisions(&import);
    assert_eq!(decisions.len(), 47);
    let bodies: BTreeSet<&str> = decisions
        .iter()
        .map(|d| d.body.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(bodies.len(), 4);
    for decision in &decisions {
        let totals = decision.announced;
        let parts = [totals.yes, totals.no, totals.abstain, totals.non_voting];
        assert_eq!(
            parts.into_iter().flatten().sum::<u32>(),
            totals.members.unwrap()
        );
    }
}

#[test]
fn recorded_votes_of_the_human_rights_council_are_read_by_state() {
    let file = "hrc_2006_2018_rollcalls.json.zst";
    let Some(import) = recognised(file, "hrc-rollcalls") else {
        return;
    };
    assert_eq!(import.findings(), []);
    let decisions = decisions(&import);
    assert_eq!(decisions.len(), 552);
    let mut cast: BTreeMap<Choice, u32> = BTreeMap::new();
    let (mut states, mut days) = (BTreeSet::new(), BTreeSet::new());
    let mut differ = 0;
    for decision in &decisions {
        days.insert(decision.date.unwrap().to_string());
        let ballots = decision.ballots.as_ref().unwrap();
        for ballot in ballots.iter() {
            *cast.entry(ballot.choice).or_default() += 1;
            states.insert(ballot.entry.who.unwrap().as_str());
        }
        let (tally, announced) = (ballots.tally(), decision.announced);
        let listed = [tally.yes, tally.no, tally.abstain].map(Some);
        differ += u32::from(listed != [announced.yes, announced.no, announced.abstain]);
    }
    let expected = [
        (Choice::Yes, 14_131),
        (Choice::No, 6_853),
        (Choice::Abstain, 4_595),
        (Choice::NonVoting, 353),
    ];
    assert_eq!(cast, expected.into());
    assert_eq!((states.len(), differ), (109, 74));
    assert_eq!(days.first().unwrap(), "2006-06-29");
    assert_eq!(days.last().unwrap(), "2018-09-28");
    let amendments = decisions
        .iter()
        .filter(|d| d.question.scope == Scope::Amendment);
    assert_eq!(amendments.count(), 211);
}

const NESTED: &str = r#"[
  {"id": 1, "name": "A", "parts": [
    {"n": 1, "who": {"first": "x", "last": "y"}, "sizes": [1, 2.0], "tags": ["u", "v"]},
    {"n": 2, "sizes": [3]}
  ]},
  {"id": 2, "name": "B", "parts": []}
]"#;

fn table(name: &str, text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.json");
    fs::write(&path, text).unwrap();
    let path = format!("{}{name}", path.display());
    plenary_import::read_text(path).unwrap()
}

#[test]
fn the_innermost_list_is_the_table_unless_another_is_named() {
    assert_eq!(
        table("", NESTED),
        "n,who.first,who.last,sizes[0],sizes[1],tags,rows.id,rows.name\n\
         1,x,y,1,2,\"[\"\"u\"\",\"\"v\"\"]\",1,A\n2,,,3,,,1,A\n"
    );
    let outer = table("#rows", NESTED);
    assert!(
        outer.starts_with("id,name,parts\n1,A,\"[{\"\"n\"\":1,"),
        "{outer}"
    );
    assert!(outer.ends_with("2,B,\n"), "{outer}");
    let within =
        r#"{"made": 2020, "data": {"votes": [{"a": true}, {"b": null, "a": 9007199254740993}]}}"#;
    // As text, one object is what it is, unless a table of it is named.
    assert_eq!(table("", within), within);
    assert_eq!(
        table("#data.votes", within),
        "a,document.made,b\nTRUE,2020,\n9007199254740993,2020,\n"
    );
    assert_eq!(
        table("#document", within).lines().next(),
        Some("made,data.votes")
    );
}

#[test]
fn which_of_several_lists_is_meant_has_to_be_said() {
    let text = r#"{"members": [{"a": 1}], "polls": [{"b": 2}]}"#;
    let error = read_bytes("in.json", text.as_bytes(), &Options::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "in.json: which table is meant? It has 2: `members`, `polls`"
    );
    assert_eq!(table("#polls", text), "b\n2\n");
}

#[test]
fn objects_without_rows_and_elements_that_are_no_objects_are_told_of() {
    let mapping = shipped_mapping("stortinget").unwrap();
    assert!(mapping.contains("zero-totals"));
    let text = r#"{"voteringer": [{"id": "1", "tema": "x", "sakstittel": "y", "for": 0, "mot": 0, "vedtatt": true, "sak_id": "2", "tid": "2023-01-10T10:00:00.5"}, 7]}"#;
    let import = read_bytes("in.json", text.as_bytes(), &Options::default()).unwrap();
    let [finding] = import.findings() else {
        panic!("{:?}", import.findings())
    };
    assert!(
        finding.message.contains("1 element of the list"),
        "{finding}"
    );
    let text = format!(
        "[{{\"list\": []}}, {{\"list\": {}]}}]",
        &text[15..text.len() - 2]
    );
    let import = read_bytes("in.json", text.as_bytes(), &Options::default()).unwrap();
    let why = &import.summary().why;
    assert!(why.contains("1 object around the rows"), "{why}");
}

#[test]
fn keys_that_are_data_and_depth_are_bounded() {
    let many: Vec<String> = (0..30_000).map(|key| format!("\"k{key}\": 1")).collect();
    let wide = format!("[{{{}}}]", many.join(","));
    let deep = format!("[{{\"a\": {}", "[".repeat(500_000));
    let lists: Vec<String> = (0..2_000)
        .map(|key| format!("\"k{key}\": [{{}}]"))
        .collect();
    let lists = format!("{{{}}}", lists.join(","));
    for (text, expected) in [
        (wide, "more than 20000 columns"),
        (deep, "in one another"),
        (lists, "lists of objects have names of their own"),
        ("[{}, {}]".to_owned(), ""),
        ("[{\"a\": 1}, {\"a\": }]".to_owned(), "unexpected `}`"),
    ] {
        let error = read_bytes("in.json", text.as_bytes(), &Options::default()).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[test]
fn a_table_in_json_that_nothing_fits_is_one_that_a_mapping_is_proposed_for() {
    let text = r#"[{"motion": "1", "state": "PER", "position": "for", "day": "2020-01-02"},
        {"motion": "1", "state": "FRA", "position": "against", "day": "2020-01-02"}]"#;
    let error = read_bytes("in.json", text.as_bytes(), &Options::default()).unwrap_err();
    assert!(
        error.help().contains("plenary mapping FILE"),
        "{}",
        error.help()
    );
    let proposed = plenary_import::propose_mapping_for("in.json", text.as_bytes()).unwrap();
    let mapping = plenary_import::Mapping::from_toml(proposed.text()).unwrap();
    let options = Options::default().with_mapping(mapping);
    let import = read_bytes("in.json", text.as_bytes(), &options).unwrap();
    assert_eq!((import.summary().records, import.summary().ballots), (1, 2));
}

#[test]
fn treaties_of_the_united_kingdom_say_when_they_entered_into_force() {
    for (file, in_force) in [("uk_treaties_8365.json", 77), ("uk_treaties_8374.json", 73)] {
        let Some(import) = recognised(file, "uk-treaties") else {
            return;
        };
        let found: Vec<_> = import
            .records()
            .flat_map(|record| record.findings)
            .collect();
        assert_eq!(found, [], "{file}");
        assert_eq!(import.summary().records, 100, "{file}");
        let since = import
            .records()
            .filter(|r| r.agreement.in_force_since.is_some());
        assert_eq!(since.count(), in_force, "{file}");
    }
}

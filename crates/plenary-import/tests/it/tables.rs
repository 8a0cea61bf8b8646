//! Tables that a person types, and tables that a mapping explains.

use plenary_import::{Format, Mapping, Options, read_bytes, template};
use plenary_types::{BodyId, Choice, Field, Locus, Mode, Outcome};

const TYPED: &str = "\
# A vote
title: A test: with a colon
symbol: A/RES/73/195
date: 2018-12-19
body: unga
outcome: adopted
yes: 1

state,vote
PER,yes
Hungary,N
Atlantis,abstain
";

#[test]
fn a_typed_table_is_a_record() {
    for text in [
        TYPED.to_owned(),
        TYPED.replace('\n', "\r\n"),
        TYPED.replace("title:", "# title:").replace(',', ";"),
    ] {
        let import = read_bytes("in", text.as_bytes(), &Options::default()).unwrap();
        let summary = import.summary();
        assert_eq!(summary.format, Format::PlenaryCsv, "{}", summary.why);
        assert_eq!((summary.rows, summary.used, summary.ballots), (3, 3, 3));
        let record = import.record(0).unwrap();
        assert_eq!(record.agreement.title, "A test: with a colon");
        assert_eq!(record.agreement.label(), "A/RES/73/195");
        let (_, decision) = record.agreement.principal_decision().unwrap();
        assert_eq!(
            (decision.announced.yes, decision.outcome),
            (Some(1), Some(Outcome::Adopted))
        );
        let ballots = decision.ballots.as_ref().unwrap();
        assert_eq!(ballots.get("HUN".parse().unwrap()), Some(Choice::No));
        assert_eq!(
            ballots.roll().entries()[2].name.as_deref(),
            Some("Atlantis")
        );
        let place = |field| record.origin.place(Locus::of_act(0, field));
        assert_eq!(place(Field::Choice(1)).line, Some(11));
        assert_eq!(
            (place(Field::Date).line, place(Field::Date).field.as_deref()),
            (Some(4), Some("date"))
        );
    }
}

#[test]
fn a_typed_vote_that_is_none_is_rejected_with_the_words_that_are() {
    let text = TYPED.replace("PER,yes", "PER,perhaps");
    let import = read_bytes("in", text.as_bytes(), &Options::default()).unwrap();
    let [rejected] = import.rejected() else {
        panic!()
    };
    assert_eq!(
        (rejected.place.line, rejected.value.as_str()),
        (Some(10), "perhaps")
    );
    assert!(rejected.help.contains("`abstain`"), "{}", rejected.help);
    assert_eq!((import.summary().rows, import.summary().used), (3, 2));
}

#[test]
fn a_fact_that_cannot_be_read_names_its_line_and_key() {
    let error = read_bytes(
        "in",
        TYPED.replace("2018-12-19", "2018-12-32").as_bytes(),
        &Options::default(),
    )
    .unwrap_err();
    assert_eq!(
        (error.place().line, error.place().field.as_deref()),
        (Some(4), Some("date"))
    );
    let error = read_bytes(
        "in",
        TYPED.replace("body:", "organ:").as_bytes(),
        &Options::default(),
    )
    .unwrap_err();
    assert!(
        error.help().contains("committee-report"),
        "{}",
        error.help()
    );
}

#[test]
fn the_template_is_a_typed_table_of_the_members_of_the_day() {
    let day = "1992-12-01".parse().unwrap();
    let text = template("A/RES/47/1", &BodyId::UNGA, day).replace(",\n", ",yes\n");
    let import = read_bytes("in", text.as_bytes(), &Options::default()).unwrap();
    assert_eq!((import.summary().rows, import.summary().rejected), (179, 0));
    let record = import.record(0).unwrap();
    let (_, decision) = record.agreement.principal_decision().unwrap();
    assert!(
        decision
            .ballots
            .as_ref()
            .unwrap()
            .roll()
            .entries()
            .iter()
            .all(|e| e.state.is_some())
    );
}

const COUNCIL: &str = "\
id;Dokument;Tag;Staat;Stimme;Ja
1;A/HRC/RES/50/1;07.07.2022;France;dafür;2
1;A/HRC/RES/50/1;07.07.2022;China;dagegen;2
1;A/HRC/RES/50/1;07.07.2022;Bundesrepublik;dafür;2
2;A/HRC/RES/50/2;07.07.2022;France;vielleicht;2
";

const COUNCIL_MAPPING: &str = r#"
body = "hrc"
date-format = "%d.%m.%Y"
[columns]
vote = "id"
symbol = "Dokument"
date = "Tag"
state = "Staat"
choice = "Stimme"
yes = "Ja"
[choices]
yes = ["dafür"]
no = ["dagegen"]
[fixed]
session = "50"
[voters]
Bundesrepublik = "DEU"
"#;

#[test]
fn a_mapping_explains_a_long_table() {
    let options = Options::default().with_mapping(Mapping::from_toml(COUNCIL_MAPPING).unwrap());
    let import = read_bytes("in", COUNCIL.as_bytes(), &options).unwrap();
    assert_eq!(import.summary().format, Format::MappedCsv);
    assert_eq!(
        (
            import.summary().rows,
            import.summary().used,
            import.summary().records
        ),
        (4, 3, 1)
    );
    assert_eq!(import.rejected()[0].value, "vielleicht");
    let record = import.record(0).unwrap();
    let (_, decision) = record.agreement.principal_decision().unwrap();
    assert_eq!(decision.body, Some(BodyId::HRC));
    assert_eq!(decision.date.unwrap().to_string(), "2022-07-07");
    assert_eq!(decision.session.unwrap().to_string(), "50");
    assert_eq!(decision.announced.yes, Some(2));
    let ballots = decision.ballots.as_ref().unwrap();
    assert_eq!(ballots.get("DEU".parse().unwrap()), Some(Choice::Yes));
    let place = record.origin.place(Locus::of_act(0, Field::Choice(1)));
    assert_eq!(
        (place.line, place.field.as_deref()),
        (Some(3), Some("Stimme"))
    );
}

#[test]
fn a_mapping_explains_a_wide_table_of_voters_that_are_no_states() {
    let mapping = r#"
        body = "iceland-althing"
        layout = "wide"
        codes = "none"
        ignore = ["row"]
        [columns]
        vote = "id"
        question = "bill"
        mode = "how"
        [choices]
        yes = ["já"]
        no = ["nei"]
        non-voting = ["-"]
    "#;
    let table = "row,id,bill,how,Anna,Jón\n1,7,On fish,,já,nei\n2,8,On ice,,-,já\n3,9,On fire,without a vote,,\n";
    let options = Options::default().with_mapping(Mapping::from_toml(mapping).unwrap());
    let import = read_bytes("in", table.as_bytes(), &options).unwrap();
    assert_eq!(import.findings(), []);
    let record = import.record(0).unwrap();
    assert_eq!(record.agreement.title, "On fish");
    let (_, decision) = record.agreement.principal_decision().unwrap();
    let ballots = decision.ballots.as_ref().unwrap();
    assert_eq!(ballots.tally().no, 1);
    assert_eq!(ballots.roll().entries()[1].label(), "Jón");
    let (_, last) = import.record(2).map(|r| (0, r.agreement)).unwrap();
    assert_eq!(last.principal_decision().unwrap().1.mode, Mode::WithoutVote);
}

#[test]
fn a_table_that_neither_is_known_nor_fits_the_mapping_says_which_column_it_lacks() {
    let options = Options::default().with_mapping(Mapping::from_toml(COUNCIL_MAPPING).unwrap());
    let error = read_bytes("in", b"a,b\n1,2\n", &options).unwrap_err();
    assert!(error.to_string().contains("Dokument"), "{error}");
}

#[test]
fn mappings_that_cannot_work_are_refused_with_the_reason() {
    for (broken, says) in [
        (COUNCIL_MAPPING.replace("choice = \"Stimme\"", ""), "choice"),
        (
            COUNCIL_MAPPING.replace("yes = [\"dafür\"]", ""),
            "means yes",
        ),
        (COUNCIL_MAPPING.replace("dagegen", "dafür"), "two meanings"),
        (COUNCIL_MAPPING.replace("[fixed]", "[fixt]"), "fixt"),
    ] {
        let error = Mapping::from_toml(&broken).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    assert!(Mapping::from_toml(Mapping::template()).is_ok());
}

/// The examples of a page: its tables and its mappings, in turn.
fn examples<'a>(page: &'a str, kind: &str) -> Vec<&'a str> {
    let open = format!("```{kind}\n");
    page.split(&open)
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect()
}

#[test]
fn the_worked_examples_of_the_manual_work() {
    let page =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats/mapping.md");
    let Ok(page) = std::fs::read_to_string(page) else {
        return;
    };
    let (tables, mappings) = (examples(&page, "csv"), examples(&page, "toml"));
    assert_eq!((tables.len(), mappings.len()), (2, 2));
    for ((table, mapping), ballots) in tables.into_iter().zip(mappings).zip([3, 3]) {
        let options = Options::default().with_mapping(Mapping::from_toml(mapping).unwrap());
        let import = read_bytes("in", table.as_bytes(), &options).unwrap();
        assert_eq!((import.rejected(), import.findings()), (&[][..], &[][..]));
        assert_eq!(import.summary().ballots, ballots);
        assert!(import.records().all(|record| record.findings.is_empty()));
    }
}

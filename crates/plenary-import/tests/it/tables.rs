//! Tables that a person types, and tables that a mapping explains.

use plenary_import::{Mapping, Options, Record, read, read_bytes, template};
use plenary_types::{BodyId, Field, Locus};

use crate::fixtures::{fixture, good};

#[test]
fn the_facts_and_rows_of_a_typed_table_have_places() {
    for name in ["codes_and_names", "crlf", "saved_by_a_spreadsheet"] {
        let import = good(&format!("plenary-csv/good/{name}.csv"));
        assert_eq!(import.summary().format, "plenary-csv");
        let record = import.record(0).unwrap();
        let place = |field| record.origin.place(Locus::of_act(0, field));
        assert_eq!(place(Field::Choice(1)).line, Some(11));
        assert_eq!(
            (place(Field::Date).line, place(Field::Date).field.as_deref()),
            (Some(4), Some("date"))
        );
    }
}

#[test]
fn the_template_is_a_typed_table_of_the_members_of_the_day() {
    let day = "1992-12-01".parse().unwrap();
    let assembly = plenary_bodies::Reference::embedded().body("unga").unwrap();
    let members = assembly.members_on(day).unwrap().iter();
    let members = members.map(|who| {
        let name = plenary_states::name_on(who.code().unwrap(), day);
        (*who, name.unwrap().to_owned())
    });
    let text = template("A/RES/47/1", &BodyId::UNGA, day, members).replace(",\n", ",yes\n");
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
            .all(|e| e.state().is_some())
    );
}

#[test]
fn a_typed_table_without_its_rejected_rows_is_not_taken_for_whole() {
    let of = |vote: &str| {
        let text = format!("date: 2018-12-19\nbody: unga\n\nstate,vote\nFRA,yes\nGBR,{vote}\n");
        let import = read_bytes("in", text.as_bytes(), &Options::default().lenient()).unwrap();
        let record = import.record(0).unwrap();
        let (_, decision) = record.agreement.principal_decision().unwrap();
        (import.summary().used, decision.partial)
    };
    assert_eq!((of("perhaps"), of("no")), ((1, true), (2, false)));
}

#[test]
fn votes_are_typed_as_reports_write_them() {
    let words = [
        "for",
        "In favour",
        "against",
        "abstention",
        "Abstaining",
        "absent",
        "not voting",
        "NV",
        "y",
        "n",
        "a",
        "x",
    ];
    let rows: String = words.iter().map(|word| format!("PER,{word}\n")).collect();
    let text = format!("state,vote\n{rows}");
    let import = read_bytes("in", text.as_bytes(), &Options::default()).unwrap();
    assert_eq!((import.summary().used, import.rejected()), (12, &[][..]));
    let record = import.record(0).unwrap();
    let (_, decision) = record.agreement.principal_decision().unwrap();
    let tally = decision.ballots.as_ref().unwrap().tally();
    let counted = (tally.yes, tally.no, tally.abstain, tally.non_voting);
    assert_eq!(counted, (3, 2, 3, 4));
}

#[test]
fn the_template_of_a_mapping_is_a_mapping() {
    assert!(Mapping::from_toml(Mapping::template()).is_ok());
    let error = Mapping::from_toml("no-such-key = 1")
        .unwrap_err()
        .to_string();
    let (_, known) = error.split_once("expected one of").unwrap();
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    assert!(known.len() > 30, "{error}");
    // These say what a mapping is called where plenary ships it.
    for key in known
        .iter()
        .filter(|key| !matches!(**key, "publisher" | "page"))
    {
        assert!(Mapping::template().contains(key), "{key}");
    }
}

/// The first record of a table that a mapping explains.
fn mapped(name: &str) -> Record {
    let mapping = std::fs::read_to_string(fixture(&format!("mapping/good/{name}.toml"))).unwrap();
    let options = Options::default().with_mapping(Mapping::from_toml(&mapping).unwrap());
    let import = read(fixture(&format!("mapping/good/{name}.csv")), &options).unwrap();
    assert_eq!(import.summary().format, "mapped-csv");
    import.record(0).unwrap()
}

#[test]
fn the_parts_of_a_mapped_table_have_places() {
    let record = mapped("long");
    let place = record.origin.place(Locus::of_act(0, Field::Choice(1)));
    assert_eq!(
        (place.line, place.field.as_deref()),
        (Some(3), Some("Stimme"))
    );
}

#[test]
fn a_column_may_be_two_parts_of_a_mapped_table() {
    let record = mapped("column_of_two_roles");
    let (_, decision) = record.agreement.principal_decision().unwrap();
    assert_eq!(record.agreement.label(), "A/HRC/RES/50/10");
    assert_eq!(decision.date, "2022-07-07".parse().ok());
    for (field, column) in [
        (Field::Id, "Resolution"),
        (Field::Symbol(0), "Resolution"),
        (Field::Date, "Tag"),
    ] {
        let place = record.origin.place(Locus::of_act(0, field));
        assert_eq!(place.field.as_deref(), Some(column));
    }
}

#[test]
fn a_table_that_is_read_without_the_mapping_says_what_that_names_in_vain() {
    let mapping = "[columns]\nstate = 'land'\nchoice = 'ms_vote'\n[choices]\nyes = ['Y']";
    let options = Options::default().with_mapping(Mapping::from_toml(mapping).unwrap());
    let import = read(fixture("undl-ga/good/crlf.csv"), &options).unwrap();
    assert_eq!(import.summary().format, "undl-ga-csv");
    let why = &import.summary().why;
    assert!(
        why.ends_with("without the mapping, which names `land`"),
        "{why}"
    );
}

#[test]
fn voters_that_are_no_states_keep_their_names() {
    let record = mapped("wide");
    let (_, decision) = record.agreement.principal_decision().unwrap();
    let ballots = decision.ballots.as_ref().unwrap();
    assert_eq!(ballots.roll().entries()[1].label(), "Jón");
    assert_eq!(ballots.tally().no, 1);
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
    assert_eq!((tables.len(), mappings.len()), (7, 7));
    let folder = tempfile::tempdir().unwrap();
    for beside in page.split("```csv beside=").skip(1) {
        let (name, text) = beside.split_once('\n').unwrap();
        let text = text.split("```").next().unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let ballots = [3, 0, 3, 5, 6, 3, 3];
    for ((table, mapping), ballots) in tables.into_iter().zip(mappings).zip(ballots) {
        let options = Options::default().with_mapping(Mapping::from_toml(mapping).unwrap());
        let path = folder.path().join("votes.csv");
        std::fs::write(&path, table).unwrap();
        let import = read(&path, &options).unwrap();
        assert_eq!((import.rejected(), import.findings()), (&[][..], &[][..]));
        assert_eq!(import.summary().ballots, ballots);
        assert!(import.records().all(|record| record.findings.is_empty()));
    }
}

#[test]
fn the_worked_example_of_the_manual_on_acts_works() {
    let page =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats/mapping-acts.md");
    let Ok(page) = std::fs::read_to_string(page) else {
        return;
    };
    let (tables, mappings) = (examples(&page, "csv"), examples(&page, "toml"));
    let ([table], [mapping]) = (&tables[..], &mappings[..]) else {
        panic!("one table and one mapping");
    };
    let options = Options::default().with_mapping(Mapping::from_toml(mapping).unwrap());
    let import = read_bytes("in", table.as_bytes(), &options).unwrap();
    assert_eq!((import.rejected(), import.findings()), (&[][..], &[][..]));
    let record = import.record(0).unwrap();
    assert_eq!((record.agreement.acts.len(), record.findings.len()), (5, 0));
}

/// Each table of the page on lists of treaties is recognised as one of the formats of its title.
#[test]
fn the_first_rows_in_the_page_on_lists_of_treaties_are_recognised() {
    let page =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats/treaty-lists.md");
    let Ok(page) = std::fs::read_to_string(page) else {
        return;
    };
    let title = page.lines().next().unwrap();
    let tables = examples(&page, "csv");
    assert!(tables.len() > 5);
    for table in tables {
        let import = read_bytes("in", table.as_bytes(), &Options::default()).unwrap();
        assert!(title.contains(import.summary().format), "{table}");
        assert_eq!(import.rejected(), []);
    }
}

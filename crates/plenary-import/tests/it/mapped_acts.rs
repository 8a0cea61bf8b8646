//! Mappings of acts: tables beside, what became of each column, and whose codes they are.

use std::collections::BTreeSet;
use std::fs;

use plenary_import::{Import, Mapping, Options, read, read_bytes};
use plenary_types::{Act, Agreement, TreatyAction};

fn mapped(mapping: &str) -> Options {
    Options::default().with_mapping(Mapping::from_toml(mapping).unwrap())
}

fn acts(agreement: &Agreement) -> Vec<&TreatyAction> {
    let acts = agreement.acts.iter();
    let acts = acts.filter_map(|act| match act {
        Act::Action(action) => Some(action),
        _ => None,
    });
    acts.collect()
}

fn uses(import: &Import) -> Vec<String> {
    let columns = import.summary().columns.iter();
    columns
        .map(|column| format!("{}: {}", column.column, column.used_as))
        .collect()
}

const JOINED: &str = r#"
of = "acts"
codes = "iso3"
[columns]
agreement = "treaty"
[[acts]]
act = "signature"
date = "signed"
[[acts]]
act = "ratification"
date = "bound"
effective = "from"
when = { "is party" = ["1"] }
[[join]]
file = "treaties.csv"
key = { treaty = "id" }
ignore = ["weight"]
[join.columns]
title = "{long} ({short})"
subjects = "about"
[[join]]
file = "parties.csv"
of = "participants"
key = "party"
[join.columns]
state = "code"
name = "printed"
"#;

const TREATIES: &str = "id,long,short,about,weight\n1,Convention on Locks,Locks,WATER | LOCKS,3\n2,Convention on Wells,Wells,,4\n9,Convention on Bridges,Bridges,,5\n";

#[test]
fn agreements_and_participants_have_tables_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("treaties.csv"), TREATIES).unwrap();
    fs::write(
        at("parties.csv"),
        "party,code,printed\na,PER,Peru\nb,TCD,Chad\n",
    )
    .unwrap();
    let table = "treaty,party,signed,bound,from,is party,extra\n\
                 1.0,a,2001-02-03,2002-02-03,2002-05-03,1,x\n\
                 1,b,2001-02-03,2002-02-03,,0,x\n\
                 2,b,,2003-02-03,,1,x\n\
                 3,a,2004-02-03,,,0,x\n";
    fs::write(at("acts.csv"), table).unwrap();
    let import = read(at("acts.csv"), &mapped(JOINED)).unwrap();
    let all: Vec<Agreement> = import.records().map(|record| record.agreement).collect();
    let titles: Vec<&str> = all.iter().map(|agreement| &*agreement.title).collect();
    assert_eq!(
        titles,
        [
            "Convention on Locks (Locks)",
            "Convention on Wells (Wells)",
            ""
        ]
    );
    assert_eq!(all[0].subjects, ["WATER", "LOCKS"]);
    let who: Vec<String> = acts(&all[0])
        .iter()
        .map(|act| format!("{} {}", act.participant, act.kind))
        .collect();
    assert_eq!(who, ["PER signature", "PER ratification", "TCD signature"]);
    assert_eq!(
        uses(&import),
        [
            "treaty: agreement, key",
            "party: key",
            "signed: date of signature",
            "bound: date of ratification",
            "from: effective of ratification",
            "is party: when",
            "extra: not used",
            "id: key",
            "long: title",
            "about: subjects",
            "weight: ignored",
            "party: key",
            "code: state",
            "printed: name",
        ]
    );
    // A treaty without a row, and a row of no treaty.
    let findings = import.findings().iter();
    let checks: Vec<String> = findings.map(|finding| finding.check.to_string()).collect();
    assert_eq!(
        checks,
        ["unknown-column", "row-without-match", "row-without-match"]
    );
    assert_eq!(import.beside().len(), 2);
    assert_eq!((import.summary().rows, import.summary().used), (9, 9));
}

#[test]
fn a_table_beside_may_be_missing_where_the_mapping_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let mapping = "of = \"acts\"\n[columns]\nagreement = \"treaty\"\nname = \"party\"\nact = \"act\"\n\
                   [[join]]\nfile = \"treaties.csv\"\nkey = { treaty = \"id\" }\noptional = true\ncolumns = { title = \"long\" }\n";
    fs::write(at("acts.csv"), "treaty,party,act\n1,Peru,signature\n").unwrap();
    let import = read(at("acts.csv"), &mapped(mapping)).unwrap();
    assert_eq!(import.record(0).unwrap().agreement.title, "");
    assert_eq!(import.findings()[0].check, "row-without-match");
    let error = read(
        at("acts.csv"),
        &mapped(&mapping.replace("optional = true\n", "")),
    );
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("is not beside the table")
    );
    fs::write(at("treaties.csv"), TREATIES).unwrap();
    let import = read(at("acts.csv"), &mapped(mapping)).unwrap();
    assert_eq!(
        import.record(0).unwrap().agreement.title,
        "Convention on Locks"
    );
}

const SIGNED: &str =
    "of = \"acts\"\n[columns]\nname = \"party\"\n[[acts]]\nact = \"signature\"\ndate = \"day\"\n";

fn days(import: &Import) -> Vec<String> {
    let records: Vec<_> = import.records().collect();
    let acts = records.iter().flat_map(|record| acts(&record.agreement));
    acts.filter_map(|act| act.date)
        .map(|d| d.to_string())
        .collect()
}

#[test]
fn the_order_of_day_and_month_reaches_mapped_acts() {
    let table = "party,day\nPeru,3/4/1990\nChad,4/13/1990\n";
    let import = read_bytes("in", table.as_bytes(), &mapped(SIGNED)).unwrap();
    assert_eq!(days(&import), ["1990-03-04", "1990-04-13"]);
    assert!(
        import
            .summary()
            .why
            .ends_with("; dates are read as month, day, year")
    );

    let table = "party,day\nPeru,3/4/1990\n";
    let error = read_bytes("in", table.as_bytes(), &mapped(SIGNED)).unwrap_err();
    let place = error.place();
    assert_eq!((place.line, place.field.as_deref()), (Some(2), Some("day")));
    let said = mapped(SIGNED).with_dates("%d/%m/%Y".parse().unwrap());
    let import = read_bytes("in", table.as_bytes(), &said).unwrap();
    assert_eq!(days(&import), ["1990-04-03"]);

    // What the mapping says goes before it.
    let own = format!("date-format = \"%m/%d/%Y\"\n{SIGNED}");
    let said = mapped(&own).with_dates("%d/%m/%Y".parse().unwrap());
    let import = read_bytes("in", table.as_bytes(), &said).unwrap();
    assert_eq!(days(&import), ["1990-03-04"]);
}

#[test]
fn the_order_of_day_and_month_reaches_a_table_beside_votes() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let mapping = "body = \"unga\"\n[columns]\nvote = \"id\"\nname = \"who\"\nchoice = \"how\"\n[choices]\nyes = [\"yes\"]\n\
                   [[join]]\nfile = \"days.csv\"\nkey = \"id\"\ncolumns = { date = \"day\" }\n";
    fs::write(at("votes.csv"), "id,who,how\n1,Peru,yes\n2,Peru,yes\n").unwrap();
    fs::write(at("days.csv"), "id,day\n1,5/6/2001\n2,13/6/2001\n").unwrap();
    let import = read(at("votes.csv"), &mapped(mapping)).unwrap();
    let dates = |import: &Import| -> Vec<String> {
        let dates = import.records().filter_map(|record| {
            let (_, decision) = record.agreement.principal_decision()?;
            Some(decision.date?.to_string())
        });
        dates.collect()
    };
    assert_eq!(dates(&import), ["2001-06-05", "2001-06-13"]);
    assert!(
        import
            .summary()
            .why
            .contains("dates are read as day, month, year")
    );
    fs::write(at("days.csv"), "id,day\n1,5/6/2001\n2,7/6/2001\n").unwrap();
    let error = read(at("votes.csv"), &mapped(mapping)).unwrap_err();
    assert!(error.to_string().contains("no date of the table settles"));
    let said = mapped(mapping).with_dates("%m/%d/%Y".parse().unwrap());
    let import = read(at("votes.csv"), &said).unwrap();
    assert_eq!(dates(&import), ["2001-05-06", "2001-07-06"]);
}

#[test]
fn codes_and_names_are_those_of_today_of_a_day_or_of_each_act() {
    let table = "party,day\nCongo,1964-02-03\nCongo,1975-02-03\n";
    let of = |codes_of: &str| -> BTreeSet<String> {
        let mapping = format!("codes-of = \"{codes_of}\"\n{SIGNED}");
        let import = read_bytes("in", table.as_bytes(), &mapped(&mapping)).unwrap();
        let agreement = import.record(0).unwrap().agreement;
        let who = acts(&agreement).into_iter();
        who.map(|act| act.participant.to_string()).collect()
    };
    assert_eq!(of("today"), BTreeSet::from(["COG".to_owned()]));
    let import = read_bytes("in", table.as_bytes(), &mapped(SIGNED)).unwrap();
    let agreement = import.record(0).unwrap().agreement;
    assert_eq!(acts(&agreement)[0].participant.as_str(), "COG");
    assert_eq!(of("1975-01-01"), BTreeSet::from(["COG".to_owned()]));
    assert_eq!(
        of("then").len(),
        of("1964-02-03").union(&of("1975-02-03")).count()
    );
}

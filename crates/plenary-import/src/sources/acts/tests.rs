use plenary_types::{Act, Field, Locus};

use crate::{Import, Options, read_bytes, recognise};

fn read(name: &str, csv: &str) -> Import {
    read_bytes(name, csv.as_bytes(), &Options::default()).unwrap()
}

fn participants(import: &Import, at: usize) -> Vec<&'static str> {
    let record = import.record(at).unwrap();
    let acts = record.agreement.acts.iter();
    let who = |act: &Act| match act {
        Act::Action(act) => act.participant.as_str(),
        Act::Statement(statement) => statement.author.as_str(),
        other => panic!("{other:?}"),
    };
    acts.map(who).collect()
}

const HEADER: &str = "agreement,participant,act,date\n";

#[test]
fn a_table_is_recognised_by_three_columns_in_any_spelling() {
    for header in [
        "participant,act,date",
        "treaty,participant,action,date,effective",
        "Date;Act;Participant;Note",
        "agreement,participant,act,date,effective,on_behalf_of,towards,source,note",
    ] {
        assert_eq!(
            recognise(header.as_bytes()).format,
            Some("plenary-acts-csv"),
            "{header}"
        );
    }
    for header in [
        "agreement,participant,act",
        "Participant,Signature,Ratification",
        "code,vote",
    ] {
        assert_ne!(
            recognise(header.as_bytes()).format,
            Some("plenary-acts-csv"),
            "{header}"
        );
    }
    let near = read_bytes(
        "x.csv",
        b"agreement,participant,act\nx,FRA,a\n",
        &Options::default(),
    );
    assert!(near.unwrap_err().to_string().contains("plenary-acts-csv"));
}

#[test]
fn the_rows_of_one_agreement_are_one_record_in_the_order_of_its_first_row() {
    let csv =
        format!("{HEADER}b,FRA,a,1990\na,NOR,a,1991\nb,Peru,a,1992\nA/RES/73/195,SWE,a,1993\n");
    let import = read("acts.csv", &csv);
    assert_eq!(
        (import.summary().rows, import.summary().used, import.len()),
        (4, 4, 3)
    );
    let labels: Vec<_> = import
        .records()
        .map(|r| r.agreement.label().to_owned())
        .collect();
    assert_eq!(labels, ["b", "a", "A/RES/73/195"]);
    assert_eq!(participants(&import, 0), ["FRA", "PER"]);
    let resolution = import.record(2).unwrap().agreement;
    assert_eq!(resolution.symbols[0].as_str(), "A/RES/73/195");
    let [Act::Action(france), Act::Action(peru)] = &*import.record(0).unwrap().agreement.acts
    else {
        panic!("two actions");
    };
    assert_eq!(
        (france.printed.as_deref(), peru.printed.as_deref()),
        (None, Some("Peru"))
    );
}

#[test]
fn rows_that_name_no_agreement_are_of_the_one_the_file_is_named_after() {
    let import = read(
        "some/folder/27-7-d.csv",
        "participant,act,date\nFRA,a,2016\nPER,a,2016\n",
    );
    let agreement = import.record(0).unwrap().agreement;
    assert_eq!((import.len(), agreement.label()), (1, "27-7-d"));
}

#[test]
fn a_finding_points_at_the_cell() {
    let import = read(
        "acts.csv",
        &format!("{HEADER}x,FRA,a,1990\nx,\"PER\",a,1991\n"),
    );
    let record = import.record(0).unwrap();
    let place = |field| {
        let place = record.origin.place(Locus::of_act(1, field));
        (place.line, place.column, place.field.unwrap_or_default())
    };
    assert_eq!(
        place(Field::Whole),
        (Some(3), Some(3), "participant".to_owned())
    );
    assert_eq!(place(Field::Date), (Some(3), Some(11), "date".to_owned()));
    let whole = record.origin.place(Locus::of_record(Field::Title));
    assert_eq!(whole.line, Some(2));
}

#[test]
fn a_code_of_nobody_and_a_name_of_nobody_are_kept() {
    let import = read(
        "acts.csv",
        &format!("{HEADER}x,ZZZ,a,1990\nx,Atlantis,a,1991\nx,org:bank,c,1992\n"),
    );
    assert_eq!(
        participants(&import, 0),
        ["ZZZ", "text:Atlantis", "org:bank"]
    );
}

#[test]
fn a_row_that_cannot_be_used_is_rejected_and_the_others_are_read() {
    let csv = format!("{HEADER}x,FRA,dance,1990\nx,PER,a,soon\nx,,a,1990\nx,NOR\nx,SWE,a,1990\n");
    let import = read("acts.csv", &csv);
    assert_eq!((import.summary().rows, import.summary().rejected), (5, 4));
    let lines: Vec<_> = import
        .rejected()
        .iter()
        .map(|row| row.place.line.unwrap())
        .collect();
    assert_eq!(lines, [2, 3, 4, 5]);
    assert_eq!(participants(&import, 0), ["SWE"]);
}

#[test]
fn columns_that_are_not_known_are_said() {
    let import = read(
        "acts.csv",
        "agreement,participant,act,date,colour\nx,FRA,a,1990,red\n",
    );
    let [finding] = import.findings() else {
        panic!("{:?}", import.findings());
    };
    assert_eq!(
        (&*finding.check, finding.place.line),
        ("unknown-column", Some(1))
    );
    assert!(read_bytes("x.csv", HEADER.as_bytes(), &Options::default()).is_err());
}

#[test]
fn sponsors_of_one_draft_are_one_act_and_make_no_treaty() {
    let header = "agreement,participant,act,date,source\n";
    let import = read(
        "acts.csv",
        &format!(
            "{header}A/RES/73/195,FRA,sponsorship,2018,A/73/L.66\nA/RES/73/195,PER,later-sponsorship,2018,A/73/L.66\n\
             A/RES/73/195,Secretary-General,sponsorship,2018,A/73/1\nx,FRA,a,1990,\nx,FRA,sponsorship,,A/1\n"
        ),
    );
    let sponsors = |at: usize| {
        let agreement = import.record(at).unwrap().agreement;
        let drafts = agreement.acts.iter().filter_map(|act| match act {
            Act::Sponsorship(draft) => Some(draft.sponsors.iter().map(|s| s.name.clone())),
            _ => None,
        });
        let drafts: Vec<Vec<String>> = drafts.map(Iterator::collect).collect();
        (agreement.kind.is_treaty(), drafts)
    };
    let names = |list: &[&str]| {
        list.iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        sponsors(0),
        (
            false,
            vec![names(&["FRA", "PER"]), names(&["Secretary-General"])]
        )
    );
    assert_eq!(sponsors(1), (true, vec![names(&["FRA"])]));
    let record = import.record(0).unwrap();
    let place = record.origin.place(Locus::of_act(1, Field::Date));
    assert_eq!(place.line, Some(4));
}

#[test]
fn names_that_no_state_has_are_looked_up_on_the_date_of_the_act() {
    let ann = "person:a-1".parse().ok();
    let options = Options::default().with_names(move |name, date| {
        let is_then = date.is_some_and(|date| date.earliest() < "2000-01-01".parse().unwrap());
        ann.filter(|_| name == "Ann Oak" && is_then)
    });
    let csv = format!(
        "{HEADER}x,Ann Oak,a,1990\nx,Ann Oak,a,2010\nx,Peru,a,1990\nx,Ann Oak,declaration,1990\n"
    );
    let import = read_bytes("acts.csv", csv.as_bytes(), &options).unwrap();
    assert_eq!(
        participants(&import, 0),
        ["person:a-1", "text:Ann Oak", "PER", "person:a-1"]
    );
    let drafts = format!("{HEADER}x,Ann Oak,sponsorship,1990\nx,Ann Oak,sponsorship,2010\n");
    let import = read_bytes("acts.csv", drafts.as_bytes(), &options).unwrap();
    let acts = import.record(0).unwrap().agreement.acts;
    let sponsors = acts.iter().map(|act| match act {
        Act::Sponsorship(draft) => draft.sponsors[0].participant,
        other => panic!("{other:?}"),
    });
    assert_eq!(sponsors.collect::<Vec<_>>(), [ann, None]);
}

//! What tables write in several ways and mean once: votes, numbers, days, codes of a seat.

use plenary_import::{Import, ImportError, Mapping, Options, read_bytes};
use plenary_types::{Act, Choice, Decision, Outcome, Session};

fn import(name: &str, table: &str, mapping: Option<&str>) -> Result<Import, ImportError> {
    let mut options = Options::default();
    if let Some(mapping) = mapping {
        options = options.with_mapping(Mapping::from_toml(mapping).unwrap());
    }
    read_bytes(name, table.as_bytes(), &options)
}

fn read(table: &str, mapping: Option<&str>) -> Import {
    let import = import("t.csv", table, mapping).unwrap();
    let summary = import.summary();
    assert_eq!(summary.used + summary.rejected, summary.rows, "{table}");
    import
}

/// The decisions of an import, with the checks of all their findings.
fn decisions(import: &Import) -> (Vec<Decision>, Vec<String>) {
    let mut checks: Vec<String> = import
        .findings()
        .iter()
        .map(|f| f.check.to_string())
        .collect();
    let mut decisions = Vec::new();
    for record in import.records() {
        checks.extend(record.findings.iter().map(|f| f.check.to_string()));
        for act in record.agreement.acts {
            if let Act::Decision(decision) = act {
                decisions.push(*decision);
            }
        }
    }
    (decisions, checks)
}

/// Each ballot as `CODE choice`.
fn ballots(decision: &Decision) -> Vec<String> {
    let ballots = decision.ballots.iter().flat_map(|list| list.iter());
    let line = |ballot: plenary_types::Ballot<'_>| {
        let state = ballot
            .entry
            .state()
            .map_or("?".to_owned(), |s| s.to_string());
        format!("{state} {}", ballot.choice)
    };
    ballots.map(line).collect()
}

const WIDE: &str = "body = 'unga'\nlayout = 'wide'\ncodes = 'iso3'\npartial = true\n\
    [columns]\nvote = 'id'\ndate = 'day'\noutcome = 'status'\nyes = 'in_favour'\n\
    [choices]\nyes = ['1']\nabstain = ['2.0']\nno = ['-1']\n";

#[test]
fn a_whole_number_with_a_fraction_of_nothing_is_the_vote_of_that_number() {
    let table =
        "id,day,status,in_favour,KEN,USA,FRA,PER\n1,1990-01-02,adopted,1.0,1.0,-1.0,2,1.5\n";
    let (decisions, checks) = decisions(&read(table, Some(WIDE)));
    assert_eq!(ballots(&decisions[0]), ["KEN yes", "USA no", "FRA abstain"]);
    assert_eq!(checks, ["unreadable-field"]);
}

#[test]
fn a_timestamp_of_midnight_is_a_day_in_every_format() {
    let mapped = "body = 'unga'\n[columns]\nsymbol = 's'\ndate = 'date'\nstate = 'c'\nchoice = 'v'\n[choices]\nyes = ['Y']\n";
    let german = format!("date-format = '%d.%m.%Y'\n{mapped}");
    for (table, mapping) in [
        (
            "undl_id,ms_code,ms_name,ms_vote,date,resolution\n1,PER,PERU,Y,{},A/RES/73/195\n",
            None,
        ),
        ("rcid,session,vote,ccode,date\n3,73,1,135,{}\n", None),
        ("title: x\ndate: {}\n\nstate,vote\nPER,yes\n", None),
        ("s,date,c,v\nA/RES/73/195,{},PER,Y\n", Some(mapped)),
        ("s,date,c,v\nA/RES/73/195,{},PER,Y\n", Some(&*german)),
    ] {
        let is_german = mapping.is_some_and(|mapping| mapping.starts_with("date-format"));
        let day = if is_german {
            "19.12.2018"
        } else {
            "2018-12-19"
        };
        for time in [
            "",
            " 00:00:00",
            " 0:00",
            "T00:00:00",
            "T00:00:00.000Z",
            " 00:00:00+02:00",
        ] {
            let table = table.replace("{}", &format!("{day}{time}"));
            let (decisions, _) = decisions(&read(&table, mapping));
            let date = decisions[0].date.map(|date| date.to_string());
            assert_eq!(date.as_deref(), Some("2018-12-19"), "{table}");
        }
        let noon = table.replace("{}", &format!("{day} 12:00:00"));
        let date = import("t.csv", &noon, mapping).map(|import| decisions(&import).0[0].date);
        assert!(matches!(date, Err(_) | Ok(None)), "{noon}");
    }
}

#[test]
fn a_date_that_cannot_be_read_is_one_finding() {
    for (code, name, date) in [
        ("RUS", "USSR", "1962-02-30"),
        ("RUS", "USSR", "soon"),
        ("SRB", "YUGOSLAVIA", "1962-13-01"),
        ("COG", "CONGO", "1962-11-31"),
    ] {
        let table = format!(
            "undl_id,ms_code,ms_name,ms_vote,date,resolution\n1,{code},{name},Y,{date},A/RES/1742(XVI)\n"
        );
        let (decisions, checks) = decisions(&read(&table, None));
        assert_eq!(decisions[0].date, None, "{date}");
        assert_eq!(checks, ["unreadable-field"], "{code} {name} {date}");
    }
    // Two states that are not one seat contradict each other on any day.
    let table =
        "undl_id,ms_code,ms_name,ms_vote,date,resolution\n1,DEU,FRANCE,Y,soon,A/RES/1742(XVI)\n";
    let (_, checks) = decisions(&read(table, None));
    assert_eq!(checks, ["unreadable-field", "code-contradicts-name"]);
}

#[test]
fn the_codes_of_a_later_time_are_the_seat_and_one_finding_a_column() {
    let table = "id,day,status,in_favour,RUS,SRB,USA\n\
        1,1961-11-02,,,1,2,-1\n2,1962-11-02,,,1,-1,-1\n3,2004-11-02,,,1,1,1\n4,2010-11-02,,,1,1,1\n";
    let import = read(table, Some(WIDE));
    let columns: Vec<_> = import
        .findings()
        .iter()
        .map(|f| {
            (
                &*f.check,
                f.place.field.as_deref(),
                f.expected.as_deref(),
                f.found.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        columns,
        [
            (
                "code-of-later-time",
                Some("RUS"),
                Some("SUN"),
                Some("2 ballots")
            ),
            (
                "code-of-later-time",
                Some("SRB"),
                Some("YUG, SCG"),
                Some("3 ballots")
            ),
        ]
    );
    let (decisions, _) = decisions(&import);
    let who = decisions
        .iter()
        .map(|decision| ballots(decision).join(", "));
    assert_eq!(
        who.collect::<Vec<_>>(),
        [
            "SUN yes, YUG abstain, USA no",
            "SUN yes, YUG no, USA no",
            "RUS yes, SCG yes, USA yes",
            "RUS yes, SRB yes, USA yes",
        ]
    );
}

#[test]
fn a_nine_is_no_ballot_where_another_row_has_the_one_of_the_seat() {
    for (rows, expected) in [
        ("9 710 1946-02-16|3 713 1946-02-16", vec!["CHN no"]),
        ("3 713 1946-02-16|9 710 1946-02-16", vec!["CHN no"]),
        (
            "1 710 1972-12-12|9 713 1972-12-12",
            vec!["CHN yes", "TWN not-eligible"],
        ),
        ("1 260 1981-12-12|9 255 1981-12-12", vec!["DEU yes"]),
        ("9 260 2001-12-12|2 255 2001-12-12", vec!["DEU abstain"]),
        (
            "9 710 1946-02-16|9 713 1946-02-16",
            vec!["CHN not-eligible"],
        ),
        (
            "9 626 1946-02-16|1 2 1946-02-16",
            vec!["SSD not-eligible", "USA yes"],
        ),
        // Two votes of one seat are still two.
        (
            "1 710 1946-02-16|3 713 1946-02-16",
            vec!["CHN yes", "CHN no"],
        ),
    ] {
        let mut table = "rcid,vote,ccode,date\n".to_owned();
        for row in rows.split('|') {
            table.push_str(&format!("3,{}\n", row.replace(' ', ",")));
        }
        let import = read(&table, None);
        assert_eq!(
            (import.summary().rows, import.summary().rejected),
            (2, 0),
            "{rows}"
        );
        let (decisions, _) = decisions(&import);
        assert_eq!(ballots(&decisions[0]), expected, "{rows}");
        let lines: Vec<_> = import
            .records()
            .flat_map(|record| {
                let field = plenary_types::Field::Choice(0);
                let locus = plenary_types::Locus { act: None, field };
                record.origin.place(locus).line
            })
            .collect();
        let first = if rows.starts_with('9')
            && expected.len() == 1
            && !rows.ends_with("9 713 1946-02-16")
        {
            3
        } else {
            2
        };
        assert_eq!(lines, [first], "{rows}");
    }
}

#[test]
fn a_wide_vote_of_totals_only_has_no_roll_call() {
    let mapped = "id,day,status,in_favour,KEN,USA\n1,1990-01-02,adopted,120,,\n";
    let library =
        "undl_id,date,resolution,title,total_yes,BRA,CHL,PER\n1,1990-12-20,A/RES/45/1,x,120,,,\n";
    for (table, mapping) in [(mapped, Some(WIDE)), (library, None)] {
        let (decisions, checks) = decisions(&read(table, mapping));
        assert_eq!(decisions[0].ballots, None, "{table}");
        assert_eq!(decisions[0].announced.yes, Some(120), "{table}");
        assert_eq!(checks, [""; 0], "{table}");
    }
}

#[test]
fn what_ended_without_a_vote_is_its_outcome_and_another_word_is_kept() {
    let table =
        "id,day,status,in_favour,KEN,USA\n1,1990-01-02,Withdrawn,,,\n2,1990-01-02,perhaps,,1,1\n";
    let (decisions, checks) = decisions(&read(table, Some(WIDE)));
    let outcomes = decisions.iter().map(|d| d.outcome.unwrap().to_string());
    assert_eq!(outcomes.collect::<Vec<_>>(), ["withdrawn", "perhaps"]);
    assert_eq!(checks, [""; 0]);
    let typed = "title: x\noutcome: withdrawn\nsession: WHA74\nmode: By lot\nagreement-kind: Draft\n\nstate,vote\n";
    let (decisions, checks) = self::decisions(&read(typed, None));
    assert_eq!(checks, [""; 0]);
    let [decision] = &decisions[..] else {
        panic!("{decisions:?}")
    };
    assert_eq!(decision.outcome, Some(Outcome::Withdrawn));
    assert_eq!(decision.session, Session::read("WHA74").ok());
    assert_eq!(decision.mode.to_string(), "By lot");
}

#[test]
fn a_table_on_its_side_is_refused_and_one_on_its_feet_is_not() {
    let lying = |codes: &str| {
        format!(
            "layout = 'wide'\ncodes = '{codes}'\n[columns]\nvote = 'country'\n[choices]\nyes = ['1']\nno = ['-1']\n"
        )
    };
    for (codes, table) in [
        ("names", "country,3,4\nMexico,1,-1\nFrance,-1,1\n"),
        ("iso3", "country,r1,r2\nMEX,1,-1\nFRA,-1,1\nXYZ,1,1\n"),
        ("cow", "country,v1,v2\n2,1,-1\n200,-1,1\n"),
    ] {
        let error = import("t.csv", table, Some(&lying(codes))).unwrap_err();
        assert!(error.to_string().contains("on its side"), "{error}");
    }
    for (codes, table) in [
        ("names", "country,Mexico,France\nr1,1,-1\nr2,-1,1\n"),
        ("names", "country,Mexico,4\nMexico,1,-1\nFrance,-1,1\n"),
        ("names", "country,3,4\n1,1,-1\n2,-1,1\n"),
        ("none", "country,3,4\nMexico,1,-1\nFrance,-1,1\n"),
        ("cow", "country,2,200\n2,1,-1\n20,-1,1\n"),
    ] {
        assert!(
            import("t.csv", table, Some(&lying(codes))).is_ok(),
            "{table}"
        );
    }
}

#[test]
fn a_table_of_persons_on_its_side_is_refused_where_days_documents_or_known_persons_show_it() {
    let wide = "layout = 'wide'\ncodes = 'none'\n[columns]\nvote = 'who'\n[choices]\nyes = ['1']\nno = ['-1']\n[voters]\nAnna = 'person:anna'\nJane = 'person:jane'\n";
    let long = "codes = 'none'\n[columns]\nvote = 'id'\nstate = 'who'\nchoice = 'how'\n[choices]\nyes = ['1']\nno = ['-1']\n";
    let german = "date-format = '%d.%m.%Y'\n[columns]\ndate = 'day'\n";
    for (mapping, table, field) in [
        (
            wide,
            "who,2024-05-14,2024-05-15\nBob,1,-1\nEve,-1,1\n",
            "2024-05-14",
        ),
        (
            wide,
            "who,A/RES/73/195,A/RES/73/196\nBob,1,-1\n",
            "A/RES/73/195",
        ),
        (wide, "who,1,2\nAnna,1,-1\nJane,-1,1\n", "who"),
        (wide, "who,1,2\nperson:bob,1,-1\nperson:eve,-1,1\n", "who"),
        (
            long,
            "id,who,how\nBob,2024-05-14,1\nBob,2024-05-15,-1\n",
            "who",
        ),
    ] {
        let error = import("t.csv", table, Some(mapping))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(field) && error.contains("days or documents")
                || error.contains("on its side"),
            "{error}"
        );
    }
    let dated = wide.replace("[columns]\n", german);
    let dated = dated.replace("vote = 'who'", "vote = 'day'");
    let error = import(
        "t.csv",
        "day,14.05.2024,15.05.2024\n01.01.2024,1,1\n",
        Some(&dated),
    );
    assert!(error.unwrap_err().to_string().contains("on its side"));
    for (mapping, table) in [
        (wide, "who,Bob,Eve\n2024-05-14,1,-1\n2024-05-15,-1,1\n"),
        (wide, "who,2024-05-14,Bob\n1,1,-1\n2,-1,1\n"),
        (wide, "who,Anna,Bob\nAnna,1,-1\nJane,-1,1\n"),
        // Persons may be numbered.
        (wide, "who,1,2\nBob,1,-1\nEve,-1,1\n"),
        (
            long,
            "id,who,how\n2024-05-14,Bob,1\n2024-05-14,2024-05-15,-1\n",
        ),
    ] {
        assert!(import("t.csv", table, Some(mapping)).is_ok(), "{table}");
    }
}

#[test]
fn a_name_over_a_column_is_read_by_the_month_or_the_year_where_no_day_is_known() {
    let who = |date: &str, is_fixed: bool| {
        let of_columns = "body = 'unga'\nlayout = 'wide'\n[columns]\nvote = 'id'\n";
        let choices = "[choices]\nyes = ['1']\n";
        let (mapping, table) = match is_fixed {
            true => (
                format!("{of_columns}{choices}[fixed]\ndate = '{date}'\n"),
                "id,CONGO\n1,1\n".to_owned(),
            ),
            false => (
                format!("{of_columns}date = 'day'\n{choices}"),
                format!("id,day,CONGO\n1,{date},1\n"),
            ),
        };
        let (decisions, _) = decisions(&read(&table, Some(&mapping)));
        ballots(&decisions[0])
    };
    for fixed in [true, false] {
        for date in ["2018-12-19", "2018-12", "2018"] {
            assert_eq!(who(date, fixed), ["COG yes"], "{date}");
        }
        // In that year two states began to bear the name.
        assert_eq!(who("1960", fixed), ["? yes"]);
    }
}

#[test]
fn every_word_of_the_vocabulary_is_read_in_a_typed_table() {
    for (word, choice) in [
        ("abstained", Choice::Abstain),
        ("Aye", Choice::Yes),
        ("nay", Choice::No),
        ("In Favor", Choice::Yes),
        ("did not vote", Choice::NonVoting),
        ("Not eligible", Choice::NotEligible),
    ] {
        let (decisions, checks) = decisions(&read(&format!("state,vote\nPER,{word}\n"), None));
        assert_eq!(ballots(&decisions[0]), [format!("PER {choice}")], "{word}");
        assert_eq!(Choice::from_word(word), Some(choice));
        assert_eq!(checks, [""; 0]);
    }
    for word in ["", "9", "perhaps"] {
        let import = read(&format!("state,vote\nPER,{word}\nKEN,yes\n"), None);
        assert_eq!(import.summary().rejected, 1, "{word}");
    }
}

#[test]
fn a_number_without_a_series_is_a_resolution_of_the_body() {
    let typed = "symbol: 51/7\nbody: hrc\n\nstate,vote\nPER,yes\n";
    let (of_council, _) = decisions(&read(typed, None));
    let (of_assembly, _) = decisions(&read(&typed.replace("hrc", "unga"), None));
    let normal =
        |decisions: &[Decision]| decisions[0].symbol.as_ref().map(|s| s.normal().to_owned());
    assert_eq!(normal(&of_council).as_deref(), Some("A/HRC/RES/51/7"));
    assert_eq!(normal(&of_assembly).as_deref(), Some("A/RES/51/7"));
}

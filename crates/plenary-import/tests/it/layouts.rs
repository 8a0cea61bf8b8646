//! The layouts of the Library's tables through the years, and what spreadsheets do to them.

use plenary_import::{Format, Import, Options, read_bytes};
use plenary_types::{Choice, Field, Locus, Mode, Total};

fn import(text: &str) -> Import {
    let import = read_bytes("in", text.as_bytes(), &Options::default()).unwrap();
    assert_eq!(import.rejected(), []);
    import
}

const OF_2026: &str = "\
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,agenda_title,subjects,vote_note,total_yes,total_no,total_abstentions,total_non_voting,total_ms,undl_link
1,CZE,CZECHIA,N,2018-12-19,73,A/RES/73/195,A/73/L.66|A/73/L.67,,A/73/PV.60,\"Compact, \"\"global\"\" : resolution / adopted by the General Assembly\",Globalization,MIGRANTS--PROTECTION|MIGRATION,,1.0,1.0,0.0,1.0,3.0,https://x/1
1,PER,PERU,Y,2018-12-19,73,A/RES/73/195,A/73/L.66|A/73/L.67,,A/73/PV.60,\"Compact, \"\"global\"\" : resolution / adopted by the General Assembly\",Globalization,MIGRANTS--PROTECTION|MIGRATION,,1.0,1.0,0.0,1.0,3.0,https://x/1
1,BEN,BENIN,X,2018-12-19,73,A/RES/73/195,A/73/L.66|A/73/L.67,,A/73/PV.60,\"Compact, \"\"global\"\" : resolution / adopted by the General Assembly\",Globalization,MIGRANTS--PROTECTION|MIGRATION,,1.0,1.0,0.0,1.0,3.0,https://x/1
";

const OF_2024: &str = "\
undl_id,ms_codes,ms_names,ms_votes,resolutions,title,modality,draft,committee_report,meeting,agenda_titles,subjects,date,yes,no,abstentions,non-voting,total-voting,undl_link
1,CZE,CZECHIA,N,A/RES/73/195,\"Compact, \"\"global\"\" : resolution / adopted by the General Assembly\",,A/73/L.66|A/73/L.67,,A/73/PV.60,Globalization,MIGRANTS--PROTECTION|MIGRATION,2018-12-19,1,1,0,1,3,https://x/1
1,PER,PERU,Y,A/RES/73/195,\"Compact, \"\"global\"\" : resolution / adopted by the General Assembly\",,A/73/L.66|A/73/L.67,,A/73/PV.60,Globalization,MIGRANTS--PROTECTION|MIGRATION,2018-12-19,1,1,0,1,3,https://x/1
1,BEN,BENIN,NV,A/RES/73/195,\"Compact, \"\"global\"\" : resolution / adopted by the General Assembly\",,A/73/L.66|A/73/L.67,,A/73/PV.60,Globalization,MIGRANTS--PROTECTION|MIGRATION,2018-12-19,1,1,0,1,3,https://x/1
";

#[test]
fn every_field_of_the_source_is_in_the_record() {
    let import = import(OF_2026);
    let record = import.record(0).unwrap();
    let agreement = &record.agreement;
    assert!(agreement.title.starts_with("Compact, \"global\""));
    assert_eq!(agreement.subjects, ["MIGRANTS--PROTECTION", "MIGRATION"]);
    assert_eq!(agreement.sources[0].record.as_deref(), Some("1"));
    assert_eq!(agreement.sources[0].url.as_deref(), Some("https://x/1"));
    let (_, decision) = agreement.principal_decision().unwrap();
    let drafts: Vec<_> = decision.drafts.iter().map(|d| d.as_str()).collect();
    assert_eq!(drafts, ["A/73/L.66", "A/73/L.67"]);
    assert_eq!(decision.meeting.as_ref().unwrap().as_str(), "A/73/PV.60");
    assert_eq!(decision.agenda.as_deref(), Some("Globalization"));
    assert_eq!(
        (decision.announced.non_voting, decision.announced.members),
        (Some(1), Some(3))
    );
    let ballots = decision.ballots.as_ref().unwrap();
    assert_eq!(ballots.roll().entries()[0].name.as_deref(), Some("CZECHIA"));
    assert_eq!(ballots.get("BEN".parse().unwrap()), Some(Choice::NonVoting));
    let place = |field| record.origin.place(Locus::of_act(0, field));
    assert_eq!(place(Field::Choice(2)).line, Some(4));
    assert_eq!(place(Field::Choice(2)).field.as_deref(), Some("ms_vote"));
    assert_eq!(
        place(Field::Announced(Total::Yes)).field.as_deref(),
        Some("total_yes")
    );
}

#[test]
fn the_layout_of_2024_gives_the_same_record() {
    let (new, old) = (import(OF_2026), import(OF_2024));
    assert_eq!(old.summary().format, Format::UndlGaCsv);
    let (new, mut old) = (new.record(0).unwrap(), old.record(0).unwrap());
    let Some(plenary_types::Act::Decision(decision)) = old.agreement.acts.first_mut() else {
        panic!()
    };
    assert_eq!(decision.session.take(), None);
    decision.session = "73".parse().ok();
    assert_eq!(new.agreement, old.agreement);
    let place = old
        .origin
        .place(Locus::of_act(0, Field::Announced(Total::NonVoting)));
    assert_eq!(place.field.as_deref(), Some("non-voting"));
}

#[test]
fn separators_line_ends_and_marks_of_spreadsheets_change_nothing() {
    let before = import(OF_2026);
    let quoted = |separator: char| {
        let mut text = String::from("\u{feff}");
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(OF_2026.as_bytes());
        for row in reader.records() {
            let row = row.unwrap();
            let fields: Vec<_> = row
                .iter()
                .map(|f| format!("\"{}\"", f.replace('"', "\"\"")))
                .collect();
            text.push_str(&fields.join(&separator.to_string()));
            text.push_str("\r\n");
        }
        text
    };
    for text in [
        quoted(';'),
        quoted('\t'),
        quoted(','),
        OF_2026.replace('\n', "\r\n"),
        OF_2026.trim_end().to_owned(),
    ] {
        assert_eq!(
            import(&text).record(0).unwrap().agreement,
            before.record(0).unwrap().agreement
        );
    }
}

#[test]
fn the_wide_layout_gives_the_same_ballots_and_says_which_column() {
    let text = "undl_id,date,session,resolution,title,BENIN,CZECHIA,PERU,TUVALU,extra\n\
                1,2018-12-19,73,A/RES/73/195,Compact,X,N,y,,?\n";
    let import = import(text);
    assert_eq!(import.summary().format, Format::UndlGaWideCsv);
    assert_eq!((import.summary().rows, import.summary().ballots), (1, 3));
    assert!(import.findings()[0].message.contains("`extra`"));
    let record = import.record(0).unwrap();
    let (_, decision) = record.agreement.principal_decision().unwrap();
    let ballots = decision.ballots.as_ref().unwrap();
    let choices: Vec<_> = ballots
        .by_state()
        .map(|(s, c)| format!("{s} {c}"))
        .collect();
    assert_eq!(choices, ["BEN non-voting", "CZE no", "PER yes"]);
    assert_eq!(record.findings[0].place.field.as_deref(), Some("PERU"));
    assert_eq!(
        record
            .origin
            .place(Locus::of_act(0, Field::Choice(1)))
            .field
            .as_deref(),
        Some("CZECHIA")
    );
}

#[test]
fn votes_in_small_letters_are_counted_and_noted() {
    let text = OF_2026.replace("PERU,Y,", "PERU,y,");
    let import = import(&text);
    let record = import.record(0).unwrap();
    let (_, decision) = record.agreement.principal_decision().unwrap();
    assert_eq!(decision.ballots.as_ref().unwrap().tally().yes, 1);
    let [finding] = record.findings.as_slice() else {
        panic!()
    };
    assert_eq!(
        (&*finding.check, finding.place.line),
        ("vote-grammar", Some(3))
    );
}

#[test]
fn a_row_that_contradicts_its_vote_is_named_with_what_was_expected() {
    let text = OF_2026.replacen("PERU,Y,2018-12-19", "PERU,Y,2018-12-20", 1);
    let import = import(&text);
    let record = import.record(0).unwrap();
    let [finding] = record.findings.as_slice() else {
        panic!()
    };
    assert_eq!(&*finding.check, "rows-disagree");
    assert_eq!(
        (finding.place.line, finding.place.field.as_deref()),
        (Some(3), Some("date"))
    );
    assert_eq!(finding.expected.as_deref(), Some("2018-12-19"));
}

#[test]
fn where_the_council_took_no_vote_there_are_no_ballots() {
    let text = "undl_id,ms_code,ms_name,permanent_member,ms_vote,date,resolution,draft,meeting,description,agenda,subjects,vote_note,modality,total_yes,total_no,total_abstentions,total_non_voting,total_ms,undl_link\n\
        1,CHN,CHINA,True,Y,1999-06-29,S/RES/1248(1999),,S/PV.4017,Membership,,,,Adopted without vote,,,,,,\n\
        1,FJI,FIJI,True,Y,1999-06-29,S/RES/1248(1999),,S/PV.4017,Membership,,,,Adopted without vote,,,,,,\n";
    let import = import(text);
    assert_eq!(
        (import.summary().format, import.summary().used),
        (Format::UndlScCsv, 2)
    );
    let record = import.record(0).unwrap();
    let (_, decision) = record.agreement.principal_decision().unwrap();
    assert_eq!(
        (decision.mode, &decision.ballots),
        (Mode::WithoutVote, &None)
    );
    assert!(decision.notes.iter().any(|note| note.contains("FIJI")));
    assert_eq!(&*record.findings[0].check, "permanent-member");
    assert_eq!(record.findings[0].place.line, Some(3));
}

#[test]
fn the_councils_columns_may_stand_in_any_order() {
    let text = "ms_vote,date,permanent_member,resolution,ms_name,undl_id,meeting\n\
        Y,2002-12-30,True,S/RES/1454(2002),CHINA,7,S/PV.4683\n\
        A,2002-12-30,True,S/RES/1454(2002),RUSSIAN FEDERATION,7,S/PV.4683\n\
        A,2002-12-30,False,S/RES/1454(2002),SYRIAN ARAB REPUBLIC,7,S/PV.4683\n\
        Y,2002-12-31,True,S/RES/1455(2002),CHINA,8,S/PV.4684\n\
        Y,2002-12-31,True,S/RES/1455(2002),RUSSIAN FEDERATION,8,S/PV.4684\n";
    let import = import(text);
    assert_eq!((import.summary().records, import.summary().ballots), (2, 5));
    let record = import.record(0).unwrap();
    let (_, decision) = record.agreement.principal_decision().unwrap();
    assert_eq!(decision.ballots.as_ref().unwrap().tally().abstain, 2);
    assert_eq!(record.findings, []);
}

//! Mappings that are proposed for tables, read with; and what is said of input in no known format.

use plenary_import::{
    Import, ImportError, Mapping, Options, ProposedMapping, propose_mapping, propose_mapping_for,
    read, read_bytes, recognise,
};
use plenary_testing::shared;

/// What is read of a table by the mapping that is proposed for it.
fn read_by(proposed: &ProposedMapping, name: &str, bytes: &[u8]) -> Import {
    assert!(proposed.is_complete(), "{}", proposed.text());
    let mapping = Mapping::from_toml(proposed.text()).unwrap();
    read_bytes(name, bytes, &Options::default().with_mapping(mapping)).unwrap()
}

#[test]
fn the_mapping_that_is_proposed_for_a_real_table_reads_all_of_it() {
    for (file, layout, records, ballots) in [
        ("unga_wide_iso3_to_1985.csv.zst", "wide", 2_999, 581_806),
        ("undl_resaved_wide_codes.csv", "wide", 73, 14_089),
        ("undl_resaved_excel_de.csv.zst", "long", 93, 17_856),
        ("abgeordnetenwatch_votes_1.csv.zst", "long", 88, 62_391),
        ("s109_votes_wide.csv", "voters-in-rows", 645, 65_790),
        (
            "unga_states_in_rows_1950s.csv",
            "voters-in-rows",
            409,
            22_773,
        ),
        ("unga_matrix_2018.csv", "wide", 107, 20_651),
        ("wnominate_UN.csv", "voters-in-rows", 237, 59 * 237),
        ("hrc_texts_dw_2006_2014.csv", "totals", 666, 0),
        (
            "unsc_meetings_results_1946_1999.csv.zst",
            "totals",
            1_522,
            0,
        ),
        ("hrc_2006_2018_resolutions.csv.zst", "totals", 1_955, 0),
        ("voeten_descriptions_1_40.csv.zst", "totals", 2_999, 0),
    ] {
        let Some(path) = shared(&format!("others/{file}")) else {
            return;
        };
        let proposed = propose_mapping(&path, &Options::default()).unwrap();
        assert!(proposed.is_complete(), "{file}\n{}", proposed.text());
        assert!(
            proposed.text().contains(&format!("layout = \"{layout}\"")),
            "{file}\n{}",
            proposed.text()
        );
        let mapping = Mapping::from_toml(proposed.text()).unwrap();
        let import = read(&path, &Options::default().with_mapping(mapping)).unwrap();
        let summary = import.summary();
        assert_eq!(
            (summary.records, summary.ballots, summary.rejected),
            (records, ballots, 0),
            "{file}\n{}",
            proposed.text()
        );
        assert!(
            import
                .findings()
                .iter()
                .all(|finding| finding.check != "unknown-column"),
            "{file}\n{}",
            proposed.text()
        );
    }
}

/// How many records and acts are read by the mapping that is proposed, and how many rows are rejected. The lists are formats, too: the
/// acts that are not read are those of words that the proposal says it could not tell, and of a letter beyond what it looks at.
#[test]
fn the_mapping_that_is_proposed_for_a_list_of_treaties_reads_its_acts() {
    for (file, records, acts, rejected, remark) in [
        (
            "coe_conventions_even.csv.zst",
            106,
            4639,
            2,
            "# The first 400 different values of a column were looked at",
        ),
        (
            "wipo_copyright_treaties.csv",
            17,
            1787,
            57,
            "# What \"Declaration of Continued Application\" means could not be told",
        ),
        (
            "untc_long_2011_a.csv.zst",
            108,
            9560,
            56,
            "date-format = \"untc\"",
        ),
        (
            "paris_status_2023-02-13.csv",
            1,
            390,
            0,
            "act = { column = \"Kind\" }",
        ),
        (
            "kigali_amendment_status.csv",
            1,
            155,
            0,
            "\"Provisional application under Article V\" = \"provisional-application\"",
        ),
        (
            "desta_list_of_treaties.csv.zst",
            1217,
            7771,
            0,
            "what the values of `entry_type` mean (`accession`, `withdrawal`)",
        ),
        (
            "ieadb_members_to_1974.csv.zst",
            669,
            7129,
            3,
            "when = { \"crat\" = [\"\"]",
        ),
        (
            "hr_treaty_status_panel.csv",
            3,
            509,
            0,
            "layout = \"panel\"",
        ),
        (
            "hr_status_iccpr.csv",
            1,
            180,
            0,
            "when = { \"signatory\" = [\"1\"] }",
        ),
        (
            "hr_status_crc.csv",
            1,
            193,
            0,
            "act = \"consent-to-be-bound\"",
        ),
        (
            "atop_dyads_1960_2000.csv",
            5599,
            11302,
            0,
            "agreement = \"{ccode1}-{ccode2}/atop_defense\"",
        ),
    ] {
        let Some(path) = shared(&format!("others/{file}")) else {
            return;
        };
        let proposed = propose_mapping(&path, &Options::default()).unwrap();
        let text = proposed.text();
        assert!(proposed.is_complete(), "{file}\n{text}");
        assert!(text.contains(remark), "{file}\n{text}");
        let mapping = Mapping::from_toml(text).unwrap();
        let import = read(&path, &Options::default().with_mapping(mapping)).unwrap();
        let count: usize = import
            .records()
            .map(|record| record.agreement.acts.len())
            .sum();
        assert_eq!(
            (import.len(), count, import.summary().rejected),
            (records, acts, rejected),
            "{file}\n{text}"
        );
        let is_unknown = |finding: &&plenary_types::Finding| finding.check == "unknown-column";
        assert_eq!(
            import.findings().iter().filter(is_unknown).count(),
            0,
            "{file}"
        );
    }
}

#[test]
fn a_proposal_for_lines_of_two_encodings_asks_which_they_are() {
    let Some(path) = shared("others/huggo_trade_members.csv.zst") else {
        return;
    };
    let proposed = propose_mapping(&path, &Options::default()).unwrap();
    assert!(!proposed.is_complete());
    assert!(
        proposed
            .text()
            .contains("how 3 rows are written that are not in UTF-8"),
        "{}",
        proposed.text()
    );
    let text = proposed.text();
    let text = text.replace("# encoding = \"windows-1252\" # or", "encoding =");
    let mapping = Mapping::from_toml(&text).unwrap();
    let import = read(&path, &Options::default().with_mapping(mapping)).unwrap();
    assert_eq!((import.len(), import.summary().rejected), (764, 0));
}

#[test]
fn each_layout_is_told_by_what_stands_in_its_cells() {
    for (layout, text, records, ballots) in [
        (
            "long",
            "id,day,country,position\n1,7.7.2022,France,for\n1,7.7.2022,China,against\n2,30.7.2022,France,for\n2,30.7.2022,China,abstained\n",
            2,
            4,
        ),
        (
            "long",
            "poll,vote,mandate\n1,ja,Anna Roth\n1,nein,Jan Kern\n",
            1,
            2,
        ),
        ("wide", "nr;FRA;CHN;PER\n1;Y;N;A\n2;Y;Y;X\n", 2, 6),
        (
            "voters-in-rows",
            "country,1,2,3\nFrance,1,-1,1\nChina,-1,0,1\nPeru,1,1,-1\n",
            3,
            8,
        ),
        (
            "lists",
            "meeting,In Favour,Against,Abstaining\nS/PV.1,\"France, Peru, China\",\"India, Chile\",Norway\nS/PV.2,\"France, India\",\"Peru, China\",Norway\n",
            2,
            11,
        ),
        (
            "choice-columns",
            "id,name,ja,nein,enthaltung\n1,Anna Roth,1,0,0\n1,Jan Kern,0,1,0\n1,Eva Holm,0,0,1\n",
            1,
            3,
        ),
        (
            "totals",
            "year,day,what\n1951,31 December,S/RES/9001 (1951) 11-0-0\n1951,30 December,Draft resolution S/5 not adopted 3-4-4\n",
            2,
            0,
        ),
        (
            "totals",
            "id,date,yes,no,abstain\n1,2020-05-05,100,3,7\n2,2020-05-06,90,13,7\n",
            2,
            0,
        ),
    ] {
        let proposed = propose_mapping_for("votes.csv", text.as_bytes()).unwrap();
        assert!(
            proposed.text().contains(&format!("layout = \"{layout}\"")),
            "{text}\n{}",
            proposed.text()
        );
        let import = read_by(&proposed, "votes.csv", text.as_bytes());
        let summary = import.summary();
        assert_eq!(
            (summary.records, summary.ballots, summary.rejected),
            (records, ballots, 0),
            "{}",
            proposed.text()
        );
    }
}

#[test]
fn what_tells_votes_apart_is_seen_in_how_columns_go_together() {
    let rows = |row: &dyn Fn(usize, &str, usize) -> String| {
        let mut text = String::from("row,Paper,Party,Subject,Country,Vote\n");
        let voters = ["Austria", "Hungary", "Slovakia"];
        for (vote, subject) in ["The landing stage", "Fees for guests"].iter().enumerate() {
            for (at, voter) in voters.iter().enumerate() {
                let choice = ["for", "against", "abstained"][(vote + at) % 3];
                let start = row(vote, subject, at);
                text += &format!("{start},{voter},{choice}\n");
            }
        }
        text
    };
    let text = rows(&|vote, subject, at| format!("r{vote}{at},M{vote},P{at},{subject}"));
    let proposed = propose_mapping_for("votes.csv", text.as_bytes()).unwrap();
    assert!(
        proposed.text().contains("vote = \"Paper\""),
        "{}",
        proposed.text()
    );
    assert!(proposed.text().contains("title = \"Subject\""));
    let import = read_by(&proposed, "votes.csv", text.as_bytes());
    assert_eq!((import.summary().records, import.summary().ballots), (2, 6));

    // Where no voter comes again, the party of each could seem to tell votes apart.
    let (header, ballots) = text.split_once('\n').unwrap();
    let one: Vec<&str> = ballots.lines().take(3).collect();
    let text = format!("{header}\n{}\n", one.join("\n"));
    let proposed = propose_mapping_for("votes.csv", text.as_bytes()).unwrap();
    assert!(!proposed.text().contains("vote = "), "{}", proposed.text());

    // A number of each ballot is none of a vote, whatever its heading.
    let text = "id,country,vote\n1,France,yes\n2,China,no\n3,Peru,yes\n";
    let proposed = propose_mapping_for("votes.csv", text.as_bytes()).unwrap();
    assert!(
        !proposed.text().contains("vote = \"id\""),
        "{}",
        proposed.text()
    );
}

#[test]
fn a_vote_without_a_no_is_a_vote_among_others_of_its_form() {
    let text =
        "country,1.0,2.0,3.0,4.0,region\nFrance,1,-1,1,1,1\nChina,-1,0,1,0,0\nPeru,1,1,-1,1,1\n";
    let proposed = propose_mapping_for("votes.csv", text.as_bytes()).unwrap();
    assert_eq!(
        read_by(&proposed, "votes.csv", text.as_bytes())
            .summary()
            .records,
        4
    );
    // A column of the same values whose heading is of no vote is left out aloud.
    assert!(proposed.text().contains("whether `region` is a vote"));
}

#[test]
fn a_column_that_may_be_a_voter_or_a_choice_is_not_left_out_in_silence() {
    let text = "nr,France,China,Peru,Atlantis\n1,Y,N,A,Y\n2,Y,Y,N,N\n";
    let proposed = propose_mapping_for("votes.csv", text.as_bytes()).unwrap();
    assert!(
        proposed.text().contains("whether `Atlantis` is a voter"),
        "{}",
        proposed.text()
    );
    let text = "nr,name,ja,nein,other\n1,Anna Roth,1,0,0\n1,Jan Kern,0,1,0\n1,Eva Holm,0,0,1\n";
    let proposed = propose_mapping_for("votes.csv", text.as_bytes()).unwrap();
    assert!(
        proposed.text().contains("whether `other` is a choice"),
        "{}",
        proposed.text()
    );
}

#[test]
fn what_differs_among_the_ballots_of_one_vote_is_no_title_of_it() {
    let text = "nr,Titel,name,vote\n1,Dr.,Anna Roth,ja\n1,,Jan Kern,nein\n2,Dr.,Anna Roth,ja\n2,,Jan Kern,nein\n";
    let proposed = propose_mapping_for("votes.csv", text.as_bytes()).unwrap();
    assert!(!proposed.text().contains("title = "), "{}", proposed.text());
}

#[test]
fn the_date_format_that_is_offered_is_written_as_the_dates_are() {
    let text = "nr,day,country,vote\n1,06.07.2022,France,yes\n1,06.07.2022,China,no\n";
    let proposed = propose_mapping_for("votes.csv", text.as_bytes()).unwrap();
    assert!(
        proposed.text().contains("# date-format = \"%d.%m.%Y\""),
        "{}",
        proposed.text()
    );
}

#[test]
fn what_cannot_be_told_is_a_remark_and_never_a_guess() {
    let nothing = "colour,size\nred,3\nblue,4\n";
    let proposed = propose_mapping_for("things.csv", nothing.as_bytes()).unwrap();
    assert!(!proposed.is_complete());
    assert!(
        proposed.text().lines().all(|line| line.starts_with('#')),
        "{}",
        proposed.text()
    );
    let days = "id,day,country,vote\n1,1/2/2020,France,yes\n1,1/2/2020,China,no\n";
    let proposed = propose_mapping_for("votes.csv", days.as_bytes()).unwrap();
    assert!(!proposed.is_complete());
    assert!(
        proposed.text().contains("# date-format = \"%d/%m/%Y\""),
        "{}",
        proposed.text()
    );
    let words = "id,country,vote\n1,France,yes\n1,China,no\n1,Peru,yes\n1,Chile,perhaps\n";
    let proposed = propose_mapping_for("votes.csv", words.as_bytes()).unwrap();
    assert!(
        proposed
            .text()
            .contains("# What \"perhaps\" means could not be told; cells that hold it: 1."),
        "{}",
        proposed.text()
    );
    assert!(
        proposed.text().contains("yes = [\"yes\"] # 2 times"),
        "{}",
        proposed.text()
    );
    let known = "undl_id,ms_code,ms_name,ms_vote,date,resolution\n1,PER,PERU,Y,2018-12-19,A/RES/73/1\n1,CHL,CHILE,N,2018-12-19,A/RES/73/1\n";
    let proposed = propose_mapping_for("votes.csv", known.as_bytes()).unwrap();
    assert_eq!(proposed.known_as(), Some("undl-ga-csv"));
    assert!(
        proposed.text().contains("body = \"unga\""),
        "{}",
        proposed.text()
    );
}

#[test]
fn hostile_cells_break_no_proposal() {
    for text in [
        "a\"b,\"c\nd\",e\\f\nFrance,yes,1\nChina,no,2\n",
        "\u{1},state,vote\n#]\",France,yes\n'''\",China,no\n",
        "state,vote,state,vote\nFrance,yes,China,no\nPeru,no,Chile,yes\n",
        "\"\"\"\",\"\"\n1,2\n",
    ] {
        let Ok(proposed) = propose_mapping_for("votes.csv", text.as_bytes()) else {
            continue;
        };
        if proposed.is_complete() {
            assert!(
                Mapping::from_toml(proposed.text()).is_ok(),
                "{}",
                proposed.text()
            );
        }
    }
    for text in ["", "a,b\n", "{\"a\": 1}", "<a/>"] {
        assert!(
            propose_mapping_for("votes.csv", text.as_bytes()).is_err(),
            "{text}"
        );
    }
}

fn said(text: &str) -> (String, String) {
    let recognition = recognise(text.as_bytes());
    assert_eq!(recognition.format, None, "{text}");
    (recognition.to_string(), recognition.help())
}

#[test]
fn input_in_no_known_format_is_described_by_its_values() {
    let (why, help) = said("x,land,stimme,tag\n1,France,ja,2020-05-05\n1,China,nein,2020-05-05\n");
    assert!(why.contains("it seems to be a table of votes with a ballot in each row (states in `land`, days in `tag`, votes in `stimme`)"), "{why}");
    assert!(
        help.contains("`plenary mapping FILE` proposes one"),
        "{help}"
    );
    let (why, _) = said(
        "Votes of the council\n\nday,land,stimme\n2020-05-05,France,ja\n2020-05-05,China,nein\n",
    );
    assert!(
        why.contains("the headings of a table seem to stand on line 3"),
        "{why}"
    );
    for (blank, line) in [("", 2), ("\n", 3), ("\r\n\n\n", 5), ("a note\n\n\n", 5)] {
        let header = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution\n";
        let (why, _) = said(&format!(
            "Votes of the Assembly\n{blank}{header}1,PER,PERU,Y,2018-12-19,73,A/RES/73/195\n"
        ));
        let expected = format!("; line {line} has the columns of undl-ga-csv");
        assert!(why.ends_with(&expected), "{blank:?}: {why}");
    }
    let (why, _) = said("<?xml version=\"1.0\"?>\n<!-- x --><votes><vote/></votes>");
    assert!(why.contains("the root element `votes`"), "{why}");
    let (why, _) = said("date,colour,shape,weight\n2020-05-05,red,round,3\n");
    assert!(
        !why.contains("nearest"),
        "one column in common is not near: {why}"
    );
}

#[test]
fn a_first_row_that_is_as_the_others_is_no_heading() {
    for text in [
        "Algeria\nAngola\nBenin\n",
        "France,2020-05-05\nPeru,2020-05-06\nChad,2020-05-07\n",
    ] {
        let (why, help) = said(text);
        assert!(
            why.contains("which is as the rows below it and no heading"),
            "{why}"
        );
        assert!(help.contains("`headings`"), "{help}");
    }
    for text in [
        "Country\nAngola\nBenin\n",
        "France,Peru\nyes,no\nno,no\n",
        "state,1,2\nPeru,1,2\nChad,2,1\n",
    ] {
        let (why, _) = said(text);
        assert!(!why.contains("no heading"), "{why}");
    }
    let Some(path) = shared("others/wnominate_UN.csv") else {
        return;
    };
    let error = read(path, &Options::default()).unwrap_err();
    assert!(error.to_string().contains("no heading"), "{error}");
}

#[test]
fn json_that_is_no_document_is_not_judged_as_one() {
    for file in [
        "abgeordnetenwatch_tiny.json",
        "uk_treaties_8374.json",
        "popolo_example_vote_event.json",
        "stortinget_votes_2022_2023.json.zst",
        "unga_israel_votes.json.zst",
    ] {
        let Some(path) = shared(&format!("others/{file}")) else {
            return;
        };
        // Another source may know it; none takes it for a document of ours.
        if let Err(error) = read(&path, &Options::default()) {
            assert!(
                matches!(error, ImportError::Unrecognised { .. }),
                "{file}: {error}"
            );
        }
    }
    let typo = r#"{"title": "x", "actz": []}"#;
    assert_eq!(recognise(typo.as_bytes()).format, Some("plenary-json"));
}

#[test]
fn votes_without_a_date_are_counted_by_cause() {
    let text = "undl_id,ms_code,ms_name,ms_vote,date,resolution\n\
                1,PER,PERU,Y,2018-12-19,A/RES/73/1\n2,PER,PERU,Y,soon,A/RES/73/2\n3,PER,PERU,N,,A/RES/73/3\n4,PER,PERU,N,2018-02-30,A/RES/73/4\n";
    for options in [Options::default(), Options::default().lenient()] {
        let import = read_bytes("votes.csv", text.as_bytes(), &options).unwrap();
        let why = &import.summary().why;
        assert!(
            why.contains("; the date of 2 votes cannot be read; the date of 1 vote is blank"),
            "{why}"
        );
    }
}

#[test]
fn columns_of_choices_are_told_by_their_headings_in_several_languages() {
    for (text, line) in [
        (
            "nr;Land;Ja;Nein;Enth.\n1;USA;x;;\n1;Kanada;;x;\n1;Peru;;;x\n",
            "abstain = \"Enth.\"",
        ),
        (
            "nr,Datum,Ja,Nein,Enthaltungen\n1,2018-12-13,100,5,3\n2,2018-12-14,101,5,3\n",
            "abstain = \"Enthaltungen\"",
        ),
        (
            "id,date,Yes,No,Abstained\n1,2018-12-13,\"France, Peru\",\"India, Chad\",\"Italy, Norway\"\n",
            "abstain = \"Abstained\"",
        ),
    ] {
        let proposed = propose_mapping_for("votes.csv", text.as_bytes()).unwrap();
        assert!(proposed.is_complete(), "{}", proposed.text());
        assert!(proposed.text().contains(line), "{}", proposed.text());
    }
}

#[test]
fn headings_that_repeat_or_hold_line_breaks_leave_a_mapping_that_loads() {
    for text in [
        "id,country,vote,vote\n1,France,yes,no\n1,Canada,no,yes\n2,France,no,no\n2,Canada,yes,no\n",
        "id,country,\"vo\nte\",day\n1,France,yes,2018-12-01\n1,Canada,no,2018-12-01\n2,France,no,2018-12-01\n",
    ] {
        let proposed = propose_mapping_for("votes.csv", text.as_bytes()).unwrap();
        assert!(proposed.is_complete(), "{}", proposed.text());
    }
    let text = "id,state,vote_committee,vote_plenary\n1,France,yes,no\n1,Canada,no,yes\n2,France,no,no\n2,Canada,yes,no\n";
    let proposed = propose_mapping_for("votes.csv", text.as_bytes()).unwrap();
    assert!(
        proposed
            .text()
            .contains("whether `vote_plenary` is the column of choices")
    );
}

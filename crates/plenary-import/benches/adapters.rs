//! Rows and bytes a second of every adapter, on tables made here: `cargo bench -p plenary-import`.

use std::fmt::Write;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use plenary_import::{Mapping, Options, read, read_bytes, template};
use plenary_types::BodyId;

fn main() {
    divan::main();
}

const VOTES: usize = 200;
const VOTERS: usize = 190;
const TITLE: &str = "\"A title, with a comma, as long as titles are : resolution / adopted by the General Assembly\"";

fn long(votes: usize, by_state: bool) -> String {
    let mut rows: Vec<(usize, usize)> = (0..votes)
        .flat_map(|v| (0..VOTERS).map(move |s| (v, s)))
        .collect();
    if by_state {
        rows.sort_by_key(|(vote, state)| (*state, *vote));
    }
    let mut text =
        String::from("undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title,total_yes\n");
    for (vote, state) in rows {
        let choice = ["Y", "Y", "N", "A"][(vote + state) % 4];
        let _ = writeln!(
            text,
            "{vote},S{state},STATE {state},{choice},2018-12-19,73,A/RES/73/{vote},{TITLE},95.0"
        );
    }
    text
}

fn wide(votes: usize) -> String {
    let names = names();
    let mut text = format!("undl_id,date,resolution,title,{}\n", names.join(","));
    for vote in 0..votes {
        let cells = vec!["Y"; names.len()].join(",");
        let _ = writeln!(text, "{vote},2018-12-19,A/RES/73/{vote},{TITLE},{cells}");
    }
    text
}

fn measure(bencher: Bencher<'_, '_>, text: &str, options: &Options) {
    let bytes = text.as_bytes();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .counter(ItemsCount::new(text.lines().count()))
        .bench_local(|| {
            let import = read_bytes("bench", bytes, options).map_err(|e| e.to_string());
            import.map(|import| import.records().count())
        });
}

#[divan::bench]
fn undl_ga_by_vote(bencher: Bencher<'_, '_>) {
    measure(bencher, &long(VOTES, false), &Options::default());
}

#[divan::bench]
fn undl_ga_by_state(bencher: Bencher<'_, '_>) {
    measure(bencher, &long(VOTES, true), &Options::default());
}

#[divan::bench]
fn undl_ga_wide(bencher: Bencher<'_, '_>) {
    measure(bencher, &wide(VOTES), &Options::default());
}

#[divan::bench]
fn undl_sc(bencher: Bencher<'_, '_>) {
    let text = long(VOTES, false).replace(",ms_vote,", ",ms_vote,permanent_member,");
    let text = ["Y", "N", "A"].iter().fold(text, |text, choice| {
        text.replace(&format!(",{choice},2018"), &format!(",{choice},False,2018"))
    });
    measure(bencher, &text, &Options::default());
}

#[divan::bench]
fn mapped(bencher: Bencher<'_, '_>) {
    let mapping = "[columns]\nvote = \"undl_id\"\nname = \"ms_name\"\nchoice = \"ms_vote\"\ndate = \"date\"\n\
                   symbol = \"resolution\"\ntitle = \"title\"\n\
                   [choices]\nyes = [\"Y\"]\nno = [\"N\"]\nabstain = [\"A\"]\n";
    let Ok(mapping) = Mapping::from_toml(mapping) else {
        return;
    };
    measure(
        bencher,
        &long(VOTES, false),
        &Options::default().with_mapping(mapping),
    );
}

#[divan::bench]
fn typed(bencher: Bencher<'_, '_>) {
    let day = chrono::NaiveDate::from_ymd_opt(2018, 12, 19).unwrap_or_default();
    let text = template("A/RES/73/195", &BodyId::UNGA, day, assembly(day)).replace(",\n", ",yes\n");
    measure(bencher, &text, &Options::default());
}

fn assembly(day: chrono::NaiveDate) -> impl Iterator<Item = (plenary_types::Participant, String)> {
    members_on(day).iter().map(|who| (*who, String::new()))
}

fn members_on(day: chrono::NaiveDate) -> &'static [plenary_types::Participant] {
    let body = plenary_bodies::Reference::embedded().body("unga");
    body.and_then(|body| body.members_on(day))
        .unwrap_or_default()
}

/// A long table of other columns, by a row of vote, state and choice.
fn rows(header: &str, row: impl Fn(usize, usize, usize) -> String) -> String {
    let mut text = format!("{header}\n");
    for vote in 0..VOTES {
        for state in 0..VOTERS {
            let _ = writeln!(text, "{}", row(vote, state, (vote + state) % 4));
        }
    }
    text
}

fn names() -> Vec<&'static str> {
    let day = chrono::NaiveDate::MAX;
    let members = members_on(day).iter();
    members
        .filter_map(|who| plenary_states::name_on(who.code()?, day))
        .filter(|name| !name.contains(','))
        .collect()
}

#[divan::bench]
fn unvotes(bencher: Bencher<'_, '_>) {
    let names = names();
    let name = |state: usize| names.get(state % names.len()).copied().unwrap_or_default();
    let text = rows("rcid,country,country_code,vote", |vote, state, choice| {
        let word = ["yes", "yes", "no", "abstain"][choice];
        format!("{vote},{},NA,{word}", name(state))
    });
    measure(bencher, &text, &Options::default());
}

#[divan::bench]
fn voeten(bencher: Bencher<'_, '_>) {
    let header = "rcid\tccode\tsession\tvote\tdate\tunres";
    let text = rows(header, |vote, state, choice| {
        let number = ["1", "3", "2", "8"][choice];
        format!("{vote}\t{state}\t73\t{number}\t2018-12-19\tR/73/{vote}")
    });
    measure(bencher, &text, &Options::default());
}

#[divan::bench]
fn voeten_out_of_r(bencher: Bencher<'_, '_>) {
    let text = rows(
        "\"\",\"rcid\",\"session\",\"vote\",\"ccode\",\"date\",\"unres\"",
        |vote, state, choice| {
            let number = ["1", "3", "2", "8"][choice];
            format!(
                "\"{}\",{vote},73,{number},{state},\"12/19/2018\",\"R/73/{vote}\"",
                vote * VOTERS + state
            )
        },
    );
    measure(bencher, &text, &Options::default());
}

/// A table that a shipped mapping reads.
#[divan::bench]
fn voteview_votes(bencher: Bencher<'_, '_>) {
    let header = "congress,chamber,rollnumber,icpsr,cast_code,prob";
    let text = rows(header, |vote, voter, choice| {
        format!(
            "113,House,{vote},{voter},{},99.1",
            ["1", "1", "6", "9"][choice]
        )
    });
    measure(bencher, &text, &Options::default());
}

/// A table of acts that a shipped mapping reads.
#[divan::bench]
fn coe_treaties(bencher: Bencher<'_, '_>) {
    let mut text = String::from("Country,Ratification,treaty,Entry,Signature,Denunciation\n");
    for (at, name) in names().iter().cycle().take(VOTERS * 20).enumerate() {
        let _ = writeln!(
            text,
            "{name},12/9/2003,Convention {},1/3/2004,14/5/2001,",
            at / VOTERS
        );
    }
    measure(bencher, &text, &Options::default());
}

#[divan::bench]
fn meeting_record(bencher: Bencher<'_, '_>) {
    let mut text = String::from("A/73/PV.60\nWednesday, 19 December 2018, 10 a.m.\n\n");
    for vote in 0..VOTES {
        let _ = writeln!(
            text,
            "In favour:\n   {}\nAgainst:\n   None\nAbstaining:\n   None\n\nDraft resolution A/73/L.{vote} was adopted by {} votes to none (resolution 73/{vote}).\n",
            names().join(", "),
            names().len()
        );
    }
    measure(bencher, &text, &Options::default());
}

#[divan::bench]
fn popolo(bencher: Bencher<'_, '_>) {
    let votes: Vec<String> = (0..VOTERS)
        .map(|voter| format!("{{\"voter_id\": \"person/{voter}\", \"option\": \"yes\"}}"))
        .collect();
    let votes = votes.join(", ");
    let motions: Vec<String> = (0..VOTES)
        .map(|motion| {
            format!(
                "{{\"id\": \"m-{motion}\", \"text\": \"Motion {motion}\", \"vote_events\": [{{\"start_date\": \"2021-03-04\", \"votes\": [{votes}]}}]}}"
            )
        })
        .collect();
    measure(
        bencher,
        &format!("[{}]", motions.join(",\n")),
        &Options::default(),
    );
}

#[divan::bench]
fn ep_roll_calls(bencher: Bencher<'_, '_>) {
    let mut text = String::from(
        "<PV.RollCallVoteResults Sitting.Date=\"2024-04-24\" EP.Reference=\"P9_PV(2024)04-24\">\n",
    );
    for vote in 0..VOTES {
        let _ = writeln!(
            text,
            "<RollCallVote.Result Identifier=\"{vote}\" Date=\"2024-04-24 12:00:00\"><RollCallVote.Description.Text>A9-0001/2024 - Am {vote}</RollCallVote.Description.Text>\n\
             <Result.For Number=\"{VOTERS}\"><Result.PoliticalGroup.List Identifier=\"EPP\">"
        );
        for member in 0..VOTERS {
            let _ = writeln!(
                text,
                "<PoliticalGroup.Member.Name MepId=\"{member}\" PersId=\"{member}\">Member {member}</PoliticalGroup.Member.Name>"
            );
        }
        text.push_str("</Result.PoliticalGroup.List></Result.For></RollCallVote.Result>\n");
    }
    text.push_str("</PV.RollCallVoteResults>\n");
    measure(bencher, &text, &Options::default());
}

/// A list of objects in JSON, read as the table that it is.
#[divan::bench]
fn table_in_json(bencher: Bencher<'_, '_>) {
    measure(
        bencher,
        &format!("[{}]", voeten_objects(",\n")),
        &Options::default(),
    );
}

#[divan::bench]
fn ep_votes(bencher: Bencher<'_, '_>) {
    let mut text = String::from(
        "<file language=\"EN\"><sitting date=\"2024-04-24+02:00\"><votes><vote type=\"REPORT\"><title>A regulation</title>\
         <label>Report: Ada Roe (A9-0007/2024)</label><votings>\n",
    );
    for voting in 0..VOTES * 10 {
        let _ = writeln!(
            text,
            "<voting type=\"AMENDMENT\" votingId=\"{voting}\" result=\"ADOPTED\" resultType=\"ROLL_CALL\" numberAbstention=\"3\" \
             numberAgainst=\"20\" numberFavor=\"40\"><title/><label/><amendmentSubject>Article 4</amendmentSubject>\
             <amendmentNumber>{voting}</amendmentNumber><amendmentAuthor>ALFA</amendmentAuthor></voting>"
        );
    }
    text.push_str("</votings></vote></votes></sitting></file>\n");
    measure(bencher, &text, &Options::default());
}

#[divan::bench]
fn akoma_ntoso(bencher: Bencher<'_, '_>) {
    let mut votings = String::new();
    for voting in 0..VOTES * 10 {
        let _ = writeln!(
            votings,
            "<voting eId=\"v_{voting}\" outcome=\"#carried\"><count value=\"30\" refersTo=\"#c1\"/><count value=\"12\" refersTo=\"#c2\"/></voting>"
        );
    }
    let text = format!(
        "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"><debate name=\"hansard\"><meta><identification source=\"#x\"><FRBRWork>\
         <FRBRthis value=\"/akn/xx/debate/2021-05-06/main\"/><FRBRdate date=\"2021-05-06\" name=\"sitting\"/></FRBRWork></identification>\
         <analysis source=\"#x\"><parliamentary>{votings}</parliamentary></analysis><references source=\"#x\">\
         <TLCConcept eId=\"carried\" href=\"/ontology/outcome/carried\" showAs=\"Carried\"/><TLCConcept eId=\"c1\" href=\"/ontology/choice/ayes\" showAs=\"Ayes\"/>\
         <TLCConcept eId=\"c2\" href=\"/ontology/choice/noes\" showAs=\"Noes\"/></references></meta><debateBody/></debate></akomaNtoso>"
    );
    measure(bencher, &text, &Options::default());
}

#[divan::bench]
fn hrc_rollcalls(bencher: Bencher<'_, '_>) {
    let texts: Vec<String> = (0..VOTES)
        .map(|text| {
            format!(
                "{{\"id\": \"{text}\", \"sym\": \"A/HRC/RES/50/{text}\", \"title\": \"A text\", \"year\": 2022, \"date\": \"2022-07-07\", \
                 \"body\": \"HRC\", \"y\": 47, \"n\": 0, \"a\": 0}}"
            )
        })
        .collect();
    let indexes: Vec<String> = (0..VOTES).map(|text| text.to_string()).collect();
    let day = chrono::NaiveDate::from_ymd_opt(2022, 7, 7).unwrap_or_default();
    let members = members_on(day).iter().take(47).filter_map(|who| who.code());
    let members: Vec<String> = members
        .map(|code| {
            let letters = "Y".repeat(VOTES);
            format!(
                "\"{code}\": {{\"r\": [{}], \"v\": \"{letters}\"}}",
                indexes.join(",")
            )
        })
        .collect();
    let text = format!(
        "{{\"res\": [{}], \"votes\": {{{}}}}}",
        texts.join(",\n"),
        members.join(",\n")
    );
    measure(bencher, &text, &Options::default());
}

#[divan::bench]
fn uk_treaties(bencher: Bencher<'_, '_>) {
    let records: Vec<String> = (0..VOTES * 10)
        .map(|record| {
            format!(
                "{{\"id\": {record}, \"lb_document_id\": {record}, \"title\": \"Convention {record}\", \"subject\": \"SHIPPING\", \
                 \"adopted_event_date\": \"22/10/1996\", \"definative_eif_event_date\": \"22/04/2000\", \"country_name\": \"CHAD ; PERU\"}}"
            )
        })
        .collect();
    let text = format!(
        "{{\"csw:GetRecordsResponse\": {{\"csw:SearchResults\": {{\"iStoreRecord\": [{}]}}}}}}",
        records.join(",\n")
    );
    measure(bencher, &text, &Options::default());
}

/// Codes of today over the columns, numbers in the cells.
#[divan::bench]
fn unga_wide(bencher: Bencher<'_, '_>) {
    let members = members_on(chrono::NaiveDate::MAX).iter();
    let codes: Vec<String> = members
        .filter_map(|who| Some(who.code()?.to_string()))
        .collect();
    let mut text = format!("rcid,date,{}\n", codes.join(","));
    for vote in 0..VOTES {
        let cells: Vec<&str> = (0..codes.len())
            .map(|at| ["1", "1", "3", "2"][(vote + at) % 4])
            .collect();
        let _ = writeln!(text, "{vote},2018-12-19,{}", cells.join(","));
    }
    measure(bencher, &text, &Options::default());
}

/// Voters in rows, votes in columns.
#[divan::bench]
fn pscl_rollcall(bencher: Bencher<'_, '_>) {
    let headings: Vec<String> = (1..=VOTES).map(|vote| format!("\"1-{vote}\"")).collect();
    let mut text = format!("\"\",{}\n", headings.join(","));
    for voter in 0..VOTERS {
        let cells: Vec<&str> = (0..VOTES)
            .map(|vote| ["1", "1", "6", "9"][(vote + voter) % 4])
            .collect();
        let _ = writeln!(text, "\"VOTER {voter} (D AL)\",{}", cells.join(","));
    }
    measure(bencher, &text, &Options::default());
}

/// What came of votes in words.
#[divan::bench]
fn council_meetings(bencher: Bencher<'_, '_>) {
    let mut text = String::from("year,date,topics,result\n");
    for vote in 1..=VOTES * 10 {
        let _ = writeln!(
            text,
            "1951,30 December,A question,S/RES/{vote} (1951) 11-0-0"
        );
    }
    measure(bencher, &text, &Options::default());
}

fn voeten_objects(mark: &str) -> String {
    let mut objects = Vec::new();
    for vote in 0..VOTES / 4 {
        for state in 0..VOTERS {
            objects.push(format!(
                "{{\"rcid\": {vote}, \"ccode\": {state}, \"session\": 73, \"vote\": 1, \"date\": \"2018-12-19\", \"unres\": \"R/73/{vote}\"}}"
            ));
        }
    }
    objects.join(mark)
}

#[divan::bench]
fn json_lines(bencher: Bencher<'_, '_>) {
    measure(bencher, &voeten_objects("\n"), &Options::default());
}

/// The bytes counted are those of the packed file.
#[divan::bench]
fn spreadsheet(bencher: Bencher<'_, '_>) {
    let written = || {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, line) in (0..).zip(long(VOTES / 4, false).lines()) {
            for (column, field) in (0..).zip(line.split(',')) {
                sheet.write(row, column, field.trim_matches('"'))?;
            }
        }
        book.save_to_buffer()
    };
    let Ok(bytes) = written() else {
        return;
    };
    bencher
        .counter(BytesCount::new(bytes.len()))
        .counter(ItemsCount::new(VOTES / 4 * VOTERS))
        .bench_local(|| {
            let import = read_bytes("bench.xlsx", &bytes, &Options::default());
            import
                .map(|import| import.records().count())
                .map_err(|e| e.to_string())
        });
}

/// One small table out of each of the other containers; the bytes counted are those of its file.
#[divan::bench(args = ["ods", "xls", "rds", "parquet", "sqlite", "dta"])]
fn container(bencher: Bencher<'_, '_>, kind: &str) {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/containers");
    let name = format!("voeten.{kind}");
    let Ok(bytes) = std::fs::read(std::path::Path::new(fixtures).join(&name)) else {
        return;
    };
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench_local(|| {
            let import = read_bytes(&name, &bytes, &Options::default());
            import
                .map(|import| import.records().count())
                .map_err(|e| e.to_string())
        });
}

#[divan::bench]
fn untc(bencher: Bencher<'_, '_>) {
    let mut text =
        String::from("Participant,Signature,\"Ratification, Acceptance(A), Accession(a)\"\n");
    for name in names().iter().cycle().take(VOTERS * 10) {
        let _ = writeln!(text, "{name},11 Dec 1948,22 Jul 1949 a");
    }
    measure(bencher, &text, &Options::default());
}

#[divan::bench]
fn marcxml(bencher: Bencher<'_, '_>) {
    let mut text = String::from("<collection xmlns=\"http://www.loc.gov/MARC21/slim\">\n");
    for vote in 0..VOTES {
        let _ = writeln!(
            text,
            "<record><controlfield tag=\"001\">{vote}</controlfield>\n\
             <datafield tag=\"245\" ind1=\"1\" ind2=\"0\"><subfield code=\"a\">A title of a resolution</subfield></datafield>\n\
             <datafield tag=\"791\" ind1=\" \" ind2=\" \"><subfield code=\"a\">A/RES/73/{vote}</subfield></datafield>\n\
             <datafield tag=\"992\" ind1=\" \" ind2=\" \"><subfield code=\"a\">20181219</subfield></datafield>"
        );
        for (at, name) in names().iter().enumerate() {
            let choice = ["Y", "Y", "N", "A"][(vote + at) % 4];
            let _ = writeln!(
                text,
                "<datafield tag=\"967\" ind1=\" \" ind2=\" \"><subfield code=\"a\">{at}</subfield>\n\
                 <subfield code=\"d\">{choice}</subfield><subfield code=\"e\">{name}</subfield></datafield>"
            );
        }
        text.push_str("</record>\n");
    }
    text.push_str("</collection>\n");
    measure(bencher, &text, &Options::default());
}

fn document(symbol: usize) -> String {
    let day = chrono::NaiveDate::from_ymd_opt(2018, 12, 19).unwrap_or_default();
    let states: Vec<String> = members_on(day).iter().map(|s| format!("\"{s}\"")).collect();
    format!(
        "{{\"title\":\"x\",\"symbols\":[\"A/RES/73/{symbol}\"],\"acts\":[{{\"act\":\"decision\",\"date\":\"2018-12-19\",\"ballots\":{{\"yes\":[{}]}}}}]}}\n",
        states.join(",")
    )
}

#[divan::bench]
fn documents(bencher: Bencher<'_, '_>) {
    measure(bencher, &document(195).repeat(VOTES), &Options::default());
}

#[divan::bench]
fn dataset(bencher: Bencher<'_, '_>) {
    let text: String = (0..VOTES).map(document).collect();
    let written = || {
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        let path = folder.path().join("dataset");
        let descriptor = r#"{"resources": [{"name": "documents", "path": "agreements.jsonl"}]}"#;
        std::fs::create_dir(&path).map_err(|e| e.to_string())?;
        let write = |name: &str, text: &str| std::fs::write(path.join(name), text);
        write("datapackage.json", descriptor).map_err(|e| e.to_string())?;
        write("agreements.jsonl", &text).map_err(|e| e.to_string())?;
        Ok::<_, String>((folder, path))
    };
    let Ok((_folder, path)) = written() else {
        return;
    };
    bencher
        .counter(BytesCount::new(text.len()))
        .counter(ItemsCount::new(VOTES))
        .bench_local(|| {
            let import = read(&path, &Options::default()).map_err(|e| e.to_string());
            import.map(|import| import.records().count())
        });
}

//! Rows and bytes a second of every adapter, on tables made here: `cargo bench -p plenary-import`.

use std::fmt::Write;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use plenary_import::{Mapping, Options, read_bytes, template};
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
    let names: Vec<&str> = plenary_states::members_on(chrono::NaiveDate::MAX)
        .iter()
        .filter_map(|state| plenary_states::name_on(*state, chrono::NaiveDate::MAX))
        .filter(|name| !name.contains(','))
        .collect();
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
    let text = template("A/RES/73/195", &BodyId::UNGA, day).replace(",\n", ",yes\n");
    measure(bencher, &text, &Options::default());
}

#[divan::bench]
fn documents(bencher: Bencher<'_, '_>) {
    let day = chrono::NaiveDate::from_ymd_opt(2018, 12, 19).unwrap_or_default();
    let states: Vec<String> = plenary_states::members_on(day)
        .iter()
        .map(|s| format!("\"{s}\""))
        .collect();
    let document = format!(
        "{{\"title\":\"x\",\"symbols\":[\"A/RES/73/195\"],\"acts\":[{{\"act\":\"decision\",\"date\":\"2018-12-19\",\"ballots\":{{\"yes\":[{}]}}}}]}}\n",
        states.join(",")
    );
    measure(bencher, &document.repeat(VOTES), &Options::default());
}

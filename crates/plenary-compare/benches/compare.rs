//! Two tables of the same votes: `cargo bench -p plenary-compare`.

use std::fmt::Write;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use plenary_bodies::Reference;
use plenary_compare::{VoteList, compare};
use plenary_import::{Options, read_bytes};

fn main() {
    divan::main();
}

const VOTES: usize = 200;
const VOTERS: usize = 190;
const TITLE: &str = "\"A title, with a comma, as long as titles are : resolution / adopted by the General Assembly\"";

fn long(votes: usize) -> String {
    let rows = (0..votes).flat_map(|v| (0..VOTERS).map(move |s| (v, s)));
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

/// Two tables of the same votes, of which one has other symbols: they are matched and compared.
#[divan::bench]
fn compare_two_imports(bencher: Bencher<'_, '_>) {
    let list = |text: &str| {
        let import = read_bytes("bench", text.as_bytes(), &Options::default());
        import.map(|import| VoteList::from_import(&import)).ok()
    };
    let text = long(VOTES);
    let (Some(a), Some(b)) = (list(&text), list(&text.replace("A/RES/73/1", "A/RES/73/4"))) else {
        return;
    };
    bencher
        .counter(BytesCount::new(2 * text.len()))
        .counter(ItemsCount::new(2 * VOTES * VOTERS))
        .bench_local(|| compare(&a, &b, Reference::embedded()).differences.len());
}

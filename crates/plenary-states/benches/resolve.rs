//! How many names a second. Items are names; run with `cargo bench -p plenary-states`.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use plenary_states::{Entity, EntityKind, Resolver, entities, resolve};

fn main() {
    divan::main();
}

/// Every recorded short and formal name, once.
fn recorded() -> Vec<String> {
    let mut names: Vec<_> = entities()
        .flat_map(Entity::names)
        .map(|name| name.text.to_owned())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Each of them in a way that no table holds: capitals, an article, a footnote mark.
fn rewritten() -> Vec<String> {
    recorded()
        .into_iter()
        .map(|name| format!("{} (THE) 1/", name.to_uppercase()))
        .collect()
}

/// Each of them with a letter missing.
fn misspelt() -> Vec<String> {
    let plain = recorded()
        .into_iter()
        .filter(|name| name.is_ascii() && name.len() > 6);
    plain
        .map(|name| format!("{}{}", &name[..3], &name[4..]))
        .filter(|name| resolve(name, None).is_none())
        .collect()
}

/// The names of all states of a day, as in a roll call of the whole Assembly, in the capitals that the library prints.
fn roll_call() -> Vec<String> {
    let day = "2018-12-19".parse().unwrap_or_default();
    let states = entities().filter(|e| e.kind() == EntityKind::State && e.exists_on(day));
    states.map(|e| e.name_on(day).to_uppercase()).collect()
}

fn each(bencher: Bencher<'_, '_>, names: Vec<String>, mut take: impl FnMut(&str)) {
    let count = ItemsCount::new(names.len());
    bencher
        .counter(count)
        .bench_local(|| names.iter().for_each(|name| take(black_box(name))));
}

#[divan::bench]
fn different_names_exact(bencher: Bencher<'_, '_>) {
    each(bencher, recorded(), |name| {
        _ = black_box(resolve(name, None))
    });
}

#[divan::bench]
fn different_names_folded(bencher: Bencher<'_, '_>) {
    each(bencher, rewritten(), |name| {
        _ = black_box(resolve(name, None))
    });
}

#[divan::bench]
fn different_names_on_a_day(bencher: Bencher<'_, '_>) {
    let day = "1985-06-01".parse().ok();
    each(bencher, rewritten(), |name| {
        _ = black_box(resolve(name, day))
    });
}

#[divan::bench]
fn misspelt_names_explained(bencher: Bencher<'_, '_>) {
    each(bencher, misspelt(), |name| {
        _ = black_box(Resolver::new().explain(name))
    });
}

/// The names of roll calls, printed in capitals: what most tables hold.
#[divan::bench]
fn names_of_a_roll_call(bencher: Bencher<'_, '_>) {
    let day = "2018-12-19".parse().ok();
    each(bencher, roll_call(), |name| {
        _ = black_box(resolve(name, day))
    });
}

//! Measures what a fresh process pays for its first lookups, and its memory after many.
//!
//! `cargo run --release -p plenary-states --example first_lookup`

use std::time::Instant;

use plenary_states::{Entity, Resolver, entities, resolve};

fn main() {
    let start = Instant::now();
    let exact = resolve("France", None);
    let after_exact = start.elapsed();
    let fuzzy = Resolver::new().explain("Kazahkstan");
    let after_fuzzy = start.elapsed();
    println!(
        "first exact lookup: {after_exact:?} ({exact:?}); first fuzzy one: {:?} ({})",
        after_fuzzy - after_exact,
        fuzzy.kind
    );
    let found = entities()
        .flat_map(Entity::names)
        .filter(|name| resolve(name.text, None).is_some())
        .count();
    println!("{found} names resolved; {}", memory());
}

/// The memory of the process that is its own, and all of it with the pages of the program file.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let lines = status
        .lines()
        .filter(|l| l.starts_with("RssAnon") || l.starts_with("VmHWM"));
    lines
        .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join(", ")
}

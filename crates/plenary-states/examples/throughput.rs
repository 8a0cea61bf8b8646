//! Reads names from standard input and prints how many a second are resolved. `benches/compare.py` runs it beside other libraries.

use std::hint::black_box;
use std::io::{self, BufRead};
use std::time::{Duration, Instant};

use plenary_states::resolve;

fn main() -> io::Result<()> {
    let names: Vec<String> = io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let found = names
        .iter()
        .filter(|name| resolve(name, None).is_some())
        .count();
    let list = rate(names.len(), || {
        names
            .iter()
            .for_each(|name| _ = black_box(resolve(black_box(name), None)))
    });
    println!("{{\"found\": {found}, \"names\": {list:.0}}}");
    Ok(())
}

/// Items a second, from the fastest of many runs.
fn rate(items: usize, mut run: impl FnMut()) -> f64 {
    let mut fastest = Duration::MAX;
    for _ in 0..200 {
        let start = Instant::now();
        run();
        fastest = fastest.min(start.elapsed());
    }
    items as f64 / fastest.as_secs_f64().max(f64::MIN_POSITIVE)
}

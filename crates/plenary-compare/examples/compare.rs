//! Compares two sources of the same votes: `compare A B`.

use std::time::Instant;

use plenary_bodies::Reference;
use plenary_compare::{VoteList, compare};
use plenary_import::{Options, read};

fn main() -> Result<(), plenary_import::ImportError> {
    let mut paths = std::env::args().skip(1);
    let mut list = || -> Result<VoteList, plenary_import::ImportError> {
        let path = paths.next().unwrap_or_default();
        Ok(VoteList::from_import(&read(
            path,
            &Options::default().lenient(),
        )?))
    };
    let (a, b) = (list()?, list()?);
    let start = Instant::now();
    let comparison = compare(&a, &b, Reference::embedded());
    println!(
        "{} and {} votes, {:?}, compared in {:.1?}",
        a.len(),
        b.len(),
        comparison.matched,
        start.elapsed()
    );
    for pattern in &comparison.patterns {
        println!("{} [{} differences]", pattern.message, pattern.differences);
    }
    for difference in comparison.unexplained() {
        println!("{}: {difference}", difference.kind.as_str());
    }
    Ok(())
}

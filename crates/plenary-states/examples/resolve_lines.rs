//! Reads names from standard input, one a line, and prints what each means and why.
//!
//! `printf 'Zaire\nKorea\n' | cargo run -p plenary-states --example resolve_lines -- 1980-01-01`

use std::io::{self, BufRead, Write};

use plenary_states::Resolver;

fn main() -> io::Result<()> {
    let on = std::env::args().nth(1).and_then(|day| day.parse().ok());
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let name = line?;
        let found = Resolver::new().names_or_codes().on(on).explain(&name);
        let code = found.code.map_or("-".to_owned(), |code| code.to_string());
        write!(out, "{code}\t{}\t{name}", found.kind)?;
        for candidate in found.candidates {
            write!(out, "\t{}: {}", candidate.code, candidate.reason)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

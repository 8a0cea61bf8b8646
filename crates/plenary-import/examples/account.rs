//! Reads files or dataset folders and prints the account of each: `account FILE...`.

use std::time::Instant;

use plenary_import::{Options, read};

fn main() {
    for path in std::env::args().skip(1) {
        let start = Instant::now();
        match read(&path, &Options::default().lenient()) {
            Ok(import) => {
                let read = start.elapsed();
                let findings: usize = import.records().map(|record| record.findings.len()).sum();
                println!("{:#?}", import.summary());
                for rejected in import.rejected().iter().take(5) {
                    println!("rejected: {rejected}");
                }
                println!(
                    "{findings} findings; read in {read:.1?}, all in {:.1?}",
                    start.elapsed()
                );
            }
            Err(error) => println!("{error}\nhelp: {}", error.help()),
        }
    }
}

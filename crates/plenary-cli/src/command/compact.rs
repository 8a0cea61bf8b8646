//! `plenary` without a command: the built-in Global Compact, checked and shown.

use plenary::{Account, Input, Settings, read};

use crate::exit::{Exit, Result};
use crate::output::Output;

pub(crate) fn run(output: &Output) -> Result {
    let compact = read([Input::compact()], &Settings::default())?;
    let accounts: Vec<Account> = compact.accounts().collect();
    for account in &accounts {
        super::show::page(account, output)?;
    }
    if !output.is_quiet() {
        anstream::eprintln!("\nNext: plenary check FILE, plenary show SYMBOL, plenary --help");
    }
    Ok(match accounts.iter().all(Account::is_clean) {
        true => Exit::Clean,
        false => Exit::Findings,
    })
}

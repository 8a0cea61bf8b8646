//! `plenary` without a command: the built-in Global Compact, checked and shown.

use plenary::Account;
use plenary::types::NoOrigin;
use plenary::validation::Validator;

use crate::exit::Result;
use crate::output::Output;

pub(crate) fn run(output: &Output) -> Result {
    let compact = plenary::global_compact()?;
    let account = Account::of(&compact, &NoOrigin, &Validator::default());
    super::show::page(&account, output)?;
    if !output.is_quiet() {
        anstream::eprintln!("\nNext: plenary check FILE, plenary show SYMBOL, plenary --help");
    }
    Ok(super::show::exit(&account))
}

//! What R calls: functions that take vectors and data frames of R and answer with them.
//!
//! A function never fails towards R: whatever goes wrong comes back as a list of class `plenary_refused`, of which the R side makes a
//! condition. Nothing is printed.

mod dataset;
mod frame;
mod json;
mod keys;
mod question;
mod refused;
mod vectors;

use extendr_api::prelude::*;

use crate::refused::answer;

/// Codes for keys: names or codes of states, each on its date.
#[extendr]
fn keys_resolve(keys: Robj, on: Robj, to: &str, from: &str, year_as: &str) -> Robj {
    answer(|| keys::resolve(&keys, &on, to, from, year_as))
}

/// What a key can be given as, and answered with.
#[extendr]
fn key_systems() -> Robj {
    answer(|| Ok(keys::systems()))
}

/// The names of the tables of a dataset in a folder.
#[extendr]
fn dataset_tables(folder: &str) -> Robj {
    answer(|| dataset::tables(folder))
}

/// A table of a dataset in a folder.
#[extendr]
fn dataset_table(folder: &str, name: &str) -> Robj {
    answer(|| dataset::table(folder, name))
}

/// Writes the columns of a data frame as a CSV file.
#[extendr]
fn frame_write(columns: List, path: &str) -> Robj {
    answer(|| frame::write(&columns, path))
}

/// Asks a command of plenary.
#[extendr]
fn question_ask(command: &str, inputs: Robj, options: List) -> Robj {
    answer(|| question::asked(command, &inputs, &options))
}

/// Fails on purpose, for the tests: by a panic, which has to come back like any other refusal.
#[extendr]
fn panic_caught() -> Robj {
    answer(|| {
        let nothing: &[i32] = &[];
        let place = nothing.len();
        Ok(nothing[place].into())
    })
}

extendr_module! {
    mod plenary;
    fn keys_resolve;
    fn key_systems;
    fn dataset_tables;
    fn dataset_table;
    fn frame_write;
    fn question_ask;
    fn panic_caught;
}

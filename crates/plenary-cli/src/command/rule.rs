//! The groups and weights that a rule calls by name, as the command line gives them.

use std::path::PathBuf;

use plenary::decisions::{Facts, Group, Name, Others};
use plenary::read_weights;
use plenary::types::Participant;

use super::destination;
use super::input::participants;
use crate::exit::{Failure, Result};

/// The weights in files, and groups such as `P5=CHN,FRA`.
pub(crate) fn facts(paths: &[PathBuf], groups: &[String]) -> Result<Facts> {
    destination::reading_all(paths)?;
    let mut facts = read_weights(paths, Others::Unknown)?;
    for text in groups {
        let (name, codes) = members(text, "--group P5=CHN,FRA,GBR,RUS,USA")?;
        facts.add_group(name, Group::new(codes));
    }
    Ok(facts)
}

/// `NAME=CODE,CODE`, written like the example.
pub(crate) fn members(text: &str, example: &str) -> Result<(Name, Vec<Participant>)> {
    let (name, codes) = named(text, example)?;
    Ok((name, participants(codes.split(','))?))
}

/// `NAME=` and what it is, written like the example.
pub(crate) fn named<'t>(text: &'t str, example: &str) -> Result<(Name, &'t str)> {
    let wrong = |why: &str| {
        Failure::new(format!("`{text}` {why}")).with_help(format!("write it like {example}"))
    };
    let (name, rest) = text
        .split_once('=')
        .ok_or_else(|| wrong("names nothing: there is no `=` in it"))?;
    let unusable = |error| wrong(&format!("has no usable name before its `=`: {error}"));
    Ok((name.trim().parse::<Name>().map_err(unusable)?, rest))
}

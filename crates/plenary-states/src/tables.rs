//! The generated arrays and the rows they are made of.

use chrono::{Datelike, NaiveDate};
use plenary_types::{Span, StateCode};

use crate::entity::Kind;
use crate::groups::GroupSpell;
use crate::membership::{Change, Spell};
use crate::names::{Name, NameKind};

pub(crate) struct EntityRow {
    pub(crate) code: StateCode,
    pub(crate) kind: Kind,
    pub(crate) label: &'static str,
    pub(crate) lives: &'static [Span],
    pub(crate) spells: &'static [Spell],
    pub(crate) gaps: &'static [Spell],
    pub(crate) groups: &'static [GroupSpell],
    pub(crate) names: &'static [Name],
}

pub(crate) struct EpochRow {
    pub(crate) from: NaiveDate,
    pub(crate) members: &'static [StateCode],
    pub(crate) changes: &'static [Change],
}

/// A spelling in [`TEXT`], and the claims that entities have to it.
pub(crate) struct Spelling {
    pub(crate) at: u32,
    pub(crate) length: u8,
    pub(crate) count: u8,
    pub(crate) claims: u16,
}

/// That an entity is called by a spelling in a span of days.
pub(crate) struct Claim {
    pub(crate) entity: u16,
    pub(crate) kind: NameKind,
    pub(crate) from: i32,
    pub(crate) to: i32,
}

/// A day as a number that orders as days do and costs two shifts to make.
pub(crate) const fn stamp_parts(year: i32, ordinal: u32) -> i32 {
    year * 512 + ordinal as i32
}

pub(crate) fn stamp(day: NaiveDate) -> i32 {
    stamp_parts(day.year(), day.ordinal())
}

mod generated {
    #![allow(clippy::panic, clippy::unreadable_literal)]

    use super::*;

    const fn code(letters: [u8; 3]) -> StateCode {
        match StateCode::from_bytes(letters) {
            Some(code) => code,
            None => panic!("the build script lets codes through only"),
        }
    }

    const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        match NaiveDate::from_ymd_opt(year, month, day) {
            Some(day) => day,
            None => panic!("a day in the tables is not in the calendar"),
        }
    }

    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

pub(crate) use generated::{
    CLAIMS, ENTITIES, EPOCHS, EXACT, EXACT_SLOTS, FOLDED, FOLDED_SLOTS, PLACES, TEXT,
};

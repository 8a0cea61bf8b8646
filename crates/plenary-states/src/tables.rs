//! The generated arrays and the rows they are made of.

use chrono::{Datelike, NaiveDate};
use plenary_types::{Span, StateCode};

use crate::codes::{CodeSpell, CodeSystem};
use crate::entity::Kind;
use crate::groups::GroupSpell;
use crate::membership::{Begins, Change, Spell, Status, Suspension};
use crate::names::{Name, NameKind};
use crate::succession::{Relation, Succession};

pub(crate) struct EntityRow {
    pub(crate) code: StateCode,
    pub(crate) kind: Kind,
    pub(crate) label: &'static str,
    pub(crate) lives: &'static [Span],
    pub(crate) spells: &'static [Spell],
    pub(crate) gaps: &'static [Status],
    pub(crate) observer: &'static [Status],
    pub(crate) groups: &'static [GroupSpell],
    pub(crate) names: &'static [Name],
    pub(crate) codes: &'static [CodeSpell],
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

/// A folded spelling that misspelt names are compared with.
pub(crate) struct Near {
    pub(crate) letters: u64,
    pub(crate) place: u16,
    pub(crate) length: u8,
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
    CLAIMS, CODES, CODES_SLOTS, COUNCIL, COUNCIL_UNCONFIRMED, ENTITIES, EPOCHS, EXACT, EXACT_SLOTS,
    FOLDED, FOLDED_SLOTS, NEAR, PERMANENT, PLACES, SUCCESSIONS, SUSPENSIONS, TEXT,
};

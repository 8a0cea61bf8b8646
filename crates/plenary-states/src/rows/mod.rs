//! The generated rows and their plain types: what the tables say, and nothing that is made of it.

pub(crate) mod code;
pub(crate) mod entity;
pub(crate) mod spelling;
pub(crate) mod succession;

mod generated {
    #![allow(clippy::panic, clippy::unreadable_literal)]

    use chrono::NaiveDate;
    use plenary_types::{Span, StateCode};

    use super::code::{CodeSpell, CodeSystem};
    use super::entity::{EntityKind, EntityRow};
    use super::spelling::{Claim, Name, NameKind, Near, Spelling};
    use super::succession::{Relation, Succession};

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
    CLAIMS, CODES, ENTITIES, EXACT, FOLDED, NEAR, PLACES, SUCCESSIONS, TEXT,
};

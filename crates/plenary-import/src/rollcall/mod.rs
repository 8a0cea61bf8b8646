//! Roll calls of the General Assembly as political scientists keep them: Erik Voeten's file, and the three
//! tables of the `unvotes` package that were made from it.

mod fields;
mod read;
mod table;
mod unvotes;
mod voeten;
mod voters;

pub(crate) use read::{read_alone, read_unvotes, read_voeten, votes_in};
pub(crate) use table::{ISSUES, ROLL_CALLS};
pub(crate) use unvotes::SPEC as UNVOTES;
use unvotes::Unvotes;
pub(crate) use voeten::SPEC as VOETEN;
use voeten::Voeten;

use plenary_types::Choice;

use crate::csv::choices::Words;

/// The words of `unvotes`.
pub(crate) fn unvotes_words() -> Words {
    Words::new([
        ("yes", Choice::Yes),
        ("no", Choice::No),
        ("abstain", Choice::Abstain),
    ])
}

/// The numbers of Voeten's codebook: 1 yes, 2 abstain, 3 no, 8 absent, 9 not a member.
pub(crate) fn voeten_words() -> Words {
    Words::new([
        ("1", Choice::Yes),
        ("2", Choice::Abstain),
        ("3", Choice::No),
        ("8", Choice::NonVoting),
        ("9", Choice::NotEligible),
    ])
}

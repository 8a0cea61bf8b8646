//! Roll calls of the General Assembly as political scientists keep them: Erik Voeten's file, and the three
//! tables of the `unvotes` package that were made from it.

mod fields;
mod table;
mod unvotes;
mod voeten;
mod voters;

pub(crate) use table::{ISSUES, ROLL_CALLS, Tables, read_side_table};
pub(crate) use unvotes::{SPEC as UNVOTES, Unvotes};
pub(crate) use voeten::{SPEC as VOETEN, Voeten};

use plenary_types::Choice;

use crate::csv::layout::Words;

/// What both leave out, said once for each input.
pub(crate) const LEFT_OUT: &str = "this source has no rows for states that were absent or not members: its tallies cannot be compared with the membership";

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
    const NUMBERS: [(&str, &str, Choice); 5] = [
        ("1", "1.0", Choice::Yes),
        ("2", "2.0", Choice::Abstain),
        ("3", "3.0", Choice::No),
        ("8", "8.0", Choice::NonVoting),
        ("9", "9.0", Choice::NotEligible),
    ];
    Words::new(
        NUMBERS
            .iter()
            .flat_map(|(plain, float, choice)| [(*plain, *choice), (*float, *choice)]),
    )
}

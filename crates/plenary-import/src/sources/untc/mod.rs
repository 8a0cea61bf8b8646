//! Participant tables of the UN Treaty Collection ("Status of treaties").
//!
//! One file a treaty: a column `Participant`, and columns whose heading is the legend. `Accession(a),
//! Succession(d), Ratification` says that `22 Mar 1956 a` is an accession and that a date without a letter
//! is a ratification. Case matters: `A` is acceptance.
//!
//! Known quirks, all handled here:
//!
//! * the order of the acts in a heading varies, and some headings hold commas of their own;
//! * a cell may hold several acts;
//! * footnote numbers are glued to names and dates (`Serbia1`, `8 Mar 20012`);
//! * a participant that has withdrawn is in brackets, without the day of its notice;
//! * states that no longer exist have no row: their acts are in footnotes that the tables do not carry.

mod cell;
mod heading;
mod names;
mod record;
mod table;

use crate::format::{Fit, Format, Reader, Recognise};
use crate::recognition::Nearest;
use heading::Heading;

pub(super) use cell::acts as acts_of_cell;
pub use names::participant;
pub(super) use names::{participant_on, without_footnotes};

pub(crate) static FORMAT: Format = Format::new(
    "untc-csv",
    "participant tables: signatures, consents and withdrawals of one treaty",
    Recognise::Header(recognise),
    Reader::File(record::read),
)
.with_publisher(record::PUBLISHER)
.with_page("untc");

/// The first column of a table is `Participant`, which may bear the numbers of footnotes. In another place or other capitals it is
/// one only where another column names a treaty action.
fn recognise(headings: &[Box<str>]) -> Fit {
    let first = headings.first().map_or("", |first| first);
    let acts = headings
        .iter()
        .filter(|text| Heading::parse(text).is_some());
    let acts = acts.count();
    let named = headings.iter().any(|text| names::is_participant(text));
    if names::without_footnotes(first) == "Participant" || (named && acts > 0) {
        let why = "it has a column `Participant`, as the treaty collection's tables do";
        return Fit::Full(why.to_owned());
    }
    match acts {
        // One heading that begins like a treaty action may be a coincidence.
        0 | 1 => Fit::None,
        _ => Fit::Partial(Nearest {
            missing: vec!["Participant".to_owned()],
            ..Nearest::new(FORMAT.name(), acts)
        }),
    }
}

#[cfg(test)]
mod tests;

//! [`Spelling`]: what the columns of a table hold of which there is a usual way to write it.

use std::borrow::Cow;

use plenary_types::BodyId;

use crate::Format;
use crate::csv::choices::{Words, whole};
use crate::csv::header::Header;
use crate::csv::header::same_name;
use crate::csv::layout::Role;
#[cfg(feature = "_specs")]
use crate::format::Spec;
use crate::mapping::{self, Mapping};
#[cfg(feature = "typed")]
use crate::typed;

/// How a table of votes is written: where its rows begin, and which of its columns hold votes, symbols and numbers, found as
/// [`read`](crate::read()) finds them.
///
/// ```
/// use plenary_import::{Format, Spelling};
///
/// let table = "undl_id,MS Code,MS Vote,Total Yes\n1,PER,y,120.0\n";
/// let spelling = Spelling::of(table, Format::UndlGaCsv, None).unwrap();
/// assert_eq!(spelling.columns()[2], "MS Vote");
/// assert_eq!(spelling.usual(2, "y").as_deref(), Some("Y"));
/// assert_eq!(spelling.usual(3, "120.0").as_deref(), Some("120"));
/// assert_eq!(spelling.usual(1, "per"), None);
/// ```
#[derive(Debug)]
pub struct Spelling {
    rows: usize,
    separator: char,
    columns: Vec<String>,
    parts: Vec<Option<Part>>,
    words: Words,
    body: Option<BodyId>,
}

/// What a column holds of which there is a usual way to write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Vote,
    Symbol,
    Number,
}

impl Spelling {
    /// That of a table in a format; `None` for what is not a table of votes. A mapped table needs its mapping.
    #[must_use]
    pub fn of(text: &str, format: Format, mapping: Option<&Mapping>) -> Option<Self> {
        match (format, mapping) {
            (Format::MappedCsv, Some(mapping)) => Self::mapped(text, mapping),
            _ => Self::known(text, format),
        }
    }

    /// That of a table in a format; `None` for what is not a table of votes.
    fn known(text: &str, format: Format) -> Option<Self> {
        match format {
            #[cfg(feature = "typed")]
            Format::PlenaryCsv => Self::typed(text),
            #[cfg(feature = "undl")]
            Format::UndlGaCsv => Self::by_spec(text, &crate::undl::GA, crate::undl::words()),
            #[cfg(feature = "undl")]
            Format::UndlScCsv => Self::by_spec(text, &crate::undl::SC, crate::undl::words()),
            #[cfg(feature = "undl")]
            Format::UndlGaWideCsv => {
                let mut wide = Self::by_spec(text, &crate::undl::GA, crate::undl::words())?;
                let states = wide.parts.iter_mut().zip(&wide.columns);
                for (part, heading) in states {
                    if part.is_none() && crate::names::is_state(heading) {
                        *part = Some(Part::Vote);
                    }
                }
                Some(wide)
            }
            #[cfg(feature = "rollcalls")]
            Format::UnvotesCsv => {
                use crate::rollcall::{UNVOTES, unvotes_words};
                Self::by_spec(text, &UNVOTES, unvotes_words())
            }
            #[cfg(feature = "rollcalls")]
            Format::UnvotesRollCallsCsv => {
                Self::by_spec(text, &crate::rollcall::ROLL_CALLS, Words::new([]))
            }
            #[cfg(feature = "rollcalls")]
            Format::VoetenCsv => {
                use crate::rollcall::{VOETEN, voeten_words};
                Self::by_spec(text, &VOETEN, voeten_words())
            }
            _ => None,
        }
    }

    /// The header of a table that begins with it, and how many bytes of the text come before the rows.
    fn header(text: &str) -> Option<(Header, usize)> {
        let table = text.strip_prefix('\u{feff}').unwrap_or(text);
        let header = Header::read(table.as_bytes(), true)?;
        let rows = text.len() - table.len() + header.bytes;
        Some((header, rows))
    }

    fn new(header: &Header, rows: usize, parts: Vec<Option<Part>>, words: Words) -> Self {
        Self {
            rows,
            separator: char::from(header.delimiter),
            columns: header.columns.iter().map(ToString::to_string).collect(),
            parts,
            words,
            body: None,
        }
    }

    #[cfg(feature = "_specs")]
    fn by_spec(text: &str, spec: &Spec, words: Words) -> Option<Self> {
        let (header, rows) = Self::header(text)?;
        let parts = spec.columns_of(&header).into_iter().map(|column| {
            let column = column?;
            match column.name {
                _ if column.role == Role::Choice => Some(Part::Vote),
                "resolution" | "meeting" => Some(Part::Symbol),
                "session" | "total_yes" | "total_no" | "total_abstentions" | "total_non_voting"
                | "total_ms" | "yes" | "no" | "abstain" => Some(Part::Number),
                _ => None,
            }
        });
        let parts = parts.collect();
        Some(Self::new(&header, rows, parts, words))
    }

    #[cfg(feature = "typed")]
    fn typed(text: &str) -> Option<Self> {
        let table = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (header, rows, vote) = typed::header(table)?;
        let of = |at| (at == vote).then_some(Part::Vote);
        let parts = (0..header.columns.len()).map(of).collect();
        let rows = text.len() - table.len() + rows;
        Some(Self::new(&header, rows, parts, typed::words()))
    }

    fn mapped(text: &str, mapping: &Mapping) -> Option<Self> {
        use mapping::Role as Column;
        let (header, rows) = Self::header(text)?;
        let known = mapping::known(&header, mapping);
        let roles = mapping::roles(&header, &known, mapping);
        let columns = header.columns.iter().zip(&roles);
        let parts = columns.map(|(heading, role)| {
            let is = |role: Column| {
                let column = mapping.columns.get(&role);
                column.is_some_and(|column| same_name(column, heading))
            };
            let any = |roles: &[Column]| roles.iter().any(|role| is(*role));
            match role {
                Role::Choice => Some(Part::Vote),
                Role::Shared if any(&[Column::Symbol, Column::Meeting]) => Some(Part::Symbol),
                Role::Shared
                    if any(&[
                        Column::Session,
                        Column::Yes,
                        Column::No,
                        Column::Abstain,
                        Column::NonVoting,
                        Column::Members,
                    ]) =>
                {
                    Some(Part::Number)
                }
                _ => None,
            }
        });
        let parts = parts.collect();
        Some(Self {
            body: mapping.body.clone(),
            ..Self::new(&header, rows, parts, mapping::words(mapping))
        })
    }

    /// The byte at which the first row begins below the header.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// The separator of fields.
    #[must_use]
    pub const fn separator(&self) -> char {
        self.separator
    }

    /// The headings, as printed.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The usual way to write a value of a column, where it is written in another one and there is no doubt what it means.
    #[must_use]
    pub fn usual<'v>(&self, column: usize, value: &'v str) -> Option<Cow<'v, str>> {
        let usual = match self.parts.get(column).copied().flatten()? {
            Part::Vote => Cow::Owned(self.words.tidy(value)?),
            Part::Symbol => Cow::Owned(self.symbol(value)?),
            Part::Number => Cow::Borrowed(whole(value).filter(|number| !number.starts_with('-'))?),
        };
        (usual != value).then_some(usual)
    }

    fn symbol(&self, value: &str) -> Option<String> {
        let citation = crate::texts::cite(value, self.body.as_ref());
        citation.symbol().map(|symbol| symbol.normal().to_owned())
    }
}

#[cfg(all(test, feature = "mapping", feature = "typed", feature = "undl"))]
mod tests {
    use super::*;

    fn usual(text: &str, format: Format, column: usize, value: &str) -> Option<String> {
        let spelling = Spelling::of(text, format, None)?;
        spelling.usual(column, value).map(Cow::into_owned)
    }

    #[test]
    fn columns_are_found_as_the_readers_find_them() {
        for heading in ["ms_vote", "MS Vote", "ms-vote", " MS_VOTES ", "\"Ms Vote\""] {
            let text = format!("undl_id,ms_code,{heading}\n1,PER,n\n");
            let fixed = usual(&text, Format::UndlGaCsv, 2, "n");
            assert_eq!(fixed.as_deref(), Some("N"), "{heading}");
        }
        for heading in ["vote", "Choice", "BALLOT"] {
            let text = format!("title: x\n\nstate,{heading}\nPER,n\n");
            let fixed = usual(&text, Format::PlenaryCsv, 1, "Yes");
            assert_eq!(fixed.as_deref(), Some("yes"), "{heading}");
        }
        let wide = "resolution,date,PER,Chile,extra\nA/RES/1/1,2018-12-19,y,y,y\n";
        for (column, fixed) in [(2, Some("Y")), (3, Some("Y")), (4, None)] {
            let found = usual(wide, Format::UndlGaWideCsv, column, "y");
            assert_eq!(found.as_deref(), fixed, "{column}");
        }
    }

    #[test]
    fn each_source_keeps_its_own_words() {
        let text = "rcid,country,vote\n1,Peru,Yes\n";
        for (value, fixed) in [("Yes", Some("yes")), ("Y", None), ("yes", None), ("", None)] {
            let found = usual(text, Format::UnvotesCsv, 2, value);
            assert_eq!(found.as_deref(), fixed, "{value}");
        }
        let text = "rcid,ccode,vote,session\n1,2,1.0,1.0\n";
        assert_eq!(usual(text, Format::VoetenCsv, 2, "1.0"), None);
        assert_eq!(
            usual(text, Format::VoetenCsv, 3, "1.0").as_deref(),
            Some("1")
        );
    }

    #[test]
    fn a_mapped_table_is_spelled_as_its_mapping_says() {
        let mapping = Mapping::from_toml(
            "body = 'hrc'\n[columns]\nsymbol = 'text'\nstate = 'who'\nchoice = 'how'\n\
             [choices]\nyes = ['For']\nno = ['Against']\n",
        );
        let text = "text,who,how,vote\n51/7,Peru,for,y\n";
        let spelling = Spelling::of(text, Format::MappedCsv, mapping.as_ref().ok()).unwrap();
        for (column, value, usual) in [
            (0, "51/7", Some("A/HRC/RES/51/7")),
            (1, "peru", None),
            (2, "for", Some("For")),
            (2, " AGAINST", Some("Against")),
            (2, "yes", None),
            (3, "y", None),
        ] {
            assert_eq!(spelling.usual(column, value).as_deref(), usual, "{value}");
        }
        assert!(Spelling::of(text, Format::MappedCsv, None).is_none());
    }
}

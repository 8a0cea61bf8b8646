//! [`Fields`]: what the columns of a row or the parts of a record say, read as what they are.

use std::borrow::Cow;

use plenary_tables::DateForm;
use plenary_types::{AnnouncedTally, Citation, Date, Field, Session, Total};

use crate::texts;

/// What to do about a date that cannot be read.
pub(crate) const WRITE_DATE: &str = "write it as 2020-12-16, 2020-12 or 2020";

/// What to do about a date of a table that cannot be read.
const WRITE_DATE_OF_TABLE: &str = "write it as 2020-12-16, 2020-12 or 2020, or say with `--date-format` how days are written, such as `%d %B %Y`";

/// What to do about a count that cannot be read.
pub(crate) const WRITE_COUNT: &str = "write a whole number, such as 120";

/// What to do about a session that cannot be read.
pub(crate) const WRITE_SESSION: &str = "write it as 73, ES-10 or S-28";

/// The values of a vote by the format's own names for them. What cannot be read becomes a finding and is left out.
pub(crate) trait Fields {
    /// A value without outer spaces; empty where there is none.
    fn get(&self, name: &str) -> Cow<'_, str>;

    /// Takes down that a value cannot be read.
    fn unreadable(&mut self, name: &str, message: String, help: &str);

    /// How dates are written.
    fn dates(&self) -> &DateForm {
        &DateForm::USUAL
    }

    /// A value unless it is blank.
    fn text(&self, name: &str) -> Option<String> {
        Some(self.get(name).into_owned()).filter(|text| !text.is_empty())
    }

    /// A value, read by a checking constructor.
    fn read<T>(
        &mut self,
        name: &str,
        help: &str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.text(name)?;
        let read = read(&text);
        read.map_err(|message| self.unreadable(name, message, help))
            .ok()
    }

    /// A date.
    fn date(&mut self, name: &str) -> Option<Date> {
        let dates = self.dates().clone();
        self.read(name, WRITE_DATE_OF_TABLE, |text| dates.read(text))
    }

    /// A session.
    fn session(&mut self, name: &str) -> Option<Session> {
        self.read(name, WRITE_SESSION, texts::session)
    }

    /// A count: `120`, `120.0`.
    fn count(&mut self, name: &str) -> Option<u32> {
        self.read(name, WRITE_COUNT, texts::count)
    }

    /// The announced totals: yes, no, abstaining, not voting, members.
    fn announced(&mut self, names: [&str; 5]) -> AnnouncedTally {
        let [yes, no, abstain, non_voting, members] = names.map(|name| self.count(name));
        AnnouncedTally {
            yes,
            no,
            abstain,
            non_voting,
            members,
        }
    }

    /// A document.
    fn citation(&self, name: &str) -> Option<Citation> {
        self.text(name).map(|text| Citation::new(&text))
    }
}

/// The fields of a decision that stand in a column of their own.
pub(crate) const FIELDS: [Field; 21] = [
    Field::Id,
    Field::Title,
    Field::Symbol(0),
    Field::Source(0),
    Field::Body,
    Field::Date,
    Field::Session,
    Field::Meeting,
    Field::Outcome,
    Field::QuestionKind,
    Field::Draft(0),
    Field::CommitteeReport,
    Field::Mode,
    Field::Announced(Total::Yes),
    Field::Announced(Total::No),
    Field::Announced(Total::Abstain),
    Field::Announced(Total::NonVoting),
    Field::Announced(Total::Members),
    Field::Attending,
    Field::Choice(0),
    Field::Name(0),
];

/// The name of a field in our own formats: in the header block of a typed table and in mapping files.
pub(crate) const fn plain_name(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Title => "title",
        Field::Symbol(_) => "symbol",
        Field::Outcome => "outcome",
        Field::Body => "body",
        Field::Date => "date",
        Field::Session => "session",
        Field::Meeting => "meeting",
        Field::Draft(_) => "draft",
        Field::CommitteeReport => "committee-report",
        Field::Mode => "mode",
        Field::Rule => "rule",
        Field::QuestionKind => "kind",
        Field::Kind => "agreement-kind",
        Field::Source(_) => "source",
        Field::Note(_) => "note",
        Field::Announced(Total::Yes) => "yes",
        Field::Announced(Total::No) => "no",
        Field::Announced(Total::Abstain) => "abstain",
        Field::Announced(Total::NonVoting) => "non-voting",
        Field::Announced(Total::Members) => "members",
        Field::Attending => "attending",
        _ => return None,
    })
}

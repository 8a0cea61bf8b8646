//! Acts of agreements in rows: `plenary-acts-csv`, and the acts that a table of participants does not carry.

use std::borrow::Cow;
use std::io::{self, Write};

use plenary_types::{
    Act, ActionKind, Agreement, Citation, Date, Participant, ParticipantError, ParticipantKind,
    Sponsor, Sponsorship, StateCode, Statement, StatementKind, TreatyAction,
};

use crate::TableError;
use crate::dates::{DateForm, DateOrder, UnsettledDates};
use crate::side::{CellPlace, Column, SideRow, SideTable};

/// The columns of a table of acts, in the order in which they are written.
pub const ACT_COLUMNS: [&str; 9] = [
    "agreement",
    "participant",
    "act",
    "date",
    "effective",
    "on_behalf_of",
    "towards",
    "source",
    "note",
];

/// A table of acts, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActsTable {
    /// The acts, each with the number of its treaty as printed; an empty one is any treaty.
    pub acts: Vec<(String, TreatyAction)>,
    /// Reservations, declarations and objections, each with the number of its treaty.
    pub statements: Vec<(String, Statement)>,
    /// Sponsors of drafts, a sponsorship for each, each with the number of its agreement.
    pub sponsorships: Vec<(String, Sponsorship)>,
    /// Rows whose participant has a code that no state or organisation has. They are among no acts: an instrument of nobody fills no
    /// clause.
    pub unknown: Vec<TableError>,
    /// Rows whose participant has a name that nothing resolves. They are among the acts.
    pub unresolved: Vec<TableError>,
}

/// One row of a table of acts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActRow {
    /// The number, symbol or title of the agreement, as printed; empty where the row does not say it.
    pub agreement: String,
    /// The act: an action, a statement, or a sponsorship of one sponsor ([`Sponsorship::has_same_draft`] tells which belong together).
    pub act: Act,
    /// Where the participant stands.
    pub participant: CellPlace,
    /// Where the kind of the act stands.
    pub kind: CellPlace,
    /// Where the date stands.
    pub date: CellPlace,
    /// Where the day of effect stands, in a table that has a column for it.
    pub effective: Option<CellPlace>,
    /// What is not known of a participant of the row: a code that nobody has, or a name that nothing resolves.
    pub unknown: Option<UnknownParticipant>,
}

/// A participant of a row that nothing knows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownParticipant {
    /// Where and what.
    pub error: Box<TableError>,
    /// Whether it is a code; otherwise it is a name, which is kept as printed.
    pub is_code: bool,
}

/// So many rows are looked at for dates that are written otherwise.
const LOOKED_AT: usize = 200;

const EXPECTED: &str = "`participant`, `act` and `date`, and perhaps `agreement`, `effective`, `on_behalf_of`, `towards`, `source` and `note`";

/// A table of acts, whose rows are read one by one.
///
/// It has the columns `participant`, `act` and `date`, and where they are known `agreement`, `effective`, `on_behalf_of`, `towards`,
/// `source` and `note`. An act is a word such as `ratification`, `reservation` or `sponsorship`, or a letter of the depositary's tables. A date is a
/// day, a month, a year, or some day of a span (`2010-05-26/2010-07-06`). Several territories are separated by semicolons. A
/// participant is a code, a kind with an identifier (`org:river-bank`), or a name.
#[derive(Clone, Debug)]
pub struct ActsReader<'t> {
    table: SideTable<'t>,
    columns: Columns,
    dates: DateForm,
}

impl<'t> ActsReader<'t> {
    /// Reads the header of a table.
    ///
    /// # Errors
    ///
    /// [`TableError`] when the table has no header, or lacks a column.
    pub fn open(text: &'t (impl AsRef<[u8]> + ?Sized)) -> Result<Self, TableError> {
        let table = SideTable::open(text)?;
        let columns = Columns::find(&table)?;
        Ok(Self {
            table,
            columns,
            dates: DateForm::USUAL,
        })
    }

    /// Settles how the dates are written: as is given, else as they settle it themselves.
    ///
    /// # Errors
    ///
    /// [`UnsettledDates`] where nothing settles it.
    pub fn settle_dates(&mut self, given: Option<&DateForm>) -> Result<(), UnsettledDates> {
        self.dates = match given {
            Some(given) => given.clone(),
            // In a table that begins with dates as usual nothing is to be settled.
            None if !self.order(LOOKED_AT).has_numbers() => DateForm::USUAL,
            None => self.order(usize::MAX).settle()?,
        };
        Ok(())
    }

    /// The dates of so many rows, looked at.
    fn order(&self, rows: usize) -> DateOrder {
        let mut order = DateOrder::default();
        for row in self.table.clone().rows().take(rows).flatten() {
            order.add(row.line(), &row.text(self.columns.date));
            order.add(row.line(), &row.text(self.columns.effective));
        }
        order
    }

    /// How the dates are written.
    #[must_use]
    pub const fn dates(&self) -> &DateForm {
        &self.dates
    }

    /// The headings of columns that are not read.
    #[must_use]
    pub fn unknown_headings(&self) -> Vec<&str> {
        let read = self.columns.all();
        let headings = self.table.headings().iter().enumerate();
        headings
            .filter(|(at, heading)| !heading.is_empty() && !read.contains(at))
            .map(|(_, heading)| heading.as_str())
            .collect()
    }

    /// The line of the header.
    #[must_use]
    pub const fn header_line(&self) -> u64 {
        self.table.header_line()
    }

    /// The rows. `resolve` turns a code that somebody has, or a name, into a participant.
    ///
    /// # Errors
    ///
    /// [`TableError`] for a row that cannot be used.
    pub fn rows<'a>(
        &'a mut self,
        resolve: impl Fn(&str) -> Option<Participant> + 'a,
    ) -> impl Iterator<Item = Result<ActRow, TableError>> + 'a {
        let (columns, dates) = (self.columns, &self.dates);
        let rows = self.table.rows();
        rows.map(move |row| {
            let row = row?;
            columns.read(&row, dates, &resolve).map_err(|error| {
                let agreement = row.text(columns.agreement).into_owned();
                let record = Some(agreement).filter(|agreement| !agreement.is_empty());
                TableError { record, ..error }
            })
        })
    }
}

/// Reads acts of treaties whole: a table of [`ActsReader`], of which only the rows of wanted treaties are read.
///
/// ```
/// let csv = "treaty,participant,action,date\n4-4,CSK,ratification,1975-12-23\n4-1,CSK,ratification,1950-12-21\n";
/// let table = plenary_tables::read_acts(csv, |treaty| treaty == "4-4", |code| code.parse().ok())?;
/// let [(treaty, act)] = &*table.acts else { panic!("one act is of that treaty") };
/// assert_eq!((treaty.as_str(), act.participant.to_string()), ("4-4", "CSK".to_owned()));
/// # Ok::<(), plenary_tables::TableError>(())
/// ```
///
/// # Errors
///
/// [`TableError`] with the line and the column, when the table is not of that form.
pub fn read_acts(
    text: &str,
    is_wanted: impl Fn(&str) -> bool,
    resolve: impl Fn(&str) -> Option<Participant>,
) -> Result<ActsTable, TableError> {
    let mut reader = ActsReader::open(text)?;
    reader.settle_dates(None)?;
    let (columns, dates) = (reader.columns, reader.dates);
    let mut read = ActsTable::default();
    for row in reader.table.rows() {
        let row = row?;
        if !is_wanted(&row.text(columns.agreement)) {
            continue;
        }
        let row = columns.read(&row, &dates, &resolve)?;
        match row.unknown {
            Some(unknown) if unknown.is_code => {
                read.unknown.push(*unknown.error);
                continue;
            }
            unknown => read
                .unresolved
                .extend(unknown.map(|unknown| *unknown.error)),
        }
        match row.act {
            Act::Action(action) => read.acts.push((row.agreement, action)),
            Act::Statement(statement) => read.statements.push((row.agreement, statement)),
            Act::Sponsorship(sponsorship) => {
                read.sponsorships.push((row.agreement, sponsorship));
            }
            other => debug_assert!(false, "no row is such an act: {other:?}"),
        }
    }
    Ok(read)
}

/// What a row says was done.
enum Kind {
    Action(ActionKind),
    Statement(StatementKind),
    /// A sponsor of a draft, and whether it joined after the draft was issued.
    Sponsor {
        later: bool,
    },
}

/// The words for sponsors of a draft: from the beginning, and those who joined after it was issued.
const SPONSORS: [&str; 2] = ["sponsorship", "later-sponsorship"];

#[derive(Clone, Copy, Debug)]
struct Columns {
    agreement: Option<Column>,
    participant: Column,
    act: Column,
    date: Column,
    effective: Option<Column>,
    on_behalf_of: Option<Column>,
    towards: Option<Column>,
    source: Option<Column>,
    note: Option<Column>,
}

impl Columns {
    fn find(table: &SideTable<'_>) -> Result<Self, TableError> {
        let who = ["participant", "state", "code", "country", "name"];
        let agreement = ["agreement", "treaty", "treaty_id", "id"];
        Ok(Self {
            agreement: table.column("agreement", &agreement),
            participant: table.required("participant", &who, EXPECTED)?,
            act: table.required("act", &["act", "action", "kind", "mark"], EXPECTED)?,
            date: table.required("date", &["date", "deposited", "on"], EXPECTED)?,
            effective: table.column("effective", &["effective", "effective_from"]),
            on_behalf_of: table.column("on_behalf_of", &["on_behalf_of", "territory"]),
            towards: table.column("towards", &["towards"]),
            source: table.column("source", &["source"]),
            note: table.column("note", &["note", "notes"]),
        })
    }

    /// The places of the columns in a row.
    fn all(&self) -> Vec<usize> {
        let needed = [self.participant, self.act, self.date].map(Some);
        let others = [
            self.agreement,
            self.effective,
            self.on_behalf_of,
            self.towards,
            self.source,
            self.note,
        ];
        let columns = needed.into_iter().chain(others).flatten();
        columns.map(Column::at).collect()
    }

    fn read(
        &self,
        row: &SideRow<'_>,
        dates: &DateForm,
        resolve: &impl Fn(&str) -> Option<Participant>,
    ) -> Result<ActRow, TableError> {
        let mut names = Names {
            row,
            resolve,
            unknown: None,
        };
        let author = row.text(self.participant);
        let participant = names.participant(self.participant, &author)?;
        let others = row.text(self.on_behalf_of);
        let others = others
            .split(';')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let on_behalf_of = match self.on_behalf_of {
            Some(column) => others
                .map(|name| names.participant(column, name))
                .collect::<Result<_, _>>()?,
            None => Vec::new(),
        };
        let towards = match (self.towards, row.text(self.towards)) {
            (Some(column), name) if !name.is_empty() => Some(names.participant(column, &name)?),
            _ => None,
        };
        let unknown = names.unknown;
        let optional = |text: Cow<'_, str>| (!text.is_empty()).then(|| text.into_owned());
        let date = row.date_or_span(self.date, dates)?;
        let effective = row.date_or_span(self.effective, dates)?;
        let source = optional(row.text(self.source));
        let notes: Vec<String> = optional(row.text(self.note)).into_iter().collect();
        let act = match self.kind(row, towards.is_some())? {
            Kind::Action(kind) => {
                let mut action = TreatyAction::undated(participant, kind);
                let printed = optional(author).filter(|name| name != participant.as_str());
                action.printed = printed;
                (action.on_behalf_of, action.towards) = (on_behalf_of, towards);
                (action.date, action.effective) = (date, effective);
                (action.source, action.notes) = (source, notes);
                Act::Action(action)
            }
            Kind::Statement(kind) => {
                let help = "write the day, the month or the year; a reservation counts from a date";
                let date =
                    date.ok_or_else(|| row.error(self.date, "a statement without a date", help))?;
                let mut statement = Statement::new(participant, kind, date);
                (statement.on_behalf_of, statement.towards) = (on_behalf_of, towards);
                (statement.source, statement.notes) = (source, notes);
                statement.withdrawn = effective;
                Act::Statement(statement)
            }
            Kind::Sponsor { later } => {
                let is_more = !on_behalf_of.is_empty() || towards.is_some() || effective.is_some();
                if is_more {
                    let help = "leave `effective`, `on_behalf_of` and `towards` empty; what stands behind a sponsor is its `note`";
                    let reason = "a sponsor of a draft has nothing but a date, a source and a note";
                    return Err(row.error(self.act, reason, help));
                }
                let is_name = participant.kind() == ParticipantKind::Text;
                let name = match is_name {
                    true => participant.identifier().to_owned(),
                    false => author.into_owned(),
                };
                let sponsor = Sponsor {
                    participant: Some(participant).filter(|_| !is_name),
                    name,
                    note: notes.into_iter().next(),
                    later,
                };
                Act::Sponsorship(Sponsorship {
                    symbol: source.as_deref().map(Citation::new),
                    date,
                    sponsors: vec![sponsor],
                    ..Sponsorship::default()
                })
            }
        };
        Ok(ActRow {
            agreement: row.text(self.agreement).into_owned(),
            act,
            participant: row.place(self.participant),
            kind: row.place(self.act),
            date: row.place(self.date),
            effective: self.effective.map(|column| row.place(column)),
            unknown,
        })
    }

    /// The act of a row. An acceptance towards somebody is that of a reservation.
    fn kind(&self, row: &SideRow<'_>, is_towards: bool) -> Result<Kind, TableError> {
        let act = row.text(self.act);
        let word = act.to_ascii_lowercase().replace([' ', '_'], "-");
        let statement = || word.parse().ok().map(Kind::Statement);
        let action = || {
            let kind = word.parse().ok().or_else(|| ActionKind::from_mark(&act));
            kind.map(Kind::Action)
        };
        if let Some(at) = SPONSORS.iter().position(|sponsor| *sponsor == word) {
            return Ok(Kind::Sponsor { later: at == 1 });
        }
        let kind = match is_towards {
            true => statement().or_else(action),
            false => action().or_else(statement),
        };
        let help = "write a word such as `ratification` or `reservation`, or a letter of the depositary's tables";
        kind.ok_or_else(|| row.fault(self.act, "is not a treaty action", help))
    }
}

/// The participants of a row.
struct Names<'a, 't, F> {
    row: &'a SideRow<'t>,
    resolve: &'a F,
    unknown: Option<UnknownParticipant>,
}

impl<F: Fn(&str) -> Option<Participant>> Names<'_, '_, F> {
    /// Who a cell, or a part of it, means. A name that nothing resolves is kept as printed.
    fn participant(&mut self, column: Column, name: &str) -> Result<Participant, TableError> {
        let help = "write its code, such as `KOR`, a kind and an identifier, such as `org:river-bank`, or a full name";
        if name.is_empty() {
            return Err(self.row.error(column, "a participant is missing", help));
        }
        let kind = |who: Participant| who.kind();
        let parsed = name.parse::<Participant>();
        let written = parsed.as_ref().ok().copied();
        let is_told = |who: &Participant| {
            !matches!(kind(*who), ParticipantKind::Code | ParticipantKind::Text)
        };
        if let Some(who) = written.filter(is_told).or_else(|| (self.resolve)(name)) {
            return Ok(who);
        }
        let is_code = written.is_some_and(|who| kind(who) == ParticipantKind::Code);
        let who = match parsed {
            Ok(who) => who,
            // What begins like an identifier and is none is a slip, and no name.
            Err(ParticipantError::Malformed { .. } | ParticipantError::UnknownKind { .. }) => {
                Participant::from_printed(ParticipantKind::Text, name)
                    .map_err(|error| self.row.error(column, error.to_string(), help))?
            }
            Err(error) => return Err(self.row.error(column, error.to_string(), help)),
        };
        let shown = match kind(who) {
            ParticipantKind::Text => who.identifier(),
            _ => name,
        };
        let error = self
            .row
            .error(column, format!("unknown participant `{shown}`"), help);
        self.unknown.get_or_insert(UnknownParticipant {
            error: Box::new(error),
            is_code,
        });
        Ok(who)
    }
}

/// Hands over the actions, statements and sponsors of an agreement as rows with the columns [`ACT_COLUMNS`]. The `source` of a sponsor is
/// the draft.
///
/// Each row names its agreement by the record in its first source that has one, else by its first symbol, else by its title.
/// What the columns do not have (identifiers, provisions, which acts are unverified) is in the documents alone.
///
/// # Errors
///
/// What the writer says.
pub fn each_act_row(
    agreement: &Agreement,
    mut row: impl FnMut([&str; 9]) -> io::Result<()>,
) -> io::Result<()> {
    let name = name_of(agreement);
    let text = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let list = |all: &[Participant]| {
        let all: Vec<&str> = all.iter().map(|who| who.as_str()).collect();
        all.join(";")
    };
    let towards = |who: Option<Participant>| who.map_or("", Participant::as_str);
    for act in &agreement.acts {
        match act {
            Act::Action(act) => row([
                name,
                act.participant.as_str(),
                act.kind.as_str(),
                &text(act.date),
                &text(act.effective),
                &list(&act.on_behalf_of),
                towards(act.towards),
                act.source.as_deref().unwrap_or_default(),
                &act.notes.join("; "),
            ])?,
            Act::Statement(statement) => row([
                name,
                statement.author.as_str(),
                statement.kind.as_str(),
                &statement.date.to_string(),
                &text(statement.withdrawn),
                &list(&statement.on_behalf_of),
                towards(statement.towards),
                statement.source.as_deref().unwrap_or_default(),
                &statement.notes.join("; "),
            ])?,
            Act::Sponsorship(sponsorship) => {
                let draft = sponsorship.symbol.as_ref().map(Citation::as_str);
                let [first, later] = SPONSORS;
                for sponsor in &sponsorship.sponsors {
                    row([
                        name,
                        &sponsor_of(sponsor),
                        if sponsor.later { later } else { first },
                        &text(sponsorship.date),
                        "",
                        "",
                        "",
                        draft.unwrap_or_default(),
                        sponsor.note.as_deref().unwrap_or_default(),
                    ])?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// What a row calls a sponsor: a name that stands for nobody known is text.
fn sponsor_of(sponsor: &Sponsor) -> Cow<'_, str> {
    if let Some(who) = sponsor.participant {
        return Cow::Borrowed(who.as_str());
    }
    let text = Participant::from_printed(ParticipantKind::Text, &sponsor.name);
    text.map_or(Cow::Borrowed(&*sponsor.name), |who| {
        Cow::Owned(who.to_string())
    })
}

/// What rows call an agreement.
fn name_of(agreement: &Agreement) -> &str {
    let mut sources = agreement.sources.iter();
    let record = sources.find_map(|source| source.record.as_deref());
    let symbol = || agreement.symbols.first().map(|symbol| symbol.as_str());
    record.or_else(symbol).unwrap_or(&agreement.title)
}

/// Writes the actions, statements and sponsors of agreements as a table with the columns [`ACT_COLUMNS`].
///
/// ```
/// let csv = "agreement,participant,act,date,effective,on_behalf_of,towards,source,note\n\
///            1-1-x,DNK,extension,1954-05-02,,FRO,,,\n";
/// let table = plenary_tables::read_acts(csv, |_| true, |code| code.parse().ok())?;
/// let mut agreement = plenary_types::Agreement::default();
/// agreement.title = "1-1-x".to_owned();
/// agreement.acts = table.acts.into_iter().map(|(_, act)| plenary_types::Act::Action(act)).collect();
/// let mut written = Vec::new();
/// plenary_tables::write_acts([&agreement], &mut written)?;
/// assert_eq!(String::from_utf8(written)?, csv);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// What the writer says.
pub fn write_acts<'a>(
    agreements: impl IntoIterator<Item = &'a Agreement>,
    mut out: impl Write,
) -> io::Result<()> {
    let mut row = |cells: [&str; 9]| -> io::Result<()> {
        let cells = cells.map(quoted);
        writeln!(out, "{}", cells.join(","))
    };
    row(ACT_COLUMNS)?;
    for agreement in agreements {
        each_act_row(agreement, &mut row)?;
    }
    out.flush()
}

/// A cell, in quotes where it would be split otherwise.
fn quoted(cell: &str) -> Cow<'_, str> {
    match cell.contains([',', ';', '\t', '"', '\r', '\n']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")).into(),
        false => cell.into(),
    }
}

/// The participant of a code, where somebody has it.
#[must_use]
pub fn known_code(text: &str, is_known: impl Fn(StateCode) -> bool) -> Option<Participant> {
    let code: StateCode = text.parse().ok()?;
    is_known(code).then(|| code.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(text: &str) -> Option<Participant> {
        match text {
            "Czechoslovakia" => "CSK".parse().ok(),
            text => known_code(text, |code| {
                ["CSK", "DNK", "FRO"].contains(&&*code.to_string())
            }),
        }
    }

    fn read(csv: &str) -> Result<ActsTable, TableError> {
        read_acts(csv, |_| true, resolve)
    }

    #[test]
    fn a_code_of_nobody_is_kept_apart_and_a_name_of_nobody_stays_as_printed() {
        let csv = "participant,action,date\nCSK,ratification,1975-12-23\nQQJ,ratification,1976\nAtlantis,a,1977\n\
                   org:river-bank,c,1978\ntext:Orange River Colony,a,1907\n";
        let table = read(csv).unwrap();
        let who: Vec<_> = table
            .acts
            .iter()
            .map(|(_, act)| act.participant.as_str())
            .collect();
        assert_eq!(
            who,
            [
                "CSK",
                "text:Atlantis",
                "org:river-bank",
                "text:Orange River Colony"
            ]
        );
        assert_eq!(table.acts[1].1.printed.as_deref(), Some("Atlantis"));
        let told =
            |errors: &[TableError]| errors.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            told(&table.unknown),
            ["line 3, participant: unknown participant `QQJ`"]
        );
        assert_eq!(
            told(&table.unresolved),
            [
                "line 4, participant: unknown participant `Atlantis`",
                "line 6, participant: unknown participant `Orange River Colony`"
            ]
        );
    }

    #[test]
    fn a_row_says_for_whom_towards_whom_and_by_which_source() {
        let csv = "agreement;participant;act;date;effective;on behalf of;towards;source;note\n\
                   x;Czechoslovakia;extension;1954-05-02;;\"FRO; territory:heligoland\";;a list;two of them\n\
                   x;DNK;reservation;1955;;;;;on Art. 3\nx;CSK;objection;1956;;;DNK;;\nx;CSK;acceptance;1957;;;DNK;;\n";
        let table = read(csv).unwrap();
        let [(agreement, act)] = &*table.acts else {
            panic!("{table:?}")
        };
        assert_eq!((agreement.as_str(), act.kind), ("x", ActionKind::Extension));
        assert_eq!(act.printed.as_deref(), Some("Czechoslovakia"));
        let territories: Vec<_> = act.on_behalf_of.iter().map(|who| who.as_str()).collect();
        assert_eq!(territories, ["FRO", "territory:heligoland"]);
        assert_eq!(
            (act.source.as_deref(), &*act.notes),
            (Some("a list"), &["two of them".to_owned()][..])
        );
        let statements = table
            .statements
            .iter()
            .map(|(_, statement)| (statement.kind, statement.towards));
        let dnk = "DNK".parse().ok();
        assert_eq!(
            statements.collect::<Vec<_>>(),
            [
                (StatementKind::Reservation, None),
                (StatementKind::Objection, dnk),
                (StatementKind::Acceptance, dnk)
            ]
        );
    }

    #[test]
    fn a_span_and_a_timestamp_of_midnight_are_dates_and_another_hour_is_refused() {
        let read = |date: &str| {
            read(&format!(
                "participant,action,date,effective\nCSK,a,{date},{date}\n"
            ))
        };
        for date in ["2001-03-12 00:00:00", "2001-03-12T00:00:00Z", "2001-03-12"] {
            let (_, act) = read(date).unwrap().acts.remove(0);
            let day = "2001-03-12".parse().ok();
            assert_eq!((act.date, act.effective), (day, day), "{date}");
        }
        for date in ["2010-05-26/2010-07-06", "/1907", "1907"] {
            let (_, act) = read(date).unwrap().acts.remove(0);
            assert_eq!(act.date, date.parse().ok());
        }
        for date in ["2001-03-12 12:30:00", "2012/2010", "/"] {
            let refused = read(date).unwrap_err().to_string();
            assert!(
                refused.starts_with(&format!("line 2, date: `{date}`")),
                "{refused}"
            );
        }
    }

    #[test]
    fn sponsors_of_a_draft_are_rows_and_are_read_again() {
        let csv = "agreement,participant,act,date,effective,on_behalf_of,towards,source,note\n\
                   A/RES/73/195,DNK,sponsorship,2018-12-01,,,,A/73/L.66,on behalf of the Nordic States\n\
                   A/RES/73/195,CSK,later-sponsorship,2018-12-01,,,,A/73/L.66,\n\
                   A/RES/73/195,text:The Secretary-General,sponsorship,,,,,,\n";
        let table = read(csv).unwrap();
        assert_eq!((table.acts.len(), table.statements.len()), (0, 0));
        let mut acts: Vec<Act> = Vec::new();
        for (_, sponsorship) in table.sponsorships {
            match acts.last_mut() {
                Some(Act::Sponsorship(last)) if last.has_same_draft(&sponsorship) => {
                    last.sponsors.extend(sponsorship.sponsors);
                }
                _ => acts.push(Act::Sponsorship(sponsorship)),
            }
        }
        let [Act::Sponsorship(draft), Act::Sponsorship(other)] = &*acts else {
            panic!("{acts:?}");
        };
        let sponsors = draft
            .sponsors
            .iter()
            .map(|sponsor| (&*sponsor.name, sponsor.later));
        assert_eq!(
            sponsors.collect::<Vec<_>>(),
            [("DNK", false), ("CSK", true)]
        );
        assert_eq!(
            draft.symbol.as_ref().map(Citation::as_str),
            Some("A/73/L.66")
        );
        let secretary = &other.sponsors[0];
        assert_eq!(
            (secretary.participant, &*secretary.name),
            (None, "The Secretary-General")
        );
        let agreement = Agreement {
            symbols: vec![Citation::new("A/RES/73/195")],
            acts,
            ..Agreement::default()
        };
        let mut written = Vec::new();
        write_acts([&agreement], &mut written).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), csv);
        let more = "participant,act,date,towards\nDNK,sponsorship,2018,CSK\n";
        let refused = read(more).unwrap_err().to_string();
        assert!(
            refused.starts_with("line 2, act: a sponsor of a draft"),
            "{refused}"
        );
    }

    #[test]
    fn errors_name_line_and_column() {
        let read = |csv: &str| read(csv).unwrap_err().to_string();
        assert!(read("a,b\n").contains("no column `participant`"));
        assert!(read("participant,action,date\nCSK,dance,1975\n").contains("line 2, act: `dance`"));
        assert!(read("participant,action,date\nCSK,a,soon\n").contains("line 2, date: `soon`"));
        assert!(
            read("participant,action,date\nCSK,objection,\n").contains("line 2, date: a statement")
        );
        assert!(read("participant,action,date\n,a,1975\n").contains("a participant is missing"));
        let long = format!("participant,action,date\n{},a,1975\n", "x".repeat(300));
        assert!(read(&long).contains("too long"));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let csv = "agreement,participant,act,date,effective,on_behalf_of,towards,source,note\n\
                   x,CSK,ratification,1975-12/1976,1977,,,\"a, b; c\",\"says \"\"yes\"\"\"\n\
                   x,text:Orange River Colony,accession,,,,,,\nx,DNK,extension,1954,,FRO,,,\n\
                   x,DNK,objection,1956,,,CSK,,\n";
        let table = read(csv).unwrap();
        let actions = table.acts.into_iter().map(|(_, act)| Act::Action(act));
        let statements = table
            .statements
            .into_iter()
            .map(|(_, statement)| Act::Statement(statement));
        let agreement = Agreement {
            title: "x".to_owned(),
            acts: actions.chain(statements).collect(),
            ..Agreement::default()
        };
        let mut written = Vec::new();
        write_acts([&agreement], &mut written).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), csv);
    }
}

//! The tables of a reference: rosters, sessions, groups, weights and participants.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_decisions::{Table, nearest};
use plenary_states::{Entity, Groups, entities, entity};
use plenary_tables::{Column, DateForm, SideRow, SideTable, TableError};
use plenary_types::{Date, Participant, ParticipantKind, Span, StateCode};

use super::fault::{ReferenceFault, meant};
use super::files::Source;
use crate::rows::{
    Beginning, BodySession, Doubt, GroupName, Person, RosterRow, SchemeRow, Status, WeightRow,
    overlap,
};
use crate::scheme::People;

/// No table of a reference has more rows.
const MOST_ROWS: usize = 200_000;

/// Reads a table row by row: what is wrong with a row does not keep the others from being read.
fn read_rows<C, R>(
    source: &Source,
    columns: impl FnOnce(&SideTable<'_>) -> Result<C, TableError>,
    known: &[&str],
    row: impl Fn(&SideRow<'_>, &C) -> Result<R, TableError>,
) -> (Vec<R>, Vec<ReferenceFault>) {
    let fault = |error| ReferenceFault::of_table(&source.path, error);
    let mut table = match SideTable::open(source.text.as_bytes()) {
        Ok(table) => table,
        Err(error) => return (Vec::new(), vec![fault(error)]),
    };
    let mut faults: Vec<_> = misspelt(&table, known, source).collect();
    let columns = match columns(&table) {
        Ok(columns) => columns,
        Err(error) => {
            faults.push(fault(error));
            return (Vec::new(), faults);
        }
    };
    let mut rows = Vec::new();
    for read in table.rows() {
        if rows.len() >= MOST_ROWS {
            let error = TableError::new(
                format!("more than {MOST_ROWS} rows"),
                "leave out what is not needed",
            );
            faults.push(fault(error));
            break;
        }
        match read.and_then(|read| row(&read, &columns)) {
            Ok(read) => rows.push(read),
            Err(error) => faults.push(fault(error)),
        }
    }
    (rows, faults)
}

/// Headings that look like a misspelt column.
fn misspelt<'s>(
    table: &'s SideTable<'_>,
    known: &'s [&str],
    source: &'s Source,
) -> impl Iterator<Item = ReferenceFault> + 's {
    let headings = table.headings().iter();
    let unknown = headings.filter(|heading| {
        !known
            .iter()
            .any(|name| plenary_tables::same_name(heading, name))
    });
    unknown.filter_map(|heading| {
        let meant = nearest(heading, known.iter().copied()).filter(|_| heading.len() > 3)?;
        let reason = format!("unknown column `{heading}`; did you mean `{meant}`?");
        let help = format!("call it `{meant}`, or another name if it is a column of your own");
        Some(ReferenceFault::new(&*source.path, Some(1), reason, help))
    })
}

/// Texts that many rows have in common, each kept once.
#[derive(Default)]
struct Shared(RefCell<BTreeSet<Arc<str>>>);

impl Shared {
    fn get(&self, text: &str) -> Arc<str> {
        let mut known = self.0.borrow_mut();
        if let Some(known) = known.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        known.insert(Arc::clone(&new));
        new
    }
}

/// The half-open days of a row, of which the ends may be known by the month, the year or a span: the days that are certain.
fn certain_span(
    row: &SideRow<'_>,
    from: Option<Column>,
    to: Option<Column>,
) -> Result<(Option<Date>, Option<Date>, Span), TableError> {
    let dates = DateForm::default();
    let (since, until) = (
        row.date_or_span(from, &dates)?,
        row.date_or_span(to, &dates)?,
    );
    let open = |column: Option<Column>, date: Date| {
        let help = "write a day, a month, a year, or a span with both ends, such as `1971/1976`";
        match column {
            Some(column) => row.fault(column, "has no end", help),
            None => TableError::new(format!("`{date}` has no end"), help),
        }
    };
    let first = match since {
        None => NaiveDate::MIN,
        Some(date) => match (date.as_day(), date.first(), date.last()) {
            (Some(day), ..) => day,
            (None, Some(_), Some(last)) => last.succ_opt().unwrap_or(last),
            _ => return Err(open(from, date)),
        },
    };
    let end = match until {
        None => None,
        Some(date) => match (date.first(), date.last()) {
            (Some(first), Some(_)) => Some(first),
            _ => return Err(open(to, date)),
        },
    };
    let earliest = since.map_or(NaiveDate::MIN, Date::earliest);
    match (to, until.filter(|until| until.latest() <= earliest)) {
        (Some(column), Some(until)) => Err(reversed(row, column, &until, &earliest)),
        _ => Ok((
            since,
            until,
            Span {
                from: first,
                to: end,
            },
        )),
    }
}

/// That the days of a row end before they begin.
fn reversed(
    row: &SideRow<'_>,
    to: Column,
    end: &dyn std::fmt::Display,
    from: &dyn std::fmt::Display,
) -> TableError {
    let reason = format!("the days end on {end}, and begin on {from}");
    let help = "`to` is the first day that does not count any more: correct one of the days";
    row.error(to, reason, help)
}

/// The half-open days of a row.
fn span(
    row: &SideRow<'_>,
    from: Option<Column>,
    to: Option<Column>,
) -> Result<(Option<NaiveDate>, Span), TableError> {
    let since = row.day(from)?;
    let span = Span {
        from: since.unwrap_or(NaiveDate::MIN),
        to: row.day(to)?,
    };
    match (to, span.to.filter(|end| *end <= span.from)) {
        (Some(column), Some(end)) => Err(reversed(row, column, &end, &span.from)),
        _ => Ok((since, span)),
    }
}

/// A participant by its code, its identifier, or its name as of a day.
fn participant(
    row: &SideRow<'_>,
    column: Column,
    since: Option<NaiveDate>,
) -> Result<Participant, TableError> {
    let text = row.text(column);
    let is_identifier = text
        .split_once(':')
        .is_some_and(|(kind, _)| kind.bytes().all(|byte| byte.is_ascii_lowercase()));
    if is_identifier {
        return text
            .parse()
            .map_err(|error: plenary_types::ParticipantError| {
                row.error(
                    column,
                    error.to_string(),
                    "write a code, or an identifier such as `org:river-bank`",
                )
            });
    }
    if let Ok(code) = text.parse::<StateCode>() {
        return Ok(code.into());
    }
    Groups::participant(&text, since).map_err(|hint| {
        let reason = format!("is not one participant{hint}");
        let help = "write its code, such as `KOR`, or an identifier with its kind, such as `org:river-bank`";
        row.fault(column, &reason, help)
    })
}

const DATED: &str = "`member`, and perhaps `from`, `to` and `basis`";

struct RosterColumns {
    member: Column,
    from: Option<Column>,
    to: Option<Column>,
    status: Option<Column>,
    seat: Option<Column>,
    unverified: Option<Column>,
    begins: Option<Column>,
    order: Option<Column>,
    basis: Option<Column>,
}

const ROSTER: [&str; 9] = [
    "member",
    "from",
    "to",
    "status",
    "seat",
    "unverified",
    "begins",
    "order",
    "basis",
];

impl RosterColumns {
    fn of(table: &SideTable<'_>) -> Result<Self, TableError> {
        let column = |name| table.column(name, &[name]);
        Ok(Self {
            member: table.required("member", &["member"], DATED)?,
            from: column("from"),
            to: column("to"),
            status: column("status"),
            seat: column("seat"),
            unverified: column("unverified"),
            begins: column("begins"),
            order: column("order"),
            basis: column("basis"),
        })
    }

    fn row(
        &self,
        row: &SideRow<'_>,
        words: &[String],
        seats: &Shared,
    ) -> Result<(RosterRow, u64), TableError> {
        let (since, span) = span(row, self.from, self.to)?;
        let status = status(row, self.status, words)?;
        let text = row.text(self.member);
        let who = match status == Status::Vacant {
            true if text.is_empty() || text == "-" => None,
            true => {
                let help = "leave the member empty, and name the seat";
                return Err(row.fault(self.member, "cannot hold a vacant seat", help));
            }
            false => Some(participant(row, self.member, since)?),
        };
        let seat = row.text(self.seat);
        let seat = (!seat.is_empty()).then(|| seats.get(&seat));
        let read = RosterRow {
            who,
            span,
            status,
            seat,
            doubt: word(row, self.unverified, &DOUBTS)?.unwrap_or_default(),
            begins: word(row, self.begins, &BEGINNINGS)?,
            order: order(row, self.order)?,
            basis: row.text(self.basis).into(),
        };
        Ok((read, row.line()))
    }
}

const DOUBTS: [(&str, Doubt); 4] = [
    ("from", Doubt::From),
    ("to", Doubt::To),
    ("both", Doubt::Both),
    ("member", Doubt::Member),
];

const BEGINNINGS: [(&str, Beginning); 4] = [
    ("original", Beginning::Original),
    ("admitted", Beginning::Admitted),
    ("continued", Beginning::Continued),
    ("resumed", Beginning::Resumed),
];

/// The value of one of a few words; none of an empty cell.
fn word<T: Copy>(
    row: &SideRow<'_>,
    column: Option<Column>,
    words: &[(&str, T)],
) -> Result<Option<T>, TableError> {
    let text = row.text(column);
    let (Some(column), false) = (column, text.is_empty()) else {
        return Ok(None);
    };
    let found = words.iter().find(|(word, _)| *word == text);
    let Some((_, value)) = found else {
        let known: Vec<_> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let reason = format!("is unknown (expected {}, or nothing)", known.join(", "));
        return Err(row.fault(column, &reason, "correct the word"));
    };
    Ok(Some(*value))
}

fn order(row: &SideRow<'_>, column: Option<Column>) -> Result<u32, TableError> {
    let text = row.text(column);
    match (column, text.parse()) {
        (Some(column), Err(_)) if !text.is_empty() => Err(row.fault(
            column,
            "is not a number",
            "write its place among those of the day, from 1",
        )),
        (_, number) => Ok(number.unwrap_or(0)),
    }
}

const STATUSES: [Status; 7] = [
    Status::Member,
    Status::Permanent,
    Status::Elected,
    Status::Suspended,
    Status::Observer,
    Status::Associate,
    Status::Vacant,
];

fn status(
    row: &SideRow<'_>,
    column: Option<Column>,
    words: &[String],
) -> Result<Status, TableError> {
    let text = row.text(column);
    let (Some(column), false) = (column, text.is_empty()) else {
        return Ok(Status::Member);
    };
    if let Some(known) = STATUSES.iter().find(|status| status.as_str() == text) {
        return Ok(known.clone());
    }
    if words.iter().any(|word| *word == text) {
        return Ok(Status::Named(text.into()));
    }
    let known = STATUSES.iter().map(Status::as_str);
    let meant = meant(&text, known.chain(words.iter().map(String::as_str)));
    let reason = format!("is an unknown status{meant}");
    let help = "use `member`, `permanent`, `elected`, `suspended`, `observer`, `associate` or `vacant`, or let a group of the body name it";
    Err(row.fault(column, &reason, help))
}

/// What the rows of a roster are compared with, beside each other.
pub(crate) struct Sitting<'p> {
    /// The days in which the body exists.
    pub(crate) span: Span,
    /// Whether its members are states, organisations and territories, which have codes that are known.
    pub(crate) of_states: bool,
    /// The participants of the reference.
    pub(crate) people: &'p People,
    /// The layer that says when the body exists: the rows of a layer below are not its own.
    pub(crate) layer: usize,
}

/// Reads the roster of a body: what is wrong with it, and what its author should know.
pub(crate) fn read_roster(
    sources: &[Arc<Source>],
    words: &[String],
    sitting: Option<&Sitting<'_>>,
) -> (Vec<RosterRow>, Vec<ReferenceFault>, Vec<ReferenceFault>) {
    let (mut rows, mut faults, mut warnings) = (Vec::new(), Vec::new(), Vec::new());
    let mut places = Vec::new();
    let seats = Shared::default();
    for source in sources {
        let row = |row: &SideRow<'_>, columns: &RosterColumns| columns.row(row, words, &seats);
        let (read, wrong) = read_rows(source, RosterColumns::of, &ROSTER, row);
        faults.extend(wrong);
        for (row, line) in read {
            rows.push(row);
            places.push((Arc::clone(&source.path), line, source.layer));
        }
    }
    let at = |place: usize, reason: String, help: &str| {
        let place = places.get(place);
        debug_assert!(place.is_some(), "every row has a place");
        let (path, line) = place.map_or(("", None), |(path, line, _)| (&**path, Some(*line)));
        ReferenceFault::new(path, line, reason, help)
    };
    let members = || {
        let rows = rows.iter().enumerate();
        rows.filter(|(_, row): &(usize, &RosterRow)| row.status.is_membership())
    };
    let by_member = members().filter_map(|(at, row)| Some((row.who?, row.span, at)));
    for (place, day) in overlap(by_member) {
        let who = rows.get(place).and_then(|row| row.who);
        let who = who.map_or("", Participant::as_str);
        let reason = format!("{who} is a member twice on {}", day_or_always(day));
        faults.push(at(place, reason, "let one span end where the next begins"));
    }
    let by_seat = members().filter_map(|(at, row)| Some((row.seat.as_deref()?, row.span, at)));
    for (place, day) in overlap(by_seat) {
        let seat = rows
            .get(place)
            .and_then(|row| row.seat.as_deref())
            .unwrap_or("");
        let reason = format!("two hold the seat `{seat}` on {}", day_or_always(day));
        faults.push(at(
            place,
            reason,
            "let one term end where the next begins, or give each a seat of its own",
        ));
    }
    let mut others = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        if let (Status::Suspended, Some(who)) = (&row.status, row.who) {
            match suspended_without_seat(who, row.span, &rows) {
                Some((reason, true)) => {
                    faults.push(at(place, reason, "suspend it only while it is a member"));
                }
                Some((reason, false)) => {
                    warnings.push(at(
                        place,
                        reason,
                        "let the suspension end with the membership",
                    ));
                }
                None => {}
            }
        }
        let Some(sitting) = sitting else { continue };
        let code = row.who.and_then(Participant::code);
        let is_nobody = |code: &StateCode| sitting.of_states && is_nobody(*code, sitting.people);
        if let Some(code) = code.filter(is_nobody) {
            let (reason, help) = nobody(code, row.span.from);
            faults.push(ReferenceFault {
                field: Some("member".to_owned()),
                ..at(place, reason, help)
            });
        }
        let is_own = places
            .get(place)
            .is_some_and(|(.., layer)| *layer >= sitting.layer);
        if let Some((field, reason)) = outside(row, sitting.span).filter(|_| is_own) {
            others.push((place, field, reason));
        }
    }
    if let Some((more, (place, field, reason))) = others.len().checked_sub(1).zip(others.first()) {
        let more = match more {
            0 => String::new(),
            1 => ", and 1 other row is such".to_owned(),
            more => format!(", and {more} other rows are such"),
        };
        let help = "correct the days of the row, or those of the body: no question has an answer on days on which it does not exist";
        warnings.push(ReferenceFault {
            field: Some((*field).to_owned()),
            ..at(*place, format!("{reason}{more}"), help)
        });
    }
    (rows, faults, warnings)
}

pub(crate) fn day_or_always(day: NaiveDate) -> String {
    match day == NaiveDate::MIN {
        true => "every day".to_owned(),
        false => day.to_string(),
    }
}

/// Days on which somebody sits in a body that does not exist then: the column, and what is wrong. An open day is that of the body.
fn outside(row: &RosterRow, body: Span) -> Option<(&'static str, String)> {
    let who = row.who.map_or("the vacant seat", Participant::as_str);
    let (from, to) = (row.span.from, row.span.to);
    let has_begun = from > NaiveDate::MIN;
    if has_begun && from < body.from {
        let reason = format!(
            "{who} sits here from {from}, but the body exists since {}",
            body.from
        );
        return Some(("from", reason));
    }
    let end = body.to?;
    if has_begun && from >= end {
        let reason =
            format!("{who} sits here from {from}, but the body existed until before {end}");
        return Some(("from", reason));
    }
    let to = to.filter(|to| *to > end)?;
    let reason =
        format!("{who} sits here until before {to}, but the body existed until before {end}");
    Some(("to", reason))
}

/// Whether nobody has a code, in the tables of states or among the participants of the reference.
pub(crate) fn is_nobody(code: StateCode, people: &People) -> bool {
    is_unknown(code) && people.of(code.into()).is_empty()
}

/// That nobody has a code: the reason with the code that may be meant, one that existed on the day before others, and what to do.
pub(crate) fn nobody(code: StateCode, on: NaiveDate) -> (String, &'static str) {
    let all = || entities().map(Entity::code).map(|code| code.to_string());
    let then = entities().filter(|entity| entity.exists_on(on));
    let then: Vec<_> = then.map(|entity| entity.code().to_string()).collect();
    let nearest_of = |codes: &[String]| {
        let codes = codes.iter().map(String::as_str);
        nearest(&code.to_string(), codes).map(str::to_owned)
    };
    let nearest = nearest_of(&then).or_else(|| nearest_of(&all().collect::<Vec<_>>()));
    let meant = nearest.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
    let help = "correct the code, or say in `participants/NAME.csv` whose it is; codes of one's own are QMA to QZZ, and identifiers \
                such as `org:river-bank`";
    (format!("no participant has the code `{code}`{meant}"), help)
}

/// Whether a code belongs to nobody, and is not of a range for codes of one's own.
fn is_unknown(code: StateCode) -> bool {
    let letters = code.to_bytes();
    let own = matches!(
        letters,
        [b'Q', b'M'..=b'Z', _] | [b'X', ..] | [b'A', b'A', b'A'] | [b'Z', b'Z', _]
    );
    !own && entity(code).is_none()
}

/// What is wrong with a suspension that does not lie over days of membership, and whether that is an error: one that only outlasts
/// the membership is none.
fn suspended_without_seat(
    who: Participant,
    span: Span,
    rows: &[RosterRow],
) -> Option<(String, bool)> {
    let own = rows
        .iter()
        .filter(|row| row.who == Some(who) && row.status.is_membership());
    let mut own: Vec<_> = own
        .map(|row| row.span)
        .filter(|own| own.overlaps(span))
        .collect();
    own.sort_by_key(|own| own.from);
    let Some(first) = own.first() else {
        let reason = format!("{who} is suspended{}, and no member then", since(span.from));
        return Some((reason, true));
    };
    if first.from > span.from {
        let reason = format!(
            "{who} is suspended{}, but a member only from {}",
            since(span.from),
            first.from
        );
        return Some((reason, true));
    }
    let mut until = first.to;
    for next in own.iter().skip(1) {
        if until.is_some_and(|until| next.from <= until) {
            until = next.to;
        }
    }
    let ends = until?;
    span.to.is_none_or(|to| ends < to).then(|| {
        let to = span
            .to
            .map_or_else(|| "for good".to_owned(), |to| format!("until {to}"));
        (
            format!("{who} is suspended {to}, but a member only until {ends}"),
            false,
        )
    })
}

fn since(day: NaiveDate) -> String {
    match day == NaiveDate::MIN {
        true => String::new(),
        false => format!(" from {day}"),
    }
}

/// Reads the sessions of a body.
pub(crate) fn read_sessions(source: &Source) -> (Vec<BodySession>, Vec<ReferenceFault>) {
    const COLUMNS: [&str; 6] = [
        "session",
        "opened",
        "closed",
        "unverified",
        "subject",
        "source",
    ];
    const DOUBTS: [(&str, (bool, bool)); 3] = [
        ("opened", (true, false)),
        ("closed", (false, true)),
        ("both", (true, true)),
    ];
    type Columns = (Column, Column, [Option<Column>; 4]);
    let columns = |table: &SideTable<'_>| -> Result<Columns, TableError> {
        let expected =
            "`session` and `opened`, and perhaps `closed`, `unverified`, `subject` and `source`";
        Ok((
            table.required("session", &["session"], expected)?,
            table.required("opened", &["opened"], expected)?,
            ["closed", "unverified", "subject", "source"].map(|name| table.column(name, &[name])),
        ))
    };
    let row = |row: &SideRow<'_>, (session, opened, others): &Columns| {
        let [closed, unverified, subject, cited] = *others;
        let name = row.text(*session);
        if name.is_empty() {
            return Err(row.error(
                *session,
                "the session has no name",
                "write its number or its name",
            ));
        }
        let Some(first) = row.day(*opened)? else {
            let help = "write the day on which it opened, such as `1975-09-16`";
            return Err(row.error(*opened, "the session has no first day", help));
        };
        let last = row.day(closed)?;
        if let (Some(column), Some(last)) = (closed, last.filter(|last| *last < first)) {
            let reason = format!("it closed on {last}, before it opened on {first}");
            return Err(row.error(column, reason, "exchange the days, or correct one"));
        }
        let (opened, closed) = word(row, unverified, &DOUBTS)?.unwrap_or_default();
        Ok(BodySession {
            session: name.into(),
            opened: first,
            closed: last,
            opened_is_unverified: opened,
            closed_is_unverified: closed,
            subject: row.text(subject).into(),
            source: row.text(cited).into(),
        })
    };
    let (rows, mut faults) = read_rows(source, columns, &COLUMNS, row);
    let mut names: Vec<_> = rows.iter().map(|session| &session.session).collect();
    names.sort_unstable();
    for pair in names.windows(2) {
        if let [one, other] = pair
            && one == other
        {
            let reason = format!("the session `{one}` stands twice");
            faults.push(ReferenceFault::new(
                &*source.path,
                None,
                reason,
                "keep one of the rows",
            ));
        }
    }
    (rows, faults)
}

/// Reads weights.
pub(crate) fn read_weights(source: &Source) -> (Vec<WeightRow>, Vec<ReferenceFault>) {
    const COLUMNS: [&str; 6] = ["member", "weight", "from", "to", "unverified", "basis"];
    type Columns = (Column, Column, [Option<Column>; 4]);
    let columns = |table: &SideTable<'_>| -> Result<Columns, TableError> {
        let expected = "`member` and `weight`, and perhaps `from`, `to`, `unverified` and `basis`";
        Ok((
            table.required("member", &["member"], expected)?,
            table.required("weight", &["weight"], expected)?,
            ["from", "to", "unverified", "basis"].map(|name| table.column(name, &[name])),
        ))
    };
    let bases = Shared::default();
    let row = |row: &SideRow<'_>, (member, weight, others): &Columns| {
        let (since, span) = span(row, others[0], others[1])?;
        let who = participant(row, *member, since)?;
        let text = row.text(*weight);
        if Table::parse([(who, &*text)]).is_err() {
            let help = "write digits with at most twelve decimals, such as `9.5`";
            return Err(row.fault(*weight, "is not a weight", help));
        }
        Ok(WeightRow {
            who,
            weight: text.into(),
            span,
            unverified: word(row, others[2], &[("weight", true)])?.unwrap_or(false),
            basis: bases.get(&row.text(others[3])),
            line: row.line(),
        })
    };
    let (rows, mut faults) = read_rows(source, columns, &COLUMNS, row);
    let spans = rows.iter().enumerate();
    let spans = spans.map(|(at, row): (usize, &WeightRow)| (row.who, row.span, at));
    let twice = overlap(spans).into_iter().filter_map(|(place, day)| {
        let row = rows.get(place)?;
        let reason = format!("{} has two weights on {}", row.who, day_or_always(day));
        Some(twice_a_day(source, row.line, reason))
    });
    faults.extend(twice);
    (rows, faults)
}

/// That a row holds on a day on which another one does; line 0 is that of no file.
pub(crate) fn twice_a_day(source: &Source, line: u64, reason: String) -> ReferenceFault {
    let line = Some(line).filter(|line| *line > 0);
    let help = "let one span end where the next begins";
    ReferenceFault::new(&*source.path, line, reason, help)
}

/// Reads a scheme of groups.
pub(crate) fn read_scheme(source: &Source) -> (Vec<SchemeRow>, Vec<ReferenceFault>) {
    const COLUMNS: [&str; 6] = ["group", "member", "from", "to", "unverified", "basis"];
    type Columns = (Column, Column, [Option<Column>; 4]);
    let columns = |table: &SideTable<'_>| -> Result<Columns, TableError> {
        let expected = "`group` and `member`, and perhaps `from`, `to`, `unverified` and `basis`";
        Ok((
            table.required("group", &["group"], expected)?,
            table.required("member", &["member"], expected)?,
            ["from", "to", "unverified", "basis"].map(|name| table.column(name, &[name])),
        ))
    };
    let names = Shared::default();
    let row = |row: &SideRow<'_>, (group, member, others): &Columns| {
        let name = row.text(*group);
        if name.is_empty() {
            return Err(row.error(
                *group,
                "the group has no name",
                "write the name of the group",
            ));
        }
        let [from, to, unverified, basis] = *others;
        let (from, to, span) = certain_span(row, from, to)?;
        Ok(SchemeRow {
            group: names.get(&name),
            who: participant(row, *member, from.map(Date::latest))?,
            span,
            from,
            to,
            doubt: word(row, unverified, &DOUBTS)?.unwrap_or_default(),
            basis: row.text(basis).into(),
            line: row.line(),
        })
    };
    read_rows(source, columns, &COLUMNS, row)
}

/// Reads what the groups of a scheme are called.
pub(crate) fn read_group_names(source: &Source) -> (Vec<GroupName>, Vec<ReferenceFault>) {
    type Columns = (Column, Column, [Option<Column>; 2]);
    let columns = |table: &SideTable<'_>| -> Result<Columns, TableError> {
        let expected = "`group` and `name`, and perhaps `from` and `to`";
        Ok((
            table.required("group", &["group"], expected)?,
            table.required("name", &["name"], expected)?,
            ["from", "to"].map(|name| table.column(name, &[name])),
        ))
    };
    let row = |row: &SideRow<'_>, (group, name, days): &Columns| {
        for column in [group, name] {
            if row.text(*column).is_empty() {
                let help = "write the identifier of a group and one of its names";
                return Err(row.error(*column, "nothing stands here", help));
            }
        }
        let (_, span) = span(row, days[0], days[1])?;
        Ok(GroupName {
            group: row.text(*group).into(),
            name: row.text(*name).into(),
            span,
            line: row.line(),
        })
    };
    read_rows(source, columns, &["group", "name", "from", "to"], row)
}

const KINDS: [(&str, ParticipantKind); 8] = [
    ("state", ParticipantKind::State),
    ("organisation", ParticipantKind::Organisation),
    ("org", ParticipantKind::Organisation),
    ("territory", ParticipantKind::Territory),
    ("person", ParticipantKind::Person),
    ("party", ParticipantKind::Party),
    ("unit", ParticipantKind::Unit),
    ("text", ParticipantKind::Text),
];

/// Reads what participants without a code are called.
pub(crate) fn read_people(source: &Source) -> (Vec<Person>, Vec<ReferenceFault>) {
    const COLUMNS: [&str; 7] = ["id", "kind", "name", "from", "to", "of", "basis"];
    struct Columns {
        id: Column,
        kind: Option<Column>,
        name: Column,
        days: [Option<Column>; 2],
        of: Option<Column>,
        basis: Option<Column>,
        headings: Vec<String>,
    }
    let columns = |table: &SideTable<'_>| -> Result<Columns, TableError> {
        let expected =
            "`id` and `name`, and perhaps `kind`, `from`, `to`, `of`, `basis` and columns of codes";
        Ok(Columns {
            id: table.required("id", &["id"], expected)?,
            kind: table.column("kind", &["kind"]),
            name: table.required("name", &["name"], expected)?,
            days: ["from", "to"].map(|name| table.column(name, &[name])),
            of: table.column("of", &["of"]),
            basis: table.column("basis", &["basis"]),
            headings: table.headings().to_vec(),
        })
    };
    let row = |row: &SideRow<'_>, columns: &Columns| {
        let (_, span) = span(row, columns.days[0], columns.days[1])?;
        let who = participant(row, columns.id, None)?;
        let kind = word(row, columns.kind, &KINDS)?;
        if let (Some(column), Some(kind)) = (columns.kind, kind)
            && who.kind() != ParticipantKind::Code
            && who.kind() != kind
        {
            let reason = format!("is not the kind of `{who}`");
            return Err(row.fault(
                column,
                &reason,
                "let the column and the identifier say the same",
            ));
        }
        let of = columns.of.filter(|of| !row.text(*of).is_empty());
        let headings = columns.headings.iter().enumerate();
        let codes = headings.filter(|(_, heading)| {
            !COLUMNS
                .iter()
                .any(|name| plenary_tables::same_name(heading, name))
        });
        let codes =
            codes.map(|(at, heading)| (Box::from(heading.as_str()), Box::from(&*row.cell(at))));
        Ok(Person {
            who,
            kind,
            name: row.text(columns.name).into(),
            span,
            of: of.map(|of| participant(row, of, None)).transpose()?,
            codes: codes
                .filter(|(_, code): &(Box<str>, Box<str>)| !code.is_empty())
                .collect(),
            basis: row.text(columns.basis).into(),
        })
    };
    read_rows(source, columns, &[], row)
}

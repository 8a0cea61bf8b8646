//! The votes of a long file of ballots, made into records one at a time.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use chrono::NaiveDate;
use plenary_tables::DateForm;
use plenary_types::{
    Act, Agreement, Ballots, Choice, Date, Field, Finding, Locus, Origin, Place, Severity,
};
use rustc_hash::FxHashMap;

use super::ballot_lines::BallotLines;
use super::choices::whole;
use super::dates;
use super::group::{Differing, Group, Sloppy, Unread};
use super::header::Header;
use super::layout::{Layout, Role};
use super::refused::{BadRow, Why};
use super::row::{self, Fault};
use super::scan::Scan;
use super::voters::{Days, Identities, Period, Voters};
use crate::check::ReaderCheck;
use crate::error::{ImportError, Rejected};
use crate::fields::{FIELDS, Fields};
use crate::names::{self, Identified, Printed};
use crate::record::{Record, Records};
use crate::texts::{self, NOT_A_VOTE};

/// How one format's columns become a record.
pub(crate) trait LongFormat: Send + Sync {
    /// The agreement of a vote.
    fn agreement(&self, vote: &mut Vote<'_>, ballots: Ballots) -> Agreement;

    /// The format's own name of the column that a field is read from.
    fn column(&self, field: Field) -> Option<&'static str>;

    /// Whether the rows of a vote are ballots, and not a list of those who were there.
    fn has_ballots(&self, _vote: &Vote<'_>) -> bool {
        true
    }

    /// Where a field stands that is read from another table.
    fn place(&self, _vote: &Vote<'_>, _field: Field) -> Option<Place> {
        None
    }

    /// How dates are written by those who publish the format, where those of a table do not settle whether the day or the month
    /// comes first.
    fn published_dates(&self) -> Option<DateForm> {
        None
    }

    /// Whether the format says itself how dates are written.
    fn has_own_dates(&self) -> bool {
        false
    }

    /// The date that a text of the column of dates is, as the format reads it.
    fn date_of(&self, text: &str, dates: &DateForm) -> Option<Date> {
        dates.read(text).ok()
    }

    /// Whether a vote has no date, although the table has a column for it, and why.
    fn undated(&self, vote: &Vote<'_>) -> Option<Undated> {
        let column = self.column(Field::Date).filter(|column| vote.has(column))?;
        Undated::of(&vote.get(column), |text| vote.dates().read(text).is_ok())
    }

    /// The day on which the voters are to be identified.
    fn day(&self, vote: &Vote<'_>) -> Option<NaiveDate>;

    /// The first and the last of the days on which the voters are to be identified: a source may give the month or the year alone.
    fn days(&self, vote: &Vote<'_>) -> Days {
        self.day(vote).map(|day| (day, day))
    }

    /// Where code and name stand among the columns on who voted.
    fn voter(&self) -> VoterColumns;

    /// What the columns say about a voter; values are those of the columns on who voted, in their order.
    fn printed<'a>(&'a self, values: &'a [Box<str>]) -> Printed<'a> {
        let VoterColumns { code, name } = self.voter();
        let value = |at: Option<usize>| at.and_then(|at| values.get(at)).map_or("", |v| v);
        Printed {
            code: value(code),
            name: value(name),
        }
    }

    /// Identifies a voter.
    fn identify(&self, values: &[Box<str>], on: Option<NaiveDate>) -> Identified {
        names::identify(self.printed(values), on)
    }

    /// Every day from which on [`LongFormat::identify`] may tell another voter, in order.
    fn changes(&self, values: &[Box<str>]) -> Vec<NaiveDate> {
        names::changes(values.iter().map(|value| &**value))
    }
}

/// Why a vote has no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Undated {
    /// There is none.
    Blank,
    /// It cannot be read.
    Unreadable,
}

impl Undated {
    /// That of a cell; nothing where it is a date.
    pub(crate) fn of(text: &str, is_date: impl FnOnce(&str) -> bool) -> Option<Self> {
        match text {
            "" | "NA" => Some(Self::Blank),
            text => (!is_date(text)).then_some(Self::Unreadable),
        }
    }
}

/// Where code and name stand among the columns on who voted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct VoterColumns {
    pub(crate) code: Option<usize>,
    pub(crate) name: Option<usize>,
}

/// In which columns the ballots of a table stand.
#[derive(Debug, Default)]
pub(crate) enum BallotColumns {
    /// All in one, each in a row of its own.
    #[default]
    One,
    /// Those of a voter in the column of this place among these.
    Voters(Vec<usize>),
    /// Those of a choice in one column.
    Choices(Vec<(Choice, usize)>),
    /// Those of a vote in its column.
    Votes,
}

/// Everything that was read of a long file.
pub(crate) struct Table {
    pub(crate) path: Arc<str>,
    pub(crate) header: Header,
    pub(crate) layout: Layout,
    pub(crate) scan: Scan,
    pub(crate) format: Box<dyn LongFormat>,
    /// How dates are written.
    pub(crate) dates: DateForm,
    /// The column of each of the format's own names.
    columns: FxHashMap<&'static str, usize>,
    pub(crate) ballots: BallotColumns,
    voters: Voters,
    rolls: Mutex<Rolls>,
    fields: OnceLock<Arc<FieldColumns>>,
}

/// The lists that were already identified, by their place in [`Scan::rolls`].
#[derive(Default)]
struct Rolls {
    done: FxHashMap<(u32, Period), Arc<Identities>>,
    /// The latest identities of each list, with what each voter meant ([`Voters::meanings`]).
    latest: FxHashMap<u32, (Vec<usize>, Arc<Identities>)>,
}

/// One vote of a [`Table`].
pub(crate) struct Vote<'a> {
    table: &'a Table,
    group: &'a Group,
    /// What is odd about it.
    pub(crate) findings: Vec<Finding>,
}

/// Nothing follows from a member that is on no list because its row could not be used.
fn leaves_members_out(agreement: &mut Agreement) {
    for act in &mut agreement.acts {
        if let Act::Decision(decision) = act {
            decision.partial |= decision.ballots.is_some();
        }
    }
}

impl Table {
    pub(crate) fn new(
        path: &str,
        header: Header,
        layout: Layout,
        known: Vec<Option<&'static str>>,
        mut scan: Scan,
        format: Box<dyn LongFormat>,
        given: Option<DateForm>,
    ) -> Result<Self, ImportError> {
        scan.share_rolls();
        scan.groups.iter_mut().for_each(|group| group.settle());
        let columns = first_places(&known);
        let dates = match format.has_own_dates() {
            true => DateForm::USUAL,
            false => {
                let column = format.column(Field::Date);
                let column = column.and_then(|name| columns.get(name)).copied();
                let published = format.published_dates();
                dates_of(path, &header, column, &scan, given.as_ref(), published)?
            }
        };
        let voters = Voters::new(&scan.names.list, |values| format.changes(values));
        let mut table = Self {
            path: path.into(),
            header,
            layout,
            scan,
            format,
            dates,
            columns,
            ballots: BallotColumns::default(),
            voters,
            rolls: Mutex::default(),
            fields: OnceLock::new(),
        };
        table.leave_one_line_a_seat();
        Ok(table)
    }

    pub(super) fn identities(&self, vote: &Vote<'_>) -> Arc<Identities> {
        let days = self.format.days(vote);
        let key = (vote.group.roll, self.voters.period(days));
        if let Some(known) = self.rolls().done.get(&key) {
            return Arc::clone(known);
        }
        // Nobody waits while voters are identified; two threads may do so, and the first one's list is kept.
        let names = &self.scan.names.list;
        let identify = |at: usize, day: Option<NaiveDate>| match names.get(at) {
            Some(name) => self.format.identify(&name.values, day),
            None => {
                debug_assert!(false, "voter {at} of {} has no name", names.len());
                Identified::default()
            }
        };
        let meanings = self.voters.meanings(vote.who(), days, identify);
        let of_list = || Arc::new(self.voters.identities(vote.who(), &meanings));
        let mut rolls = self.rolls();
        let Rolls { done, latest } = &mut *rolls;
        let latest = latest.entry(key.0);
        let latest = latest.or_insert_with(|| (meanings.clone(), of_list()));
        if latest.0 != meanings {
            *latest = (meanings.clone(), of_list());
        }
        Arc::clone(done.entry(key).or_insert_with(|| Arc::clone(&latest.1)))
    }

    /// The votes, in order.
    pub(crate) fn votes(&self) -> impl Iterator<Item = Vote<'_>> {
        self.scan.groups.iter().map(|group| Vote::new(self, group))
    }

    /// Findings for rows that say something else of a vote than another row, in a table of which each row is a vote, by the columns
    /// that tell votes apart. The same row twice is a copy.
    pub(crate) fn votes_again(&self, key: &[&str]) -> Vec<Finding> {
        if key.is_empty() {
            return Vec::new();
        }
        let check = ReaderCheck::RowsDisagree;
        let mut firsts: FxHashMap<Vec<String>, &str> = FxHashMap::default();
        let again = self.votes().filter_map(|vote| {
            let values = key.iter().map(|name| vote.get(name).into_owned());
            let values = values.map(|value| whole(&value).map(ToOwned::to_owned).unwrap_or(value));
            let row = vote.group.first.trim_end();
            let first = *firsts.entry(values.collect()).or_insert(row);
            if first == row {
                return None;
            }
            let message =
                "an earlier row of the same vote says something else; this one is a second record";
            let column = key.first().copied().unwrap_or_default();
            let help = "keep one of the two rows, or tell the votes apart by further columns";
            let finding = vote.finding(check, check.severity(), column, message);
            Some(finding.with_help(help))
        });
        again.collect()
    }

    /// What the account says of votes without a date, behind the rest: how many, by cause.
    pub(super) fn account_of_undated(&self) -> String {
        let groups = self.scan.groups.iter();
        let undated = groups.filter_map(|group| self.format.undated(&Vote::new(self, group)));
        let mut counts = texts::Undated::default();
        for cause in undated {
            match cause {
                Undated::Blank => counts.blank += 1,
                Undated::Unreadable => counts.unreadable += 1,
            }
        }
        texts::account_of_undated(counts)
    }

    fn rolls(&self) -> MutexGuard<'_, Rolls> {
        self.rolls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fields(&self) -> Arc<FieldColumns> {
        let heading = |&field: &Field| {
            let named = self.columns.get(self.format.column(field)?).copied();
            // A table that lacks the names has the codes.
            let column = match field {
                Field::Name(_) => named.or_else(|| self.layout.who().next()),
                _ => named,
            };
            Some((field, self.header.columns.get(column?)?.clone()))
        };
        let fields = self
            .fields
            .get_or_init(|| FIELDS.iter().filter_map(heading).collect());
        Arc::clone(fields)
    }

    pub(super) fn place(&self, line: u64, column: Option<usize>) -> Place {
        let field = column.and_then(|column| self.header.columns.get(column));
        Place {
            field: field.map(ToString::to_string),
            ..Place::new(&*self.path).with_line(line)
        }
    }

    /// What to do about a row that does not say in which vote it is.
    fn mend_key(&self) -> String {
        let name = |at: Option<&usize>| at.and_then(|at| self.header.columns.get(*at));
        let Layout { key, instead, .. } = &self.layout;
        match (name(key.first()), name(instead.first())) {
            (Some(id), Some(document)) if id != document => {
                format!("fill in `{id}`, or where no row of the vote has one, `{document}`")
            }
            (Some(id), _) => format!("fill in `{id}`"),
            (None, _) => "fill in the vote's identifier".to_owned(),
        }
    }

    fn rejection(&self, bad: BadRow) -> Rejected {
        let expected = self.layout.roles.len();
        let owned = |(reason, help): (&str, &str)| (reason.to_owned(), help.to_owned());
        let of_fault = |fault: Fault| owned((fault.reason(), fault.help()));
        let (reason, help) = match bad.why {
            Why::Fields(found) => (
                format!("the row has {found} fields, the header {expected}"),
                row::mend_fields(found as usize, expected).to_owned(),
            ),
            Why::TooLong => of_fault(Fault::TooLong),
            Why::Choice => (
                NOT_A_VOTE.to_owned(),
                format!("expected {}", self.layout.words.list()),
            ),
            Why::Nobody => owned((
                "the row does not say who voted",
                "fill in the code or the name",
            )),
            Why::NoKey => (
                "the row does not say in which vote".to_owned(),
                self.mend_key(),
            ),
            Why::Doubtful => (
                "the row may be of another vote than those of its document that have an identifier"
                    .to_owned(),
                self.mend_key(),
            ),
            Why::Utf8 => of_fault(Fault::NotUtf8),
            Why::AfterQuote => of_fault(Fault::AfterQuote),
            Why::Unclosed => of_fault(Fault::Unclosed),
            Why::CutShort => owned((
                "the file ends in the middle of a row",
                "the file is cut short: download or export it again",
            )),
            Why::List => owned((
                "a list of names in the row is not closed, or its names are not separated",
                "write it as `['Chad', 'Peru']`, or `Chad; Peru`",
            )),
        };
        Rejected {
            place: self.place(bad.line, bad.column).with_column(bad.character),
            value: bad.value,
            reason,
            help,
            record: None,
        }
    }
}

impl Records for Table {
    fn count(&self) -> usize {
        self.scan.groups.len()
    }

    fn ballots(&self) -> u64 {
        let groups = self.scan.groups.iter();
        groups
            .map(|group| Vote::new(self, group))
            .filter(|vote| self.format.has_ballots(vote))
            .map(|vote| vote.group.choices.len() as u64)
            .sum()
    }

    fn record(&self, at: usize) -> Option<Record> {
        let group = self.scan.groups.get(at)?;
        let mut vote = Vote::new(self, group);
        let identities = self.identities(&vote);
        let roll = Arc::clone(&identities.roll);
        let ballots = Ballots::new(roll, &*group.choices);
        debug_assert!(ballots.is_ok(), "vote {at}: as many choices as voters");
        let ballots = ballots.ok()?;
        let mut agreement = self.format.agreement(&mut vote, ballots);
        if group.lost_a_row || group.unclear > 0 || !group.unread.is_empty() {
            leaves_members_out(&mut agreement);
        }
        vote.add_own_findings(&identities);
        let origin = vote.origin();
        Some(Record::new(agreement, origin, vote.findings))
    }

    fn rejected(&self) -> Box<dyn Iterator<Item = Rejected> + '_> {
        let rows = self.scan.rejected.iter();
        Box::new(rows.map(|bad| self.rejection(bad)))
    }

    fn rejected_rows(&self) -> u64 {
        self.scan.rejected.len()
    }
}

/// How the dates of a column are written; each vote has one of them.
fn dates_of(
    path: &str,
    header: &Header,
    column: Option<usize>,
    scan: &Scan,
    given: Option<&DateForm>,
    published: Option<DateForm>,
) -> Result<DateForm, ImportError> {
    let Some(column) = column else {
        return Ok(DateForm::USUAL);
    };
    let field = header.columns.get(column).map_or("", |heading| heading);
    let of_votes = scan.groups.iter();
    let of_votes: Vec<_> = of_votes
        .map(|group| (u64::from(group.line), group.value(column)))
        .collect();
    let of_votes = of_votes.iter().map(|(line, value)| (*line, &**value));
    dates::settle(path, given, published, field, of_votes)
}

/// The first column of each name.
fn first_places(known: &[Option<&'static str>]) -> FxHashMap<&'static str, usize> {
    let numbered = known.iter().enumerate().rev();
    numbered
        .filter_map(|(at, known)| Some(((*known)?, at)))
        .collect()
}

impl<'a> Vote<'a> {
    pub(super) const fn new(table: &'a Table, group: &'a Group) -> Self {
        Self {
            table,
            group,
            findings: Vec::new(),
        }
    }

    /// What those chose whose ballots are on no list, as they vote on nothing.
    pub(crate) fn no_voters(&self) -> &'a [Choice] {
        &self.group.no_voters
    }

    /// The names on the vote's list.
    pub(super) fn who(&self) -> &'a [u32] {
        let roll = self.table.scan.rolls.get(self.group.roll as usize);
        roll.map_or(&[][..], |roll| roll)
    }

    /// The column that the format calls so.
    fn index(&self, column: &str) -> Option<usize> {
        self.table.columns.get(column).copied()
    }

    /// Whether the file has the column that the format calls so.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.index(column).is_some()
    }

    /// The values of the columns on who voted, for each ballot.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a [Box<str>]> + '_ {
        let list = &self.table.scan.names.list;
        let names = self.who().iter();
        names.map(|at| list.get(*at as usize).map_or(&[][..], |name| &name.values))
    }

    /// A finding about a column of one ballot's row.
    pub(crate) fn of_ballot(
        &self,
        check: ReaderCheck,
        severity: Severity,
        ballot: usize,
        column: &str,
        message: impl Into<String>,
    ) -> Finding {
        let line = self.group.lines.get(ballot).map_or(0, u64::from);
        Finding {
            severity,
            ..check.finding(message.into(), self.table.place(line, self.index(column)))
        }
    }

    /// Where the vote begins.
    pub(crate) fn place(&self) -> Place {
        let column = self.group.column.map(|column| column as usize);
        self.table.place(self.line(), column)
    }

    /// The line of the vote's first row.
    fn line(&self) -> u64 {
        u64::from(self.group.line)
    }

    /// The column that holds a ballot.
    fn choice_column(&self, ballot: usize) -> Option<usize> {
        match &self.table.ballots {
            BallotColumns::Voters(voters) => voters.get(*self.who().get(ballot)? as usize).copied(),
            BallotColumns::Choices(columns) => {
                let choice = self.group.choices.get(ballot)?;
                let column = columns.iter().find(|(of, _)| of == choice);
                column.map(|(_, column)| *column)
            }
            BallotColumns::Votes => self.group.column.map(|column| column as usize),
            BallotColumns::One => self
                .table
                .layout
                .roles
                .iter()
                .position(|r| *r == Role::Choice),
        }
    }

    /// A finding about a column of the vote's first row.
    pub(crate) fn finding(
        &self,
        check: ReaderCheck,
        severity: Severity,
        column: &str,
        message: impl Into<String>,
    ) -> Finding {
        let index = self.group.column.map(|column| column as usize);
        let place = self
            .table
            .place(self.line(), index.or_else(|| self.index(column)));
        let mut finding = Finding::new(check, severity, message).with_place(place);
        finding.found = Some(self.get(column).into_owned()).filter(|value| !value.is_empty());
        finding
    }

    fn add_own_findings(&mut self, identities: &Identities) {
        let (group, table) = (self.group, self.table);
        let mut findings = std::mem::take(&mut self.findings);
        findings.extend(group.sloppy.iter().map(|sloppy| self.of_sloppy(sloppy)));
        let unread = group.unread.iter();
        findings.extend(unread.map(|unread| self.of_unread(unread)));
        let differing = group
            .differing
            .iter()
            .filter(|differing| !self.is_same_day(differing));
        findings.extend(differing.map(|differing| self.of_differing(differing)));
        let nameless = identities.nameless.iter();
        findings.extend(nameless.map(|ballot| self.of_nameless(*ballot)));
        for (at, contradiction) in &identities.contradictions {
            let line = group.lines.get(*at).unwrap_or(0);
            let who = table.layout.who().next();
            let place = table.place(u64::from(line), who);
            if let Some(entry) = identities.roll.entries().get(*at) {
                findings.push(contradiction.finding(entry, place));
            }
        }
        self.findings = findings;
    }

    fn of_sloppy(&self, sloppy: &Sloppy) -> Finding {
        let (table, at) = (self.table, sloppy.ballot as usize);
        let value = self.group.texts.get(sloppy.value);
        let line = self.group.lines.get(at).unwrap_or(0);
        let choice = self.group.choices.get(at);
        let message = "is not how this source writes a vote; it was counted";
        Finding {
            expected: choice.and_then(|choice| table.layout.words.word(*choice)),
            found: Some(value.to_owned()),
            ..ReaderCheck::VoteGrammar.finding(
                format!("`{value}` {message}"),
                table.place(u64::from(line), self.choice_column(at)),
            )
        }
    }

    fn of_unread(&self, unread: &Unread) -> Finding {
        let message = format!("{NOT_A_VOTE}; the voter has no ballot in this record");
        Finding {
            expected: Some(self.table.layout.words.list()),
            found: Some(self.group.texts.get(unread.value).to_owned()),
            ..ReaderCheck::UnreadableField.finding(
                message,
                self.table
                    .place(u64::from(unread.line), Some(unread.column as usize)),
            )
        }
    }

    /// Whether rows that differ in the column of dates have one day, written in two ways.
    fn is_same_day(&self, differing: &Differing) -> bool {
        let (table, column) = (self.table, differing.column as usize);
        let of_dates = table.format.column(Field::Date);
        if of_dates.and_then(|name| self.index(name)) != Some(column) {
            return false;
        }
        let read = |text: &str| table.format.date_of(text.trim(), &table.dates);
        let day = read(&self.group.value(column));
        day.is_some() && day == read(self.group.texts.get(differing.value))
    }

    fn of_differing(&self, differing: &Differing) -> Finding {
        let message = "this row does not say what the other rows of its vote say";
        let (line, column) = (u64::from(differing.line), differing.column as usize);
        Finding {
            expected: Some(self.group.value(column).into_owned()),
            found: Some(self.group.texts.get(differing.value).to_owned()),
            ..ReaderCheck::RowsDisagree
                .finding(message.to_owned(), self.table.place(line, Some(column)))
        }
    }

    fn of_nameless(&self, ballot: usize) -> Finding {
        let message = "the row does not say who voted; its ballot is nobody's";
        let check = ReaderCheck::UnreadableField;
        let mut finding = self.of_ballot(check, Severity::Error, ballot, "", message);
        let table = self.table;
        let column = table.layout.who().next();
        let column = column.and_then(|at| table.header.columns.get(at));
        finding.place.field = column.map(ToString::to_string);
        finding.help = Some("fill in the code or the name".to_owned());
        finding
    }

    /// The heading over each ballot, where they have several.
    fn ballot_columns(&self) -> Vec<Box<str>> {
        if matches!(self.table.ballots, BallotColumns::One) {
            return Vec::new();
        }
        let columns = &self.table.header.columns;
        let heading = |at| columns.get(self.choice_column(at)?).cloned();
        (0..self.who().len()).filter_map(heading).collect()
    }

    /// The heading of a vote that is a column.
    fn heading(&self) -> Option<Box<str>> {
        let column = self.group.column? as usize;
        self.table.header.columns.get(column).cloned()
    }

    fn origin(&self) -> RowOrigin {
        let table = self.table;
        let elsewhere = |&field: &Field| Some((field, table.format.place(self, field)?));
        RowOrigin {
            path: Arc::clone(&table.path),
            line: self.line(),
            lines: self.group.lines.clone(),
            fields: table.fields(),
            columns: self.ballot_columns(),
            names_apart: matches!(table.ballots, BallotColumns::Votes),
            vote: self.heading(),
            elsewhere: FIELDS.iter().filter_map(elsewhere).collect(),
        }
    }
}

impl Fields for Vote<'_> {
    fn get(&self, column: &str) -> Cow<'_, str> {
        let value = self.index(column).map(|at| self.group.value(at));
        match value {
            Some(Cow::Borrowed(text)) => Cow::Borrowed(text.trim()),
            Some(Cow::Owned(text)) => Cow::Owned(text.trim().to_owned()),
            None => Cow::Borrowed(""),
        }
    }

    fn dates(&self) -> &DateForm {
        &self.table.dates
    }

    fn unreadable(&mut self, column: &str, message: String, help: &str) {
        let check = ReaderCheck::UnreadableField;
        let finding = Finding {
            help: Some(help.to_owned()),
            ..self.finding(check, check.severity(), column, message)
        };
        self.findings.push(finding);
    }
}

/// The headings over the columns that fields are read from.
type FieldColumns = [(Field, Box<str>)];

/// Where the parts of a vote stand in a long file.
struct RowOrigin {
    path: Arc<str>,
    line: u64,
    lines: BallotLines,
    fields: Arc<FieldColumns>,
    /// The heading over each ballot, where they have several.
    columns: Vec<Box<str>>,
    /// Whether the names stand in a column of their own, though the ballots do not.
    names_apart: bool,
    /// The heading of a vote that is a column.
    vote: Option<Box<str>>,
    elsewhere: Vec<(Field, Place)>,
}

impl Origin for RowOrigin {
    fn place(&self, locus: Locus) -> Place {
        let (field, ballot) = match locus.field {
            Field::Choice(at) => (Field::Choice(0), at),
            Field::Name(at) => (Field::Name(0), at),
            Field::Symbol(_) => (Field::Symbol(0), 0),
            Field::Draft(_) => (Field::Draft(0), 0),
            Field::Source(_) => (Field::Source(0), 0),
            Field::Ballots => (Field::Choice(0), 0),
            other => (other, 0),
        };
        if let Some((_, place)) = self.elsewhere.iter().find(|(known, _)| *known == field) {
            return place.clone();
        }
        let is_below_heading = match locus.field {
            Field::Choice(_) => true,
            Field::Name(_) => !self.names_apart,
            _ => false,
        };
        if is_below_heading && let Some(heading) = self.columns.get(ballot) {
            return self.at(ballot, Some(heading));
        }
        if let (Some(heading), false) = (&self.vote, matches!(field, Field::Name(_))) {
            let place = Place::new(&*self.path).with_line(self.line);
            return place.with_field(&**heading);
        }
        let name = self.fields.iter().find(|(known, _)| *known == field);
        self.at(ballot, name.map(|(_, name)| &**name))
    }
}

impl RowOrigin {
    fn at(&self, ballot: usize, field: Option<&str>) -> Place {
        let line = self.lines.get(ballot).map_or(self.line, u64::from);
        Place {
            field: field.map(ToString::to_string),
            ..Place::new(&*self.path).with_line(line)
        }
    }
}

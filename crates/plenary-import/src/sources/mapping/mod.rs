//! Tables that a mapping file explains.

mod acts;
mod definition;
mod encoding;
mod heading;
mod join;
mod marks;
mod members;
mod participants;
pub(crate) mod propose;
mod propose_acts;
mod results;
mod vote;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use plenary_tables::Row;
use plenary_types::{Choice, Finding, Place, Symbol, brief};

use crate::check::ReaderCheck;
use crate::csv::choices::{NoBallot, Words, whole};
use crate::csv::columns::Content;
use crate::csv::header::{Header, same_name};
use crate::csv::import::{of_table, of_whole};
use crate::csv::layout::{self, Layout, Reading};
use crate::csv::lists::{self, Lists};
use crate::csv::table::{BallotColumns, Table, VoterColumns};
use crate::csv::{across, file, row, wide};
use crate::error::ImportError;
use crate::format::{Format, Reader, Recognise};
use crate::input::{Input, STANDARD_INPUT};
use crate::names;
use crate::record::{ColumnUse, Import};
use crate::sample::LEAST_STATES;
use crate::spelling::Spelling;
use definition::{Codes, CodesOf, Role, Shape, is_called, stands_for};
use join::{Join, JoinOf, Joined};
use vote::{Beside, Mapped};

pub use definition::{Mapping, MappingError};
pub use encoding::{Encoding, EncodingError};
pub(crate) use members::FORMAT as MEMBERS;
pub use members::{MemberTable, MembersMapping, read_members};
pub use propose::ProposedMapping;
pub(crate) use results::has_results;
pub(crate) use vote::person;

pub(crate) static FORMAT: Format = Format::new(
    "mapped-csv",
    "any other table of votes or of acts of agreements, explained by a mapping file",
    Recognise::Otherwise,
    Reader::Mapping,
)
.with_page("mapping");

/// The columns that a mapping names and a table does not have; nothing where the header cannot be taken apart.
pub(crate) fn missing(input: &Input, mapping: &Mapping) -> Option<Vec<String>> {
    let head: &[u8] = &input.head;
    let head = match mapping.acts.as_ref().and_then(|acts| acts.encoding()) {
        Some(encoding) => encoding.decode_lines(head).0,
        None => Cow::Borrowed(head),
    };
    let header = mapping.header(&head, input.whole)?;
    Some(mapping.missing(&header.columns))
}

/// Reads a table that has every column which a mapping names.
pub(crate) fn read(input: &Input, mapping: &Mapping) -> Result<Import, ImportError> {
    if let Some(acts) = &mapping.acts {
        return acts::read(input, acts);
    }
    let header = match mapping.header(&input.head, input.whole) {
        Some(header) => header,
        None => Header::of(input)?,
    };
    let (mapping, header) = mapping.for_table(&header.columns).without_prefix(header);
    let has_own_dates = !mapping.date_format.0.is_empty();
    let mut beside = join::read(input, &mapping.joins, has_own_dates)?;
    let uses = join::first_of(&header, |heading| mapping.use_of(heading));
    let mut columns = ColumnUse::of_columns(None, uses);
    for (_, account) in &mut beside.accounts {
        columns.append(&mut account.summary.columns);
    }
    let import = match mapping.layout {
        Shape::ChoiceColumns => {
            let (input, mapping) = marks::as_long(input, &header, mapping)?;
            read_table(&input, Header::of(&input)?, mapping, beside.tables)
        }
        _ => read_table(input, header, mapping, beside.tables),
    };
    let mut import = import?.with_findings(beside.findings).with_columns(columns);
    for (path, account) in beside.accounts {
        import.account_for(path, account);
    }
    Ok(import)
}

/// Reads a table by the mapping as it is for this table.
fn read_table(
    input: &Input,
    header: Header,
    mapping: Mapping,
    joined: Vec<(Join<Role>, Joined)>,
) -> Result<Import, ImportError> {
    let mapping = &Arc::new(mapping);
    let mut known = known(&header, mapping);
    let roles = roles(&header, &known, mapping);
    let mut names: BTreeMap<&str, &str> = mapping
        .columns
        .of
        .keys()
        .chain(mapping.columns.texts.keys())
        .map(|&role| (role.as_str(), mapping.name_of(role)))
        .collect();
    let mut key = key(&roles, &known, mapping);
    if mapping.layout == Shape::VotersInRows {
        // The heading of a vote is the value of one more column.
        let vote = Role::Vote.as_str();
        key = vec![known.len()];
        known.push(Some(vote));
        names.insert(vote, vote);
    }
    let at = |role: Role| {
        let name = mapping.name_of(role);
        known.iter().position(|known| *known == Some(name))
    };
    let layout = Layout {
        delimiter: header.delimiter,
        key,
        instead: Vec::new(),
        words: words(mapping),
        roles,
    };
    let results = results::Column::of(mapping, &header);
    let mut no_votes = 0;
    let (mut scan, ballots) = match mapping.layout {
        Shape::Long | Shape::ChoiceColumns => {
            refuse_votes_as_voters(input, &header, &layout, mapping)?;
            let scan = file::scan(input, &layout, header.bytes, header.lines)?;
            (scan, BallotColumns::One)
        }
        Shape::VotersInRows => {
            refuse_votes_as_voters(input, &header, &layout, mapping)?;
            (across::scan(input, &header, &layout)?, BallotColumns::Votes)
        }
        Shape::Lists => {
            let lists = lists(&header, mapping);
            let scan = lists::scan(input, &header, &layout, &lists)?;
            (scan, BallotColumns::Choices(lists.columns))
        }
        Shape::Wide | Shape::Totals => {
            if mapping.layout == Shape::Wide {
                refuse_on_its_side(input, &header, &layout, mapping)?;
            }
            let mut parts = |cell: &str| {
                let (parts, others) = results::votes_in(cell, mapping);
                no_votes += others;
                parts
            };
            let (scan, voters) = match results.filter(|_| mapping.layout == Shape::Totals) {
                Some(column) => {
                    let parts = (column.at, &mut parts as &mut wide::Parts<'_>);
                    wide::scan_parts(input, &header, &layout, Some(parts))?
                }
                None => wide::scan(input, &header, &layout)?,
            };
            (scan, BallotColumns::Voters(voters))
        }
    };
    let who: Vec<usize> = layout.who().collect();
    let tables = joined.into_iter();
    let joins = tables.map(|(join, table)| beside(table, &join, &header, &who, mapping));
    let joins = Arc::new(joins.collect::<Vec<Beside>>());
    let left_out = scan.leave_out_voters(|values| {
        let mut beside = joins
            .iter()
            .filter_map(|join| Some((join, join.voter(values)?)));
        mapping.is_no_voter(values) || beside.any(|(join, key)| join.table.is_no_voter(&key))
    });
    let tells_days = mapping.tells(Role::Date);
    let among = |role: Role| who.iter().position(|&column| Some(column) == at(role));
    let result_dates = results.and_then(|column| column.dates(&scan));
    let format = Mapped {
        mapping: Arc::clone(mapping),
        result_dates,
        source: mapping
            .source
            .clone()
            .unwrap_or_else(|| table_of(&input.path)),
        names,
        voter: VoterColumns {
            code: among(Role::State),
            name: among(Role::Name),
        },
        joins: Arc::clone(&joins),
        day: input.day.filter(|_| !tells_days),
    };
    let shown = used_or_ignored(&header, &layout, mapping);
    let mut whole = of_whole(input, &header, &shown, &scan)?;
    let mut table = Table::new(
        &input.path,
        header,
        layout,
        known,
        scan,
        Box::new(format),
        input.dates.clone(),
    )?;
    table.ballots = ballots;
    whole.findings.extend(unclear(&table, mapping));
    if matches!(mapping.layout, Shape::Wide | Shape::Lists | Shape::Totals) {
        whole.findings.extend(table.votes_again(&mapping.key()));
    }
    whole.findings.extend(of_no_vote(&table, mapping));
    whole.findings.extend(no_voters(&table, left_out));
    if let Some(column) = results {
        let findings = column.findings(&table, no_votes, mapping);
        whole.findings.extend(findings);
    }
    whole
        .findings
        .extend(joins.iter().flat_map(|join| without_match(&table, join)));
    if !matches!(mapping.codes, Codes::None) && mapping.codes_of == CodesOf::Then {
        whole.findings.extend(table.of_a_later_time());
    }
    let tells_scope = mapping.tells(Role::Scope);
    Ok(of_table(table, whole).with_scope(tells_scope))
}

/// A table beside, with the columns by which it is joined.
fn beside(
    table: Joined,
    join: &Join<Role>,
    header: &Header,
    who: &[usize],
    mapping: &Mapping,
) -> Beside {
    let names = || join.key().into_iter().map(|(name, _)| name);
    let vote = |name: &str| match mapping.layout {
        Shape::VotersInRows => Some(Role::Vote.as_str()),
        _ => mapping.known_as(name),
    };
    let voter = |name: &str| {
        let at = header.columns.iter().position(|c| same_name(c, name));
        // Headings and names in lists are one value each.
        let among = who.iter().position(|column| Some(*column) == at);
        among.or_else(|| who.is_empty().then_some(0))
    };
    Beside {
        of_vote: names().filter_map(vote).collect(),
        of_voter: names().filter_map(voter).collect(),
        table,
    }
}

/// What is odd about how a table beside fits.
fn without_match(table: &Table, beside: &Beside) -> Vec<Finding> {
    match beside.table.of {
        JoinOf::Votes => {
            let votes = table.votes();
            let keys = votes.filter_map(|vote| Some((beside.vote(&vote)?, vote.place())));
            beside.table.findings(keys)
        }
        JoinOf::Voters => {
            let names = table.scan.names.list.iter();
            let keys = names.filter_map(|name| beside.voter(&name.values));
            let place = Place::new(&*table.path);
            beside.table.findings(keys.map(|key| (key, place.clone())))
        }
        JoinOf::Agreements | JoinOf::Participants => {
            debug_assert!(false, "refused in a mapping of votes");
            Vec::new()
        }
    }
}

/// The other inputs that are read with a table which a mapping explains.
pub(crate) fn tables_beside(input: &Input, mapping: &Mapping) -> Vec<PathBuf> {
    match &mapping.acts {
        Some(acts) => acts::tables_beside(input, acts),
        None => join::among_others(input, &mapping.joins),
    }
}

/// Reads a table by a mapping that plenary ships. A format that says of no vote when it was is said to.
pub(crate) fn read_shipped(input: &Input, mapping: &Mapping) -> Result<Import, ImportError> {
    let import = read(input, mapping)?;
    if mapping.acts.is_some() || mapping.tells(Role::Date) || input.day.is_some() {
        return Ok(import);
    }
    let message = "the table does not say on which day its votes were";
    let finding = ReaderCheck::SourceLeavesOut
        .finding(message, Place::new(&input.path))
        .with_help("if they were on one day, give it by `--date`");
    Ok(import.with_findings(vec![finding]))
}

/// Findings for facts that the mapping gives of votes which the table does not have.
fn of_no_vote(table: &Table, mapping: &Mapping) -> Vec<Finding> {
    if mapping.votes.is_empty() {
        return Vec::new();
    }
    let numbers = table.votes().filter_map(|vote| mapping.number_of(&vote));
    let numbers: BTreeSet<String> = numbers.collect();
    let votes = mapping.votes.keys();
    let idle = votes.filter(|vote| !numbers.contains(*vote));
    let finding = |vote: &String| {
        let message =
            format!("the mapping gives facts of the vote `{vote}`, which the table does not have");
        ReaderCheck::RowWithoutMatch
            .finding(message, Place::new(&*table.path))
            .with_found(vote)
            .with_help("correct the number under `[votes]`, or leave it out")
    };
    idle.map(finding).collect()
}

/// A finding for the columns that the mapping of a user leaves out and the table does not have.
pub(crate) fn ignored_in_vain(input: &Input, mapping: &Mapping) -> Option<Finding> {
    let header = mapping.header(&input.head, input.whole)?;
    let ignored = match &mapping.acts {
        Some(acts) => &acts.ignore,
        None => &mapping.ignore,
    };
    let has = |name: &String| header.columns.iter().any(|known| same_name(known, name));
    let lacking = ignored.iter().filter(|name| *name != "*" && !has(name));
    let lacking: Vec<String> = lacking.map(|name| format!("`{}`", brief(name))).collect();
    let message = format!(
        "the mapping leaves out under `ignore` what the table does not have: {}",
        lacking.join(", ")
    );
    let place = Place::new(&input.path).with_line(header.lines.max(1));
    let finding = ReaderCheck::UnknownColumn.finding(message, place);
    let help = "compare the names with the first row of the table";
    (!lacking.is_empty()).then(|| finding.with_help(help))
}

/// A finding for the ballots of those who are no voters.
fn no_voters(table: &Table, ballots: u64) -> Option<Finding> {
    let message =
        format!("{ballots} votes of those whom the mapping names under `no-voters` are left out");
    let finding = ReaderCheck::SourceLeavesOut.finding(message, Place::new(&*table.path));
    (ballots > 0).then_some(finding)
}

impl Mapping {
    /// Whether a voter is one whose rows are no ballots.
    fn is_no_voter(&self, values: &[Box<str>]) -> bool {
        self.no_voters.iter().any(|known| {
            let mut values = values.iter();
            values.any(|value| stands_for(known, value.trim()))
        })
    }
}

/// The columns of a table of lists.
fn lists(header: &Header, mapping: &Mapping) -> Lists {
    Lists {
        columns: definition::columns_of(&mapping.lists, header).collect(),
        separator: mapping.list_separator.as_deref().map(Into::into),
    }
}

/// A finding for the ballots that were left out as their word stands for several things.
fn unclear(table: &Table, mapping: &Mapping) -> Option<Finding> {
    let groups = table.scan.groups.iter();
    let unclear = groups.filter(|group| group.unclear > 0);
    let (votes, ballots) = unclear.fold((0, 0), |(votes, ballots), group| {
        (votes + 1, ballots + u64::from(group.unclear))
    });
    let words: Vec<String> = mapping
        .unclear
        .iter()
        .map(|word| format!("`{word}`"))
        .collect();
    let message = format!(
        "{} stands for several things: {ballots} such cells, in {votes} votes; their voters are on no list, and the lists are partial",
        words.join(" or ")
    );
    let place = Place::new(&*table.path);
    (ballots > 0).then(|| ReaderCheck::SourceLeavesOut.finding(message, place))
}

/// Whether the cells of ballots at the beginning of a table are those of a mapping: nearly all of them are its words, and a yes and a no are among them.
/// Numbers that mean votes mean something else in another table.
pub(crate) fn has_cells(text: &[u8], header: &Header, mapping: &Mapping) -> bool {
    let known = known(header, mapping);
    let roles = roles(header, &known, mapping).into_iter().enumerate();
    let ballots = roles.filter(|(_, role)| *role == layout::Role::Choice);
    let ballots: Vec<usize> = ballots.map(|(at, _)| at).collect();
    let words = words(mapping);
    let (mut cells, mut strange, mut seen) = (0_usize, 0_usize, BTreeSet::new());
    let (mut fields, mut at) = (Vec::new(), header.bytes);
    while at < text.len()
        && let Ok(next) = row::split(text, at, header.delimiter, true, &mut fields)
    {
        for span in ballots.iter().filter_map(|at| fields.get(*at)) {
            let value = row::unquote(span.of(text));
            let value = String::from_utf8_lossy(&value);
            if value.trim().is_empty() {
                continue;
            }
            cells += 1;
            match words.read(&value) {
                Some(Reading::Plain(choice) | Reading::Sloppy(choice)) => {
                    seen.insert(choice);
                }
                _ => strange += usize::from(words.no_ballot(&value).is_none()),
            }
        }
        at = next;
    }
    let has_both = seen.contains(&Choice::Yes) && seen.contains(&Choice::No);
    has_both && strange * 10 <= cells
}

/// Whether the headings of voters that no column of a mapping is are states.
pub(crate) fn has_states(header: &Header, mapping: &Mapping) -> bool {
    let known = known(header, mapping);
    let roles = roles(header, &known, mapping).into_iter();
    let columns = roles.zip(header.columns.iter());
    let voters = columns.filter(|(role, _)| *role == layout::Role::Choice);
    let voters: Vec<&str> = voters.map(|(_, heading)| &**heading).collect();
    let states = voters.iter().filter(|heading| names::is_state(heading));
    states.count() * 10 >= voters.len() * 9 && voters.len() >= LEAST_STATES
}

/// How a table is spelled that a mapping explains.
pub(crate) fn spelling(text: &str, mapping: &Mapping) -> Option<Spelling> {
    if mapping.acts.is_some() || mapping.headings.is_some() {
        return None;
    }
    let spelling = Spelling::by_header(text, words(mapping), |header| {
        let known = known(header, mapping);
        let roles = roles(header, &known, mapping);
        let columns = header.columns.iter().zip(roles);
        columns
            .map(|(heading, role)| content(heading, role, mapping))
            .collect()
    })?;
    Some(spelling.with_body(mapping.body.clone()))
}

/// What a column holds of which there is a usual way to write it.
fn content(heading: &str, role: layout::Role, mapping: &Mapping) -> Option<Content> {
    use Role::{Abstain, Attending, Meeting, Members, No, NonVoting, Session, Symbol, Yes};
    let any = |roles: &[Role]| {
        let mut columns = roles.iter().filter_map(|role| mapping.columns.of.get(role));
        columns.any(|column| same_name(column, heading))
    };
    match role {
        layout::Role::Choice => Some(Content::Choice),
        layout::Role::Shared if any(&[Symbol, Meeting]) => Some(Content::Symbol),
        layout::Role::Shared
            if any(&[Session, Yes, No, Abstain, NonVoting, Members, Attending]) =>
        {
            Some(Content::Number)
        }
        _ => None,
    }
}

/// What to call a table of which the mapping does not say where it comes from.
fn table_of(path: &str) -> String {
    match Path::new(path).file_name() {
        Some(name) if path != STANDARD_INPUT => format!("mapped table {}", name.to_string_lossy()),
        _ => "mapped table".to_owned(),
    }
}

/// The value of a cell; nothing of one that says that nothing is known.
fn known_value(row: &Row<'_>, column: Option<usize>, missing: &[String]) -> String {
    let value = column.map(|column| row.value(column).into_owned());
    value
        .filter(|value| !missing.contains(value))
        .unwrap_or_default()
}

/// Refuses a table of a column a voter that lies on its side: a column of facts holds states, or persons that are known to be such, and
/// no heading of a voter is one.
/// Its rows would be read as votes that are called like states.
fn refuse_on_its_side(
    input: &Input,
    header: &Header,
    layout: &Layout,
    mapping: &Mapping,
) -> Result<(), ImportError> {
    let of_persons = mapping.codes == Codes::None;
    let system = mapping.codes.system();
    let is_code = |text: &str| system.is_some_and(|system| names::is_code(&[system], text));
    let is_state = |text: &str| !of_persons && (is_code(text) || names::is_state(text));
    let is_voter = |text: &str| {
        mapping.voters.contains_key(text) || names::written(text).is_some() || is_state(text)
    };
    let with_role = |role: layout::Role| {
        let roles = layout.roles.iter().enumerate();
        roles.filter(move |(_, r)| **r == role).map(|(at, _)| at)
    };
    let headings = with_role(layout::Role::Choice).filter_map(|at| header.columns.get(at));
    let headings: Vec<String> = headings.map(ToString::to_string).collect();
    // Any text may be a person's; a day or the symbol of a document is nobody's.
    if of_persons && are_of_votes(&headings, mapping) {
        let place = Place::new(&input.path).with_line(header.lines.max(1));
        return Err(ImportError::syntax(
            place.with_field(headings.first().map_or("", |heading| heading)),
            format!(
                "the table lies on its side: the headings of voters are days or documents ({})",
                examples(&headings)
            ),
            "if each row is a voter and each column a vote, say `layout = \"voters-in-rows\"`; list columns of other facts under `[columns]` or `ignore`",
        ));
    }
    let mut headings = with_role(layout::Role::Choice).filter_map(|at| header.columns.get(at));
    if headings.any(|heading| is_voter(heading)) {
        return Ok(());
    }
    for column in with_role(layout::Role::Shared) {
        let mut values = header.beginning_of(input, column);
        values.retain(|value| !value.is_empty());
        let states = values.iter().filter(|value| is_voter(value)).count();
        if states < 2 || 3 * states < 2 * values.len() {
            continue;
        }
        let heading = header.columns.get(column).map_or("", |heading| heading);
        let place = Place::new(&input.path).with_line(header.lines.max(1));
        let what = if of_persons { "voter" } else { "state" };
        return Err(ImportError::syntax(
            place.with_field(heading),
            format!(
                "the table lies on its side: the {what}s are in the rows ({}), and no heading of a voter is a {what}",
                examples(&values)
            ),
            "say `layout = \"voters-in-rows\"`: each row is a voter and each column a vote",
        ));
    }
    Ok(())
}

/// Refuses a table of a row a ballot whose column of voters holds days or documents: rows of votes, with persons in the headings.
/// Of states each such text is an `unknown-state`; any text may be a person's.
fn refuse_votes_as_voters(
    input: &Input,
    header: &Header,
    layout: &Layout,
    mapping: &Mapping,
) -> Result<(), ImportError> {
    if mapping.codes != Codes::None {
        return Ok(());
    }
    for column in layout.who() {
        let mut values = header.beginning_of(input, column);
        values.retain(|value| !value.is_empty());
        if !are_of_votes(&values, mapping) {
            continue;
        }
        let heading = header.columns.get(column).map_or("", |heading| heading);
        let place = Place::new(&input.path).with_line(header.lines.max(1));
        return Err(ImportError::syntax(
            place.with_field(heading),
            format!(
                "the column of voters holds days or documents ({})",
                examples(&values)
            ),
            "name the column that says who voted; where each voter has a column, say `layout = \"wide\"`",
        ));
    }
    Ok(())
}

/// Whether texts, two or more, are all days or symbols of documents.
fn are_of_votes(texts: &[String], mapping: &Mapping) -> bool {
    let is_of_a_vote = |text: &String| {
        let is_known = mapping.voters.contains_key(text);
        !is_known && (mapping.is_day(text) || text.parse::<Symbol>().is_ok())
    };
    texts.len() > 1 && texts.iter().all(is_of_a_vote)
}

/// The first of some texts, as a message shows them.
fn examples(texts: &[String]) -> String {
    const EXAMPLES: usize = 3;
    let shown = texts.iter().take(EXAMPLES);
    let shown: Vec<String> = shown.map(|text| format!("`{}`", brief(text))).collect();
    shown.join(", ")
}

/// The role of each column, by its name in mappings.
fn known(header: &Header, mapping: &Mapping) -> Vec<Option<&'static str>> {
    let headings = header.columns.iter();
    headings.map(|heading| mapping.known_as(heading)).collect()
}

/// What each column is read as. Of columns with one heading the first counts, as in every table.
fn roles(header: &Header, known: &[Option<&'static str>], mapping: &Mapping) -> Vec<layout::Role> {
    let mut seen = BTreeSet::new();
    let mut is_first = |known: &Option<&'static str>| known.is_none_or(|known| seen.insert(known));
    let columns = known.iter().zip(header.columns.iter());
    let roles = columns.map(|(known, heading)| match is_first(known) {
        true => role(mapping, *known, heading),
        false => layout::Role::Ignored,
    });
    roles.collect()
}

/// Something for each column that is read, or left out on purpose.
fn used_or_ignored(
    header: &Header,
    layout: &Layout,
    mapping: &Mapping,
) -> Vec<Option<&'static str>> {
    let columns = layout.roles.iter().zip(header.columns.iter());
    let of = columns.map(|(role, heading)| {
        let ignored = mapping.ignores(heading);
        (*role != layout::Role::Ignored || ignored).then_some("")
    });
    of.collect()
}

fn role(mapping: &Mapping, known: Option<&'static str>, heading: &str) -> layout::Role {
    let listed = |names: &[String]| names.iter().any(|name| is_called(name, heading));
    let ballots = match mapping.layout {
        Shape::Wide => Some(&mapping.voter_columns),
        Shape::VotersInRows => Some(&mapping.vote_columns),
        _ => None,
    };
    let is_ballots = |columns: &Option<Vec<String>>| {
        let is_free = !heading.is_empty() && !mapping.ignores(heading);
        let prefix = mapping.voter_prefix.as_ref();
        let is_voter = || prefix.is_none_or(|prefix| heading.starts_with(&**prefix));
        match columns {
            Some(columns) => listed(columns),
            None => is_free && is_voter(),
        }
    };
    let is = |role: Role| known == Some(role.as_str());
    let in_rows = mapping.layout.has_voters_in_rows();
    let is_list = || mapping.lists.values().any(|columns| listed(&columns.0));
    if in_rows && is(Role::Choice) {
        layout::Role::Choice
    } else if in_rows && (is(Role::State) || is(Role::Name)) {
        layout::Role::Who
    } else if known.is_some() || is_list() {
        layout::Role::Shared
    } else if ballots.is_some_and(is_ballots) {
        layout::Role::Choice
    } else {
        layout::Role::Ignored
    }
}

/// The columns that tell votes apart; without any, all that are the same in a vote's rows.
fn key(roles: &[layout::Role], known: &[Option<&'static str>], mapping: &Mapping) -> Vec<usize> {
    let named = mapping.key();
    let at = |name: &&str| known.iter().position(|known| *known == Some(*name));
    let columns: Vec<usize> = named.iter().filter_map(at).collect();
    match columns.is_empty() {
        false => columns,
        true => {
            let shared = roles
                .iter()
                .enumerate()
                .filter(|(_, r)| **r == layout::Role::Shared);
            shared.map(|(at, _)| at).collect()
        }
    }
}

/// The words of a mapping. A number that it gives with a fraction of nothing is that number.
fn words(mapping: &Mapping) -> Words {
    let choices = mapping.choices.iter();
    let given = choices.flat_map(|(choice, words)| words.iter().map(|word| (&**word, *choice)));
    let given: Vec<(&str, Choice)> = given.collect();
    let numbers = given
        .iter()
        .filter_map(|(word, choice)| Some((whole(word)?, *choice)));
    let fresh = numbers.filter(|(number, _)| given.iter().all(|(word, _)| word != number));
    let not_listed = mapping.not_listed.iter();
    let not_listed = not_listed.map(|word| (word.trim(), NoBallot::NotListed));
    let unclear = mapping.unclear.iter();
    let unclear = unclear.map(|word| (word.trim(), NoBallot::Unclear));
    let words = Words::new(given.iter().copied().chain(fresh));
    words.with_no_ballot(not_listed.chain(unclear))
}

//! Tables that lie beside a mapped one and say more of its votes or voters, or of its agreements or participants.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use plenary_tables::DateForm;
use plenary_types::{Finding, Place, Severity, many};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::definition::OneOrMany;
use crate::check::ReaderCheck;
use crate::containers;
use crate::csv::choices::whole;
use crate::csv::dates;
use crate::csv::header::{Header, same_name};
use crate::error::ImportError;
use crate::files::{is_same_file, parent};
use crate::input::{Input, Limit};
use crate::record::{ColumnUse, Import};

/// The most that is read of a table beside another: it is held, as far as the mapping names its columns.
const LONGEST: Limit = Limit {
    mebibytes: 256,
    of: "a table beside another",
    help: "check that this is the file that is meant, or split both",
};

/// A table beside, as a mapping names it.
#[derive(Clone, Debug, Deserialize)]
#[serde(
    rename_all = "kebab-case",
    deny_unknown_fields,
    bound = "R: Deserialize<'de> + Ord"
)]
pub(crate) struct Join<R> {
    file: JoinFiles,
    /// What its rows are about.
    of: Option<JoinOf>,
    key: JoinKey,
    /// Whether the table can be read without it.
    #[serde(default)]
    optional: bool,
    /// Columns that the table may lack.
    #[serde(default)]
    optional_columns: Vec<String>,
    /// Columns that are to be left out without a word.
    #[serde(default)]
    ignore: Vec<String>,
    /// Of voters: those of whom a column has this value vote on nothing.
    #[serde(default)]
    no_voters: BTreeMap<String, String>,
    /// Of votes: values that hold for each that has a row in it.
    #[serde(default = "BTreeMap::new")]
    pub(super) fixed: BTreeMap<R, String>,
    /// What its columns are: a heading, or a text with headings in braces.
    pub(super) columns: BTreeMap<R, String>,
}

/// Where a table beside is: the first of several that is there.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum JoinFiles {
    One(JoinFile),
    FirstOf(Vec<JoinFile>),
}

/// Where a table beside may be.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum JoinFile {
    /// A path from the folder of the table.
    Named(String),
    /// The name of the table with one word exchanged.
    Exchanged(Exchanged),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exchanged {
    replace: String,
    by: String,
}

/// What the rows of a table beside are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum JoinOf {
    Votes,
    Voters,
    Agreements,
    Participants,
}

impl JoinOf {
    /// What one of them is called in a finding.
    pub(super) const fn called(self) -> &'static str {
        match self {
            Self::Votes => "vote",
            Self::Voters => "voter",
            Self::Agreements => "agreement",
            Self::Participants => "participant",
        }
    }

    /// The word of a mapping.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Votes => "votes",
            Self::Voters => "voters",
            Self::Agreements => "agreements",
            Self::Participants => "participants",
        }
    }
}

/// What a column of a table beside can be.
pub(super) trait JoinRole: Copy + Ord {
    /// What a table beside can be about; the first, where the mapping does not say.
    const ABOUT: &'static [JoinOf];

    /// The word of a mapping.
    fn as_str(self) -> &'static str;
}

/// Which columns of the two tables are the same.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum JoinKey {
    /// Those of one name.
    Same(OneOrMany),
    /// By the column of the table that is read, that of the one beside, or a text with headings in braces.
    Pairs(BTreeMap<String, String>),
}

impl<R: JoinRole> Join<R> {
    /// What its rows are about.
    pub(super) fn of(&self) -> JoinOf {
        let first = R::ABOUT.first().copied();
        self.of.or(first).unwrap_or(JoinOf::Votes)
    }

    /// Refuses rows about what a table of this kind does not have.
    pub(super) fn refuse_of_others(&self) -> Result<(), String> {
        let words: Vec<String> = R::ABOUT
            .iter()
            .map(|of| format!("`{}`", of.as_str()))
            .collect();
        match R::ABOUT.contains(&self.of()) {
            true => Ok(()),
            false => Err(format!(
                "`of` is `{}` (expected {})",
                self.of().as_str(),
                words.join(" or ")
            )),
        }
    }

    fn may_lack(&self, heading: &str) -> bool {
        self.optional_columns
            .iter()
            .any(|name| same_name(name, heading))
    }

    /// Whether it names those who vote on nothing.
    pub(super) fn has_no_voters(&self) -> bool {
        !self.no_voters.is_empty()
    }

    /// The columns of the table that is read by which it is joined, and what they are in the one beside.
    pub(super) fn key(&self) -> Vec<(&str, &str)> {
        match &self.key {
            JoinKey::Same(names) => names.0.iter().map(|name| (&**name, &**name)).collect(),
            JoinKey::Pairs(pairs) => pairs.iter().map(|(a, b)| (&**a, &**b)).collect(),
        }
    }

    /// The path of the table beside an input: one of the other inputs, by its name or else by its columns, or a file that lies beside it
    /// under the name; how that is called, where it is not there.
    fn find(&self, input: &Input) -> Result<Result<PathBuf, String>, ImportError> {
        let beside = self.path(input.file());
        let given = beside.as_ref().ok().and_then(|path| {
            let mut others = input.others.iter();
            others.find(|other| is_same_file(other, path))
        });
        if let Some(given) = given {
            return Ok(Ok(given.clone()));
        }
        let is_itself =
            |other: &PathBuf| input.file().is_some_and(|file| is_same_file(file, other));
        let others = input.others.iter().filter(|other| !is_itself(other));
        let fitting: Vec<&PathBuf> = others.filter(|other| self.fits(other)).collect();
        match &*fitting {
            [] => Ok(beside),
            [only] => Ok(Ok((*only).clone())),
            [first, second, ..] => Err(ImportError::syntax(
                Place::new(&input.path),
                format!(
                    "{} and {} both have the columns of the table that says more of each {}",
                    first.display(),
                    second.display(),
                    self.of().called()
                ),
                "give one of them, or read these votes alone",
            )),
        }
    }

    /// Whether a file is a table with every column that is named.
    fn fits(&self, path: &Path) -> bool {
        // A pipe can be read once.
        let is_file = containers::split(path).0.is_file();
        let Some(other) = is_file.then(|| Input::open(path).ok()).flatten() else {
            return false;
        };
        let Some(header) = Header::read(&other.head, other.whole) else {
            return false;
        };
        let at = |name: &str| header.columns.iter().position(|c| same_name(c, name));
        let key = self.key().into_iter().map(|(_, part)| part);
        let columns = self.columns.values().filter(|name| !self.may_lack(name));
        let mut named = key.chain(columns.map(String::as_str));
        let mut no_voters = self.no_voters.keys();
        named.all(|part| pieces(part, at).is_ok()) && no_voters.all(|name| at(name).is_some())
    }

    /// The path of the file beside a table, where it is there; how it is called, where it is not.
    fn path(&self, table: Option<&Path>) -> Result<PathBuf, String> {
        let files = match &self.file {
            JoinFiles::One(file) => std::slice::from_ref(file),
            JoinFiles::FirstOf(files) => files,
        };
        let mut named = String::new();
        for file in files {
            match file.path(table) {
                Ok(path) => return Ok(path),
                // One name is enough to say what is looked for: a name in full before a description.
                Err(name)
                    if named.is_empty() || (name.starts_with('`') && !named.starts_with('`')) =>
                {
                    named = name
                }
                Err(_) => {}
            }
        }
        Err(named)
    }
}

impl JoinFile {
    fn path(&self, table: Option<&Path>) -> Result<PathBuf, String> {
        let name = match self {
            Self::Named(name) => name.clone(),
            Self::Exchanged(Exchanged { replace, by }) => {
                let name = table.and_then(Path::file_name).unwrap_or_default();
                let name = name.to_string_lossy();
                let exchanged = || format!("a file whose name has `{by}` for `{replace}`");
                let at = name.rfind(&**replace).ok_or_else(exchanged)?;
                let (before, after) = name.split_at(at);
                let after = after.get(replace.len()..).unwrap_or_default();
                format!("{before}{by}{after}")
            }
        };
        let shown = || format!("`{name}`");
        let folder = table.map(parent).ok_or_else(shown)?;
        let bare = ["gz", "zst"]
            .iter()
            .find_map(|end| name.strip_suffix(&format!(".{end}")));
        let packed = ["", ".gz", ".zst"].map(|end| format!("{}{end}", bare.unwrap_or(&name)));
        let mut candidates = [name.clone()].into_iter().chain(packed);
        // Of a workbook or a database one table may be meant: `votes.xlsx#Motions`.
        let is_there = |path: &PathBuf| containers::split(path).0.is_file();
        let found = candidates.find_map(|name| Some(folder.join(name)).filter(is_there));
        found.ok_or_else(shown)
    }
}

/// A table beside, read.
#[derive(Debug)]
pub(super) struct Joined {
    pub(super) of: JoinOf,
    path: Arc<str>,
    columns: Vec<(&'static str, Box<str>)>,
    fixed: BTreeMap<&'static str, String>,
    rows: FxHashMap<Box<str>, JoinedRow>,
    /// How its dates are written.
    pub(super) dates: DateForm,
    /// How many rows say something else of a key than the first.
    contrary: u64,
    first_contrary: Option<u64>,
    /// The keys of those who vote on nothing.
    no_voters: FxHashSet<Box<str>>,
}

#[derive(Debug)]
struct JoinedRow {
    line: u64,
    /// In the order of the columns.
    values: Box<[Box<str>]>,
}

/// A key from its parts: what stands in them, numbers without a fraction of nothing.
pub(super) fn key_of<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut key = String::new();
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 {
            key.push('\u{1f}');
        }
        let part = part.trim();
        key.push_str(whole(part).unwrap_or(part));
    }
    key
}

/// The tables beside a table.
pub(super) struct Companions<R> {
    pub(super) tables: Vec<(Join<R>, Joined)>,
    /// The account of the rows of each.
    pub(super) accounts: Vec<(PathBuf, Import)>,
    pub(super) findings: Vec<Finding>,
}

/// Those among the other inputs that are read with an input.
pub(super) fn among_others<R: JoinRole>(input: &Input, joins: &[Join<R>]) -> Vec<PathBuf> {
    let found = joins.iter().filter_map(|join| join.find(input).ok()?.ok());
    let others = input.others.iter();
    found
        .flat_map(|path| {
            others
                .clone()
                .filter(move |other| is_same_file(other, &path))
        })
        .cloned()
        .collect()
}

/// The tables that a mapping names beside a table, with the account of each; a finding where one that it can do without is not there.
pub(super) fn read<R: JoinRole>(
    input: &Input,
    joins: &[Join<R>],
    has_own_dates: bool,
) -> Result<Companions<R>, ImportError> {
    let mut all = Companions {
        tables: Vec::new(),
        accounts: Vec::new(),
        findings: Vec::new(),
    };
    for join in joins {
        let path = match join.find(input)? {
            Ok(path) => path,
            Err(name) => {
                let place = Place::new(&input.path);
                let message = format!(
                    "{name}, which says more of each {}, is not beside the table",
                    join.of().called()
                );
                let help = "put it into the folder of the table, or give it as a further input";
                if !join.optional {
                    return Err(ImportError::syntax(place, message, help));
                }
                let finding = ReaderCheck::RowWithoutMatch.finding(message, place);
                all.findings.push(finding.with_help(help));
                continue;
            }
        };
        let beside = input.open_beside(&path)?;
        let (mut table, mut account) = Joined::read(&beside, join)?;
        if !has_own_dates {
            table.settle_dates(input.dates.as_ref())?;
            account = account.with_remarks(&dates::account(&table.dates));
        }
        all.tables.push((join.clone(), table));
        all.accounts.push((path, account));
    }
    Ok(all)
}

/// What a part of a key is in a table: pieces of text and columns.
#[derive(Clone, Debug)]
pub(super) enum Piece<'j> {
    Text(Cow<'j, str>),
    Column(usize),
}

impl Piece<'_> {
    pub(super) fn into_owned(self) -> Piece<'static> {
        match self {
            Self::Text(text) => Piece::Text(Cow::Owned(text.into_owned())),
            Self::Column(column) => Piece::Column(column),
        }
    }
}

/// The text of some pieces.
pub(super) fn filled<V: AsRef<str>>(pieces: &[Piece<'_>], value: impl Fn(usize) -> V) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Column(column) => text.push_str(value(*column).as_ref()),
        }
    }
    text
}

/// The pieces of a part of a key: a heading, or a text with headings in braces.
pub(super) fn pieces<'j>(
    part: &'j str,
    at: impl Fn(&str) -> Option<usize>,
) -> Result<Vec<Piece<'j>>, &'j str> {
    if !part.contains('{') {
        return at(part).map(|at| vec![Piece::Column(at)]).ok_or(part);
    }
    let mut pieces = Vec::new();
    let mut rest = part;
    while let Some((text, after)) = rest.split_once('{') {
        let (heading, after) = after.split_once('}').ok_or(part)?;
        pieces.push(Piece::Text(text.into()));
        pieces.push(Piece::Column(at(heading).ok_or(heading)?));
        rest = after;
    }
    pieces.push(Piece::Text(rest.into()));
    Ok(pieces)
}

impl Joined {
    fn read<R: JoinRole>(input: &Input, join: &Join<R>) -> Result<(Self, Import), ImportError> {
        let header = Header::of(input)?;
        let at = |name: &str| header.columns.iter().position(|c| same_name(c, name));
        let lacks = |name: &str| {
            let place = Place::new(&input.path).with_line(header.lines.max(1));
            let reason = format!(
                "the table beside has no column `{name}`, which the mapping names under `[[join]]`"
            );
            ImportError::syntax(place, reason, "name its columns as its first row does")
        };
        let key = join.key().into_iter().map(|(_, part)| pieces(part, at));
        let key: Vec<Vec<Piece<'_>>> = key.collect::<Result<_, _>>().map_err(lacks)?;
        let columns = join.columns.iter();
        let columns = columns.filter(|(_, name)| at(name).is_some() || !join.may_lack(name));
        let columns = columns.map(|(role, name)| Ok((role.as_str(), pieces(name, at)?)));
        let columns: Vec<(&'static str, Vec<Piece<'_>>)> =
            columns.collect::<Result<_, _>>().map_err(lacks)?;
        let no_voters = join.no_voters.iter();
        let no_voters = no_voters.map(|(name, value)| Ok((at(name).ok_or(&**name)?, &**value)));
        let no_voters: Vec<(usize, &str)> = no_voters.collect::<Result<_, _>>().map_err(lacks)?;
        let heading = |of: &[Piece<'_>]| {
            let mut columns = of.iter().filter_map(|piece| match piece {
                Piece::Column(column) => header.columns.get(*column).cloned(),
                Piece::Text(_) => None,
            });
            columns.next().unwrap_or_default()
        };
        let mut joined = Self {
            of: join.of(),
            dates: DateForm::USUAL,
            path: input.path.as_str().into(),
            columns: columns
                .iter()
                .map(|(role, of)| (*role, heading(of)))
                .collect(),
            fixed: join
                .fixed
                .iter()
                .map(|(role, value)| (role.as_str(), value.clone()))
                .collect(),
            rows: FxHashMap::default(),
            contrary: 0,
            first_contrary: None,
            no_voters: FxHashSet::default(),
        };
        let text = input.bytes_up_to(LONGEST)?;
        let (count, rejected) = header.each_row(input, &text, |row| {
            let values: Vec<String> = row.values().map(Into::into).collect();
            let value = |column: usize| values.get(column).map_or("", |value| value.trim());
            let parts = key
                .iter()
                .map(|of| filled(of, |at| whole(value(at)).unwrap_or(value(at))));
            let parts: Vec<String> = parts.collect();
            let key = key_of(parts.iter().map(|part| &**part));
            if no_voters
                .iter()
                .any(|(column, known)| value(*column) == *known)
            {
                joined.no_voters.insert(key.as_str().into());
            }
            let facts = columns
                .iter()
                .map(|(_, of)| filled(of, value).trim().into());
            joined.add(key, row.line, facts.collect());
            None
        })?;
        let used_as = |heading: &str| {
            let at = at(heading);
            let is = |piece: &Piece<'_>| matches!(piece, Piece::Column(c) if Some(*c) == at);
            let roles = columns.iter().filter(|(_, of)| of.iter().any(is));
            let mut uses: Vec<&str> = roles.map(|(role, _)| *role).collect();
            if key.iter().flatten().any(is) {
                uses.push("key");
            }
            if no_voters.iter().any(|(column, _)| Some(*column) == at) {
                uses.push("no-voters");
            }
            let mut ignored = join.ignore.iter();
            let mut is_ignored = || ignored.any(|name| name == "*" || same_name(name, heading));
            match uses.is_empty() {
                false => uses.join(", "),
                true if is_ignored() => "ignored".to_owned(),
                true => "not used".to_owned(),
            }
        };
        let uses = ColumnUse::of_columns(Some(&input.path), first_of(&header, used_as));
        let named = |heading: &str| {
            let at = at(heading);
            let pieces = columns.iter().map(|(_, of)| of).chain(&key);
            let is = |piece: &Piece<'_>| matches!(piece, Piece::Column(c) if Some(*c) == at);
            let is_read = pieces.flatten().any(is);
            let mut ignored = join.ignore.iter();
            let of_voters = no_voters.iter().any(|(column, _)| Some(*column) == at);
            is_read || of_voters || ignored.any(|name| name == "*" || same_name(name, heading))
        };
        let shown = header
            .columns
            .iter()
            .map(|heading| named(heading).then_some(""));
        let shown: Vec<Option<&'static str>> = shown.collect();
        let findings = header.odd_columns(input, &shown).collect();
        let account = Import::from_rows(&input.path, Vec::new(), rejected, count);
        Ok((joined, account.with_findings(findings).with_columns(uses)))
    }

    /// Settles how the dates of its column of dates are written, if it has one: as the user says, else as they settle themselves.
    fn settle_dates(&mut self, given: Option<&DateForm>) -> Result<(), ImportError> {
        let mut columns = self.columns.iter();
        let Some((column, (_, heading))) = columns
            .by_ref()
            .enumerate()
            .find(|(_, (role, _))| *role == "date")
        else {
            return Ok(());
        };
        let mut rows: Vec<&JoinedRow> = self.rows.values().collect();
        rows.sort_by_key(|row| row.line);
        let dates = rows.iter().map(|row| {
            let value = row.values.get(column);
            (row.line, value.map_or("", |value| &**value))
        });
        self.dates = dates::settle(&self.path, given, None, heading, dates)?;
        Ok(())
    }

    /// Takes in a row. Of rows with one key the first counts.
    fn add(&mut self, key: String, line: u64, values: Box<[Box<str>]>) {
        match self.rows.get(&*key) {
            None => {
                self.rows.insert(key.into(), JoinedRow { line, values });
            }
            Some(known) if known.values == values => {}
            Some(_) => {
                self.contrary += 1;
                self.first_contrary.get_or_insert(line);
            }
        }
    }

    /// Whether a key is that of somebody who votes on nothing.
    pub(super) fn is_no_voter(&self, key: &str) -> bool {
        self.no_voters.contains(key)
    }

    /// Whether it has a column of a role.
    pub(super) fn has(&self, role: &str) -> bool {
        self.columns.iter().any(|(known, _)| *known == role)
    }

    /// What it says of a key under a role.
    pub(super) fn get(&self, key: &str, role: &str) -> Option<&str> {
        let column = self.columns.iter().position(|(known, _)| *known == role)?;
        self.rows.get(key)?.values.get(column).map(|value| &**value)
    }

    /// What holds of a vote under a role because it has a row.
    pub(super) fn fixed(&self, key: &str, role: &str) -> Option<&str> {
        let value = self.fixed.get(role)?;
        self.rows.contains_key(key).then_some(value)
    }

    /// Where that stands.
    pub(super) fn place(&self, key: &str, role: &str) -> Option<Place> {
        let (_, heading) = self.columns.iter().find(|(known, _)| *known == role)?;
        let line = self.rows.get(key)?.line;
        Some(
            Place::new(&*self.path)
                .with_line(line)
                .with_field(&**heading),
        )
    }

    /// What is odd about how it fits: keys of the table that is read without a row, rows that no key has, and rows that contradict
    /// each other. One finding of each kind.
    pub(super) fn findings(&self, keys: impl Iterator<Item = (String, Place)>) -> Vec<Finding> {
        let called = self.of.called();
        let (mut without, mut first) = (0u64, None);
        let mut used: FxHashSet<u64> = FxHashSet::default();
        for (key, place) in keys {
            match self.rows.get(&*key) {
                Some(row) => {
                    used.insert(row.line);
                }
                None => {
                    without += 1;
                    first.get_or_insert((key, place));
                }
            }
        }
        let check = ReaderCheck::RowWithoutMatch;
        let at = |line: u64| Place::new(&*self.path).with_line(line);
        let mut findings = Vec::new();
        if let Some((key, place)) = first {
            let count = many(without, called);
            let message = format!("no row for this {called} in {}; {count} without", self.path);
            let found = key.replace('\u{1f}', "/");
            findings.push(check.finding(message, place).with_found(found));
        }
        let unused = self.rows.values().map(|row| row.line);
        let unused: Vec<u64> = unused.filter(|line| !used.contains(line)).collect();
        if let Some(first) = unused.iter().min() {
            let count = many(unused.len() as u64, "row");
            let message =
                format!("this row is that of no {called} and in no record; {count} of this kind");
            let mut finding = check.finding(message, at(*first));
            finding.severity = Severity::Note;
            findings.push(finding);
        }
        if let Some(line) = self.first_contrary {
            let count = many(self.contrary, "row");
            let message = format!(
                "this row contradicts an earlier one of its {called}, which counts; {count} of this kind"
            );
            findings.push(check.finding(message, at(line)));
        }
        findings
    }
}

/// What each column of a table is, by its heading; a heading that comes again is not used.
pub(super) fn first_of(
    header: &Header,
    used_as: impl Fn(&str) -> String,
) -> impl Iterator<Item = (&str, String)> {
    let columns = header.columns.iter().enumerate();
    columns.map(move |(at, heading)| {
        let mut before = header.columns.iter().take(at);
        let is_again = before.any(|other| same_name(other, heading));
        match is_again {
            true => (&**heading, "not used".to_owned()),
            false => (&**heading, used_as(heading)),
        }
    })
}

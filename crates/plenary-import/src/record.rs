//! What an import gives: records, their origins, and an account of every row.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use plenary_types::{Act, Agreement, Finding, Origin};
use serde::Serialize;

use crate::error::{ImportError, Rejected};
use crate::parallel::in_order;
use crate::sources::mapping::MemberTable;

/// One agreement as read, with the way back to its source.
#[derive(Clone)]
pub struct Record {
    /// What was read.
    pub agreement: Agreement,
    /// Where each part of it stands.
    pub origin: Arc<dyn Origin>,
    /// What reading it brought to light: fields that could not be read, votes in other capitals,
    /// rows of one vote that disagree.
    pub findings: Vec<Finding>,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("agreement", &self.agreement)
            .field("findings", &self.findings)
            .finish_non_exhaustive()
    }
}

impl Record {
    /// That of an agreement, which each finding that names no other record is about.
    pub(crate) fn new(
        agreement: Agreement,
        origin: impl Origin + 'static,
        mut findings: Vec<Finding>,
    ) -> Self {
        let label = agreement.label();
        for finding in &mut findings {
            finding.record.get_or_insert_with(|| label.to_owned());
        }
        Self {
            origin: Arc::new(origin),
            agreement,
            findings,
        }
    }

    /// How many ballots it holds.
    #[must_use]
    pub fn ballots(&self) -> u64 {
        let ballots = |act: &Act| match act {
            Act::Decision(decision) => decision.ballots.as_ref().map_or(0, |b| b.len() as u64),
            _ => 0,
        };
        self.agreement.acts.iter().map(ballots).sum()
    }
}

/// The account of one input: `rows = used + rejected`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The file or folder.
    pub path: String,
    /// The name of its format.
    pub format: &'static str,
    /// How that was recognised.
    pub why: String,
    /// Rows read: of a table, its rows below the header, with those of the tables that lie beside it and are
    /// read with it; of other formats, its documents.
    pub rows: u64,
    /// Rows that went into records.
    pub used: u64,
    /// Rows that did not, each with its reason in [`Import::rejected`].
    pub rejected: u64,
    /// Records read.
    pub records: u64,
    /// Ballots in them.
    pub ballots: u64,
    /// Of a table that a mapping explains, what became of each column, also of those of the tables beside it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<ColumnUse>,
}

/// What became of a column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ColumnUse {
    /// The table, where it lies beside the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Its heading.
    pub column: String,
    /// How many further columns after it became the same.
    #[serde(skip_serializing_if = "is_zero")]
    pub further: usize,
    /// What it is: roles such as `vote` and `symbol`, a choice, `voter`, `key`, `ignored` or `not used`.
    #[serde(rename = "use")]
    pub used_as: String,
}

/// Asked by serde, which gives a reference.
const fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl ColumnUse {
    /// What became of the columns of a table, neighbours of one use together where there are many.
    pub(crate) fn of_columns<'h>(
        file: Option<&str>,
        columns: impl Iterator<Item = (&'h str, String)>,
    ) -> Vec<Self> {
        let mut uses: Vec<Self> = Vec::new();
        for (heading, used_as) in columns {
            let same = uses.last_mut().filter(|last| last.used_as == used_as);
            match same {
                Some(last) => last.further += 1,
                None => uses.push(Self {
                    file: file.map(ToOwned::to_owned),
                    column: heading.to_owned(),
                    further: 0,
                    used_as,
                }),
            }
        }
        uses
    }
}

/// An input that was read whole. Its records are made when asked for, so that a history of votes costs
/// little more than its ballots, and so that several threads can work on them.
///
/// ```
/// let text = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution\n\
///             1,PER,PERU,Y,2018-12-19,73,A/RES/73/195\n\
///             1,HUN,HUNGARY,N,2018-12-19,73,A/RES/73/195\n";
/// let import = plenary_import::read_bytes("votes.csv", text.as_bytes(), &Default::default())?;
/// assert_eq!((import.summary().rows, import.summary().records), (2, 1));
/// let record = import.records().next().unwrap();
/// assert_eq!(record.agreement.label(), "A/RES/73/195");
/// # Ok::<(), plenary_import::ImportError>(())
/// ```
pub struct Import {
    pub(crate) summary: Summary,
    /// The rows that were not used, but for those that a table keeps packed.
    pub(crate) rejected: Vec<Rejected>,
    /// All of them, once they have been asked for.
    pub(crate) listed: OnceLock<Vec<Rejected>>,
    pub(crate) findings: Vec<Finding>,
    /// The other files that were read for it.
    pub(crate) beside: Vec<PathBuf>,
    pub(crate) tells_scope: bool,
    members: Option<Arc<MemberTable>>,
    records: Box<dyn Records>,
}

/// The records of an input, made when they are asked for.
pub trait Records: Send + Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// The record at this place, below [`Records::count`].
    fn record(&self, at: usize) -> Option<Record>;

    /// How many ballots are in them.
    fn ballots(&self) -> u64;

    /// The records, where they are held as they are: those of documents, not those that are made of rows.
    fn held(&self) -> &[Record] {
        &[]
    }

    /// The rows that are in none of them, as far as they are kept with the records.
    fn rejected(&self) -> Box<dyn Iterator<Item = Rejected> + '_> {
        Box::new(std::iter::empty())
    }

    /// How many such rows there are.
    fn rejected_rows(&self) -> u64 {
        0
    }
}

impl Records for Vec<Record> {
    fn count(&self) -> usize {
        self.len()
    }

    fn record(&self, at: usize) -> Option<Record> {
        self.get(at).cloned()
    }

    fn ballots(&self) -> u64 {
        self.iter().map(Record::ballots).sum()
    }

    fn held(&self) -> &[Record] {
        self
    }
}

/// Records that one thread works on at a time, and how many times so many for each thread are made before the first are taken.
const BATCH: usize = 64;
const AHEAD: usize = 4;

impl Import {
    /// The account of the input.
    #[must_use]
    pub const fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Every row that was not used. A million of them take hundreds of megabytes: [`Import::each_rejected`] lists one at a time.
    #[must_use]
    pub fn rejected(&self) -> &[Rejected] {
        self.listed.get_or_init(|| self.each_rejected().collect())
    }

    /// Every row that was not used, one at a time.
    pub fn each_rejected(&self) -> impl Iterator<Item = Rejected> + '_ {
        self.records.rejected().chain(self.rejected.iter().cloned())
    }

    /// What is odd about the input as a whole: a column that no adapter knows, as many rows as a
    /// spreadsheet can hold, what the source leaves out.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The files beside the input that were read for it: the tables `roll_calls` and `issues` of `unvotes`, the index of a
    /// collection of treaties.
    #[must_use]
    pub fn beside(&self) -> &[PathBuf] {
        &self.beside
    }

    /// The memberships, where the input is a list of members and holds no records.
    #[must_use]
    pub fn members(&self) -> Option<&MemberTable> {
        self.members.as_deref()
    }

    /// Whether the source says of each vote what was voted on, a whole text or a part of it, or has votes on whole texts alone. In
    /// documents the whole text is what is not said otherwise, so that they do not tell.
    #[must_use]
    pub const fn tells_scope(&self) -> bool {
        self.tells_scope
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.count()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The record at this place, below [`Import::len`].
    #[must_use]
    pub fn record(&self, at: usize) -> Option<Record> {
        self.records.record(at)
    }

    /// The records of documents, which alone can refer to each other; none where they are made of rows when they are asked for.
    #[must_use]
    pub fn held(&self) -> &[Record] {
        self.records.held()
    }

    /// The records in the order in which they begin in the source.
    pub fn records(&self) -> impl ExactSizeIterator<Item = Record> + '_ {
        EachRecord {
            import: self,
            at: 0,
        }
    }

    /// Works on every record, on all processors, and takes the results in the order of the records.
    ///
    /// At any time only some hundreds of records a processor are held. What `take` returns is dropped by the thread that
    /// made it: return the record, or what is not needed of it, and its memory is freed where it was asked for, which
    /// is several times as fast.
    ///
    /// ```
    /// # let text = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution\n1,PER,PERU,Y,2018-12-19,73,A/RES/73/195\n";
    /// let import = plenary_import::read_bytes("votes.csv", text.as_bytes(), &Default::default())?;
    /// let mut ballots = 0;
    /// import.in_parallel(|record| record.ballots(), |count| ballots += count);
    /// assert_eq!(ballots, import.summary().ballots);
    /// # Ok::<(), plenary_import::ImportError>(())
    /// ```
    pub fn in_parallel<T: Send, L: Send>(
        &self,
        work: impl Fn(Record) -> T + Sync,
        mut take: impl FnMut(T) -> L,
    ) {
        let threads = rayon::current_num_threads();
        if threads == 1 || self.len() < BATCH {
            return self.records().map(work).map(take).for_each(drop);
        }
        let of = |start: usize| -> Vec<T> {
            let records = start..self.len().min(start + BATCH);
            records
                .filter_map(|at| self.record(at))
                .map(&work)
                .collect()
        };
        let starts = (0..self.len()).step_by(BATCH);
        in_order(starts, threads * AHEAD, of, |batch| -> Vec<L> {
            batch.into_iter().map(&mut take).collect()
        });
    }

    /// Refuses an input of which rows were rejected.
    ///
    /// # Errors
    ///
    /// [`ImportError::Rejected`] with the first of them.
    pub fn complete(self) -> Result<Self, ImportError> {
        let first = self.each_rejected().next();
        match first {
            None => Ok(self),
            Some(first) => Err(ImportError::Rejected {
                path: self.summary.path,
                rejected: self.summary.rejected,
                rows: self.summary.rows,
                first: Box::new(first),
            }),
        }
    }

    /// Takes over the account of another table that was read for this input.
    pub(crate) fn account_for(&mut self, path: PathBuf, companion: Self) {
        self.summary.why += &format!("; with {} beside it", path.display());
        self.beside.push(path);
        self.summary.rows += companion.summary.rows;
        self.summary.used += companion.summary.used;
        self.summary.rejected += companion.summary.rejected;
        self.summary.why += &companion.summary.why;
        self.rejected.extend(companion.each_rejected());
        self.findings.extend(companion.findings);
    }

    /// An import of documents, each of which is a record or rejected.
    #[must_use]
    pub fn from_documents(path: &str, records: Vec<Record>, rejected: Vec<Rejected>) -> Self {
        let rows = (records.len() + rejected.len()) as u64;
        Self::from_rows(path, records, rejected, rows)
    }

    /// An import of a table of so many rows, each of which is in a record or rejected.
    #[must_use]
    pub fn from_rows(
        path: &str,
        records: impl Records + 'static,
        rejected: Vec<Rejected>,
        rows: u64,
    ) -> Self {
        let bad = rejected.len() as u64 + records.rejected_rows();
        debug_assert!(bad <= rows, "{path}: {bad} of {rows} rows are rejected");
        Self {
            summary: Summary {
                path: path.to_owned(),
                format: "",
                why: String::new(),
                rows,
                used: rows.saturating_sub(bad),
                rejected: bad,
                records: records.count() as u64,
                ballots: records.ballots(),
                columns: Vec::new(),
            },
            rejected,
            listed: OnceLock::new(),
            findings: Vec::new(),
            beside: Vec::new(),
            tells_scope: false,
            members: None,
            records: Box::new(records),
        }
    }

    /// The same, with what is odd about the input as a whole.
    #[must_use]
    pub fn with_findings(mut self, findings: Vec<Finding>) -> Self {
        self.findings.extend(findings);
        self
    }

    /// The same, of a list of members.
    #[must_use]
    pub(crate) fn with_members(mut self, members: MemberTable) -> Self {
        self.members = Some(Arc::new(members));
        self
    }

    /// The same, with what more its account says, behind how it was recognised; each remark begins with `; `.
    #[must_use]
    pub(crate) fn with_remarks(mut self, account: &str) -> Self {
        self.summary.why += account;
        self
    }

    /// The same, with the files beside the input that were read for it.
    #[must_use]
    pub fn with_beside(mut self, paths: impl IntoIterator<Item = PathBuf>) -> Self {
        self.beside.extend(paths);
        self
    }

    /// The same, with its records changed, none added and none left out.
    pub(crate) fn with_records(
        mut self,
        change: impl FnOnce(Box<dyn Records>) -> Box<dyn Records>,
    ) -> Self {
        debug_assert!(
            self.listed.get().is_none(),
            "listed after the records are final"
        );
        self.records = change(self.records);
        debug_assert_eq!(self.summary.records, self.records.count() as u64);
        self
    }

    /// The same, with more that is to be told of its rows.
    pub(crate) fn with_account(mut self, more: &str) -> Self {
        self.summary.why += &format!("; {more}");
        self
    }

    /// The same, with what became of each column.
    pub(crate) fn with_columns(mut self, columns: Vec<ColumnUse>) -> Self {
        self.summary.columns = columns;
        self
    }

    /// The same, of a source that says what was voted on.
    pub(crate) const fn with_scope(mut self, tells_scope: bool) -> Self {
        self.tells_scope = tells_scope;
        self
    }

    /// The same, of a format, and how that was recognised.
    pub(crate) fn recognised(mut self, format: &'static str, why: &str) -> Self {
        debug_assert!(self.summary.format.is_empty(), "recognised once");
        self.summary.format = format;
        self.summary.why.insert_str(0, why);
        self
    }
}

impl fmt::Debug for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Import")
            .field("summary", &self.summary)
            .field("rejected", &self.summary.rejected)
            .finish_non_exhaustive()
    }
}

struct EachRecord<'a> {
    import: &'a Import,
    at: usize,
}

impl Iterator for EachRecord<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let record = self.import.record(self.at)?;
        self.at += 1;
        Some(record)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.import.len().saturating_sub(self.at);
        (left, Some(left))
    }
}

impl ExactSizeIterator for EachRecord<'_> {}

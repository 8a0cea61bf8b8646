//! [`acts`]: acts and statements of participants, a row each.

use std::str::FromStr;

use chrono::NaiveDate;
use plenary_analysis::table::{Column, Table};
use plenary_bodies::Reference;
use plenary_treaties::Timeline;
use plenary_types::{
    Act, ActionKind, Date, Participant, Statement, StatementKind, TreatyAction, many,
};
use serde::Serialize;

use crate::carried::replaced;
use crate::date_columns::date_columns;
use crate::known_bodies::rests_on;
use crate::treaty::{Prepared, reference_of};
use crate::treaty_set::{TreatyBasis, TreatySet};
use crate::{Error, Refusal, TreatySettings};

/// Which acts are listed.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct ActsSettings {
    /// How the agreements are read. Its day, its `id`, its clause and its notice are not used.
    pub treaty: TreatySettings,
    /// Only those of the agreements of these numbers, names or titles.
    pub treaties: Vec<String>,
    /// Only those of these participants.
    pub participants: Vec<Participant>,
    /// Only those of these kinds.
    pub kinds: Vec<ActWord>,
    /// Only those from this date on.
    pub from: Option<Date>,
    /// Only those until this date.
    pub to: Option<Date>,
}

/// A kind of acts or of statements, or of both: `accession`, `reservation`, `acceptance`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActWord {
    action: Option<ActionKind>,
    statement: Option<StatementKind>,
}

/// A word that is no kind of acts or statements.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown kind of acts `{found}` (expected {})", words())]
pub struct ActWordError {
    /// The word that was refused.
    pub found: String,
}

fn words() -> String {
    let actions = ActionKind::ALL.iter().map(|kind| kind.as_str());
    let statements = StatementKind::ALL.iter().map(|kind| kind.as_str());
    let mut words: Vec<&str> = Vec::new();
    for word in actions.chain(statements) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(", ")
}

impl FromStr for ActWord {
    type Err = ActWordError;

    fn from_str(text: &str) -> Result<Self, ActWordError> {
        let (action, statement) = (text.parse().ok(), text.parse().ok());
        match (action, statement) {
            (None, None) => Err(ActWordError {
                found: text.to_owned(),
            }),
            (action, statement) => Ok(Self { action, statement }),
        }
    }
}

/// Acts and statements of participants. It serialises as an object with `treaties`, what is known of each agreement, and the `metadata`
/// and the `rows` of the table.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ActList {
    /// What is known of each agreement, and until when.
    pub treaties: Vec<TreatyBasis>,
    /// Agreements of which nothing can be said, each with the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
    /// The table, with its metadata.
    #[serde(flatten)]
    pub table: Table,
    /// Why it is empty, where it is.
    #[serde(skip)]
    pub refused: Option<Refusal>,
    /// What limits it.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// Lists acts (signatures, consents, withdrawals) and statements (reservations, declarations, objections) of participants, a row each, in
/// the order of their sources; then those that were supplied, and those that came with the program. Inputs are as those of
/// [`parties`](crate::parties).
///
/// ```
/// let mut settings = plenary::ActsSettings::default();
/// settings.participants = vec!["USA".parse()?];
/// settings.kinds = vec!["withdrawal".parse()?];
/// let found = plenary::acts(&["paris-agreement"], &settings)?.table;
/// assert_eq!(found.columns()[6].cell(0).to_string(), "withdrawal");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Error`] when an input cannot be used, or no agreement with acts is found.
pub fn acts<T: AsRef<str>>(inputs: &[T], settings: &ActsSettings) -> Result<ActList, Error> {
    let reading = TreatySettings {
        clause: None,
        notice: None,
        ..settings.treaty.clone()
    };
    let reference = reference_of(inputs.iter().map(AsRef::as_ref), &reading)?;
    let set = TreatySet::read(inputs, &settings.treaties, true, &reading, &reference)?;
    let (mut rows, mut treaties) = (Vec::new(), Vec::new());
    let (mut seen, mut undated) = (0, 0);
    for prepared in &set.treaties {
        let timeline = Timeline::new(&prepared.assembled.treaty);
        treaties.push(TreatyBasis::new(prepared, &timeline));
        for row in of_treaty(prepared) {
            seen += 1;
            match settings.admits(&row) {
                Admitted::Yes => rows.push(row),
                Admitted::No => {}
                Admitted::Unknown => undated += 1,
            }
        }
    }
    let mut table = table(&rows, &reference);
    for (key, value) in set.metadata(&treaties) {
        table = table.with(&key, value);
    }
    let layers = rests_on(&reference);
    if !layers.is_empty() {
        table = table.with("reference", layers.join(", "));
    }
    let mut warnings = set.warnings(&treaties);
    warnings.extend(replaced(&reference));
    if undated > 0 {
        warnings.push(format!(
            "{} left out whose date is not known, or may lie outside the days that are asked for",
            many(undated, "act")
        ));
    }
    Ok(ActList {
        refused: rows.is_empty().then(|| {
            Refusal::new(format!("none of {} is selected", many(seen, "act")))
                .with_help("widen the selection")
                .by_setting(["state", "kind", "from", "to"])
        }),
        treaties,
        left_out: set.left_out,
        table,
        warnings,
    })
}

/// One row.
struct Row<'t> {
    record: Option<i32>,
    act: Option<i32>,
    treaty: &'t str,
    title: &'t str,
    origin: &'static str,
    what: What<'t>,
}

#[derive(Clone, Copy)]
enum What<'t> {
    Action(&'t TreatyAction),
    Statement(&'t Statement),
}

impl<'t> What<'t> {
    const fn participant(self) -> Participant {
        match self {
            Self::Action(act) => act.participant,
            Self::Statement(statement) => statement.author,
        }
    }

    const fn date(self) -> Option<Date> {
        match self {
            Self::Action(act) => act.date,
            Self::Statement(statement) => Some(statement.date),
        }
    }

    const fn effective(self) -> Option<Date> {
        match self {
            Self::Action(act) => act.effective,
            Self::Statement(_) => None,
        }
    }

    const fn withdrawn(self) -> Option<Date> {
        match self {
            Self::Action(_) => None,
            Self::Statement(statement) => statement.withdrawn,
        }
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::Action(act) => act.kind.as_str(),
            Self::Statement(statement) => statement.kind.as_str(),
        }
    }

    const fn form(self) -> &'static str {
        match self {
            Self::Action(_) => "action",
            Self::Statement(_) => "statement",
        }
    }

    const fn towards(self) -> Option<Participant> {
        match self {
            Self::Action(act) => act.towards,
            Self::Statement(statement) => statement.towards,
        }
    }

    fn on_behalf_of(self) -> &'t [Participant] {
        match self {
            Self::Action(act) => &act.on_behalf_of,
            Self::Statement(statement) => &statement.on_behalf_of,
        }
    }

    fn provisions(self) -> &'t [String] {
        match self {
            Self::Action(_) => &[],
            Self::Statement(statement) => &statement.provisions,
        }
    }

    fn printed(self) -> Option<&'t str> {
        match self {
            Self::Action(act) => act.printed.as_deref(),
            Self::Statement(_) => None,
        }
    }

    fn notes(self) -> &'t [String] {
        match self {
            Self::Action(act) => &act.notes,
            Self::Statement(statement) => &statement.notes,
        }
    }

    const fn is_unverified(self) -> bool {
        match self {
            Self::Action(act) => act.unverified,
            Self::Statement(statement) => statement.unverified,
        }
    }
}

/// The rows of an agreement: those of its record, those that were supplied, those that came with the program.
fn of_treaty(prepared: &Prepared) -> impl Iterator<Item = Row<'_>> {
    let assembled = &prepared.assembled;
    let title = assembled.treaty.title.as_str();
    let treaty = assembled.treaty.id.as_deref().unwrap_or(title);
    let number = |place: usize| i32::try_from(place).ok();
    let row = move |act: Option<usize>, origin, what| Row {
        record: prepared.record.and_then(number),
        act: act.and_then(number),
        treaty,
        title,
        origin,
        what,
    };
    let own = prepared.acts.iter().filter_map(move |(at, act)| {
        let what = match act {
            Act::Action(act) => What::Action(act),
            Act::Statement(statement) => What::Statement(statement),
            _ => return None,
        };
        Some(row(Some(*at), "source", what))
    });
    let supplied = assembled.supplied.iter().map(What::Action);
    let statements = prepared.supplied_statements.iter().map(What::Statement);
    let supplied = supplied.chain(statements);
    let supplied = supplied.map(move |what| row(None, "supplied", what));
    let built_in = assembled.built_in.acts().map(What::Action);
    let built_in = built_in.map(move |what| row(None, "built-in", what));
    own.chain(supplied).chain(built_in)
}

/// Whether a row is selected.
enum Admitted {
    Yes,
    No,
    /// Its date does not say.
    Unknown,
}

impl ActsSettings {
    fn admits(&self, row: &Row<'_>) -> Admitted {
        let what = row.what;
        let is_kind = |word: &ActWord| match what {
            What::Action(act) => word.action == Some(act.kind),
            What::Statement(statement) => word.statement == Some(statement.kind),
        };
        let is_theirs =
            self.participants.is_empty() || self.participants.contains(&what.participant());
        if !is_theirs || !(self.kinds.is_empty() || self.kinds.iter().any(is_kind)) {
            return Admitted::No;
        }
        let from = self.from.map(Date::earliest);
        let to = self.to.map(Date::latest);
        if from.is_none() && to.is_none() {
            return Admitted::Yes;
        }
        let Some(date) = what.date() else {
            return Admitted::Unknown;
        };
        let within =
            |day: NaiveDate| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to);
        let is_outside = from.is_some_and(|from| date.latest() < from)
            || to.is_some_and(|to| to < date.earliest());
        match (within(date.earliest()) && within(date.latest()), is_outside) {
            (true, _) => Admitted::Yes,
            (_, true) => Admitted::No,
            _ => Admitted::Unknown,
        }
    }
}

fn table(rows: &[Row<'_>], reference: &Reference) -> Table {
    let texts = |name: &str, of: &dyn Fn(&Row<'_>) -> Option<String>| {
        Column::texts(name, rows.iter().map(of))
    };
    let integers = |name: &str, of: &dyn Fn(&Row<'_>) -> Option<i32>| {
        Column::integers(name, rows.iter().map(of))
    };
    let name = |row: &Row<'_>| {
        let day = row.what.date().map(Date::latest);
        let known = reference.name_on(row.what.participant(), day);
        known.or_else(|| row.what.printed()).map(str::to_owned)
    };
    let all = |list: &[String]| (!list.is_empty()).then(|| list.join("|"));
    let mut columns = vec![
        integers("record", &|row| row.record),
        integers("act", &|row| row.act),
        texts("treaty", &|row| Some(row.treaty.to_owned())),
        texts("participant", &|row| {
            Some(row.what.participant().as_str().to_owned())
        }),
        texts("name", &name),
        texts("form", &|row| Some(row.what.form().to_owned())),
        texts("kind", &|row| Some(row.what.kind().to_owned())),
    ];
    columns.extend(date_columns(rows.iter().map(|row| row.what.date())));
    columns.extend([
        texts("effective", &|row| Some(row.what.effective()?.to_string())),
        texts("withdrawn", &|row| Some(row.what.withdrawn()?.to_string())),
        texts("towards", &|row| {
            Some(row.what.towards()?.as_str().to_owned())
        }),
        texts("on_behalf_of", &|row| {
            let whom = row.what.on_behalf_of().iter();
            let whom: Vec<_> = whom.map(|who| who.as_str()).collect();
            (!whom.is_empty()).then(|| whom.join("|"))
        }),
        texts("provisions", &|row| all(row.what.provisions())),
        texts("origin", &|row| Some(row.origin.to_owned())),
        Column::flags(
            "unverified",
            rows.iter().map(|row| Some(row.what.is_unverified())),
        ),
        texts("printed", &|row| row.what.printed().map(str::to_owned)),
        texts("note", &|row| all(row.what.notes())),
        texts("title", &|row| Some(row.title.to_owned())),
    ]);
    Table::new(columns)
}

//! A mapping proposed for a table, by what its columns seem to hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use plenary_tables::UnsettledDates;
use plenary_types::{BodyId, Choice, Citation, Symbol};

use super::definition::{Mapping, Shape};
use super::propose_acts::FoundActs;
use crate::sample::{
    Codebook, LEAST_STATES, NUMBERED, Sample, Sampled, Seems, StateCodes, Written, codebook_of,
    meaning,
};

/// A mapping that is proposed for a table: a text to look through, with the reasons for each line and what could not be told.
///
/// ```
/// let table = "id,day,country,position\n1,2022-07-07,France,for\n1,2022-07-07,China,against\n";
/// let proposed = plenary_import::propose_mapping_for("votes.csv", table.as_bytes())?;
/// assert!(proposed.is_complete());
/// assert!(proposed.text().contains("state = \"country\""));
/// # Ok::<(), plenary_import::ImportError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProposedMapping {
    text: String,
    is_complete: bool,
    rows: usize,
    known_as: Option<&'static str>,
}

impl ProposedMapping {
    /// The mapping file, with comments. Where something that it needs could not be told, that is a commented line, and the text is no
    /// mapping yet.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text is a mapping as it stands.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// How many rows were looked at.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// The format by which the table is read without a mapping.
    #[must_use]
    pub const fn known_as(&self) -> Option<&'static str> {
        self.known_as
    }
}

/// Headings that tell what a column is, in small letters and digits alone, by role. A heading that is one of them counts before one that
/// contains it.
const HEADINGS: [(&str, &[&str]); 18] = [
    (
        "vote",
        &[
            "rcid",
            "undlid",
            "voteid",
            "rollcallid",
            "rollnumber",
            "rollcall",
            "motion",
            "proposal",
            "division",
            "ballotno",
            "voteno",
            "abstimmnr",
            "pollid",
            "votenumber",
            "divisionid",
            "recordid",
            "anr",
            "nr",
            "id",
        ],
    ),
    ("symbol", &["resolution", "symbol", "unres", "document"]),
    ("date", &["date", "votedate", "day", "datum"]),
    (
        "session",
        &["session", "sitting", "wahlperiode", "congress"],
    ),
    ("meeting", &["meeting"]),
    ("draft", &["draft", "billnumber"]),
    ("committee-report", &["committeereport"]),
    (
        "title",
        &["title", "short", "polltitle", "titel", "name", "label"],
    ),
    (
        "question",
        &["descr", "question", "description", "votequestion"],
    ),
    ("agenda", &["agendatitle", "agenda"]),
    ("subjects", &["subjects", "topics", "topic", "issue"]),
    ("outcome", &["outcome", "result", "voteresult", "status"]),
    ("url", &["url", "link", "undllink", "recordurl"]),
    (
        "yes",
        &[
            "yes", "totalyes", "yeacount", "ayes", "infavour", "infavor", "votesfor", "for", "ja",
        ],
    ),
    (
        "no",
        &[
            "no",
            "totalno",
            "naycount",
            "noes",
            "against",
            "votesagainst",
            "nein",
        ],
    ),
    (
        "abstain",
        &[
            "abstain",
            "totalabstentions",
            "abstentions",
            "abstained",
            "abstaining",
            "abst",
            "enthaltung",
            "enthaltungen",
            "enth",
        ],
    ),
    (
        "non-voting",
        &[
            "nonvoting",
            "totalnonvoting",
            "notvoting",
            "absent",
            "nichtabgegeben",
        ],
    ),
    ("members", &["members", "totalms", "totalmembers"]),
];

/// Texts that are shorter on average are no titles.
const LEAST_TITLE: usize = 10;

/// A column with the choice whose voters it lists.
type OfChoice<'s> = (Choice, &'s Sampled);

/// What was found out about a table.
struct Found<'s> {
    sample: &'s Sample,
    layout: Shape,
    why: String,
    codes: Option<&'static str>,
    voters: Vec<&'s Sampled>,
    lists: Vec<OfChoice<'s>>,
    roles: BTreeMap<&'static str, &'s Sampled>,
    /// The roles that no heading and no value told, but how columns go together.
    by_dependence: Vec<&'static str>,
}

/// Proposes a mapping for a sample of a table.
pub(crate) fn propose(sample: &Sample, known_as: Option<&'static str>) -> ProposedMapping {
    let (found, open) = Found::of(sample);
    let acts = match found {
        Some(_) => None,
        None => FoundActs::of(sample),
    };
    let (text, is_settled) = match (&found, &acts) {
        (Some(found), _) => (found.text(known_as, &open), found.unsettled().is_none()),
        (None, Some(acts)) => (acts.text(known_as), acts.is_settled()),
        (None, None) => (nothing_told(sample, known_as, &open), false),
    };
    let is_complete = is_settled && Mapping::from_toml(&text).is_ok();
    ProposedMapping {
        text,
        is_complete,
        rows: sample.rows,
        known_as,
    }
}

impl<'s> Found<'s> {
    fn of(sample: &'s Sample) -> (Option<Self>, Vec<String>) {
        let mut open = Vec::new();
        let found = Self::wide(sample)
            .or_else(|| Self::choice_columns(sample))
            .or_else(|| Self::voters_in_rows(sample))
            .or_else(|| Self::long(sample))
            .or_else(|| Self::lists(sample))
            .or_else(|| Self::totals(sample))
            .or_else(|| Self::results(sample));
        let Some(mut found) = found else {
            let reason = "which columns say who voted and how, or what was done about an agreement: none of them holds votes or acts that are known";
            open.push(reason.to_owned());
            return (None, open);
        };
        found.find_roles();
        for column in found.doubtful() {
            let what = match found.layout {
                Shape::Wide => {
                    "a voter: votes stand below it, but no state is called so; if it is, move it from `ignore` to `voter-columns`"
                }
                Shape::VotersInRows => {
                    "a vote: its cells may be votes; if it is, move it from `ignore` to `vote-columns`"
                }
                Shape::Long => {
                    "the column of choices: votes stand in it, too; if it is meant, name it as `choice`"
                }
                _ => "a choice: its cells are marks; if it is, move it from `ignore` to `[marks]`",
            };
            open.push(format!("whether `{}` is {what}", column.heading));
        }
        if let Some(unsettled) = found.unsettled() {
            open.push(format!(
                "how days are written: {}; {}",
                unsettled.reason, unsettled.help
            ));
        }
        if found.layout == Shape::VotersInRows {
            open.push("the day and the document of each vote: its heading is all that the table says of it; a table beside may say them (`[[join]]`), or `[votes]`, or `[fixed]` for all".to_owned());
        } else {
            let has = |role: &&str| found.roles.contains_key(*role);
            let is_told = ["vote", "symbol", "date"].iter().any(has);
            if found.has_row_for_each_ballot() && !is_told {
                open.push("what tells votes apart: without a `vote` under `[columns]`, all rows are ballots of one vote".to_owned());
            }
            if !found.roles.contains_key("date") && found.day_and_year().is_none() {
                open.push("the day of each vote: no column holds days; give one under `[columns]` as `date`, or one for all under `[fixed]`".to_owned());
            }
            if !found.roles.contains_key("symbol") {
                open.push("the document of each vote: no column holds symbols".to_owned());
            }
            let numbers = ["vote", "symbol", "title", "question"];
            let is_named = numbers.iter().any(|role| found.roles.contains_key(role));
            if !found.has_row_for_each_ballot() && !is_named {
                open.push("which vote each row is: no column numbers or names them; they are kept in their order".to_owned());
            }
        }
        (Some(found), open)
    }

    fn new(sample: &'s Sample, layout: Shape, why: String) -> Self {
        Self {
            sample,
            layout,
            why,
            codes: None,
            voters: Vec::new(),
            lists: Vec::new(),
            roles: BTreeMap::new(),
            by_dependence: Vec::new(),
        }
    }

    fn wide(sample: &'s Sample) -> Option<Self> {
        let voters = sample.headed_by_states();
        if voters.len() < LEAST_STATES {
            return None;
        }
        let why = format!(
            "{} columns are headed by states, and votes stand in them",
            voters.len()
        );
        let in_codes = voters
            .iter()
            .filter(|column| column.heading.trim().len() == 3)
            .count();
        let mut found = Self::new(sample, Shape::Wide, why);
        let is_iso3 = in_codes * 10 >= voters.len() * 9;
        found.codes = Some(if is_iso3 { "iso3" } else { "names" });
        found.voters = voters;
        Some(found)
    }

    fn voters_in_rows(sample: &'s Sample) -> Option<Self> {
        let who = sample
            .columns
            .iter()
            .take(3)
            .find(|column| match column.seems {
                Seems::States(_) => true,
                Seems::Text => column.heading.is_empty() && column.values.len() == sample.rows,
                _ => false,
            })?;
        let each_once = who.values.len() * 10 >= sample.rows * 9;
        let votes = sample.columns.iter().filter(|column| {
            !std::ptr::eq(*column, who)
                && column.may_be_choices()
                && column.seems != Seems::RowNumbers
        });
        let votes: Vec<_> = votes.collect();
        if !each_once || votes.len() < 3 || votes.len() * 2 < sample.columns.len() {
            return None;
        }
        let votes = alike(sample, who, votes);
        let why = format!(
            "each row is another voter (`{}`), and votes stand in {} columns that no state heads",
            who.heading,
            votes.len()
        );
        let mut found = Self::new(sample, Shape::VotersInRows, why);
        found.codes = Some(match who.seems {
            Seems::States(codes) => codes.as_str(),
            _ => "none",
        });
        found.roles.insert("state", who);
        found.voters = votes;
        Some(found)
    }

    fn long(sample: &'s Sample) -> Option<Self> {
        let choice = sample.that_seem(|seems| *seems == Seems::Choices).next()?;
        let (who, codes) = voter(sample)?;
        let what = match codes {
            "none" => "voters who are no states",
            _ => "states",
        };
        let why = format!(
            "each row is a ballot: {what} in `{}`, votes in `{}`",
            who.heading, choice.heading
        );
        let mut found = Self::new(sample, Shape::Long, why);
        found.codes = Some(codes);
        found.roles.insert("state", who);
        let name = sample.that_seem(is_of_names).next();
        if let Some(name) = name.filter(|name| codes != "none" && !std::ptr::eq(*name, who)) {
            found.roles.insert("name", name);
        }
        found.roles.insert("choice", choice);
        Some(found)
    }

    fn lists(sample: &'s Sample) -> Option<Self> {
        let lists = sample
            .that_seem(|seems| matches!(seems, Seems::Lists | Seems::Text | Seems::States(_)));
        let of_choice =
            lists.filter_map(|column| Some((choice_of_heading(&column.plain())?, column)));
        let lists: Vec<OfChoice<'_>> = of_choice.collect();
        let has = |choice| {
            lists
                .iter()
                .any(|(of, column)| *of == choice && column.seems == Seems::Lists)
        };
        if !has(Choice::Yes) {
            return None;
        }
        let mut found = Self::new(
            sample,
            Shape::Lists,
            "the cells of a column for each choice list the states that made it".to_owned(),
        );
        found.codes = Some("names");
        found.lists = lists;
        Some(found)
    }

    fn choice_columns(sample: &'s Sample) -> Option<Self> {
        let roles = [
            ("yes", Choice::Yes),
            ("no", Choice::No),
            ("abstain", Choice::Abstain),
            ("non-voting", Choice::NonVoting),
        ];
        let marked = roles.into_iter().filter_map(|(role, choice)| {
            let (_, headings) = HEADINGS.iter().find(|(known, _)| *known == role)?;
            let mut columns = sample.columns.iter();
            let column = columns
                .find(|column| headings.contains(&&*column.plain()) && column.is_marked())?;
            Some((choice, column))
        });
        let marked: Vec<OfChoice<'_>> = marked.collect();
        let has = |choice| marked.iter().any(|(of, _)| *of == choice);
        if !(has(Choice::Yes) && has(Choice::No)) {
            return None;
        }
        let (who, codes) = voter(sample)?;
        let why = format!(
            "each row is a ballot of `{}`, marked with 1 in the column of its choice",
            who.heading
        );
        let mut found = Self::new(sample, Shape::ChoiceColumns, why);
        found.codes = Some(codes);
        found.roles.insert("state", who);
        found.lists = marked;
        Some(found)
    }

    /// Why the days of the table cannot be read without a date format.
    fn unsettled(&self) -> Option<&'s UnsettledDates> {
        match &self.roles.get("date")?.seems {
            Seems::Days(Written::Unsettled(unsettled)) => Some(unsettled),
            _ => None,
        }
    }

    fn totals(sample: &'s Sample) -> Option<Self> {
        let (yes, no) = (total(sample, "yes")?, total(sample, "no")?);
        let why = format!(
            "each row is a vote: totals in `{}` and `{}`, and no column says who voted",
            yes.heading, no.heading
        );
        Some(Self::new(sample, Shape::Totals, why))
    }

    /// One row a vote, or a meeting, and a column that says in words what came of it.
    fn results(sample: &'s Sample) -> Option<Self> {
        let column = sample.that_seem(|seems| *seems == Seems::Results).next()?;
        let why = format!(
            "`{}` says in words what came of votes: documents, outcomes, totals and days; each result in a cell is a vote",
            column.heading
        );
        let mut found = Self::new(sample, Shape::Totals, why);
        found.roles.insert("result", column);
        Some(found)
    }

    /// The columns of days without a year and of years, where no column has whole days.
    fn day_and_year(&self) -> Option<(&'s Sampled, &'s Sampled)> {
        if self.roles.contains_key("date") {
            return None;
        }
        let day = self.first_free(|seems| *seems == Seems::DaysOfYear)?;
        let year = self
            .sample
            .that_seem(|seems| *seems == Seems::Numbers)
            .find(|column| column.plain() == "year");
        Some((day, year?))
    }

    /// Finds the columns that say something about the vote.
    fn find_roles(&mut self) {
        if self.layout == Shape::VotersInRows {
            return;
        }
        for (role, headings) in HEADINGS {
            let column = self.by_heading(role, headings).or_else(|| match role {
                "date" => self.first_free(|seems| matches!(seems, Seems::Days(_))),
                "symbol" => self.first_free(|seems| *seems == Seems::Symbols),
                _ => None,
            });
            if let Some(column) = column {
                self.roles.insert(role, column);
            }
            if role == "vote" {
                self.find_key();
            }
        }
        self.find_title();
    }

    fn by_heading(&self, role: &str, headings: &[&str]) -> Option<&'s Sampled> {
        headings.iter().find_map(|heading| {
            let mut columns = self.sample.columns.iter();
            columns.find(|column| {
                self.is_free(column)
                    && column.plain() == *heading
                    && fits(role, &column.seems, self.layout)
                    && self.may_be_of_vote(role, column)
            })
        })
    }

    const fn has_row_for_each_ballot(&self) -> bool {
        matches!(self.layout, Shape::Long | Shape::ChoiceColumns)
    }

    /// Whether a column can say something about a vote, in a table with a row for each ballot: what tells votes apart is not another in each
    /// row, and a text is the same in all ballots of a vote.
    fn may_be_of_vote(&self, role: &str, column: &Sampled) -> bool {
        if !self.has_row_for_each_ballot() {
            return true;
        }
        match role {
            "vote" => !column.is_different_in_each_row(),
            "title" | "question" | "agenda" | "subjects" | "outcome" | "url" => {
                match self.roles.get("vote").or(self.roles.get("symbol")) {
                    Some(key) => column.depends_on(key),
                    None => self.voters_come_again() || column.is_the_same_in_each_row(),
                }
            }
            _ => true,
        }
    }

    fn voters_come_again(&self) -> bool {
        let voter = self.roles.get("state");
        voter.is_some_and(|voter| !voter.is_different_in_each_row())
    }

    /// Finds what tells votes apart by how columns go together: each voter comes once with each of its values.
    fn find_key(&mut self) {
        let Some(voter) = self.roles.get("state").copied() else {
            return;
        };
        let symbols = self.first_free(|seems| *seems == Seems::Symbols);
        let is_told = symbols.is_some_and(|symbols| symbols.tells_votes_apart(voter));
        if !self.has_row_for_each_ballot() || self.roles.contains_key("vote") || is_told {
            return;
        }
        let keys = self.sample.columns.iter().filter(|column| {
            self.is_free(column)
                && !matches!(column.seems, Seems::Days(_) | Seems::Symbols)
                && column.tells_votes_apart(voter)
        });
        if let Some(key) = keys.min_by_key(|column| column.mean_length()) {
            self.roles.insert("vote", key);
            self.by_dependence.push("vote");
        }
    }

    /// Finds the title by how columns go together: the longest text that is the same in all ballots of a vote.
    fn find_title(&mut self) {
        let key = self.roles.get("vote").or(self.roles.get("symbol"));
        let Some(key) = key.filter(|_| self.has_row_for_each_ballot()) else {
            return;
        };
        if self.roles.contains_key("title") {
            return;
        }
        let titles = self.sample.columns.iter().filter(|column| {
            self.is_free(column)
                && column.seems == Seems::Text
                && column.mean_length() >= LEAST_TITLE
                && column.depends_on(key)
        });
        if let Some(title) = titles.max_by_key(|column| column.mean_length()) {
            self.roles.insert("title", title);
            self.by_dependence.push("title");
        }
    }

    /// The columns without a role that hold what the columns of votes hold: they may be of a voter or of a choice.
    fn doubtful(&self) -> Vec<&'s Sampled> {
        if self.layout == Shape::Long {
            let choices = self.sample.that_seem(|seems| *seems == Seems::Choices);
            return choices.filter(|column| self.is_free(column)).collect();
        }
        let of_votes: Vec<&Sampled> = match self.layout {
            Shape::Wide | Shape::VotersInRows => self.voters.clone(),
            Shape::ChoiceColumns => self.lists.iter().map(|(_, column)| *column).collect(),
            _ => return Vec::new(),
        };
        let columns = self.sample.columns.iter();
        let holds = |column: &&Sampled| {
            let mut values = column.values.keys();
            self.is_free(column)
                && values.all(|value| of_votes.iter().any(|of| of.values.contains_key(value)))
        };
        columns.filter(holds).collect()
    }

    fn first_free(&self, seems: fn(&Seems) -> bool) -> Option<&'s Sampled> {
        self.sample
            .that_seem(seems)
            .find(|column| self.is_free(column))
    }

    /// Whether nothing was found out about a column so far.
    fn is_free(&self, column: &Sampled) -> bool {
        let is = |other: &&Sampled| std::ptr::eq(*other, column);
        column.filled > 0
            && column.seems != Seems::RowNumbers
            && !self.voters.iter().any(is)
            && !self.roles.values().any(&is)
            && !self.lists.iter().any(|(_, other)| is(other))
    }

    fn text(&self, known_as: Option<&str>, open: &[String]) -> String {
        let mut text = String::new();
        self.write(&mut text, known_as, open).unwrap_or_default();
        text
    }

    fn write(&self, out: &mut String, known_as: Option<&str>, open: &[String]) -> std::fmt::Result {
        let sample = self.sample;
        writeln!(
            out,
            "# A mapping, proposed by the first {} rows. Look through it; lines that begin with # are remarks.",
            sample.rows
        )?;
        if let Some(format) = known_as {
            writeln!(
                out,
                "# The table is read without a mapping, too: it is {format}."
            )?;
        }
        if !open.is_empty() {
            writeln!(out, "#\n# What could not be told:")?;
            for question in open {
                writeln!(out, "# - {}", one_line(question))?;
            }
        }
        writeln!(out)?;
        match self.body() {
            Some(body) => writeln!(
                out,
                "# By the symbols of its documents.\nbody = {}",
                quoted(body.as_str())
            )?,
            None => writeln!(
                out,
                "# Which body voted is not in the table: `plenary bodies` lists those that are known.\n# body = \"unga\""
            )?,
        }
        writeln!(
            out,
            "# Where the table comes from; its numbers of votes are those of this source.\n# source = \"\"\n"
        )?;
        if !sample.has_headings {
            writeln!(
                out,
                "# The first row is as those below it: the table has no heading, and its columns are called by their numbers.\nheadings = [{}]\n",
                quoted(NUMBERED)
            )?;
        }
        writeln!(out, "# {}.", one_line(&upper(&self.why)))?;
        writeln!(out, "layout = {}", quoted(self.layout.as_str()))?;
        if let Some(codes) = self.codes {
            let why = match codes {
                "none" => "The voters are no states: each text is a person",
                "names" => "States are printed by their names",
                _ => "States are printed by codes",
            };
            writeln!(out, "# {why}.\ncodes = {}", quoted(codes))?;
        }
        let day_and_year = self.day_and_year();
        self.write_dates(out)?;
        if day_and_year.is_some() {
            writeln!(out, "date-format = \"%d %B %Y\"")?;
        }
        write_missing(out, self.roles.values().copied())?;
        // Of a table with voters in rows the other columns are named or left out: there may be thousands of votes.
        if self.layout == Shape::Wide {
            write_list(
                out,
                "voter-columns",
                self.voters.iter().map(|column| &*column.heading),
            )?;
        }
        let book = self.book();
        let unclear = book.map_or(&[][..], |book| book.numbers);
        let unclear: Vec<&str> = unclear
            .iter()
            .filter(|(_, choice)| choice.is_none())
            .map(|(number, _)| *number)
            .collect();
        if !unclear.is_empty() {
            writeln!(
                out,
                "# These stand for several things: such voters are on no list, and are counted."
            )?;
            write_list(out, "unclear", unclear.into_iter())?;
        }
        self.write_ignored(out)?;
        writeln!(out, "\n[columns]")?;
        for (role, column) in &self.roles {
            let why = match self.by_dependence.contains(role) {
                true if *role == "vote" => format!(
                    "each voter comes once with each value, such as {}",
                    example(column)
                ),
                true => format!(
                    "the same in all ballots of a vote, such as {}",
                    example(column)
                ),
                false => seen(column),
            };
            writeln!(out, "{role} = {} # {why}", quoted(&column.heading))?;
        }
        if let Some((day, year)) = day_and_year {
            let text = format!("{{{}}} {{{}}}", day.heading, year.heading);
            writeln!(
                out,
                "date = {} # days and years of two columns",
                quoted(&text)
            )?;
        }
        if !self.lists.is_empty() {
            match self.layout {
                Shape::ChoiceColumns => writeln!(
                    out,
                    "\n# A voter is marked in the column of its choice.\n[marks]"
                )?,
                _ => writeln!(
                    out,
                    "\n# The states in the cells of each column made this choice.\n[lists]"
                )?,
            }
            for choice in Choice::ALL {
                let columns: Vec<String> = self
                    .lists
                    .iter()
                    .filter(|(of, _)| *of == choice)
                    .map(|(_, column)| quoted(&column.heading))
                    .collect();
                match &*columns {
                    [] => {}
                    [one] => writeln!(out, "{} = {one}", choice.as_str())?,
                    several => writeln!(out, "{} = [{}]", choice.as_str(), several.join(", "))?,
                }
            }
        }
        if self.layout.has_words() {
            self.write_choices(out, book)?;
        }
        Ok(())
    }

    /// The cells that hold votes, together.
    fn cells(&self) -> Vec<&'s Sampled> {
        match self.layout {
            Shape::Long => self.roles.get("choice").copied().into_iter().collect(),
            _ => self.voters.clone(),
        }
    }

    fn book(&self) -> Option<&'static Codebook> {
        codebook_of(&self.cells())
    }

    fn write_choices(&self, out: &mut String, book: Option<&Codebook>) -> std::fmt::Result {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for column in self.cells() {
            for (value, count) in &column.values {
                *counts.entry(value).or_default() += count;
            }
        }
        let plain = |value: &'_ str| {
            value
                .strip_suffix(".0")
                .map_or_else(|| value.to_owned(), str::to_owned)
        };
        let meant = |value: &str| match book {
            Some(book) => {
                let number = plain(value);
                let known = book.numbers.iter().find(|(known, _)| *known == number);
                known.and_then(|(_, choice)| *choice)
            }
            None => meaning(value),
        };
        writeln!(out)?;
        if let Some(book) = book {
            writeln!(out, "# The numbers are read by a codebook: {}.", book.title)?;
        }
        let is_unclear = |value: &str| {
            let number = plain(value);
            book.is_some_and(|book| {
                book.numbers
                    .iter()
                    .any(|(known, choice)| *known == number && choice.is_none())
            })
        };
        for (value, count) in counts
            .iter()
            .filter(|(value, _)| meant(value).is_none() && !is_unclear(value))
        {
            writeln!(
                out,
                "# What {} means could not be told; cells that hold it: {count}.",
                quoted(value)
            )?;
        }
        writeln!(out, "[choices]")?;
        for choice in Choice::ALL {
            let mut words: Vec<(String, usize)> = Vec::new();
            for (value, count) in &counts {
                if meant(value) == Some(choice) {
                    let word = if book.is_some() {
                        plain(value)
                    } else {
                        (*value).to_owned()
                    };
                    match words.iter_mut().find(|(known, _)| *known == word) {
                        Some((_, times)) => *times += count,
                        None => words.push((word, *count)),
                    }
                }
            }
            if words.is_empty() {
                continue;
            }
            let times: usize = words.iter().map(|(_, count)| count).sum();
            let words: Vec<String> = words.iter().map(|(word, _)| quoted(word)).collect();
            let times = many_times(times);
            writeln!(
                out,
                "{} = [{}] # {times}",
                choice.as_str(),
                words.join(", ")
            )?;
        }
        Ok(())
    }

    fn write_dates(&self, out: &mut String) -> std::fmt::Result {
        let Some(Seems::Days(written)) = self.roles.get("date").map(|column| &column.seems) else {
            return Ok(());
        };
        match written {
            Written::Known(form) => match form.account() {
                Some(account) => writeln!(out, "# {}, as the first rows show.", upper(&account)),
                None => Ok(()),
            },
            Written::Notation(notation) => writeln!(out, "date-format = {}", quoted(notation)),
            Written::Unsettled(unsettled) => {
                writeln!(out, "# {}: {}.", unsettled.reason, unsettled.help)?;
                let mut marks = unsettled
                    .value
                    .chars()
                    .filter(|mark| !mark.is_ascii_digit());
                match marks.next().filter(|_| unsettled.is_ambiguous) {
                    Some(mark) => writeln!(out, "# date-format = \"%d{mark}%m{mark}%Y\""),
                    None => Ok(()),
                }
            }
        }
    }

    /// Says which columns are left out: of every one that has no role, so that none is taken for a voter.
    fn write_ignored(&self, out: &mut String) -> std::fmt::Result {
        let is = |one: &Sampled, other: &Sampled| std::ptr::eq(one, other);
        let day_and_year = self.day_and_year();
        let used = |column: &Sampled| {
            day_and_year.is_some_and(|(day, year)| is(day, column) || is(year, column))
                || self.voters.iter().any(|other| is(other, column))
                || self.roles.values().any(|other| is(other, column))
                || self.lists.iter().any(|(_, other)| is(other, column))
        };
        let left: Vec<&str> = self
            .sample
            .columns
            .iter()
            .filter(|column| {
                !used(column)
                    && column.seems != Seems::RowNumbers
                    && !column.heading.is_empty()
                    // Of several columns of one heading the first is read.
                    && !self.sample.columns.iter().any(|other| used(other) && other.plain() == column.plain())
            })
            .map(|column| &*column.heading)
            .collect();
        write_left_out(out, &left, "`[columns]`")
    }

    /// The body of most of the symbols.
    fn body(&self) -> Option<BodyId> {
        let column = self.roles.get("symbol")?;
        let bodies = column.values.keys().filter_map(|value| {
            let citation = Citation::new(value);
            citation.symbol().and_then(Symbol::body)
        });
        let bodies: Vec<BodyId> = bodies.collect();
        let first = bodies.first()?;
        bodies
            .iter()
            .all(|body| body == first)
            .then(|| first.clone())
    }
}

/// Columns of votes, and those between and behind them whose headings are of the same form and that hold values of the same codebook: a vote
/// without a no is one as well.
fn alike<'s>(sample: &'s Sample, who: &Sampled, votes: Vec<&'s Sampled>) -> Vec<&'s Sampled> {
    let Some(book) = codebook_of(&votes) else {
        return votes;
    };
    let forms: BTreeSet<String> = votes.iter().map(|column| column.form()).collect();
    let columns = sample.columns.iter().filter(|column| {
        let is_known = |value: &String| book.knows(value);
        votes.iter().any(|vote| std::ptr::eq(*vote, *column))
            || (!std::ptr::eq(*column, who)
                && column.seems != Seems::RowNumbers
                && forms.contains(&column.form())
                && column.filled > 0
                && column.values.keys().all(is_known))
    });
    columns.collect()
}

/// The numbers under one of the headings of a role.
fn total<'s>(sample: &'s Sample, role: &str) -> Option<&'s Sampled> {
    let (_, headings) = HEADINGS.iter().find(|(known, _)| *known == role)?;
    let mut columns = sample.that_seem(|seems| *seems == Seems::Numbers);
    columns.find(|column| headings.contains(&&*column.plain()))
}

fn is_of_names(seems: &Seems) -> bool {
    *seems == Seems::States(StateCodes::Names)
}

/// The column that says who voted, and the codes in it: of states, else of persons.
fn voter(sample: &Sample) -> Option<(&Sampled, &'static str)> {
    const PERSONS: [&str; 9] = [
        "bezeichnung",
        "mandate",
        "voter",
        "legislator",
        "icpsr",
        "personid",
        "member",
        "mp",
        "name",
    ];
    let by_code =
        |seems: &Seems| matches!(seems, Seems::States(codes) if *codes != StateCodes::Names);
    let states = sample.that_seem(by_code).next();
    let states = states.or_else(|| sample.that_seem(is_of_names).next());
    if let Some(states) = states {
        let codes = match states.seems {
            Seems::States(codes) => codes.as_str(),
            _ => "names",
        };
        return Some((states, codes));
    }
    let person = PERSONS.iter().find_map(|heading| {
        let mut columns = sample.columns.iter();
        columns.find(|column| column.plain() == *heading && column.filled > 0)
    });
    person.map(|person| (person, "none"))
}

/// The choice that a heading names.
fn choice_of_heading(plain: &str) -> Option<Choice> {
    let roles = [
        ("yes", Choice::Yes),
        ("no", Choice::No),
        ("abstain", Choice::Abstain),
        ("non-voting", Choice::NonVoting),
    ];
    let of_role = |role: &str| HEADINGS.iter().find(|(known, _)| *known == role);
    let known = roles
        .iter()
        .find(|(role, _)| of_role(role).is_some_and(|(_, headings)| headings.contains(&plain)));
    known.map(|(_, choice)| *choice)
}

/// Whether a column of a heading can be of a role by its values.
fn fits(role: &str, seems: &Seems, layout: Shape) -> bool {
    match role {
        "date" => matches!(seems, Seems::Days(_)),
        "yes" | "no" | "abstain" | "non-voting" | "members" => *seems == Seems::Numbers,
        "title" | "question" | "agenda" | "subjects" | "outcome" | "url" => {
            *seems == Seems::Text && !(role == "title" && layout == Shape::VotersInRows)
        }
        "symbol" => matches!(seems, Seems::Symbols | Seems::Text),
        _ => !matches!(seems, Seems::Choices | Seems::Lists | Seems::Nothing),
    }
}

/// A value of a column, for a remark.
pub(super) fn example(column: &Sampled) -> String {
    let first = column.values.keys().next().map_or("", |value| value);
    let first = plenary_types::brief(first);
    first.chars().filter(|c| !c.is_control()).take(40).collect()
}

/// What was seen in a column, for a remark.
pub(super) fn seen(column: &Sampled) -> String {
    let first = example(column);
    let what = match &column.seems {
        Seems::States(codes) => format!("states ({})", codes.as_str()),
        Seems::Days(_) => "days".to_owned(),
        Seems::Symbols => "symbols".to_owned(),
        Seems::Numbers => "numbers".to_owned(),
        Seems::Choices => "votes".to_owned(),
        Seems::Results => "results in words".to_owned(),
        _ => "by its heading".to_owned(),
    };
    format!("{what}, such as {first}")
}

fn nothing_told(sample: &Sample, known_as: Option<&str>, open: &[String]) -> String {
    let mut text = format!(
        "# No mapping can be proposed by the first {} rows.\n",
        sample.rows
    );
    if let Some(format) = known_as {
        text += &format!("# The table is read without one: it is {format}.\n");
    }
    text += "#\n# What could not be told:\n";
    for question in open {
        text += &format!("# - {}\n", one_line(question));
    }
    if let Some(kind) = sample.kind() {
        text += &format!("#\n# As far as its columns show, {kind}.\n");
    }
    text += "#\n# The columns:\n";
    for column in &sample.columns {
        text += &format!("# {}: {}\n", quoted(&column.heading), seen(column));
    }
    text += "#\n# `plenary template --mapping` prints a mapping with every key explained.\n";
    text
}

/// The words for a missing value in the columns that are read.
pub(super) fn write_missing<'s>(
    out: &mut String,
    read: impl Iterator<Item = &'s Sampled>,
) -> std::fmt::Result {
    let mut words: Vec<&str> = Vec::new();
    for word in read.flat_map(|column| &column.missing) {
        if !words.contains(word) {
            words.push(word);
        }
    }
    match words.is_empty() {
        true => Ok(()),
        false => write_list(out, "missing", words.into_iter()),
    }
}

/// The columns that are left out, and where one that is needed is named.
pub(super) fn write_left_out(out: &mut String, left: &[&str], tables: &str) -> std::fmt::Result {
    if left.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "# These are left out: name those that you need under {tables}."
    )?;
    write_list(out, "ignore", left.iter().copied())
}

pub(super) fn write_list<'a>(
    out: &mut String,
    key: &str,
    values: impl Iterator<Item = &'a str>,
) -> std::fmt::Result {
    let values: Vec<String> = values.map(quoted).collect();
    writeln!(out, "{key} = [{}]", values.join(", "))
}

/// `once`, `3 times`.
pub(super) fn many_times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    }
}

/// A text with a capital at its beginning.
pub(super) fn upper(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// A text for a remark: a heading in it may hold line breaks.
fn one_line(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(plain).collect()
}

/// A text as a basic string of TOML.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted += "\\n",
            '\t' => quoted += "\\t",
            letter if letter.is_control() => quoted += &format!("\\u{:04X}", u32::from(letter)),
            letter => quoted.push(letter),
        }
    }
    quoted + "\""
}

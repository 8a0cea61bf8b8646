//! A mapping of acts proposed for a table: signatures, consents and withdrawals, or the years of a status.

use std::collections::BTreeMap;
use std::fmt::Write;

use plenary_states::{CodeSystem, Resolver};
use plenary_tables::{DateForm, DateOrder, UnsettledDates};
use plenary_types::ActionKind;

use super::propose::{
    example, many_times, quoted, seen, upper, write_left_out, write_list, write_missing,
};
use crate::csv::choices::whole;
use crate::sample::{DISTINCT, Sample, Sampled, Seems, StateCodes, Written};
use crate::sources::untc;

/// What was found out about a table of acts.
pub(super) struct FoundActs<'s> {
    sample: &'s Sample,
    why: String,
    is_panel: bool,
    codes: &'static str,
    roles: BTreeMap<&'static str, &'s Sampled>,
    acts: Vec<FoundAct<'s>>,
    /// The column that says what was done.
    words: Option<&'s Sampled>,
    open: Vec<String>,
}

/// One act of a row.
#[derive(Default)]
struct FoundAct<'s> {
    why: String,
    /// Its word; nothing where the column of acts says it.
    kind: Option<&'static str>,
    date: Option<&'s Sampled>,
    effective: Option<&'s Sampled>,
    status: Option<&'s Sampled>,
    agreement: Option<String>,
    participants: Vec<String>,
    /// Further columns that it reads, by patterns or as those of participants.
    also: Vec<&'s Sampled>,
    when: Vec<(&'s Sampled, &'static str)>,
}

/// What a column of dates holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dates {
    Days,
    /// Cells of the UN Treaty Collection.
    TreatyCollection,
    Years,
}

/// Parts of headings that say which act a column is about, in small letters and digits alone; the first that is there counts.
const ACTS: [(&str, ActionKind); 18] = [
    ("ratificationoraccession", ActionKind::ConsentToBeBound),
    ("provisionalapplication", ActionKind::ProvisionalApplication),
    ("signator", ActionKind::Signature),
    ("signature", ActionKind::Signature),
    ("signed", ActionKind::Signature),
    ("csig", ActionKind::Signature),
    ("ratifi", ActionKind::Ratification),
    ("crat", ActionKind::Ratification),
    ("accession", ActionKind::Accession),
    ("acceptance", ActionKind::Acceptance),
    ("approval", ActionKind::Approval),
    ("succession", ActionKind::Succession),
    ("denunciation", ActionKind::Withdrawal),
    ("denounce", ActionKind::Withdrawal),
    ("withdraw", ActionKind::Withdrawal),
    ("consent", ActionKind::ConsentToBeBound),
    ("stateparty", ActionKind::ConsentToBeBound),
    ("bound", ActionKind::ConsentToBeBound),
];

/// Parts of headings of days of effect.
const EFFECTS: [&str; 6] = [
    "entryintoforce",
    "entryforce",
    "inforce",
    "effect",
    "ceif",
    "eif",
];

/// Headings of what tells agreements apart, and of their titles.
const AGREEMENTS: [&str; 10] = [
    "treatyid",
    "agreementid",
    "conventionid",
    "mitchid",
    "treatynumber",
    "number",
    "treaty",
    "agreement",
    "convention",
    "instrument",
];
const TITLES: [&str; 8] = [
    "title",
    "treatyname",
    "treatytitle",
    "agreementname",
    "conventiontitle",
    "conventionname",
    "name",
    "label",
];

/// So many columns of one heading with numbers are a list of participants.
const LEAST_NUMBERED: usize = 3;

impl<'s> FoundActs<'s> {
    /// What can be found out; nothing where no column tells of an act or a status.
    pub(super) fn of(sample: &'s Sample) -> Option<Self> {
        let found = Self::panel(sample);
        let found = found.or_else(|| Self::rows(sample));
        let mut found = found.or_else(|| Self::members(sample))?;
        if let Some(unsettled) = found.unsettled() {
            found.open.push(format!(
                "how days are written: {}; {}",
                unsettled.reason, unsettled.help
            ));
        }
        if sample.not_utf8 > 0 {
            found.open.push(format!(
                "how {} rows are written that are not in UTF-8: give their `encoding`",
                sample.not_utf8
            ));
        }
        let is_named = found.acts.iter().all(|act| act.agreement.is_some());
        if !is_named && !found.roles.contains_key("agreement") && !found.roles.contains_key("title")
        {
            found.open.push(
                "which agreement it is: no column names one, and the file does; give it under `[fixed]`".to_owned(),
            );
        }
        Some(found)
    }

    fn new(sample: &'s Sample, why: String, codes: &'static str) -> Self {
        Self {
            sample,
            why,
            is_panel: false,
            codes,
            roles: BTreeMap::new(),
            acts: Vec::new(),
            words: None,
            open: Vec::new(),
        }
    }

    /// A participant, or two, in a year, with the marks of a status.
    fn panel(sample: &'s Sample) -> Option<Self> {
        let columns = sample.columns.iter();
        let is_year = |column: &&Sampled| {
            matches!(column.plain().as_str(), "year" | "yr" | "jahr") && is_years(column)
        };
        let year = columns.clone().find(is_year)?;
        let marked: Vec<&Sampled> = columns.filter(|column| column.is_marked()).collect();
        let (state, codes) = states(sample)?;
        if marked.is_empty() || state.is_different_in_each_row() {
            return None;
        }
        let pair = pair(sample);
        let why = match &pair {
            Some([one, other]) => format!(
                "each row is a pair of states (`{}` and `{}`) in a year, with marks in {} columns",
                one.heading,
                other.heading,
                marked.len()
            ),
            None => format!(
                "each row is a state (`{}`) in a year, with the marks of a status in {} columns",
                state.heading,
                marked.len()
            ),
        };
        let mut found = Self::new(sample, why, codes);
        found.is_panel = true;
        found.roles.insert("year", year);
        if pair.is_none() {
            found.roles.insert("state", state);
        }
        for column in marked {
            let mut act = FoundAct {
                why: "1 in a year is a party in it".to_owned(),
                status: Some(column),
                agreement: Some(column.heading.clone()),
                ..FoundAct::default()
            };
            if let Some([one, other]) = pair {
                act.agreement = Some(format!(
                    "{{{}}}-{{{}}}/{}",
                    one.heading, other.heading, column.heading
                ));
                act.participants = vec![one.heading.clone(), other.heading.clone()];
                act.also = vec![one, other];
            }
            found.acts.push(act);
        }
        Some(found)
    }

    /// A participant of an agreement with a column for each act, or one act.
    fn rows(sample: &'s Sample) -> Option<Self> {
        let (state, codes) = states(sample)?;
        let mut found = Self::new(sample, String::new(), codes);
        found.roles.insert("state", state);
        let mut names = sample.that_seem(|seems| *seems == Seems::States(StateCodes::Names));
        if let Some(name) = names.find(|name| !std::ptr::eq(*name, state)) {
            found.roles.insert("name", name);
        }
        found.find_agreement();
        let dated = found.dated();
        let of_kinds = |wanted: fn(ActionKind) -> bool| {
            let columns = dated.iter().copied();
            let columns = columns.filter_map(|column| Some((column, act_of(column)?)));
            columns
                .filter(move |(_, kind)| wanted(*kind))
                .collect::<Vec<_>>()
        };
        let effective = dated.iter().copied().find(|column| is_effect(column));
        found.words = sample.columns.iter().find(|column| has_words(column));
        let consents =
            of_kinds(|kind| !matches!(kind, ActionKind::Signature | ActionKind::Withdrawal));
        for (column, _) in of_kinds(|kind| kind == ActionKind::Signature) {
            found.acts.push(FoundAct::of(ActionKind::Signature, column));
        }
        if let Some(words) = found.words {
            let is_free = |column: &&Sampled| act_of(column).is_none() && !is_effect(column);
            let other = dated.iter().copied().find(is_free);
            let date = consents.first().map(|(column, _)| *column).or(other);
            found.acts.push(FoundAct {
                why: format!("`{}` says what was done", words.heading),
                date,
                effective,
                also: vec![words],
                ..FoundAct::default()
            });
        }
        let marks = |wanted: ActionKind| {
            let mut marked = sample.columns.iter().filter(|column| column.is_marked());
            marked.find(|column| act_of(column) == Some(wanted))
        };
        if found.words.is_none() {
            let mut before: Vec<&Sampled> = Vec::new();
            for (column, kind) in consents {
                let mut act = FoundAct::of(kind, column);
                if before.is_empty() {
                    act.effective = effective;
                } else {
                    act.why = "The first of these columns that has a day counts".to_owned();
                    act.when = before.iter().map(|column| (*column, "")).collect();
                    act.when.push((column, "*"));
                }
                let mark = marks(ActionKind::ConsentToBeBound).map(|mark| (mark, "1"));
                act.when
                    .extend(mark.filter(|_| kind == ActionKind::ConsentToBeBound));
                before.push(column);
                found.acts.push(act);
            }
            let mark = marks(ActionKind::Signature);
            let has_signatures = found.acts.iter().any(|act| act.is(ActionKind::Signature));
            if let Some(mark) = mark.filter(|_| !has_signatures && !before.is_empty()) {
                found.acts.push(FoundAct {
                    why: "Marked with 1; the day is not in the table".to_owned(),
                    kind: Some(ActionKind::Signature.as_str()),
                    when: vec![(mark, "1")],
                    ..FoundAct::default()
                });
            }
        }
        for (column, _) in of_kinds(|kind| kind == ActionKind::Withdrawal) {
            found
                .acts
                .push(FoundAct::of(ActionKind::Withdrawal, column));
        }
        if let Some(effective) = effective {
            let dates: Vec<&Sampled> = found
                .acts
                .iter()
                .filter(|act| !act.is(ActionKind::Signature) && !act.is(ActionKind::Withdrawal))
                .filter_map(|act| act.date)
                .collect();
            let mut when: Vec<_> = dates.iter().map(|column| (*column, "")).collect();
            when.push((effective, "*"));
            found.acts.push(FoundAct {
                why: "Bound from a day, without an instrument in the table".to_owned(),
                kind: Some(ActionKind::Participation.as_str()),
                effective: Some(effective),
                when,
                ..FoundAct::default()
            });
        }
        let has_more = found
            .acts
            .iter()
            .any(|act| act.kind != Some(ActionKind::Participation.as_str()));
        if !has_more {
            return None;
        }
        found.why = format!(
            "each row tells what a state (`{}`) did about an agreement",
            state.heading
        );
        Some(found)
    }

    /// An agreement, with those who took part in it in numbered columns.
    fn members(sample: &'s Sample) -> Option<Self> {
        let mut stems: BTreeMap<&str, Vec<&Sampled>> = BTreeMap::new();
        for column in &sample.columns {
            let stem = column
                .heading
                .trim_end_matches(|c: char| c.is_ascii_digit());
            if stem != column.heading && !stem.is_empty() {
                stems.entry(stem).or_default().push(column);
            }
        }
        let mut lists = stems
            .into_iter()
            .filter(|(_, of)| of.len() >= LEAST_NUMBERED);
        let (stem, columns, codes) = lists.find_map(|(stem, of)| {
            let codes = codes_of(of.first()?)?;
            Some((stem, of, codes))
        })?;
        let why = format!(
            "each row is an agreement, with states in {} columns `{stem}1` and so on",
            columns.len()
        );
        let mut found = Self::new(sample, why, codes);
        found.find_agreement();
        for column in &sample.columns {
            let words = column.values.keys().filter(|word| act(word).is_some());
            let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
            if column.seems == Seems::Text && column.values.len() <= 40 && !words.is_empty() {
                found.open.push(format!(
                    "what the values of `{}` mean ({}): all rows are read as of agreements; tell them apart by `when`",
                    column.heading,
                    words.join(", ")
                ));
            }
        }
        let dated = found.dated();
        let effective = dated.iter().copied().find(|column| is_effect(column));
        let is_other = |column: &&Sampled| !is_effect(column);
        let date = dated.iter().copied().find(is_other);
        found.acts.push(FoundAct {
            why: "Who is listed took part; what was done is not in the table".to_owned(),
            kind: Some(ActionKind::Participation.as_str()),
            date,
            effective,
            participants: vec![format!("{stem}#")],
            also: columns,
            ..FoundAct::default()
        });
        Some(found)
    }

    /// Finds the columns that name the agreement.
    fn find_agreement(&mut self) {
        let is_text = |column: &&Sampled| {
            matches!(column.seems, Seems::Text | Seems::Numbers | Seems::Symbols)
        };
        let named = |headings: &[&str], is: &dyn Fn(&&'s Sampled) -> bool| {
            headings.iter().find_map(|heading| {
                let mut columns = self.sample.columns.iter();
                columns.find(|column| column.plain() == *heading && column.filled > 0 && is(column))
            })
        };
        let agreement = named(&AGREEMENTS, &|column| is_text(column));
        let title = named(&TITLES, &|column| {
            column.seems == Seems::Text && agreement.is_none_or(|key| column.depends_on(key))
        });
        self.roles
            .extend(agreement.map(|column| ("agreement", column)));
        self.roles.extend(title.map(|column| ("title", column)));
    }

    /// The columns of dates that say something of participants: not those that are the same in all rows of an agreement.
    fn dated(&self) -> Vec<&'s Sampled> {
        let columns = self.sample.columns.iter();
        let is_of_acts = |column: &&Sampled| act_of(column).is_some() || is_effect(column);
        let dated = columns.filter(|column| match dates_of(column) {
            Some(Dates::Years) => is_of_acts(column) || column.plain() == "year",
            Some(_) => true,
            None => false,
        });
        let dated: Vec<&Sampled> = dated.collect();
        let key = self.roles.get("agreement").copied();
        let key = key.filter(|key| !key.is_different_in_each_row());
        let of_participants = |column: &&&Sampled| key.is_none_or(|key| !column.depends_on(key));
        let own: Vec<&Sampled> = dated.iter().filter(of_participants).copied().collect();
        match own.iter().any(is_of_acts) {
            true => own,
            false => dated,
        }
    }

    /// The columns of dates that the acts read.
    fn read_dates(&self) -> Vec<&'s Sampled> {
        let acts = self.acts.iter();
        let mut columns: Vec<&Sampled> = Vec::new();
        for column in acts.flat_map(|act| [act.date, act.effective]).flatten() {
            if !columns.iter().any(|known| std::ptr::eq(*known, column)) {
                columns.push(column);
            }
        }
        columns
    }

    /// How the days of all columns are written, where they are numbers.
    fn settled(&self) -> Result<DateForm, UnsettledDates> {
        let mut order = DateOrder::default();
        for column in self.read_dates() {
            for value in column.values.keys() {
                let bare = letters(value).map_or(value.as_str(), |(date, _)| date);
                order.add(0, bare);
            }
        }
        order.settle()
    }

    fn notations(&self) -> Vec<&'static str> {
        let mut notations = Vec::new();
        for column in self.read_dates() {
            if dates_of(column) == Some(Dates::TreatyCollection) {
                return vec!["untc"];
            }
            if let Seems::Days(Written::Notation(notation)) = column.seems
                && !notations.contains(&notation)
            {
                notations.push(notation);
            }
        }
        notations
    }

    /// Why the days of the table cannot be read without a date format.
    fn unsettled(&self) -> Option<UnsettledDates> {
        match self.notations().is_empty() {
            true => self.settled().err(),
            false => None,
        }
    }

    /// Whether nothing that reading needs is open.
    pub(super) fn is_settled(&self) -> bool {
        self.unsettled().is_none() && self.sample.not_utf8 == 0
    }

    pub(super) fn text(&self, known_as: Option<&str>) -> String {
        let mut text = String::new();
        self.write(&mut text, known_as).unwrap_or_default();
        text
    }

    fn write(&self, out: &mut String, known_as: Option<&str>) -> std::fmt::Result {
        writeln!(
            out,
            "# A mapping, proposed by the first {} rows. Look through it; lines that begin with # are remarks.",
            self.sample.rows
        )?;
        if let Some(format) = known_as {
            writeln!(
                out,
                "# The table is read without a mapping, too: it is {format}."
            )?;
        }
        if !self.open.is_empty() {
            writeln!(out, "#\n# What could not be told:")?;
            for question in &self.open {
                writeln!(out, "# - {question}")?;
            }
        }
        writeln!(out, "\nof = \"acts\"")?;
        writeln!(
            out,
            "# Where the table comes from; its numbers of agreements are those of this source.\n# source = \"\"\n"
        )?;
        writeln!(out, "# {}.", upper(&self.why))?;
        let layout = if self.is_panel { "panel" } else { "rows" };
        writeln!(out, "layout = {}", quoted(layout))?;
        let why = match self.codes {
            "names" => "States are printed by their names",
            _ => "States are printed by codes",
        };
        writeln!(out, "# {why}.\ncodes = {}", quoted(self.codes))?;
        if self.sample.not_utf8 > 0 {
            writeln!(out, "# encoding = \"windows-1252\" # or \"mac-roman\"")?;
        }
        if self.is_panel {
            writeln!(
                out,
                "# Say so where the table has rows of parties alone.\n# absent = \"not-party\""
            )?;
        }
        self.write_dates(out)?;
        self.write_lists(out)?;
        if !self.roles.is_empty() {
            writeln!(out, "\n[columns]")?;
        }
        for (role, column) in &self.roles {
            writeln!(
                out,
                "{role} = {} # {}",
                quoted(&column.heading),
                seen(column)
            )?;
        }
        for act in &self.acts {
            act.write(out, self.words)?;
        }
        self.write_words(out)?;
        self.write_marks(out)?;
        let is_named = self.acts.iter().all(|act| act.agreement.is_some());
        if !is_named && !self.roles.contains_key("agreement") && !self.roles.contains_key("title") {
            writeln!(out, "\n# [fixed]\n# agreement = \"\"")?;
        }
        Ok(())
    }

    fn write_dates(&self, out: &mut String) -> std::fmt::Result {
        match (&*self.notations(), self.settled()) {
            (["untc"], _) => writeln!(
                out,
                "# Days as the UN Treaty Collection prints them, with letters of its legends.\ndate-format = \"untc\""
            ),
            ([], Ok(form)) => match form.account() {
                Some(account) => writeln!(out, "# {}: a day above 12 settles it.", upper(&account)),
                None => Ok(()),
            },
            ([], Err(unsettled)) => writeln!(
                out,
                "# {}: {}.\n# date-format = \"%d/%m/%Y\"",
                unsettled.reason, unsettled.help
            ),
            ([one], _) => writeln!(out, "date-format = {}", quoted(one)),
            (several, _) => write_list(out, "date-format", several.iter().copied()),
        }
    }

    /// Whether a column is read.
    fn reads(&self, column: &Sampled) -> bool {
        let is = |other: &&'s Sampled| std::ptr::eq(*other, column);
        let of_acts = self.acts.iter().any(|act| {
            let columns = [act.date, act.effective, act.status];
            let mut when = act.when.iter().map(|(column, _)| column);
            columns.iter().flatten().any(is) || act.also.iter().any(is) || when.any(is)
        });
        of_acts || self.roles.values().any(is)
    }

    fn write_lists(&self, out: &mut String) -> std::fmt::Result {
        let columns = &self.sample.columns;
        write_missing(out, columns.iter().filter(|column| self.reads(column)))?;
        let left = columns.iter().filter(|column| {
            !self.reads(column) && column.seems != Seems::RowNumbers && !column.heading.is_empty()
        });
        let left: Vec<&str> = left.map(|column| &*column.heading).collect();
        write_left_out(out, &left, "`[columns]` or `[[acts]]`")
    }

    /// Says what the words of the column of acts mean, where they are not acts already.
    fn write_words(&self, out: &mut String) -> std::fmt::Result {
        let Some(column) = self.words else {
            return Ok(());
        };
        let unknown = column.values.iter().filter(|(word, _)| act(word).is_none());
        let unknown: Vec<(&String, &usize)> = unknown.collect();
        if unknown.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n[words]")?;
        for (word, count) in unknown {
            let plain = plain(word);
            let within = ACTS.iter().find(|(part, _)| plain.contains(part));
            match within {
                Some((_, kind)) => writeln!(
                    out,
                    "{} = {} # by a word in it, {}",
                    quoted(word),
                    quoted(kind.as_str()),
                    many_times(*count)
                )?,
                None => writeln!(
                    out,
                    "# What {} means could not be told; its rows are rejected; cells that hold it: {count}.\n# {} = \"\"",
                    quoted(word),
                    quoted(word)
                )?,
            }
        }
        Ok(())
    }

    /// Says what the letters behind dates mean.
    fn write_marks(&self, out: &mut String) -> std::fmt::Result {
        if self.notations() == ["untc"] {
            return Ok(());
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for column in self.read_dates() {
            for (value, count) in &column.values {
                if let Some((_, letter)) = letters(value) {
                    *counts.entry(letter).or_default() += count;
                }
            }
        }
        if counts.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "\n# Letters behind days, by the usual legends: compare them with that of the table."
        )?;
        if self.read_dates().iter().any(|column| column.is_cut()) {
            writeln!(
                out,
                "# The first {DISTINCT} different values of a column were looked at: others may have more letters."
            )?;
        }
        writeln!(out, "[marks]")?;
        for (letter, count) in counts {
            let known = match letter {
                "su" | "Su" | "d" => Some(ActionKind::Succession),
                "a" => Some(ActionKind::Accession),
                "s" => Some(ActionKind::DefinitiveSignature),
                "R" => Some(ActionKind::Ratification),
                _ => None,
            };
            match known {
                Some(kind) => writeln!(
                    out,
                    "{} = {} # {}",
                    quoted(letter),
                    quoted(kind.as_str()),
                    many_times(count)
                )?,
                None => writeln!(
                    out,
                    "# What {} means could not be told; its days are not read; cells that hold it: {count}.\n# {} = \"\"",
                    quoted(letter),
                    quoted(letter)
                )?,
            }
        }
        Ok(())
    }
}

impl<'s> FoundAct<'s> {
    fn of(kind: ActionKind, date: &'s Sampled) -> Self {
        Self {
            kind: Some(kind.as_str()),
            date: Some(date),
            ..Self::default()
        }
    }

    fn is(&self, kind: ActionKind) -> bool {
        self.kind == Some(kind.as_str())
    }

    fn write(&self, out: &mut String, words: Option<&Sampled>) -> std::fmt::Result {
        writeln!(out)?;
        if !self.why.is_empty() {
            writeln!(out, "# {}.", self.why)?;
        }
        writeln!(out, "[[acts]]")?;
        if let Some(agreement) = &self.agreement {
            writeln!(out, "agreement = {}", quoted(agreement))?;
        }
        match (self.kind, words) {
            (Some(kind), _) => writeln!(out, "act = {}", quoted(kind))?,
            (None, Some(words)) if self.status.is_none() => {
                writeln!(out, "act = {{ column = {} }}", quoted(&words.heading))?;
            }
            _ => {}
        }
        match &*self.participants {
            [] => {}
            [one] => writeln!(out, "participants = {}", quoted(one))?,
            several => write_list(out, "participants", several.iter().map(String::as_str))?,
        }
        for (key, column) in [
            ("status", self.status),
            ("date", self.date),
            ("effective", self.effective),
        ] {
            if let Some(column) = column {
                let heading = quoted(&column.heading);
                writeln!(out, "{key} = {heading} # such as {}", example(column))?;
            }
        }
        if !self.when.is_empty() {
            let when = self.when.iter();
            let when = when.map(|(column, value)| {
                format!("{} = [{}]", quoted(&column.heading), quoted(value))
            });
            let when: Vec<String> = when.collect();
            writeln!(out, "when = {{ {} }}", when.join(", "))?;
        }
        Ok(())
    }
}

/// The column of states, one of codes before one of names, and the codes in it.
fn states(sample: &Sample) -> Option<(&Sampled, &'static str)> {
    let codes =
        |seems: &Seems| matches!(seems, Seems::States(codes) if *codes != StateCodes::Names);
    let names = |seems: &Seems| *seems == Seems::States(StateCodes::Names);
    let column = sample.that_seem(codes).next();
    let column = column.or_else(|| sample.that_seem(names).next())?;
    match column.seems {
        Seems::States(codes) => Some((column, codes.as_str())),
        _ => None,
    }
}

/// Two columns of states whose headings are one but for the number behind them: `ccode1` and `ccode2`.
fn pair(sample: &Sample) -> Option<[&Sampled; 2]> {
    let columns: Vec<&Sampled> = sample
        .that_seem(|seems| matches!(seems, Seems::States(_)))
        .collect();
    let stem = |column: &Sampled| -> Option<String> {
        let bare = column.heading.strip_suffix(['1', '2', 'a', 'b'])?;
        Some(bare.to_owned())
    };
    columns.iter().enumerate().find_map(|(at, one)| {
        let others = columns.get(at + 1..)?;
        let other = others.iter().find(|other| {
            stem(other).is_some() && stem(other) == stem(one) && other.seems == one.seems
        });
        Some([*one, *other?])
    })
}

/// The codes of a column of participants of agreements.
fn codes_of(column: &Sampled) -> Option<&'static str> {
    match column.seems {
        Seems::States(codes) => Some(codes.as_str()),
        Seems::Numbers => {
            let share = |system: CodeSystem| {
                let codes = Resolver::new().codes(system);
                column.share(|value| codes.resolve(whole(value).unwrap_or(value)).is_some())
            };
            let (m49, cow) = (share(CodeSystem::M49), share(CodeSystem::Cow));
            match () {
                // Numbers of both systems may be of either.
                () if m49 >= 80 && m49 >= cow + 20 => Some("m49"),
                () if cow >= 80 && cow >= m49 + 20 => Some("cow"),
                () => None,
            }
        }
        _ => None,
    }
}

fn is_years(column: &Sampled) -> bool {
    let is_year = |value: &str| {
        let year = whole(value).unwrap_or(value).parse::<u32>();
        year.is_ok_and(|year| (1600..=2200).contains(&year))
    };
    column.filled > 0 && column.share(is_year) >= 90
}

fn dates_of(column: &Sampled) -> Option<Dates> {
    let is_cell = |value: &str| untc::acts_of_cell(value).is_ok_and(|acts| !acts.is_empty());
    match &column.seems {
        Seems::Days(_) => Some(Dates::Days),
        Seems::Text if column.share(is_cell) >= 60 => Some(Dates::TreatyCollection),
        _ if is_years(column) => Some(Dates::Years),
        _ => None,
    }
}

/// The act that the heading of a column says.
fn act_of(column: &Sampled) -> Option<ActionKind> {
    let heading = column.plain();
    let mut acts = ACTS.iter();
    acts.find(|(part, _)| heading.contains(part))
        .map(|(_, kind)| *kind)
}

/// Whether the heading of a column says that an act counts from its days.
fn is_effect(column: &Sampled) -> bool {
    let heading = column.plain();
    act_of(column).is_none()
        && (EFFECTS.iter().any(|part| heading.contains(part))
            || heading == "entry"
            || heading.ends_with("force"))
}

/// Whether a column says by words what was done.
fn has_words(column: &Sampled) -> bool {
    column.seems == Seems::Text
        && column.values.len() <= 40
        && column.share(|word| act(word).is_some()) >= 50
        || column.has_words_of_acts()
}

/// The act that a word is.
fn act(word: &str) -> Option<ActionKind> {
    word.to_ascii_lowercase()
        .replace([' ', '_'], "-")
        .parse()
        .ok()
}

fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// A date and the letters behind it: `18/3/1992 a`.
fn letters(value: &str) -> Option<(&str, &str)> {
    let (date, letters) = value.rsplit_once(char::is_whitespace)?;
    let inside = letters
        .strip_prefix('(')
        .and_then(|letters| letters.strip_suffix(')'));
    let letters = inside.unwrap_or(letters);
    let is_mark = (1..=3).contains(&letters.len()) && letters.chars().all(char::is_alphabetic);
    let is_date = date.ends_with(|c: char| c.is_ascii_digit())
        && date.starts_with(|c: char| c.is_ascii_digit());
    (is_mark && is_date).then_some((date, letters))
}

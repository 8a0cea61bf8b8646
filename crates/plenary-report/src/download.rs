//! The data of a page, for download.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::BASE64;
use plenary::Account;
use plenary::page::{
    AgreementPage, AgreementPicture, DatasetPage, FindingLine, IdealPicture, VotesPage,
};
use serde::Serialize;

use crate::{ReportError, ReportOptions};

/// A file that a page carries.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Download {
    /// What it is: a key of the texts.
    key: &'static str,
    /// The name under which it is saved.
    name: String,
    /// The file, as an address.
    href: String,
    kb: usize,
}

impl Download {
    fn new(key: &'static str, name: String, kind: &str, bytes: &[u8]) -> Self {
        Self {
            key,
            name,
            href: format!("data:{kind};base64,{}", BASE64.encode(bytes)),
            kb: bytes.len().div_ceil(1000),
        }
    }
}

/// The start of the names of the files: the letters and figures of what the page is about.
pub(crate) fn stem(label: &str) -> String {
    const MOST: usize = 40;
    let letters = label.chars().map(|c| match c {
        c if c.is_ascii_alphanumeric() => c.to_ascii_lowercase(),
        _ => '-',
    });
    let text: String = letters.take(MOST).collect();
    let parts: Vec<&str> = text.split('-').filter(|part| !part.is_empty()).collect();
    match parts.is_empty() {
        true => "page".to_owned(),
        false => parts.join("-"),
    }
}

/// A table under way.
struct Csv {
    writer: csv::Writer<Vec<u8>>,
    escapes_formulas: bool,
}

impl Csv {
    fn new<T: AsRef<str>>(
        options: &ReportOptions,
        columns: impl IntoIterator<Item = T>,
    ) -> Result<Self, ReportError> {
        let mut table = Self {
            writer: csv::Writer::from_writer(Vec::new()),
            escapes_formulas: options.escape_formulas,
        };
        table.row(columns)?;
        Ok(table)
    }

    fn row<T: AsRef<str>>(
        &mut self,
        cells: impl IntoIterator<Item = T>,
    ) -> Result<(), ReportError> {
        let mut cells = cells.into_iter();
        let written = cells.try_for_each(|cell| match self.escapes_formulas {
            true => self.writer.write_field(without_formula(cell.as_ref())),
            false => self.writer.write_field(cell.as_ref()),
        });
        let written = written.and_then(|()| self.writer.write_record(None::<&[u8]>));
        written.map_err(|error| ReportError::Data(error.to_string()))
    }

    fn finish(self, key: &'static str, name: String) -> Result<Download, ReportError> {
        let bytes = self.writer.into_inner();
        let bytes = bytes.map_err(|error| ReportError::Data(error.to_string()))?;
        Ok(Download::new(key, name, "text/csv;charset=utf-8", &bytes))
    }
}

/// A cell with an apostrophe before what a spreadsheet would take for a formula. A number is none.
fn without_formula(cell: &str) -> String {
    let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    match begins && cell.parse::<f64>().is_err() {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// The files of an agreement's page.
pub(crate) fn of_agreement(
    account: &Account,
    page: &AgreementPage,
    options: &ReportOptions,
) -> Result<Vec<Download>, ReportError> {
    let stem = stem(page.symbols.first().unwrap_or(&page.title));
    let json = serde_json::to_vec(account).map_err(|error| ReportError::Data(error.to_string()))?;
    let name = format!("{stem}.json");
    let mut files = vec![Download::new(
        "record-json",
        name,
        "application/json",
        &json,
    )];
    if page
        .decisions()
        .any(|decision| !decision.ballots.is_empty())
    {
        files.push(ballots(page, options, &stem)?);
    }
    if !page.acts.is_empty() {
        let mut table = Csv::new(options, ["participant", "first_act", "acts"])?;
        for line in &page.acts {
            let first = line.first.map_or(String::new(), |date| date.to_string());
            table.row([&line.who, &first, &line.acts.join("; ")])?;
        }
        files.push(table.finish("acts-csv", format!("{stem}-acts.csv"))?);
    }
    if !page.claims.is_empty() {
        let mut table = Csv::new(options, ["source", "claim", "standing", "why", "evidence"])?;
        for of_source in &page.claims {
            for claim in &of_source.claims {
                let why = claim.why.as_deref().unwrap_or_default();
                let evidence = claim.evidence.join("; ");
                let source = &of_source.source;
                table.row([source, &claim.text, claim.standing, why, &evidence])?;
            }
        }
        files.push(table.finish("claims-csv", format!("{stem}-claims.csv"))?);
    }
    if !page.findings.is_empty() {
        files.push(findings(&page.findings, options, &stem)?);
    }
    Ok(files)
}

/// The files of a dataset's page.
pub(crate) fn of_dataset(
    page: &DatasetPage,
    options: &ReportOptions,
) -> Result<Vec<Download>, ReportError> {
    let stem = stem(&page.title);
    let json = serde_json::to_vec(page).map_err(|error| ReportError::Data(error.to_string()))?;
    let name = format!("{stem}-page.json");
    let mut files = vec![Download::new(
        "dataset-json",
        name,
        "application/json",
        &json,
    )];
    if let Some(votes) = &page.votes {
        files.push(years(votes, options, &stem)?);
        if let Some(agreement) = &votes.agreement {
            files.push(pairs(agreement, options, &stem)?);
        }
        if let Some(ideal) = &votes.ideal {
            files.push(positions(ideal, options, &stem)?);
        }
    }
    if !page.checked.findings.is_empty() {
        files.push(findings(&page.checked.findings, options, &stem)?);
    }
    Ok(files)
}

fn years(votes: &VotesPage, options: &ReportOptions, stem: &str) -> Result<Download, ReportError> {
    const COLUMNS: [&str; 7] = [
        "group",
        "year",
        "votes",
        "yes",
        "no",
        "abstain",
        "attendance",
    ];
    let mut table = Csv::new(options, COLUMNS)?;
    let of_groups = votes
        .groups
        .iter()
        .map(|group| (&*group.name, &group.years));
    for (name, years) in std::iter::once(("", &votes.years)).chain(of_groups) {
        for year in years {
            let share =
                |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.4}"));
            table.row([
                name,
                &year.year.to_string(),
                &year.votes.to_string(),
                &share(year.yes),
                &share(year.no),
                &share(year.abstain),
                &share(year.attendance),
            ])?;
        }
    }
    table.finish("years-csv", format!("{stem}-years.csv"))
}

/// The lower half of the square of all pairs.
fn pairs(
    agreement: &AgreementPicture,
    options: &ReportOptions,
    stem: &str,
) -> Result<Download, ReportError> {
    let codes = agreement.members.iter().map(|member| &*member.code);
    let heading: Vec<&str> = std::iter::once("participant").chain(codes).collect();
    let mut table = Csv::new(options, &heading)?;
    for (member, cells) in agreement.members.iter().zip(&agreement.cells) {
        let cells = cells.iter();
        let cells = cells.map(|cell| cell.map_or(String::new(), |value| format!("{value:.3}")));
        let mut cells: Vec<String> = std::iter::once(member.code.clone()).chain(cells).collect();
        cells.resize(heading.len(), String::new());
        table.row(cells)?;
    }
    table.finish("agreement-csv", format!("{stem}-agreement.csv"))
}

/// A row for each voter and a column for each session.
fn positions(
    ideal: &IdealPicture,
    options: &ReportOptions,
    stem: &str,
) -> Result<Download, ReportError> {
    let sessions: BTreeSet<i32> = ideal
        .points
        .iter()
        .map(|(_, session, ..)| *session)
        .collect();
    let mut voters: BTreeMap<&str, BTreeMap<i32, f64>> = BTreeMap::new();
    for (voter, session, position, _) in &ideal.points {
        voters.entry(voter).or_default().insert(*session, *position);
    }
    let heading = sessions.iter().map(ToString::to_string);
    let heading: Vec<String> = std::iter::once("participant".to_owned())
        .chain(heading)
        .collect();
    let mut table = Csv::new(options, heading)?;
    for (voter, positions) in voters {
        let mut row = vec![voter.to_owned()];
        row.extend(sessions.iter().map(|session| {
            let position = positions.get(session);
            position.map_or(String::new(), |position| format!("{position:.3}"))
        }));
        table.row(row)?;
    }
    table.finish("positions-csv", format!("{stem}-ideal.csv"))
}

fn ballots(
    page: &AgreementPage,
    options: &ReportOptions,
    stem: &str,
) -> Result<Download, ReportError> {
    const COLUMNS: [&str; 9] = [
        "symbol",
        "date",
        "body",
        "participant",
        "name",
        "group",
        "choice",
        "intended",
        "mark",
    ];
    let mut table = Csv::new(options, COLUMNS)?;
    for decision in page.decisions() {
        let date = decision.date.map_or(String::new(), |date| date.to_string());
        for line in &decision.ballots {
            let group = line.group.and_then(|place| decision.groups.get(place));
            table.row([
                decision.symbol.as_deref().unwrap_or_default(),
                &date,
                decision.body.as_deref().unwrap_or_default(),
                &line.code,
                &line.name,
                group.map_or("", |group| &group.name),
                line.choice.as_str(),
                line.intended.map_or("", |choice| choice.as_str()),
                line.mark.as_deref().unwrap_or_default(),
            ])?;
        }
    }
    table.finish("ballots-csv", format!("{stem}-votes.csv"))
}

pub(crate) fn findings(
    lines: &[FindingLine],
    options: &ReportOptions,
    stem: &str,
) -> Result<Download, ReportError> {
    const COLUMNS: [&str; 8] = [
        "level", "check", "record", "place", "message", "expected", "found", "help",
    ];
    let mut table = Csv::new(options, COLUMNS)?;
    for line in lines {
        table.row([
            line.severity.as_str(),
            &line.check,
            line.record.as_deref().unwrap_or_default(),
            &line.place,
            &line.message,
            line.expected.as_deref().unwrap_or_default(),
            line.found.as_deref().unwrap_or_default(),
            line.help.as_deref().unwrap_or_default(),
        ])?;
    }
    table.finish("findings-csv", format!("{stem}-findings.csv"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_are_left() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+cmd|x", "'+cmd|x"),
            ("-0.5", "-0.5"),
            ("+3", "+3"),
            ("-a", "'-a"),
            ("\t=1", "'\t=1"),
            ("France", "France"),
            ("", ""),
        ] {
            assert_eq!(without_formula(cell), expected, "{cell}");
        }
    }

    #[test]
    fn names_of_files_are_plain() {
        assert_eq!(stem("A/RES/73/195"), "a-res-73-195");
        assert_eq!(stem("../../etc"), "etc");
        assert_eq!(stem("«»"), "page");
    }
}

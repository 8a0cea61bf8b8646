//! [`report`]: what a page of a record or of a whole dataset says, and what it rests on.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use plenary_bodies::Reference;
use plenary_import::citation::CitationStyle;
use plenary_import::{Import, Summary};
use plenary_types::{Act, Agreement, Date, Finding, Severity, many, thousands};
use serde::Serialize;

use crate::analyses::{layers, made_of, overview};
use crate::page::{CheckedPage, DatasetPage, FindingCause, FindingLine};
use crate::{
    Error, Found, Input, Records, Refusal, Report, Settings, VoteSettings, check, cite, show,
    with_carried,
};

/// What a page is about.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReportSettings {
    /// How the input is read and judged. Rows that cannot be used are skipped and counted.
    pub reading: Settings,
    /// The symbol, title, identifier or number of one agreement of the input.
    pub symbol: Option<String>,
    /// How many findings of a dataset are told one by one; all are counted.
    pub most_findings: usize,
    /// Whether ideal points of a dataset are estimated, which takes most of the time.
    pub with_ideal: bool,
}

impl Default for ReportSettings {
    fn default() -> Self {
        Self {
            reading: Settings::default(),
            symbol: None,
            most_findings: 200,
            with_ideal: true,
        }
    }
}

/// What a page says, and what it rests on. `plenary-report` makes a page of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Reported {
    /// What the page says.
    pub page: ReportedPage,
    /// How the data are cited, and this program.
    pub citations: Vec<CitationText>,
    /// What it rests on, by key: `sources`, `reference`, `made with`.
    pub about: Vec<(&'static str, String)>,
    /// What limits the reading of the input.
    pub warnings: Vec<String>,
    /// What the input was taken for, and what became of its rows.
    pub input: Summary,
}

/// What a page says.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReportedPage {
    /// The records of a symbol, or the only one of an input; where there is none, what is like it.
    Agreements(Box<Found>),
    /// A whole dataset.
    Dataset(Box<DatasetPage>),
}

/// How something is cited, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct CitationText {
    /// The citation, a line for each work.
    pub text: String,
    /// What it rests on.
    pub basis: String,
}

/// Says what a page of an input has to say: of the agreement of a symbol, of the only one of the input, or of all of them together.
///
/// ```
/// use plenary::{Input, ReportSettings, ReportedPage, report};
///
/// let reported = report(Input::compact(), &ReportSettings::default())?;
/// let ReportedPage::Agreements(found) = &reported.page else { panic!("one agreement is built in") };
/// assert_eq!(found.accounts.len(), 1);
/// assert!(reported.citations.last().unwrap().text.contains("plenary"));
/// # Ok::<(), plenary::Error>(())
/// ```
///
/// # Errors
///
/// [`Error`] when the input cannot be used or holds no agreement.
pub fn report(input: impl Into<Input>, settings: &ReportSettings) -> Result<Reported, Error> {
    let input = input.into();
    let citations = citations(&input)?;
    let of = match &settings.symbol {
        Some(symbol) => Of::found(show(symbol, input, &settings.reading)?),
        None => whole(&input, settings)?,
    };
    let mut about = made_of([(&*of.input.path, of.input.format)]).to_vec();
    about.extend(of.layers);
    Ok(Reported {
        page: of.page,
        citations,
        about,
        warnings: of.warnings,
        input: of.input,
    })
}

/// What a page says, with what it was made of.
struct Of {
    page: ReportedPage,
    layers: Option<(&'static str, String)>,
    warnings: Vec<String>,
    input: Summary,
}

impl Of {
    fn found(found: Found) -> Self {
        Self {
            layers: layers(&found.reference),
            warnings: found.warnings.clone(),
            input: found.input.clone(),
            page: ReportedPage::Agreements(Box::new(found)),
        }
    }
}

/// The only agreement of an input, or all of them together.
fn whole(input: &Input, settings: &ReportSettings) -> Result<Of, Error> {
    let reference = with_carried(&settings.reading.reference, std::slice::from_ref(input))?;
    let import = input.read(&settings.reading.clone().lenient())?;
    let summary = import.summary().clone();
    match import.len() {
        0 => Err(Refusal::new("the input holds no agreement")
            .with_help("`plenary check` says what became of its rows")
            .into()),
        1 => {
            let records = Records::new(vec![import], &settings.reading, &reference);
            let accounts = records.iter().map(|record| records.account(record));
            Ok(Of::found(Found {
                accounts: accounts.collect(),
                same_number: Vec::new(),
                nearest: Vec::new(),
                warnings: records.warnings(),
                input: summary,
                reference,
            }))
        }
        _ => dataset(input, import, &reference, settings),
    }
}

/// What all records of an input show together.
fn dataset(
    input: &Input,
    import: Import,
    reference: &Reference,
    settings: &ReportSettings,
) -> Result<Of, Error> {
    let contents = Contents::new(&import);
    let input_summary = import.summary().clone();
    drop(import);
    let checked = check([input.clone()], &settings.reading.clone().lenient());
    if let Some(unusable) = checked.unusable.first() {
        return Err(Refusal::new(unusable.message.clone()).into());
    }
    let votes = VoteSettings {
        reference: settings.reading.reference.clone(),
        lenient: true,
        dates: settings.reading.dates.clone(),
        day: settings.reading.day,
        ..VoteSettings::default()
    };
    let mut caveats = of_reading(&input_summary);
    caveats.extend(of_decisions(&checked));
    let (votes, no_votes) = match overview(input.clone(), &votes, settings.with_ideal) {
        Ok((votes, of_votes)) => {
            caveats.extend(of_votes);
            (Some(votes), None)
        }
        Err(error) => (None, Some(error.to_string())),
    };
    caveats.dedup();
    let title = Path::new(&input_summary.path).file_name();
    let title = title.map(|name| name.to_string_lossy().into_owned());
    let page = DatasetPage {
        title: title.unwrap_or_else(|| input_summary.path.clone()),
        kinds: contents.kinds.into_iter().collect(),
        years: contents.years,
        checked: found(&checked, &contents.year_of, settings.most_findings),
        votes,
        no_votes,
        caveats,
    };
    Ok(Of {
        page: ReportedPage::Dataset(Box::new(page)),
        layers: layers(reference),
        warnings: checked.warnings,
        input: input_summary,
    })
}

/// What the records of an input are.
struct Contents {
    kinds: BTreeMap<String, usize>,
    years: Option<(i32, i32)>,
    /// The year of each record, by what findings call it.
    year_of: HashMap<String, i32>,
}

impl Contents {
    fn new(import: &Import) -> Self {
        let mut contents = Self {
            kinds: BTreeMap::new(),
            years: None,
            year_of: HashMap::new(),
        };
        for record in import.records() {
            let agreement = &record.agreement;
            *contents
                .kinds
                .entry(agreement.kind.to_string())
                .or_default() += 1;
            let Some(year) = year(agreement) else {
                continue;
            };
            let (first, last) = contents.years.unwrap_or((year, year));
            contents.years = Some((first.min(year), last.max(year)));
            contents.year_of.insert(agreement.label().to_owned(), year);
        }
        contents
    }
}

/// The year of the decision of an agreement, else that of its first act.
fn year(agreement: &Agreement) -> Option<i32> {
    let decided = agreement.principal_decision();
    let decided = decided.and_then(|(_, decision)| decision.date);
    let first = || agreement.acts.iter().filter_map(Act::date).min();
    decided.or_else(first).map(Date::calendar_year)
}

/// What became of the rows.
fn of_reading(input: &Summary) -> Vec<String> {
    let mut told = vec![format!(
        "{} of {} were used, as `{}`",
        thousands(input.used),
        many(input.rows, "row"),
        input.format
    )];
    if input.rejected > 0 {
        let rows = many(input.rejected, "row");
        told.push(format!(
            "{rows} could not be used: `plenary check` says which"
        ));
    }
    told
}

/// What the verdicts rest on.
fn of_decisions(checked: &Report) -> Vec<String> {
    let counts = &checked.decisions;
    let mut told = Vec::new();
    if counts.assumed > 0 {
        let assumed = many(counts.assumed, "verdict");
        told.push(format!(
            "{assumed} rest on an assumed rule: neither the records nor the configuration state which applied"
        ));
    }
    for cause in &counts.causes {
        let without = many(cause.count, "decision");
        told.push(format!("{without} without a verdict: {}", cause.cause));
    }
    told
}

/// What the checks found, by cause and year.
fn found(checked: &Report, year_of: &HashMap<String, i32>, most: usize) -> CheckedPage {
    let mut causes: BTreeMap<String, FindingCause> = BTreeMap::new();
    let mut years: BTreeMap<String, BTreeMap<i32, usize>> = BTreeMap::new();
    for finding in checked.findings.iter() {
        let check = finding.check.to_string();
        let year = year_of_finding(&finding, year_of);
        let cause = causes.entry(check.clone()).or_insert_with(|| FindingCause {
            about: crate::catalogue().find(&check).map(|check| check.summary),
            check: check.clone(),
            severity: Severity::Note,
            count: 0,
            years: Vec::new(),
            undated: 0,
        });
        cause.count += 1;
        cause.severity = cause.severity.max(finding.severity);
        match year {
            Some(year) => *years.entry(check).or_default().entry(year).or_default() += 1,
            None => cause.undated += 1,
        }
    }
    for (check, of_check) in years {
        if let Some(cause) = causes.get_mut(&check) {
            cause.years = of_check.into_iter().collect();
        }
    }
    let mut causes: Vec<FindingCause> = causes.into_values().collect();
    causes.sort_by(|one, other| {
        let order = other.severity.cmp(&one.severity);
        order.then(other.count.cmp(&one.count))
    });
    let shown = checked.findings.most_severe(Some(most));
    let counts = checked.counts;
    CheckedPage {
        errors: counts.errors,
        warnings: counts.warnings,
        notes: counts.notes,
        decisions: checked.decisions.clone(),
        causes,
        left: checked.findings.len() - shown.len(),
        findings: shown
            .iter()
            .map(|finding| FindingLine::new(&finding))
            .collect(),
    }
}

/// The year of the record of a finding, else of the first date that it names.
fn year_of_finding(finding: &Finding, year_of: &HashMap<String, i32>) -> Option<i32> {
    let record = finding.record.as_ref();
    let known = record.and_then(|record| year_of.get(record)).copied();
    let mut subjects = finding.subjects.iter();
    let named = || {
        subjects.find_map(|subject| match subject {
            plenary_types::Subject::Date(date) => Some(date.calendar_year()),
            _ => None,
        })
    };
    known.or_else(named)
}

/// How the data are cited, where that is known, and this program.
fn citations(input: &Input) -> Result<Vec<CitationText>, Error> {
    let path = input.path().map(|path| path.to_string_lossy().into_owned());
    // Of a file whose publisher is not known the page names the source, and nothing more.
    let of_data = path.and_then(|path| cite(Some(&path)).ok());
    let of_program = cite(None)?;
    let texts = of_data.into_iter().chain([of_program]);
    let texts = texts.map(|cited| CitationText {
        text: cited.write(CitationStyle::Text),
        basis: cited.basis,
    });
    Ok(texts.collect())
}

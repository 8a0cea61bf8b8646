//! [`html`]: a page as one file.

use data_encoding::BASE64;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Rest, Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, context};
use plenary::analysis::plot::{Chart, Series};
use plenary::page::{AgreementPage, DecisionPage, YearCounts};
use plenary::types::{Choice, Tally, thousands};
use plenary::{Account, Reported, ReportedPage};
use sha2::{Digest, Sha256};

use crate::download::{self, Download};
use crate::escape::{is_link, write_value};
use crate::templates::Templates;
use crate::{ReportError, Texts, svg};

/// How a page is made.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ReportOptions {
    /// The templates, the style and the texts.
    pub templates: Templates,
    /// Whether an apostrophe is put before what a spreadsheet would take for a formula, in the CSV files of the page.
    pub escape_formulas: bool,
}

/// Makes the page of what was reported: one file of HTML, which needs no network and no other file.
///
/// # Errors
///
/// [`ReportError`] when a template or the style of one's own cannot be used.
pub fn html(reported: &Reported, options: &ReportOptions) -> Result<String, ReportError> {
    let templates = &options.templates;
    let mut page = Environment::new();
    page.set_auto_escape_callback(|_| AutoEscape::Html);
    page.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    page.set_formatter(write_value);
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()?;
    page.set_syntax(syntax);
    for (name, text) in templates.pages() {
        page.add_template(name, text)?;
    }
    add_functions(&mut page, templates.texts());
    let style = own_element(templates, "style.css", "</style")?;
    let script = own_element(templates, "script.js", "</script")?;
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        hash(&style),
        hash(&script)
    );
    let subject = match &reported.page {
        ReportedPage::Agreements(found) => agreements(&found.accounts, options)?,
        ReportedPage::Dataset(page) => crate::dataset::context(page, options)?,
        _ => Value::UNDEFINED,
    };
    let text = page.get_template("page.html")?.render(context! {
        policy,
        script_texts => script_texts(templates.texts()),
        style => Value::from_safe_string(style),
        script => Value::from_safe_string(script),
        definitions => Value::from_safe_string(svg::definitions()),
        about => Value::from(Serde(&reported.about)),
        citations => Value::from(Serde(&reported.citations)),
        warnings => Value::from(Serde(&reported.warnings)),
        escapes_formulas => options.escape_formulas,
        ..subject
    })?;
    Ok(text)
}

/// A style sheet or a script, which stands in the page as it is.
fn own_element(
    templates: &Templates,
    name: &'static str,
    end: &'static str,
) -> Result<String, ReportError> {
    let text = templates.get(name);
    match text.to_ascii_lowercase().contains(end) {
        true => Err(ReportError::EndsItself { name, found: end }),
        false => Ok(text.to_owned()),
    }
}

/// The texts of the script, as JSON for an attribute of the page.
fn script_texts(texts: &Texts) -> String {
    let texts = [
        ("sort", "page.sort"),
        ("filterLabel", "page.filter-label"),
        ("rowsShown", "page.rows-shown"),
    ]
    .map(|(name, key)| (name.to_owned(), texts.get(key).into()));
    serde_json::Value::Object(texts.into_iter().collect()).to_string()
}

/// What a content security policy calls a text by.
fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(&Sha256::digest(text.as_bytes())))
}

fn agreements(accounts: &[Account], options: &ReportOptions) -> Result<Value, ReportError> {
    let pages = accounts.iter().map(|account| {
        let page = AgreementPage::new(account);
        let downloads = download::of_agreement(account, &page, options)?;
        Ok((page, downloads))
    });
    let pages: Vec<(AgreementPage, Vec<Download>)> = pages.collect::<Result<_, ReportError>>()?;
    let title = pages.first().map(|(page, _)| page.title.clone());
    let texts = options.templates.texts();
    let records = (1..).zip(&pages).map(|(place, (page, downloads))| {
        Ok(context! {
            page => Value::from(Serde(page)),
            decisions => page.decisions().map(|of| pictures(of, options)).collect::<Vec<_>>(),
            timeline => timeline(page, place, texts)?,
            downloads => Value::from(Serde(downloads)),
        })
    });
    Ok(context! {
        template => "agreement.html",
        title,
        records => records.collect::<Result<Vec<Value>, ReportError>>()?,
    })
}

/// What a line of a chart counts in a year.
type CountOf = fn(&YearCounts) -> usize;

/// How many had signed a treaty and consented to it, over the years.
fn timeline(
    page: &AgreementPage,
    place: usize,
    texts: &Texts,
) -> Result<Option<Value>, ReportError> {
    if page.years.len() < 2 {
        return Ok(None);
    }
    let mut chart = Chart::default();
    chart.title = texts.get("heading.timeline").to_owned();
    chart.y_range = Some((
        0.0,
        page.years.iter().map(most).max().unwrap_or(1) as f64 * 1.04,
    ));
    let lines: [(&str, CountOf); 2] = [
        ("label.contracting", |year| year.contracting),
        ("label.signatories", |year| year.signatories),
    ];
    for (key, count) in lines {
        let mut line = Series::new(texts.get(key));
        let points = page.years.iter();
        let points = points.map(|year| (f64::from(year.year), count(year) as f64).into());
        line.points = points.collect();
        chart.series.push(line);
    }
    crate::dataset::draw(&chart, &format!("timeline-{place}-")).map(Some)
}

fn most(year: &YearCounts) -> usize {
    year.signatories.max(year.contracting).max(1)
}

/// The pictures of a decision.
fn pictures(of: &DecisionPage, options: &ReportOptions) -> Value {
    let texts = options.templates.texts();
    let safe = |svg: String| Value::from_safe_string(svg);
    let bar = of.tally.map(|tally| {
        let label = texts
            .get("vote.bar-label")
            .replace("{counts}", &counts(tally, texts));
        safe(svg::bar(tally, all(tally), 26, &label))
    });
    let most = of.groups.iter().map(|group| all(group.tally)).max();
    let groups = of.groups.iter().enumerate().map(|(place, group)| {
        let label = counts(group.tally, texts);
        let members = of.ballots.iter().filter(|line| line.group == Some(place));
        context! {
            bar => safe(svg::bar(group.tally, most.unwrap_or(0), 14, &label)),
            tiles => safe(svg::tiles(in_order(members), texts)),
        }
    });
    let ungrouped = of.ballots.iter().filter(|line| line.group.is_none());
    context! {
        bar,
        groups => groups.collect::<Vec<_>>(),
        tiles => safe(svg::tiles(in_order(ungrouped), texts)),
    }
}

/// Ballots in the order of the choices, those of a choice in that of the names.
fn in_order<'b>(
    ballots: impl Iterator<Item = &'b plenary::page::BallotLine>,
) -> Vec<&'b plenary::page::BallotLine> {
    let place = |choice: Choice| svg::CHOICES.iter().position(|known| *known == choice);
    let mut ballots: Vec<_> = ballots.collect();
    ballots.sort_by_key(|line| place(line.choice));
    ballots
}

/// How many ballots there are.
fn all(tally: Tally) -> u32 {
    let counts = svg::CHOICES.iter().map(|choice| tally.get(*choice));
    counts.fold(0, u32::saturating_add)
}

/// The counts in words: `152 in favour, 5 against`.
fn counts(tally: Tally, texts: &Texts) -> String {
    let choices = svg::CHOICES.iter().filter(|choice| tally.get(**choice) > 0);
    let counts =
        choices.map(|choice| format!("{} {}", tally.get(*choice), texts.of("choice", choice)));
    counts.collect::<Vec<_>>().join(", ")
}

/// What templates can ask for, beside what the language has.
fn add_functions(page: &mut Environment<'_>, texts: &Texts) {
    let known = texts.clone();
    page.add_function("t", move |key: &str, values: Kwargs| {
        text(&known, key, &values)
    });
    let known = texts.clone();
    // The text for a word of an open vocabulary, else the word.
    page.add_function("word", move |group: &str, word: &str| {
        let text = known.known(&format!("{group}.{word}"));
        text.map_or_else(|| word.to_owned(), str::to_owned)
    });
    let known = texts.clone();
    page.add_function("many", move |count: u64, unit: &str| {
        let number = if count == 1 { "one" } else { "other" };
        let key = format!("unit.{unit}-{number}");
        let text = known.known(&key).ok_or_else(|| unknown(&key))?;
        Ok::<_, Error>(text.replace("{n}", &thousands(count)))
    });
    page.add_function("sample", |choice: &str| {
        let choice: Choice = choice.parse().map_err(|_| unknown(choice))?;
        Ok::<_, Error>(Value::from_safe_string(svg::sample(choice)))
    });
    page.add_function("total", |counts: Rest<u64>| counts.iter().sum::<u64>());
    page.add_filter("thousands", |count: u64| thousands(count));
    page.add_test("link", |address: &str| is_link(address));
}

/// A text with the values that it names.
fn text(texts: &Texts, key: &str, values: &Kwargs) -> Result<String, Error> {
    let mut text = texts.known(key).ok_or_else(|| unknown(key))?.to_owned();
    // One pass, so that a value that has braces is left as it is.
    let mut written = String::new();
    while let Some((before, rest)) = text.split_once('{') {
        let Some((name, after)) = rest.split_once('}') else {
            break;
        };
        written.push_str(before);
        if !values.has(name) {
            let missing = format!("`{key}` needs a value `{name}`");
            return Err(Error::new(ErrorKind::MissingArgument, missing));
        }
        written.push_str(&values.get::<Value>(name)?.to_string());
        text = after.to_owned();
    }
    written.push_str(&text);
    Ok(written)
}

fn unknown(key: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("unknown text `{key}`"))
}

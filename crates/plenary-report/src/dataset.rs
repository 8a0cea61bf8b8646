//! The page of a whole dataset.

use std::fmt::Write;

use minijinja::context;
use minijinja::value::{Serde, Value};
use plenary::analysis::plot::{Chart, PlotForm, PlotOptions, Series, TimeAxis};
use plenary::page::{
    AgreementPicture, DatasetPage, FindingCause, GroupChoices, IdealPicture, VotesPage, YearChoices,
};

use crate::download;
use crate::escape::Escaped;
use crate::{ReportError, ReportOptions, Texts};

/// What the template of a dataset is given.
pub(crate) fn context(page: &DatasetPage, options: &ReportOptions) -> Result<Value, ReportError> {
    let texts = options.templates.texts();
    let sparks = page.checked.causes.iter();
    let sparks = sparks.map(|cause| Value::from_safe_string(spark(cause, page.years)));
    let downloads = download::of_dataset(page, options)?;
    let votes = page.votes.as_ref();
    let pictures = votes.map(|votes| pictures(votes, texts)).transpose()?;
    Ok(context! {
        template => "dataset.html",
        title => &page.title,
        page => Value::from(Serde(page)),
        sparks => sparks.collect::<Vec<_>>(),
        decades => Value::from(Serde(decades(page))),
        pictures,
        downloads => Value::from(Serde(downloads)),
    })
}

/// The findings of each cause by decade, and the decades.
fn decades(page: &DatasetPage) -> (Vec<i32>, Vec<Vec<usize>>) {
    let decade = |year: i32| year.div_euclid(10) * 10;
    let years = page.checked.causes.iter().flat_map(|cause| &cause.years);
    let mut decades: Vec<i32> = years.map(|(year, _)| decade(*year)).collect();
    decades.sort_unstable();
    decades.dedup();
    let rows = page.checked.causes.iter().map(|cause| {
        let count = |wanted: &i32| {
            let years = cause
                .years
                .iter()
                .filter(|(year, _)| decade(*year) == *wanted);
            years.map(|(_, count)| count).sum()
        };
        decades.iter().map(count).collect()
    });
    let rows = rows.collect();
    (decades, rows)
}

/// How high the greatest bar of a small picture is.
const HIGH: f64 = 18.0;

/// The findings of a cause by year, as small bars.
fn spark(cause: &FindingCause, years: Option<(i32, i32)>) -> String {
    let Some((first, last)) = years.filter(|_| !cause.years.is_empty()) else {
        return String::new();
    };
    let most = cause
        .years
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(1);
    let width = i64::from(last) - i64::from(first) + 1;
    let mut bars = String::new();
    for (year, count) in &cause.years {
        let height = (HIGH * *count as f64 / most as f64).max(1.0);
        add(
            &mut bars,
            format_args!("M{} 20v-{height:.0}", i64::from(*year) - i64::from(first)),
        );
    }
    format!(
        "<svg class=\"spark\" viewBox=\"-1 0 {} 20\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path d=\"{bars}\"/></svg>",
        width + 1
    )
}

/// Text is added to memory, which does not fail.
fn add(svg: &mut String, text: std::fmt::Arguments<'_>) {
    let written = svg.write_fmt(text);
    debug_assert!(written.is_ok(), "writing to memory does not fail");
}

/// The pictures of the votes.
fn pictures(votes: &VotesPage, texts: &Texts) -> Result<Value, ReportError> {
    let all = texts.get("label.all");
    let attendance = lines(&votes.groups, &votes.years, all, |year| year.attendance);
    let yes = lines(&votes.groups, &votes.years, all, |year| year.yes);
    let abstain = lines(&votes.groups, &votes.years, all, |year| year.abstain);
    let share = Some((0.0, 1.0));
    Ok(context! {
        attendance => chart(texts, "dataset.attendance", TimeAxis::Year, share, attendance)?,
        yes => chart(texts, "dataset.yes", TimeAxis::Year, share, yes)?,
        abstain => chart(texts, "dataset.abstain", TimeAxis::Year, share, abstain)?,
        matrix => votes.agreement.as_ref().map(|of| Value::from_safe_string(matrix(of, texts))),
        classes => (0..CLASSES.len()).map(legend).collect::<Vec<_>>(),
        ideal => match &votes.ideal {
            Some(ideal) => chart(texts, "dataset.ideal", TimeAxis::Session, None, positions(ideal))?,
            None => None,
        },
    })
}

/// A line for everybody and one for each group.
fn lines(
    groups: &[GroupChoices],
    years: &[YearChoices],
    all: &str,
    value: fn(&YearChoices) -> Option<f64>,
) -> Vec<Series> {
    let line = |name: &str, years: &[YearChoices]| {
        let mut series = Series::new(name);
        let points = years.iter();
        let points = points.filter_map(|year| Some((f64::from(year.year), value(year)?).into()));
        series.points = points.collect();
        series
    };
    let of_groups = groups.iter().map(|group| line(&group.name, &group.years));
    // More lines than can be told apart are none.
    let of_groups = of_groups.take(Chart::MOST_LINES - 1);
    std::iter::once(line(all, years)).chain(of_groups).collect()
}

fn positions(ideal: &IdealPicture) -> Vec<Series> {
    let groups = ideal.groups.iter().take(Chart::MOST_LINES);
    let line = |group: &plenary::page::GroupPositions| {
        let mut series = Series::new(&group.name);
        let points = group.sessions.iter();
        series.points = points
            .map(|(session, at)| (f64::from(*session), *at).into())
            .collect();
        series
    };
    groups.map(line).collect()
}

/// A chart by the key of its texts; nothing where no line has a point.
fn chart(
    texts: &Texts,
    key: &str,
    x: TimeAxis,
    range: Option<(f64, f64)>,
    series: Vec<Series>,
) -> Result<Option<Value>, ReportError> {
    if series.iter().all(|series| series.points.is_empty()) {
        return Ok(None);
    }
    let mut chart = Chart::default();
    chart.title = texts.get(key).to_owned();
    chart.x = x;
    chart.y_range = range;
    chart.series = series;
    draw(&chart, &format!("{}-", key.replace('.', "-"))).map(Some)
}

/// A chart that stands in a page.
pub(crate) fn draw(chart: &Chart, prefix: &str) -> Result<Value, ReportError> {
    let mut options = PlotOptions::default();
    options.embedded = Some(prefix.to_owned());
    options.dashes = true;
    let drawn = chart.draw(PlotForm::Svg, &options);
    let drawn = drawn.map_err(|error| ReportError::Data(error.to_string()))?;
    let svg = String::from_utf8(drawn).map_err(|error| ReportError::Data(error.to_string()))?;
    Ok(Value::from_safe_string(svg))
}

/// The classes of agreement: where each begins, and its colour, from light to dark, so that they differ in print.
const CLASSES: [(f64, &str); 8] = [
    (0.0, "#fff7d6"),
    (0.3, "#fee391"),
    (0.4, "#fec44f"),
    (0.5, "#fe9929"),
    (0.6, "#e2660c"),
    (0.7, "#b84203"),
    (0.8, "#7f2704"),
    (0.9, "#3d1200"),
];

fn class(value: f64) -> usize {
    let begun = CLASSES.iter().take_while(|(from, _)| *from <= value + 1e-9);
    begun.count().saturating_sub(1)
}

/// The colour of a class and the range of it, for a legend.
fn legend(at: usize) -> Value {
    let (from, colour) = CLASSES.get(at).copied().unwrap_or_default();
    let to = CLASSES.get(at + 1).map_or(1.0, |(from, _)| *from);
    let sample = format!(
        "<svg class=\"sample\" width=\"18\" height=\"12\" aria-hidden=\"true\"><rect x=\".5\" y=\".5\" width=\"17\" height=\"11\" fill=\"{colour}\" stroke=\"#444\"/></svg>"
    );
    context! {
        sample => Value::from_safe_string(sample),
        from => format!("{:.0} %", 100.0 * from),
        to => format!("{:.0} %", 100.0 * to),
    }
}

/// The lower half of a square of pairs; beside the diagonal stand the names of the groups.
fn matrix(of: &AgreementPicture, texts: &Texts) -> String {
    let size = of.members.len();
    let mut paths = vec![String::new(); CLASSES.len()];
    for (row, cells) in of.cells.iter().enumerate() {
        let classes: Vec<Option<usize>> = cells.iter().map(|cell| cell.map(class)).collect();
        let mut from = 0;
        for run in classes.chunk_by(|one, other| one == other) {
            if let Some(path) = run
                .first()
                .copied()
                .flatten()
                .and_then(|at| paths.get_mut(at))
            {
                add(path, format_args!("M{from} {row}h{}", run.len()));
            }
            from += run.len();
        }
    }
    let letters = size as f64 / 34.0;
    let mut svg = format!(
        "<svg viewBox=\"0 -1 {} {}\" role=\"img\" aria-label=\"{}\"><g transform=\"translate(0 .5)\" fill=\"none\" stroke-width=\"1.02\">",
        size as f64 * 1.36,
        size + 2,
        Escaped(texts.get("dataset.matrix-label"))
    );
    for ((_, colour), path) in CLASSES.iter().zip(&paths) {
        if !path.is_empty() {
            add(
                &mut svg,
                format_args!("<path stroke=\"{colour}\" d=\"{path}\"/>"),
            );
        }
    }
    svg.push_str("</g>");
    let mut from = 0;
    for group in of.members.chunk_by(|one, other| one.group == other.group) {
        let to = from + group.len();
        add(
            &mut svg,
            format_args!(
                "<path d=\"M0 {from}H{from}V{to}\" fill=\"none\" stroke=\"#1d2326\" stroke-width=\".3\"/>"
            ),
        );
        if let Some(name) = group.first().and_then(|member| member.group.as_ref()) {
            let (x, y) = (to as f64 + 1.0, (from + to) as f64 / 2.0);
            add(
                &mut svg,
                format_args!(
                    "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{letters:.1}\" fill=\"#1d2326\">{}</text>",
                    Escaped(name)
                ),
            );
        }
        from = to;
    }
    svg.push_str("</svg>");
    svg
}

//! Where the results of an analysis go: tables with their metadata, and pictures.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use plenary::Form;
use plenary::analysis::Grouping;
use plenary::analysis::plot::{Chart, Picture, PlotError, PlotForm, PlotOptions, PlotSize};
use plenary::analysis::table::{Cell, Table};
use plenary::import::files;
use serde::Serialize;

use super::destination;
use crate::exit::{Failure, Result};
use crate::output::{BOLD, DIM, Output, PLAIN, line, visible};

/// Where a table goes, and in which form.
#[derive(clap::Args)]
pub(crate) struct ResultArgs {
    /// The form of the table; without it, the one that the name of the file asks for
    #[arg(long)]
    format: Option<TableFormat>,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl ResultArgs {
    /// Whether answers that are no table are to be JSON; nothing where another form, or a file, is asked for.
    pub(crate) fn as_json(&self) -> Option<bool> {
        match (self.format, &self.output) {
            (None | Some(TableFormat::Human), None) => Some(false),
            (Some(TableFormat::Json), None) => Some(true),
            _ => None,
        }
    }

    pub(crate) const fn new(format: Option<TableFormat>, output: Option<PathBuf>) -> Self {
        Self { format, output }
    }

    /// Whether stdout is to hold one JSON document.
    pub(crate) fn prints_json(&self) -> bool {
        self.format == Some(TableFormat::Json) && self.output.is_none()
    }
}

/// The form of a table.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// For people: columns of text, then what there is to know about them
    Human,
    /// CSV; its metadata goes to stderr, and with --output beside the file
    Csv,
    /// One JSON document
    Json,
    /// JSON Lines: an object per row; its metadata goes where that of CSV goes
    Jsonl,
    /// A Parquet file (with --output)
    Parquet,
    /// A workbook of Excel (with --output)
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// A SQLite database (with --output)
    #[cfg(feature = "sqlite")]
    Sqlite,
    /// A data set of Stata 14 or later (with --output)
    #[cfg(feature = "stata")]
    Stata,
}

impl TableFormat {
    /// The form; none for people.
    const fn form(self) -> Option<Form> {
        match self {
            Self::Human => None,
            Self::Csv => Some(Form::Csv),
            Self::Json => Some(Form::Json),
            Self::Jsonl => Some(Form::JsonLines),
            Self::Parquet => Some(Form::Parquet),
            #[cfg(feature = "xlsx")]
            Self::Xlsx => Some(Form::Xlsx),
            #[cfg(feature = "sqlite")]
            Self::Sqlite => Some(Form::Sqlite),
            #[cfg(feature = "stata")]
            Self::Stata => Some(Form::Stata),
        }
    }
}

/// Where a table goes, and in which form.
pub(crate) struct Target<'a> {
    /// None for people.
    form: Option<Form>,
    path: Option<&'a Path>,
    /// Where the metadata of a table goes that has no room for it.
    about: Option<PathBuf>,
}

impl<'a> Target<'a> {
    /// Refuses a form without the file that it needs, and files that could not be written: an estimate may take minutes.
    /// `usual` is the form where neither an option nor the name of the file says one; `others` are further results.
    pub(crate) fn new(
        args: &'a ResultArgs,
        usual: TableFormat,
        others: &[&Option<PathBuf>],
    ) -> Result<Self> {
        let path = args.output.as_deref();
        let form = match (args.format, path.and_then(Form::of_file)) {
            (Some(format), _) => format.form(),
            (None, Some(form)) => Some(form),
            (None, None) => usual.form(),
        };
        if let Some(form) = form.filter(|form| form.is_binary() && path.is_none()) {
            return Err(Failure::new(format!("the format `{form}` needs a file"))
                .with_help("add --output FILE"));
        }
        let beside = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(".metadata.json");
            PathBuf::from(name)
        };
        let lacks_metadata = form.is_some_and(|form| !form.holds_metadata());
        // Nothing lies beside a pipe or a device.
        let has_room = |path: &&Path| lacks_metadata && !files::is_stream(path);
        let about = path.filter(has_room).map(beside);
        let others = others.iter().filter_map(|path| path.as_deref());
        destination::check(path.into_iter().chain(about.as_deref()).chain(others))?;
        Ok(Self { form, path, about })
    }

    /// The file that it goes to.
    pub(crate) const fn path(&self) -> Option<&Path> {
        self.path
    }

    /// Whether people are to read it.
    pub(crate) const fn is_for_people(&self) -> bool {
        self.form.is_none()
    }

    /// Writes the table of a result, in JSON the result as a whole. `name` is what the table is called in a database or a workbook.
    /// Some forms have no room for the metadata, which goes to stderr and, with a file, beside it.
    pub(crate) fn write(
        &self,
        table: &Table,
        name: &str,
        result: &impl Serialize,
        output: &Output,
    ) -> Result<()> {
        if output.hand_over(|| table.clone()) && self.path.is_none() {
            return Ok(());
        }
        let Some(form) = self.form else {
            return destination::write_text(self.path, output, |out| print(table, out));
        };
        if form == Form::Json {
            return destination::write(self.path, output, |out| {
                serde_json::to_writer(&mut *out, result).map_err(std::io::Error::from)?;
                Ok(out.write_all(b"\n")?)
            });
        }
        if form.is_binary() {
            let mut bytes = Vec::new();
            form.write(table, name, &mut bytes)
                .map_err(|error| Failure::new(error.to_string()))?;
            destination::write(self.path, output, |out| Ok(out.write_all(&bytes)?))?;
        } else {
            destination::write(self.path, output, |out| match form {
                Form::JsonLines => Ok(table.write_json_lines(&mut &mut *out)?),
                _ => Ok(table.write_csv(out)?),
            })?;
        }
        if form.holds_metadata() {
            return Ok(());
        }
        if let Some(path) = &self.about {
            write_metadata(table, path, output)?;
        }
        say_metadata(table, output);
        Ok(())
    }
}

/// The table in columns, then its metadata. Where the lines are longer than the screen is wide, long texts are cut.
fn print(table: &Table, out: &mut dyn Write) -> Result<()> {
    let columns = table.columns().iter().map(|column| {
        let cells: Vec<_> = (0..table.len()).map(|row| column.cell(row)).collect();
        let is_text = |cell: &Cell<'_>| match cell {
            Cell::Text(text) => text.parse::<f64>().is_err(),
            cell => matches!(cell, Cell::Date(_)),
        };
        let right = !cells.iter().any(is_text);
        let name = std::iter::once(visible(column.name()).into_owned());
        let texts: Vec<String> = name.chain(cells.into_iter().map(shown)).collect();
        let width = texts.iter().map(|text| text.chars().count()).max();
        (texts, width.unwrap_or(0), right)
    });
    let mut columns: Vec<_> = columns.collect();
    if let Some(screen) = screen_width() {
        let mut widths: Vec<(usize, bool)> = columns
            .iter()
            .map(|(_, width, right)| (*width, *right))
            .collect();
        narrow(&mut widths, screen);
        for ((_, width, _), (narrowed, _)) in columns.iter_mut().zip(widths) {
            *width = narrowed;
        }
    }
    for row in 0..=table.len() {
        let cells = columns.iter().filter_map(|(texts, width, right)| {
            let text = fitted(texts.get(row)?, *width);
            Some(match right {
                true => format!("{text:>width$}"),
                false => format!("{text:<width$}"),
            })
        });
        let text = cells.collect::<Vec<_>>().join("  ");
        let style = if row == 0 { BOLD } else { PLAIN };
        line(out, &[(style, &text.trim_end())])?;
    }
    writeln!(out)?;
    for (key, value) in table.metadata() {
        line(out, &[(DIM, &format!("{key}: {value}"))])?;
    }
    Ok(())
}

/// No text is cut to fewer characters.
const LEAST_WIDTH: usize = 16;

/// Makes the widest columns of texts narrower until a line fits, as far as they are not narrow already. Each is a width and whether the
/// column is of numbers.
fn narrow(columns: &mut [(usize, bool)], screen: usize) {
    let between = 2 * columns.len().saturating_sub(1);
    let mut excess = columns.iter().map(|(width, _)| width).sum::<usize>() + between;
    excess = excess.saturating_sub(screen);
    while excess > 0 {
        let texts = columns
            .iter_mut()
            .filter(|(width, is_number)| !is_number && *width > LEAST_WIDTH);
        let mut texts: Vec<&mut usize> = texts.map(|(width, _)| width).collect();
        texts.sort_unstable_by(|one, other| other.cmp(one));
        let next = texts
            .get(1)
            .map_or(LEAST_WIDTH, |width| **width)
            .max(LEAST_WIDTH);
        let Some(widest) = texts.first_mut() else {
            return;
        };
        // Down to the next one, and then both.
        let cut = (**widest - next).clamp(1, excess);
        **widest -= cut;
        excess -= cut;
    }
}

/// A text cut to a width.
fn fitted(text: &str, width: usize) -> Cow<'_, str> {
    match text.char_indices().nth(width) {
        None => Cow::Borrowed(text),
        Some(_) => {
            let end = text.char_indices().nth(width.saturating_sub(1));
            let kept = end.and_then(|(end, _)| text.get(..end)).unwrap_or_default();
            Cow::Owned(format!("{}…", kept.trim_end()))
        }
    }
}

/// How many characters a line of the screen holds; nothing where there is no screen and `COLUMNS` does not say it.
fn screen_width() -> Option<usize> {
    let said = std::env::var("COLUMNS")
        .ok()
        .and_then(|text| text.trim().parse().ok());
    let is_screen = std::io::stdout().is_terminal();
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    said.or_else(|| seen().filter(|_| is_screen))
}

/// A value for people: fractions with four digits.
fn shown(cell: Cell<'_>) -> String {
    match cell {
        Cell::Number(number) if number.fract() != 0.0 => format!("{number:.4}"),
        cell => visible(&cell.to_string()).into_owned(),
    }
}

/// Writes the metadata of a table into a file of its own.
pub(crate) fn write_metadata(table: &Table, path: &Path, output: &Output) -> Result<()> {
    destination::write(Some(path), output, |out| metadata(table, out))
}

fn metadata(table: &Table, out: &mut dyn Write) -> Result<()> {
    let metadata = table.metadata().iter();
    let about: serde_json::Map<_, _> = metadata
        .map(|(key, value)| (key.clone(), value.clone().into()))
        .collect();
    Ok(serde_json::to_writer_pretty(out, &about).map_err(std::io::Error::from)?)
}

fn say_metadata(table: &Table, output: &Output) {
    for (key, value) in table.metadata() {
        output.remark(&format!("{key}: {value}"));
    }
}

/// A chart of the result, and how it is drawn.
#[derive(clap::Args)]
#[command(next_help_heading = "Chart")]
pub(crate) struct ChartArgs {
    /// Draw a chart: FILE.svg, FILE.png or FILE.pdf
    #[arg(long = "plot", value_name = "FILE")]
    path: Option<PathBuf>,
    /// Its size in pixels [default: 960x540, of a PNG 1920x1080]
    #[arg(long = "plot-size", value_name = "WIDTHxHEIGHT", requires = "path")]
    size: Option<PlotSize>,
    /// A title in place of its own
    #[arg(long = "plot-title", value_name = "TEXT", requires = "path")]
    title: Option<String>,
    /// Black and grey, for print: lines differ by dashes
    #[arg(long, requires = "path")]
    greyscale: bool,
}

impl ChartArgs {
    /// Where it goes; for [`Target::new`].
    pub(crate) const fn path(&self) -> &Option<PathBuf> {
        &self.path
    }

    /// Refuses a file of which the name says no form that can be drawn, and a chart of one group, before anything is computed.
    pub(crate) fn check(&self, by: Grouping) -> Result<()> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        self.form(path)?;
        if by == Grouping::All {
            let message = "a chart over time needs more than one group";
            return Err(Failure::new(message).with_help("use --by year"));
        }
        Ok(())
    }

    fn form(&self, path: &Path) -> Result<PlotForm> {
        if let Some(form) = PlotForm::of_file(path) {
            return Ok(form);
        }
        let forms: Vec<String> = PlotForm::ALL
            .iter()
            .map(|form| format!("`.{form}`"))
            .collect();
        let message = "unknown form of a chart: the name of the file says none";
        let help = format!("name a file that ends in {}", forms.join(", "));
        Err(Failure::in_file(path, &message).with_help(help))
    }

    /// Draws a chart that is wanted. Nothing is written before what is to be written stands.
    pub(crate) fn draw(
        &self,
        output: &Output,
        chart: impl FnOnce() -> Result<Chart>,
    ) -> Result<Option<Drawn<'_>>> {
        let Some(path) = self.path.as_deref() else {
            return Ok(None);
        };
        let form = self.form(path)?;
        let mut options = PlotOptions::default();
        options.size = self.size;
        options.title.clone_from(&self.title);
        options.greyscale = self.greyscale;
        let picture = chart()?.picture(form, &options).map_err(|error| {
            let help = match &error {
                PlotError::TooSmall { .. } => {
                    Some("name fewer lines, or make it larger (`--plot-size`)")
                }
                _ => None,
            };
            let failure = Failure::new(error.to_string());
            match help {
                Some(help) => failure.with_help(help),
                None => failure,
            }
        })?;
        if !picture.missing.is_empty() {
            let letters: String = picture.missing.iter().collect();
            output.warn(&format!(
                "the font of {form} files has no letters for `{letters}`: a box stands in their place; an SVG has them"
            ));
        }
        Ok(Some(Drawn { path, picture }))
    }
}

/// A chart that is drawn, and where it goes.
pub(crate) struct Drawn<'a> {
    path: &'a Path,
    picture: Picture,
}

impl Drawn<'_> {
    /// Writes the chart, if one is drawn.
    pub(crate) fn write_any(drawn: Option<&Self>, output: &Output) -> Result<()> {
        drawn.map_or(Ok(()), |drawn| {
            destination::write(Some(drawn.path), output, |out| {
                Ok(out.write_all(&drawn.picture.bytes)?)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{fitted, narrow};

    #[test]
    fn the_widest_texts_are_cut_until_a_line_fits() {
        let narrowed = |columns: &[(usize, bool)], screen| {
            let mut columns = columns.to_vec();
            narrow(&mut columns, screen);
            columns
                .into_iter()
                .map(|(width, _)| width)
                .collect::<Vec<_>>()
        };
        assert_eq!(narrowed(&[(10, false), (60, false)], 80), [10, 60]);
        assert_eq!(
            narrowed(&[(10, false), (100, false), (12, false)], 80),
            [10, 54, 12]
        );
        assert_eq!(narrowed(&[(100, false), (60, false)], 82), [40, 40]);
        assert_eq!(
            narrowed(&[(100, true), (60, false)], 80),
            [100, 16],
            "numbers stay whole"
        );
        assert_eq!(narrowed(&[], 80), [0_usize; 0]);
    }

    #[test]
    fn a_cut_text_says_so() {
        assert_eq!(fitted("Palestine", 9), "Palestine");
        assert_eq!(fitted("Question of Palestine", 10), "Question…");
        assert_eq!(fitted("Côte d'Ivoire", 5), "Côte…");
    }
}

//! Where the results of an analysis go: tables with their metadata, and pictures.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use plenary::analysis::plot::Chart;
use plenary::analysis::table::Table;
use plenary::import::files;
use serde::Serialize;

use super::destination;
use crate::exit::{Failure, Result};
use crate::output::Output;

/// The form of a table.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// CSV; its metadata goes to stderr, and with --output beside the file
    Csv,
    /// One JSON document
    Json,
    /// A Parquet file (with --output)
    Parquet,
}

/// Where a table goes, and in which form.
pub(crate) struct Target<'a> {
    format: TableFormat,
    path: Option<&'a Path>,
    /// Where the metadata of a table goes that has no room for it.
    about: Option<PathBuf>,
}

impl<'a> Target<'a> {
    /// Refuses a form without the file that it needs, and files that could not be written: an estimate may take minutes.
    /// `others` are further results.
    pub(crate) fn new(
        format: TableFormat,
        path: Option<&'a Path>,
        others: &[&Option<PathBuf>],
    ) -> Result<Self> {
        if format == TableFormat::Parquet && path.is_none() {
            return Err(Failure::new("a Parquet file needs a name").with_help("add --output FILE"));
        }
        let beside = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(".metadata.json");
            PathBuf::from(name)
        };
        // Nothing lies beside a pipe or a device.
        let has_room = |path: &&Path| format == TableFormat::Csv && !files::is_stream(path);
        let about = path.filter(has_room).map(beside);
        let others = others.iter().filter_map(|path| path.as_deref());
        destination::check(path.into_iter().chain(about.as_deref()).chain(others))?;
        Ok(Self {
            format,
            path,
            about,
        })
    }

    /// Writes the table of a result, in JSON the result as a whole; CSV has no room for its metadata, which goes to stderr and, with a file, beside it.
    pub(crate) fn write(
        &self,
        table: &Table,
        result: &impl Serialize,
        output: &Output,
    ) -> Result<()> {
        match self.format {
            TableFormat::Json => destination::write(self.path, output, |out| {
                serde_json::to_writer(&mut *out, result).map_err(std::io::Error::from)?;
                Ok(out.write_all(b"\n")?)
            }),
            TableFormat::Csv => {
                destination::write(self.path, output, |out| Ok(table.write_csv(out)?))?;
                if let Some(path) = &self.about {
                    destination::write(Some(path), output, |out| metadata(table, out))?;
                }
                say_metadata(table, output);
                Ok(())
            }
            TableFormat::Parquet => {
                let mut bytes = Vec::new();
                table.write_parquet(&mut bytes)?;
                destination::write(self.path, output, |out| Ok(out.write_all(&bytes)?))
            }
        }
    }
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

/// A picture that is drawn, and where it goes.
pub(crate) struct Picture<'a> {
    path: &'a Path,
    svg: String,
}

impl<'a> Picture<'a> {
    /// Refuses a name that promises another form than SVG, before anything is computed.
    pub(crate) fn check(path: Option<&Path>) -> Result<()> {
        let extension = path.and_then(Path::extension);
        match (path, extension) {
            (Some(path), Some(extension)) if !extension.eq_ignore_ascii_case("svg") => {
                let message = format!("{}: plots are written as SVG only", path.display());
                let help = "name a file that ends in `.svg`; programs such as rsvg-convert or Inkscape make a PNG or PDF of it";
                Err(Failure::new(message).with_help(help))
            }
            _ => Ok(()),
        }
    }

    /// Draws a picture that is wanted. Nothing is written before what is to be written stands.
    pub(crate) fn draw(
        path: Option<&'a Path>,
        chart: impl FnOnce() -> Result<Chart>,
    ) -> Result<Option<Self>> {
        let drawn = path.map(|path| {
            let svg = chart()?.to_svg()?;
            Ok(Self { path, svg })
        });
        drawn.transpose()
    }

    /// Writes the picture, if one is drawn.
    pub(crate) fn write_any(picture: Option<&Self>, output: &Output) -> Result<()> {
        picture.map_or(Ok(()), |picture| picture.write(output))
    }

    fn write(&self, output: &Output) -> Result<()> {
        destination::write(Some(self.path), output, |out| {
            Ok(out.write_all(self.svg.as_bytes())?)
        })
    }
}

//! Charts: lines over time, as SVG, PNG or PDF.
//!
//! A [`Chart`] is laid out once, with the metrics of a font that is part of this crate, and drawn alike in each form. Lines are named where
//! they end; with [`PlotOptions::greyscale`] they differ by dashes and not by colour. An SVG has a title and a description for readers who do
//! not see it, a PNG the same as texts of the file, a PDF as properties of the document.
//!
//! ```
//! use plenary_analysis::plot::{Chart, PlotForm, PlotOptions, Point, Series};
//!
//! let mut france = Series::new("France");
//! france.points.extend([(1946.0, 0.5), (1947.0, 0.6)].map(Point::from));
//! let mut chart = Chart::default();
//! chart.title = "Share of yes".to_owned();
//! chart.series.push(france);
//! let svg = chart.draw(PlotForm::Svg, &PlotOptions::default())?;
//! assert!(svg.starts_with(b"<svg"));
//! # Ok::<(), plenary_analysis::plot::PlotError>(())
//! ```

mod font;
mod layout;
mod names;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "png")]
mod png;
mod scene;
mod svg;
mod ticks;

use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// One line of a chart: a name, and points with, where known, an interval.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Series {
    /// What it is called.
    pub name: String,
    /// Points, in order of `x`.
    pub points: Vec<Point>,
    /// Whether it is drawn in grey behind the others, without its name.
    pub is_context: bool,
}

impl Series {
    /// A line without points so far.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }
}

/// One point of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The year or session.
    pub x: f64,
    /// The value.
    pub y: f64,
    /// The ends of its interval, if it has one.
    pub interval: Option<(f64, f64)>,
}

impl From<(f64, f64)> for Point {
    fn from((x, y): (f64, f64)) -> Self {
        Self {
            x,
            y,
            interval: None,
        }
    }
}

/// What a chart says.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Chart {
    /// Above the chart.
    pub title: String,
    /// Below the title: what the reader has to know.
    pub note: String,
    /// What runs along the bottom.
    pub x: TimeAxis,
    /// What the values are.
    pub y_label: String,
    /// The range of values; by default what the points and intervals need.
    pub y_range: Option<(f64, f64)>,
    /// The lines.
    pub series: Vec<Series>,
    /// What the chart rests on, by key, as in the metadata of its table: for the description, and the line at the foot tells
    /// `votes`, `counts`, `reference` and `sources`.
    pub about: Vec<(String, String)>,
}

/// What runs along the bottom of a chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeAxis {
    /// Calendar years.
    #[default]
    Year,
    /// Numbers of sessions.
    Session,
    /// Decades, by their first years.
    Decade,
}

impl TimeAxis {
    /// Its word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Session => "session",
            Self::Decade => "decade",
        }
    }

    /// How far one value is from the next: what is further apart has a gap between.
    const fn step(self) -> f64 {
        match self {
            Self::Decade => 10.0,
            Self::Year | Self::Session => 1.0,
        }
    }
}

/// How a chart is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlotOptions {
    /// Width and height, in pixels; by default 960 × 540, of a PNG twice that. What is drawn grows with them.
    pub size: Option<PlotSize>,
    /// A title in place of the chart's own.
    pub title: Option<String>,
    /// Black and grey: lines differ by dashes.
    pub greyscale: bool,
    /// Lines differ by dashes as well as by colours.
    pub dashes: bool,
    /// Of an SVG that stands in a page: how its identifiers begin. It is as wide as its place, and has neither a namespace nor metadata.
    pub embedded: Option<String>,
}

/// The size of a picture, in pixels.
///
/// ```
/// use plenary_analysis::plot::PlotSize;
///
/// let size: PlotSize = "1200x800".parse()?;
/// assert_eq!((size.width(), size.height()), (1200, 800));
/// assert!("1200".parse::<PlotSize>().is_err());
/// # Ok::<(), plenary_analysis::plot::PlotError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlotSize {
    width: u32,
    height: u32,
}

impl PlotSize {
    /// The least width and height.
    pub const LEAST: u32 = 240;
    /// The greatest width and height.
    pub const MOST: u32 = 8000;

    /// A size.
    ///
    /// # Errors
    ///
    /// [`PlotError::Size`] when a side is shorter than [`PlotSize::LEAST`] or longer than [`PlotSize::MOST`].
    pub fn try_new(width: u32, height: u32) -> Result<Self, PlotError> {
        let fits = |side: u32| (Self::LEAST..=Self::MOST).contains(&side);
        match fits(width) && fits(height) {
            true => Ok(Self { width, height }),
            false => Err(PlotError::Size(format!("{width}x{height}"))),
        }
    }

    /// The width.
    #[must_use]
    pub const fn width(self) -> u32 {
        self.width
    }

    /// The height.
    #[must_use]
    pub const fn height(self) -> u32 {
        self.height
    }

    /// The size of a picture where none is asked for.
    const fn usual(form: PlotForm) -> Self {
        let (width, height) = match form.is_of_dots() {
            true => (1920, 1080),
            false => (960, 540),
        };
        Self { width, height }
    }
}

impl FromStr for PlotSize {
    type Err = PlotError;

    fn from_str(text: &str) -> Result<Self, PlotError> {
        let sides = text.split_once(['x', 'X', '×']);
        let sides = sides.and_then(|(width, height)| {
            Some((width.trim().parse().ok()?, height.trim().parse().ok()?))
        });
        let (width, height) = sides.ok_or_else(|| PlotError::Size(text.to_owned()))?;
        Self::try_new(width, height)
    }
}

/// A form in which a chart is drawn.
///
/// ```
/// use plenary_analysis::plot::PlotForm;
///
/// assert_eq!(PlotForm::of_file("figure.svg"), Some(PlotForm::Svg));
/// assert_eq!(PlotForm::of_file("figure.gif"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlotForm {
    /// SVG, with title and description.
    Svg,
    /// PNG.
    #[cfg(feature = "png")]
    Png,
    /// PDF, with its font.
    #[cfg(feature = "pdf")]
    Pdf,
}

impl PlotForm {
    /// All forms that this build draws.
    pub const ALL: &'static [Self] = &[
        Self::Svg,
        #[cfg(feature = "png")]
        Self::Png,
        #[cfg(feature = "pdf")]
        Self::Pdf,
    ];

    /// Its word, which is also the ending of its files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            #[cfg(feature = "png")]
            Self::Png => "png",
            #[cfg(feature = "pdf")]
            Self::Pdf => "pdf",
        }
    }

    /// The form that the ending of a file's name asks for.
    #[must_use]
    pub fn of_file(path: impl AsRef<Path>) -> Option<Self> {
        let ending = path.as_ref().extension()?.to_str()?.to_ascii_lowercase();
        let mut forms = Self::ALL.iter();
        forms.find(|form| form.as_str() == ending).copied()
    }

    /// Whether its letters are those of the font of this crate, and not of whoever shows it.
    const fn has_own_font(self) -> bool {
        !matches!(self, Self::Svg)
    }

    /// Whether it is made of dots.
    const fn is_of_dots(self) -> bool {
        match self {
            #[cfg(feature = "png")]
            Self::Png => true,
            _ => false,
        }
    }
}

impl fmt::Display for PlotForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlotError {
    /// There is no point.
    #[error("there is nothing to draw: no series has a point")]
    Empty,
    /// More lines have names than a reader can tell apart.
    #[error("{lines} lines are too many for one chart (at most {most})")]
    TooManyLines {
        /// How many there are.
        lines: usize,
        /// How many are told apart.
        most: usize,
    },
    /// The names of the lines, or the texts, do not fit into the picture.
    #[error("the texts of the chart do not fit into {width}x{height}")]
    TooSmall {
        /// The width.
        width: u32,
        /// The height.
        height: u32,
    },
    /// A size that a picture cannot have.
    #[error("invalid size `{0}` of a picture (expected WIDTHxHEIGHT, each from {least} to {most})", least = PlotSize::LEAST, most = PlotSize::MOST)]
    Size(String),
    /// The picture could not be made from what was laid out.
    #[error("the chart could not be drawn: {0}")]
    Drawing(String),
}

/// A picture that is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Picture {
    /// The file.
    pub bytes: Vec<u8>,
    /// Characters of its texts that its font does not have, so that a box stands in their place.
    pub missing: Vec<char>,
}

impl Chart {
    /// How many lines with names are told apart.
    pub const MOST_LINES: usize = 14;

    /// Draws the chart. A gap in time interrupts a line.
    ///
    /// # Errors
    ///
    /// [`PlotError`] when there is no point, there are too many lines, or the texts do not fit into the size.
    pub fn draw(&self, form: PlotForm, options: &PlotOptions) -> Result<Vec<u8>, PlotError> {
        self.picture(form, options).map(|picture| picture.bytes)
    }

    /// Draws the chart, and says which characters could not be drawn.
    ///
    /// # Errors
    ///
    /// As of [`Chart::draw`].
    pub fn picture(&self, form: PlotForm, options: &PlotOptions) -> Result<Picture, PlotError> {
        let size = options.size.unwrap_or_else(|| PlotSize::usual(form));
        let font = font::Font::embedded()?;
        let scene = layout::lay_out(self, size, options, &font)?;
        let missing = match form.has_own_font() {
            true => scene.missing(&font),
            false => Vec::new(),
        };
        let bytes = match form {
            PlotForm::Svg => svg::write(&scene, options.embedded.as_deref()).into_bytes(),
            #[cfg(feature = "png")]
            PlotForm::Png => png::write(&scene, &font)?,
            #[cfg(feature = "pdf")]
            PlotForm::Pdf => pdf::write(&scene, &font)?,
        };
        Ok(Picture { bytes, missing })
    }
}

#[cfg(test)]
mod tests;

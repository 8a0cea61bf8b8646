//! From a chart to a [`Scene`].

use super::font::Font;
use super::names::{Wish, spread};
use super::scene::{Anchor, Colour, Mark, Pen, Place, Scene, Text};
use super::ticks::{round_values, whole_values};
use super::{Chart, PlotError, PlotOptions, PlotSize, Point, Series};

const WHITE: Colour = Colour::grey(255);
const INK: Colour = Colour::grey(35);
const SOFT: Colour = Colour::grey(95);
const AXIS: Colour = Colour::grey(130);
const GRID: Colour = Colour::grey(226);
const CONTEXT: Colour = Colour::grey(205);

/// Colours that colour-blind readers tell apart (Okabe and Ito 2008).
const COLOURS: [Colour; 7] = [
    Colour(0, 114, 178),
    Colour(213, 94, 0),
    Colour(0, 158, 115),
    Colour(204, 121, 167),
    Colour(0, 0, 0),
    Colour(230, 159, 0),
    Colour(86, 180, 233),
];

/// Dashes that are told apart without colour.
const DASHES: [&[f64]; 7] = [
    &[],
    &[7.0, 4.0],
    &[2.0, 3.0],
    &[9.0, 3.0, 2.0, 3.0],
    &[16.0, 5.0],
    &[12.0, 3.0, 2.0, 3.0, 2.0, 3.0],
    &[4.0, 2.0],
];

/// How lines are told apart.
#[derive(Clone, Copy)]
struct Look {
    greyscale: bool,
    dashes: bool,
}

/// The line of a place in the list: by colour, by dashes, or both.
fn pen(at: usize, look: Look, scale: f64) -> Pen {
    let round = at / COLOURS.len();
    let pick = at % COLOURS.len();
    let (colour, dashes) = match (look.greyscale, round) {
        (true, 0) => (Colour::grey(0), DASHES.get(pick)),
        (true, _) => (Colour::grey(120), DASHES.get(pick)),
        (false, 0) => {
            let dashes = DASHES.get(pick).filter(|_| look.dashes);
            (COLOURS.get(pick).copied().unwrap_or(INK), dashes)
        }
        (false, _) => (COLOURS.get(pick).copied().unwrap_or(INK), DASHES.get(1)),
    };
    Pen {
        colour,
        width: 2.0 * scale,
        dashes: dashes
            .into_iter()
            .flat_map(|d| d.iter())
            .map(|d| d * scale)
            .collect(),
    }
}

/// How far the drawing area is from the edges of the picture, and what stands where.
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    x: (f64, f64),
    y: (f64, f64),
}

impl Frame {
    fn place(&self, x: f64, y: f64) -> Place {
        let along = |value: f64, (low, high): (f64, f64)| (value - low) / (high - low);
        (
            self.left + along(x, self.x) * (self.right - self.left),
            self.bottom - along(y, self.y) * (self.bottom - self.top),
        )
    }
}

/// A name beside its line.
struct Name {
    lines: Vec<String>,
    /// The line that it names.
    pen: Pen,
    /// Where the line ends: a year and a value.
    end: (f64, f64),
}

/// Sizes of letters and distances, for a picture of 960 × 540.
const MARGIN: f64 = 16.0;
const TITLE: f64 = 20.0;
const NOTE: f64 = 13.0;
const NAME: f64 = 14.0;
const TICK: f64 = 13.0;
const FOOT: f64 = 10.5;
/// The height of a line of text, by its size.
const LEADING: f64 = 1.3;
/// The sample of a line before its name, and the gaps around it.
const SAMPLE: f64 = 22.0;
const GAP: f64 = 6.0;

struct Layout<'c> {
    chart: &'c Chart,
    font: &'c Font<'c>,
    scale: f64,
    width: f64,
    height: f64,
    look: Look,
    marks: Vec<Mark>,
}

/// Lays a chart out.
pub(super) fn lay_out(
    chart: &Chart,
    size: PlotSize,
    options: &PlotOptions,
    font: &Font<'_>,
) -> Result<Scene, PlotError> {
    let named = chart.series.iter().filter(|series| !series.is_context);
    let lines = named
        .filter(|series| series.points.iter().any(is_drawn))
        .count();
    if lines > Chart::MOST_LINES {
        return Err(PlotError::TooManyLines {
            lines,
            most: Chart::MOST_LINES,
        });
    }
    let (x, y) = ranges(chart).ok_or(PlotError::Empty)?;
    let (width, height) = (f64::from(size.width()), f64::from(size.height()));
    let mut layout = Layout {
        chart,
        font,
        scale: (width / 960.0).min(height / 540.0).clamp(0.6, 8.0),
        width,
        height,
        look: Look {
            greyscale: options.greyscale,
            dashes: options.dashes,
        },
        marks: Vec::new(),
    };
    let title = options.title.as_deref().unwrap_or(&chart.title);
    layout.draw(title, x, y).ok_or(PlotError::TooSmall {
        width: size.width(),
        height: size.height(),
    })?;
    Ok(Scene {
        width: size.width(),
        height: size.height(),
        title: title.to_owned(),
        description: description(chart),
        about: chart.about.clone(),
        marks: layout.marks,
    })
}

const fn is_drawn(point: &Point) -> bool {
    point.x.is_finite() && point.y.is_finite()
}

/// The ranges of time and of values.
fn ranges(chart: &Chart) -> Option<((f64, f64), (f64, f64))> {
    let points = || {
        let points = chart.series.iter().flat_map(|series| &series.points);
        points.filter(|point| is_drawn(point))
    };
    let ends = |values: &mut dyn Iterator<Item = f64>| {
        values
            .filter(|v| v.is_finite())
            .fold(None, |range: Option<(f64, f64)>, v| {
                let (low, high) = range.unwrap_or((v, v));
                Some((low.min(v), high.max(v)))
            })
    };
    let x = ends(&mut points().map(|p| p.x))?;
    let spread = |p: &Point| p.interval.map_or([p.y, p.y], |(low, high)| [low, high]);
    let y = ends(&mut points().flat_map(spread))?;
    let margin = (0.04 * (y.1 - y.0)).max(1e-3);
    let y = match chart.y_range {
        Some(range) if range.1 > range.0 => range,
        _ => (y.0 - margin, y.1 + margin),
    };
    let half = chart.x.step() / 2.0;
    Some(((x.0 - half, x.1 + half), y))
}

impl Layout<'_> {
    /// All of it; nothing where the texts leave no room for the lines.
    fn draw(&mut self, title: &str, x: (f64, f64), y: (f64, f64)) -> Option<()> {
        let scale = self.scale;
        self.marks.push(Mark::Area {
            places: vec![
                (0.0, 0.0),
                (self.width, 0.0),
                (self.width, self.height),
                (0.0, self.height),
            ],
            colour: WHITE,
            opacity: 1.0,
        });
        let head = self.head(title);
        let foot = self.foot();
        let names = self.names();
        let widest = names
            .iter()
            .flat_map(|name| &name.lines)
            .map(|line| self.font.width(line, NAME * scale))
            .fold(0.0, f64::max);
        let beside = match names.is_empty() {
            true => MARGIN * scale,
            // The viewer of an SVG may have another font, with wider letters.
            false => 1.06 * widest + (SAMPLE + 3.0 * GAP + MARGIN) * scale,
        };
        let most = ((self.height - head - foot) / (56.0 * scale)).clamp(2.0, 12.0);
        let (values, decimals) = round_values(y, most);
        let label = |value: f64| {
            // No negative zero.
            let value = if value.abs() < 1e-12 { 0.0 } else { value };
            format!("{value:.decimals$}").replace('-', "−")
        };
        let labels: Vec<String> = values.iter().map(|value| label(*value)).collect();
        let axis = labels
            .iter()
            .map(|label| self.font.width(label, TICK * scale))
            .fold(0.0, f64::max);
        let frame = Frame {
            left: MARGIN * scale + axis + GAP * scale,
            right: self.width - beside,
            top: head + (TICK * LEADING + 16.0) * scale,
            bottom: self.height - foot - (2.0 * TICK * LEADING + 8.0) * scale,
            x,
            y,
        };
        if frame.right - frame.left < 60.0 * scale || frame.bottom - frame.top < 50.0 * scale {
            return None;
        }
        self.values(&frame, &values, labels);
        self.times(&frame);
        self.lines(&frame);
        self.name_lines(&frame, &names)
    }

    fn text(
        &mut self,
        text: impl Into<String>,
        at: Place,
        anchor: Anchor,
        size: f64,
        colour: Colour,
    ) {
        self.marks.push(Mark::Text(Text {
            text: text.into(),
            at,
            anchor,
            size: size * self.scale,
            colour,
        }));
    }

    fn line(&mut self, places: Vec<Place>, pen: Pen) {
        self.marks.push(Mark::Line { places, pen });
    }

    /// Lines of text at the left; where the next would stand.
    fn paragraph(&mut self, text: &str, top: f64, size: f64, colour: Colour, most: usize) -> f64 {
        let scale = self.scale;
        let width = self.width - 2.0 * MARGIN * scale;
        // The viewer of an SVG may have another font, with wider letters.
        let lines = self.font.lines(text, size * scale, width / 1.06, most);
        let mut top = top;
        for line in lines {
            self.text(
                line,
                (MARGIN * scale, top + size * scale),
                Anchor::Start,
                size,
                colour,
            );
            top += size * LEADING * scale;
        }
        top
    }

    /// The title and what the reader has to know; where they end.
    fn head(&mut self, title: &str) -> f64 {
        let top = self.paragraph(title, 10.0 * self.scale, TITLE, INK, 3);
        let note = self.chart.note.as_str();
        self.paragraph(note, top + 2.0 * self.scale, NOTE, SOFT, 3)
    }

    /// What the chart rests on; how high it is.
    fn foot(&mut self) -> f64 {
        let about = self.chart.about.iter();
        let parts = about.filter(|(key, _)| {
            matches!(key.as_str(), "counts" | "votes" | "reference" | "sources")
        });
        let parts: Vec<&str> = parts.map(|(_, value)| value.as_str()).collect();
        let text = match parts.is_empty() {
            true => version(),
            false => format!("{} · {}", parts.join("; "), version()),
        };
        let scale = self.scale;
        let width = (self.width - 2.0 * MARGIN * scale) / 1.06;
        let lines = self.font.lines(&text, FOOT * scale, width, 2).len();
        let height = (lines as f64 * FOOT * LEADING + 8.0) * scale;
        self.paragraph(&text, self.height - height, FOOT, SOFT, 2);
        height
    }

    /// The lines that have names, where they end.
    fn names(&self) -> Vec<Name> {
        let widest = 0.28 * self.width - (SAMPLE + 3.0 * GAP) * self.scale;
        let named = self.chart.series.iter().filter(|series| !series.is_context);
        let named = named
            .filter(|series| series.points.iter().any(is_drawn))
            .enumerate();
        let name = |(at, series): (usize, &Series)| {
            let end = series.points.iter().rfind(|point| is_drawn(point))?;
            Some(Name {
                lines: self.font.lines(&series.name, NAME * self.scale, widest, 3),
                pen: pen(at, self.look, self.scale),
                end: (end.x, end.y),
            })
        };
        named.filter_map(name).collect()
    }

    fn values(&mut self, frame: &Frame, values: &[f64], labels: Vec<String>) {
        let scale = self.scale;
        for (value, label) in values.iter().zip(labels) {
            let (_, height) = frame.place(frame.x.0, *value);
            let colour = if value.abs() < 1e-12 { AXIS } else { GRID };
            self.line(
                vec![(frame.left, height), (frame.right, height)],
                Pen::new(colour, scale),
            );
            let place = (frame.left - GAP * scale, height + 0.36 * TICK * scale);
            self.text(label, place, Anchor::End, TICK, INK);
        }
        let label = self.chart.y_label.as_str();
        let room = (frame.right - MARGIN * scale) / 1.06;
        let above = frame.top - 14.0 * scale;
        for label in self.font.lines(label, TICK * scale, room, 1) {
            self.text(label, (MARGIN * scale, above), Anchor::Start, TICK, INK);
        }
    }

    fn times(&mut self, frame: &Frame) {
        let scale = self.scale;
        let unit = self.chart.x.step();
        let suffix = if unit > 1.0 { "s" } else { "" };
        let label = |value: f64| format!("{value:.0}{suffix}").replace('-', "−");
        let widest = [frame.x.0, frame.x.1].map(|end| self.font.width(&label(end), TICK * scale));
        let widest = widest.into_iter().fold(0.0, f64::max) * 1.06 + 16.0 * scale;
        let per_value = (frame.right - frame.left) / (frame.x.1 - frame.x.0);
        let axis = vec![(frame.left, frame.bottom), (frame.right, frame.bottom)];
        self.line(axis, Pen::new(AXIS, scale));
        for value in whole_values(frame.x, unit, widest / per_value) {
            let (along, _) = frame.place(value, frame.y.0);
            let tick = vec![(along, frame.bottom), (along, frame.bottom + 4.0 * scale)];
            self.line(tick, Pen::new(AXIS, scale));
            let place = (along, frame.bottom + (TICK + 6.0) * scale);
            self.text(label(value), place, Anchor::Middle, TICK, INK);
        }
        let middle = (frame.left + frame.right) / 2.0;
        let place = (
            middle,
            frame.bottom + (TICK * (1.0 + LEADING) + 6.0) * scale,
        );
        self.text(self.chart.x.as_str(), place, Anchor::Middle, TICK, INK);
    }

    fn lines(&mut self, frame: &Frame) {
        let scale = self.scale;
        let context = self.chart.series.iter().filter(|series| series.is_context);
        for series in context {
            self.series(frame, series, &Pen::new(CONTEXT, scale));
        }
        let named = self.chart.series.iter().filter(|series| !series.is_context);
        let named: Vec<&Series> = named
            .filter(|series| series.points.iter().any(is_drawn))
            .collect();
        for (at, series) in named.iter().enumerate() {
            let colour = pen(at, self.look, scale).colour;
            for run in self.runs(series) {
                let ends = |of: fn((f64, f64)) -> f64| {
                    let ends = run.iter().filter_map(move |p| Some((p.x, of(p.interval?))));
                    ends.map(|(x, y)| frame.place(x, y))
                };
                let lower: Vec<Place> = ends(|interval| interval.0).collect();
                let mut places: Vec<Place> = ends(|interval| interval.1).collect();
                places.extend(lower.into_iter().rev());
                if places.len() > 2 {
                    self.marks.push(Mark::Area {
                        places,
                        colour,
                        opacity: if self.look.greyscale { 0.1 } else { 0.16 },
                    });
                }
            }
        }
        for (at, series) in named.iter().enumerate() {
            self.series(frame, series, &pen(at, self.look, scale));
        }
    }

    /// The points that are drawn, in stretches without a gap.
    fn runs(&self, series: &Series) -> Vec<Vec<Point>> {
        let most = 1.5 * self.chart.x.step();
        let points: Vec<Point> = series.points.iter().copied().filter(is_drawn).collect();
        let runs = points.chunk_by(|a, b| b.x - a.x <= most);
        runs.map(<[Point]>::to_vec).collect()
    }

    fn series(&mut self, frame: &Frame, series: &Series, pen: &Pen) {
        for run in self.runs(series) {
            let places: Vec<Place> = run.iter().map(|p| frame.place(p.x, p.y)).collect();
            match places.as_slice() {
                [only] => {
                    let interval = run
                        .first()
                        .and_then(|point| Some((point.x, point.interval?)));
                    if let Some((x, (low, high))) = interval {
                        let places = vec![frame.place(x, low), frame.place(x, high)];
                        self.line(places, Pen::new(pen.colour, pen.width / 2.0));
                    }
                    self.marks.push(Mark::Dot {
                        centre: *only,
                        radius: 1.6 * pen.width,
                        colour: pen.colour,
                    });
                }
                _ => self.line(places, pen.clone()),
            }
        }
    }

    /// Writes each line's name where it ends, behind a piece of it.
    fn name_lines(&mut self, frame: &Frame, names: &[Name]) -> Option<()> {
        let scale = self.scale;
        let leading = NAME * LEADING * scale;
        let wishes: Vec<Wish> = names
            .iter()
            .map(|name| Wish {
                middle: frame.place(name.end.0, name.end.1).1,
                height: name.lines.len() as f64 * leading,
            })
            .collect();
        // A name may stand a little beside the area of the lines: nothing else is there.
        let range = (frame.top - leading / 2.0, frame.bottom + leading / 2.0);
        let middles = spread(&wishes, range)?;
        let sample = frame.right + 2.0 * GAP * scale;
        for (name, middle) in names.iter().zip(middles) {
            let end = frame.place(name.end.0, name.end.1);
            let is_far = sample - end.0 > 40.0 * scale || (middle - end.1).abs() > 3.0 * scale;
            if is_far {
                let mut pen = Pen::new(name.pen.colour, 0.6 * scale);
                // Nobody should take it for a part of the line.
                pen.dashes = vec![scale, 4.0 * scale];
                self.line(vec![(end.0 + 3.0 * scale, end.1), (sample, middle)], pen);
            }
            let piece = vec![(sample, middle), (sample + SAMPLE * scale, middle)];
            self.line(piece, name.pen.clone());
            let colour = match self.look.greyscale {
                true => INK,
                false => name.pen.colour.darkened(),
            };
            let top = middle - name.lines.len() as f64 * leading / 2.0;
            for (at, line) in name.lines.iter().enumerate() {
                let base = top + at as f64 * leading + leading * 0.5 + 0.36 * NAME * scale;
                let place = (sample + (SAMPLE + GAP) * scale, base);
                self.text(line.clone(), place, Anchor::Start, NAME, colour);
            }
        }
        Some(())
    }
}

fn version() -> String {
    format!("plenary {}", env!("CARGO_PKG_VERSION"))
}

/// What the chart shows, for a reader who does not see it.
fn description(chart: &Chart) -> String {
    let mut parts = Vec::new();
    let named = chart.series.iter().filter(|series| !series.is_context);
    let lines: Vec<String> = named.filter_map(in_words).collect();
    if !chart.note.is_empty() {
        parts.push(chart.note.clone());
    }
    let what = match chart.y_label.as_str() {
        "" => "value",
        label => label,
    };
    parts.push(format!("Line chart of {what} by {}", chart.x.as_str()));
    parts.extend(lines);
    let about = chart.about.iter();
    parts.extend(about.map(|(key, value)| format!("{key}: {value}")));
    if !chart.about.iter().any(|(_, value)| *value == version()) {
        parts.push(version());
    }
    parts.join(". ")
}

/// A line in words: its ends.
fn in_words(series: &Series) -> Option<String> {
    let mut points = series.points.iter().filter(|point| is_drawn(point));
    let first = points.next()?;
    let name = &series.name;
    Some(match points.next_back() {
        Some(last) => format!(
            "{name}: {:.3} in {:.0}, {:.3} in {:.0}",
            first.y, first.x, last.y, last.x
        ),
        None => format!("{name}: {:.3} in {:.0}", first.y, first.x),
    })
}

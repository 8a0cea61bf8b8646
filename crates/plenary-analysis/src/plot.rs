//! Pictures: one line a series, as SVG.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// One line of a chart: a name, and points with, where known, an interval.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// What it is called.
    pub name: String,
    /// Points, in order of `x`.
    pub points: Vec<Point>,
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

/// What a chart says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// Above the chart.
    pub title: String,
    /// Along the bottom.
    pub x_label: String,
    /// Along the side.
    pub y_label: String,
    /// Below the title: what the reader has to know.
    pub note: String,
    /// The range of values; by default what the points and intervals need.
    pub y_range: Option<(f64, f64)>,
    /// The lines.
    pub series: Vec<Series>,
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlotError {
    /// There is no point.
    #[error("there is nothing to draw: no series has a point")]
    Empty,
    /// The drawing library failed.
    #[error("the chart could not be drawn: {0}")]
    Drawing(String),
}

/// Colours that colour-blind readers tell apart (Okabe and Ito 2008).
const COLOURS: [RGBColor; 7] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
    RGBColor(0, 0, 0),
];

const SIZE: (u32, u32) = (960, 540);

/// Room at the right for the names of the lines.
const NAMES: u32 = 110;

impl Chart {
    /// Draws the chart as SVG. A gap of more than one in `x` interrupts a line.
    ///
    /// # Errors
    ///
    /// [`PlotError`].
    pub fn to_svg(&self) -> Result<String, PlotError> {
        let (x, y) = self.ranges().ok_or(PlotError::Empty)?;
        let mut svg = String::new();
        {
            let root = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
            self.draw(&root, x, y)
                .map_err(|error| PlotError::Drawing(error.to_string()))?;
        }
        Ok(svg)
    }

    fn ranges(&self) -> Option<((f64, f64), (f64, f64))> {
        let points = || self.series.iter().flat_map(|series| &series.points);
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
        let y = self.y_range.unwrap_or((y.0 - margin, y.1 + margin));
        Some(((x.0 - 0.5, x.1 + 0.5), y))
    }

    fn draw<B: DrawingBackend>(
        &self,
        root: &DrawingArea<B, plotters::coord::Shift>,
        x: (f64, f64),
        y: (f64, f64),
    ) -> Result<(), DrawingAreaErrorKind<B::ErrorType>> {
        root.fill(&WHITE)?;
        let ink = RGBColor(40, 40, 40);
        root.draw_text(
            &self.title,
            &("sans-serif", 22).into_text_style(root).color(&ink),
            (16, 12),
        )?;
        root.draw_text(
            &self.note,
            &("sans-serif", 12)
                .into_text_style(root)
                .color(&RGBColor(110, 110, 110)),
            (16, 40),
        )?;
        let mut chart = ChartBuilder::on(root)
            .margin_top(62)
            .margin_right(NAMES)
            .margin_left(10)
            .margin_bottom(8)
            .x_label_area_size(42)
            .y_label_area_size(52)
            .build_cartesian_2d(x.0..x.1, y.0..y.1)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(RGBColor(225, 225, 225))
            .axis_style(RGBColor(150, 150, 150))
            .x_desc(&self.x_label)
            .y_desc(&self.y_label)
            .x_label_formatter(&|value| format!("{value:.0}"))
            .label_style(("sans-serif", 13).into_font().color(&ink))
            .draw()?;
        for (series, colour) in self.series.iter().zip(COLOURS.iter().cycle()) {
            for run in runs(&series.points) {
                let upper = run
                    .iter()
                    .filter_map(|p| p.interval.map(|(_, high)| (p.x, high)));
                let lower = run
                    .iter()
                    .rev()
                    .filter_map(|p| p.interval.map(|(low, _)| (p.x, low)));
                let band: Vec<(f64, f64)> = upper.chain(lower).collect();
                chart.draw_series(std::iter::once(Polygon::new(band, colour.mix(0.18))))?;
                chart.draw_series(LineSeries::new(
                    run.iter().map(|p| (p.x, p.y)),
                    colour.stroke_width(2),
                ))?;
                if run.len() == 1 {
                    chart.draw_series(
                        run.iter()
                            .map(|p| Circle::new((p.x, p.y), 3, colour.filled())),
                    )?;
                }
            }
        }
        self.name_lines(root, |point| chart.backend_coord(&point))
    }

    /// Writes each line's name where it ends, pushed apart where they would overlap.
    fn name_lines<B: DrawingBackend>(
        &self,
        root: &DrawingArea<B, plotters::coord::Shift>,
        place: impl Fn((f64, f64)) -> (i32, i32),
    ) -> Result<(), DrawingAreaErrorKind<B::ErrorType>> {
        const APART: i32 = 17;
        let mut names: Vec<(i32, &str, RGBColor)> = self
            .series
            .iter()
            .zip(COLOURS.iter().cycle())
            .filter_map(|(series, colour)| {
                let last = series.points.last()?;
                Some((place((last.x, last.y)).1, series.name.as_str(), *colour))
            })
            .collect();
        names.sort_by_key(|(height, ..)| *height);
        let mut free = 0;
        for (height, name, colour) in names {
            let height = height.max(free);
            free = height + APART;
            let style = ("sans-serif", 14)
                .into_text_style(root)
                .color(&colour)
                .pos(Pos::new(HPos::Left, VPos::Center));
            root.draw_text(name, &style, ((SIZE.0 - NAMES + 8) as i32, height))?;
        }
        Ok(())
    }
}

/// The stretches without a gap.
fn runs(points: &[Point]) -> impl Iterator<Item = &[Point]> {
    points.chunk_by(|a, b| b.x - a.x <= 1.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(points: Vec<Point>) -> Chart {
        Chart {
            title: "France & the United States".to_owned(),
            series: vec![Series {
                name: "FRA".to_owned(),
                points,
            }],
            ..Chart::default()
        }
    }

    #[test]
    fn a_chart_names_its_lines_and_escapes_text() {
        let point = |x: f64| Point {
            x,
            y: x / 4_000.0,
            interval: Some((0.4, 0.6)),
        };
        let svg = chart([1946.0, 1947.0, 1950.0].map(point).to_vec())
            .to_svg()
            .unwrap();
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
        assert!(svg.contains("FRA") && svg.contains("&amp;"));
        // Two stretches: the gap is not bridged; the second is one point.
        assert_eq!(svg.matches("<circle").count(), 1);
    }

    #[test]
    fn nothing_to_draw_is_an_error() {
        assert_eq!(chart(Vec::new()).to_svg(), Err(PlotError::Empty));
    }
}

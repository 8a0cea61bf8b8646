use proptest::prelude::*;

use super::font::Font;
use super::layout::lay_out;
use super::scene::{Colour, Mark, Scene, Text};
use super::*;

fn series(name: &str, points: &[(f64, f64)]) -> Series {
    let mut series = Series::new(name);
    series
        .points
        .extend(points.iter().copied().map(Point::from));
    series
}

fn chart(series: Vec<Series>) -> Chart {
    Chart {
        title: "France & the United States".to_owned(),
        note: "Share of common votes that are equal".to_owned(),
        y_label: "agreement".to_owned(),
        series,
        about: vec![("votes".to_owned(), "whole texts only".to_owned())],
        ..Chart::default()
    }
}

fn scene(chart: &Chart, options: &PlotOptions) -> Result<Scene, PlotError> {
    let size = options
        .size
        .unwrap_or_else(|| PlotSize::usual(PlotForm::Svg));
    lay_out(chart, size, options, &Font::embedded().unwrap())
}

fn svg(chart: &Chart) -> String {
    let bytes = chart.draw(PlotForm::Svg, &PlotOptions::default()).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_chart_names_its_lines_and_says_what_it_shows() {
    let svg = svg(&chart(vec![series(
        "Türkiye",
        &[(1946.0, 0.5), (1947.0, 0.75)],
    )]));
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
    assert!(svg.contains("<title id=\"title\">France &amp; the United States</title>"));
    let described = "<desc id=\"description\">Share of common votes that are equal. Line chart of agreement by year. Türkiye: 0.500 in 1946, \
                     0.750 in 1947. votes: whole texts only. plenary ";
    assert!(svg.contains(described), "{svg}");
    assert!(svg.contains(">Türkiye</text>"));
    assert!(svg.contains("<p:about key=\"votes\">whole texts only</p:about>"));
}

#[test]
fn a_gap_interrupts_a_line_and_one_point_is_a_dot() {
    let points = [(1946.0, 0.5), (1947.0, 0.6), (1950.0, 0.7)];
    let years = chart(vec![series("FRA", &points)]);
    assert_eq!(svg(&years).matches("<circle").count(), 1);
    let decades = Chart {
        x: TimeAxis::Decade,
        ..chart(vec![series(
            "FRA",
            &[(1940.0, 0.5), (1950.0, 0.6), (1960.0, 0.7)],
        )])
    };
    assert_eq!(svg(&decades).matches("<circle").count(), 0);
    assert!(svg(&decades).contains(">1950s</text>"));
}

#[test]
fn nothing_to_draw_is_an_error() {
    let draw = |chart: &Chart| chart.draw(PlotForm::Svg, &PlotOptions::default());
    assert_eq!(draw(&chart(Vec::new())), Err(PlotError::Empty));
    let unknown = chart(vec![series("FRA", &[(1946.0, f64::NAN)])]);
    assert_eq!(draw(&unknown), Err(PlotError::Empty));
    let many = (0..15).map(|n| series(&n.to_string(), &[(1946.0, 0.1)]));
    let many = draw(&chart(many.collect()));
    assert_eq!(
        many,
        Err(PlotError::TooManyLines {
            lines: 15,
            most: 14
        })
    );
    let least = PlotOptions {
        size: Some(PlotSize::try_new(240, 240).unwrap()),
        ..PlotOptions::default()
    };
    let many = (0..14).map(|n| {
        series(
            &format!("a line with a long name, number {n}"),
            &[(1946.0, 0.1)],
        )
    });
    let crowded = chart(many.collect()).draw(PlotForm::Svg, &least);
    let (width, height) = (240, 240);
    assert_eq!(crowded.err(), Some(PlotError::TooSmall { width, height }));
}

#[test]
fn sizes_are_read() {
    for wrong in [
        "", "960", "960x", "x540", "100x540", "960x9000", "-1x5", "9e9x540",
    ] {
        assert!(wrong.parse::<PlotSize>().is_err(), "{wrong}");
    }
    let size: PlotSize = "800X600".parse().unwrap();
    assert_eq!((size.width(), size.height()), (800, 600));
}

#[test]
fn in_greyscale_lines_differ_by_dashes() {
    let lines = (0..14).map(|n| series(&n.to_string(), &[(1946.0, f64::from(n)), (1947.0, 1.0)]));
    let options = PlotOptions {
        greyscale: true,
        ..PlotOptions::default()
    };
    let scene = scene(&chart(lines.collect()), &options).unwrap();
    let mut pens = Vec::new();
    for mark in &scene.marks {
        let Colour(red, green, blue) = match mark {
            Mark::Line { pen, .. } => pen.colour,
            Mark::Area { colour, .. } | Mark::Dot { colour, .. } => *colour,
            Mark::Text(text) => text.colour,
        };
        assert!(red == green && green == blue, "{mark:?}");
        if let Mark::Line { pen, .. } = mark
            && pen.width == 2.0
            && !pens.contains(pen)
        {
            pens.push(pen.clone());
        }
    }
    assert_eq!(pens.len(), 14);
}

#[test]
fn lines_behind_the_others_have_no_names() {
    let mut behind = series("behind", &[(1946.0, 0.1), (1947.0, 0.2)]);
    behind.is_context = true;
    let svg = svg(&chart(vec![
        behind,
        series("before", &[(1946.0, 0.3), (1947.0, 0.4)]),
    ]));
    assert!(!svg.contains("behind"));
    assert!(svg.contains(">before</text>"));
}

#[test]
fn what_xml_cannot_hold_is_left_out() {
    let svg = svg(&chart(vec![series("a\u{0}<b>\u{7}\"", &[(1946.0, 0.1)])]));
    assert!(svg.contains(">a&lt;b&gt;&quot;</text>"), "{svg}");
}

/// The box of a text, and the text.
fn bounds(text: &Text, font: &Font<'_>) -> [f64; 4] {
    let start = text.start(font);
    let width = font.width(&text.text, text.size);
    let (up, down) = (0.75 * text.size, 0.22 * text.size);
    [start, text.at.1 - up, start + width, text.at.1 + down]
}

/// Texts overlap nowhere, and all are within the picture.
fn check_texts(scene: &Scene) -> Result<(), TestCaseError> {
    let font = Font::embedded().unwrap();
    let boxes: Vec<_> = scene
        .texts()
        .map(|text| (bounds(text, &font), &text.text))
        .collect();
    for (at, (one, text)) in boxes.iter().enumerate() {
        let [left, top, right, bottom] = *one;
        let is_inside = left >= 0.0
            && top >= 0.0
            && right <= f64::from(scene.width)
            && bottom <= f64::from(scene.height);
        prop_assert!(is_inside, "{text}: {one:?}");
        for (other, beside) in &boxes[at + 1..] {
            let apart = right <= other[0]
                || other[2] <= left
                || bottom <= other[1] + 1e-6
                || other[3] <= top + 1e-6;
            prop_assert!(apart, "{text}: {one:?}, {beside}: {other:?}");
        }
    }
    Ok(())
}

fn any_series() -> impl Strategy<Value = Series> {
    let name = prop_oneof!["[A-Z]{3}", "[A-Za-z ü,()–]{1,80}"];
    let points = proptest::collection::vec((0u32..90, -2.0..2.0f64), 0..40);
    (name, points).prop_map(|(name, mut points)| {
        points.sort_by_key(|(year, _)| *year);
        points.dedup_by_key(|(year, _)| *year);
        let points: Vec<_> = points
            .into_iter()
            .map(|(year, value)| (f64::from(1940 + year), value))
            .collect();
        series(&name, &points)
    })
}

proptest! {
    #[test]
    fn texts_never_overlap(
        lines in proptest::collection::vec(any_series(), 1..14),
        title in "[A-Za-z ]{0,200}",
        note in "[A-Za-z ]{0,300}",
        (width, height) in (240u32..2000, 240u32..2000),
        greyscale: bool,
    ) {
        let mut chart = chart(lines);
        chart.title = title;
        chart.note = note;
        let options = PlotOptions {
            size: Some(PlotSize::try_new(width, height).unwrap()),
            greyscale,
            ..PlotOptions::default()
        };
        match scene(&chart, &options) {
            Ok(scene) => check_texts(&scene)?,
            Err(PlotError::Empty | PlotError::TooSmall { .. }) => {}
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn a_text_is_broken_into_lines_that_fit(text in "[a-zA-Zü ]{0,120}", width in 20.0..400.0f64) {
        let font = Font::embedded().unwrap();
        let lines = font.lines(&text, 14.0, width, 3);
        prop_assert!(lines.len() <= 3);
        prop_assert!(lines.iter().all(|line| font.width(line, 14.0) <= width + 1e-9 || line == "…"));
        let whole = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let joined = lines.join(" ");
        prop_assert!(joined == whole || joined.contains('…'));
    }
}

#[cfg(feature = "png")]
#[test]
fn a_png_has_its_dots_and_texts() {
    use std::io::Read;

    let options = PlotOptions {
        size: Some(PlotSize::try_new(400, 300).unwrap()),
        ..PlotOptions::default()
    };
    let chart = chart(vec![series("FRA", &[(1946.0, 0.5), (1947.0, 0.75)])]);
    let file = chart.draw(PlotForm::Png, &options).unwrap();
    let mut rest = file.strip_prefix(b"\x89PNG\r\n\x1a\n").unwrap();
    let mut chunks = Vec::new();
    while !rest.is_empty() {
        let (length, after) = rest.split_first_chunk::<4>().unwrap();
        let (body, after) = after.split_at(u32::from_be_bytes(*length) as usize + 4);
        let (sum, after) = after.split_first_chunk::<4>().unwrap();
        let mut crc = flate2::Crc::new();
        crc.update(body);
        assert_eq!(crc.sum(), u32::from_be_bytes(*sum));
        chunks.push(body.split_at(4));
        rest = after;
    }
    let kinds: Vec<_> = chunks.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(
        kinds,
        [b"IHDR", b"iTXt", b"iTXt", b"IDAT", b"IEND"].map(|kind| &kind[..])
    );
    assert_eq!(chunks[0].1[..8], [0, 0, 1, 144, 0, 0, 1, 44]);
    assert!(
        chunks[1]
            .1
            .ends_with("France & the United States".as_bytes())
    );
    let mut rows = Vec::new();
    flate2::read::ZlibDecoder::new(chunks[3].1)
        .read_to_end(&mut rows)
        .unwrap();
    assert_eq!(rows.len(), 300 * (400 * 3 + 1));
    let mut above = vec![0u8; 1200];
    let mut blue = 0;
    for row in rows.chunks(1201) {
        assert_eq!(row[0], 2);
        for (dot, value) in above.iter_mut().zip(&row[1..]) {
            *dot = dot.wrapping_add(*value);
        }
        blue += above
            .chunks(3)
            .filter(|dot| dot[2] > dot[0].saturating_add(60))
            .count();
    }
    // The line and the piece of it before its name.
    assert!((200..4000).contains(&blue), "{blue}");
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_has_its_font_and_its_texts() {
    let chart = chart(vec![series("FRA", &[(1946.0, 0.5), (1947.0, 0.75)])]);
    let file = chart.draw(PlotForm::Pdf, &PlotOptions::default()).unwrap();
    let text = String::from_utf8_lossy(&file);
    assert!(text.starts_with("%PDF-1.") && text.trim_end().ends_with("%%EOF"));
    assert!(text.contains("/FontFile2") && text.contains("/ToUnicode"));
    assert!(text.contains("/MediaBox [0 0 720 405]"));
    assert!(text.contains("(France & the United States)"));
}

#[cfg(any(feature = "png", feature = "pdf"))]
#[test]
fn letters_that_the_font_lacks_are_told() {
    let chart = chart(vec![series("日本 Ћ Ş", &[(1946.0, 0.5)])]);
    let options = PlotOptions::default();
    for form in PlotForm::ALL {
        let picture = chart.picture(*form, &options).unwrap();
        let missing: &[char] = if *form == PlotForm::Svg {
            &[]
        } else {
            &['日', '本']
        };
        assert_eq!(picture.missing, missing);
    }
}

//! A scene as SVG.

use std::fmt::Write;

use super::scene::{Anchor, Colour, Mark, Pen, Place, Scene, Text};

/// The font of the layout, and those of its metrics.
const FAMILY: &str = "Arimo, Arial, Helvetica, 'Liberation Sans', sans-serif";

/// The picture; `embedded` is how the identifiers begin of one that stands in a page.
pub(super) fn write(scene: &Scene, embedded: Option<&str>) -> String {
    let (width, height) = (scene.width, scene.height);
    let own = match embedded {
        Some(_) => String::new(),
        None => {
            format!(" xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"")
        }
    };
    let prefix = Escaped(embedded.unwrap_or_default());
    let mut svg = format!(
        "<svg{own} viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"{prefix}title {prefix}description\" font-family=\"{FAMILY}\">\n\
         <title id=\"{prefix}title\">{}</title>\n<desc id=\"{prefix}description\">{}</desc>\n",
        Escaped(&scene.title),
        Escaped(&scene.description)
    );
    if embedded.is_none() && !scene.about.is_empty() {
        svg.push_str("<metadata xmlns:p=\"https://github.com/plenary-rs/plenary\">\n");
        for (key, value) in &scene.about {
            let (key, value) = (Escaped(key), Escaped(value));
            add(
                &mut svg,
                format_args!("<p:about key=\"{key}\">{value}</p:about>\n"),
            );
        }
        svg.push_str("</metadata>\n");
    }
    for mark in &scene.marks {
        match mark {
            Mark::Line { places, pen } => line(&mut svg, places, pen),
            Mark::Area {
                places,
                colour,
                opacity,
            } => {
                svg.push_str("<polygon points=\"");
                points(&mut svg, places);
                add(&mut svg, format_args!("\" fill=\"{}\"", Hex(*colour)));
                if *opacity < 1.0 {
                    add(&mut svg, format_args!(" fill-opacity=\"{opacity}\""));
                }
                svg.push_str("/>\n");
            }
            Mark::Dot {
                centre: (x, y),
                radius,
                colour,
            } => add(
                &mut svg,
                format_args!(
                    "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\"/>\n",
                    Short(*x),
                    Short(*y),
                    Short(*radius),
                    Hex(*colour)
                ),
            ),
            Mark::Text(of) => text(&mut svg, of),
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Text is added to memory, which does not fail.
fn add(svg: &mut String, text: std::fmt::Arguments<'_>) {
    let written = svg.write_fmt(text);
    debug_assert!(written.is_ok(), "writing to memory does not fail");
}

fn line(svg: &mut String, places: &[Place], pen: &Pen) {
    svg.push_str("<polyline points=\"");
    points(svg, places);
    add(
        svg,
        format_args!(
            "\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"",
            Hex(pen.colour),
            Short(pen.width)
        ),
    );
    if !pen.dashes.is_empty() {
        let dashes: Vec<String> = pen.dashes.iter().map(|d| Short(*d).to_string()).collect();
        add(
            svg,
            format_args!(" stroke-dasharray=\"{}\"", dashes.join(" ")),
        );
    }
    svg.push_str("/>\n");
}

fn points(svg: &mut String, places: &[Place]) {
    for (at, (x, y)) in places.iter().enumerate() {
        let between = if at == 0 { "" } else { " " };
        add(svg, format_args!("{between}{},{}", Short(*x), Short(*y)));
    }
}

fn text(svg: &mut String, text: &Text) {
    let (x, y) = text.at;
    let anchor = match text.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    add(
        svg,
        format_args!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"{anchor}\" fill=\"{}\">{}</text>\n",
            Short(x),
            Short(y),
            Short(text.size),
            Hex(text.colour),
            Escaped(&text.text)
        ),
    );
}

/// A number with two decimals at most.
struct Short(f64);

impl std::fmt::Display for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = format!("{:.2}", self.0);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

struct Hex(Colour);

impl std::fmt::Display for Hex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Colour(red, green, blue) = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// A text of XML: without the characters that XML does not have.
struct Escaped<'t>(&'t str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\t' | '\n' | '\r' => f.write_char(' ')?,
                c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

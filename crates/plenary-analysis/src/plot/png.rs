//! A scene as PNG.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use ttf_parser::{GlyphId, OutlineBuilder};
use zeno::{Command, Mask, PathBuilder, Stroke, Vector};

use super::PlotError;
use super::font::Font;
use super::scene::{Colour, Mark, Pen, Place, Scene, Text};

/// Dots, three bytes each.
struct Canvas {
    width: usize,
    height: usize,
    dots: Vec<u8>,
}

impl Canvas {
    /// Fills a path.
    fn fill(&mut self, path: &[Command], colour: Colour, opacity: f64) {
        let (mask, place) = Mask::new(path).render();
        self.lay(&mask, place, colour, opacity);
    }

    /// Lays a colour on, through a mask.
    fn lay(&mut self, mask: &[u8], place: zeno::Placement, colour: Colour, opacity: f64) {
        let Colour(red, green, blue) = colour;
        let width = place.width.max(1) as usize;
        for (row, cover) in mask.chunks(width).enumerate() {
            let y = i64::from(place.top) + row as i64;
            let Some(y) = usize::try_from(y).ok().filter(|y| *y < self.height) else {
                continue;
            };
            for (column, cover) in cover.iter().enumerate() {
                let x = i64::from(place.left) + column as i64;
                let Some(x) = usize::try_from(x).ok().filter(|x| *x < self.width) else {
                    continue;
                };
                let start = (y * self.width + x) * 3;
                let share = f64::from(*cover) / 255.0 * opacity;
                let dots = self.dots.iter_mut().skip(start).take(3);
                for (dot, channel) in dots.zip([red, green, blue]) {
                    let mixed = f64::from(*dot) * (1.0 - share) + f64::from(channel) * share;
                    *dot = mixed.round() as u8;
                }
            }
        }
    }

    fn line(&mut self, places: &[Place], pen: &Pen) {
        let dashes: Vec<f32> = pen.dashes.iter().map(|dash| *dash as f32).collect();
        let mut stroke = Stroke::new(pen.width as f32);
        stroke.join(zeno::Join::Round).cap(zeno::Cap::Butt);
        if !dashes.is_empty() {
            stroke.dash(&dashes, 0.0);
        }
        let path = path(places);
        let (mask, place) = Mask::new(&path).style(stroke).render();
        self.lay(&mask, place, pen.colour, 1.0);
    }

    fn text(&mut self, text: &Text, font: &Font<'_>) {
        let scale = text.size / font.units();
        let mut outline = Outline {
            path: Vec::new(),
            at: (text.start(font), text.at.1),
            scale,
        };
        for letter in text.text.chars() {
            let glyph: GlyphId = font.glyph(letter);
            font.face().outline_glyph(glyph, &mut outline);
            outline.at.0 += font.advance(glyph) * scale;
        }
        self.fill(&outline.path, text.colour, 1.0);
    }
}

fn path(places: &[Place]) -> Vec<Command> {
    let mut path = Vec::with_capacity(places.len());
    for (at, (x, y)) in places.iter().enumerate() {
        let to = Vector::new(*x as f32, *y as f32);
        match at {
            0 => path.move_to(to),
            _ => path.line_to(to),
        };
    }
    path
}

/// The outline of letters, with their base line at a place.
struct Outline {
    path: Vec<Command>,
    at: Place,
    scale: f64,
}

impl Outline {
    fn place(&self, x: f32, y: f32) -> Vector {
        let x = self.at.0 + f64::from(x) * self.scale;
        let y = self.at.1 - f64::from(y) * self.scale;
        Vector::new(x as f32, y as f32)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.place(x, y);
        self.path.move_to(to);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.place(x, y);
        self.path.line_to(to);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (control, to) = (self.place(x1, y1), self.place(x, y));
        self.path.quad_to(control, to);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (one, two, to) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.path.curve_to(one, two, to);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

pub(super) fn write(scene: &Scene, font: &Font<'_>) -> Result<Vec<u8>, PlotError> {
    let (width, height) = (scene.width as usize, scene.height as usize);
    let mut canvas = Canvas {
        width,
        height,
        dots: vec![255; width * height * 3],
    };
    for mark in &scene.marks {
        match mark {
            Mark::Line { places, pen } => canvas.line(places, pen),
            Mark::Area {
                places,
                colour,
                opacity,
            } => {
                let mut path = path(places);
                path.close();
                canvas.fill(&path, *colour, *opacity);
            }
            Mark::Dot {
                centre,
                radius,
                colour,
            } => {
                let mut path: Vec<Command> = Vec::new();
                path.add_circle((centre.0 as f32, centre.1 as f32), *radius as f32);
                canvas.fill(&path, *colour, 1.0);
            }
            Mark::Text(text) => canvas.text(text, font),
        }
    }
    encode(scene, &canvas).map_err(|error| PlotError::Drawing(error.to_string()))
}

/// The file: <https://www.w3.org/TR/png-3/>.
fn encode(scene: &Scene, canvas: &Canvas) -> std::io::Result<Vec<u8>> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend(scene.width.to_be_bytes());
    header.extend(scene.height.to_be_bytes());
    // Eight bits a channel, red, green and blue; the only ways to compress and filter; not interlaced.
    header.extend([8, 2, 0, 0, 0]);
    chunk(&mut file, *b"IHDR", &header);
    for (keyword, text) in [("Title", &scene.title), ("Description", &scene.description)] {
        let mut data = keyword.as_bytes().to_vec();
        // Not compressed, in no given language.
        data.extend([0, 0, 0, 0, 0]);
        data.extend(text.replace('\0', "").as_bytes());
        chunk(&mut file, *b"iTXt", &data);
    }
    let mut data = ZlibEncoder::new(Vec::new(), Compression::default());
    let row = canvas.width * 3;
    let mut above = vec![0; row];
    let mut line = Vec::with_capacity(row + 1);
    for dots in canvas.dots.chunks(row.max(1)) {
        // Each byte less the one above it: most rows are like the one before.
        line.clear();
        line.push(2);
        line.extend(
            dots.iter()
                .zip(&above)
                .map(|(dot, above): (&u8, &u8)| dot.wrapping_sub(*above)),
        );
        data.write_all(&line)?;
        above.clear();
        above.extend_from_slice(dots);
    }
    chunk(&mut file, *b"IDAT", &data.finish()?);
    chunk(&mut file, *b"IEND", &[]);
    Ok(file)
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    file.extend(plenary_types::count(data.len()).to_be_bytes());
    file.extend(kind);
    file.extend(data);
    let mut sum = Crc::new();
    sum.update(&kind);
    sum.update(data);
    file.extend(sum.sum().to_be_bytes());
}

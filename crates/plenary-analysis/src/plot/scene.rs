//! [`Scene`]: what is to be drawn, and where, in pixels from the upper left.

use super::font::Font;

/// A picture, laid out.
#[derive(Clone, Debug, Default)]
pub(super) struct Scene {
    pub(super) width: u32,
    pub(super) height: u32,
    /// For readers who do not see it: what it is, and what it shows.
    pub(super) title: String,
    pub(super) description: String,
    /// What it rests on, by key, for programs.
    pub(super) about: Vec<(String, String)>,
    /// From the lowest to the topmost.
    pub(super) marks: Vec<Mark>,
}

/// A place.
pub(super) type Place = (f64, f64);

/// Red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

impl Colour {
    pub(super) const fn grey(lightness: u8) -> Self {
        Self(lightness, lightness, lightness)
    }

    /// Mixed with black, for letters: a line may be lighter than a text.
    pub(super) fn darkened(self) -> Self {
        let Self(red, green, blue) = self;
        let dark = |channel: u8| (f64::from(channel) * 0.72) as u8;
        Self(dark(red), dark(green), dark(blue))
    }
}

/// How a line is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pen {
    pub(super) colour: Colour,
    pub(super) width: f64,
    /// Lengths of dashes and of the gaps between; none for a whole line.
    pub(super) dashes: Vec<f64>,
}

impl Pen {
    pub(super) const fn new(colour: Colour, width: f64) -> Self {
        Self {
            colour,
            width,
            dashes: Vec::new(),
        }
    }
}

/// Where a text stands beside its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    Line {
        places: Vec<Place>,
        pen: Pen,
    },
    /// A filled area; `opacity` from 0 to 1.
    Area {
        places: Vec<Place>,
        colour: Colour,
        opacity: f64,
    },
    Dot {
        centre: Place,
        radius: f64,
        colour: Colour,
    },
    Text(Text),
}

/// A text on its base line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) at: Place,
    pub(super) anchor: Anchor,
    pub(super) size: f64,
    pub(super) colour: Colour,
}

impl Text {
    /// Where it begins.
    #[cfg(any(test, feature = "pdf", feature = "png"))]
    pub(super) fn start(&self, font: &Font<'_>) -> f64 {
        let width = font.width(&self.text, self.size);
        match self.anchor {
            Anchor::Start => self.at.0,
            Anchor::Middle => self.at.0 - width / 2.0,
            Anchor::End => self.at.0 - width,
        }
    }
}

impl Scene {
    pub(super) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(text) => Some(text),
            _ => None,
        })
    }

    /// The characters of the texts that a font does not have.
    pub(super) fn missing(&self, font: &Font<'_>) -> Vec<char> {
        let all = self.texts().flat_map(|text| text.text.chars());
        let mut missing: Vec<char> = all.filter(|c| !font.has(*c)).collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }
}

//! [`Font`]: the font of this crate: how wide texts are, and the outlines of letters.

use ttf_parser::{Face, GlyphId};

use super::PlotError;

/// Arimo, which has the metrics of Arial and Helvetica: its letters for Latin, Greek and Cyrillic. See `data/font/README.md`.
pub(super) const DATA: &[u8] = include_bytes!("../../data/font/arimo-subset.ttf");

/// A font that is read.
pub(super) struct Font<'a> {
    face: Face<'a>,
}

impl Font<'static> {
    pub(super) fn embedded() -> Result<Self, PlotError> {
        let face = Face::parse(DATA, 0).map_err(|error| PlotError::Drawing(error.to_string()))?;
        Ok(Self { face })
    }
}

impl Font<'_> {
    /// Units of the font in one size.
    pub(super) fn units(&self) -> f64 {
        f64::from(self.face.units_per_em()).max(1.0)
    }

    pub(super) fn has(&self, letter: char) -> bool {
        self.face.glyph_index(letter).is_some()
    }

    /// The glyph of a letter; a box where there is none.
    pub(super) fn glyph(&self, letter: char) -> GlyphId {
        self.face.glyph_index(letter).unwrap_or_default()
    }

    /// How far the next letter is from a glyph, in units of the font.
    pub(super) fn advance(&self, glyph: GlyphId) -> f64 {
        f64::from(self.face.glyph_hor_advance(glyph).unwrap_or_default())
    }

    /// The width of a text.
    pub(super) fn width(&self, text: &str, size: f64) -> f64 {
        let advances = text.chars().map(|c| self.advance(self.glyph(c)));
        advances.sum::<f64>() * size / self.units()
    }

    #[cfg(any(feature = "png", feature = "pdf"))]
    pub(super) const fn face(&self) -> &Face<'_> {
        &self.face
    }

    /// Breaks a text into at most so many lines of a width. What does not fit is cut, with an ellipsis.
    pub(super) fn lines(&self, text: &str, size: f64, width: f64, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut words = text.split_whitespace().peekable();
        let mut line = String::new();
        while let Some(word) = words.peek() {
            let longer = match line.is_empty() {
                true => (*word).to_owned(),
                false => format!("{line} {word}"),
            };
            if line.is_empty() || self.width(&longer, size) <= width {
                line = longer;
                words.next();
                continue;
            }
            if lines.len() + 1 >= most {
                break;
            }
            lines.push(std::mem::take(&mut line));
        }
        if words.peek().is_some() {
            line.push('…');
        }
        if !line.is_empty() {
            lines.push(line);
        }
        for line in &mut lines {
            self.cut(line, size, width);
        }
        lines
    }

    /// Cuts a text that is wider than there is room.
    fn cut(&self, text: &mut String, size: f64, width: f64) {
        if self.width(text, size) <= width {
            return;
        }
        while text.pop().is_some() {
            let kept = text.trim_end_matches(['…', ' ']).len();
            text.truncate(kept);
            if self.width(text, size) + self.width("…", size) <= width {
                break;
            }
        }
        text.push('…');
    }
}

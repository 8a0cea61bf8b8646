//! [`Texts`]: short texts, packed.

use plenary_types::Invariant;

/// Short texts in one piece of memory, by numbers; one that stands among the last few is kept once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts(Option<Box<Packed>>);

#[derive(Clone, Debug, Default)]
struct Packed {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

/// How many of the latest texts a new one is compared with.
const LAST: usize = 8;

impl Texts {
    /// The number of a text, which is kept.
    pub(super) fn add(&mut self, text: &str) -> u32 {
        let count = self.0.as_ref().map_or(0, |packed| packed.ends.len());
        let mut last = (count.saturating_sub(LAST)..count).map(super::small);
        if let Some(known) = last.find(|number| self.get(*number) == text) {
            return known;
        }
        let packed = self.0.get_or_insert_default();
        packed.text.push_str(text);
        packed.ends.push(packed.text.len());
        super::small(count)
    }

    pub(super) fn shrink_to_fit(&mut self) {
        if let Some(packed) = &mut self.0 {
            packed.text.shrink_to_fit();
            packed.ends.shrink_to_fit();
        }
    }

    /// The text of a number.
    pub(crate) fn get(&self, number: u32) -> &str {
        let text = |packed: &'_ Packed| {
            let number = number as usize;
            let start = match number.checked_sub(1) {
                Some(before) => *packed.ends.get(before)?,
                None => 0,
            };
            Some(start..*packed.ends.get(number)?)
        };
        let packed = self.0.as_deref();
        let range = packed.and_then(text);
        range
            .and_then(|range| packed?.text.get(range))
            .invariant("each number is that of a text")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_its_number_whatever_stands_before_it() {
        let mut texts = Texts::default();
        let words = ["y", "", "é", "y", "no", "", "n "];
        let numbers = words.map(|word| texts.add(word));
        assert_eq!(numbers, [0, 1, 2, 0, 3, 1, 4]);
        assert_eq!(numbers.map(|number| texts.get(number)), words);
        let many: Vec<u32> = (0..100).map(|n| texts.add(&n.to_string())).collect();
        assert!(
            many.iter()
                .enumerate()
                .all(|(n, at)| texts.get(*at) == n.to_string())
        );
    }
}

//! Text that was written as UTF-8 and read as Windows-1252 or Latin-1: `CÃ´te d'Ivoire`.

/// The text as it was meant, when reading its characters as bytes gives proper UTF-8.
pub(super) fn repaired(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    String::from_utf8(bytes?).ok()
}

/// The byte that Windows-1252 or Latin-1 shows as a character.
fn byte(c: char) -> Option<u8> {
    const C1: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    u8::try_from(c).ok().or_else(|| {
        (0x80..)
            .zip(C1)
            .find_map(|(byte, shown)| (shown == c).then_some(byte))
    })
}

#[cfg(test)]
mod tests {
    use super::{byte, repaired};

    #[test]
    fn utf8_read_as_latin_is_put_right() {
        assert_eq!(repaired("CÃ´te d'Ivoire").as_deref(), Some("Côte d'Ivoire"));
        assert_eq!(repaired("TÃ¼rkiye").as_deref(), Some("Türkiye"));
        assert_eq!(
            repaired("CÃ´te dâ€™Ivoire").as_deref(),
            Some("Côte d’Ivoire")
        );
    }

    #[test]
    fn a_character_is_the_byte_that_shows_it() {
        for (shown, expected) in [
            ('A', Some(0x41)),
            ('€', Some(0x80)),
            ('\u{81}', Some(0x81)),
            ('‚', Some(0x82)),
            ('“', Some(0x93)),
            ('Ÿ', Some(0x9f)),
            ('\u{a0}', Some(0xa0)),
            ('ÿ', Some(0xff)),
            ('Ā', None),
            ('Ч', None),
        ] {
            assert_eq!(byte(shown), expected, "{shown:?}");
        }
    }

    #[test]
    fn right_text_is_left_alone() {
        for text in ["Côte d'Ivoire", "Türkiye", "Чад", "France"] {
            assert_eq!(repaired(text), None, "{text}");
        }
    }
}

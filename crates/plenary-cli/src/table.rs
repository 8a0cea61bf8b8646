//! The fields of a line of a table, as they are written.

/// The fields of a line of a table, with the places of their first and after their last character.
pub(crate) fn fields(line: &str, delimiter: char) -> Vec<(usize, usize, String)> {
    let mut fields = vec![(0, 0, String::new())];
    let mut quoted = false;
    for (at, c) in line.chars().enumerate() {
        if c == '"' {
            quoted = !quoted;
        }
        if c == delimiter && !quoted {
            fields.push((at + 1, at + 1, String::new()));
        } else if let Some((_, end, text)) = fields.last_mut() {
            *end = at + 1;
            text.push(c);
        }
    }
    fields
}

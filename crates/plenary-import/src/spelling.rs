//! [`Spelling`]: what the columns of a table hold of which there is a usual way to write it.

use std::borrow::Cow;

use plenary_types::BodyId;

use crate::csv::choices::{Words, whole};
use crate::csv::columns::{Column, Content, columns_of};
use crate::csv::header::Header;

/// How a table of votes is written: where its rows begin, and which of its columns hold votes, symbols and numbers, found as
/// [`read`](crate::read()) finds them.
///
/// ```
/// use plenary_import::Options;
///
/// let table = "undl_id,MS Code,MS Vote,Total Yes\n1,PER,y,120.0\n";
/// let spelling = Options::default().spelling(table, "undl-ga-csv").unwrap();
/// assert_eq!(spelling.columns()[2], "MS Vote");
/// assert_eq!(spelling.usual(2, "y").as_deref(), Some("Y"));
/// assert_eq!(spelling.usual(3, "120.0").as_deref(), Some("120"));
/// assert_eq!(spelling.usual(1, "per"), None);
/// ```
#[derive(Debug)]
pub struct Spelling {
    rows: usize,
    separator: char,
    columns: Vec<String>,
    contents: Vec<Option<Content>>,
    words: Words,
    body: Option<BodyId>,
}

impl Spelling {
    /// That of a table whose columns a format knows.
    pub(crate) fn by_columns(text: &str, columns: &'static [Column], words: Words) -> Option<Self> {
        Self::by_header(text, words, |header| {
            let columns = columns_of(columns, &header.columns).into_iter();
            columns
                .map(|column| column.map(|column| column.content))
                .collect()
        })
    }

    /// That of a table that begins with its header, by what its columns hold.
    pub(crate) fn by_header(
        text: &str,
        words: Words,
        contents: impl FnOnce(&Header) -> Vec<Option<Content>>,
    ) -> Option<Self> {
        let table = text.strip_prefix('\u{feff}').unwrap_or(text);
        let header = Header::read(table.as_bytes(), true)?;
        let rows = text.len() - table.len() + header.bytes;
        let contents = contents(&header);
        Some(Self::new(&header, rows, contents, words))
    }

    /// That of a table whose rows begin at a byte, by what its columns hold.
    pub(crate) fn new(
        header: &Header,
        rows: usize,
        contents: Vec<Option<Content>>,
        words: Words,
    ) -> Self {
        Self {
            rows,
            separator: char::from(header.delimiter),
            columns: header.columns.iter().map(ToString::to_string).collect(),
            contents,
            words,
            body: None,
        }
    }

    /// The same, of a table of a body's votes: its symbols may lack the series.
    pub(crate) fn with_body(mut self, body: Option<BodyId>) -> Self {
        self.body = body;
        self
    }

    /// The byte at which the first row begins below the header.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// The separator of fields.
    #[must_use]
    pub const fn separator(&self) -> char {
        self.separator
    }

    /// The headings, as printed.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The usual way to write a value of a column, where it is written in another one and there is no doubt what it means.
    #[must_use]
    pub fn usual<'v>(&self, column: usize, value: &'v str) -> Option<Cow<'v, str>> {
        let usual = match self.contents.get(column).copied().flatten()? {
            Content::Choice => Cow::Owned(self.words.tidy(value)?),
            Content::Symbol => Cow::Owned(self.symbol(value)?),
            Content::Number => {
                Cow::Borrowed(whole(value).filter(|number| !number.starts_with('-'))?)
            }
            Content::Text | Content::Voter => return None,
        };
        (usual != value).then_some(usual)
    }

    fn symbol(&self, value: &str) -> Option<String> {
        let citation = crate::texts::cite(value, self.body.as_ref());
        citation.symbol().map(|symbol| symbol.normal().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use crate::{Mapping, Options};

    fn usual(text: &str, format: &str, column: usize, value: &str) -> Option<String> {
        let spelling = Options::default().spelling(text, format)?;
        spelling.usual(column, value).map(Cow::into_owned)
    }

    #[test]
    fn columns_are_found_as_the_readers_find_them() {
        for heading in ["ms_vote", "MS Vote", "ms-vote", " MS_VOTES ", "\"Ms Vote\""] {
            let text = format!("undl_id,ms_code,{heading}\n1,PER,n\n");
            let fixed = usual(&text, "undl-ga-csv", 2, "n");
            assert_eq!(fixed.as_deref(), Some("N"), "{heading}");
        }
        for heading in ["vote", "Choice", "BALLOT"] {
            let text = format!("title: x\n\nstate,{heading}\nPER,n\n");
            let fixed = usual(&text, "plenary-csv", 1, "Yes");
            assert_eq!(fixed.as_deref(), Some("yes"), "{heading}");
        }
        let wide = "resolution,date,PER,Chile,extra\nA/RES/1/1,2018-12-19,y,y,y\n";
        for (column, fixed) in [(2, Some("Y")), (3, Some("Y")), (4, None)] {
            let found = usual(wide, "undl-ga-wide-csv", column, "y");
            assert_eq!(found.as_deref(), fixed, "{column}");
        }
    }

    #[test]
    fn each_source_keeps_its_own_words() {
        let text = "rcid,country,vote\n1,Peru,Yes\n";
        for (value, fixed) in [("Yes", Some("yes")), ("Y", None), ("yes", None), ("", None)] {
            let found = usual(text, "unvotes-csv", 2, value);
            assert_eq!(found.as_deref(), fixed, "{value}");
        }
        let text = "rcid,ccode,vote,session\n1,2,1.0,1.0\n";
        assert_eq!(usual(text, "voeten-csv", 2, "1.0"), None);
        assert_eq!(usual(text, "voeten-csv", 3, "1.0").as_deref(), Some("1"));
    }

    #[test]
    fn a_mapped_table_is_spelled_as_its_mapping_says() {
        let mapping = Mapping::from_toml(
            "body = 'hrc'\n[columns]\nsymbol = 'text'\nstate = 'who'\nchoice = 'how'\n\
             [choices]\nyes = ['For']\nno = ['Against']\n",
        );
        let text = "text,who,how,vote\n51/7,Peru,for,y\n";
        let options = Options::default().with_mapping(mapping.unwrap());
        let spelling = options.spelling(text, "mapped-csv").unwrap();
        for (column, value, usual) in [
            (0, "51/7", Some("A/HRC/RES/51/7")),
            (1, "peru", None),
            (2, "for", Some("For")),
            (2, " AGAINST", Some("Against")),
            (2, "yes", None),
            (3, "y", None),
        ] {
            assert_eq!(spelling.usual(column, value).as_deref(), usual, "{value}");
        }
        assert!(Options::default().spelling(text, "mapped-csv").is_none());
    }
}

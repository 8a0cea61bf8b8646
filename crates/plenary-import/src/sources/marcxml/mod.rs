//! MARCXML records of the UN Digital Library: votes, and documents such as drafts with their sponsors.

#[cfg(feature = "xml")]
mod reader;

use crate::format::{Fit, Format, Reader, Recognise};
use crate::recognise::is_page;
#[cfg(feature = "xml")]
use reader::read;

pub(crate) static FORMAT: Format = Format::new(
    "undl-marcxml",
    "MARCXML records: votes, and drafts with their sponsors",
    Recognise::Beginning(recognise),
    Reader::File(read),
)
.with_publisher("United Nations, Dag Hammarskjöld Library")
.with_page("undl-marcxml")
.with_scope();

fn recognise(text: &[u8]) -> Fit {
    let has = |needle: &str| memchr::memmem::find(text, needle.as_bytes()).is_some();
    let why = if !text.trim_ascii_start().starts_with(b"<") || is_page(text) {
        return Fit::None;
    } else if has("MARC21/slim") {
        "it is XML in the namespace of MARC 21"
    } else if has("datafield") && has("subfield") {
        "it is XML with the data fields of MARC"
    } else {
        return Fit::None;
    };
    Fit::Full(why.to_owned())
}

#[cfg(not(feature = "xml"))]
fn read(input: &crate::Input) -> Result<crate::Import, crate::ImportError> {
    Err(crate::ImportError::missing_feature(
        &input.path,
        "a file in XML",
        "xml",
    ))
}

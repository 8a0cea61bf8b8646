//! Akoma Ntoso: votings of debates, and drafts and acts that somebody put before a body.

#[cfg(feature = "xml")]
mod reader;

use crate::format::{Fit, Format, Reader, Recognise};
use crate::recognise::root_of;
#[cfg(feature = "xml")]
use reader::read;

pub(crate) static FORMAT: Format = Format::new(
    "akoma-ntoso",
    "Akoma Ntoso: the votings of a debate, or a draft or act without a vote (XML)",
    Recognise::Beginning(recognise),
    Reader::File(read),
)
.with_page("akoma-ntoso");

fn recognise(text: &[u8]) -> Fit {
    match root_of(text).as_deref() {
        Some("akomaNtoso") => Fit::Full("its root element is `akomaNtoso`".to_owned()),
        _ => Fit::None,
    }
}

#[cfg(not(feature = "xml"))]
fn read(input: &crate::Input) -> Result<crate::Import, crate::ImportError> {
    Err(crate::ImportError::missing_feature(
        &input.path,
        "a file in XML",
        "xml",
    ))
}

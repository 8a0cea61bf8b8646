//! [`Refused`]: what went wrong, as data for R.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, Once};

use extendr_api::prelude::*;

/// Why there is no answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refused {
    pub message: String,
    pub help: Option<String>,
    pub file: Option<String>,
    pub line: Option<u64>,
}

impl Refused {
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            ..Self::default()
        }
    }

    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }

    fn into_robj(self) -> Robj {
        let text = |text: Option<String>| match text {
            Some(text) => Robj::from(text),
            None => Robj::from(NA_STRING),
        };
        // Lines of files are far below the largest whole number of R.
        let line = self.line.and_then(|line| i32::try_from(line).ok());
        let list = List::from_pairs([
            ("message", Robj::from(self.message)),
            ("help", text(self.help)),
            ("file", text(self.file)),
            (
                "line",
                line.map_or_else(|| Robj::from(Rint::na()), Robj::from),
            ),
        ]);
        let mut list = Robj::from(list);
        // An object without its class is told apart by its names, so nothing is lost where R refuses it.
        let _ = list.set_class(["plenary_refused"]);
        list
    }
}

const NA_STRING: Option<&str> = None;

/// Where the last panic was, of whichever thread.
static PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Answers R. A refusal and a panic come back as lists of class `plenary_refused`.
pub(crate) fn answer(of: impl FnOnce() -> Result<Robj, Refused>) -> Robj {
    static HOOK: Once = Once::new();
    // The usual hook prints to the console.
    HOOK.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            if let (Some(place), Ok(mut last)) = (info.location(), PANIC.lock()) {
                *last = Some(format!(" in {}, line {}", place.file(), place.line()));
            }
        }));
    });
    match catch_unwind(AssertUnwindSafe(of)) {
        Ok(Ok(value)) => value,
        Ok(Err(refused)) => refused.into_robj(),
        Err(_) => {
            let place = PANIC.lock().ok().and_then(|mut last| last.take());
            Refused::new(format!("a fault of plenary{}", place.unwrap_or_default()))
                .with_help("report what you called, with the data if they can be shown")
                .into_robj()
        }
    }
}

//! Where results go: results to stdout, progress and errors to stderr, colour only where it is wanted.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::rc::Rc;

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use serde::Serialize;

use crate::exit::Failure;

/// The form of a result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Human,
    /// One JSON document, of a stable form.
    Json,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How much to say on stderr.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verbosity {
    Quiet,
    Normal,
    Verbose,
}

pub(crate) const PLAIN: Style = Style::new();
pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const NOTE: Style = AnsiColor::Cyan.on_default().bold();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();

/// Text of a source as it can be printed: what would steer a terminal, or reorder what it shows, stands as a sign.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    match text.chars().any(steers) {
        true => Cow::Owned(text.chars().map(sign).collect()),
        false => Cow::Borrowed(text),
    }
}

/// So many characters of an input are enough to find it again.
const QUOTED: usize = 200;
/// And so many of a line that quotes several parts of it.
const LINE: usize = 2 * QUOTED;

/// A message in which no quotation, no word and no line is longer than a reader needs: the one place that cuts what an input
/// brings into messages.
pub(crate) fn brief(message: &str) -> Cow<'_, str> {
    if message.len() <= QUOTED {
        return Cow::Borrowed(message);
    }
    let line = |line: &str| {
        let quotes: Vec<_> = line.split('`').map(|part| cut(part, QUOTED)).collect();
        let line = if quotes.len() > 1 {
            quotes.join("`")
        } else {
            line.to_owned()
        };
        // What stands between marks was cut as a whole.
        let word = |word| match quotes.len() > 1 {
            true => Cow::Borrowed(word),
            false => cut(word, QUOTED),
        };
        let words: Vec<_> = line.split(' ').map(word).collect();
        cut(&words.join(" "), LINE).into_owned()
    };
    Cow::Owned(message.split('\n').map(line).collect::<Vec<_>>().join("\n"))
}

/// A value of an input, cut where it is longer than a reader needs.
pub(crate) fn cut_value(text: &str) -> Option<String> {
    match cut(text, QUOTED) {
        Cow::Owned(cut) => Some(cut),
        Cow::Borrowed(_) => None,
    }
}

fn cut(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// Writes a line for people, of texts in their styles. A text may come from a source, so each is made [`visible`].
pub(crate) fn line(
    out: &mut (impl Write + ?Sized),
    texts: &[(Style, &dyn Display)],
) -> io::Result<()> {
    for (style, text) in texts {
        write!(out, "{style}{}{style:#}", visible(&text.to_string()))?;
    }
    writeln!(out)
}

/// Control characters, and those that turn the direction of writing.
fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// One sign in the place of one character: the pictures of the control characters where Unicode has them.
pub(crate) fn sign(c: char) -> char {
    match c {
        '\u{7f}' => '\u{2421}',
        c if c < ' ' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        c if steers(c) => '\u{fffd}',
        c => c,
    }
}

/// The two streams of a command.
pub(crate) struct Output {
    verbosity: Verbosity,
    trouble: Trouble,
    has_printed: Rc<Cell<bool>>,
}

/// The first error of a writer, which those who write to it may not pass on.
type Trouble = Rc<RefCell<Option<io::Error>>>;

/// A writer whose first error is kept.
pub(crate) struct Tracked<W> {
    inner: W,
    trouble: Trouble,
    has_written: Rc<Cell<bool>>,
}

impl<W> From<W> for Tracked<W> {
    fn from(inner: W) -> Self {
        Self {
            inner,
            trouble: Trouble::default(),
            has_written: Rc::default(),
        }
    }
}

impl<W> Tracked<W> {
    pub(crate) fn into_parts(self) -> (W, Option<io::Error>) {
        (self.inner, self.trouble.take())
    }

    fn noted<T>(&self, result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result
            && error.kind() != io::ErrorKind::Interrupted
        {
            self.trouble.borrow_mut().get_or_insert_with(|| copy(error));
        }
        result
    }
}

/// The same error once more.
fn copy(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

impl<W: Write> Write for Tracked<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes);
        self.has_written.set(true);
        self.noted(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.inner.flush();
        self.noted(flushed)
    }
}

impl Output {
    pub(crate) fn new(when: When, verbosity: Verbosity) -> Self {
        match when {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        }
        .write_global();
        Self {
            verbosity,
            trouble: Trouble::default(),
            has_printed: Rc::default(),
        }
    }

    /// Stdout, buffered; styles are dropped where colour is not wanted. Flush it before it goes.
    pub(crate) fn stdout(&self) -> impl Write + use<> {
        self.tracked(io::BufWriter::new(anstream::AutoStream::auto(
            io::stdout().lock(),
        )))
    }

    /// Stdout, buffered, for results that are never styled. Flush it before it goes.
    pub(crate) fn raw(&self) -> impl Write + use<> {
        self.tracked(io::BufWriter::with_capacity(1 << 16, io::stdout().lock()))
    }

    fn tracked<W>(&self, inner: W) -> Tracked<W> {
        Tracked {
            inner,
            trouble: Rc::clone(&self.trouble),
            has_written: Rc::clone(&self.has_printed),
        }
    }

    /// What went wrong first on stdout.
    pub(crate) fn trouble(&self) -> Option<io::Error> {
        self.trouble.take()
    }

    /// Whether anything was printed to stdout.
    pub(crate) fn has_printed(&self) -> bool {
        self.has_printed.get()
    }

    /// Prints a result as one JSON document and a line break.
    pub(crate) fn json(&self, value: &impl Serialize) -> Result<(), Failure> {
        let mut out = self.raw();
        serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
        Ok(out.flush()?)
    }

    /// Whether to draw progress: only for a person who is watching.
    pub(crate) fn shows_progress(&self) -> bool {
        self.verbosity != Verbosity::Quiet && io::stderr().is_terminal()
    }

    /// Whether to say more than usual.
    pub(crate) fn is_verbose(&self) -> bool {
        self.verbosity == Verbosity::Verbose
    }

    /// Whether to say only what is asked for.
    pub(crate) fn is_quiet(&self) -> bool {
        self.verbosity == Verbosity::Quiet
    }

    /// Says why a command could not run.
    pub(crate) fn error(&self, failure: &Failure) {
        say(&[(ERROR, &"error"), (PLAIN, &": "), (PLAIN, failure)]);
        if let Some(help) = failure.help() {
            say(&[(GOOD, &"  help"), (PLAIN, &": "), (PLAIN, &help)]);
        }
    }

    /// Warns of something that does not end the command.
    pub(crate) fn warn(&self, message: &str) {
        if !self.is_quiet() {
            say(&[(WARNING, &"warning"), (PLAIN, &": "), (PLAIN, &message)]);
        }
    }

    /// Says something about a result that has no place in it.
    pub(crate) fn remark(&self, text: &str) {
        if !self.is_quiet() {
            say(&[(DIM, &text)]);
        }
    }
}

/// A line to stderr. Nobody can be told that it is gone.
fn say(texts: &[(Style, &dyn Display)]) {
    let _ = line(&mut anstream::stderr().lock(), texts);
}

/// A number of things: `1 row`, `959,474 rows`.
pub(crate) fn many(n: usize, one: &str) -> String {
    many64(n as u64, one)
}

/// A number of things: `1 row`, `959,474 rows`.
pub(crate) fn many64(n: u64, one: &str) -> String {
    format!("{} {one}{}", thousands(n), if n == 1 { "" } else { "s" })
}

pub(crate) use plenary::types::thousands;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_a_sign_of_one_character() {
        assert_eq!(visible("PERU"), "PERU");
        assert_eq!(visible("\u{1b}[2J\n\u{7f}\u{9b}\u{202e}é"), "␛[2J␊␡��é");
    }

    #[test]
    fn no_message_quotes_more_than_two_hundred_characters() {
        let long = "é".repeat(5000);
        let cut = format!("{}…", "é".repeat(200));
        for (message, expected) in [
            (
                format!("unknown check `{long}` (expected one)"),
                format!("unknown check `{cut}` (expected one)"),
            ),
            (format!("1 | {long}\n  | ^"), format!("1 | {cut}\n  | ^")),
            ("short".to_owned(), "short".to_owned()),
        ] {
            assert_eq!(brief(&message), expected);
        }
        let words = "word ".repeat(500);
        assert_eq!(brief(&words).chars().count(), 401);
        assert_eq!(cut_value(&long), Some(cut));
        assert_eq!(cut_value("PERU"), None);
    }

    #[test]
    fn only_our_styles_steer_in_a_line() {
        let mut out = Vec::new();
        line(&mut out, &[(BOLD, &"a\u{1b}[2J"), (PLAIN, &"\nb")]).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, format!("{BOLD}a␛[2J{BOLD:#}␊b\n"));
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (n, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (959_474, "959,474"),
        ] {
            assert_eq!(thousands(n), text);
        }
    }

    #[test]
    fn one_thing_is_no_plural() {
        assert_eq!(
            (many(1, "row"), many(2, "row")),
            ("1 row".into(), "2 rows".into())
        );
    }
}

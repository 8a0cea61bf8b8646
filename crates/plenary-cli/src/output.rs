//! Where results go: results to stdout, progress and errors to stderr, colour only where it is wanted.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::rc::Rc;

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use plenary::analysis::table::Table;
use plenary::types::{QUOTED, cut, is_invisible};
use serde::Serialize;

use crate::asked::{Message, MessageKind};
use crate::exit::Failure;
use plenary::types::Invariant;

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

/// The quotation marks, the ellipsis and the point that can stand around a quotation.
const MARKS: usize = 4;

/// A message that may quote arguments of the command line, each cut where it is longer than a reader needs. Nothing else of the
/// message is shortened, so that a help may list as much as it has to.
fn cut_arguments<'m>(message: &'m str, arguments: &[String]) -> Cow<'m, str> {
    if message.len() <= QUOTED {
        return Cow::Borrowed(message);
    }
    // An argument is quoted whole, without the name of its option, or in one of the pieces that its commas make.
    let pieces = arguments.iter().flat_map(|argument| {
        let value = argument.split_once('=').map_or("", |(_, value)| value);
        let whole = [argument.as_str(), argument.trim(), value];
        whole
            .into_iter()
            .chain(argument.split(','))
            .chain(value.split(','))
    });
    let mut message = message.to_owned();
    for piece in pieces {
        cut_piece(&mut message, piece);
    }
    let line = |line: &str| {
        // A piece that was cut is left with the marks around it.
        let is_long = |word: &str| word.chars().nth(QUOTED + MARKS).is_some();
        let word = |word| match is_long(word) {
            true => cut(word),
            false => Cow::Borrowed(word),
        };
        line.split(' ').map(word).collect::<Vec<_>>().join(" ")
    };
    Cow::Owned(message.split('\n').map(line).collect::<Vec<_>>().join("\n"))
}

/// Cuts what a message has of a piece, whole or begun, after as much as a reader needs.
fn cut_piece(message: &mut String, piece: &str) {
    let Some(head) = piece
        .char_indices()
        .nth(QUOTED)
        .and_then(|(end, _)| piece.get(..end))
    else {
        return;
    };
    let mut from = 0;
    while let Some(at) = message.get(from..).and_then(|rest| rest.find(head)) {
        let start = from + at;
        let quoted = message
            .get(start..)
            .invariant("the text was found there")
            .chars();
        let same = quoted.zip(piece.chars()).take_while(|(a, b)| a == b);
        let end = start + same.map(|(a, _)| a.len_utf8()).sum::<usize>();
        from = start + head.len();
        if end > from {
            let is_cut = message.get(end..).is_some_and(|rest| rest.starts_with('…'));
            message.replace_range(from..end, if is_cut { "" } else { "…" });
        }
    }
}

thread_local! {
    /// The arguments of this run, as far as messages quote them. A run stays on its thread.
    static ARGUMENTS: RefCell<Rc<[String]>> = RefCell::default();
}

/// Notes the arguments of this run, the first of which is its own name.
pub(crate) fn note_arguments(arguments: &[OsString]) {
    let arguments = arguments.iter().skip(1);
    let arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
    ARGUMENTS.replace(arguments.collect());
}

/// The arguments of this run without its name.
pub(crate) fn arguments() -> Rc<[String]> {
    ARGUMENTS.with_borrow(Rc::clone)
}

/// Prints what the arguments came to without a command: help and the version, or what is wrong with them.
pub(crate) fn print_answer(answer: &clap::Error) -> io::Result<()> {
    let plain = answer.render().to_string();
    let short = cut_arguments(&plain, &arguments());
    match answer.use_stderr() && *short != *plain {
        true => anstream::stderr().lock().write_all(short.as_bytes()),
        false => answer.print(),
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
    c.is_control() || is_invisible(c)
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

/// The two streams of a command, or the program that asked for it.
pub(crate) struct Output {
    verbosity: Verbosity,
    trouble: Trouble,
    has_printed: Rc<Cell<bool>>,
    asker: Option<Asker>,
}

/// A program that asks: what it is told, in place of the streams, and how it is told of progress.
#[derive(Clone, Default)]
pub(crate) struct Asker {
    pub(crate) told: Rc<RefCell<Told>>,
    pub(crate) progress: Option<plenary::Progress>,
}

/// What a program is told.
#[derive(Default)]
pub(crate) struct Told {
    /// What would be on stdout.
    pub(crate) printed: Vec<u8>,
    pub(crate) tables: Vec<Table>,
    pub(crate) messages: Vec<Message>,
}

impl Write for Asker {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.told.borrow_mut().printed.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
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
        Self::of(verbosity, None)
    }

    /// What a program that asks is told.
    pub(crate) fn for_program(asker: Asker) -> Self {
        Self::of(Verbosity::Normal, Some(asker))
    }

    fn of(verbosity: Verbosity, asker: Option<Asker>) -> Self {
        Self {
            verbosity,
            trouble: Trouble::default(),
            has_printed: Rc::default(),
            asker,
        }
    }

    /// Stdout, buffered; styles are dropped where colour is not wanted. Flush it before it goes.
    pub(crate) fn stdout(&self) -> impl Write + use<> {
        let out: Box<dyn Write> = match &self.asker {
            Some(asker) => Box::new(asker.clone()),
            None => Box::new(anstream::AutoStream::auto(io::stdout().lock())),
        };
        self.tracked(io::BufWriter::new(out))
    }

    /// Stdout, buffered, for results that are never styled. Flush it before it goes.
    pub(crate) fn raw(&self) -> impl Write + use<> {
        let out: Box<dyn Write> = match &self.asker {
            Some(asker) => Box::new(asker.clone()),
            None => Box::new(io::stdout().lock()),
        };
        self.tracked(io::BufWriter::with_capacity(1 << 16, out))
    }

    /// Hands a table to a program that asks. Whether there is one.
    pub(crate) fn hand_over(&self, table: impl FnOnce() -> Table) -> bool {
        if let Some(asker) = &self.asker {
            asker.told.borrow_mut().tables.push(table());
        }
        self.asker.is_some()
    }

    /// What a program that asks is to be told of progress.
    pub(crate) fn asked_progress(&self) -> Option<plenary::Progress> {
        self.asker.as_ref()?.progress.clone()
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
        let is_watched = || io::stderr().is_terminal();
        self.asker.is_none() && self.verbosity != Verbosity::Quiet && is_watched()
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
        let first = (failure.to_string(), failure.help().unwrap_or_default());
        for (message, help) in std::iter::once(first).chain(failure.further()) {
            let message = cut_arguments(&message, &arguments());
            let help = cut_arguments(help, &arguments());
            if self.tell(MessageKind::Error, &message, &help) {
                continue;
            }
            say(&[(ERROR, &"error"), (PLAIN, &": "), (PLAIN, &message)]);
            if !help.is_empty() {
                say(&[(GOOD, &"  help"), (PLAIN, &": "), (PLAIN, &help)]);
            }
        }
    }

    /// Warns of something that does not end the command.
    pub(crate) fn warn(&self, message: &str) {
        if !self.tell(MessageKind::Warning, message, "") && !self.is_quiet() {
            say(&[(WARNING, &"warning"), (PLAIN, &": "), (PLAIN, &message)]);
        }
    }

    /// Says something about a result that has no place in it.
    pub(crate) fn remark(&self, text: &str) {
        if !self.tell(MessageKind::Note, text, "") && !self.is_quiet() {
            say(&[(DIM, &text)]);
        }
    }

    /// Says lines beside a result that were asked for, however quiet it is to be.
    pub(crate) fn aside(&self, lines: &str) {
        for text in lines.lines() {
            if !self.tell(MessageKind::Note, text, "") {
                say(&[(PLAIN, &text)]);
            }
        }
    }

    /// Tells a program that asks. Whether there is one.
    fn tell(&self, kind: MessageKind, text: &str, help: &str) -> bool {
        if let Some(asker) = &self.asker {
            let message = Message::new(kind, text, help);
            asker.told.borrow_mut().messages.push(message);
        }
        self.asker.is_some()
    }
}

/// Warns of what limits a result.
pub(crate) fn warn_all(warnings: &[String], output: &Output) {
    warnings.iter().for_each(|text| output.warn(text));
}

/// A line to stderr. Nobody can be told that it is gone.
fn say(texts: &[(Style, &dyn Display)]) {
    let _ = line(&mut anstream::stderr().lock(), texts);
}

/// A number of things in memory: `1 row`, `959,474 rows`.
pub(crate) fn many(n: usize, one: &str) -> String {
    many64(n as u64, one)
}

pub(crate) use plenary::types::{many as many64, thousands};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_a_sign_of_one_character() {
        assert_eq!(visible("PERU"), "PERU");
        assert_eq!(visible("\u{1b}[2J\n\u{7f}\u{9b}\u{202e}é"), "␛[2J␊␡��é");
    }

    #[test]
    fn arguments_are_cut_in_messages_and_nothing_else_is() {
        let words = "word ".repeat(100);
        let text = words.trim_end();
        let cut: String = text.chars().take(200).collect();
        let list = "1-1, a treaty of the collection; ".repeat(40);
        for argument in [
            text.to_owned(),
            format!("--body={text}"),
            format!("FRA,{text}"),
            format!("--exclude=FRA,{text}"),
        ] {
            let message = format!("error: invalid value '{text}' for '--body'; {list}");
            assert_eq!(
                cut_arguments(&message, &[argument]),
                format!("error: invalid value '{cut}…' for '--body'; {list}")
            );
        }
        let word = "x".repeat(5000);
        assert_eq!(
            cut_arguments(
                &format!("error: invalid value '{word}'"),
                std::slice::from_ref(&word)
            ),
            format!("error: invalid value '{}…'", "x".repeat(200))
        );
        let message = format!("error: unexpected '{word}'\n\n{list}");
        let expected = format!("error: unexpected '{}…\n\n{list}", "x".repeat(199));
        assert_eq!(cut_arguments(&message, &[format!("-d{word}")]), expected);
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

//! The commands as functions, and as the command itself.

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{self, ExitCode};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use plenary_cli::{Answer, ArgumentKind, Given, Host, MessageKind, Question};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error::Fault;
use crate::table::Table;
use crate::words::Words;

/// How often it is looked whether the user wants to stop, and progress is shown.
const PULSE: Duration = Duration::from_millis(50);
/// The stack of the thread that answers: what the main thread of a program has.
const STACK: usize = 8 << 20;

/// The process that asked first: threads do not survive a fork.
static PROCESS: AtomicU32 = AtomicU32::new(0);

/// Refuses to go on in a process that was forked after the threads were started, where it would wait for them for ever.
fn check_process(py: Python<'_>) -> PyResult<()> {
    let here = process::id();
    let started = PROCESS
        .compare_exchange(0, here, Ordering::Relaxed, Ordering::Relaxed)
        .unwrap_or_else(|started| started);
    if started == 0 || started == here {
        return Ok(());
    }
    let message = "this process was forked after plenary was used, and has none of its threads";
    let help = "start processes with the method `spawn` or `forkserver`, or use plenary after the fork only";
    Err(Fault::new(message).with_help(help).into_exception(py))
}

/// How far the reading of an input has come: its name, the bytes read, and all bytes.
type Reading = Arc<Mutex<Option<(String, u64, u64)>>>;

/// Whether something was found, the tables, the document, and what is said beside them.
type Parts = (bool, Vec<Table>, String, Vec<Said>);
/// The kind of a message, its text, and what to do about it.
type Said = (&'static str, String, Option<String>);

/// Asks a command. `progress` is called with the name of an input, the bytes that are read of it, and the bytes in all. Files in `folder` are
/// called by their names alone.
#[pyfunction]
#[pyo3(signature = (command, inputs, options, progress = None, folder = None))]
pub(crate) fn ask(
    py: Python<'_>,
    command: String,
    inputs: Vec<OsString>,
    options: Vec<(String, Bound<'_, PyAny>)>,
    progress: Option<Bound<'_, PyAny>>,
    folder: Option<String>,
) -> PyResult<Parts> {
    check_process(py)?;
    let mut question = Question::new(command);
    for input in inputs {
        question = question.input(input);
    }
    for (name, value) in options {
        question = question.option(name, given(&value)?);
    }
    let reading = Reading::default();
    let host = match progress {
        None => Host::default(),
        Some(_) => {
            let reading = Arc::clone(&reading);
            Host::default().with_progress(Arc::new(move |name, read, all| {
                let mut reading = reading.lock().unwrap_or_else(PoisonError::into_inner);
                *reading = Some((name.to_owned(), read, all));
            }))
        }
    };
    let (sender, mut receiver) = sync_channel(1);
    let work = move || {
        let answer = catch_unwind(AssertUnwindSafe(|| plenary_cli::ask(&question, &host)));
        // Nobody waits for the answer after an interruption.
        let _ = sender.send(answer);
    };
    let thread = std::thread::Builder::new().name("plenary".to_owned());
    let thread = thread.stack_size(STACK).spawn(work);
    thread.map_err(|error| {
        Fault::new(format!("no thread could be started: {error}")).into_exception(py)
    })?;
    let mut told = None;
    let answer = loop {
        let waiting = &mut receiver;
        match py.detach(move || waiting.recv_timeout(PULSE)) {
            Ok(answer) => break answer.ok(),
            Err(RecvTimeoutError::Disconnected) => break None,
            Err(RecvTimeoutError::Timeout) => {}
        }
        py.check_signals()?;
        let now = reading
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let (Some(progress), Some(now)) = (&progress, now)
            && told.as_ref() != Some(&now)
        {
            progress.call1(now.clone())?;
            told = Some(now);
        }
    };
    let words = Words::new(py, folder)?;
    match answer {
        Some(Ok(answer)) => Ok(parts(answer, &words)),
        Some(Err(refused)) => Err(Fault::from(refused).in_words(&words).into_exception(py)),
        None => Err(internal().into_exception(py)),
    }
}

fn internal() -> Fault {
    Fault::new("internal error: plenary contradicted itself")
        .with_help("report it with the input; what was printed on the standard error says where")
}

fn parts(answer: Answer, words: &Words) -> Parts {
    let mut messages = Vec::new();
    for message in answer.messages {
        let kind = match message.kind {
            MessageKind::Error => "error",
            MessageKind::Warning => "warning",
            _ => "note",
        };
        let help = message.help.map(|help| words.in_python(&help));
        messages.push((kind, words.in_python(&message.text), help));
    }
    let of_kind = |wanted: &str| -> Vec<String> {
        let known = messages.iter().filter(|(kind, _, _)| *kind == wanted);
        known.map(|(_, text, _)| text.clone()).collect()
    };
    let (warnings, notes) = (of_kind("warning"), of_kind("note"));
    let document = words.without_folder(&answer.text).into_owned();
    let tables = answer.tables.into_iter().map(|table| {
        let table = words.table_without_folder(table);
        Table::new(table).with(warnings.clone(), notes.clone(), document.clone())
    });
    let tables = tables.collect();
    (answer.has_findings, tables, document, messages)
}

/// The value of an option: True or False, a text, or a list of texts.
fn given(value: &Bound<'_, PyAny>) -> PyResult<Given> {
    if let Ok(flag) = value.extract::<bool>() {
        return Ok(Given::Flag(flag));
    }
    if let Ok(one) = value.extract::<OsString>() {
        return Ok(Given::One(one));
    }
    match value.extract::<Vec<OsString>>() {
        Ok(many) => Ok(Given::Many(many)),
        Err(_) => Err(PyTypeError::new_err(
            "an option is True or False, a text, or a list of texts",
        )),
    }
}

/// The options of every command: of each its kind (`flag`, `one` or `many`), and what its value is called.
#[pyfunction]
pub(crate) fn options(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let commands = PyDict::new(py);
    for question in plenary_cli::questions() {
        let options = PyDict::new(py);
        for argument in question.arguments.iter().filter(|known| !known.is_input) {
            let kind = match argument.kind {
                ArgumentKind::Flag => "flag",
                ArgumentKind::One => "one",
                _ => "many",
            };
            options.set_item(&argument.name, (kind, &argument.value))?;
        }
        commands.set_item(question.name, options)?;
    }
    Ok(commands)
}

/// Runs the command `plenary` with its arguments, the first of which is its name, and gives its exit code.
#[pyfunction]
pub(crate) fn run(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<u8> {
    check_process(py)?;
    let ended = py.detach(|| catch_unwind(|| plenary_cli::run(arguments)));
    // As a program that panics ends.
    let ended = ended.unwrap_or(ExitCode::from(101));
    let codes = 0..=u8::MAX;
    let code = codes
        .into_iter()
        .find(|code| ExitCode::from(*code) == ended);
    Ok(code.unwrap_or(101))
}

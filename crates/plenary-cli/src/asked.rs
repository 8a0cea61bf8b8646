//! [`ask`]: the commands for programs in other languages, with the names and the defaults of their options, and with answers as values.

use std::ffi::OsString;
use std::rc::Rc;

use clap::{ArgAction, CommandFactory, Parser};
use plenary::analysis::table::Table;
use plenary::types::{Place, brief};

use crate::command::destination;
use crate::exit::{Exit, Failure};
use crate::output::{self, Asker, Output, Told};
use crate::{Cli, carried_out};

/// A command with its arguments.
///
/// ```
/// use plenary_cli::{Given, Host, Question, ask};
///
/// let question = Question::new("members").option("body", Given::One("unsc".into())).option("on", Given::One("1960-01-01".into()));
/// let answer = ask(&question, &Host::default())?;
/// assert_eq!(answer.tables[0].len(), 11);
///
/// let refused = ask(&Question::new("members").option("on", Given::One("1900-01-01".into())), &Host::default()).unwrap_err();
/// assert!(refused.help.is_some());
/// # Ok::<(), plenary_cli::Refused>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Question {
    /// The name of the command: `tally`.
    pub command: String,
    /// Its arguments without a name, such as files, in their order.
    pub inputs: Vec<OsString>,
    /// Its options by their long names, without the dashes; `min_votes` and `min-votes` are the same.
    pub options: Vec<(String, Given)>,
}

/// The value of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Given {
    /// Whether a switch is on.
    Flag(bool),
    /// One value.
    One(OsString),
    /// Several values.
    Many(Vec<OsString>),
}

impl Question {
    /// A command without arguments.
    pub fn new(command: impl Into<String>) -> Self {
        Self {
            command: command.into(),
            inputs: Vec::new(),
            options: Vec::new(),
        }
    }

    /// The same, with one more argument without a name.
    #[must_use]
    pub fn input(mut self, input: impl Into<OsString>) -> Self {
        self.inputs.push(input.into());
        self
    }

    /// The same, with one more option.
    #[must_use]
    pub fn option(mut self, name: impl Into<String>, value: Given) -> Self {
        self.options.push((name.into(), value));
        self
    }
}

/// What the asking program wants to be told meanwhile.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Host {
    /// Told how far the reading of an input has come.
    pub progress: Option<plenary::Progress>,
}

impl Host {
    /// The same, told how far the reading of an input has come.
    #[must_use]
    pub fn with_progress(mut self, progress: plenary::Progress) -> Self {
        self.progress = Some(progress);
        self
    }
}

/// What a command comes to.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Answer {
    /// Whether it found something: findings at error level, differences, names that are not known (exit code 1 of the command).
    pub has_findings: bool,
    /// Its tables.
    pub tables: Vec<Table>,
    /// Its document, JSON where the command can write it; empty where it is a table.
    pub text: String,
    /// The warnings and notes that come with the answer.
    pub messages: Vec<Message>,
}

/// What is said beside a result.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// How grave it is.
    pub kind: MessageKind,
    /// What it says.
    pub text: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Message {
    /// A message; an empty help is none.
    pub(crate) fn new(kind: MessageKind, text: &str, help: &str) -> Self {
        Self {
            kind,
            text: text.to_owned(),
            help: Some(help.to_owned()).filter(|help| !help.is_empty()),
        }
    }
}

/// How grave a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageKind {
    /// Something could not be used.
    Error,
    /// Something limits the result.
    Warning,
    /// Something to know.
    Note,
}

/// The reason that a question was not answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct Refused {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where, as far as it is in a file.
    pub place: Box<Place>,
    /// What else is wrong.
    pub further: Vec<Message>,
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        let further = failure.further();
        let further = further
            .iter()
            .map(|(text, help)| Message::new(MessageKind::Error, text, help));
        Self {
            message: failure.to_string(),
            help: failure.help().map(str::to_owned),
            place: Box::new(failure.place().clone()),
            further: further.collect(),
        }
    }
}

/// Asks a command. Its tables and its document are the answer; nothing is printed, and nothing is read from the standard input unless an
/// input is `-`. With the option `output` the file is written as well.
///
/// # Errors
///
/// [`Refused`] where the command ends with exit code 2: an unknown command or option, or an input that cannot be used.
pub fn ask(question: &Question, host: &Host) -> Result<Answer, Refused> {
    let arguments = arguments(question)?;
    output::note_arguments(&arguments);
    destination::start();
    let cli = Cli::try_parse_from(arguments).map_err(|error| not_understood(&error))?;
    let asker = Asker {
        told: Rc::default(),
        progress: host.progress.clone(),
    };
    let exit = carried_out(cli.command, &Output::for_program(asker.clone()))?;
    let Told {
        printed,
        tables,
        messages,
    } = asker.told.take();
    if exit == Exit::Unusable {
        return Err(unusable(messages));
    }
    let printed = anstream::adapter::strip_bytes(&printed).into_vec();
    Ok(Answer {
        has_findings: exit == Exit::Findings,
        tables,
        text: String::from_utf8_lossy(&printed).into_owned(),
        messages,
    })
}

/// The first error that was told, with the others.
fn unusable(messages: Vec<Message>) -> Refused {
    let errors = messages.into_iter();
    let mut errors = errors.filter(|message| message.kind == MessageKind::Error);
    let first = errors.next();
    let (message, help) = first.map_or_else(
        || ("nothing could be used".to_owned(), None),
        |first| (first.text, first.help),
    );
    Refused {
        message,
        help,
        place: Box::default(),
        further: errors.collect(),
    }
}

/// The question as arguments of the program. A document is asked for as JSON unless something else is.
fn arguments(question: &Question) -> Result<Vec<OsString>, Refused> {
    let all = Cli::command();
    let name = question.command.as_str();
    let Some(command) = all.find_subcommand(name) else {
        let names: Vec<_> = all.get_subcommands().map(clap::Command::get_name).collect();
        return Err(Refused {
            message: format!("unknown command `{}`", brief(name)),
            help: Some(format!("commands are {}", names.join(", "))),
            ..Refused::default()
        });
    };
    let format = command
        .get_arguments()
        .find(|argument| argument.get_long() == Some("format"));
    let forms = format.map(clap::Arg::get_possible_values);
    let mut wants_json =
        forms.is_some_and(|forms| forms.iter().any(|form| form.matches("json", false)));
    let mut arguments = vec![OsString::from("plenary"), name.into()];
    for (name, given) in &question.options {
        let name = name.replace('_', "-");
        let option = |argument: &&clap::Arg| {
            let aliases = argument.get_all_aliases().unwrap_or_default();
            argument.get_long() == Some(&name) || aliases.contains(&&*name)
        };
        let Some(argument) = command.get_arguments().find(option) else {
            let options = command.get_arguments().filter_map(clap::Arg::get_long);
            let options: Vec<_> = options.map(|name| format!("`--{name}`")).collect();
            return Err(Refused {
                message: format!("`{}` has no option `--{}`", question.command, brief(&name)),
                help: Some(format!("its options are {}", options.join(", "))),
                ..Refused::default()
            });
        };
        let takes_value = argument.get_action().takes_values();
        let wrong = |expected: &str| Refused {
            message: format!("`--{name}` {expected}"),
            ..Refused::default()
        };
        let with_value = |value: &OsString| {
            let mut text = OsString::from(format!("--{name}="));
            text.push(value);
            text
        };
        // The name of a file says the form of what is written into it.
        let has_form = format == Some(argument)
            || argument.get_long() == Some("output")
            || format
                .is_some_and(|format| command.get_arg_conflicts_with(argument).contains(&format));
        wants_json &= !has_form || *given == Given::Flag(false);
        match given {
            Given::Flag(_) if takes_value => return Err(wrong("takes a value")),
            Given::Flag(false) => {}
            Given::Flag(true) => arguments.push(format!("--{name}").into()),
            _ if !takes_value => return Err(wrong("takes no value: it is on or off")),
            Given::One(value) => arguments.push(with_value(value)),
            Given::Many(values) if matches!(argument.get_action(), ArgAction::Append) => {
                arguments.extend(values.iter().map(with_value));
            }
            Given::Many(values) => arguments.push(with_value(&values.join(",".as_ref()))),
        }
    }
    if wants_json {
        arguments.push("--format=json".into());
    }
    arguments.push("--".into());
    arguments.extend(question.inputs.iter().cloned());
    Ok(arguments)
}

/// What is wrong with arguments: the first paragraph, and as help what the further ones advise.
fn not_understood(error: &clap::Error) -> Refused {
    let text = error.render().to_string();
    let mut paragraphs = text.split("\n\n");
    let first = paragraphs.next().unwrap_or_default();
    let first = first.trim_start_matches("error: ").lines().map(str::trim);
    let message = first.collect::<Vec<_>>().join(" ");
    let tips = paragraphs.filter_map(|tip| tip.trim().strip_prefix("tip: "));
    let tips: Vec<&str> = tips.collect();
    Refused {
        message,
        help: Some(tips.join("; ")).filter(|tips| !tips.is_empty()),
        ..Refused::default()
    }
}

/// A command, as it can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QuestionSpec {
    /// Its name.
    pub name: String,
    /// What it answers, in a line.
    pub about: String,
    /// What else there is to know, with examples of the command line.
    pub more: String,
    /// Its arguments, those without a name first.
    pub arguments: Vec<ArgumentSpec>,
}

/// An argument of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArgumentSpec {
    /// Its name: of an option the long one, without the dashes.
    pub name: String,
    /// Whether it is an input, which has no name on the command line.
    pub is_input: bool,
    /// What it takes.
    pub kind: ArgumentKind,
    /// What its values are, in capitals: `FILE`.
    pub value: String,
    /// What it says.
    pub help: String,
    /// Whether the command needs it.
    pub is_required: bool,
    /// What holds where it is not given.
    pub default: Vec<String>,
    /// The only values, each with what it means; none where others are possible.
    pub values: Vec<(String, String)>,
}

/// What an argument takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ArgumentKind {
    /// Nothing: it is on or off.
    Flag,
    /// One value.
    One,
    /// One value or several.
    Many,
}

/// Every command that [`ask`] knows, in the order of the help.
#[must_use]
pub fn questions() -> Vec<QuestionSpec> {
    let mut all = Cli::command();
    all.build();
    let commands = all.get_subcommands();
    let commands = commands.filter(|command| command.get_name() != "help");
    commands.map(spec).collect()
}

fn spec(command: &clap::Command) -> QuestionSpec {
    let text =
        |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string).unwrap_or_default();
    let own = |argument: &&clap::Arg| {
        let is_for_people = ["help", "version", "color", "quiet", "verbose"];
        !is_for_people.contains(&argument.get_id().as_str())
    };
    let (inputs, options): (Vec<_>, Vec<_>) = command
        .get_arguments()
        .filter(own)
        .map(argument)
        .partition(|argument| argument.is_input);
    QuestionSpec {
        name: command.get_name().to_owned(),
        about: text(command.get_about()),
        more: text(command.get_after_help()),
        arguments: inputs.into_iter().chain(options).collect(),
    }
}

fn argument(argument: &clap::Arg) -> ArgumentSpec {
    let takes_value = argument.get_action().takes_values();
    let takes_several = matches!(argument.get_action(), ArgAction::Append)
        || argument.get_value_delimiter().is_some()
        || argument
            .get_num_args()
            .is_some_and(|range| range.max_values() > 1);
    let id = argument.get_id().as_str();
    let values = argument.get_possible_values();
    let values = values
        .iter()
        .filter(|value| takes_value && !value.is_hide_set());
    let meaning = |value: &clap::builder::PossibleValue| {
        let help = value.get_help().map(ToString::to_string);
        (value.get_name().to_owned(), help.unwrap_or_default())
    };
    let default = argument.get_default_values().iter();
    let default = default.filter(|_| takes_value);
    let value = argument.get_value_names().unwrap_or_default().join(" ");
    ArgumentSpec {
        name: argument.get_long().unwrap_or(id).to_owned(),
        is_input: argument.is_positional(),
        kind: match (takes_value, takes_several) {
            (false, _) => ArgumentKind::Flag,
            (true, false) => ArgumentKind::One,
            (true, true) => ArgumentKind::Many,
        },
        value: if takes_value { value } else { String::new() },
        help: argument
            .get_help()
            .map(ToString::to_string)
            .unwrap_or_default(),
        is_required: argument.is_required_set(),
        default: default
            .map(|text| text.to_string_lossy().into_owned())
            .collect(),
        values: values.map(meaning).collect(),
    }
}

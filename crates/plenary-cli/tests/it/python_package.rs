//! The functions of the Python package: each command with its own options and its own words.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use plenary_cli::{ArgumentKind, ArgumentSpec, QuestionSpec, questions};

/// What a function gives: the name of its type, and of the function that makes it of an answer.
#[derive(Clone, Copy)]
enum Gives {
    Table,
    Document,
    Report,
}

impl Gives {
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Table => ("Table", "table"),
            Self::Document => ("Document", "document"),
            Self::Report => ("Report", "report"),
        }
    }
}

/// The commands that are functions, the name of the function, what it gives, and an example.
const FUNCTIONS: &[(&str, &str, Gives, &str)] = &[
    (
        "check",
        "check",
        Gives::Report,
        "report = plenary.check(\"voeten-from-r.csv\")\nreport.counts[\"error\"]\n= 0",
    ),
    (
        "claims",
        "claims",
        Gives::Document,
        "found = plenary.claims(\"report.txt\", about=\"A/RES/73/195\")\nlen(found[\"claims\"]) > 0\n= True",
    ),
    (
        "compare",
        "compare",
        Gives::Table,
        "len(plenary.compare(\"voeten-from-r.csv\", \"voeten-from-r.csv\"))\n= 0",
    ),
    (
        "explain",
        "explain",
        Gives::Document,
        "plenary.explain(\"tally-mismatch\")[\"name\"]\n= 'tally-mismatch'",
    ),
    (
        "import",
        "convert",
        Gives::Document,
        "account = plenary.convert(\"voeten-from-r.csv\", output=\"dataset\")\nplenary.read(\"dataset\").tables[0]\n= 'agreements'",
    ),
    (
        "bodies",
        "bodies",
        Gives::Document,
        "plenary.bodies(\"unsc\")[\"id\"]\n= 'unsc'",
    ),
    (
        "members",
        "members",
        Gives::Table,
        "len(plenary.members(body=\"unsc\", on=\"1960-01-01\"))\n= 11",
    ),
    (
        "resolve",
        "resolve_table",
        Gives::Table,
        "table = plenary.resolve_table(csv=\"panel.csv\", column=\"ccode\", date_column=\"year\", from_=\"cow\", to=\"iso3\")\ntable[\"iso3\"].to_list()[:2]\n= ['USA', 'USA']",
    ),
    (
        "rules",
        "rules",
        Gives::Document,
        "len(plenary.rules()[\"checks\"]) > 30\n= True",
    ),
    (
        "show",
        "show",
        Gives::Document,
        "show = plenary.show(\"A/RES/73/195\")\nlist(show)\n= ['agreement', 'decisions', 'claims', 'findings']",
    ),
    (
        "votes",
        "votes",
        Gives::Table,
        "plenary.votes(\"voeten-from-r.csv\", limit=1).columns[0]\n= 'record'",
    ),
    (
        "decide",
        "decide",
        Gives::Document,
        "plenary.decide(rule=\"sc-substantive\", yes=11, no=1, abstain=3, no_by=\"RUS\").verdict\n= 'rejected'",
    ),
    (
        "treaty",
        "treaty",
        Gives::Document,
        "treaty = plenary.treaty(\"acts.csv\", in_force_when=\"2 instruments; 90 days\")\ntreaty.entry_into_force\n= '2014-07-01'",
    ),
    (
        "parties",
        "parties",
        Gives::Table,
        "plenary.parties(\"acts.csv\")[\"participant\"].to_list()\n= ['FRA', 'MEX']",
    ),
    (
        "acts",
        "acts",
        Gives::Table,
        "len(plenary.acts(\"acts.csv\"))\n= 2",
    ),
    (
        "sponsors",
        "sponsors",
        Gives::Table,
        "len(plenary.sponsors(\"drafts.json\")) > 0\n= True",
    ),
    (
        "cohesion",
        "cohesion",
        Gives::Table,
        "len(plenary.cohesion(\"voeten-from-r.csv\", group=\"regional\", least=1)) > 0\n= True",
    ),
    (
        "tally",
        "tally",
        Gives::Table,
        "plenary.tally(\"voeten-from-r.csv\", states=[\"FRA\", \"USA\"])[\"participant\"].to_list()\n= ['FRA', 'USA']",
    ),
    (
        "power",
        "power",
        Gives::Table,
        "power = plenary.power(rule=\"sc-substantive\", on=\"2020-01-01\")\nlen(power)\n= 15",
    ),
    (
        "agree",
        "agree",
        Gives::Table,
        "len(plenary.agree(\"voeten-from-r.csv\", by=\"all\", states=[\"FRA\", \"USA\"]))\n= 1",
    ),
    (
        "ideal",
        "ideal",
        Gives::Table,
        "len(plenary.ideal(\"votes.csv\"))\n= 48",
    ),
    (
        "cite",
        "cite",
        Gives::Document,
        "\"plenary\" in str(plenary.cite(as_=\"bibtex\"))\n= True",
    ),
];

/// The commands that are none: they write files for a person to fill in, or scripts of a shell.
const OTHERS: [&str; 5] = ["completions", "mapping", "new", "report", "template"];

/// Options whose files are written.
const WRITTEN: [&str; 6] = [
    "into",
    "items",
    "linked",
    "output",
    "plot",
    "write-baseline",
];

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// The name of an option in Python.
fn python_name(name: &str) -> String {
    let name = name.replace('-', "_").to_lowercase();
    match KEYWORDS.contains(&&*name) {
        true => format!("{name}_"),
        false => name,
    }
}

fn literal(values: &[(String, String)]) -> String {
    let values = values.iter().map(|(value, _)| format!("{value:?}"));
    format!("Literal[{}]", values.collect::<Vec<_>>().join(", "))
}

/// What one value of an argument is.
fn value_type(argument: &ArgumentSpec) -> String {
    if !argument.values.is_empty() {
        return literal(&argument.values);
    }
    let value = argument.value.as_str();
    let holds = |word: &str| value.contains(word);
    let path = match argument.is_input {
        true => "Source",
        false if WRITTEN.contains(&&*argument.name) => "Path",
        false => "Source",
    };
    match value {
        "N" => "int",
        "X" => "float",
        "DATE" | "DAY" => "str | date",
        "YEAR" => "str | int",
        "DIR" => "Path",
        _ if argument.is_input && (holds("FILE") || holds("PATH") || value.len() == 1) => path,
        "FILE" | "CSV" | "PATH" | "DATASET" | "NAME|CSV" | "NAME,…|CSV" => path,
        _ => "str",
    }
    .to_owned()
}

/// The type of an argument, and what holds without it.
fn type_and_default(argument: &ArgumentSpec) -> (String, Option<String>) {
    let one = value_type(argument);
    let default = match (&argument.default[..], &*one) {
        ([], _) => None,
        ([only], "int" | "float") => Some(only.clone()),
        ([only], _) => Some(format!("{only:?}")),
        (several, _) => Some(format!("{:?}", several.join(","))),
    };
    let kind = match argument.kind {
        ArgumentKind::Flag => return ("bool".to_owned(), Some("False".to_owned())),
        ArgumentKind::One => one,
        _ if argument.is_input => "Sources".to_owned(),
        _ if argument.value.contains('=') => {
            format!("{one} | Iterable[{one}] | Mapping[str, object]")
        }
        _ => format!("{one} | Iterable[{one}]"),
    };
    match (argument.is_required, default) {
        (true, _) => (kind, None),
        (false, Some(default)) => (kind, Some(default)),
        (false, None) => (format!("{kind} | None"), Some("None".to_owned())),
    }
}

/// A text with options under the names that they have in Python.
fn in_python(text: &str, question: &QuestionSpec) -> String {
    let mut text = text.to_owned();
    let mut names: Vec<_> = question.arguments.iter().filter(|a| !a.is_input).collect();
    names.sort_by_key(|argument| std::cmp::Reverse(argument.name.len()));
    for argument in names {
        let ends = [" ", ",", ".", ";", ")", ":", "=", "`"];
        let name = python_name(&argument.name);
        for end in ends {
            let old = format!("--{}{end}", argument.name);
            text = text.replace(&old, &format!("{name}{end}"));
        }
        if let Some(before) = text.strip_suffix(&format!("--{}", argument.name)) {
            text = format!("{before}{name}");
        }
    }
    text.replace('\\', "\\\\").replace("\"\"\"", "'''")
}

const WIDTH: usize = 136;

/// Writes a paragraph in lines that are not too long.
fn paragraph(out: &mut String, indent: &str, text: &str) {
    for text in text.split('\n') {
        let mut line = String::from(indent);
        for word in text.split_whitespace() {
            let is_begun = line.len() > indent.len();
            if is_begun && line.chars().count() + 1 + word.chars().count() > WIDTH {
                out.push_str(line.trim_end());
                out.push('\n');
                line = String::from(indent);
            } else if is_begun {
                line.push(' ');
            }
            line.push_str(word);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

fn function(out: &mut String, question: &QuestionSpec, name: &str, gives: Gives, example: &str) {
    let (kind, make) = gives.names();
    // The form of an answer is that of Python; the names of `resolve` have a function of their own.
    let asked = question.arguments.iter();
    let asked: Vec<_> = asked
        .filter(|a| a.name != "format" && !(question.name == "resolve" && is_of_names(a)))
        .collect();
    let (inputs, options): (Vec<_>, Vec<_>) = asked.into_iter().partition(|a| a.is_input);
    let _ = writeln!(out, "\n\ndef {name}(");
    for input in &inputs {
        let (kind, default) = type_and_default(input);
        let default = default.map_or(String::new(), |default| format!(" = {default}"));
        let _ = writeln!(out, "    {}: {kind}{default},", python_name(&input.name));
    }
    out.push_str("    *,\n");
    // What is needed has no default, and stands before what has one.
    let (needed, optional): (Vec<_>, Vec<_>) = options.iter().copied().partition(|a| a.is_required);
    for option in needed.iter().chain(&optional) {
        let (kind, default) = type_and_default(option);
        let default = default.map_or(String::new(), |default| format!(" = {default}"));
        let _ = writeln!(out, "    {}: {kind}{default},", python_name(&option.name));
    }
    out.push_str("    progress: bool | None = None,\n");
    let _ = writeln!(out, ") -> {kind}:");
    let _ = writeln!(
        out,
        "    \"\"\"{}.\n",
        in_python(question.about.trim_end_matches('.'), question)
    );
    let _ = writeln!(out, "    As the command ``plenary {}``.\n", question.name);
    out.push_str("    Parameters\n    ----------\n");
    for argument in inputs.iter().chain(&needed).chain(&optional) {
        let _ = writeln!(out, "    {}", python_name(&argument.name));
        paragraph(out, "        ", &in_python(&argument.help, question));
        for (value, meaning) in &argument.values {
            let meaning = in_python(meaning, question);
            match meaning.is_empty() {
                true => paragraph(out, "        ", &format!("``{value}``")),
                false => paragraph(out, "        ", &format!("``{value}``: {meaning}")),
            }
        }
    }
    out.push_str("    progress\n");
    paragraph(
        out,
        "        ",
        "Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.",
    );
    out.push_str("\n    Examples\n    --------\n    >>> import plenary_un as plenary\n");
    for line in example.lines() {
        match line.strip_prefix("= ") {
            Some(answer) => _ = writeln!(out, "    {answer}"),
            None => _ = writeln!(out, "    >>> {line}"),
        }
    }
    out.push_str("    \"\"\"\n");
    let given: Vec<String> = inputs.iter().map(|a| python_name(&a.name)).collect();
    let inputs = match (&inputs[..], &given[..]) {
        ([], _) => "None".to_owned(),
        ([only], [name]) if only.kind == ArgumentKind::Many || !only.is_required => name.clone(),
        (_, [name]) => format!("[{name}]"),
        _ => format!("[{}]", given.join(", ")),
    };
    let _ = writeln!(out, "    answer = ask(\n        {:?},", question.name);
    let _ = writeln!(out, "        {inputs},\n        progress=progress,");
    for option in &options {
        let name = python_name(&option.name);
        let (_, default) = type_and_default(option);
        let value = match default.as_deref() {
            None | Some("None") | Some("False") => name.clone(),
            Some(default) => format!("unless({name}, {default})"),
        };
        let _ = writeln!(out, "        {name}={value},");
    }
    let _ = writeln!(out, "    )\n    return _{make}(answer)");
}

/// Whether an argument of `resolve` is about names that are given one by one.
fn is_of_names(argument: &ArgumentSpec) -> bool {
    argument.is_input || argument.name == "split"
}

fn module() -> String {
    let mut out = String::from(
        "\"\"\"The commands of plenary as functions. Generated from the commands by a test of plenary-cli: change their help there.\"\"\"\n\n\
        # ruff: noqa: A001, A002, PLR0913\n\
        from __future__ import annotations\n\n\
        import os\n\
        from collections.abc import Iterable, Mapping\n\
        from datetime import date\n\
        from typing import Literal, TypeAlias\n\n\
        from plenary_un._answers import Document, Report\n\
        from plenary_un._answers import document as _document\n\
        from plenary_un._answers import report as _report\n\
        from plenary_un._answers import table as _table\n\
        from plenary_un._ask import Source, Sources, ask, unless\n\
        from plenary_un._plenary import Table\n\n",
    );
    let mut names: Vec<_> = FUNCTIONS
        .iter()
        .map(|(_, name, _, _)| format!("    {name:?},\n"))
        .collect();
    names.sort();
    let _ = writeln!(out, "__all__ = [\n{}]\n", names.concat());
    out.push_str("Path: TypeAlias = \"str | os.PathLike[str]\"\n\"\"\"The name of a file or a folder.\"\"\"\n");
    let all = questions();
    for (command, name, gives, example) in FUNCTIONS {
        let question = all.iter().find(|question| question.name == *command);
        let question = question.unwrap_or_else(|| panic!("unknown command {command}"));
        function(&mut out, question, name, *gives, example);
    }
    out
}

#[test]
fn the_functions_are_those_of_the_commands() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../python/plenary_un/_commands.py");
    let expected = module();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == expected,
        "python/plenary_un/_commands.py differs from the commands: write it with UPDATE_DOCS=1"
    );
}

#[test]
fn every_command_is_a_function_or_is_known_to_be_none() {
    for question in questions() {
        let is_function = FUNCTIONS.iter().any(|(name, ..)| question.name == *name);
        let is_other = OTHERS.contains(&&*question.name);
        assert!(is_function != is_other, "{}", question.name);
    }
}

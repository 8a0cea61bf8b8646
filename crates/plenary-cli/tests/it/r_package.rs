//! The functions of the R package that ask a command, and their help: written from `questions()`, so that names, defaults and what is
//! said of them are those of the command.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use plenary_cli::{ArgumentKind, ArgumentSpec, QuestionSpec, questions};

/// A command, the function that asks it, what the function gives, and an example.
const FUNCTIONS: &[(&str, &str, &str, &str)] = &[
    (
        "check",
        "check_votes",
        "A data frame of findings, most severe first; none where nothing was found. Its attribute \\code{document} is the report of the command as a list: \\code{inputs}, \\code{decisions}, \\code{summary}.",
        "check_votes()\ncheck_votes(system.file(\"extdata\", \"rollcall.csv\", package = \"plenary\"))",
    ),
    (
        "votes",
        "votes",
        "A data frame: a row for each ballot or decision; with \\code{wide} for each vote or participant.",
        "file <- system.file(\"extdata\", \"voeten-from-r.csv\", package = \"plenary\")\nhead(votes(file, states = c(\"FRA\", \"USA\")))",
    ),
    (
        "tally",
        "tally_votes",
        "A data frame of counts and shares.",
        "file <- system.file(\"extdata\", \"voeten-from-r.csv\", package = \"plenary\")\ntally_votes(file, by = \"year\", states = c(\"FRA\", \"USA\"))",
    ),
    (
        "agree",
        "agreement",
        "A data frame with a row for each pair, and for each part that \\code{by} makes.",
        "file <- system.file(\"extdata\", \"voeten-from-r.csv\", package = \"plenary\")\nhead(agreement(file, by = \"all\", with = \"USA\"))",
    ),
    (
        "cohesion",
        "cohesion",
        "A data frame with a row for each group, and for each part that \\code{by} makes.",
        "file <- system.file(\"extdata\", \"voeten-from-r.csv\", package = \"plenary\")\ncohesion(file)",
    ),
    (
        "ideal",
        "ideal_points",
        "A data frame with a row for each voter and session: where it stands, with its interval.",
        "",
    ),
    (
        "power",
        "voting_power",
        "A data frame with a row for each member.",
        "voting_power(rule = \"sc-substantive\", on = \"2020-01-01\")",
    ),
    (
        "decide",
        "decide_vote",
        "A list: what the rule says of the vote, and why.",
        "decide_vote(rule = \"sc-substantive\", yes = 11, no = 1, abstain = 3, no_by = \"RUS\")",
    ),
    (
        "treaty",
        "treaty_parties",
        "A list: when the treaty entered into force, and who its parties are on the day.",
        "",
    ),
    (
        "members",
        "members_of",
        "A data frame with a row for each member.",
        "members_of(body = \"unsc\", on = as.Date(\"1960-01-01\"))",
    ),
    (
        "compare",
        "compare_votes",
        "A data frame with a row for each difference; none where the sources agree.",
        "file <- system.file(\"extdata\", \"voeten-from-r.csv\", package = \"plenary\")\ncompare_votes(file, file)",
    ),
    (
        "import",
        "convert_votes",
        "A list: what was read, and what was written. The dataset is read by \\code{\\link{read_plenary}}.",
        "file <- system.file(\"extdata\", \"voeten-from-r.csv\", package = \"plenary\")\nfolder <- file.path(tempdir(), \"compact\")\nwritten <- convert_votes(file, output = folder)\nread_plenary(folder)",
    ),
    (
        "resolve",
        "resolve_table",
        "A data frame: with \\code{csv} the table and the columns that were added. For a column alone \\code{\\link{resolve_state}} is faster.",
        "panel <- data.frame(ccode = c(365, 365, 220), year = c(1980, 2000, 2000))\nresolve_table(csv = panel, column = \"ccode\", from = \"cow\", date_column = \"year\", to = c(\"iso3\", \"name\"))",
    ),
    ("parties", "treaty_panel", "A data frame.", ""),
    (
        "acts",
        "treaty_acts",
        "A data frame with a row for each act.",
        "",
    ),
    ("sponsors", "sponsors", "A data frame.", ""),
    (
        "show",
        "show_record",
        "A list: the record, how it was decided and why.",
        "",
    ),
    (
        "claims",
        "check_claims",
        "A list: the claims, and what the record says of each.",
        "",
    ),
    (
        "bodies",
        "bodies_on_record",
        "A list.",
        "bodies_on_record()",
    ),
    ("rules", "decision_rules", "A list.", "decision_rules()"),
];

/// What R has in other ways: a form is that of R, and charts are drawn by its own.
fn is_for_r(argument: &&ArgumentSpec) -> bool {
    let name = &*argument.name;
    !(name == "format" || name == "greyscale" || name.starts_with("plot"))
}

/// The name of an argument in R, where some words are not names.
fn r_name(argument: &ArgumentSpec) -> String {
    let name = argument.name.to_lowercase().replace('-', "_");
    match &*name {
        _ if argument.is_input && !["a", "b"].contains(&&*name) => "x".to_owned(),
        "if" | "else" | "for" | "in" | "next" | "break" | "function" | "repeat" | "while" => {
            format!("{name}_")
        }
        _ => name,
    }
}

/// Text as it stands in a help page: marks of the page are escaped, and what is between backticks is code.
fn rd(text: &str) -> String {
    let mut written = String::new();
    for (at, part) in text.split('`').enumerate() {
        let part = part
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('{', "\\{")
            .replace('}', "\\}");
        match at % 2 {
            0 => written.push_str(&part),
            _ => write!(written, "\\code{{{part}}}").unwrap(),
        }
    }
    written
}

/// The text in lines of at most 110 characters.
fn wrapped(text: &str, indent: &str, out: &mut String) {
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width == 0 {
            out.push_str(indent);
            width = indent.len();
        } else if width + 1 + length > 110 {
            out.push('\n');
            out.push_str(indent);
            width = indent.len();
        } else {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out.push('\n');
}

fn described(argument: &ArgumentSpec) -> String {
    let mut text = rd(argument.help.trim().trim_end_matches('.'));
    if argument.is_input {
        text.push_str(". A path, a data frame, a dataset that was read, or several of them in a vector or a list");
    }
    if !argument.values.is_empty() {
        let values = argument.values.iter();
        let values: Vec<_> = values
            .map(|(value, meaning)| match meaning.is_empty() {
                true => format!("\\code{{\"{}\"}}", rd(value)),
                false => format!("\\code{{\"{}\"}} ({})", rd(value), rd(meaning)),
            })
            .collect();
        write!(text, ". One of {}", values.join(", ")).unwrap();
    }
    if !argument.default.is_empty() && argument.default.iter().any(|value| !value.is_empty()) {
        let default = argument.default.join(", ");
        write!(text, ". By default \\code{{{}}}", rd(&default)).unwrap();
    }
    text.push('.');
    text
}

/// The formal arguments, each with its default.
fn formals(question: &QuestionSpec) -> Vec<String> {
    let arguments = question.arguments.iter().filter(is_for_r);
    let mut formals: Vec<String> = Vec::new();
    for argument in arguments {
        let name = r_name(argument);
        formals.push(match (argument.kind, argument.is_required) {
            (_, true) => name,
            (ArgumentKind::Flag, _) => format!("{name} = FALSE"),
            (_, false) => format!("{name} = NULL"),
        });
    }
    // What has to be given comes first.
    formals.sort_by_key(|formal| formal.contains('='));
    formals
}

/// Words in lines of at most 90 characters, as R's own check asks for.
fn folded(start: &str, words: &[String], end: &str) -> String {
    let mut text = start.to_owned();
    let mut width = text.len();
    for (at, word) in words.iter().enumerate() {
        let last = at + 1 == words.len();
        if width + word.len() + 2 > 88 {
            text = text.trim_end().to_owned();
            text.push_str("\n  ");
            width = 2;
        }
        text.push_str(word);
        width += word.len();
        if !last {
            text.push_str(", ");
            width += 2;
        }
    }
    text.push_str(end);
    text
}

fn function(question: &QuestionSpec, name: &str) -> String {
    let arguments = || question.arguments.iter().filter(is_for_r);
    let each = |is_input: bool| -> Vec<String> {
        let arguments = arguments().filter(|argument| argument.is_input == is_input);
        arguments
            .map(|argument| {
                let own = argument.name.replace('-', "_");
                let own = match r_name(argument).strip_suffix('_') {
                    Some(_) => format!("`{own}`"),
                    None if argument.is_input => r_name(argument),
                    None => own,
                };
                format!("{own} = {}", r_name(argument))
            })
            .collect()
    };
    let inputs = folded("  inputs <- list(", &each(true), ")\n");
    let options = folded("  options <- list(", &each(false), ")\n");
    format!(
        "{}{inputs}{options}  ask_plenary(\"{}\", \"{name}\", inputs, options, sys.call(), match.call())\n}}\n",
        folded(&format!("{name} <- function("), &formals(question), ") {\n"),
        question.name
    )
}

fn help(question: &QuestionSpec, name: &str, value: &str, example: &str) -> String {
    let mut page = format!(
        "% Written by a test of plenary-cli from the command `{}`.\n\\name{{{name}}}\n\\alias{{{name}}}\n\\title{{{}}}\n\\description{{\n",
        question.name,
        rd(&question.about)
    );
    wrapped(
        &format!(
            "{}. The same as the command \\code{{plenary {}}}, whose options are the arguments.",
            rd(question.about.trim_end_matches('.')),
            question.name
        ),
        "  ",
        &mut page,
    );
    page.push_str("}\n\\usage{\n");
    page.push_str(&folded(&format!("{name}("), &formals(question), ")"));
    page.push_str("\n}\n\\arguments{\n");
    let mut seen: Vec<String> = Vec::new();
    for argument in question.arguments.iter().filter(is_for_r) {
        let name = r_name(argument);
        assert!(!seen.contains(&name), "{}: {name} twice", question.name);
        writeln!(page, "  \\item{{{name}}}{{").unwrap();
        wrapped(&described(argument), "    ", &mut page);
        page.push_str("  }\n");
        seen.push(name);
    }
    page.push_str("}\n\\value{\n");
    wrapped(value, "  ", &mut page);
    page.push('\n');
    let more =
        "What the answer rests on, what limits it, and errors: see \\code{\\link{plenary_table}}.";
    wrapped(more, "  ", &mut page);
    page.push_str("}\n");
    if !example.is_empty() {
        let example = example.replace('\\', "\\\\").replace('%', "\\%");
        write!(page, "\\examples{{\n{example}\n}}\n").unwrap();
    }
    page
}

fn package() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../r/plenary"))
}

/// With `UPDATE_DOCS` set, the file is written anew; otherwise it has to be as it would be written.
fn is_as_written(name: &str, text: &str) {
    let path = package().join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path, text).unwrap();
        return;
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, text, "{name}: UPDATE_DOCS=1 writes it anew");
}

#[test]
fn the_functions_of_the_r_package_are_those_of_the_command() {
    let all = questions();
    let mut code = "# Written by a test of plenary-cli: a function for each command, with its options as arguments.\n".to_owned();
    let mut exports = Vec::new();
    for (command, name, value, example) in FUNCTIONS {
        let question = all.iter().find(|question| question.name == *command);
        let question = question.unwrap_or_else(|| panic!("no command {command}"));
        code.push('\n');
        code.push_str(&function(question, name));
        exports.push(format!("export({name})"));
        is_as_written(
            &format!("man/{name}.Rd"),
            &help(question, name, value, example),
        );
    }
    is_as_written("R/questions.R", &code);
    let namespace = fs::read_to_string(package().join("NAMESPACE")).unwrap();
    for export in exports {
        let mut lines = namespace.lines();
        assert!(lines.any(|line| line == export), "NAMESPACE lacks {export}");
    }
}

#[test]
fn a_help_page_escapes_what_is_a_mark_in_it() {
    assert_eq!(
        rd("50% of `--by {x}` \\ here"),
        "50\\% of \\code{--by \\{x\\}} \\\\ here"
    );
}

//! Questions: the commands of plenary, asked as functions.

use extendr_api::prelude::*;
use plenary_cli::{Given, Host, MessageKind, Question, ask};

use crate::frame::of_table;
use crate::json::Json;
use crate::refused::Refused;
use crate::vectors::{Texts, texts};

/// Asks a command. The answer is a list of its `tables`, its `document`, its `text` where that is no JSON, its `messages` and whether it
/// has `findings`.
pub(crate) fn asked(command: &str, inputs: &Robj, options: &List) -> Result<Robj, Refused> {
    let mut question = Question::new(command);
    for input in read(inputs, "inputs")? {
        question = question.input(input);
    }
    for (name, value) in options.iter() {
        let given = match value.as_bool() {
            Some(flag) => Given::Flag(flag),
            None => {
                let mut values = read(&value, name)?;
                match values.len() {
                    1 => Given::One(values.remove(0).into()),
                    _ => Given::Many(values.into_iter().map(Into::into).collect()),
                }
            }
        };
        question = question.option(name, given);
    }
    let answer = ask(&question, &Host::default()).map_err(|refused| {
        let mut message = refused.message.clone();
        for more in &refused.further {
            message.push('\n');
            message.push_str(&more.text);
        }
        let mut told = Refused::new(message);
        told.help = refused.help;
        told.file = refused.place.path;
        told.line = refused.place.line;
        told
    })?;
    let document: Option<Json> = serde_json::from_str(&answer.text).ok();
    let text = match &document {
        Some(_) => String::new(),
        None => answer.text,
    };
    let kind = |kind: MessageKind| match kind {
        MessageKind::Error => "error",
        MessageKind::Warning => "warning",
        _ => "note",
    };
    let messages = answer.messages.iter();
    let kinds = messages
        .clone()
        .map(|message| Some(kind(message.kind).to_owned()));
    let helps = messages.clone().map(|message| message.help.clone());
    let tables: Vec<Robj> = answer.tables.iter().map(of_table).collect();
    Ok(List::from_pairs([
        ("tables", List::from_values(tables).into()),
        (
            "document",
            document.map_or_else(|| ().into(), Json::into_robj),
        ),
        ("text", Robj::from(text)),
        (
            "messages",
            List::from_pairs([
                ("kind", texts(kinds)),
                (
                    "text",
                    texts(messages.clone().map(|message| Some(message.text.clone()))),
                ),
                ("help", texts(helps)),
            ])
            .into(),
        ),
        ("findings", Robj::from(answer.has_findings)),
    ])
    .into())
}

fn read(values: &Robj, name: &str) -> Result<Vec<String>, Refused> {
    let wrong = || Refused::new(format!("`{name}` is not text"));
    let texts = Texts::new(values).ok_or_else(wrong)?;
    let each = (0..texts.len()).map(|at| match texts.text(at) {
        Some(Ok(text)) => Ok(text.to_owned()),
        Some(Err(_)) => Err(Refused::new(format!("`{name}` is not UTF-8"))),
        None => Err(Refused::new(format!("`{name}` has a missing value"))),
    });
    each.collect()
}

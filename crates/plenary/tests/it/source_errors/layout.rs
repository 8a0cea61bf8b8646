//! Facts in the layouts of the sources.

use std::fmt::Write;

use chrono::NaiveDate;
use plenary::bodies::{Epoch, Reference};
use plenary::states::{CodeSystem, entity, name_on};
use plenary::types::Participant;

/// The files of a source, by their names.
pub(crate) type Files = Vec<(&'static str, String)>;

/// One vote of the Assembly in the Library's layout.
pub(super) struct Vote {
    pub(super) id: &'static str,
    pub(super) date: &'static str,
    pub(super) session: &'static str,
    pub(super) symbol: &'static str,
    pub(super) meeting: &'static str,
    /// Code, name, vote.
    pub(super) rows: Vec<Row>,
}

pub(super) type Row = (String, String, &'static str);

/// Rows of the Library: `PER PERU Y`, the name may have several words.
pub(super) fn rows(lines: &[&'static str]) -> Vec<Row> {
    let row = |line: &&'static str| {
        let (code, rest) = line.split_once(' ').unwrap();
        let (name, vote) = rest.rsplit_once(' ').unwrap();
        (code.to_owned(), name.to_owned(), vote)
    };
    lines.iter().map(row).collect()
}

/// The rows of all members of a day, under their names of the day, each that may take part with the same vote.
pub(super) fn all_members(date: &str, vote: &'static str) -> Vec<Row> {
    let day: NaiveDate = date.parse().unwrap();
    let epoch = assembly_on(day);
    let row = |who: &Participant| {
        let (code, name) = (who.code().unwrap(), name_of(*who, day));
        let vote = if epoch.may_vote(*who) { vote } else { "X" };
        (code.to_string(), name.to_uppercase(), vote)
    };
    epoch.members().iter().map(row).collect()
}

/// Who sat in the Assembly on a day.
fn assembly_on(day: NaiveDate) -> &'static Epoch {
    let body = Reference::embedded().body("unga").unwrap();
    body.roster().unwrap().epoch_on(day).unwrap()
}

fn name_of(who: Participant, day: NaiveDate) -> &'static str {
    name_on(who.code().unwrap(), day).unwrap()
}

/// A file of Assembly votes of the Library.
pub(super) fn assembly(votes: &[Vote]) -> Files {
    let mut text =
        String::from("undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title\n");
    for vote in votes {
        for (code, name, choice) in &vote.rows {
            let Vote {
                id,
                date,
                session,
                symbol,
                meeting,
                ..
            } = vote;
            writeln!(
                text,
                "{id},{code},\"{name}\",{choice},{date},{session},{symbol},{meeting},A resolution"
            )
            .unwrap();
        }
    }
    vec![("library.csv", text)]
}

/// A vote of the Security Council in the Library's layout. Rows: code, name, permanent or not, vote.
pub(super) fn council(id: &str, date: &str, symbol: &str, modality: &str, rows: &[&str]) -> Files {
    let mut text = String::from(
        "undl_id,ms_code,ms_name,permanent_member,ms_vote,date,resolution,meeting,description,modality\n",
    );
    for row in rows {
        let mut parts = row.rsplitn(3, ' ');
        let (vote, permanent, who) = (
            parts.next().unwrap(),
            parts.next().unwrap(),
            parts.next().unwrap(),
        );
        let (code, name) = who.split_once(' ').unwrap();
        let vote = vote.trim_matches('-');
        writeln!(
            text,
            "{id},{code},{name},{permanent},{vote},{date},{symbol},S/PV.506,A resolution,{modality}"
        )
        .unwrap();
    }
    vec![("council.csv", text)]
}

/// A row of `unvotes`: name, code, vote.
pub(super) type Cast = (String, &'static str, &'static str);

/// The tables of `unvotes`: a row of `roll_calls` (without `importantvote`, `amend`, `para`) and the ballots of each vote.
pub(super) fn unvotes(votes: &[(RollCall, Vec<Cast>)]) -> Files {
    let mut ballots = String::from("rcid,country,country_code,vote\n");
    let mut calls = String::from("rcid,session,importantvote,date,unres,amend,para,short,descr\n");
    for (call, rows) in votes {
        let RollCall {
            rcid,
            session,
            date,
            unres,
            short,
        } = call;
        writeln!(
            calls,
            "{rcid},{session},0,{date},{unres},0,0,\"{short}\",TO ADOPT IT"
        )
        .unwrap();
        for (name, code, vote) in rows {
            writeln!(ballots, "{rcid},\"{name}\",{code},{vote}").unwrap();
        }
    }
    vec![
        ("unvotes.csv", ballots),
        ("roll_calls.csv", calls),
        ("issues.csv", NO_ISSUES.to_owned()),
    ]
}

/// The table `issues` of votes that have none.
pub(super) const NO_ISSUES: &str = "rcid,short_name,issue\n";

/// What `roll_calls` says of a vote.
#[derive(Clone, Copy)]
pub(super) struct RollCall {
    pub(super) rcid: u32,
    pub(super) session: &'static str,
    pub(super) date: &'static str,
    pub(super) unres: &'static str,
    pub(super) short: &'static str,
}

/// So many members of a day in the rows of `unvotes`, under the names of the day, with votes in order.
pub(super) fn some_members(date: &str, votes: &[(usize, &'static str)]) -> Vec<Cast> {
    let day: NaiveDate = date.parse().unwrap();
    let votes = votes
        .iter()
        .flat_map(|(count, vote)| std::iter::repeat_n(*vote, *count));
    let members = assembly_on(day).members().iter().zip(votes);
    members
        .map(|(who, vote)| (name_of(*who, day).to_owned(), "", vote))
        .collect()
}

/// Votes in the layout of Voeten's file. Rows: Correlates of War number, vote.
pub(super) fn voeten(votes: &[(RollCall, Vec<(String, u8)>)]) -> Files {
    let mut text = String::from("rcid,ccode,vote,session,date,unres,short\n");
    for (call, rows) in votes {
        let RollCall {
            rcid,
            session,
            date,
            unres,
            short,
        } = call;
        for (number, vote) in rows {
            writeln!(
                text,
                "{rcid},{number},{vote},{session},{date},{unres},{short}"
            )
            .unwrap();
        }
    }
    vec![("voeten.csv", text)]
}

/// The Correlates of War numbers of all members of a day, each with the same vote.
pub(super) fn all_numbers(date: &str, vote: u8) -> Vec<(String, u8)> {
    let day: NaiveDate = date.parse().unwrap();
    let number = |who: &Participant| {
        let entity = entity(who.code().unwrap()).unwrap();
        let of_day = entity.code_in(CodeSystem::Cow, Some(day));
        let number = of_day.or_else(|| entity.code_in(CodeSystem::Cow, None));
        number.unwrap_or_else(|| panic!("{who}")).to_owned()
    };
    let members = assembly_on(day).members().iter();
    members.map(|who| (number(who), vote)).collect()
}

/// Numbers with their votes.
pub(super) fn numbers(rows: &[(&str, u8)]) -> Vec<(String, u8)> {
    rows.iter()
        .map(|(number, vote)| ((*number).to_owned(), *vote))
        .collect()
}

/// A participant table of the Treaty Collection.
pub(super) fn treaty(headings: &str, rows: &[&str]) -> Files {
    vec![(
        "4-99.csv",
        format!("Participant,{headings}\n{}\n", rows.join("\n")),
    )]
}

/// A native document.
pub(super) fn native(text: &str) -> Files {
    vec![("agreement.json", text.to_owned())]
}

//! Tables that explain the votes of another one and hold none themselves: members, parties, polls. They are read with the votes
//! ([`crate::sources::mapping`], `[[join]]`); read alone they are counted, and the account says what they go with.

use crate::csv::header::{Header, same_name};
use crate::error::{ImportError, no_rows};
use crate::format::{Fit, Format, Reader, Recognise};
use crate::input::{Input, Limit};
use crate::record::Import;

const LONGEST: Limit = Limit {
    mebibytes: 256,
    of: "a table beside the votes",
    help: "check that this is the file that is meant",
};

pub(crate) static VOTEVIEW_MEMBERS: Format = Format::new(
    "voteview-members",
    "members of the United States Congress, beside the votes of voteview-votes",
    Recognise::Header(|headings| {
        let needed = ["congress", "chamber", "icpsr", "bioname"];
        fit(headings, &needed, &["rollnumber", "cast_code"])
    }),
    Reader::File(|input| read(input, VOTES_OF_VOTEVIEW, true)),
)
.with_publisher("Voteview")
.with_page("voteview");

pub(crate) static VOTEVIEW_PARTIES: Format = Format::new(
    "voteview-parties",
    "parties of the United States Congress",
    Recognise::Header(|headings| {
        let needed = ["congress", "chamber", "party_code", "party_name"];
        fit(headings, &needed, &["icpsr", "rollnumber"])
    }),
    Reader::File(|input| read(input, "the members of Congress (voteview-members)", false)),
)
.with_publisher("Voteview")
.with_page("voteview");

pub(crate) static PSCL_LEGISLATORS: Format = Format::new(
    "pscl-legislators",
    "legislators of a `rollcall` of the R package pscl",
    Recognise::Header(|headings| {
        let needed = ["state", "icpsrState", "icpsrLegis", "party", "partyCode"];
        fit(headings, &needed, &[])
    }),
    Reader::File(|input| read(input, "the votes of a `rollcall` of pscl", true)),
)
.with_publisher("pscl")
.with_page("voteview");

pub(crate) static POLLS: Format = Format::new(
    "abgeordnetenwatch-polls",
    "polls of the German Bundestag, beside the votes of abgeordnetenwatch",
    Recognise::Header(|headings| {
        let needed = ["poll_id", "poll_title", "poll_date", "legislature_period"];
        fit(headings, &needed, &["vote", "mandate_id"])
    }),
    Reader::File(|input| read(input, "the votes of these polls (abgeordnetenwatch)", false)),
)
.with_publisher("abgeordnetenwatch.de")
.with_page("bundestag");

pub(crate) static PARLIAMENT_MEMBERS: Format = Format::new(
    "howtheyvote-members",
    "members of the European Parliament, beside the votes of howtheyvote",
    Recognise::Header(|headings| {
        let needed = ["id", "first_name", "last_name", "country_code"];
        fit(headings, &needed, &["vote_id", "position"])
    }),
    Reader::File(|input| read(input, VOTES_OF_HOWTHEYVOTE, false)),
)
.with_publisher("HowTheyVote.eu")
.with_page("howtheyvote");

pub(crate) static PARLIAMENT_GROUPS: Format = Format::new(
    "howtheyvote-group-memberships",
    "groups of the members of the European Parliament",
    Recognise::Header(|headings| {
        let needed = ["member_id", "group_code", "start_date", "end_date"];
        fit(headings, &needed, &["vote_id", "position"])
    }),
    Reader::File(|input| read(input, VOTES_OF_HOWTHEYVOTE, true)),
)
.with_publisher("HowTheyVote.eu")
.with_page("howtheyvote");

const VOTES_OF_VOTEVIEW: &str = "the votes of Congress (voteview-votes)";
const VOTES_OF_HOWTHEYVOTE: &str = "the votes of the European Parliament (howtheyvote)";

/// A table has every column that is needed, and none that a table of votes has.
fn fit(headings: &[Box<str>], needed: &[&str], of_votes: &[&str]) -> Fit {
    let has = |name: &&str| headings.iter().any(|heading| same_name(heading, name));
    match needed.iter().all(has) && !of_votes.iter().any(has) {
        true => Fit::Full(format!("it has the columns `{}`", needed.join("`, `"))),
        false => Fit::None,
    }
}

/// Counts the rows of such a table, which are in no record.
fn read(input: &Input, with: &str, has_groups: bool) -> Result<Import, ImportError> {
    let header = Header::of(input)?;
    let text = input.bytes_up_to(LONGEST)?;
    let (count, rejected) = header.each_row(input, &text, |_| None)?;
    if count == 0 {
        return Err(no_rows(&input.path));
    }
    let mut account = format!(
        "; it holds no votes and explains {with}: give it together with them, `plenary check VOTES FILE`"
    );
    if has_groups {
        account += "; `plenary cohesion VOTES --group FILE` takes its groups";
    }
    let import = Import::from_rows(&input.path, Vec::new(), rejected, count);
    Ok(import.with_remarks(&account))
}

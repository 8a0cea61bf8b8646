//! What the readers of sources report, explained like every other check.

use plenary_types::Severity;

use crate::{Check, Example, Run};

/// What to do about a slip of the source.
const OF_SOURCE: &str = "Mend the source; where that cannot be done, waive it and quote in the reason what the source has.";

/// A check that a reader makes while reading; the last argument says when to waive it, where that is not [`OF_SOURCE`].
macro_rules! of_reader {
    ($static:ident, $name:literal, $severity:ident, $summary:literal, $why:literal, $sources:expr, $fails:literal, $mended:literal) => {
        of_reader!(
            $static, $name, $severity, $summary, $why, $sources, $fails, $mended, OF_SOURCE
        );
    };
    ($static:ident, $name:literal, $severity:ident, $summary:literal, $why:literal, $sources:expr, $fails:literal, $mended:literal, $waive:expr) => {
        pub(crate) static $static: Check = Check {
            name: $name,
            summary: $summary,
            severity: Severity::$severity,
            why: $why,
            sources: $sources,
            example: Example::Text {
                fails: $fails,
                mended: $mended,
            },
            waive: $waive,
            run: Run::Reader,
        };
    };
}

/// Those whose findings are of a whole file, and of no line in it.
pub(crate) const OF_FILES: [&str; 3] =
    ["resource-changed", "resource-not-read", "source-leaves-out"];

of_reader!(
    UNREADABLE_FIELD,
    "unreadable-field",
    Error,
    "a field cannot be read",
    "A date that is in no calendar (1976-06-31, 2020-99-99), a number that is none, a session that is none: the field is left empty in the record, and what was printed is kept in the finding.",
    &["The format's own description; ISO 8601"],
    r#"--- library.csv
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title
1,NOR,NORWAY,Y,1952-02-31,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members"#,
    r#"--- library.csv
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title
1,NOR,NORWAY,Y,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members"#
);

of_reader!(
    VOTE_GRAMMAR,
    "vote-grammar",
    Note,
    "a vote is not written as the source writes votes",
    "The source writes Y, N, A and X. A lower-case letter is the same vote all the same: it is counted, and noted. It happens in the Library's records.",
    &["UN Digital Library, record 633177: votes of Luxembourg and the United States in lower case"],
    r#"--- library.csv
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title
1,LUX,LUXEMBOURG,y,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members"#,
    r#"--- library.csv
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title
1,LUX,LUXEMBOURG,Y,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members"#
);

of_reader!(
    ROWS_DISAGREE,
    "rows-disagree",
    Error,
    "the rows of one vote give different values for one field",
    "A table with one row a ballot repeats date, meeting, title and totals on every row of a vote. Where they differ, some rows were changed, or two votes were mixed. What more than half of the rows say is taken, else what the first one says, and the others are reported; `120.0` says what `120` does. A MARC record that gives its symbol, title, meeting, date, a total or a member twice and differently is another such case; what it gives first is taken.",
    &["UN Digital Library, description of the voting data"],
    r#"--- library.csv
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title
1,LUX,LUXEMBOURG,Y,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members
1,NOR,NORWAY,N,1952-12-20,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members"#,
    r#"--- library.csv
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title
1,LUX,LUXEMBOURG,Y,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members
1,NOR,NORWAY,N,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members"#
);

of_reader!(
    CODE_CONTRADICTS_NAME,
    "code-contradicts-name",
    Error,
    "the code on a row is not that of the state which its name means",
    "A row gives a voter twice, by code and by name. Where they are those of two states that both existed, one of them is wrong, and so may the vote be. A code that no state ever had is a slip too, or of another system of codes; the name tells who voted, so that it is worth a warning only.",
    &["ISO 3166-1; names of states over time (plenary-states)"],
    r#"--- library.csv
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title
1,PER,FRANCE,Y,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members"#,
    r#"--- library.csv
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title
1,FRA,FRANCE,Y,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members"#
);

of_reader!(
    UNKNOWN_NAME,
    "unknown-name",
    Warning,
    "the name beside a code is not the name of any state, or that of another state at another time",
    "A row gives a voter twice, by code and by name. Where the code is that of a state and nobody ever bore the name, the name was misspelt, or the row is not what it seems; the code decides who voted. The same holds for a name that another state bore at another time. The names of a seat that was passed on, such as `USSR` beside `RUS`, stand for one member.",
    &["Names of states over time (plenary-states)"],
    r#"--- library.csv
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title
1,NOR,NORVEGIA MAGNA,Y,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members"#,
    r#"--- library.csv
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title
1,NOR,NORWAY,Y,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members"#
);

of_reader!(
    PERMANENT_MEMBER,
    "permanent-member",
    Error,
    "a table of votes of the Security Council marks the wrong members as permanent",
    "Tables of the Council's votes mark each member as permanent or not. Five seats are permanent: those of China, France, the Soviet Union and after it the Russian Federation, the United Kingdom and the United States. A mark that says otherwise is wrong, or stands in the row of another member.",
    &[
        "Charter Art. 23(1)",
        "UNBIS manual, field 967 (permanent and rotating members)"
    ],
    r#"--- council.csv
undl_id,ms_code,ms_name,permanent_member,ms_vote,date,resolution,meeting,description,modality
1,PER,PERU,True,Y,1956-10-13,S/RES/118(1956),S/PV.743,On Suez,"#,
    r#"--- council.csv
undl_id,ms_code,ms_name,permanent_member,ms_vote,date,resolution,meeting,description,modality
1,PER,PERU,False,Y,1956-10-13,S/RES/118(1956),S/PV.743,On Suez,"#
);

of_reader!(
    BALLOTS_WITHOUT_VOTE,
    "ballots-without-vote",
    Error,
    "votes against or abstentions are recorded where no vote was taken",
    "Where a resolution was adopted without a vote the Library gives every member a `Y`: a list of members, not ballots, and no ballot is read from it. An `N` or an `A` on such a list cannot be true beside the mode: either a vote was taken, or the letter is wrong.",
    &[
        "UNBIS manual, field 967: choices are blank where no vote was taken",
        "UN Digital Library, description of the voting data of the Security Council"
    ],
    r#"--- council.csv
undl_id,ms_code,ms_name,permanent_member,ms_vote,date,resolution,meeting,description,modality
1,CHN,CHINA,True,A,1999-06-25,S/RES/1248(1999),S/PV.4016,On admission,ADOPTED WITHOUT VOTE"#,
    r#"--- council.csv
undl_id,ms_code,ms_name,permanent_member,ms_vote,date,resolution,meeting,description,modality
1,CHN,CHINA,True,,1999-06-25,S/RES/1248(1999),S/PV.4016,On admission,ADOPTED WITHOUT VOTE"#
);

of_reader!(
    SPONSORS_DISAGREE,
    "sponsors-disagree",
    Warning,
    "the sponsors in the prose of a draft are not those of its headings",
    "The Library names the sponsors of a draft twice: as prose beside the title (245 $c) and one by one as headings (710). A sponsor that only one of the two names was left out of the other, or is not a sponsor.",
    &["UNBIS manual, fields 245, 515 and 710"],
    r#"--- draft.xml
<record xmlns="http://www.loc.gov/MARC21/slim">
  <controlfield tag="001">4026910</controlfield>
  <datafield tag="191" ind1=" " ind2=" "><subfield code="a">A/C.3/78/L.99</subfield></datafield>
  <datafield tag="245" ind1="1" ind2="0"><subfield code="a">Made-up rights /</subfield><subfield code="c">Albania and Chile</subfield></datafield>
  <datafield tag="710" ind1=" " ind2=" "><subfield code="a">Albania</subfield><subfield code="9">ms</subfield></datafield>
  <datafield tag="710" ind1=" " ind2=" "><subfield code="a">Chile</subfield><subfield code="9">ms</subfield></datafield>
  <datafield tag="710" ind1=" " ind2=" "><subfield code="a">Peru</subfield><subfield code="9">ms</subfield></datafield>
</record>"#,
    r#"--- draft.xml
<record xmlns="http://www.loc.gov/MARC21/slim">
  <controlfield tag="001">4026910</controlfield>
  <datafield tag="191" ind1=" " ind2=" "><subfield code="a">A/C.3/78/L.99</subfield></datafield>
  <datafield tag="245" ind1="1" ind2="0"><subfield code="a">Made-up rights /</subfield><subfield code="c">Albania and Chile</subfield></datafield>
  <datafield tag="710" ind1=" " ind2=" "><subfield code="a">Albania</subfield><subfield code="9">ms</subfield></datafield>
  <datafield tag="710" ind1=" " ind2=" "><subfield code="a">Chile</subfield><subfield code="9">ms</subfield></datafield>
</record>"#
);

of_reader!(
    NO_ROLL_CALL,
    "no-roll-call",
    Warning,
    "ballots belong to a vote that the table of votes does not have",
    "`unvotes` keeps ballots and votes in two tables. A ballot whose `rcid` has no row in `roll_calls` has no date, session or title: the two files are of different editions, or one of them is cut. Without `roll_calls` beside it no vote of the table has one, and without `issues` none has subjects, which is said once.",
    &["unvotes R package, description of the data"],
    r#"--- unvotes.csv
rcid,country,country_code,vote
5168,Peru,PE,yes
--- roll_calls.csv
rcid,session,importantvote,date,unres,amend,para,short,descr
5,1,0,1946-01-26,R/1/98,0,0,COMMITTEES,TO ADOPT IT
--- issues.csv
rcid,short_name,issue"#,
    r#"--- unvotes.csv
rcid,country,country_code,vote
5,Peru,PE,yes
--- roll_calls.csv
rcid,session,importantvote,date,unres,amend,para,short,descr
5,1,0,1946-01-26,R/1/98,0,0,COMMITTEES,TO ADOPT IT
--- issues.csv
rcid,short_name,issue"#
);

of_reader!(
    NO_RESULT_LINE,
    "no-result-line",
    Warning,
    "no sentence of a meeting record tells what came of a vote whose lists are there",
    "A meeting record prints who voted how, and then what came of it: `was adopted by 149 votes to 1, with 7 abstentions`. Where that sentence is missing, or gives no totals, nothing confirms that the lists were read whole, and no outcome is recorded.",
    &["Meeting records of the General Assembly and the Security Council"],
    r#"--- vote.txt
In favour: Chad, Chile
Against: Cuba
Abstaining: None"#,
    r#"--- vote.txt
In favour: Chad, Chile
Against: Cuba
Abstaining: None

Draft resolution A/53/L.52 was adopted by 2 votes to 1, with no abstentions (resolution 53/37)."#
);

of_reader!(
    ROW_WITHOUT_MATCH,
    "row-without-match",
    Warning,
    "of two tables that are read together, one lacks a row for the other",
    "A mapping joins the ballots with tables of votes and of voters by a key. A vote without a row there lacks what that table says, such as its day; a row there that no vote has is in no record, which is a note. Of two rows of one key that say different things the first counts. Each is said once for a table, with how many there are.",
    &["Voteview, description of the data: votes, roll calls and members are three files"],
    "`S99_votes.csv` with the roll calls 1 to 9, and beside it `S99_rollcalls.csv` with 1 to 8",
    "`S99_votes.csv` with the roll calls 1 to 9, and beside it `S99_rollcalls.csv` with 1 to 9",
    "Waive it for a table beside that is known to cover other years, with its edition in the reason."
);

of_reader!(
    REJECTED_ROW,
    "rejected-row",
    Error,
    "a row cannot be used",
    "A row without a vote, with a vote that is none or with too few fields enters no record. Every row is accounted for: rows read are rows used and rows rejected.",
    &["UN Digital Library, record 669502: `AN PAKISTAN`, vote and name glued together"],
    r#"--- library.csv
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title
1,NOR,NORWAY,Y,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members
1,PAK,PAKISTAN,AN,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members"#,
    r#"--- library.csv
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title
1,NOR,NORWAY,Y,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members
1,PAK,PAKISTAN,A,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members"#
);

of_reader!(
    UNKNOWN_COLUMN,
    "unknown-column",
    Warning,
    "a table has a column that the format does not know",
    "The values of the column are not kept. A misspelt header loses a whole column; a new one may be worth reading.",
    &["The format's own description"],
    r#"--- library.csv
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,titel
1,NOR,NORWAY,Y,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members"#,
    r#"--- library.csv
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title
1,NOR,NORWAY,Y,1952-12-21,VII,A/RES/620(VII)[A],A/PV.410,Admission of new Members"#,
    "Waive it for a column that is not needed, or leave the column out of the table."
);

of_reader!(
    ROW_LIMIT,
    "row-limit",
    Warning,
    "a table has as many lines as a spreadsheet holds",
    "Spreadsheets hold 1,048,576 lines, older ones 65,536, and cut what is longer without a word. A table of exactly that many lines has most likely lost its end.",
    &["Copies of the voting data with 1,048,575 rows"],
    "the header and 1,048,575 rows",
    "the header and 959,474 rows",
    "Waive it for a table that is known to have as many rows, with the count of its source in the reason."
);

of_reader!(
    SOURCE_LEAVES_OUT,
    "source-leaves-out",
    Note,
    "the source leaves members out by its nature",
    "A table that lists only those who voted yes, no or abstained says nothing about the others: absence from it is neither absence from the meeting nor from the Organization.",
    &["unvotes R package, description of the data"],
    r#"--- unvotes.csv
rcid,country,country_code,vote
5,Peru,PE,yes
--- roll_calls.csv
rcid,session,importantvote,date,unres,amend,para,short,descr
5,1,0,1946-01-26,R/1/98,0,0,COMMITTEES,TO ADOPT IT
--- issues.csv
rcid,short_name,issue"#,
    r#"--- voeten.csv
rcid,ccode,vote,session,date,unres,short
5,135,1,1,1946-01-26,R/1/98,COMMITTEES
5,2,8,1,1946-01-26,R/1/98,COMMITTEES"#,
    "Ignore it where the source is known: `ignore = [\"source-leaves-out\"]`."
);

of_reader!(
    RESOURCE_NOT_READ,
    "resource-not-read",
    Note,
    "a resource of a dataset folder was not read",
    "The folder's description names a file that is no part of the format, or that is not there.",
    &["Data Package standard"],
    r#"--- datapackage.json
{"name": "compact", "profile": "data-package", "resources": [{"name": "notes", "path": "notes.docx"}, {"name": "agreements", "path": "agreements.json"}]}
--- agreements.json
{"symbols": ["A/RES/73/195"], "title": "Global Compact for Migration"}"#,
    r#"--- datapackage.json
{"name": "compact", "profile": "data-package", "resources": [{"name": "agreements", "path": "agreements.json"}]}
--- agreements.json
{"symbols": ["A/RES/73/195"], "title": "Global Compact for Migration"}"#,
    "Waive it for a resource that is not meant for plenary."
);

of_reader!(
    CODE_OF_LATER_TIME,
    "code-of-later-time",
    Warning,
    "a column has the code or name of a state for its seat before that state held it",
    "A table with one column per seat writes today's code throughout: `RUS` over the ballots of the Soviet Union, `SRB` over those of Yugoslavia. The ballots are read as those of the state that held the seat on the day of the vote, and one finding per column says so. A code of a state that continues no membership, such as `CZE` before 1993, is not guessed at.",
    &["Succession of states in their membership (plenary-states)"],
    r#"--- wide.csv
date,session,resolution,title,BRA,RUS,USA
1961-12-20,16,A/RES/1721(XVI)[A],Outer space,Y,Y,Y"#,
    r#"--- wide.csv
date,session,resolution,title,BRA,USSR,USA
1961-12-20,16,A/RES/1721(XVI)[A],Outer space,Y,Y,Y"#
);

of_reader!(
    RESOURCE_CHANGED,
    "resource-changed",
    Error,
    "a file of a dataset folder is not the one that was written",
    "`datapackage.json` records the bytes, the hash and the rows of each file. One that is shorter, longer, edited or missing may \
     have lost votes, and nothing else in the folder shows it.",
    &["Data Package standard"],
    r#"--- datapackage.json
{"name": "compact", "resources": [{"name": "agreements", "path": "agreements.jsonl", "bytes": 142}]}
--- agreements.jsonl
{"symbols": ["A/RES/73/195"], "title": "Global Compact for Migration"}"#,
    r#"--- datapackage.json
{"name": "compact", "resources": [{"name": "agreements", "path": "agreements.jsonl", "bytes": 71}]}
--- agreements.jsonl
{"symbols": ["A/RES/73/195"], "title": "Global Compact for Migration"}"#,
    "Get a whole copy of the dataset, or write it again with `plenary import`. After an edit on purpose, import the documents as a \
     dataset of their own."
);

of_reader!(
    TABLES_DISAGREE,
    "tables-disagree",
    Error,
    "a table of a dataset folder does not agree with its documents",
    "`decisions.csv` and `ballots.csv` are made of the documents. Where they differ, a program that reads the tables counts other \
     votes than plenary does.",
    &["Data Package standard"],
    r#"--- datapackage.json
{"name": "compact", "resources": [{"name": "agreements", "path": "agreements.jsonl"}, {"name": "ballots", "path": "ballots.csv"}]}
--- agreements.jsonl
{"symbols": ["A/RES/73/195"], "title": "Global Compact for Migration"}
--- ballots.csv
record,agreement,act,symbol,date,state,name,choice
1,,0,A/RES/73/195,2018-12-19,PER,"PERU",yes"#,
    r#"--- datapackage.json
{"name": "compact", "resources": [{"name": "agreements", "path": "agreements.jsonl"}, {"name": "ballots", "path": "ballots.csv"}]}
--- agreements.jsonl
{"symbols": ["A/RES/73/195"], "title": "Global Compact for Migration"}
--- ballots.csv
record,agreement,act,symbol,date,state,name,choice"#,
    "Write the dataset again from its documents with `plenary import`."
);

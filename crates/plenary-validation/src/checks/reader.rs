//! What the readers of sources report, explained like every other check.

use plenary_types::Severity;

use crate::{Check, Example, Run};

/// A check that a reader makes while reading.
macro_rules! of_reader {
    ($static:ident, $name:literal, $severity:ident, $summary:literal, $why:literal, $sources:expr, $fails:literal, $mended:literal) => {
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
            waive: "Mend the source; where that cannot be done, waive it with the source's own slip in the reason.",
            run: Run::Reader,
        };
    };
}

of_reader!(
    UNREADABLE_FIELD,
    "unreadable-field",
    Warning,
    "a field cannot be read",
    "A date that is in no calendar (1976-06-31, 2020-99-99), a number that is none, a session that is none: the field is left empty in the record, and what was printed is kept in the finding.",
    &["The format's own description; ISO 8601"],
    "date\n1976-06-31",
    "date\n1976-06-30"
);

of_reader!(
    VOTE_GRAMMAR,
    "vote-grammar",
    Note,
    "a vote is not written as the source writes votes",
    "The source writes Y, N, A and X. A lower-case letter is the same vote all the same: it is counted, and noted. In the Library's records it happens.",
    &["UN Digital Library, record 633177: votes of Luxembourg and the United States in lower case"],
    "669329,LUX,LUXEMBOURG,y",
    "669329,LUX,LUXEMBOURG,Y"
);

of_reader!(
    ROWS_DISAGREE,
    "rows-disagree",
    Warning,
    "the rows of one vote give different values for one field",
    "A table with one row a ballot repeats date, meeting, title and totals on every row of a vote. Where they differ, some rows were changed, or two votes were mixed.",
    &["UN Digital Library, description of the voting data"],
    "1,PER,Y,2018-12-19\n1,HUN,N,2018-12-18",
    "1,PER,Y,2018-12-19\n1,HUN,N,2018-12-19"
);

of_reader!(
    CODE_CONTRADICTS_NAME,
    "code-contradicts-name",
    Error,
    "the code and the name on a row are those of two states",
    "A row gives a voter twice, by code and by name. Where they are those of two states that both existed, one of them is wrong, and so may the vote be.",
    &["ISO 3166-1; names of states over time (plenary-states)"],
    "DEU,FRANCE,Y",
    "FRA,FRANCE,Y"
);

of_reader!(
    REJECTED_ROW,
    "rejected-row",
    Error,
    "a row cannot be used",
    "A row without a vote, with a vote that is none or with too few fields is in no record. Every row is accounted for: rows read are rows used and rows rejected.",
    &["UN Digital Library, record 669502: `AN PAKISTAN`, vote and name glued together"],
    "669502,PAK,PAKISTAN,AN",
    "669502,PAK,PAKISTAN,A"
);

of_reader!(
    UNKNOWN_COLUMN,
    "unknown-column",
    Warning,
    "a table has a column that the format does not know",
    "The values of the column are not kept. A misspelt header loses a whole column; a new one may be worth reading.",
    &["The format's own description"],
    "undl_id,ms_code,ms_voet",
    "undl_id,ms_code,ms_vote"
);

of_reader!(
    ROW_LIMIT,
    "row-limit",
    Warning,
    "a table has as many lines as a spreadsheet holds",
    "Spreadsheets hold 1,048,576 lines, older ones 65,536, and cut what is longer without a word. A table of exactly that many lines has most likely lost its end.",
    &["Copies of the voting data with 1,048,575 rows"],
    "the header and 1,048,575 rows",
    "the header and 959,474 rows"
);

of_reader!(
    SOURCE_LEAVES_OUT,
    "source-leaves-out",
    Note,
    "the source leaves members out by its nature",
    "A table that lists only those who voted yes, no or abstained says nothing about the others: absence from it is neither absence from the meeting nor from the Organization.",
    &["unvotes R package, description of the data"],
    "rcid,country,vote",
    "rcid,country,vote, with rows for those absent"
);

of_reader!(
    RESOURCE_NOT_READ,
    "resource-not-read",
    Warning,
    "a resource of a dataset folder was not read",
    "The folder's description names a file that is no part of the format, or that is not there.",
    &["Data Package standard"],
    "{\"path\": \"notes.docx\"}",
    "{\"path\": \"agreements/a-res-73-195.json\"}"
);

//! The tables of a dataset: their columns, what each holds, and their keys. Nothing else knows them.

/// A table of a dataset.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableSchema {
    /// Its name.
    pub name: &'static str,
    /// What a row of it is.
    pub description: &'static str,
    /// Its columns, in their order.
    pub columns: &'static [ColumnSchema],
    /// The columns that tell its rows apart; none where rows may be equal.
    pub primary_key: &'static [&'static str],
    /// The columns that refer to other tables.
    pub foreign_keys: &'static [ForeignKey],
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ColumnSchema {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub kind: ColumnKind,
    /// Whether a value may be missing.
    pub is_nullable: bool,
    /// Whether the column itself is left out where no row has a value.
    pub is_occasional: bool,
    /// Whether CSV quotes its values in every row: texts that are likely to hold commas. Programs learn from the first rows how a table
    /// is quoted.
    pub is_quoted: bool,
    /// What it holds.
    pub description: &'static str,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnKind {
    /// Whole numbers of 32 bits.
    Integer,
    /// Texts.
    Text,
    /// Days.
    Date,
    /// Yes or no.
    Flag,
}

impl ColumnKind {
    /// Its name in a Table Schema.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Text => "string",
            Self::Date => "date",
            Self::Flag => "boolean",
        }
    }
}

/// Columns whose values stand in another table.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForeignKey {
    /// The columns, called alike in both tables.
    pub columns: &'static [&'static str],
    /// The other table, of which they are the primary key.
    pub table: &'static str,
}

impl TableSchema {
    /// The table of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLES.iter().copied().find(|table| table.name == name)
    }
}

const fn column(name: &'static str, kind: ColumnKind, description: &'static str) -> ColumnSchema {
    ColumnSchema {
        name,
        kind,
        is_nullable: true,
        is_occasional: false,
        is_quoted: false,
        description,
    }
}

const fn integer(name: &'static str, description: &'static str) -> ColumnSchema {
    column(name, ColumnKind::Integer, description)
}

const fn text(name: &'static str, description: &'static str) -> ColumnSchema {
    column(name, ColumnKind::Text, description)
}

/// Free text, which may hold commas and quotes.
const fn prose(name: &'static str, description: &'static str) -> ColumnSchema {
    ColumnSchema {
        is_quoted: true,
        ..text(name, description)
    }
}

const fn date(name: &'static str, description: &'static str) -> ColumnSchema {
    column(name, ColumnKind::Date, description)
}

const fn flag(name: &'static str, description: &'static str) -> ColumnSchema {
    column(name, ColumnKind::Flag, description)
}

impl ColumnSchema {
    const fn required(mut self) -> Self {
        self.is_nullable = false;
        self
    }

    const fn occasional(mut self) -> Self {
        self.is_occasional = true;
        self
    }
}

const RECORD: ColumnSchema = integer(
    "record",
    "place of the agreement among the documents of the dataset, from 1",
)
.required();
const ACT: ColumnSchema = integer(
    "act",
    "place of the act among all acts of the agreement, from 0",
)
.required();
const DATE_TEXT: ColumnSchema = text(
    "date_text",
    "the date as recorded, where it is not a day: a month, a year, or two days with a stroke between for some day from the first to the last",
);
const DATE_FROM: ColumnSchema = date(
    "date_from",
    "first day that a date which is not a day can be; missing where the date is a day or has no first one",
);
const DATE_TO: ColumnSchema = date(
    "date_to",
    "last day that a date which is not a day can be; missing where the date is a day or has no last one",
);
const FROM: ColumnSchema = date(
    "from",
    "first day; missing where it began before what is on record",
);
const TO: ColumnSchema = date("to", "first day after it; missing where it has not ended");
const BASIS: ColumnSchema = prose("basis", "where that is written");

const OF_RECORD: ForeignKey = ForeignKey {
    columns: &["record"],
    table: "agreements",
};
const OF_DECISION: ForeignKey = ForeignKey {
    columns: &["record", "act"],
    table: "decisions",
};
const OF_PARTICIPANT: ForeignKey = ForeignKey {
    columns: &["participant"],
    table: "participants",
};
const OF_BODY: ForeignKey = ForeignKey {
    columns: &["body"],
    table: "bodies",
};

/// One row for each agreement.
pub static AGREEMENTS: TableSchema = TableSchema {
    name: "agreements",
    description: "one row for each agreement: a resolution, a compact, a treaty",
    columns: &[
        RECORD,
        text(
            "id",
            "identifier: UUID version 5 of body and principal symbol; votes on parts of one text share it, one without a symbol has none",
        ),
        text(
            "kind",
            "resolution, decision, treaty, protocol, …, or a word of the source",
        )
        .required(),
        prose("title", "title, as printed"),
        text("symbol", "principal symbol"),
        prose(
            "symbols",
            "all symbols, the principal one first, separated by |",
        ),
        text(
            "legal_force",
            "binding or non-binding, where the record says",
        ),
        text(
            "body",
            "of a treaty: the body whose members its clause counts",
        ),
        prose("subjects", "subjects, as printed, separated by |"),
        prose(
            "in_force_when",
            "what has to happen for it to enter into force, as a clause",
        ),
        text(
            "in_force_since",
            "since when it has been in force, according to the source",
        ),
        integer("acts", "number of its acts").required(),
        prose("source", "titles of its sources, separated by |"),
        text(
            "source_record",
            "identifier of the record in the first source that gives one",
        ),
        prose("url", "first address that a source gives"),
    ],
    primary_key: &["record"],
    foreign_keys: &[],
};

/// One row for each decision.
pub static DECISIONS: TableSchema = TableSchema {
    name: "decisions",
    description: "one row for each decision: a vote, an adoption without one",
    columns: &[
        RECORD,
        ACT,
        text(
            "symbol",
            "document that came out of the decision, else the principal symbol of the agreement",
        ),
        date("date", "day of the decision, where the day is known"),
        DATE_TEXT,
        DATE_FROM,
        DATE_TO,
        text("body", "who decided: as recorded, else as the symbol tells"),
        text("session", "session of the body, such as 73, S-10, ES-11 or WHA74: as recorded, else as the symbol or the meeting tells"),
        integer("year", "calendar year of the decision, where the date lies in one"),
        text("meeting", "record of the meeting"),
        text("draft", "drafts that were before the body, separated by |"),
        prose("title", "title of the agreement"),
        prose("agenda", "agenda item, as printed"),
        prose("subjects", "subjects of the agreement, as printed, separated by |"),
        text(
            "issue",
            "issues, separated by |: me (Palestinian conflict), nu (nuclear weapons), di (arms control), co (colonialism), hr (human rights), ec (economic development)",
        ),
        text(
            "issue_basis",
            "source where the source codes issues, and computed where plenary does from the words of the decision",
        )
        .required(),
        text("scope", "how much of the text was decided on: whole, paragraph, amendment or motion").required(),
        prose("question", "the question as it was asked: which paragraph, which amendment, which motion"),
        text(
            "mode",
            "recorded, without-vote, non-recorded, show-of-hands, written, silence, secret, or a word of the source",
        )
        .required(),
        text(
            "outcome",
            "outcome on record: adopted, rejected, withdrawn, lapsed, deferred, not-put, void, or a word of the source",
        ),
        integer("announced_yes", "announced in favour"),
        integer("announced_no", "announced against"),
        integer("announced_abstain", "announced abstentions"),
        integer("announced_non_voting", "announced number of members that did not vote"),
        integer("announced_members", "announced number of members"),
        integer("counted_yes", "in favour, counted from the list as the body counts; missing where there is no list"),
        integer("counted_no", "against, counted from the list"),
        integer("counted_abstain", "abstentions, counted from the list"),
        integer("counted_non_voting", "members on the list that did not vote"),
        integer("counted_members", "members on the list"),
        integer("margin", "votes in favour less votes against: as counted, else as announced"),
        prose("rule", "rule that the decision is judged by, in words"),
        text("rule_id", "identifier of the rule, where it is one of the table of rules; missing for one that the record states itself"),
        flag("rule_assumed", "whether the rule is assumed: nothing that is known of the decision states it"),
        text(
            "verdict",
            "what the rule makes of the votes: adopted, rejected or undecidable; missing where there was no vote",
        ),
        prose("reason", "reason of the verdict in words, or why there is none"),
        flag("important", "yes where the source marks it as an important vote of the United States Department of State; missing says nothing"),
        prose("url", "first address that a source of the agreement gives"),
    ],
    primary_key: &["record", "act"],
    foreign_keys: &[OF_RECORD, OF_BODY],
};

/// One row for each line of the list of a recorded vote.
pub static BALLOTS: TableSchema = TableSchema {
    name: "ballots",
    description: "one row for each line of the list of a recorded vote",
    columns: &[
        RECORD,
        ACT,
        text(
            "participant",
            "who voted: the ISO 3166 alpha-3 code of the state at the time, or a kind and an identifier such as person:icpsr-40104; missing where the name is not resolved",
        ),
        prose("name", "name, else code, as the source prints it, where it prints one"),
        text("choice", "yes, no, abstain, non-voting or not-eligible").required(),
        text("mark", "what the source says of the ballot beside the choice: paired, announced, proxy, excused, present, or a word of it").occasional(),
        text("intended", "what the voter later said that it had meant to cast; it changes no result").occasional(),
    ],
    primary_key: &[],
    foreign_keys: &[OF_DECISION, OF_PARTICIPANT],
};

/// One row for each action of a participant.
pub static ACTS: TableSchema = TableSchema {
    name: "acts",
    description: "one row for each action of a participant: a signature, a consent, a withdrawal",
    columns: &[
        RECORD,
        ACT,
        text(
            "participant",
            "who acted: a code, or a kind and an identifier such as org:river-bank",
        )
        .required(),
        prose("name", "name of the participant, as printed"),
        text(
            "action",
            "signature, ratification, accession, extension, withdrawal, …",
        )
        .required(),
        date(
            "date",
            "day of the action, where the day is known: of an instrument, the day of its deposit",
        ),
        DATE_TEXT,
        DATE_FROM,
        DATE_TO,
        text(
            "effective",
            "from when it counts, where that is another date",
        ),
        text(
            "on_behalf_of",
            "territories for which it was done, separated by |",
        ),
        text("towards", "the participant that alone it concerns"),
        prose(
            "source",
            "where it is recorded, where that is not the source of the agreement",
        ),
        prose("note", "notes of the source, separated by |"),
        flag("unverified", "whether no source that was read confirms it").required(),
    ],
    primary_key: &["record", "act"],
    foreign_keys: &[OF_RECORD, OF_PARTICIPANT],
};

/// One row for each statement of a participant.
pub static STATEMENTS: TableSchema = TableSchema {
    name: "statements",
    description: "one row for each statement of a participant: a reservation, a declaration, an objection",
    columns: &[
        RECORD,
        ACT,
        text("participant", "who made it").required(),
        text("statement", "reservation, declaration, objection, …").required(),
        date(
            "date",
            "day on which it was made or confirmed, where the day is known",
        ),
        DATE_TEXT,
        DATE_FROM,
        DATE_TO,
        text("towards", "to whose reservation or declaration it answers"),
        text(
            "provisions",
            "provisions that it concerns, in the numbering of the treaty, separated by |",
        ),
        text(
            "on_behalf_of",
            "territories for which it was made, separated by |",
        ),
        text("withdrawn", "when it was withdrawn"),
        prose(
            "source",
            "where it is recorded, where that is not the source of the agreement",
        ),
        prose("note", "its text, or notes of the source, separated by |"),
        flag("unverified", "whether no source that was read confirms it").required(),
    ],
    primary_key: &["record", "act"],
    foreign_keys: &[OF_RECORD, OF_PARTICIPANT],
};

/// One row for each sponsor of a draft.
pub static SPONSORS: TableSchema = TableSchema {
    name: "sponsors",
    description: "one row for each sponsor of a draft",
    columns: &[
        RECORD,
        ACT,
        integer(
            "place",
            "place among the sponsors that the document names, from 1",
        )
        .required(),
        text("draft", "the draft"),
        date("date", "day of the draft, where the day is known"),
        DATE_TEXT,
        DATE_FROM,
        DATE_TO,
        text(
            "participant",
            "who sponsors it; missing where the name is not resolved",
        ),
        prose("name", "name, as printed"),
        prose(
            "note",
            "what stands behind the name, such as: on behalf of the Group of 77 and China",
        ),
        flag("later", "whether it joined after the draft was issued").required(),
    ],
    primary_key: &["record", "act", "place"],
    foreign_keys: &[OF_RECORD, OF_PARTICIPANT],
};

/// One row for each relation of an agreement to another.
pub static RELATIONS: TableSchema = TableSchema {
    name: "relations",
    description: "one row for each relation of an agreement, or of an act of it, to another",
    columns: &[
        RECORD,
        text("relation", "amends, protocol-to, supersedes, adopted-by, endorses, accession-to, …, or a word of the source").required(),
        text("from", "the act of the agreement that is meant, by its name after #; missing where it is the agreement as a whole"),
        text("to", "the other one: a symbol, a number of a collection, an identifier, or an act of the same agreement after #").required(),
    ],
    primary_key: &[],
    foreign_keys: &[OF_RECORD],
};

/// One row for each participant.
pub static PARTICIPANTS: TableSchema = TableSchema {
    name: "participants",
    description: "one row for each participant of the other tables",
    columns: &[
        text("participant", "a code, or a kind and an identifier").required(),
        text("kind", "state, area or organisation of a code that is on record; else person, party, unit, org, territory, state, text, or code").required(),
        prose("name", "English name, now or last; missing where none is on record"),
        date("from", "first day of its existence; missing where it began before what is on record"),
        date("to", "first day after its existence; missing where it exists"),
        text("iso2", "ISO 3166-1 alpha-2, now or last"),
        text("iso3", "ISO 3166-1 alpha-3, now or last"),
        text("numeric", "ISO 3166-1 numeric, three digits, now or last"),
        text("iso3166_3", "ISO 3166-3, four letters, of a name that was withdrawn"),
        text("m49", "M49 code of the United Nations Statistics Division, three digits, now or last"),
        text("cow", "number of the Correlates of War project, now or last"),
        text("cow_letters", "letters of the Correlates of War project, now or last"),
        text("gw", "number of Gleditsch and Ward, now or last"),
        text("undl", "code in the voting records of the UN Digital Library, now or last"),
    ],
    primary_key: &["participant"],
    foreign_keys: &[],
};

/// One row for each code of a participant in another system, with its days.
pub static CODES: TableSchema = TableSchema {
    name: "codes",
    description: "one row for each code of a participant in another system, with its days",
    columns: &[
        text("participant", "the participant").required(),
        text("system", "iso2, iso3, numeric, iso3166-3, m49, cow, cow-letters, gw, undl, or the heading of a user's own column").required(),
        text("code", "the code").required(),
        FROM,
        TO,
        BASIS,
    ],
    primary_key: &[],
    foreign_keys: &[OF_PARTICIPANT],
};

/// One row for each name of a participant, with its days.
pub static NAMES: TableSchema = TableSchema {
    name: "names",
    description: "one row for each name of a participant, with its days",
    columns: &[
        text("participant", "the participant").required(),
        text(
            "language",
            "language of the name: a two-letter code of ISO 639-1; missing where it is not on record",
        ),
        text(
            "kind",
            "short, formal, alias, initials or contextual; missing where it is not on record",
        ),
        prose("name", "the name").required(),
        FROM,
        TO,
        BASIS,
    ],
    primary_key: &[],
    foreign_keys: &[OF_PARTICIPANT],
};

/// One row for each spell of somebody in a body.
pub static MEMBERSHIPS: TableSchema = TableSchema {
    name: "memberships",
    description: "one row for each spell of a participant in a body of the records",
    columns: &[
        text("body", "the body").required(),
        text("participant", "who; missing for a seat that is vacant"),
        FROM,
        TO,
        text("status", "member, permanent, elected, suspended, observer, associate, vacant, or a word of the body").required(),
        text("seat", "the seat, where several held it one after the other or it has a name"),
        text("unverified", "what no source confirms: from, to, both, or member"),
        BASIS,
    ],
    primary_key: &[],
    foreign_keys: &[OF_PARTICIPANT, OF_BODY],
};

/// One row for each spell of a participant in a group.
pub static GROUPS: TableSchema = TableSchema {
    name: "groups",
    description: "one row for each spell of a participant in a group",
    columns: &[
        text("scheme", "the scheme that the group is of").required(),
        text("group", "the group").required(),
        prose("title", "what the group is called").required(),
        text("participant", "the member").required(),
        FROM,
        TO,
        text(
            "from_text",
            "first day as the source has it, where it is a month, a year or a span: `from` is then the first day on which it is certain",
        ),
        text(
            "to_text",
            "first day after it as the source has it, where it is a month, a year or a span: `to` is then the first day on which it may have ended",
        ),
        text(
            "unverified",
            "what no source confirms: from, to, both, or member",
        ),
        BASIS,
    ],
    primary_key: &[],
    foreign_keys: &[OF_PARTICIPANT],
};

/// One row for each body.
pub static BODIES: TableSchema = TableSchema {
    name: "bodies",
    description: "one row for each body of the records, and of those that its members are of",
    columns: &[
        text("body", "its identifier").required(),
        prose(
            "name",
            "what it is called now, or was at its end; missing where nothing is on record of it",
        ),
        FROM,
        TO,
        text(
            "members",
            "what its members are: state, person, party or unit",
        ),
        text(
            "members_of",
            "the body of which its members have to be members",
        ),
        date(
            "confirmed_until",
            "until when a source that was read confirms its members",
        ),
    ],
    primary_key: &["body"],
    foreign_keys: &[],
};

/// One row for each decision rule of a body, with its days.
pub static RULES: TableSchema = TableSchema {
    name: "rules",
    description: "one row for each decision rule of a body, with its days",
    columns: &[
        text("body", "the body").required(),
        text("kind", "the kind of question that it is for").required(),
        text(
            "rule_id",
            "its identifier; versions that follow each other in time share it",
        )
        .required(),
        prose("title", "what it is, in words").required(),
        prose("rule", "what has to hold, in the language of requirements").required(),
        FROM,
        TO,
        flag("practice", "whether it is no law but was applied beside it").required(),
        prose("source", "the article or the rule of procedure"),
        flag(
            "unverified",
            "whether some of it is a default that no source confirms",
        )
        .required(),
    ],
    primary_key: &[],
    foreign_keys: &[OF_BODY],
};

/// One row for each finding of the checks.
pub static FINDINGS: TableSchema = TableSchema {
    name: "findings",
    description: "one row for each finding of `plenary check` in the records as they are written, with the severities of no configuration",
    columns: &[
        text(
            "check",
            "name of the check; `plenary explain` says what it looks at",
        )
        .required(),
        text("level", "error, warning or note").required(),
        integer(
            "record",
            "place of the agreement among the documents, from 1; missing where it is about several or none",
        ),
        integer(
            "act",
            "place of the act among the acts of the agreement, from 0; missing where it is about the agreement as a whole",
        ),
        text("symbol", "what the agreement is called"),
        text("field", "the part of the document"),
        prose("message", "what was found").required(),
        prose("expected", "what was expected"),
        prose("found", "the value in question"),
    ],
    primary_key: &[],
    foreign_keys: &[OF_RECORD],
};

/// Every table, those that others refer to first.
pub static TABLES: [&TableSchema; 15] = [
    &AGREEMENTS,
    &PARTICIPANTS,
    &BODIES,
    &DECISIONS,
    &BALLOTS,
    &ACTS,
    &STATEMENTS,
    &SPONSORS,
    &RELATIONS,
    &NAMES,
    &CODES,
    &MEMBERSHIPS,
    &GROUPS,
    &RULES,
    &FINDINGS,
];

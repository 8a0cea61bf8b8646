"""The commands of plenary as functions. Generated from the commands by a test of plenary-cli: change their help there."""

# ruff: noqa: A001, A002, PLR0913
from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, TypeAlias

from plenary_un._answers import Document, Report
from plenary_un._answers import document as _document
from plenary_un._answers import report as _report
from plenary_un._answers import table as _table
from plenary_un._ask import Source, Sources, ask, unless
from plenary_un._plenary import Table

__all__ = [
    "acts",
    "agree",
    "bodies",
    "check",
    "cite",
    "claims",
    "cohesion",
    "compare",
    "convert",
    "decide",
    "explain",
    "ideal",
    "members",
    "parties",
    "power",
    "resolve_table",
    "rules",
    "show",
    "sponsors",
    "tally",
    "treaty",
    "votes",
]

Path: TypeAlias = "str | os.PathLike[str]"
"""The name of a file or a folder."""


def check(
    paths: Sources | None = None,
    *,
    select: str | Iterable[str] | None = None,
    ignore: str | Iterable[str] | None = None,
    severity: str | Iterable[str] | Mapping[str, object] | None = None,
    max_findings: int | None = None,
    all: bool = False,
    config: Source | None = None,
    reference: Path | Iterable[Path] | None = None,
    baseline: Source | None = None,
    write_baseline: Path | None = None,
    mapping: Source | None = None,
    date_format: str | None = None,
    date: str | date | None = None,
    lenient: bool = False,
    fix: bool = False,
    in_place: bool = False,
    progress: bool | None = None,
) -> Report:
    """Recognise, import and check files: what is wrong with them, and where.

    As the command ``plenary check``.

    Parameters
    ----------
    paths
        Files and dataset folders; without one, the built-in Global Compact
    select
        Run these checks only
    ignore
        Do not run these checks
    severity
        Report nothing below this level, or give a check another level: `warning`, `missing-member=error`
    max_findings
        Show at most N findings, most severe first; all are counted
    all
        Show every finding instead of one per cause
    config
        The configuration; by default the plenary.toml beside the data or in a folder above it
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    baseline
        Report only findings that are not in this file
    write_baseline
        Write all findings into a file for baseline, and end with 0 where every input can be used
    mapping
        How to read tables of no known format: a mapping file
    date_format
        How the dates of tables are written, such as %d/%m/%Y (day first) or %m/%d/%Y (month first); without it, as the table settles it
        itself
    date
        The day of the votes of tables that say of none when it was, such as a sheet of one roll call
    lenient
        Go on after rows that cannot be used; they are reported as warnings
    fix
        Write a copy of each table (NAME.fixed.csv) with votes, symbols and whole numbers written as usual; no vote, state or total is
        changed
    in_place
        With fix: change the file itself
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> report = plenary.check("voeten-from-r.csv")
    >>> report.counts["error"]
    0
    """
    answer = ask(
        "check",
        paths,
        progress=progress,
        select=select,
        ignore=ignore,
        severity=severity,
        max_findings=max_findings,
        all=all,
        config=config,
        reference=reference,
        baseline=baseline,
        write_baseline=write_baseline,
        mapping=mapping,
        date_format=date_format,
        date=date,
        lenient=lenient,
        fix=fix,
        in_place=in_place,
    )
    return _report(answer)


def claims(
    report: str,
    *,
    about: str,
    dataset: Source | None = None,
    check: bool = False,
    config: Source | None = None,
    reference: Path | Iterable[Path] | None = None,
    progress: bool | None = None,
) -> Document:
    """Extract the claims of a press report about a vote, and check them against the record.

    As the command ``plenary claims``.

    Parameters
    ----------
    report
        The report: plain text in English, or - for the standard input
    about
        The agreement that it is about, by its symbol, identifier or title
    dataset
        The dataset folder or file that holds the agreement; without one, the built-in Compact
    check
        Say which claims hold, which the record contradicts, and which cannot be checked
    config
        The configuration; by default the plenary.toml beside the data or in a folder above it
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> found = plenary.claims("report.txt", about="A/RES/73/195")
    >>> len(found["claims"]) > 0
    True
    """
    answer = ask(
        "claims",
        [report],
        progress=progress,
        about=about,
        dataset=dataset,
        check=check,
        config=config,
        reference=reference,
    )
    return _document(answer)


def compare(
    a: Source,
    b: Source,
    *,
    all: bool = False,
    lenient: bool = False,
    date_format: str | None = None,
    date: str | date | None = None,
    mapping: Source | None = None,
    reference: Path | Iterable[Path] | None = None,
    progress: bool | None = None,
) -> Table:
    """Compare two sources of the same votes: what differs, and what the differences have in common.

    As the command ``plenary compare``.

    Parameters
    ----------
    a
        A file or dataset folder
    b
        Another source of the same votes
    all
        Print every difference that belongs to no pattern, not the first of each kind
    lenient
        Go on after rows that cannot be used
    date_format
        How the dates of tables are written, such as %d/%m/%Y (day first) or %m/%d/%Y (month first); without it, as the table settles it
        itself
    date
        The day of the votes of tables that say of none when it was, such as a sheet of one roll call
    mapping
        Read tables of no known format by this mapping file
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> len(plenary.compare("voeten-from-r.csv", "voeten-from-r.csv"))
    0
    """
    answer = ask(
        "compare",
        [a, b],
        progress=progress,
        all=all,
        lenient=lenient,
        date_format=date_format,
        date=date,
        mapping=mapping,
        reference=reference,
    )
    return _table(answer)


def explain(
    check: str | None = None,
    *,
    progress: bool | None = None,
) -> Document:
    """Explain a check: what it finds, why, an example, how to waive it.

    As the command ``plenary explain``.

    Parameters
    ----------
    check
        The check, such as tally-mismatch; without one, all are listed
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> plenary.explain("tally-mismatch")["name"]
    'tally-mismatch'
    """
    answer = ask(
        "explain",
        check,
        progress=progress,
    )
    return _document(answer)


def convert(
    paths: Sources,
    *,
    output: Path | None = None,
    into: Path | None = None,
    replace: bool = False,
    as_: Literal["parquet", "csv", "sqlite"] | None = None,
    retrieved: str | date | None = None,
    mapping: Source | None = None,
    date_format: str | None = None,
    date: str | date | None = None,
    lenient: bool = False,
    on_conflict: Literal["stop", "first", "last", "drop"] = "stop",
    reference: Path | Iterable[Path] | None = None,
    progress: bool | None = None,
) -> Document:
    """Read files of any known format and write them as one dataset folder.

    As the command ``plenary import``.

    Parameters
    ----------
    paths
        Files and dataset folders, in any of the known formats
    output
        The folder to write: complete or absent
    into
        Update this dataset: records of the inputs take the place of those with their identifier, others are added, and what changed is
        reported
    replace
        Replace the dataset in this folder; it is there until the new one is whole
    as_
        The form of the tables; without it, that of the dataset that is updated, else parquet
        ``parquet``: A Parquet file per table, and compressed documents
        ``csv``: A CSV file per table
        ``sqlite``: One SQLite database, with keys and views, and compressed documents
    retrieved
        The day on which the inputs were got from their sources, for the descriptor of the dataset
    mapping
        How to read tables of no known format: a mapping file
    date_format
        How the dates of tables are written, such as %d/%m/%Y (day first) or %m/%d/%Y (month first); without it, as the table settles it
        itself
    date
        The day of the votes of tables that say of none when it was, such as a sheet of one roll call
    lenient
        Go on without rows that cannot be used and values that cannot be read; each is reported
    on_conflict
        Which copy to write of a vote that the inputs have more than once with different ballots
        ``stop``: None: stop and name the first of them
        ``first``: The copy that is read first
        ``last``: The copy that is read last
        ``drop``: None: leave the vote out
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> account = plenary.convert("voeten-from-r.csv", output="dataset")
    >>> plenary.read("dataset").tables[0]
    'agreements'
    """
    answer = ask(
        "import",
        paths,
        progress=progress,
        output=output,
        into=into,
        replace=replace,
        as_=as_,
        retrieved=retrieved,
        mapping=mapping,
        date_format=date_format,
        date=date,
        lenient=lenient,
        on_conflict=unless(on_conflict, "stop"),
        reference=reference,
    )
    return _document(answer)


def bodies(
    body: str | None = None,
    *,
    reference: Path | Iterable[Path] | None = None,
    progress: bool | None = None,
) -> Document:
    """List the bodies on record, or show one: since when, its members, seats, rules and sessions.

    As the command ``plenary bodies``.

    Parameters
    ----------
    body
        A body, such as unsc; without one, all are listed
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> plenary.bodies("unsc")["id"]
    'unsc'
    """
    answer = ask(
        "bodies",
        body,
        progress=progress,
        reference=reference,
    )
    return _document(answer)


def members(
    *,
    body: str | None = None,
    on: str | date | None = None,
    group: str | None = None,
    groups: Source | None = None,
    mapping: Source | None = None,
    convert: bool = False,
    reference: Path | Iterable[Path] | None = None,
    output: Path | None = None,
    progress: bool | None = None,
) -> Table:
    """List the members of a body on a day.

    As the command ``plenary members``.

    Parameters
    ----------
    body
        The body (see `plenary bodies`); without it and without group, unga. Of a group only those in the body are listed
    on
        The day, YYYY-MM-DD; today when it is left out
    group
        The members of a group, whoever they are: an international group such as EU or G77, a regional group, one of groups, or one that
        a body names, such as P5
    groups
        A CSV file of groups with the columns group, member, from, to, or a list of members with their terms
    mapping
        How to read a list of members that is in no known format: a mapping file
    convert
        Write the groups of groups as a CSV with the columns group, member, from, to
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    output
        Write to a file
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> len(plenary.members(body="unsc", on="1960-01-01"))
    11
    """
    answer = ask(
        "members",
        None,
        progress=progress,
        body=body,
        on=on,
        group=group,
        groups=groups,
        mapping=mapping,
        convert=convert,
        reference=reference,
        output=output,
    )
    return _table(answer)


def resolve_table(
    *,
    on: str | date | None = None,
    to: str | Iterable[str] = "iso3",
    from_: str = "any",
    csv: Source | None = None,
    column: str | None = None,
    date_column: str | None = None,
    year_as: Literal["whole", "first-day", "last-day"] = "whole",
    prefix: str = "",
    body: str | None = None,
    encoding: str | None = None,
    lenient: bool = False,
    date_format: str | None = None,
    reference: Path | Iterable[Path] | None = None,
    output: Path | None = None,
    progress: bool | None = None,
) -> Table:
    """Say which state a name or a code means, on a day, and why.

    As the command ``plenary resolve``.

    Parameters
    ----------
    on
        The date on which the states are meant: YYYY-MM-DD, YYYY-MM or YYYY; with date_column that of the rows without one
    to
        The codes to answer with; several with csv
    from_
        What the input is: `any` is a name, or else a three-letter code in capitals
    csv
        Add codes to a table: CSV in any encoding, a spreadsheet, Parquet, Stata or any other table; FILE#TABLE names one of several,
        `-` is the standard input
    column
        The column of names or codes
    date_column
        The column of days, months or years on which they are meant
    year_as
        Which day of a year or a month counts
        ``whole``: All of them: what changes within it is not certain
        ``first-day``: The first
        ``last-day``: The last
    prefix
        What the names of the added columns begin with
    body
        The body whose seats the column `seat` is about (see `plenary bodies`); without it, unga
    encoding
        How lines are encoded that are not UTF-8: windows-1252, latin-1 or mac-roman; without it, windows-1252
    lenient
        Leave out rows that cannot be taken apart
    date_format
        How the dates of tables are written, such as %d/%m/%Y (day first) or %m/%d/%Y (month first); without it, as the table settles it
        itself
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    output
        Write to a file
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> table = plenary.resolve_table(csv="panel.csv", column="ccode", date_column="year", from_="cow", to="iso3")
    >>> table["iso3"].to_list()[:2]
    ['USA', 'USA']
    """
    answer = ask(
        "resolve",
        None,
        progress=progress,
        on=on,
        to=unless(to, "iso3"),
        from_=unless(from_, "any"),
        csv=csv,
        column=column,
        date_column=date_column,
        year_as=unless(year_as, "whole"),
        prefix=unless(prefix, ""),
        body=body,
        encoding=encoding,
        lenient=lenient,
        date_format=date_format,
        reference=reference,
        output=output,
    )
    return _table(answer)


def rules(
    *,
    reference: Path | Iterable[Path] | None = None,
    progress: bool | None = None,
) -> Document:
    """List the decision rules and the checks.

    As the command ``plenary rules``.

    Parameters
    ----------
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> len(plenary.rules()["checks"]) > 30
    True
    """
    answer = ask(
        "rules",
        None,
        progress=progress,
        reference=reference,
    )
    return _document(answer)


def show(
    symbol: str | None = None,
    *,
    dataset: Source | None = None,
    config: Source | None = None,
    date_format: str | None = None,
    date: str | date | None = None,
    reference: Path | Iterable[Path] | None = None,
    progress: bool | None = None,
) -> Document:
    """Show one agreement: how it was decided and why, who voted how, acts and sources.

    As the command ``plenary show``.

    Parameters
    ----------
    symbol
        The agreement's symbol, such as A/RES/73/195 or "217 A (III)"; its identifier or title; the number of a treaty. Without it, or
        where a dataset folder or file stands here alone, what the dataset holds is listed
    dataset
        The dataset folder or file that holds it; without one, the built-in Compact
    config
        The configuration; by default the plenary.toml beside the data or in a folder above it
    date_format
        How the dates of tables are written, such as %d/%m/%Y (day first) or %m/%d/%Y (month first); without it, as the table settles it
        itself
    date
        The day of the votes of tables that say of none when it was, such as a sheet of one roll call
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> show = plenary.show("A/RES/73/195")
    >>> list(show)
    ['agreement', 'decisions', 'claims', 'findings']
    """
    answer = ask(
        "show",
        symbol,
        progress=progress,
        dataset=dataset,
        config=config,
        date_format=date_format,
        date=date,
        reference=reference,
    )
    return _document(answer)


def votes(
    paths: Sources,
    *,
    body: str | None = None,
    from_: str | date | None = None,
    to: str | date | None = None,
    session: str | Iterable[str] | None = None,
    subject: str | None = None,
    issue: Literal["me", "nu", "di", "co", "hr", "ec"] | Iterable[Literal["me", "nu", "di", "co", "hr", "ec"]] | None = None,
    symbol: str | None = None,
    important: bool = False,
    outcome: str | Iterable[str] | None = None,
    questions: Literal["whole", "all"] = "whole",
    lenient: bool = False,
    on_conflict: Literal["stop", "first", "last", "drop"] = "stop",
    date_format: str | None = None,
    date: str | date | None = None,
    reference: Path | Iterable[Path] | None = None,
    states: str | Iterable[str] | None = None,
    group: Source | None = None,
    only: str | Iterable[str] | None = None,
    verdict: Literal["adopted", "rejected", "undecidable"] | Iterable[Literal["adopted", "rejected", "undecidable"]] | None = None,
    rows: Literal["decisions", "ballots"] | None = None,
    wide: Literal["votes", "participants"] | None = None,
    columns: str | Iterable[str] | None = None,
    sort: str | Iterable[str] | None = None,
    limit: int | None = None,
    code: str | None = None,
    output: Path | None = None,
    progress: bool | None = None,
) -> Table:
    """List the votes that are selected, with results or with who voted how, as a table that other programs open.

    As the command ``plenary votes``.

    Parameters
    ----------
    paths
        Files and datasets with ballots, in any of the known formats
    body
        Only votes of this body, such as unga or unsc
    from_
        Only votes from this day, month or year on
    to
        Only votes until this day, month or year
    session
        Only these sessions: 73, ES-11, or as another body calls them
    subject
        Only votes with this text in a subject
    issue
        Only votes on one of these issues: the codes of the source, else those that are computed from the words of a vote
        ``me``: Palestinian conflict
        ``nu``: Nuclear weapons and nuclear material
        ``di``: Arms control and disarmament
        ``co``: Colonialism
        ``hr``: Human rights
        ``ec``: Economic development
    symbol
        Only votes whose symbol begins so: A/RES/73/
    important
        Only votes that the source marks as important (the list of the United States Department of State)
    outcome
        Only votes of which the record says that this came of them: adopted, rejected, …
    questions
        Which questions: votes on paragraphs, amendments and motions repeat their resolution
        ``whole``: Whole texts only
        ``all``: All of them
    lenient
        Go on after rows that cannot be used
    on_conflict
        Which copy to use of a vote that the input has more than once with different ballots
        ``stop``: None: stop and name the first of them
        ``first``: The copy that is read first
        ``last``: The copy that is read last
        ``drop``: None: leave the vote out
    date_format
        How the dates of tables are written, such as %d/%m/%Y (day first) or %m/%d/%Y (month first); without it, as the table settles it
        itself
    date
        The day of the votes of tables that say of none when it was, such as a sheet of one roll call
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    states
        Only ballots of these participants, by code, name or identifier; a group of the reference data is everybody who ever was in it
    group
        Only ballots of the members of these groups on the day: a scheme or a group of the reference data, or a CSV
        `group,member,from,to` of groups of one's own. Without it, everybody, with the groups by which the votes of the body are shown
    only
        Only ballots of the members of these of the groups
    verdict
        Only decisions of which the rule makes this: a record may state no outcome
        ``adopted``: Adopted
        ``rejected``: Rejected
        ``undecidable``: Not decided by what is known
    rows
        What a row is; by default a ballot where states, group or only name somebody, else a decision
        ``decisions``: Decisions, with their results
        ``ballots``: Ballots
    wide
        Wide table of the choices: one row per vote and one column per participant, or one row per participant
        ``votes``: One row per vote
        ``participants``: One row per participant
    columns
        These columns, in this order; of a wide table, those before the choices
    sort
        Sort by these columns; a minus before a name puts the greatest first: sort=-date,symbol
    limit
        Show at most N rows; all are counted
    code
        Numbers for choices: `voeten` (1 yes, 2 abstain, 3 no, 8 absent, 9 not a member), `voteview`, or yes=1,no=0,…
    output
        Write to a file; of `rollcall`, the beginning of the names of its files
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> plenary.votes("voeten-from-r.csv", limit=1).columns[0]
    'record'
    """
    answer = ask(
        "votes",
        paths,
        progress=progress,
        body=body,
        from_=from_,
        to=to,
        session=session,
        subject=subject,
        issue=issue,
        symbol=symbol,
        important=important,
        outcome=outcome,
        questions=unless(questions, "whole"),
        lenient=lenient,
        on_conflict=unless(on_conflict, "stop"),
        date_format=date_format,
        date=date,
        reference=reference,
        states=states,
        group=group,
        only=only,
        verdict=verdict,
        rows=rows,
        wide=wide,
        columns=columns,
        sort=sort,
        limit=limit,
        code=code,
        output=output,
    )
    return _table(answer)


def decide(
    *,
    rule: str | None = None,
    body: str | None = None,
    question: str | None = None,
    yes: int | None = None,
    no: int | None = None,
    abstain: int | None = None,
    members: int | None = None,
    no_by: str | Iterable[str] | Mapping[str, object] | None = None,
    ballots: Source | None = None,
    partial: bool = False,
    weights: Source | Iterable[Source] | None = None,
    group: str | Iterable[str] | Mapping[str, object] | None = None,
    in_: str | Iterable[str] | Mapping[str, object] | None = None,
    on: str | date | None = None,
    proposed: str | date | None = None,
    config: Source | None = None,
    reference: Path | Iterable[Path] | None = None,
    list: bool = False,
    progress: bool | None = None,
) -> Document:
    """Decide a vote by any rule, from its counts or its ballots.

    As the command ``plenary decide``.

    Parameters
    ----------
    rule
        A rule of the library (see list), or a requirement such as "at least 2/3 of members"; by default that of the body or of the
        configuration
    body
        Who decides, such as unga or unsc: its rule on the day, its groups, and its number of members
    question
        The kind of question, such as important, procedural or admission, which chooses the rule of the body; without it the usual rule
        is assumed
    yes
        Votes in favour
    no
        Votes against
    abstain
        Abstentions
    members
        Members of the body, where neither its membership nor its law says how many it has on the day
    no_by
        Who voted against: RUS,USA, or council=RUS,USA in another organ
    ballots
        Single ballots: a CSV with the columns `code` and `choice`, or a JSON object of lists
    partial
        Members who are not counted or listed may have voted: decide only what no missing ballot could change
    weights
        Weights: a CSV with a column `code` and columns of numbers, named by their headings
    group
        A group that the rule names: P5=CHN,FRA,…
    in_
        The votes in another organ that the rule names: council=11,0,4 or council=11,0,4,15, or council=@FILE for single ballots
    on
        The day of the vote; by default today
    proposed
        The day of the proposal, from which periods run
    config
        The configuration; by default the plenary.toml in the working folder or a folder above it
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    list
        List the rules of the library
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> plenary.decide(rule="sc-substantive", yes=11, no=1, abstain=3, no_by="RUS").verdict
    'rejected'
    """
    answer = ask(
        "decide",
        None,
        progress=progress,
        rule=rule,
        body=body,
        question=question,
        yes=yes,
        no=no,
        abstain=abstain,
        members=members,
        no_by=no_by,
        ballots=ballots,
        partial=partial,
        weights=weights,
        group=group,
        in_=in_,
        on=on,
        proposed=proposed,
        config=config,
        reference=reference,
        list=list,
    )
    return _document(answer)


def treaty(
    treaty: Source,
    *,
    body: str | None = None,
    on: str | date | None = None,
    in_force_when: str | None = None,
    notice: str | None = None,
    exclude: str | Iterable[str] | None = None,
    acts: Source | Iterable[Source] | None = None,
    weights: Source | Iterable[Source] | None = None,
    id: str | None = None,
    mapping: Source | None = None,
    table_only: bool = False,
    date_format: str | None = None,
    reference: Path | Iterable[Path] | None = None,
    progress: bool | None = None,
) -> Document:
    """When a treaty entered into force, and who its parties are on a day.

    As the command ``plenary treaty``.

    Parameters
    ----------
    treaty
        A participant table of the UN Treaty Collection, another table of acts, a document or dataset with treaties, or the number or
        name of a treaty
    body
        The body whose members a clause means that asks for a share of them, such as african-union; `plenary bodies` lists them
    on
        The day on which to list the parties; by default today
    in_force_when
        The entry-into-force clause, such as "20 instruments; 30 days"; by default the one that is known
    notice
        The notice of a withdrawal whose day of effect is not on record, such as "6 months"; by default the treaty's, where that is
        known
    exclude
        Ignore these participants
    acts
        Acts that the table does not carry: a CSV with the columns `participant`, `action` and `date`, or another table
    weights
        Weights that the clause names: a CSV with a column `code` and columns of numbers
    id
        Which treaty of the file: its number, symbol or title; for a participant table, the number that its name does not say
    mapping
        How to read a table of acts in no known format: a mapping file
    table_only
        Use the table alone, without the acts that come with the program
    date_format
        How the dates of tables are written, such as %d/%m/%Y (day first) or %m/%d/%Y (month first); without it, as the table settles it
        itself
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> treaty = plenary.treaty("acts.csv", in_force_when="2 instruments; 90 days")
    >>> treaty.entry_into_force
    '2014-07-01'
    """
    answer = ask(
        "treaty",
        [treaty],
        progress=progress,
        body=body,
        on=on,
        in_force_when=in_force_when,
        notice=notice,
        exclude=exclude,
        acts=acts,
        weights=weights,
        id=id,
        mapping=mapping,
        table_only=table_only,
        date_format=date_format,
        reference=reference,
    )
    return _document(answer)


def parties(
    treaties: Sources,
    *,
    treaty: str | Iterable[str] | None = None,
    acts: Source | Iterable[Source] | None = None,
    mapping: Source | None = None,
    table_only: bool = False,
    date_format: str | None = None,
    reference: Path | Iterable[Path] | None = None,
    panel: bool = False,
    counts: bool = False,
    signed_not_party: bool = False,
    on: str | date | None = None,
    from_: str | int | None = None,
    to: str | int | None = None,
    state: str | Iterable[str] | None = None,
    status: str | Iterable[str] | None = None,
    in_force_when: str | None = None,
    notice: str | None = None,
    output: Path | None = None,
    progress: bool | None = None,
) -> Table:
    """Who was what to treaties over time: spells, a panel by year, counts, signed and not ratified.

    As the command ``plenary parties``.

    Parameters
    ----------
    treaties
        Participant tables of the UN Treaty Collection or a folder of them, other tables of acts, documents or datasets with treaties,
        or numbers and names of treaties whose acts come with the program
    treaty
        Only these treaties of the inputs: numbers, symbols or titles
    acts
        Acts that the tables do not carry: a CSV with the columns `participant`, `action` and `date`, or another table
    mapping
        How to read a table of acts in no known format: a mapping file
    table_only
        Use the tables alone, without the acts that come with the program
    date_format
        How the dates of tables are written, such as %d/%m/%Y (day first) or %m/%d/%Y (month first); without it, as the table settles it
        itself
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    panel
        A row for each treaty, participant and year: its status on 31 December
    counts
        A row for each treaty and year: the number of signatories, contracting participants and parties on 31 December
    signed_not_party
        Those that have signed a treaty and not consented to it
    on
        The day: MM-DD of each year with panel and counts, else YYYY-MM-DD (for signed_not_party by default today); alone, the status of
        each participant on that day
    from_
        The first year of panel or counts; by default that of the first act
    to
        The last year of panel or counts; by default that of the last act that is known
    state
        Only these participants, by code or by name
    status
        Only these statuses
    in_force_when
        The entry-into-force clause of the treaty, such as "20 instruments; 30 days"; by default the one that is known
    notice
        The notice of a withdrawal whose day of effect is not on record, such as "6 months"
    output
        Write to a file
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> plenary.parties("acts.csv")["participant"].to_list()
    ['FRA', 'MEX']
    """
    answer = ask(
        "parties",
        treaties,
        progress=progress,
        treaty=treaty,
        acts=acts,
        mapping=mapping,
        table_only=table_only,
        date_format=date_format,
        reference=reference,
        panel=panel,
        counts=counts,
        signed_not_party=signed_not_party,
        on=on,
        from_=from_,
        to=to,
        state=state,
        status=status,
        in_force_when=in_force_when,
        notice=notice,
        output=output,
    )
    return _table(answer)


def acts(
    treaties: Sources,
    *,
    treaty: str | Iterable[str] | None = None,
    acts: Source | Iterable[Source] | None = None,
    mapping: Source | None = None,
    table_only: bool = False,
    date_format: str | None = None,
    reference: Path | Iterable[Path] | None = None,
    state: str | Iterable[str] | None = None,
    kind: str | Iterable[str] | None = None,
    from_: str | date | None = None,
    to: str | date | None = None,
    output: Path | None = None,
    progress: bool | None = None,
) -> Table:
    """List acts of participants on agreements: signatures, consents, withdrawals, reservations, objections.

    As the command ``plenary acts``.

    Parameters
    ----------
    treaties
        Participant tables of the UN Treaty Collection or a folder of them, other tables of acts, documents or datasets with treaties,
        or numbers and names of treaties whose acts come with the program
    treaty
        Only these treaties of the inputs: numbers, symbols or titles
    acts
        Acts that the tables do not carry: a CSV with the columns `participant`, `action` and `date`, or another table
    mapping
        How to read a table of acts in no known format: a mapping file
    table_only
        Use the tables alone, without the acts that come with the program
    date_format
        How the dates of tables are written, such as %d/%m/%Y (day first) or %m/%d/%Y (month first); without it, as the table settles it
        itself
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    state
        Only acts of these participants, by code or by name
    kind
        Only acts of these kinds, such as signature, accession, withdrawal, reservation or objection
    from_
        Only acts from this day, month or year on
    to
        Only acts until this day, month or year
    output
        Write to a file
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> len(plenary.acts("acts.csv"))
    2
    """
    answer = ask(
        "acts",
        treaties,
        progress=progress,
        treaty=treaty,
        acts=acts,
        mapping=mapping,
        table_only=table_only,
        date_format=date_format,
        reference=reference,
        state=state,
        kind=kind,
        from_=from_,
        to=to,
        output=output,
    )
    return _table(answer)


def sponsors(
    paths: Sources,
    *,
    pairs: bool = False,
    counts: bool = False,
    state: str | Iterable[str] | None = None,
    from_: str | date | None = None,
    to: str | date | None = None,
    symbol: str | None = None,
    least: int = 1,
    mapping: Source | None = None,
    lenient: bool = False,
    date_format: str | None = None,
    reference: Path | Iterable[Path] | None = None,
    output: Path | None = None,
    progress: bool | None = None,
) -> Table:
    """Who sponsors drafts, and with whom.

    As the command ``plenary sponsors``.

    Parameters
    ----------
    paths
        Files and datasets with drafts and their sponsors, in any of the known formats
    pairs
        A row for each two that sponsored a draft together: how often, how often each without the other, and the Jaccard index
    counts
        A row for each sponsor and year: how many drafts, and which share of all
    state
        Only these sponsors, by code or by name; with pairs, only pairs with one of them
    from_
        Only drafts from this day, month or year on
    to
        Only drafts until this day, month or year
    symbol
        Only drafts whose symbol, or that of their agreement, begins so: A/C.3/78/
    least
        Only pairs with at least N drafts together
    mapping
        How to read a table in no known format: a mapping file
    lenient
        Go on after rows that cannot be used
    date_format
        How the dates of tables are written, such as %d/%m/%Y (day first) or %m/%d/%Y (month first); without it, as the table settles it
        itself
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    output
        Write to a file
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> len(plenary.sponsors("drafts.json")) > 0
    True
    """
    answer = ask(
        "sponsors",
        paths,
        progress=progress,
        pairs=pairs,
        counts=counts,
        state=state,
        from_=from_,
        to=to,
        symbol=symbol,
        least=unless(least, 1),
        mapping=mapping,
        lenient=lenient,
        date_format=date_format,
        reference=reference,
        output=output,
    )
    return _table(answer)


def cohesion(
    paths: Sources,
    *,
    body: str | None = None,
    from_: str | date | None = None,
    to: str | date | None = None,
    session: str | Iterable[str] | None = None,
    subject: str | None = None,
    issue: Literal["me", "nu", "di", "co", "hr", "ec"] | Iterable[Literal["me", "nu", "di", "co", "hr", "ec"]] | None = None,
    symbol: str | None = None,
    important: bool = False,
    outcome: str | Iterable[str] | None = None,
    questions: Literal["whole", "all"] = "whole",
    lenient: bool = False,
    on_conflict: Literal["stop", "first", "last", "drop"] = "stop",
    date_format: str | None = None,
    date: str | date | None = None,
    reference: Path | Iterable[Path] | None = None,
    by: Literal["year", "session", "all"] = "year",
    group: Source | None = None,
    only: str | Iterable[str] | None = None,
    table: Literal["groups", "pairs", "members"] = "groups",
    abstentions: Literal["own", "left-out", "against"] = "own",
    absences: Literal["left-out", "abstention"] = "left-out",
    least: int = 2,
    output: Path | None = None,
    plot: Path | None = None,
    plot_size: str | None = None,
    plot_title: str | None = None,
    greyscale: bool = False,
    plot_index: Literal["agreement", "rice", "attina"] = "agreement",
    progress: bool | None = None,
) -> Table:
    """How far groups of voters vote together, how alike they are, how loyal their members.

    As the command ``plenary cohesion``.

    Parameters
    ----------
    paths
        Files and datasets with ballots, in any of the known formats
    body
        Only votes of this body, such as unga or unsc
    from_
        Only votes from this day, month or year on
    to
        Only votes until this day, month or year
    session
        Only these sessions: 73, ES-11, or as another body calls them
    subject
        Only votes with this text in a subject
    issue
        Only votes on one of these issues: the codes of the source, else those that are computed from the words of a vote
        ``me``: Palestinian conflict
        ``nu``: Nuclear weapons and nuclear material
        ``di``: Arms control and disarmament
        ``co``: Colonialism
        ``hr``: Human rights
        ``ec``: Economic development
    symbol
        Only votes whose symbol begins so: A/RES/73/
    important
        Only votes that the source marks as important (the list of the United States Department of State)
    outcome
        Only votes of which the record says that this came of them: adopted, rejected, …
    questions
        Which questions: votes on paragraphs, amendments and motions repeat their resolution
        ``whole``: Whole texts only
        ``all``: All of them
    lenient
        Go on after rows that cannot be used
    on_conflict
        Which copy to use of a vote that the input has more than once with different ballots
        ``stop``: None: stop and name the first of them
        ``first``: The copy that is read first
        ``last``: The copy that is read last
        ``drop``: None: leave the vote out
    date_format
        How the dates of tables are written, such as %d/%m/%Y (day first) or %m/%d/%Y (month first); without it, as the table settles it
        itself
    date
        The day of the votes of tables that say of none when it was, such as a sheet of one roll call
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    by
        What is averaged over together
        ``year``: Calendar years
        ``session``: Sessions
        ``all``: Everything at once
    group
        Groups: `regional` for the five regional groups, an international group such as EU or G77, a scheme of the reference data, a
        group that a body names, several of these with commas, or a CSV `group,member,from,to` of groups of one's own; by default those
        by which the votes of the body are shown
    only
        Only these groups of them
    table
        What is told
        ``groups``: The cohesion of each group: Rice, agreement index, Attinà
        ``pairs``: The likeness of each pair of groups
        ``members``: The loyalty of each member of each group
    abstentions
        What an abstention counts as
        ``own``: A third choice, which Rice's measures leave out
        ``left-out``: Nothing
        ``against``: A vote against
    absences
        What an absence counts as
        ``left-out``: Nothing
        ``abstention``: An abstention
    least
        Count a vote for a group only if at least N of its members made a choice
    output
        Write to a file
    plot
        Draw a chart: FILE.svg, FILE.png or FILE.pdf
    plot_size
        Its size in pixels [default: 960x540, of a PNG 1920x1080]
    plot_title
        A title in place of its own
    greyscale
        Black and grey, for print: lines differ by dashes
    plot_index
        The index that the chart shows, with a line for each group
        ``agreement``: Hix, Noury and Roland: abstention is a third choice
        ``rice``: Rice: yes against no
        ``attina``: Attinà
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> len(plenary.cohesion("voeten-from-r.csv", group="regional", least=1)) > 0
    True
    """
    answer = ask(
        "cohesion",
        paths,
        progress=progress,
        body=body,
        from_=from_,
        to=to,
        session=session,
        subject=subject,
        issue=issue,
        symbol=symbol,
        important=important,
        outcome=outcome,
        questions=unless(questions, "whole"),
        lenient=lenient,
        on_conflict=unless(on_conflict, "stop"),
        date_format=date_format,
        date=date,
        reference=reference,
        by=unless(by, "year"),
        group=group,
        only=only,
        table=unless(table, "groups"),
        abstentions=unless(abstentions, "own"),
        absences=unless(absences, "left-out"),
        least=unless(least, 2),
        output=output,
        plot=plot,
        plot_size=plot_size,
        plot_title=plot_title,
        greyscale=greyscale,
        plot_index=unless(plot_index, "agreement"),
    )
    return _table(answer)


def tally(
    paths: Sources,
    *,
    body: str | None = None,
    from_: str | date | None = None,
    to: str | date | None = None,
    session: str | Iterable[str] | None = None,
    subject: str | None = None,
    issue: Literal["me", "nu", "di", "co", "hr", "ec"] | Iterable[Literal["me", "nu", "di", "co", "hr", "ec"]] | None = None,
    symbol: str | None = None,
    important: bool = False,
    outcome: str | Iterable[str] | None = None,
    questions: Literal["whole", "all"] = "whole",
    lenient: bool = False,
    on_conflict: Literal["stop", "first", "last", "drop"] = "stop",
    date_format: str | None = None,
    date: str | date | None = None,
    reference: Path | Iterable[Path] | None = None,
    per: Literal["participant", "group", "all"] = "participant",
    by: Literal["year", "session", "decade", "issue", "body"] | Iterable[Literal["year", "session", "decade", "issue", "body"]] | None = None,
    states: str | Iterable[str] | None = None,
    group: Source | None = None,
    only: str | Iterable[str] | None = None,
    sort: str | None = None,
    ascending: bool = False,
    limit: int | None = None,
    least: int = 1,
    wide: str | None = None,
    output: Path | None = None,
    plot: Path | None = None,
    plot_size: str | None = None,
    plot_title: str | None = None,
    greyscale: bool = False,
    plot_column: str | None = None,
    plot_states: str | Iterable[str] | None = None,
    progress: bool | None = None,
) -> Table:
    """Count choices: shares of yes and of abstentions, attendance, with the majority, alone.

    As the command ``plenary tally``.

    Parameters
    ----------
    paths
        Files and datasets with ballots, in any of the known formats
    body
        Only votes of this body, such as unga or unsc
    from_
        Only votes from this day, month or year on
    to
        Only votes until this day, month or year
    session
        Only these sessions: 73, ES-11, or as another body calls them
    subject
        Only votes with this text in a subject
    issue
        Only votes on one of these issues: the codes of the source, else those that are computed from the words of a vote
        ``me``: Palestinian conflict
        ``nu``: Nuclear weapons and nuclear material
        ``di``: Arms control and disarmament
        ``co``: Colonialism
        ``hr``: Human rights
        ``ec``: Economic development
    symbol
        Only votes whose symbol begins so: A/RES/73/
    important
        Only votes that the source marks as important (the list of the United States Department of State)
    outcome
        Only votes of which the record says that this came of them: adopted, rejected, …
    questions
        Which questions: votes on paragraphs, amendments and motions repeat their resolution
        ``whole``: Whole texts only
        ``all``: All of them
    lenient
        Go on after rows that cannot be used
    on_conflict
        Which copy to use of a vote that the input has more than once with different ballots
        ``stop``: None: stop and name the first of them
        ``first``: The copy that is read first
        ``last``: The copy that is read last
        ``drop``: None: leave the vote out
    date_format
        How the dates of tables are written, such as %d/%m/%Y (day first) or %m/%d/%Y (month first); without it, as the table settles it
        itself
    date
        The day of the votes of tables that say of none when it was, such as a sheet of one roll call
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    per
        Of whom a row tells
        ``participant``: One voter
        ``group``: The members of a group on the day of each vote
        ``all``: All voters
    by
        Divide the votes by these, one inside the other
        ``year``: Calendar years
        ``session``: Sessions
        ``decade``: Decades, by their first years
        ``issue``: Issues: the codes of the source, else computed ones
        ``body``: Bodies
    states
        Only ballots of these voters, by code or name, or of the members of a group of the reference data; what the majority is follows
        from all ballots
    group
        With per group: a scheme of groups of the reference data (`regional`), a group that it or a body names, or a CSV
        `group,member,from,to` of groups of one's own; by default those by which the votes of the body are shown
    only
        With per group: only these groups
    sort
        Sort by a column, within each part of the divisions, the greatest first: yes, abstain-share, attendance, …
    ascending
        The least first
    limit
        Only the first N rows of each part of the divisions
    least
        Leave out rows with fewer votes
    wide
        Wide table of a column: one column for each part of the last division
    output
        Write to a file
    plot
        Draw a chart: FILE.svg, FILE.png or FILE.pdf
    plot_size
        Its size in pixels [default: 960x540, of a PNG 1920x1080]
    plot_title
        A title in place of its own
    greyscale
        Black and grey, for print: lines differ by dashes
    plot_column
        The column that the chart shows [default: that of wide, else the share of sort, else yes-share]
    plot_states
        The voters or groups whose lines stand out from the grey ones of all others
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> plenary.tally("voeten-from-r.csv", states=["FRA", "USA"])["participant"].to_list()
    ['FRA', 'USA']
    """
    answer = ask(
        "tally",
        paths,
        progress=progress,
        body=body,
        from_=from_,
        to=to,
        session=session,
        subject=subject,
        issue=issue,
        symbol=symbol,
        important=important,
        outcome=outcome,
        questions=unless(questions, "whole"),
        lenient=lenient,
        on_conflict=unless(on_conflict, "stop"),
        date_format=date_format,
        date=date,
        reference=reference,
        per=unless(per, "participant"),
        by=by,
        states=states,
        group=group,
        only=only,
        sort=sort,
        ascending=ascending,
        limit=limit,
        least=unless(least, 1),
        wide=wide,
        output=output,
        plot=plot,
        plot_size=plot_size,
        plot_title=plot_title,
        greyscale=greyscale,
        plot_column=plot_column,
        plot_states=plot_states,
    )
    return _table(answer)


def power(
    *,
    rule: str,
    on: str | date | None = None,
    members: str | Iterable[str] | None = None,
    body: str | None = None,
    reference: Path | Iterable[Path] | None = None,
    weights: Source | Iterable[Source] | None = None,
    group: str | Iterable[str] | Mapping[str, object] | None = None,
    in_: str | Iterable[str] | Mapping[str, object] | None = None,
    index: Literal["banzhaf", "shapley", "both"] = "both",
    method: Literal["auto", "exact", "sample"] = "auto",
    samples: int | None = None,
    seed: int = 1,
    output: Path | None = None,
    progress: bool | None = None,
) -> Table:
    """Voting power in a body under its real rule: Banzhaf and Shapley-Shubik.

    As the command ``plenary power``.

    Parameters
    ----------
    rule
        A rule of the library (see `plenary decide --list`), or a requirement such as "at least 2/3 of members"
    on
        The day; by default today, or the last day of a rule that no longer holds
    members
        The members: codes or names; by default those of the rule's body on the day
    body
        The body whose members decide, such as `unga` or `unsc`
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    weights
        Weights: a CSV with a column `code` and columns of numbers, named by their headings; without members, its codes are the members
    group
        A group that the rule names: Participants=DEU,FRA,…
    in_
        The members of another organ that the rule names: conference=DEU,FRA,…
    index
        Which index
        ``banzhaf``: Banzhaf's, absolute and normalised
        ``shapley``: Shapley and Shubik's
        ``both``: Both
    method
        Exactly, by sampling, or exactly where that takes seconds
        ``auto``
        ``exact``
        ``sample``
    samples
        How many coalitions or orders to sample; if not given, a million, or fewer of more than a thousand members
    seed
        The seed of the random numbers
    output
        Write to a file
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> power = plenary.power(rule="sc-substantive", on="2020-01-01")
    >>> len(power)
    15
    """
    answer = ask(
        "power",
        None,
        progress=progress,
        rule=rule,
        on=on,
        members=members,
        body=body,
        reference=reference,
        weights=weights,
        group=group,
        in_=in_,
        index=unless(index, "both"),
        method=unless(method, "auto"),
        samples=samples,
        seed=unless(seed, 1),
        output=output,
    )
    return _table(answer)


def agree(
    paths: Sources,
    *,
    body: str | None = None,
    from_: str | date | None = None,
    to: str | date | None = None,
    session: str | Iterable[str] | None = None,
    subject: str | None = None,
    issue: Literal["me", "nu", "di", "co", "hr", "ec"] | Iterable[Literal["me", "nu", "di", "co", "hr", "ec"]] | None = None,
    symbol: str | None = None,
    important: bool = False,
    outcome: str | Iterable[str] | None = None,
    questions: Literal["whole", "all"] = "whole",
    lenient: bool = False,
    on_conflict: Literal["stop", "first", "last", "drop"] = "stop",
    date_format: str | None = None,
    date: str | date | None = None,
    reference: Path | Iterable[Path] | None = None,
    by: Literal["year", "session", "all"] = "year",
    states: str | Iterable[str] | None = None,
    with_: str | None = None,
    measures: str | Iterable[str] | None = None,
    absences: Literal["excluded", "as-abstention"] = "excluded",
    counts: bool = False,
    consensus: int | None = None,
    least: int = 1,
    matrix: bool = False,
    codes: Literal["iso3", "cow"] = "iso3",
    output: Path | None = None,
    plot: Path | None = None,
    plot_size: str | None = None,
    plot_title: str | None = None,
    greyscale: bool = False,
    plot_states: str | Iterable[str] | None = None,
    progress: bool | None = None,
) -> Table:
    """How pairs of voters voted together: agreement, coincidence, S, kappa, pi.

    As the command ``plenary agree``.

    Parameters
    ----------
    paths
        Files and datasets with ballots, in any of the known formats
    body
        Only votes of this body, such as unga or unsc
    from_
        Only votes from this day, month or year on
    to
        Only votes until this day, month or year
    session
        Only these sessions: 73, ES-11, or as another body calls them
    subject
        Only votes with this text in a subject
    issue
        Only votes on one of these issues: the codes of the source, else those that are computed from the words of a vote
        ``me``: Palestinian conflict
        ``nu``: Nuclear weapons and nuclear material
        ``di``: Arms control and disarmament
        ``co``: Colonialism
        ``hr``: Human rights
        ``ec``: Economic development
    symbol
        Only votes whose symbol begins so: A/RES/73/
    important
        Only votes that the source marks as important (the list of the United States Department of State)
    outcome
        Only votes of which the record says that this came of them: adopted, rejected, …
    questions
        Which questions: votes on paragraphs, amendments and motions repeat their resolution
        ``whole``: Whole texts only
        ``all``: All of them
    lenient
        Go on after rows that cannot be used
    on_conflict
        Which copy to use of a vote that the input has more than once with different ballots
        ``stop``: None: stop and name the first of them
        ``first``: The copy that is read first
        ``last``: The copy that is read last
        ``drop``: None: leave the vote out
    date_format
        How the dates of tables are written, such as %d/%m/%Y (day first) or %m/%d/%Y (month first); without it, as the table settles it
        itself
    date
        The day of the votes of tables that say of none when it was, such as a sheet of one roll call
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    by
        Aggregate by
        ``year``: Calendar years
        ``session``: Sessions
        ``all``: Everything at once
    states
        Only pairs of these voters, by code or name, or of the members of a group of the reference data; one alone with every other
    with_
        Only pairs with this voter, which comes first: with each of states, else with every other
    measures
        Measures, in columns after `agree`: coincidence, points, s-absolute, s-squared, kappa, pi, kappa-absolute, kappa-squared,
        pi-absolute, pi-squared; or all [default: s-absolute,s-squared,kappa,pi; with matrix, agree]
    absences
        How absences are read
        ``excluded``: Votes with an absence are left out
        ``as-abstention``: Absent members count as abstaining
    counts
        Add the nine joint counts: yes_yes, yes_abstain, …
    consensus
        Add the coincidence including consensus: this many resolutions of each group were adopted by consensus
    least
        Leave out pairs with fewer votes in common
    matrix
        A square table of one measure for each group instead of a row for each pair
    codes
        How voters are named
        ``iso3``: ISO 3166-1 alpha-3, of the state at the time
        ``cow``: Correlates of War numbers, in columns named as its data sets name them; where the votes are in a table of such numbers,
        each number as it stands there is one voter
    output
        Write to a file
    plot
        Draw a chart: FILE.svg, FILE.png or FILE.pdf
    plot_size
        Its size in pixels [default: 960x540, of a PNG 1920x1080]
    plot_title
        A title in place of its own
    greyscale
        Black and grey, for print: lines differ by dashes
    plot_states
        With with_: the voters whose lines stand out from the grey ones of all others
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> len(plenary.agree("voeten-from-r.csv", by="all", states=["FRA", "USA"]))
    1
    """
    answer = ask(
        "agree",
        paths,
        progress=progress,
        body=body,
        from_=from_,
        to=to,
        session=session,
        subject=subject,
        issue=issue,
        symbol=symbol,
        important=important,
        outcome=outcome,
        questions=unless(questions, "whole"),
        lenient=lenient,
        on_conflict=unless(on_conflict, "stop"),
        date_format=date_format,
        date=date,
        reference=reference,
        by=unless(by, "year"),
        states=states,
        with_=with_,
        measures=measures,
        absences=unless(absences, "excluded"),
        counts=counts,
        consensus=consensus,
        least=unless(least, 1),
        matrix=matrix,
        codes=unless(codes, "iso3"),
        output=output,
        plot=plot,
        plot_size=plot_size,
        plot_title=plot_title,
        greyscale=greyscale,
        plot_states=plot_states,
    )
    return _table(answer)


def ideal(
    paths: Sources,
    *,
    body: str | None = None,
    from_: str | date | None = None,
    to: str | date | None = None,
    session: str | Iterable[str] | None = None,
    subject: str | None = None,
    issue: Literal["me", "nu", "di", "co", "hr", "ec"] | Iterable[Literal["me", "nu", "di", "co", "hr", "ec"]] | None = None,
    symbol: str | None = None,
    important: bool = False,
    outcome: str | Iterable[str] | None = None,
    questions: Literal["whole", "all"] = "whole",
    lenient: bool = False,
    on_conflict: Literal["stop", "first", "last", "drop"] = "stop",
    date_format: str | None = None,
    date: str | date | None = None,
    reference: Path | Iterable[Path] | None = None,
    linked: Path | None = None,
    method: Literal["em", "gibbs"] = "em",
    dynamics: Literal["published", "random-walk", "static"] = "published",
    smoothing: float = 0.5,
    abstentions: Literal["between", "absent", "as-no"] = "between",
    minority: int = 1,
    anchor: str | None = None,
    anchor_low: str | None = None,
    level: float = 0.95,
    tolerance: float = 0.00000001,
    max_iterations: int = 5000,
    seed: int = 1,
    chains: int = 2,
    burn_in: int = 1000,
    draws: int = 500,
    thin: int = 4,
    codes: Literal["iso3", "cow"] = "iso3",
    matrix: bool = False,
    output: Path | None = None,
    items: Path | None = None,
    plot: Path | None = None,
    plot_size: str | None = None,
    plot_title: str | None = None,
    greyscale: bool = False,
    plot_states: str | Iterable[str] | None = None,
    progress: bool | None = None,
) -> Table:
    """Estimate ideal points: where voters stand, from how they voted.

    As the command ``plenary ideal``.

    Parameters
    ----------
    paths
        Files and datasets with ballots, in any of the known formats
    body
        Only votes of this body, such as unga or unsc
    from_
        Only votes from this day, month or year on
    to
        Only votes until this day, month or year
    session
        Only these sessions: 73, ES-11, or as another body calls them
    subject
        Only votes with this text in a subject
    issue
        Only votes on one of these issues: the codes of the source, else those that are computed from the words of a vote
        ``me``: Palestinian conflict
        ``nu``: Nuclear weapons and nuclear material
        ``di``: Arms control and disarmament
        ``co``: Colonialism
        ``hr``: Human rights
        ``ec``: Economic development
    symbol
        Only votes whose symbol begins so: A/RES/73/
    important
        Only votes that the source marks as important (the list of the United States Department of State)
    outcome
        Only votes of which the record says that this came of them: adopted, rejected, …
    questions
        Which questions: votes on paragraphs, amendments and motions repeat their resolution
        ``whole``: Whole texts only
        ``all``: All of them
    lenient
        Go on after rows that cannot be used
    on_conflict
        Which copy to use of a vote that the input has more than once with different ballots
        ``stop``: None: stop and name the first of them
        ``first``: The copy that is read first
        ``last``: The copy that is read last
        ``drop``: None: leave the vote out
    date_format
        How the dates of tables are written, such as %d/%m/%Y (day first) or %m/%d/%Y (month first); without it, as the table settles it
        itself
    date
        The day of the votes of tables that say of none when it was, such as a sheet of one roll call
    reference
        A folder with bodies, groups and weights of your own, on top of what comes with the program and of the folder that plenary.toml
        names
    linked
        Pairs of roll calls that repeat one resolution and share its parameters: a table `rcid1,rcid2`
    method
        How to estimate
        ``em``: Variational expectation maximisation
        ``gibbs``: A sampler, with R-hat and effective sample sizes; it mixes slowly over many sessions
    dynamics
        How positions of one voter are tied over sessions
        ``published``: A random walk as in the published estimates: evidence flows forward
        ``random-walk``: The same random walk with evidence flowing both ways
        ``static``: No tie: each session by itself
    smoothing
        The factor of the variance rule of the random walk
    abstentions
        How abstentions are read; `absent` and `as-no` make a binary model
        ``between``: Between yes and no
        ``absent``: As if absent
        ``as-no``: As a no
    minority
        Ballots outside the most frequent choice that a vote needs to be used
    anchor
        The voter that stands higher; by default the United States
    anchor_low
        The voter that stands lower than the anchor
    level
        The level of the credible intervals
    tolerance
        EM: the greatest change of a position at which to stop
    max_iterations
        EM: when to give up
    seed
        Sampler: the seed
    chains
        Sampler: independent chains
    burn_in
        Sampler: iterations before draws are kept
    draws
        Sampler: draws kept in each chain
    thin
        Sampler: iterations for each draw kept
    codes
        How voters are named
        ``iso3``: ISO 3166-1 alpha-3, of the state at the time
        ``cow``: Correlates of War numbers, in columns named as its data sets name them; where the votes are in a table of such numbers,
        each number as it stands there is one voter
    matrix
        Wide table: one row per session, one column per voter
    output
        Write to a file
    items
        Write the parameters of the items too, as CSV
    plot
        Draw a chart: FILE.svg, FILE.png or FILE.pdf
    plot_size
        Its size in pixels [default: 960x540, of a PNG 1920x1080]
    plot_title
        A title in place of its own
    greyscale
        Black and grey, for print: lines differ by dashes
    plot_states
        The voters to draw; by default the permanent members of the Security Council
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> len(plenary.ideal("votes.csv"))
    48
    """
    answer = ask(
        "ideal",
        paths,
        progress=progress,
        body=body,
        from_=from_,
        to=to,
        session=session,
        subject=subject,
        issue=issue,
        symbol=symbol,
        important=important,
        outcome=outcome,
        questions=unless(questions, "whole"),
        lenient=lenient,
        on_conflict=unless(on_conflict, "stop"),
        date_format=date_format,
        date=date,
        reference=reference,
        linked=linked,
        method=unless(method, "em"),
        dynamics=unless(dynamics, "published"),
        smoothing=unless(smoothing, 0.5),
        abstentions=unless(abstentions, "between"),
        minority=unless(minority, 1),
        anchor=anchor,
        anchor_low=anchor_low,
        level=unless(level, 0.95),
        tolerance=unless(tolerance, 0.00000001),
        max_iterations=unless(max_iterations, 5000),
        seed=unless(seed, 1),
        chains=unless(chains, 2),
        burn_in=unless(burn_in, 1000),
        draws=unless(draws, 500),
        thin=unless(thin, 4),
        codes=unless(codes, "iso3"),
        matrix=matrix,
        output=output,
        items=items,
        plot=plot,
        plot_size=plot_size,
        plot_title=plot_title,
        greyscale=greyscale,
        plot_states=plot_states,
    )
    return _table(answer)


def cite(
    what: str | None = None,
    *,
    as_: Literal["text", "bibtex", "cff"] = "text",
    output: Path | None = None,
    progress: bool | None = None,
) -> Document:
    """How to cite a dataset, a source, a figure or table, or plenary itself.

    As the command ``plenary cite``.

    Parameters
    ----------
    what
        A dataset folder, a file of a known format, a figure or table that plenary wrote, or the name of a format or of a source;
        without it, plenary itself
    as_
        How the citation is written
        ``text``: In words, one line for each work
        ``bibtex``: Entries for BibTeX
        ``cff``: A file CITATION.cff
    output
        Write to a file
    progress
        Whether to show how far reading has come, with tqdm; by default where it is installed and somebody is watching.

    Examples
    --------
    >>> import plenary_un as plenary
    >>> "plenary" in str(plenary.cite(as_="bibtex"))
    True
    """
    answer = ask(
        "cite",
        what,
        progress=progress,
        as_=unless(as_, "text"),
        output=output,
    )
    return _document(answer)

"""plenary on Apache Spark, for more votes than one machine should read.

One machine reads ten million ballots in seconds (docs/distributed.md has figures), so that the record of the United Nations needs none of this.
It is for those who have the votes of every parliament, or simulate them. Needs ``pyspark`` 4 with ``pyarrow`` and ``pandas<3``, and
``plenary_un`` in the Python of every executor.

Votes come as one of two kinds of DataFrame:

* the records of datasets that ``plenary import`` wrote: :func:`read` has a row for each, with its document;
* a table with a row for each ballot, in any layout that plenary reads, such as the UN Digital Library's. A group of rows that have the same
  values in the columns ``together`` is never torn apart: name the column that tells votes apart, or one that copies of a vote share, such as its
  symbol.

Each task hands whole votes to the engine, some hundred thousand rows at a time, and counts what became of them. What needs more than one vote
is done in a second stage: counts of parts are added up, and what needs the whole history of votes (:func:`whole_checks`, ideal points) is done by
one process on the driver, on a compressed file of all votes that :func:`gather` makes.

>>> from plenary_un import spark as plenary
>>> votes = session.read.parquet("ga_votes.parquet")                                  # doctest: +SKIP
>>> found = plenary.check(votes, together="resolution")                              # doctest: +SKIP
>>> found.rows, found.used, found.rejected                                           # doctest: +SKIP
(959474, 959474, 0)
>>> plenary.agree(votes, together="resolution", by="year").where("state1 = 'ISR'")   # doctest: +SKIP
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import plenary_un
from plenary_un import _plenary

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import Column, DataFrame, SparkSession

    from plenary_un import Report, Table

__all__ = [
    "Checked",
    "agree",
    "check",
    "gather",
    "read",
    "resolve",
    "single_checks",
    "tally",
    "whole_checks",
]

ROWS = 250_000
"""How many rows of a table are handed to the engine at a time, if no vote is longer."""

DOCUMENTS = 2_000
"""How many documents are handed to the engine at a time."""

_ROW = "_plenary_row"
"""The column by which the rows of a vote keep the order that they have in their source."""

_FINDING = ("check", "severity", "message", "record", "field", "expected", "found", "help")
_ACCOUNT = ("rows", "used", "rejected", "records", "ballots")
_JOINT = tuple(f"{one}_{two}" for one in ("yes", "abstain", "no") for two in ("yes", "abstain", "no"))
_COUNTS = ("votes", "ballots", "yes", "no", "abstain", "non_voting", "unlisted", "tied", "alone")
_UNITS = {"participant": ("participant", "name"), "group": ("group",), "all": ()}
_DIVISIONS = {"year": "int", "session": "string", "decade": "int", "issue": "string", "body": "string"}

_NOTHING = "no vote with ballots is selected"
"""What the engine says of votes none of which is selected: some hundred votes on paragraphs, where whole texts are counted."""


def resolve(
    votes: DataFrame,
    column: str,
    *,
    on: str | None = None,
    to: str = "iso3",
    into: str | None = None,
) -> DataFrame:
    """Adds the codes of the states that a column names, as :func:`plenary_un.resolve` does.

    Every row is resolved by itself, so that this can be split anyhow. A name that means nobody on its day has no code: count the missing ones.

    :param votes: any table.
    :param column: the column of names or codes.
    :param on: the column of days on which they are meant, or one day such as ``"1980-01-01"``.
    :param to: the system of codes.
    :param into: the name of the new column, by default that of the old one and the system: ``ms_name_iso3``.
    """
    from pyspark.sql.types import StringType, StructType

    _known(votes, [column])
    into = into or f"{column}_{to}"
    if into in votes.columns:
        raise ValueError(f"the table has a column `{into}` already: name another with `into`")
    schema = StructType([*votes.schema.fields]).add(into, StringType())
    return votes.mapInArrow(partial(_resolve_part, column=column, on=on, to=to, into=into), schema)


def read(session: SparkSession, *datasets: str, without_reference: bool = False) -> DataFrame:
    """The records of datasets that ``plenary import`` wrote: ``dataset``, ``record`` (its line), ``key`` and ``document``.

    The documents are read, and not ``ballots.parquet``: they alone say whether a list leaves out who did not vote, and all else that checks rest
    on. ``key`` is the first symbol, else the title: copies of a vote share it. The files are not held against the hashes of the descriptor:
    ``plenary check DATASET`` does that once.

    :param session: the session; a path may be of any file system that it reads.
    :param datasets: the folders.
    :param without_reference: a dataset that carries reference data of its own is refused unless this says that the functions below are given them
        by ``reference``, a folder that every executor has.
    """
    from pyspark.sql import functions as f

    if not datasets:
        raise ValueError("name the folder of a dataset")
    files: list[str] = []
    for dataset in datasets:
        descriptor = session.read.text(f"{dataset.rstrip('/')}/datapackage.json", wholetext=True).collect()
        resources = json.loads(descriptor[0].value).get("resources", [])
        paths = [path for resource in resources if isinstance(path := resource.get("path"), str)]
        carried = [path for path in paths if path.startswith("reference")]
        if carried and not without_reference:
            raise ValueError(
                f"the dataset `{dataset}` carries reference data ({carried[0]}): copy them to every executor, name the folder by `reference` "
                "wherever its records are judged, and say so by `without_reference=True`"
            )
        documents = [path for path in paths if re.search(r"\.(jsonl|ndjson)(\.(zst|gz|bz2))?$", path)]
        if not documents:
            raise ValueError(f"the dataset `{dataset}` has no documents: write it again with `plenary import`")
        files += [f"{dataset.rstrip('/')}/{path}" for path in documents]
    lines = session.read.format("binaryFile").load(files).select("path", "content")
    rows = lines.mapInArrow(_unpack_part, "dataset string, record long, document string")
    key = f.coalesce(f.get_json_object("document", "$.symbols[0]"), f.get_json_object("document", "$.title"))
    return rows.select("dataset", "record", key.alias("key"), "document")


@dataclass(frozen=True)
class Checked:
    """What :func:`check` found, and what became of every row."""

    findings: DataFrame
    """A row for each finding: ``check``, ``severity``, ``message``, ``record``, ``field``, ``expected``, ``found``, ``help``."""
    rows: int
    """Rows of the table, or documents."""
    used: int
    """Rows that are in a record."""
    rejected: int
    """Rows that could not be used; ``used + rejected == rows``."""
    records: int
    """Votes."""
    ballots: int
    """Ballots on their lists."""
    checks: tuple[str, ...]
    """The checks that ran, on single votes and on the whole."""
    explained: tuple[str, ...]
    """Checks of single votes of which the findings are left out, as what is said of the whole explains them."""
    _kept: DataFrame

    def close(self) -> None:
        """Frees what the executors keep; the findings are then computed anew when they are asked for."""
        self._kept.unpersist()


def single_checks() -> tuple[str, ...]:
    """The checks that look at one agreement or one decision, by the catalogue: votes can be divided for them."""
    return _checks_of("agreement", "decision")


def whole_checks() -> tuple[str, ...]:
    """All other checks, by the catalogue: those of a dataset, of the account of its decisions and of a source file."""
    single = single_checks()
    return tuple(entry["name"] for entry in _catalogue() if entry["name"] not in single)


def check(
    votes: DataFrame,
    *,
    together: str | Sequence[str] | None = None,
    whole: bool = True,
    select: Sequence[str] | None = None,
    rows: int | None = None,
    **options: Any,
) -> Checked:
    """Checks votes, with the findings of :func:`plenary_un.check` on one file of them all.

    First every executor runs :func:`single_checks` on its votes. Then, unless ``whole`` is false, one process on the driver runs
    :func:`whole_checks` on the file of :func:`gather`. A finding names the vote by ``record``; lines of a file have no meaning here.

    The first stage runs at once, and its findings stay with the executors: :meth:`Checked.close` frees them.

    :param votes: see the module.
    :param together: the columns of which the values tell votes apart; none for the records of :func:`read`.
    :param whole: whether the checks of the whole run, too.
    :param select: these checks alone.
    :param rows: how many rows or documents are handed to the engine at a time.
    :param options: of :func:`plenary_un.check`: ``lenient``, ``mapping``, ``date_format``, ``date``, ``reference``, ``config``. A path is one that every
        executor has.
    :raises ValueError: where an option or a column is not known here.
    """
    from pyspark.sql import functions as f

    _only(options, "check", ("lenient", "mapping", "date_format", "date", "reference", "config"))
    catalogue = _catalogue()
    names = [entry["name"] for entry in catalogue]
    unknown = [name for name in select or () if name not in names]
    if unknown:
        raise ValueError(f"unknown check `{unknown[0]}`: `plenary explain` lists them")
    wanted = names if select is None else list(select)
    apart = [name for name in single_checks() if name in wanted]
    at_once = [name for name in whole_checks() if name in wanted] if whole else []

    source = _Source(votes, together, rows)
    schema = ", ".join([f"{name} string" for name in _FINDING] + [f"{name} long" for name in _ACCOUNT])
    part = partial(_check_part, select=apart or [names[0]], keep=bool(apart), options=options)
    kept = source.map(part, schema).persist()
    account = kept.agg(*(f.coalesce(f.sum(name), f.lit(0)).alias(name) for name in _ACCOUNT)).collect()[0]
    findings = kept.where("check is not null").select(*_FINDING)

    explained: list[str] = []
    if at_once:
        with tempfile.TemporaryDirectory(prefix="plenary-") as folder:
            file = gather(votes, f"{folder}/{source.file}.zst")
            report = plenary_un.check(file, select=at_once, **options)
            table = _findings_of(report)
        firing = set(table.column("check").to_pylist())
        for entry in catalogue:
            if entry["name"] in firing:
                explained += entry.get("explains", [])
        if explained:
            findings = findings.where(~f.col("check").isin(explained))
        if table.num_rows:
            findings = findings.unionByName(votes.sparkSession.createDataFrame(table))
    return Checked(
        findings=findings,
        **{name: int(account[name]) for name in _ACCOUNT},
        checks=tuple(apart + at_once),
        explained=tuple(dict.fromkeys(explained)),
        _kept=kept,
    )


def gather(votes: DataFrame, file: str | os.PathLike[str]) -> str:
    """Writes all votes into one compressed file on the driver, in the order in which Spark reads them, and returns its path.

    It is what the second stage reads: checks of histories, ideal points, everything that cannot be divided. Executors compress their parts; the driver
    appends them one after the other and holds one at a time. The table of the Assembly takes ten bytes a row.

    >>> plenary_un.ideal(plenary.gather(votes, "votes.csv.zst"))  # doctest: +SKIP

    :param votes: see the module.
    :param file: ends in ``.csv.zst`` for a table, in ``.jsonl.zst`` for the records of :func:`read`.
    """
    import pyarrow as pa

    source = _Source(votes, (), None)
    file = os.fspath(file)
    if not file.endswith(f"{Path(source.file).suffix}.zst"):
        raise ValueError(f"`{file}` has to end in `{Path(source.file).suffix}.zst`")
    parts = votes.mapInArrow(partial(_pack_part, is_documents=source.is_documents), "part binary")
    with open(file, "wb") as out:
        if not source.is_documents:
            heading = ",".join('"' + name.replace('"', '""') + '"' for name in votes.columns)
            out.write(pa.compress(f"{heading}\n".encode(), codec="zstd", asbytes=True))
        for row in parts.toLocalIterator():
            out.write(row.part)
    return file


def tally(
    votes: DataFrame,
    *,
    together: str | Sequence[str] | None = None,
    per: str = "participant",
    by: str | Sequence[str] = (),
    least: int = 1,
    rows: int | None = None,
    **options: Any,
) -> DataFrame:
    """Who chose what how often, with the columns of :func:`plenary_un.tally`.

    Each part of the votes is counted, and counts add up; shares are made of the sums. Lists that leave members out are refused: whether a member that is
    on no list counts follows from all votes. Give their file from :func:`gather` to :func:`plenary_un.tally`. Choose votes, rows and columns
    in Spark, before and after.

    :param votes: see the module. A vote that stands in the votes twice counts twice, unless its copies have the same values of ``together``.
    :param together: see :func:`check`.
    :param per: of whom a row tells: ``participant``, ``group`` or ``all``.
    :param by: divide the votes by these: ``year``, ``session``, ``decade``, ``issue``, ``body``.
    :param least: leave out rows with fewer votes.
    :param rows: see :func:`check`.
    :param options: of :func:`plenary_un.tally`: ``questions``, ``lenient``, ``on_conflict``, ``date_format``, ``date``, ``reference``, ``group``, ``only``.
    :raises ValueError: where an option or a column is not known here.
    """
    from pyspark.sql import functions as f

    _only(options, "tally", ("questions", "lenient", "on_conflict", "date_format", "date", "reference", "group", "only"))
    by = [by] if isinstance(by, str) else list(by)
    if per not in _UNITS:
        raise ValueError(f"unknown `per`: `{per}` (expected {', '.join(_UNITS)})")
    for division in by:
        if division not in _DIVISIONS:
            raise ValueError(f"unknown division `{division}` (expected {', '.join(_DIVISIONS)})")
    units = _UNITS[per]
    keys = [name for name in units if name != "name"] + by
    counts = [*_COUNTS, "majority", "untold"]
    columns = [f"{name} string" for name in units] + [f"{name} {_DIVISIONS[name]}" for name in by] + [f"{name} long" for name in counts]
    source = _Source(votes, together, rows)
    part = partial(_tally_part, units=units, by=by, options={**options, "per": per, "by": by})
    counted = source.map(part, ", ".join(columns)).groupBy(*keys)
    named = [f.max("name").alias("name")] if "name" in units else []
    summed = counted.agg(*named, *(f.sum(name).alias(name) for name in counts)).where(f.col("votes") >= least)

    cast = f.col("yes") + f.col("no") + f.col("abstain")
    shares = {
        "yes_share": _share(f.col("yes"), cast),
        "no_share": _share(f.col("no"), cast),
        "abstain_share": _share(f.col("abstain"), cast),
        "attendance": f.when(f.col("untold") == 0, _share(cast, f.col("ballots"))),
        "majority_share": _share(f.col("majority"), cast - f.col("tied")),
        "alone_share": _share(f.col("alone"), cast),
    }
    before = [name for name in _COUNTS[:7] if name != "ballots" or per != "participant"]
    order = [*units, *by, *before, *list(shares)[:5], "tied", "alone", "alone_share"]
    return summed.select("*", *(share.alias(name) for name, share in shares.items())).select(*order)


def agree(
    votes: DataFrame,
    *,
    together: str | Sequence[str] | None = None,
    by: str = "year",
    measures: Sequence[str] | None = None,
    least: int = 1,
    rows: int | None = None,
    **options: Any,
) -> DataFrame:
    """How pairs of voters voted together, with the columns of :func:`plenary_un.agree` and the nine joint counts.

    The joint counts of parts of the votes add up, and each measure is computed of the sums. Choose votes and pairs in Spark, before and after.

    :param votes: see the module. A vote that stands in the votes twice counts twice, unless its copies have the same values of ``together``.
    :param together: see :func:`check`.
    :param by: ``year``, ``session`` or ``all``.
    :param measures: beside ``agree``, those of the command; not ``points``, which counts absences.
    :param least: leave out pairs with fewer votes in common.
    :param rows: see :func:`check`.
    :param options: of :func:`plenary_un.agree`: ``questions``, ``absences``, ``lenient``, ``on_conflict``, ``date_format``, ``date``, ``reference``.
    :raises ValueError: where an option or a column is not known here.
    :raises plenary_un.PlenaryError: where a measure is not known, or counts absences.
    """
    from pyspark.sql import functions as f

    _only(options, "agree", ("questions", "absences", "lenient", "on_conflict", "date_format", "date", "reference"))
    if by not in ("year", "session", "all"):
        raise ValueError(f"unknown division `{by}` (expected year, session, all)")
    measures = ["s-absolute", "s-squared", "kappa", "pi"] if measures is None else [name for name in measures if name != "agree"]
    # A measure that is not known, or counts absences, is refused here and not by an executor.
    _plenary.joint_measures(measures, [[1]] * 9)
    source = _Source(votes, together, rows)
    counts = ", ".join(f"{name} long" for name in _JOINT)
    part = partial(_agree_part, options={**options, "by": by})
    pairs = source.map(part, f"group string, state1 string, state2 string, {counts}")
    summed = pairs.groupBy("group", "state1", "state2").agg(*(f.sum(name).alias(name) for name in _JOINT))
    columns = [name.replace("-", "_") for name in ("agree", *measures)]
    schema = f"group string, state1 string, state2 string, n long, {', '.join(f'{name} double' for name in columns)}, {counts}"
    measured = summed.mapInArrow(partial(_measure_part, measures=["agree", *measures]), schema)
    return measured.where(f.col("n") >= least)


class _Source:
    """Votes, and how whole ones come to the engine."""

    def __init__(self, votes: DataFrame, together: str | Sequence[str] | None, rows: int | None) -> None:
        self.votes = votes
        self.is_documents = "document" in votes.columns
        if self.is_documents and together is None:
            together = "key"
        if together is None:
            raise ValueError("name the columns that tell votes apart by `together`: the rows of a vote have to be judged at once")
        self.together = [together] if isinstance(together, str) else list(together)
        _known(votes, self.together)
        self.rows = rows or (DOCUMENTS if self.is_documents else ROWS)
        self.file = "votes.jsonl" if self.is_documents else "votes.csv"

    def map(self, part: Callable[..., Iterator[pa.RecordBatch]], schema: str) -> DataFrame:
        """Runs a function on the files of whole votes."""
        from pyspark.sql import functions as f

        numbered = self.votes.withColumn(_ROW, f.monotonically_increasing_id())
        grouped = numbered.repartition(*self.together).sortWithinPartitions(*self.together, _ROW)
        task = partial(_with_files, part=part, together=self.together, rows=self.rows, is_documents=self.is_documents)
        return grouped.mapInArrow(task, schema)


def _with_files(
    batches: Iterable[pa.RecordBatch],
    *,
    part: Callable[..., Iterator[pa.RecordBatch]],
    together: list[str],
    rows: int,
    is_documents: bool,
) -> Iterator[pa.RecordBatch]:
    """In a task: writes whole votes into a file at a time, and runs a function on each."""
    _one_thread_a_core()
    for table in _whole_groups(batches, together, rows):
        with tempfile.TemporaryDirectory(prefix="plenary-") as folder:
            file = f"{folder}/{'votes.jsonl' if is_documents else 'votes.csv'}"
            with open(file, "wb") as out:
                out.write(_text_of(table.drop_columns([_ROW]), is_documents, heading=True))
            yield from part(file, rows=table.num_rows)


def _one_thread_a_core() -> None:
    """As many threads as Spark gives the task cores; the engine would take all of the machine."""
    from pyspark import TaskContext

    task = TaskContext.get()
    os.environ.setdefault("RAYON_NUM_THREADS", str(task.cpus() if task is not None else 1))


def _whole_groups(batches: Iterable[pa.RecordBatch], together: list[str], rows: int) -> Iterator[pa.Table]:
    """Tables of about so many rows out of sorted ones, none of which ends within a group."""
    import pyarrow as pa

    held: list[pa.RecordBatch] = []
    count = 0
    enough = rows
    for batch in batches:
        held.append(batch)
        count += batch.num_rows
        if count < enough:
            continue
        table = pa.Table.from_batches(held)
        cut = _begin_of_last_group(table, together)
        if cut == 0:
            enough = 2 * count
            continue
        yield table.slice(0, cut)
        held = table.slice(cut).to_batches()
        count = table.num_rows - cut
        enough = rows
    if count:
        yield pa.Table.from_batches(held)


def _begin_of_last_group(table: pa.Table, together: list[str]) -> int:
    """Where the rows begin that have the same values as the last one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    same = pa.chunked_array([pa.repeat(pa.scalar(True), table.num_rows)])
    for name in together:
        column = table.column(name)
        last = column[-1]
        equal = pc.fill_null(pc.equal(column, last), False) if last.is_valid else pc.is_null(column)
        same = pc.and_(same, equal)
    begin: int = pc.index(same, True).as_py()
    return begin


def _text_of(table: pa.Table, is_documents: bool, *, heading: bool) -> bytes:
    """Rows as CSV, or documents as lines."""
    import pyarrow as pa
    import pyarrow.csv as csv

    if is_documents:
        return "".join(f"{document}\n" for document in table.column("document").to_pylist()).encode()
    sink = pa.BufferOutputStream()
    csv.write_csv(table, sink, csv.WriteOptions(include_header=heading))
    text: bytes = sink.getvalue().to_pybytes()
    return text


def _check_part(
    file: str, *, rows: int, select: list[str], keep: bool, options: dict[str, Any]
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    report = plenary_un.check(file, select=select, **options)
    account = _account_of(report)
    if account["rows"] != rows or account["used"] + account["rejected"] != rows:
        raise RuntimeError(f"{rows} rows were given to the engine, and it accounts for {account}")
    single = {name: pa.array([None], pa.string()) for name in _FINDING}
    yield from pa.table(single | {name: pa.array([account[name]], pa.int64()) for name in _ACCOUNT}).to_batches()
    table = _findings_of(report)
    if keep and table.num_rows:
        none = pa.nulls(table.num_rows, pa.int64())
        yield from pa.table({**{name: table.column(name) for name in _FINDING}, **dict.fromkeys(_ACCOUNT, none)}).to_batches()


def _tally_part(file: str, *, rows: int, units: Sequence[str], by: list[str], options: dict[str, Any]) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa
    import pyarrow.compute as pc

    answer = _selected(plenary_un.tally, file, options)
    if answer is None:
        return
    lists = answer.metadata.get("lists")
    if lists is not None:
        raise ValueError(
            f"{lists}: such lists cannot be counted apart, give the file of `plenary_un.spark.gather` to `plenary_un.tally`"
        )
    table = pa.table(answer)
    if "ballots" not in table.column_names:
        table = table.append_column("ballots", table.column("votes"))
    cast = pc.add(pc.add(table.column("yes"), table.column("no")), table.column("abstain"))
    share = pc.fill_null(table.column("majority_share"), 0.0)
    majority = pc.round(pc.multiply(share, pc.cast(pc.subtract(cast, table.column("tied")), pa.float64())))
    columns = {name: table.column(name) for name in (*units, *by, *_COUNTS)}
    columns["majority"] = majority
    columns["untold"] = pc.and_(pc.is_null(table.column("attendance")), pc.greater(table.column("ballots"), 0))
    typed = {"string": pa.string(), "int": pa.int32()}
    types = {name: pa.string() for name in units} | {name: typed[_DIVISIONS[name]] for name in by}
    yield from pa.table({name: pc.cast(column, types.get(name, pa.int64())) for name, column in columns.items()}).to_batches()


def _agree_part(file: str, *, rows: int, options: dict[str, Any]) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa
    import pyarrow.compute as pc

    answer = _selected(plenary_un.agree, file, {**options, "counts": True, "measures": ["agree"]})
    if answer is None:
        return
    table = pa.table(answer)
    one, two = (pc.cast(table.column(name), pa.string()) for name in ("state1", "state2"))
    exchanged = pc.greater(one, two)
    columns = {"group": pc.cast(table.column("group"), pa.string())}
    columns["state1"] = pc.if_else(exchanged, two, one)
    columns["state2"] = pc.if_else(exchanged, one, two)
    for name in _JOINT:
        other = "_".join(reversed(name.split("_")))
        columns[name] = pc.cast(pc.if_else(exchanged, table.column(other), table.column(name)), pa.int64())
    yield from pa.table(columns).to_batches()


def _measure_part(batches: Iterable[pa.RecordBatch], *, measures: list[str]) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    for batch in batches:
        counts = [batch.column(name).to_pylist() for name in _JOINT]
        columns = {name: batch.column(name) for name in ("group", "state1", "state2")}
        columns["n"] = pa.array([sum(of_pair) for of_pair in zip(*counts, strict=True)], pa.int64())
        for name, values in zip(measures, _plenary.joint_measures(measures, counts), strict=True):
            columns[name.replace("-", "_")] = pa.array(values, pa.float64())
        yield pa.RecordBatch.from_pydict(columns | {name: batch.column(name) for name in _JOINT})


def _resolve_part(
    batches: Iterable[pa.RecordBatch], *, column: str, on: str | None, to: str, into: str
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    _one_thread_a_core()
    for batch in batches:
        names = batch.column(column)
        day = batch.column(on) if on in batch.schema.names else on
        codes = pa.chunked_array(plenary_un.resolve(names, on=day, to=to)).cast(pa.string()).combine_chunks()
        yield pa.RecordBatch.from_arrays([*batch.columns, codes], names=[*batch.schema.names, into])


def _unpack_part(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    codecs = {".zst": "zstd", ".gz": "gzip", ".bz2": "bz2"}
    for batch in batches:
        for path, content in zip(batch.column("path").to_pylist(), batch.column("content"), strict=True):
            stream: pa.NativeFile = pa.BufferReader(content.as_buffer())
            codec = codecs.get(Path(path).suffix)
            if codec is not None:
                stream = pa.CompressedInputStream(stream, codec)
            dataset = path.rsplit("/", 1)[0]
            number = 0
            for documents in _lines(stream):
                numbers = range(number + 1, number + 1 + len(documents))
                number += len(documents)
                yield pa.RecordBatch.from_pydict({
                    "dataset": pa.array([dataset] * len(documents)),
                    "record": pa.array(numbers, pa.int64()),
                    "document": pa.array(documents),
                })


def _lines(stream: pa.NativeFile) -> Iterator[list[str]]:
    """The lines of a stream, a few megabytes at a time."""
    rest = b""
    while block := stream.read(1 << 22):
        *lines, rest = (rest + block).split(b"\n")
        if lines:
            yield [line.decode() for line in lines]
    if rest:
        yield [rest.decode()]


def _pack_part(batches: Iterable[pa.RecordBatch], *, is_documents: bool) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    for batch in batches:
        if batch.num_rows == 0:
            continue
        text = _text_of(pa.Table.from_batches([batch]), is_documents, heading=False)
        part = pa.compress(text, codec="zstd", asbytes=True)
        yield pa.RecordBatch.from_pydict({"part": pa.array([part], pa.binary())})


def _selected(command: Callable[..., Table], file: str, options: dict[str, Any]) -> Table | None:
    """What a command answers; none where none of these votes is selected."""
    try:
        return command(file, **options)
    except plenary_un.PlenaryError as error:
        if error.message == _NOTHING:
            return None
        raise


def _findings_of(report: Report) -> pa.Table:
    import pyarrow as pa

    table = pa.table(report.findings)
    return pa.table({name: table.column(name).cast(pa.string()) for name in _FINDING})


def _account_of(report: Report) -> dict[str, int]:
    return {name: sum(given[name] for given in report["inputs"]) for name in _ACCOUNT}


def _catalogue() -> list[dict[str, Any]]:
    checks: list[dict[str, Any]] = plenary_un.rules()["checks"]
    return checks


def _checks_of(*scopes: str) -> tuple[str, ...]:
    return tuple(entry["name"] for entry in _catalogue() if entry["scope"] in scopes)


def _share(part: Column, whole: Column) -> Column:
    from pyspark.sql import functions as f

    return f.try_divide(part.cast("double"), whole.cast("double"))


def _known(votes: DataFrame, columns: Iterable[str]) -> None:
    for name in columns:
        if name not in votes.columns:
            raise ValueError(f"unknown column `{name}`; the table has {', '.join(votes.columns)}")


def _only(options: dict[str, Any], command: str, known: Sequence[str]) -> None:
    for name in options:
        if name not in known:
            raise ValueError(
                f"`{name}` is no option of `plenary_un.spark.{command}` (expected {', '.join(known)}): choose rows in Spark, or use "
                f"`plenary_un.{command}` on the file of `gather`"
            )

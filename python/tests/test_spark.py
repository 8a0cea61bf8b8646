"""`plenary_un.spark` on two executors that are processes of their own, beside one process.

The tests that start Spark need `PLENARY_SPARK=1`, pyspark 4 with `pandas<3`, Java 17, and take some minutes. With `PLENARY_SHARED` they read the record of
the Assembly, else a simulated one. `PLENARY_SPARK_FIGURES=FILE` writes what they took.
"""

import io
import json
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

import plenary_un

pa = pytest.importorskip("pyarrow")
pc = pytest.importorskip("pyarrow.compute")
csv = pytest.importorskip("pyarrow.csv")
parquet = pytest.importorskip("pyarrow.parquet")

from plenary_un import spark  # noqa: E402

on_spark = pytest.mark.skipif(not os.environ.get("PLENARY_SPARK"), reason="starts Spark: set PLENARY_SPARK=1")
FINDING = ["check", "severity", "message", "record", "field", "expected", "found", "help"]
COUNTS = [f"{one}_{two}" for one in ("yes", "abstain", "no") for two in ("yes", "abstain", "no")]


def note(name: str, begin: float, **figures: int) -> None:
    """Writes what something took, where that is asked for."""
    if file := os.environ.get("PLENARY_SPARK_FIGURES"):
        with open(file, "a") as out:
            print(f"{name}: {time.perf_counter() - begin:.1f} s {figures or ''}", file=out)


# Without Spark.


def tables_of(keys: list[str | None], size: int, rows: int) -> list[list[str | None]]:
    batches = [
        pa.RecordBatch.from_pydict({"vote": pa.array(keys[at : at + size], pa.string())})
        for at in range(0, len(keys), size)
    ]
    return [table.column("vote").to_pylist() for table in spark._whole_groups(batches, ["vote"], rows)]


def test_votes_are_not_torn_apart():
    keys = [None, None, "1", "2", "2", "2", "2", "2", "3", "4"]
    for size in range(1, len(keys) + 1):
        for rows in range(1, len(keys) + 1):
            tables = tables_of(keys, size, rows)
            assert [key for table in tables for key in table] == keys
            ends = [{*one} & {*next_one} for one, next_one in zip(tables, tables[1:], strict=False)]
            assert not any(ends), (size, rows, tables)
    assert tables_of(keys, 3, 2)[0] == [None, None]
    assert tables_of(keys, 2, 2) == [[None, None, "1"], ["2"] * 5 + ["3"], ["4"]]
    assert tables_of([], 2, 2) == []


def test_checks_of_single_votes_are_those_of_the_catalogue():
    single, whole = spark.single_checks(), spark.whole_checks()
    assert {"tally-mismatch", "not-a-member"} <= {*single}
    assert {"session-outlier", "participation-drop", "duplicate-record", "votes-exchanged", "undecided", "rejected-row"} <= {*whole}
    assert not {*single} & {*whole}
    assert {*single, *whole} == {check["name"] for check in plenary_un.rules()["checks"]}


def test_lines_are_whole_whatever_the_blocks():
    text = b"".join(b'{"title": "%d"}\n' % number for number in range(400_000))
    for end in (b"", b"{}"):
        lines = [line for lines in spark._lines(pa.BufferReader(text + end)) for line in lines]
        assert len(lines) == 400_000 + (end != b"")
        assert "\n".join(lines).encode() == (text + end).rstrip(b"\n")


def test_a_selection_of_nothing_is_no_error(tmp_path):
    file = tmp_path / "votes.csv"
    file.write_text("title: One\nbody: unga\ndate: 2018-12-19\nscope: paragraph\n\nstate,vote\nFRA,yes\nPER,no\n")
    assert spark._selected(plenary_un.agree, str(file), {"by": "year"}) is None
    found = spark._selected(plenary_un.agree, str(file), {"by": "year", "questions": "all"})
    assert found is not None and len(found) == 1


# With Spark.


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """Two executors of one core each."""
    sql = pytest.importorskip("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    folder = tmp_path_factory.mktemp("spark")
    begin = time.perf_counter()
    builder = (
        sql.SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.executor.memory", "1g")
        .config("spark.ui.enabled", "false")
        .config("spark.local.dir", str(folder))
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.sql.adaptive.coalescePartitions.enabled", "false")
        .config("spark.executorEnv.PYTHONPATH", os.environ.get("PYTHONPATH", ""))
    )
    session = builder.getOrCreate()
    note("session", begin)
    yield session
    session.stop()


class Record(NamedTuple):
    """A record of votes as a file, and as Parquet."""

    file: str
    folder: str
    rows: int
    votes: int


@pytest.fixture(scope="module")
def record(tmp_path_factory) -> Record:
    """The record of the Assembly; without `PLENARY_SHARED` a simulated one."""
    folder = tmp_path_factory.mktemp("votes")
    file = Path(os.environ.get("PLENARY_SHARED", ""), "data/undl/ga_votes_1946_2019.csv.zst")
    if not file.exists():
        print("no PLENARY_SHARED: the votes are simulated")
        file = folder / "simulated.csv.zst"
        with pa.CompressedOutputStream(pa.OSFile(str(file), "wb"), "zstd") as out:
            out.write(simulated().encode())
    table = csv.read_csv(file, convert_options=csv.ConvertOptions(column_types=dict.fromkeys(headings(file), pa.string())))
    # One file: Spark reads several in the order of their sizes, and findings of the whole name the vote that is read first.
    parquet.write_table(table, folder / "votes.parquet", compression="zstd", row_group_size=50_000)
    return Record(str(file), str(folder / "votes.parquet"), table.num_rows, len(pc.unique(table.column("undl_id"))))


def simulated(votes: int = 1200) -> str:
    """Votes of the members of 1990 in six sessions, in the Library's form: one member keeps away in one session, and some totals are wrong."""
    chance = random.Random(1)
    members = pa.table(plenary_un.members(body="unga", on="1990-01-01"))
    names = {code: name.upper() for code, name in zip(*(members.column(at).to_pylist() for at in ("participant", "name")), strict=True)}
    places = {code: chance.gauss(0, 1) for code in names}
    text = ["undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title,total_yes,total_no,total_abstentions,total_non_voting,total_ms"]
    for number in range(votes):
        session, nth = 40 + number * 6 // votes, number % (votes // 6) + 1
        line = chance.uniform(-1, 1)
        cast = {code: "Y" if place > line + chance.gauss(0, 0.3) else chance.choice("NNA") for code, place in places.items()}
        if session == 42:
            cast["CHL"] = "X"
        totals = [list(cast.values()).count(letter) for letter in "YNAX"]
        totals[1] += number % 50 == 0
        day = f"{1945 + session}-12-{1 + nth % 15:02}"
        facts = f"{day},{session},A/RES/{session}/{nth},A/{session}/PV.{90 + nth % 15},Question {number}"
        counts = ",".join(map(str, [*totals, len(cast)]))
        text += [f'{number},{code},"{names[code]}",{letter},{facts},{counts}' for code, letter in cast.items()]
    return "\n".join(text) + "\n"


def headings(file: Path) -> list[str]:
    with pa.CompressedInputStream(pa.OSFile(str(file)), "zstd") as stream:
        return stream.read(1 << 12).split(b"\n", 1)[0].decode().strip().split(",")


def counted(table: "pa.Table", columns: list[str]) -> Counter:
    """How often each row is there."""
    return Counter(zip(*(table.column(name).to_pylist() for name in columns), strict=True))


def one_process(file: str, checks: tuple[str, ...]) -> Counter:
    report = plenary_un.check(file)
    found = pa.table(report.findings)
    found = found.filter(pc.is_in(found.column("check").cast(pa.string()), pa.array(checks)))
    return counted(found.select(FINDING), FINDING)


class Killer(threading.Thread):
    """Kills one executor of the session while it runs tasks."""

    def __init__(self, session):
        super().__init__(daemon=True)
        self.session = session
        self.killed = None
        self.failed_tasks = 0
        self.done = threading.Event()

    def executors(self) -> list[int]:
        application = self.session.sparkContext.applicationId.encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if application in words and any(word.endswith(b"CoarseGrainedExecutorBackend") for word in words):
                found.append(int(folder.name))
        return found

    def run(self):
        tracker = self.session.sparkContext.statusTracker()
        while not self.done.wait(0.02):
            for job in tracker.getActiveJobsIds():
                for stage in tracker.getJobInfo(job).stageIds:
                    info = tracker.getStageInfo(stage)
                    if info is None:
                        continue
                    self.failed_tasks = max(self.failed_tasks, info.numFailedTasks)
                    # Some votes have been judged, and others are being judged: the results of both are at stake.
                    if self.killed is None and info.numTasks == 8 and info.numActiveTasks and info.numCompletedTasks >= 2:
                        self.killed = self.executors()[0]
                        os.kill(self.killed, signal.SIGKILL)

    def __enter__(self):
        self.before = self.executors()
        self.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.join()


@on_spark
def test_names_are_resolved_like_in_one_process(session, record):
    votes = session.read.parquet(record.folder)
    begin = time.perf_counter()
    found = spark.resolve(votes.select("ms_name", "date"), "ms_name", on="date", into="state").select("ms_name", "date", "state").toArrow()
    note("resolve", begin, rows=found.num_rows)
    assert found.num_rows == record.rows
    names, days = found.column("ms_name").combine_chunks(), found.column("date").combine_chunks()
    expected = pa.chunked_array(plenary_un.resolve(names, on=days, to="iso3")).to_pylist()
    assert found.column("state").to_pylist() == expected
    assert found.column("state").null_count == expected.count(None) < record.rows / 50


@on_spark
@pytest.mark.parametrize("killed", [False, True], ids=["undisturbed", "an executor is killed"])
def test_the_record_is_checked_like_in_one_process(session, record, killed):
    file, folder = record.file, record.folder
    votes = session.read.parquet(folder)
    begin = time.perf_counter()
    if killed:
        with Killer(session) as killer:
            found = spark.check(votes, together="resolution", rows=20_000)
            findings = found.findings.toArrow()
        assert len(killer.before) == 2 and killer.killed in killer.before
        assert killer.failed_tasks > 0
        assert killer.killed not in killer.executors()
    else:
        found = spark.check(votes, together="resolution")
        findings = found.findings.toArrow()
    note(f"check, killed: {killed}", begin, rows=found.rows, findings=findings.num_rows)
    assert (found.rows, found.used, found.rejected) == (record.rows, record.rows, 0)
    assert (found.records, found.ballots) == (record.votes, record.rows)
    assert {*found.checks} == {*spark.single_checks(), *spark.whole_checks()}
    assert counted(findings, FINDING) == one_process(file, found.checks)
    single = findings.filter(pc.is_in(findings.column("check"), pa.array(spark.single_checks())))
    assert 0 < single.num_rows < findings.num_rows
    found.close()


@on_spark
def test_choices_add_up_to_those_of_one_process(session, record):
    file, folder = record.file, record.folder
    votes = session.read.parquet(folder)
    for options in ({"by": ["year"]}, {"per": "all", "by": ["decade", "session"]}, {"per": "group", "by": []}):
        begin = time.perf_counter()
        found = spark.tally(votes, together="resolution", rows=20_000, **options).toArrow()
        note(f"tally {options}", begin, rows=found.num_rows)
        expected = pa.table(plenary_un.tally(file, **options))
        assert found.column_names == expected.column_names
        assert counted(found, found.column_names) == counted(expected, found.column_names)


@on_spark
def test_joint_counts_add_up_to_those_of_one_process(session, record):
    file, folder = record.file, record.folder
    votes = session.read.parquet(folder)
    for by in ("year", "all"):
        begin = time.perf_counter()
        found = spark.agree(votes, together="resolution", by=by, measures=["kappa", "pi-squared"], rows=20_000).toArrow()
        note(f"agree by {by}", begin, rows=found.num_rows)
        expected = pa.table(plenary_un.agree(file, by=by, measures=["kappa", "pi-squared"], counts=True))
        assert found.column_names == expected.column_names
        assert counted(found, found.column_names) == counted(expected, found.column_names)


@on_spark
def test_a_dataset_is_judged_by_its_documents(session, record, tmp_path):
    file = record.file
    dataset = tmp_path / "un"
    plenary_un.convert(file, output=dataset)
    records = spark.read(session, str(dataset))
    begin = time.perf_counter()
    found = spark.check(records)
    findings = found.findings.toArrow()
    note("check of a dataset", begin, rows=found.rows, findings=findings.num_rows)
    assert (found.rows, found.used, found.rejected, found.ballots) == (record.votes, record.votes, 0, record.rows)
    assert counted(findings, FINDING) == one_process(str(dataset), found.checks)
    choices = spark.tally(records, by="session").toArrow()
    expected = pa.table(plenary_un.tally(str(dataset), by=["session"]))
    assert counted(choices, choices.column_names) == counted(expected, choices.column_names)


@on_spark
def test_the_second_stage_reads_all_votes_in_their_order(session, record, tmp_path):
    file, folder = record.file, record.folder
    begin = time.perf_counter()
    gathered = spark.gather(session.read.parquet(folder), tmp_path / "votes.csv.zst")
    note("gather", begin, bytes=os.stat(gathered).st_size)
    assert not plenary_un.ask("compare", [file, gathered]).has_findings
    columns = ["state", "session", "ideal", "lower", "upper"]
    options = {"session": "44"}
    one = pa.table(plenary_un.ideal(file, **options))
    assert counted(pa.table(plenary_un.ideal(gathered, **options)), columns) == counted(one, columns)


TABLE = '''undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title
1,NOR,NORWAY,Y,1952-12-21,7,A/RES/620(VII)[A],A/PV.410,Admission of new Members
1,FRA,FRANCE,Q,1952-12-21,7,A/RES/620(VII)[A],A/PV.410,Admission of new Members
2,NOR,NORWAY,N,1952-12-21,7,A/RES/621(VII),A/PV.410,"Relations, ""special"""
2,FRA,FRANCE,y,1952-12-21,7,A/RES/621(VII),A/PV.410,"Relations, ""special"""
'''


@on_spark
def test_rows_that_cannot_be_used_are_counted_and_told(session, tmp_path):
    file = tmp_path / "votes.csv"
    file.write_text(TABLE)
    table = csv.read_csv(io.BytesIO(TABLE.encode()))
    votes = session.createDataFrame(table)
    for lenient in (False, True):
        found = spark.check(votes, together="undl_id", rows=1, lenient=lenient)
        findings = found.findings.toArrow()
        assert (found.rows, found.used, found.rejected, found.records) == (4, 3, 1, 2)
        report = plenary_un.check(str(file), lenient=lenient)
        assert counted(findings, FINDING) == counted(pa.table(report.findings), FINDING)
        rejected = findings.filter(pc.equal(findings.column("check"), "rejected-row"))
        assert rejected.column("found").to_pylist() == ["Q"]
        found.close()
    apart = spark.check(votes, together="undl_id", whole=False)
    assert apart.rejected == 1 and {*apart.checks} == {*spark.single_checks()}


@on_spark
def test_what_the_whole_explains_is_not_said_of_each_vote(session, tmp_path):
    rows = ["undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,title"]
    for vote in range(4):
        facts = f"2018-12-{17 + vote},73,A/RES/73/{194 + vote},A/73/PV.{60 + vote},Title {vote}"
        rows += [f"{vote},{code},{name},Y,{facts}" for code, name in (("FRA", "FRANCE"), ("PER", "PERU"), ("NOR", "NORWAY"))]
    file = tmp_path / "votes.csv"
    file.write_text("\n".join(rows) + "\n")
    votes = session.createDataFrame(csv.read_csv(file))
    found = spark.check(votes, together="undl_id")
    assert "missing-member" in found.explained
    expected = counted(pa.table(plenary_un.check(str(file)).findings), FINDING)
    assert counted(found.findings.toArrow(), FINDING) == expected
    assert any(check == "filtered-members" for check, *_ in expected)
    apart = spark.check(votes, together="undl_id", whole=False).findings.toArrow()
    assert "missing-member" in apart.column("check").to_pylist()


@on_spark
def test_what_cannot_be_divided_is_refused(session, tmp_path):
    votes = session.createDataFrame(csv.read_csv(io.BytesIO(TABLE.encode())))
    with pytest.raises(ValueError, match="`together`"):
        spark.check(votes)
    with pytest.raises(ValueError, match="unknown column `rcid`"):
        spark.tally(votes, together="rcid")
    with pytest.raises(ValueError, match="`sort` is no option"):
        spark.tally(votes, together="undl_id", sort="yes")
    with pytest.raises(plenary_un.PlenaryError, match="absences"):
        spark.agree(votes, together="undl_id", measures=["points"])
    with pytest.raises(ValueError, match="unknown check"):
        spark.check(votes, together="undl_id", select=["tally-mismatches"])
    # Lists that leave out who did not vote.
    (tmp_path / "unvotes").mkdir()
    document = {"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2018-12-19", "body": "unga", "partial": True,
                "ballots": {"yes": ["FRA"], "no": ["USA"]}}]}
    file = tmp_path / "unvotes" / "one.jsonl"
    file.write_text(json.dumps(document) + "\n")
    (tmp_path / "unvotes" / "datapackage.json").write_text(json.dumps({"resources": [{"path": "one.jsonl"}]}))
    records = spark.read(session, str(tmp_path / "unvotes"))
    with pytest.raises(Exception, match="do not name everybody"):
        spark.tally(records).toArrow()
    (tmp_path / "unvotes" / "datapackage.json").write_text(
        json.dumps({"resources": [{"path": "one.jsonl"}, {"path": "reference/club.toml"}]})
    )
    with pytest.raises(ValueError, match="carries reference data"):
        spark.read(session, str(tmp_path / "unvotes"))

"""Commands as functions: options, answers, errors, and what happens meanwhile."""

import datetime
import inspect
import json
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import plenary_un as plenary
import polars as pl
import pytest


def test_an_error_has_fields():
    with pytest.raises(plenary.PlenaryError) as refused:
        plenary.tally("no-such-file.csv")
    error = refused.value
    assert error.file == "no-such-file.csv" and error.line is None and "no-such-file.csv" in error.message
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is plenary.PlenaryError and (again.message, again.file) == (error.message, error.file)


def test_an_error_says_where(folder):
    Path("broken.csv").write_text("".join(Path("votes.csv").read_text().splitlines(keepends=True)[:2]).replace(",N,", ",Q,").replace(",Y,", ",Q,"))
    with pytest.raises(plenary.PlenaryError) as refused:
        plenary.tally("broken.csv")
    assert refused.value.line == 2 and refused.value.file == "broken.csv"
    assert "lenient=True" in str(refused.value) and "--lenient" not in str(refused.value)


def test_a_data_frame_is_called_by_a_name(folder):
    frame = pl.DataFrame({"symbol": ["A/RES/55/1"], "date": ["2000-01-01"], "state": ["USA"], "vote": ["maybe"]})
    with pytest.raises(plenary.PlenaryError) as refused:
        plenary.tally(frame)
    assert refused.value.file == "data-frame.parquet#rows" and "/" not in refused.value.message.replace("A/RES/55/1", "")
    report = plenary.check(pl.read_csv("votes.csv"))
    assert report["inputs"][0]["path"] == "data-frame.parquet#rows"


def test_wrong_options_are_refused(folder):
    with pytest.raises(TypeError, match="unexpected keyword"):
        plenary.tally("votes.csv", colour="red")
    with pytest.raises(plenary.PlenaryError, match="has no option"):
        plenary.ask("tally", "votes.csv", colour="red")
    with pytest.raises(plenary.PlenaryError, match="year"):
        plenary.tally("votes.csv", by="week")
    with pytest.raises(plenary.PlenaryError, match="unknown command"):
        plenary.ask("telly")


def test_options_of_every_kind(folder):
    by_year = plenary.tally("votes.csv", by=["year"], states=("FRA", "USA"), from_=datetime.date(2001, 1, 1), least=1)
    rows = by_year.rows()
    assert {row["participant"] for row in rows} == {"FRA", "USA"} and min(row["year"] for row in rows) == 2001
    one = plenary.tally(Path("votes.csv"), by="year", states="FRA,USA", from_="2001", important=False)
    assert one.to_dict() == by_year.to_dict()
    states = pl.Series(["FRA", "USA"])
    assert plenary.tally("votes.csv", by="year", states=states, from_="2001").to_dict() == one.to_dict()
    vote = plenary.decide(rule="at least 2/3 of Trio", group={"Trio": ["FRA", "USA", "RUS"]}, body="unsc", on="2020-01-01", yes=9, no=6, abstain=0, no_by="RUS")
    assert "verdict" in vote


def test_defaults_are_those_of_the_command(folder):
    for name in ("tally", "agree", "ideal", "members"):
        given = inspect.signature(getattr(plenary, name)).parameters
        assert given["progress"].default is None
    explicit = plenary.agree("votes.csv", by="all", least=inspect.signature(plenary.agree).parameters["least"].default)
    assert explicit.to_dict() == plenary.agree("votes.csv", by="all").to_dict()


def test_a_report(folder):
    report = plenary.check()
    assert report.counts["error"] == 0 and not report.has_findings and len(report.findings) == len(report["findings"])
    report.raise_for_errors()
    vote = {"acts": [{"act": "decision", "body": "unga", "date": "2018-12-19", "announced": {"yes": 200}}]}
    Path("vote.json").write_text(json.dumps(vote))
    report = plenary.check("vote.json")
    assert report.has_findings and report.counts["error"] >= 1
    assert report.findings["severity"].to_list().count("error") == report.counts["error"]
    with pytest.raises(plenary.FindingsError) as found:
        report.raise_for_errors()
    assert found.value.report is report and report["findings"][0]["check"] in str(found.value)
    assert repr(report).startswith("Report: ") and "<table>" in report._repr_html_()


def test_a_document():
    vote = plenary.decide(rule="sc-substantive", yes=11, no=1, abstain=3, no_by="RUS")
    assert vote.verdict == vote["verdict"] == "rejected" and len(vote) == len(list(vote)) and dict(vote)["verdict"] == "rejected"
    assert json.loads(str(vote)) == dict(vote)
    assert "verdict" in dir(vote) and "rejected" in repr(vote) and vote._repr_html_().startswith("<pre>")
    with pytest.raises(AttributeError, match="the document has no `colour`"):
        vote.colour
    assert dict(pickle.loads(pickle.dumps(vote))) == dict(vote)


def test_a_table_with_a_document():
    power = plenary.power(rule="sc-substantive", on="2020-01-01")
    assert len(power) == 15 and power.document is not None and power.document["members"]
    assert plenary.resolve(["FRA"]).unmatched.document is None


def test_warnings_stand_beside_the_table(folder):
    answer = plenary.ask("members", body="unsc", on="1960-01-01")
    assert [message.text for message in answer.messages if message.kind == "warning"] == answer.tables[0].warnings


def test_a_dataset(folder):
    plenary.convert("votes.csv", output="un")
    un = plenary.read("un")
    assert {"ballots", "decisions"} <= set(un.tables) and set(un) == set(un.tables)
    assert len(un.ballots) == 720 and un["ballots"] is un.ballots
    assert un.metadata["resources"] and un.metadata.resources[0]["name"]
    assert plenary.tally(un).to_dict() == plenary.tally("votes.csv").to_dict()
    with pytest.raises(AttributeError):
        un.colours
    with pytest.raises(KeyError, match="the dataset has"):
        un["colours"]
    assert "ballots" in repr(un) and "ballots" in dir(un)
    path = next(Path("un").glob("**/ballots.parquet"))
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(plenary.PlenaryError, match="not as the dataset was written"):
        plenary.read("un").ballots


def test_what_is_no_dataset_is_refused(folder):
    with pytest.raises(plenary.PlenaryError, match="not a dataset") as refused:
        plenary.read(folder)
    assert refused.value.file == str(folder)
    plenary.convert("votes.csv", output="csv", as_="csv")
    with pytest.raises(plenary.PlenaryError, match="not Parquet"):
        plenary.read("csv")


def test_progress_is_told(folder):
    """As a bar of tqdm where it is asked for, and not where nobody watches."""
    code = "import plenary_un, time; plenary_un.ideal('votes.csv', method='gibbs', draws=40, progress={})"
    errors = {}
    for progress in (True, False, None):
        done = subprocess.run([sys.executable, "-c", code.format(progress)], capture_output=True, text=True, check=True)
        errors[progress] = done.stderr
    assert "votes.csv" in errors[True]
    assert errors[False] == errors[None] == ""


def test_other_threads_go_on(folder):
    """The interpreter is free while plenary works."""
    ticks = []
    done = threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.005)

    ticking = threading.Thread(target=tick)
    ticking.start()
    plenary.ideal("votes.csv", method="gibbs", draws=40)
    done.set()
    ticking.join()
    assert len(ticks) > 5


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_long_question_can_be_interrupted(folder):
    code = """
        import os, signal, sys, threading, time
        import plenary_un
        threading.Timer(1.0, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        begun = time.monotonic()
        try:
            plenary_un.ideal("votes.csv", method="gibbs", draws=50_000_000)
        except KeyboardInterrupt:
            print(time.monotonic() - begun)
            sys.stdout.flush()
            os._exit(7)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 7, done.stderr
    assert 0.9 < float(done.stdout) < 10


def _forked(pipe) -> None:
    try:
        plenary.members(body="unsc")
        pipe.send("an answer")
    except plenary.PlenaryError as error:
        pipe.send(error.help)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_process_that_is_forked_late_is_told_so():
    plenary.members(body="unsc")
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_forked, args=(there,))
    process.start()
    assert here.poll(60) and "spawn" in here.recv()
    process.join()


def test_the_command(folder):
    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([sys.executable, "-m", "plenary_un", *arguments], capture_output=True, text=True)

    script = Path(sys.executable).parent / "plenary"
    version = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert version.stdout.strip() == f"plenary {plenary.__version__}"
    assert run("check").returncode == 0
    refused = run("tally", "no-such-file.csv")
    assert refused.returncode == 2 and "no-such-file.csv" in refused.stderr and refused.stdout == ""
    table = run("tally", "votes.csv", "--format", "csv")
    assert table.returncode == 0 and table.stdout.splitlines()[0].split(",") == plenary.tally("votes.csv").columns
    vote = {"acts": [{"act": "decision", "body": "unga", "date": "2018-12-19", "announced": {"yes": 200}}]}
    Path("vote.json").write_text(json.dumps(vote))
    assert run("check", "vote.json").returncode == 1


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_the_command_ends_on_a_signal(folder):
    script = Path(sys.executable).parent / "plenary"
    arguments = [script, "ideal", "votes.csv", "--method", "gibbs", "--draws", "50000000"]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    time.sleep(2)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGINT and "Traceback" not in errors

"""Columns of names and codes."""

import csv
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import plenary_un as plenary
import polars as pl
import pyarrow as pa
import pytest

NAMES = ["Viet Nam", "Burma", "Upper Volta", "Germany", None, "Atlantis", "  USSR "]
CODES = ["VNM", "MMR", "BFA", None, None, None, "SUN"]


@pytest.mark.parametrize(
    "column",
    [
        NAMES,
        tuple(NAMES),
        pl.Series("state", NAMES),
        pl.Series("state", NAMES).cast(pl.Categorical),
        pd.Series(NAMES),
        pd.Series(NAMES, dtype="category"),
        np.array(NAMES, dtype=object),
        pa.array(NAMES),
        pa.array(NAMES, pa.large_string()),
        pa.array(NAMES, pa.string_view()),
        pa.array(NAMES).dictionary_encode(),
        pa.chunked_array([NAMES[:3], NAMES[3:]]),
        pa.array(["Peru", *NAMES]).slice(1),
        pa.table({"state": NAMES}),
    ],
    ids=lambda column: f"{type(column).__module__}.{type(column).__name__}",
)
def test_any_column_goes_in(column):
    assert plenary.resolve(column, on="1980-01-01").to_list() == CODES


def test_the_answer_goes_out():
    found = plenary.resolve(NAMES, on="1980-01-01")
    assert pl.Series(found).to_list() == CODES
    assert pa.array(found).to_pylist() == CODES
    assert pa.chunked_array(found).to_pylist() == CODES
    assert pd.Series.from_arrow(found).isna().tolist() == [code is None for code in CODES]
    assert list(found) == CODES and found[0] == "VNM" and found[-1] == "SUN" and len(found) == 7
    with pytest.raises(IndexError):
        found[7]
    assert pl.Series(plenary.resolve(pl.Series("state", NAMES))).name == "state"


def test_it_is_counted_how_names_matched():
    found = plenary.resolve([*NAMES, "Atlantis"], on="1980-01-01")
    assert sum(found.counts.values()) == 8
    assert found.counts["unknown"] == 2 and found.counts["missing"] == 1 and found.counts["ambiguous"] == 1
    assert found.unmatched.rows()[0] == {"key": "Atlantis", "match": "unknown", "rows": 2}
    assert "unknown 2" in repr(found)


DAYS = [date(1980, 1, 1), date(2000, 1, 1), None]


@pytest.mark.parametrize(
    "on",
    [
        DAYS,
        [datetime(1980, 1, 1, 12), datetime(2000, 1, 1), None],
        ["1980-01-01", "2000", ""],
        [1980, 2000, None],
        [1980.0, 2000.0, float("nan")],
        pl.Series(DAYS),
        pl.Series([1980, 2000, None]),
        pd.Series(pd.to_datetime(["1980-01-01", "2000-01-01", None])),
        pd.Series([1980, 2000, np.nan]),
        pa.array(DAYS, pa.date64()),
        pa.array(["1980-01-01", "2000-06", None]).dictionary_encode(),
        np.array(["1980-01-01", "2000-01-01", "NaT"], dtype="datetime64[ns]"),
    ],
    ids=str,
)
def test_any_dates_go_in(on):
    found = plenary.resolve(["365"] * 3, on=on, from_="cow")
    assert found.to_list() == ["SUN", "RUS", None]
    assert found.counts == {"exact": 2, "no-date": 1}


def test_what_changes_within_a_year_is_not_certain():
    assert plenary.resolve(["Russia"], on=1991).counts == {"changes-within": 1}
    assert plenary.resolve(["Russia"], on=1991, year_as="first-day").to_list() == ["SUN"]
    assert plenary.resolve(["Russia"], on=1991, year_as="last-day").to_list() == ["RUS"]
    assert plenary.resolve(["Russia"] * 2, on=[1991, date(1991, 1, 1)]).to_list() == [None, "SUN"]


def test_codes_that_are_numbers():
    for column in ([2, 220, None], pl.Series([2, 220, None]), pd.Series([2, 220, np.nan])):
        assert plenary.resolve(column, from_="cow", on=2000).to_list() == ["USA", "FRA", None]
    with pytest.raises(TypeError, match="not whole"):
        plenary.resolve(pl.Series([2.5]), from_="cow")


def test_a_state_without_such_a_code_is_counted():
    found = plenary.resolve(["European Union", "France"], to="cow", on="2010-01-01")
    assert found.to_list() == [None, "220"]
    assert found.unmatched.rows() == [{"key": "European Union", "match": "no-code", "rows": 1}]


def test_names_of_the_day():
    names = plenary.resolve(["BFA", "BFA"], on=["1980-01-01", "1990-01-01"], to="name").to_list()
    assert names == ["Upper Volta", "Burkina Faso"]


def test_nothing_at_all():
    for column in ([], pl.Series("state", [], pl.String), pa.chunked_array([], pa.string())):
        found = plenary.resolve(column)
        assert found.to_list() == [] and found.counts == {} and pl.Series(found).len() == 0
    assert plenary.resolve(pa.nulls(2)).to_list() == [None, None]


def test_what_cannot_be_used_is_said():
    with pytest.raises(plenary.PlenaryError) as refused:
        plenary.resolve(["France"], to="iso4")
    assert "`iso4` is none of" in refused.value.message and refused.value.field == "to"
    with pytest.raises(plenary.PlenaryError, match="`on` has 2 dates for 1 key"):
        plenary.resolve(["France"], on=[1990, 1991])
    with pytest.raises(plenary.PlenaryError, match="is no date"):
        plenary.resolve(["France"], on="yesterday")
    with pytest.raises(TypeError, match="put one text into a list"):
        plenary.resolve("France")
    with pytest.raises(TypeError, match="choose one"):
        plenary.resolve(pl.DataFrame({"a": ["France"], "b": ["Peru"]}))
    with pytest.raises(TypeError, match="found"):
        plenary.resolve([object()])
    assert plenary.resolve(["France"], on=["soon"]).counts == {"unreadable-date": 1}


def test_each_row_is_as_the_command_reads_it(tmp_path: Path):
    """Names of every state and strange ones, on days and years of two centuries."""
    members = plenary.members(on="2020-01-01")["name"].to_list()
    names = [*members, "Russia", "USSR", "Germany", "Korea", "Yemen", "czechoslovakia", "Atlantis", "FRA", ""]
    dates = ["1901", "1945-10-24", "1949-01", "1971", "1990-10-03", "1991", "1991-12-25", "1993", "2006-06-05", "2020"]
    rows = [(name, on) for name in names for on in dates]
    path = tmp_path / "names.csv"
    with path.open("w", newline="") as out:
        csv.writer(out).writerows([("who", "when"), *rows])
    for to in ("iso3", "cow", "name"):
        table = plenary.resolve_table(csv=path, column="who", date_column="when", to=to, prefix="to_")
        found = plenary.resolve([name for name, _ in rows], on=[on for _, on in rows], to=to)
        assert found.to_list() == table[f"to_{to}"].to_list(), to
        assert {word for word in found.counts} - {"no-code"} <= set(table["to_match"].to_list())


def test_nothing_else_is_imported():
    """What is not needed is not loaded: the package starts in a moment."""
    code = "import sys, plenary_un; print([m for m in ('pandas', 'polars', 'pyarrow', 'numpy', 'tqdm', 'duckdb') if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"

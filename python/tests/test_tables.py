"""Tables, in and out."""

import datetime

import duckdb
import numpy as np
import pandas as pd
import plenary_un as plenary
import polars as pl
import pyarrow as pa
import pytest


@pytest.fixture
def votes(folder):
    return plenary.votes("votes.csv")


def test_every_library_takes_a_table(votes):
    rows = votes.rows()
    assert len(votes) == len(rows) > 1
    arrow = pa.table(votes)
    assert arrow.to_pylist() == rows
    assert pl.DataFrame(votes).rows(named=True) == rows
    frame = pd.DataFrame.from_arrow(votes)
    assert frame.shape == (len(rows), len(votes.columns)) and list(frame.columns) == votes.columns
    counted = duckdb.sql("select count(*), min(date) from votes").fetchall()[0]
    assert counted == (len(rows), min(row["date"] for row in rows))
    assert votes.to_dict() == {name: [row[name] for row in rows] for name in votes.columns}
    assert list(votes) == rows
    assert [votes[name].to_list() for name in votes.columns] == list(votes.to_dict().values())


def test_values_have_their_types(votes):
    schema = pa.schema(votes)
    assert schema.field("date").type == pa.date32()
    assert schema.field("record").type in (pa.int32(), pa.int64())
    assert schema.field("symbol").type == pa.string()
    assert isinstance(votes["date"][0], datetime.date)
    shares = plenary.tally("voeten-from-r.csv")
    assert pa.types.is_floating(pa.schema(shares).field("yes_share").type)
    assert schema.metadata and votes.metadata.items() <= {k.decode(): v.decode() for k, v in schema.metadata.items()}.items()


def test_a_consumer_may_ask_for_other_types(votes):
    wanted = pa.schema([pa.field(f.name, pa.large_string() if f.type == pa.string() else f.type) for f in pa.schema(votes)])
    reader = pa.RecordBatchReader.from_stream(votes, schema=wanted)
    assert reader.schema.field("symbol").type == pa.large_string()
    assert reader.read_all().num_rows == len(votes)


def test_a_column_that_is_not_there(votes):
    with pytest.raises(KeyError, match="the table has record"):
        votes["colour"]


def test_a_table_shows_itself(votes):
    shown = repr(votes)
    assert shown.startswith("Table: ") and votes.columns[0] in shown
    html = votes._repr_html_()
    assert html.count("<tr>") == min(len(votes), 11) + 1 or html.count("<tr>") == 11
    strange = pl.DataFrame({"name": ["<script>alert(1)</script>", "Burma"]})
    table = plenary.resolve_table(csv=strange, column="name")
    assert "<script>" not in table._repr_html_() and "&lt;script&gt;" in table._repr_html_()


@pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame, pa.table, lambda data: duckdb.from_arrow(pa.table(data))], ids=str)
def test_data_frames_are_inputs(folder, make):
    rows = pl.read_csv("votes.csv").to_dict(as_series=False)
    assert plenary.tally(make(rows), by="year").to_dict() == plenary.tally("votes.csv", by="year").to_dict()


def test_several_inputs_at_once(folder):
    history = pl.read_csv("votes.csv")
    half = history.height // 2 // 12 * 12
    both = plenary.tally([history[:half], history[half:]], by="year")
    assert both.to_dict() == plenary.tally(["votes.csv"], by="year").to_dict()


def test_each_kind_of_column_goes_in():
    table = {
        "name": ["Burma", "Peru"],
        "day": [datetime.date(1980, 1, 1), None],
        "time": [datetime.datetime(1980, 1, 1, 12, 30), None],
        "midnight": [datetime.datetime(1980, 1, 1), None],
        "whole": pa.array([1, None], pa.int8()),
        "large": [2**40, None],
        "floats": [1.5, None],
        "whole_floats": [1.0, np.nan],
        "flag": [True, None],
        "coded": pa.array(["a", None]).dictionary_encode(),
        "none": pa.nulls(2),
    }
    frame = pa.table(table)
    found = plenary.resolve_table(csv=frame, column="name", on="1980-01-01")
    first, second = found.rows()
    assert first["iso3"] == "MMR" and first["name"] == "Burma"
    assert str(first["day"]).startswith("1980-01-01") and first["coded"] == "a"
    assert str(first["large"]) == str(2**40) and str(first["floats"]) == "1.5" and str(first["whole_floats"]) == "1"
    assert second["iso3"] == "PER" and second["floats"] is None and second["day"] is None


def test_a_column_of_another_kind_is_refused():
    frame = pa.table({"state": ["FRA"], "votes": [["yes"]]})
    with pytest.raises(plenary.PlenaryError) as refused:
        plenary.tally(frame)
    assert refused.value.field == "votes" and "leave the column out" in refused.value.help


def test_what_is_no_table_is_refused():
    with pytest.raises(TypeError, match="a path or a data frame is needed, found builtins.int"):
        plenary.tally([1])

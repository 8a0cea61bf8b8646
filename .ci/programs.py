"""Opens a dataset in other programs, with their default settings, and asks each the same five questions.

    python programs.py PROGRAM PATH

PROGRAM is duckdb, polars, pandas, pyarrow or sqlite; PATH is a folder of Parquet or CSV files, or a SQLite database. The answers are
printed as one JSON object; what they should be is what `plenary tally` says (`programs`, beside this file).
"""

import json
import sys
from pathlib import Path

CHOICES = ["yes", "no", "abstain", "non-voting"]


def answers(ballots, decisions):
    """The answers, from rows: (record, act, participant, choice), and (record, act, session, year)."""
    of_vote = {(record, act): (session, year) for record, act, session, year in decisions}
    totals = dict.fromkeys(CHOICES, 0)
    one, shares, abstained, held = dict.fromkeys(CHOICES, 0), {}, {}, {}
    for record, act, participant, choice in ballots:
        session, year = of_vote[(record, act)]
        totals[choice] = totals.get(choice, 0) + 1
        held.setdefault(session, set()).add((record, act))
        if participant == WHO:
            if session == SESSION:
                one[choice] = one.get(choice, 0) + 1
            if choice in ("yes", "no", "abstain"):
                yes, cast = shares.get(year, (0, 0))
                shares[year] = (yes + (choice == "yes"), cast + 1)
        if choice == "abstain":
            abstained[participant] = abstained.get(participant, 0) + 1
    most = max(abstained.values(), default=0)
    return {
        "ballots by choice": totals,
        f"{WHO} in session {SESSION}": one,
        f"votes in favour of those cast by {WHO}, by year": {
            str(year): f"{yes} of {cast}" for year, (yes, cast) in sorted(shares.items())
        },
        "who abstained most": sorted(
            [who, count] for who, count in abstained.items() if count == most
        ),
        "votes by session": {
            session: len(votes) for session, votes in sorted(held.items())
        },
    }


BALLOTS = ["record", "act", "participant", "choice"]
DECISIONS = ["record", "act", "session", "year"]


def duckdb(path, form):
    import duckdb

    def rows(name, columns):
        table = f"'{path / name}.{form}'"
        return duckdb.sql(f"select {', '.join(columns)} from {table}").fetchall()

    return rows


def polars(path, form):
    import polars

    read = polars.read_parquet if form == "parquet" else polars.read_csv

    return lambda name, columns: read(path / f"{name}.{form}").select(columns).rows()


def pandas(path, form):
    import pandas

    read = pandas.read_parquet if form == "parquet" else pandas.read_csv

    def rows(name, columns):
        return read(path / f"{name}.{form}")[columns].itertuples(index=False, name=None)

    return rows


def pyarrow(path, form):
    if form == "parquet":
        from pyarrow.parquet import read_table as read
    else:
        from pyarrow.csv import read_csv as read

    def rows(name, columns):
        table = read(str(path / f"{name}.{form}")).select(columns)
        return zip(*(column.to_pylist() for column in table.columns))

    return rows


def sqlite(path, _):
    import sqlite3

    database = sqlite3.connect(path)
    return lambda name, columns: database.execute(f"select {', '.join(columns)} from {name}")


program, where, WHO, SESSION = sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4]
form = "parquet" if (where / "ballots.parquet").is_file() else "csv"
rows = globals()[program](where, form)
with_session = [
    (record, act, str(session), int(year)) for record, act, session, year in rows("decisions", DECISIONS)
]
print(json.dumps(answers(rows("ballots", BALLOTS), with_session), sort_keys=True))

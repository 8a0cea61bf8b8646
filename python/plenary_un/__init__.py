"""International agreements as data: who agreed, how each state voted, and whether the record adds up.

Every table is a stream of Arrow: ``polars.DataFrame(table)``, ``pandas.DataFrame.from_arrow(table)``, ``pyarrow.table(table)`` and DuckDB take it
without copying, and their tables and columns go in the same way. Functions have the names, options and defaults of the command ``plenary``,
which this package installs too.

>>> import plenary_un as plenary
>>> plenary.resolve(["Viet Nam", "Burma"], on="1980-01-01").to_list()
['VNM', 'MMR']
"""

from plenary_un._answers import Dataset, Document, Report, read
from plenary_un._ask import Answer, Message, ask
from plenary_un._commands import (
    acts,
    agree,
    bodies,
    check,
    cite,
    claims,
    cohesion,
    compare,
    convert,
    decide,
    explain,
    ideal,
    members,
    parties,
    power,
    resolve_table,
    rules,
    show,
    sponsors,
    tally,
    treaty,
    votes,
)
from plenary_un._errors import FindingsError, PlenaryError
from plenary_un._plenary import Column, Table, __version__
from plenary_un._resolve import resolve

__all__ = [
    "Answer",
    "Column",
    "Dataset",
    "Document",
    "FindingsError",
    "Message",
    "PlenaryError",
    "Report",
    "Table",
    "__version__",
    "acts",
    "agree",
    "ask",
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
    "read",
    "resolve",
    "resolve_table",
    "rules",
    "show",
    "sponsors",
    "tally",
    "treaty",
    "votes",
]

"""Codes of states for columns of names and codes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from plenary_un import _plenary
from plenary_un._plenary import Column

__all__ = ["resolve"]


def resolve(
    column: Iterable[str | int | None] | object,
    on: date | str | int | Iterable[date | str | int | None] | object | None = None,
    to: str = "iso3",
    from_: str = "any",
    *,
    year_as: Literal["whole", "first-day", "last-day"] = "whole",
) -> Column:
    """Which states a column of names or codes means, each on its date.

    Parameters
    ----------
    column
        The names or codes: a column of polars, pandas, pyarrow or another library that speaks Arrow, or a list.
    on
        The date on which they are meant: one for all, or a column of dates, years or texts such as ``1980-01-01``. Without it a name must fit
        one state only, of any time.
    to
        What to answer with: ``iso3``, ``iso2``, ``cow`` and other systems of codes, or ``name``.
    from_
        What the column holds: ``any`` (a name, or else a code of three capitals), ``name``, or a system of codes.
    year_as
        Which day of a year or a month counts: with ``whole``, what changes within it is not certain.

    Returns
    -------
    Column
        The answers, null where a name is not certain. ``counts`` says how many rows matched how, ``unmatched`` which have no answer and why.

    Examples
    --------
    >>> from plenary_un import resolve
    >>> found = resolve(["Viet Nam", "Burma", "Upper Volta", "Germany", None, "Atlantis"], on="1980-01-01")
    >>> found.to_list()
    ['VNM', 'MMR', 'BFA', None, None, None]
    >>> found.unmatched.to_dict()
    {'key': ['Atlantis', 'Germany'], 'match': ['unknown', 'ambiguous'], 'rows': [1, 1]}
    >>> resolve([365, 365], on=[1980, 2000], from_="cow").to_list()
    ['SUN', 'RUS']
    """
    return _plenary.resolve_column(column, on, to, from_, year_as)

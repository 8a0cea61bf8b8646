"""Resolves names of states, with packages of PyPI beside it: python resolve.py [ROWS]

Needs the wheel as for a release, pyarrow, country_converter and countrycode. The others know no dates, and are asked about each distinct name once and about
every row; a package that is not installed is left out.
"""

import random
import sys
import time
from collections.abc import Callable

import plenary_un as plenary
import pyarrow as pa

NAMES = ["Viet Nam", "Burma", "Upper Volta", "USSR", "Bolivia (Plurinational State of)", "Côte d'Ivoire", "UNITED STATES", "Zaire", "Yugoslavia", "Federal Republic of Germany"]
NAMES += plenary.members(on="2018-12-19").to_dict()["name"]


def measured(what: str, call: Callable[[], list[str | None]]) -> None:
    """Prints the seconds of the fastest of three calls, and how many rows have a code."""
    seconds, found = [], []
    for _ in range(3):
        begun = time.perf_counter()
        found = call()
        seconds.append(time.perf_counter() - begun)
    print(f"{what:45} {min(seconds):8.3f} s   {sum(code is not None for code in found):,} of {len(found):,} rows")


def main() -> None:
    """Measures one after the other."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    chance = random.Random(1)
    names = [chance.choice(NAMES) for _ in range(rows)]
    years = [chance.randint(1950, 2018) for _ in range(rows)]
    column, dates = pa.array(names), pa.array([f"{year}-06-15" for year in years]).cast(pa.date32())

    measured("plenary_un, a date in each row", lambda: pa.array(plenary.resolve(column, on=dates)).to_pylist())
    measured("plenary_un, one date", lambda: pa.array(plenary.resolve(column, on="2018-06-15")).to_pylist())
    try:
        import logging

        import country_converter

        logging.getLogger("country_converter").setLevel(logging.CRITICAL)
        converter = country_converter.CountryConverter()
        few = sorted(set(names))
        measured("country_converter, distinct names", lambda: converter.convert(few, to="ISO3", not_found=None))
        some = names[: min(rows, 10_000)]
        measured(f"country_converter, {len(some):,} rows", lambda: converter.convert(some, to="ISO3", not_found=None))
    except ImportError:
        print("country_converter is not installed")
    try:
        import countrycode

        some = names[: min(rows, 10_000)]
        measured(
            f"countrycode, {len(some):,} rows",
            lambda: countrycode.countrycode(some, origin="country.name", destination="iso3c"),
        )
    except ImportError:
        print("countrycode is not installed")


main()

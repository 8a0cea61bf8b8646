"""Names a second of plenary-states beside what people use, on the same names, as ratios.

    cargo build --release -p plenary-states --example throughput
    pip install 'pandas<3' country_converter pycountry hdx-python-country
    python crates/plenary-states/benches/compare.py

The names are those of country_converter's own table, as printed there and in capitals: a list on
which that library should find everything. The runs alternate and the fastest of five counts, so that
other work on the machine changes little. A library that raises for an unknown name has found nothing.
"""

import json
import logging
import pathlib
import subprocess
import time

import country_converter
import pycountry
from hdx.location.country import Country

logging.disable(logging.CRITICAL)
ROOT = pathlib.Path(__file__).parents[3]
THROUGHPUT = ROOT / "target" / "release" / "examples" / "throughput"


def ours(names):
    run = subprocess.run([THROUGHPUT], input="\n".join(names), capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def with_country_converter(names, converter=country_converter.CountryConverter()):
    found = converter.pandas_convert(__import__("pandas").Series(names), src="regex", to="ISO3", not_found=None)
    return sum(isinstance(code, str) for code in found)


def with_pycountry(names):
    count = 0
    for name in names:
        try:
            count += bool(pycountry.countries.lookup(name))
        except LookupError:
            pass
    return count


def with_hdx(names):
    return sum(bool(Country.get_iso3_country_code(name)) for name in names)


def with_hdx_fuzzy(names):
    return sum(bool(Country.get_iso3_country_code_fuzzy(name)[0]) for name in names)


def rate(function, names):
    start = time.perf_counter()
    found = function(names)
    return len(names) / (time.perf_counter() - start), found


def main():
    table = country_converter.CountryConverter().data
    printed = list(dict.fromkeys([*table["name_short"], *table["name_official"]]))
    for label, names in [("as printed", printed), ("in capitals", [name.upper() for name in printed])]:
        others = {
            "country_converter": with_country_converter,
            "pycountry lookup": with_pycountry,
            "hdx exact": with_hdx,
            "hdx fuzzy": with_hdx_fuzzy,
        }
        best, found, plenary = dict.fromkeys(others, 0.0), {}, {"names": 0.0}
        for _ in range(5):
            run = ours(names)
            plenary = {**run, "names": max(run["names"], plenary["names"])}
            for name, function in others.items():
                speed, found[name] = rate(function, names)
                best[name] = max(best[name], speed)
        print(f"\n{len(names)} names {label}")
        print(f"  {'plenary-states':<20} {plenary['names']:>14,.0f}/s  found {plenary['found']}")
        for name, speed in best.items():
            print(f"  {name:<20} {speed:>14,.0f}/s  found {found[name]}  {plenary['names'] / speed:>10,.0f} times slower")


if __name__ == "__main__":
    main()

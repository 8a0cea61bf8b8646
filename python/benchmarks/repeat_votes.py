"""Repeats a record of votes so many times that every vote of the result is distinct.

    python repeat_votes.py ga_votes_1946_2019.csv.zst 10 ten.csv.zst

The file is a table of the UN Digital Library's form for the General Assembly, with the rows of one vote together. A copy of a vote has
another identifier, link and symbol: resolution 5 becomes resolutions 500, 501, ..., so that numbers still follow the dates and every
symbol keeps its form. Dates, sessions, titles and ballots stay: each session has so many times the votes, by the same members. A number
of copies is from 1 to 100. Needs `zstandard`, for a file that ends in `.zst` (a window of 8 MiB; about 45 GB of text for a hundred copies).
"""

import argparse
import csv
import io
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import BinaryIO

SYMBOL = re.compile(r"(A/RES/(?:.*/)?V?)(\d+)([^/]*(?:/[A-Z]+)?)")
"""The beginning of a symbol with its session, the number of the resolution, and the letter or session behind it."""


def votes(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    """The lines of each vote. No field of such a table holds a line break."""
    vote: list[bytes] = []
    for line in lines:
        if vote and line.split(b",", 1)[0] != vote[0].split(b",", 1)[0]:
            yield vote
            vote = []
        vote.append(line)
    if vote:
        yield vote


def copies(vote: list[bytes], headings: list[str], times: int) -> Iterator[bytes]:
    """The vote so many times, each with an identifier and a symbol of its own."""
    fields = next(csv.reader([vote[0].decode()]))
    row = dict(zip(headings, fields, strict=True))
    number, symbol = row["undl_id"], row["resolution"]
    parts = SYMBOL.fullmatch(symbol)
    if parts is None:
        sys.exit(f"the symbol `{symbol}` of vote {number} has no number to change")
    beginning, resolution, end = parts.groups()
    text = b"".join(vote)
    # The column before the symbol is the session: no title holds both between commas.
    place = f",{row['session']},{symbol},".encode()
    if text.count(place) != len(vote):
        sys.exit(f"the rows of vote {number} do not have the symbol `{symbol}` once each")
    for copy in range(times):
        new = f"{int(number) * 100 + copy}"
        renamed = f",{row['session']},{beginning}{int(resolution) * 100 + copy:0{len(resolution)}}{end},"
        changed = text.replace(place, renamed.encode())
        changed = changed.replace(f"/record/{number}\n".encode(), f"/record/{new}\n".encode())
        changed = changed.replace(f"\n{number},".encode(), f"\n{new},".encode())
        yield new.encode() + changed[len(number) :]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("source")
    arguments.add_argument("times", type=int, choices=range(1, 101), metavar="TIMES")
    arguments.add_argument("target")
    given = arguments.parse_args()
    with ExitStack() as stack:

        def opened(path: str, mode: str) -> BinaryIO:
            if not path.endswith(".zst"):
                return stack.enter_context(open(path, mode))
            import zstandard

            if mode == "rb":
                return stack.enter_context(zstandard.open(path, mode))
            settings = zstandard.ZstdCompressionParameters(compression_level=3, window_log=23)
            return stack.enter_context(zstandard.open(path, mode, cctx=zstandard.ZstdCompressor(compression_params=settings)))

        source = io.BufferedReader(opened(given.source, "rb"), 1 << 20)
        heading = next(source)
        headings = heading.decode().rstrip("\r\n").split(",")
        target = opened(given.target, "wb")
        target.write(heading)
        for vote in votes(source):
            for text in copies(vote, headings, given.times):
                target.write(text)


if __name__ == "__main__":
    main()

"""What commands of plenary take of one machine: wall time, processor time and peak memory, medians of several runs.

    python one_machine.py target/release/plenary FOLDER ga_votes_1946_2019.csv.zst ten.csv.zst hundred.csv.zst

Each command reads each file and writes its answer into the folder, which should have room for a dataset of the largest. A command that does not
end well is shown with its exit code. `--only check,tally` runs these alone, `--runs 1` each once. Unix.
"""

import argparse
import os
import resource
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import NamedTuple

COMMANDS = {
    "check": ["check", "{source}", "--format", "json"],
    "import": ["import", "{source}", "-o", "{folder}/dataset"],
    "tally": ["tally", "{source}", "--by", "year", "--output", "{folder}/tally.csv"],
    "agree": ["agree", "{source}", "--by", "year", "--output", "{folder}/agree.csv"],
    "votes": ["votes", "{source}", "--output", "{folder}/votes.parquet"],
    "ideal": ["ideal", "{source}", "--output", "{folder}/ideal.csv"],
}


class Run(NamedTuple):
    """What one run took."""

    wall: float
    processor: float
    megabytes: float
    code: int


def run(program: str, arguments: list[str], output: Path, memory: int | None) -> Run:
    """Runs a command with at most so much memory, in gigabytes."""
    begin = time.perf_counter()
    child = os.fork()
    if child == 0:
        if memory is not None:
            resource.setrlimit(resource.RLIMIT_AS, (memory << 30, memory << 30))
        out = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(os.open(output.with_suffix(".err"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        os.execv(program, [program, *arguments])
    _, status, used = os.wait4(child, 0)
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    code = os.waitstatus_to_exitcode(status)
    return Run(time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / scale, code)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program")
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("sources", nargs="+")
    arguments.add_argument("--only", default=",".join(COMMANDS))
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--memory", type=int, help="address space that a run may have, in gigabytes")
    given = arguments.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    print("| file | command | wall s | processor s | peak MiB | output MB | exit |\n|---|---|---|---|---|---|---|")
    for source in given.sources:
        for name in given.only.split(","):
            command = [part.format(source=source, folder=given.folder) for part in COMMANDS[name]]
            runs = []
            size = 0
            for _ in range(given.runs):
                for left in given.folder.iterdir():
                    shutil.rmtree(left) if left.is_dir() else left.unlink()
                runs.append(run(given.program, command, given.folder / "stdout", given.memory))
                size = sum(file.stat().st_size for file in given.folder.rglob("*") if file.is_file())
            wall, processor, memory = (statistics.median(run[at] for run in runs) for at in range(3))
            codes = "/".join(sorted({str(run.code) for run in runs}))
            row = f"| {Path(source).name} | {name} | {wall:.2f} | {processor:.2f} | {memory:.0f} | {size / 1e6:.1f} | {codes} |"
            print(row, flush=True)


if __name__ == "__main__":
    main()

"""Asks the tasks of tasks.json in several ways and compares the tables.

    tasks.py make SCRATCH               a made-up history of votes, a later edition of it, and a panel
    tasks.py command SCRATCH PLENARY    the answers of the command
    tasks.py python SCRATCH             those of the Python package
    tasks.py write-r SCRATCH            a script of R that writes those of the R package
    tasks.py compare SCRATCH WAY        fails where the tables of a way are not those of the command
"""

import csv
import json
import pathlib
import random
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
TASKS = json.loads((HERE / "tasks.json").read_text())

STATES = {
    "AUT": "Austria", "BRA": "Brazil", "CHN": "China", "CUB": "Cuba", "DNK": "Denmark", "EGY": "Egypt", "FRA": "France",
    "GBR": "United Kingdom", "IND": "India", "ITA": "Italy", "JPN": "Japan", "KEN": "Kenya", "MEX": "Mexico", "NLD": "Netherlands",
    "NZL": "New Zealand", "PER": "Peru", "POL": "Poland", "SEN": "Senegal", "TUR": "Turkey", "USA": "United States of America",
}


def votes(seed):
    """Votes of three sessions: each voter stands somewhere on a line, each text divides the line, and chance does the rest."""
    chance = random.Random(seed)
    stands = {code: chance.gauss(0, 1) for code in STATES}
    number = 900000
    for session in (70, 71, 72):
        for vote in range(1, 31):
            number += 1
            divide = chance.gauss(0, 1)
            side = chance.choice([-1, 1])
            day = f"{1945 + session}-{10 + vote % 3}-{1 + vote % 28:02}"
            for code, name in STATES.items():
                lean = side * (stands[code] - divide) + chance.gauss(0, 0.6)
                choice = "Y" if lean > 0.2 else "A" if lean > -0.3 else "N"
                if chance.random() < 0.03:
                    choice = "X"
                yield {
                    "undl_id": number, "ms_code": code, "ms_name": name.upper(), "ms_vote": choice, "date": day, "session": session,
                    "resolution": f"A/RES/{session}/{vote}", "title": f"Text {vote} of session {session}",
                }


def write(path, rows):
    with open(path, "w", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)


def make(scratch):
    rows = list(votes(20181219))
    write(scratch / "votes.csv", rows)
    for row in rows[::97]:
        row["ms_vote"] = "Y" if row["ms_vote"] == "N" else "N"
    write(scratch / "later.csv", rows)
    panel = [{"ccode": code, "year": year} for code in (220, 260, 365, 679, 999, "NA") for year in (1950, 1980, 1991, 2000)]
    write(scratch / "panel.csv", panel)


def given(task, scratch):
    """The inputs and the options of a task, with the names of files put in."""
    files = {name.upper(): str(scratch / f"{name}.csv") for name in ("votes", "later", "panel", "treaty")}
    files["DATASET"] = str(scratch / "dataset")
    put = lambda value: files.get(value, value) if isinstance(value, str) else value
    return [put(value) for value in task["inputs"]], {key: put(value) for key, value in task["options"].items()}


def answer(scratch, way, place):
    return scratch / way / f"{place:02}.csv"


def by_command(scratch, plenary):
    for place, task in enumerate(TASKS):
        inputs, options = given(task, scratch)
        arguments = [plenary, "--quiet", task["command"], "--format", "csv"]
        for name, value in options.items():
            name = "--" + name.replace("_", "-")
            value = ",".join(value) if isinstance(value, list) else value
            arguments += [name] if value is True else [f"{name}={value}"]
        # 1 says that there are findings, or differences.
        done = subprocess.run([*arguments, *inputs], capture_output=True, timeout=300)
        if done.returncode not in (0, 1):
            sys.exit(f"{task}: {done.stderr.decode()}")
        answer(scratch, "command", place).write_bytes(done.stdout)


def by_python(scratch):
    import plenary_un

    for place, task in enumerate(TASKS):
        inputs, options = given(task, scratch)
        options = {name + "_" if name in ("from", "with") else name: value for name, value in options.items()}
        found = getattr(plenary_un, task["python"])(*inputs, **options)
        columns = getattr(found, "findings", found).to_dict()
        with open(answer(scratch, "python", place), "w", newline="") as file:
            table = csv.writer(file)
            table.writerow(columns)
            table.writerows(zip(*columns.values()))


def in_r(value):
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list):
        return f"c({', '.join(map(in_r, value))})"
    return json.dumps(value, ensure_ascii=False)


def write_r(scratch):
    lines = [
        "library(plenary)",
        "write <- function(found, path) {",
        '  table <- if (is.data.frame(found)) found else found$findings',
        "  table <- as.data.frame(table)",
        "  for (name in names(table)) if (is.double(table[[name]]) && !inherits(table[[name]], 'Date'))",
        "    table[[name]] <- ifelse(is.na(table[[name]]), NA, format(table[[name]], digits = 15, trim = TRUE))",
        '  write.csv(table, path, row.names = FALSE, na = "", fileEncoding = "UTF-8")',
        "}",
    ]
    for place, task in enumerate(TASKS):
        inputs, options = given(task, scratch)
        given_ = [in_r(value) for value in inputs] + [f"`{name}` = {in_r(value)}" for name, value in options.items()]
        path = in_r(str(answer(scratch, "r", place)))
        lines.append(f"write(plenary::{task['r']}({', '.join(given_)}), {path})")
    (scratch / "tasks.R").write_text("\n".join(lines) + "\n")


def read(path):
    """Rows of a table, with numbers to ten digits and with one way of writing yes, no and nothing."""
    def cell(text):
        if text in ("None", "NA"):
            return ""
        if text in ("True", "TRUE", "False", "FALSE"):
            return text.lower()
        try:
            return f"{float(text):.10g}"
        except ValueError:
            return text

    with open(path, newline="") as file:
        heading, *rows = csv.reader(file)
    return heading, [[cell(text) for text in row] for row in rows]


def compare(scratch, way):
    for place, task in enumerate(TASKS):
        expected, found = (read(answer(scratch, of, place)) for of in ("command", way))
        if not expected[1]:
            sys.exit(f"{task}: the command answers with no row, which compares nothing")
        if expected != found:
            at = next((at for at, pair in enumerate(zip(expected[1], found[1])) if pair[0] != pair[1]), None)
            rows = (expected[1][at], found[1][at]) if at is not None else (len(expected[1]), len(found[1]))
            sys.exit(f"{way} answers otherwise than the command: {task}\n{expected[0]}\n{found[0]}\n{rows[0]}\n{rows[1]}")
        print(f"  {way}, recipe {task['recipe']}: {len(found[1])} rows, those of `plenary {task['command']}`")
    print(f"  {way}: {len(TASKS)} tasks")


WAYS = {"make": make, "command": by_command, "python": by_python, "write-r": write_r, "compare": compare}
name, folder, *rest = sys.argv[1:]
WAYS[name](pathlib.Path(folder), *rest)

"""What the five questions of `programs.py` have for answers, from the tables that `plenary tally` wrote.

    python expected.py FOLDER PARTICIPANT SESSION
"""

import json
import sys
from pathlib import Path

folder, who, session = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
CHOICES = {"yes": "yes", "no": "no", "abstain": "abstain", "non-voting": "non_voting"}


def rows(name):
    return json.loads((folder / f"{name}.json").read_text())["rows"]


def choices(row):
    return {choice: row[column] for choice, column in CHOICES.items()}


each = rows("each")
most = max(row["abstain"] for row in each)
print(
    json.dumps(
        {
            "ballots by choice": choices(rows("all")[0]),
            f"{who} in session {session}": choices(rows("one")[0]),
            f"votes in favour of those cast by {who}, by year": {
                str(row["year"]): f"{row['yes']} of {row['yes'] + row['no'] + row['abstain']}"
                for row in rows("years")
                if row["yes"] + row["no"] + row["abstain"]
            },
            "who abstained most": sorted(
                [row["participant"], row["abstain"]] for row in each if row["abstain"] == most
            ),
            "votes by session": {row["session"]: row["votes"] for row in rows("sessions")},
        },
        sort_keys=True,
    )
)

"""What the tests share."""

import csv
import os
import random
import shutil
from datetime import date, timedelta
from pathlib import Path

import plenary_un as plenary
import pytest

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures" / "files"
COPIED = ("panel.csv", "report.txt", "voeten-from-r.csv")

DRAFTS = """{"title": "A draft", "acts": [{"act": "sponsorship", "symbol": "A/73/L.66", "sponsors": [{"participant": "TCD", "name": "Chad"}]}]}"""


def simulated_history(path: Path, votes: int = 60, seed: int = 1) -> None:
    """Writes votes of twelve states on a line, the further apart two are the less alike they vote."""
    chance = random.Random(seed)
    states = {"USA": 2.0, "GBR": 1.5, "FRA": 1.2, "DEU": 1.1, "JPN": 0.9, "BRA": 0.0}
    states |= {"MEX": -0.1, "IND": -0.7, "EGY": -0.9, "RUS": -1.3, "CHN": -1.5, "CUB": -2.0}
    names = dict(zip(states, plenary.resolve(list(states), on="2001-01-01", to="name"), strict=True))
    with path.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["undl_id", "ms_code", "ms_name", "ms_vote", "date", "session", "resolution", "title"])
        for number in range(1, votes + 1):
            session = 55 + number // 20
            day = date(session + 1945, 10, 1) + timedelta(days=number % 20)
            line, turn = chance.uniform(-1.2, 1.2), chance.choice([-1, 1])
            for state, place in states.items():
                side = turn * (place - line) + chance.gauss(0, 0.4)
                vote = "A" if abs(side) < 0.15 else "Y" if side > 0 else "N"
                name = names[state].upper()
                rows.writerow([number, state, name, vote, day.isoformat(), session, f"A/RES/{session}/{number}", "A question"])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with small sources of votes, which is the working folder."""
    for name in COPIED:
        shutil.copy(FIXTURES / name, tmp_path)
    simulated_history(tmp_path / "votes.csv")
    (tmp_path / "acts.csv").write_text("participant,action,date\nFRA,ratification,2014-04-02\nMEX,ratification,2013-09-25\n")
    (tmp_path / "drafts.json").write_text(DRAFTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real data; tests that need it are skipped where it is absent."""
    path = Path(os.environ.get("PLENARY_SHARED", ROOT.parent / "shared"))
    if not (path / "data").is_dir():
        pytest.skip("there is no folder PLENARY_SHARED with real data")
    return path

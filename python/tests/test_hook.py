"""The hook for pre-commit and the action, with the command of the environment that the tests run in."""

import os
import subprocess
import sys
from pathlib import Path

HOOK = Path(__file__).resolve().parents[1] / "hook"


def hook(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What the hook comes to."""
    environment = {**os.environ, "PLENARY_VENV": sys.prefix}
    return subprocess.run([HOOK, *arguments], env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_the_hook_fails_on_an_error_and_marks_it(tmp_path: Path) -> None:
    vote = tmp_path / "vote.json"
    vote.write_text('{"acts": [{"act": "decision", "body": "unga", "date": "2018-12-19", "announced": {"yes": 200}}]}')
    done = hook("--format", "github", str(vote))
    assert done.returncode == 1, done.stderr
    assert "::error" in done.stdout
    assert hook(str(tmp_path / "missing.csv")).returncode == 2


def test_the_hook_passes_a_sound_file(folder: Path) -> None:
    assert hook("voeten-from-r.csv").returncode == 0

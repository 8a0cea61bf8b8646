"""The command ``plenary``."""

from __future__ import annotations

import sys

from plenary_un._plenary import run


def main() -> None:
    """Run the command with the arguments of this process, and end with its exit code."""
    sys.exit(run(["plenary", *sys.argv[1:]]))

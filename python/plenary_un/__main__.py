"""``python -m plenary_un`` is the command ``plenary``."""

from plenary_un._command import main

main()

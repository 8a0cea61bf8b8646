"""What is raised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plenary_un._answers import Report

__all__ = ["FindingsError", "PlenaryError"]


class PlenaryError(Exception):
    """Something cannot be used: an input, an argument or a name.

    >>> import plenary_un as plenary
    >>> try:
    ...     plenary.tally("no-such-file.csv")
    ... except plenary.PlenaryError as error:
    ...     print(error.file)
    no-such-file.csv
    """

    message: str
    """What is wrong."""
    help: str | None
    """What to do about it."""
    file: str | None
    """The file in which it is."""
    line: int | None
    """The line, from 1."""
    column: int | None
    """The character of the line, from 1."""
    field: str | None
    """The column of the table, or the path inside the document."""
    further: list[tuple[str, str | None]]
    """What else is wrong, each with what to do about it."""

    def __init__(
        self,
        message: str,
        *,
        help: str | None = None,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        field: str | None = None,
        further: Sequence[tuple[str, str | None]] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.file = file
        self.line = line
        self.column = column
        self.field = field
        self.further = list(further)

    def __str__(self) -> str:
        lines = [self.message]
        if self.help:
            lines.append(f"help: {self.help}")
        for message, help in self.further:
            lines.append(message)
            if help:
                lines.append(f"help: {help}")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuilt, (type(self), self.message, self.__dict__.copy()))


def _rebuilt(kind: type[PlenaryError], message: str, fields: dict[str, object]) -> PlenaryError:
    error = kind.__new__(kind, message)
    error.__dict__.update(fields)
    return error


class FindingsError(PlenaryError):
    """A check found errors: raised by :meth:`Report.raise_for_errors`."""

    report: Report
    """The report with the findings."""

"""Asking a command: arguments of Python become its arguments, and data frames its files."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol, TypeAlias

from plenary_un import _plenary
from plenary_un._plenary import Table

__all__ = ["Answer", "Frame", "Message", "Source", "Sources", "ask", "unless"]


class Frame(Protocol):
    """A table of any library that speaks Arrow: a data frame of polars or pandas, a table of pyarrow, a relation of DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object | None = None, /) -> object: ...


Source: TypeAlias = "str | os.PathLike[str] | Frame"
"""An input: a file, a dataset folder, or a data frame."""
Sources: TypeAlias = "Source | Iterable[Source]"
"""One input or several."""


class Message(NamedTuple):
    """What is said beside a result."""

    kind: str
    """``error``, ``warning`` or ``note``."""
    text: str
    """What it says."""
    help: str | None
    """What to do about it."""


class Answer(NamedTuple):
    """What a command answers."""

    has_findings: bool
    """Whether it found something: findings at error level, differences, names that are not known."""
    tables: list[Table]
    """Its tables."""
    text: str
    """Its document, JSON where the command has one; empty where the answer is a table."""
    messages: list[Message]
    """What limits the answer, and what there is to know about it."""


def ask(
    command: str,
    inputs: Sources | None = None,
    /,
    *,
    progress: bool | None = None,
    **options: Any,
) -> Answer:
    """Ask any command of plenary, by the names that its options have in Python.

    The functions of this package do this. ``progress`` shows how far reading has come, with tqdm: without it, where tqdm is installed and
    somebody is watching.

    >>> from plenary_un import ask
    >>> ask("members", body="unsc", on="1960-01-01").tables[0]["participant"].to_list()[:3]
    ['ARG', 'CHN', 'ECU']
    """
    with ExitStack() as stack:
        frames = _Frames(stack)
        paths = [frames.path(each) for each in _listed(inputs)]
        given = []
        for name, value in options.items():
            if value is not None:
                given.append((name.rstrip("_"), _option(name, value, frames)))
        shown = stack.enter_context(_Progress()) if _shows(progress) else None
        found, tables, text, messages = _plenary.ask(command, paths, given, shown, frames.folder)
        return Answer(found, tables, text, [Message(*message) for message in messages])


def _listed(inputs: Sources | None) -> Iterable[Source]:
    if inputs is None:
        return ()
    if isinstance(inputs, (str, os.PathLike)) or hasattr(inputs, "__arrow_c_stream__"):
        return (inputs,)  # type: ignore[return-value]
    return inputs


class _Frames:
    """Data frames as files, for the time of a question."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._count = 0
        self.folder: str | None = None

    def path(self, source: object) -> str:
        if isinstance(source, (str, os.PathLike)):
            return os.fspath(source)
        if not hasattr(source, "__arrow_c_stream__"):
            kind = type(source)
            raise TypeError(f"a path or a data frame is needed, found {kind.__module__}.{kind.__qualname__}")
        if self.folder is None:
            self.folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="plenary-"))
        self._count += 1
        number = "" if self._count == 1 else f"-{self._count}"
        path = os.path.join(self.folder, f"data-frame{number}.parquet")
        _plenary.write_frame(source, path)
        return path


def _option(name: str, value: object, frames: _Frames) -> bool | str | list[str]:
    if isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        # Groups and organs by name: P5=CHN,FRA.
        return [f"{key}={_joined(members)}" for key, members in value.items()]
    if isinstance(value, (str, int, float, date, os.PathLike)):
        return _text(value)
    if hasattr(value, "__arrow_c_stream__") and not _is_column(value):
        return frames.path(value)
    if isinstance(value, Iterable):
        return [_text(each) for each in value]
    raise TypeError(f"`{name}`: a text, a number, a date or a list of them is needed, found {type(value).__qualname__}")


def _is_column(value: object) -> bool:
    """Whether it is one column and no table: tables have several, with names."""
    return not hasattr(value, "columns")


def _joined(members: object) -> str:
    if isinstance(members, (str, int, float)):
        return _text(members)
    if isinstance(members, Iterable):
        return ",".join(_text(member) for member in members)
    raise TypeError(f"codes or numbers are needed, found {type(members).__qualname__}")


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, os.PathLike):
        return str(os.fspath(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (str, int, float)):
        return str(value)
    raise TypeError(f"a text, a number or a date is needed, found {type(value).__qualname__}")


def _shows(progress: bool | None) -> bool:
    """Whether progress is shown: where it is asked for, or else where somebody is watching."""
    if progress is None:
        return sys.stderr is not None and (sys.stderr.isatty() or "ipykernel" in sys.modules)
    return progress


class _Progress:
    """How far reading has come, as a bar of tqdm; nothing where it is not installed."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._name: str | None = None
        self._new: Callable[..., Any] | None = None

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, name: str, read: int, all: int) -> None:
        if self._new is None:
            try:
                from tqdm.auto import tqdm
            except ImportError:
                self._new = _nothing
            else:
                self._new = tqdm
        if name != self._name:
            if self._bar is not None:
                self._bar.close()
            self._name = name
            what = os.path.basename(name)
            self._bar = self._new(total=all or None, desc=what, unit="B", unit_scale=True, leave=False)
        if self._bar is not None:
            self._bar.update(read - self._bar.n)


def _nothing(**_: object) -> None:
    return None


def unless(value: object, default: object) -> object:
    """A value, or None where it is what holds without it: an option that is not given conflicts with no other."""
    return None if isinstance(value, type(default)) and value == default else value

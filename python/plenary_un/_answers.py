"""What functions give that is no table: documents, reports of checks, and datasets."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from plenary_un import _plenary
from plenary_un._ask import Answer, Message
from plenary_un._errors import FindingsError, PlenaryError
from plenary_un._plenary import Table

__all__ = ["Dataset", "Document", "Report", "read"]

_LINES = 40
"""So many lines are shown of a longer document."""


class Document(Mapping[str, Any]):
    """A JSON document: what it holds, by key and as attributes.

    >>> import plenary_un as plenary
    >>> vote = plenary.decide(rule="sc-substantive", yes=11, no=1, abstain=3, no_by="RUS")
    >>> vote.verdict, vote["verdict"]
    ('rejected', 'rejected')
    """

    text: str
    """The document as the command writes it; where it is no JSON, its text."""
    messages: list[Message]
    """What limits the answer, and what there is to know about it."""
    has_findings: bool
    """Whether something was found that needs attention, such as a difference."""

    def __init__(self, text: str, messages: list[Message] | None = None, has_findings: bool = False) -> None:
        self.text = text
        self.messages = messages or []
        self.has_findings = has_findings
        try:
            value = json.loads(text)
        except ValueError:
            value = {}
        self._value: dict[str, Any] = value if isinstance(value, dict) else {"items": value}

    @property
    def warnings(self) -> list[str]:
        """What limits the answer."""
        return [message.text for message in self.messages if message.kind == "warning"]

    def __getitem__(self, key: str) -> Any:
        return self._value[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._value)

    def __len__(self) -> int:
        return len(self._value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        for key in (name, name.replace("_", "-")):
            if key in self._value:
                return _part(self._value[key])
        raise AttributeError(f"the document has no `{name}`; it has {', '.join(self._value)}")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(key.replace("-", "_") for key in self._value)]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return "\n".join([f"{type(self).__name__}:", *_begun(self._shown()), *_warned(self.warnings)])

    def _repr_html_(self) -> str:
        return f"<pre>{escape(repr(self))}</pre>"

    def _shown(self) -> str:
        if not self._value:
            return self.text.rstrip()
        return json.dumps(self._value, indent=2, ensure_ascii=False)

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.text, self.messages, self.has_findings))


def _part(value: Any) -> Any:
    """A part of a document; objects in it have attributes too."""
    if isinstance(value, dict):
        part = Document.__new__(Document)
        part.text = json.dumps(value, ensure_ascii=False)
        part.messages = []
        part.has_findings = False
        part._value = value
        return part
    if isinstance(value, list):
        return [_part(each) for each in value]
    return value


def _begun(text: str) -> list[str]:
    lines = text.splitlines()
    if len(lines) <= _LINES + 1:
        return lines
    return [*lines[:_LINES], f"… {len(lines) - _LINES} more lines"]


def _warned(warnings: list[str]) -> list[str]:
    return [f"warning: {text}" for text in warnings]


class Report(Document):
    """What a check found.

    >>> import plenary_un as plenary
    >>> report = plenary.check()
    >>> report.counts["error"]
    0
    >>> report.raise_for_errors()
    """

    findings: Table
    """The findings, one a row."""

    def __init__(self, text: str, messages: list[Message], has_findings: bool, findings: Table) -> None:
        super().__init__(text, messages, has_findings)
        self.findings = findings

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity: ``error``, ``warning`` and ``note``."""
        counts = {"error": 0, "warning": 0, "note": 0}
        for finding in self["findings"]:
            counts[finding["severity"]] += 1
        return counts

    def raise_for_errors(self) -> None:
        """Raise :class:`FindingsError` where there is a finding at error level."""
        errors = [finding for finding in self["findings"] if finding["severity"] == "error"]
        if not errors:
            return
        first = errors[0]
        more = "" if len(errors) == 1 else f", and {len(errors) - 1} more"
        place = first.get("origin") or first.get("place") or {}
        error = FindingsError(
            f"{first['check']}: {first['message']}{more}",
            help=first.get("help"),
            file=place.get("path"),
            line=place.get("line"),
            column=place.get("column"),
            field=place.get("field"),
        )
        error.report = self
        raise error

    def __repr__(self) -> str:
        counts = ", ".join(f"{n} {_plural(kind, n)}" for kind, n in self.counts.items())
        inputs = [_input(each) for each in self["inputs"]]
        return "\n".join([f"Report: {counts}", *inputs, *_warned(self.warnings), repr(self.findings)])

    def _repr_html_(self) -> str:
        counts = ", ".join(f"<b>{n}</b> {_plural(kind, n)}" for kind, n in self.counts.items())
        inputs = "".join(f"<li>{escape(_input(each))}</li>" for each in self["inputs"])
        warnings = "".join(f"<p>{escape(text)}</p>" for text in _warned(self.warnings))
        return f"<p>{counts}</p><ul>{inputs}</ul>{warnings}{self.findings._repr_html_()}"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a report holds a table and cannot be pickled: keep its `text`")


def _plural(kind: str, n: int) -> str:
    return kind if n == 1 else f"{kind}s"


def _input(account: dict[str, Any]) -> str:
    rejected = f", {account['rejected']:,} rejected" if account["rejected"] else ""
    return (
        f"{account['path']}: {account['format']}, {account['records']:,} records, "
        f"{account['ballots']:,} ballots, {account['used']:,} of {account['rows']:,} rows used{rejected}"
    )


def table(answer: Answer) -> Table:
    """The table of an answer."""
    if answer.tables:
        return answer.tables[0]
    return document(answer)  # type: ignore[return-value]


def document(answer: Answer) -> Document:
    """The document of an answer."""
    return Document(answer.text, answer.messages, answer.has_findings)


def report(answer: Answer) -> Report:
    """The report of a check."""
    return Report(answer.text, answer.messages, answer.has_findings, answer.tables[0])


class Dataset:
    """A dataset folder: its tables as attributes, each read when it is first asked for."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        """Where it is."""
        self.tables: list[str] = _plenary.stored_names(os.fspath(self.folder))
        """The names of its tables."""
        if not self.tables:
            raise PlenaryError(
                "the tables of this dataset are not Parquet",
                help='write it again with `convert(…, as_="parquet")`',
                file=os.fspath(folder),
            )
        self._read: dict[str, Table] = {}

    @cached_property
    def metadata(self) -> Document:
        """The descriptor of the dataset: its title, sources, licences and resources."""
        return Document((self.folder / "datapackage.json").read_text(encoding="utf-8"))

    def __fspath__(self) -> str:
        return os.fspath(self.folder)

    def __getitem__(self, name: str) -> Table:
        if name not in self.tables:
            raise KeyError(f"no table `{name}`; the dataset has {', '.join(self.tables)}")
        if name not in self._read:
            self._read[name] = _plenary.stored_table(os.fspath(self.folder), name)
        return self._read[name]

    def __getattr__(self, name: str) -> Table:
        if name.startswith("_") or name not in self.tables:
            raise AttributeError(f"the dataset has no table `{name}`")
        return self[name]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.tables]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __repr__(self) -> str:
        return f"Dataset: {self.folder}\ntables: {', '.join(self.tables)}"


def read(dataset: str | os.PathLike[str]) -> Dataset:
    """Open a dataset folder that :func:`convert` or ``plenary import`` wrote.

    Its tables are attributes. A table is read when it is first asked for, and only where the dataset is as it was written: its files have the
    hashes that its descriptor records.

    >>> import plenary_un as plenary
    >>> written = plenary.convert("voeten-from-r.csv", output="un")
    >>> un = plenary.read("un")
    >>> un.decisions.columns[:2]
    ['record', 'act']
    """
    return Dataset(dataset)

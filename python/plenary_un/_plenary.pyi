"""The extension."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, final

from plenary_un._answers import Document

__version__: str

@final
class Table:
    """A result as columns, with what there is to know about it."""

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""

    @property
    def metadata(self) -> dict[str, str]:
        """What there is to know about the table, such as what was counted and on which sources it rests."""

    @property
    def warnings(self) -> list[str]:
        """What limits the result."""

    @property
    def notes(self) -> list[str]:
        """What else there is to know about how the result came about."""

    @property
    def document(self) -> Document | None:
        """The JSON document of the command, where it has one beside the table; else None."""

    def __len__(self) -> int: ...
    def __bool__(self) -> bool: ...
    def __getitem__(self, name: str, /) -> Column: ...
    def __iter__(self) -> Iterator[dict[str, Any]]: ...
    def rows(self) -> list[dict[str, Any]]:
        """The rows, each as a dict."""

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns, each as a list under its name."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def _repr_html_(self) -> str: ...

@final
class Column:
    """One column."""

    @property
    def counts(self) -> dict[str, int]:
        """How many rows matched how; empty where nothing was resolved."""

    @property
    def unmatched(self) -> Table | None:
        """The keys without an answer, each with the reason and the number of its rows, most frequent first."""

    def __len__(self) -> int: ...
    def __getitem__(self, place: int, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def to_list(self) -> list[Any]:
        """The values as a list."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...
    def __arrow_c_schema__(self) -> object: ...

def ask(
    command: str,
    inputs: Sequence[str],
    options: Sequence[tuple[str, bool | str | Sequence[str]]],
    progress: Callable[[str, int, int], object] | None = None,
    folder: str | None = None,
) -> tuple[bool, list[Table], str, list[tuple[str, str, str | None]]]: ...
def joint_measures(measures: Sequence[str], counts: Sequence[Sequence[int]]) -> list[list[float | None]]: ...
def options() -> dict[str, dict[str, tuple[str, str]]]: ...
def resolve_column(column: object, on: object, to: str, from_: str, year_as: str) -> Column: ...
def run(arguments: Sequence[str]) -> int: ...
def stored_names(folder: str) -> list[str]: ...
def stored_table(folder: str, name: str) -> Table: ...
def write_frame(frame: object, path: str) -> None: ...

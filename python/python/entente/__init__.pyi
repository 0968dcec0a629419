from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from os import PathLike
from typing import Any, BinaryIO, Literal, Self, TypeVar, final, overload

import networkx
import pandas

__all__ = ["Articles", "Extraction", "Graph", "__version__", "extract", "extract_many", "read", "read_file", "table"]
__version__: str
_T = TypeVar("_T", dict[str, Any], str)

@final
class Articles(Iterator[dict[str, Any]]):
    """Articles of files; what could not be read is in ``errors``."""
    @property
    def errors(self) -> list[str]: ...
    def __iter__(self) -> Articles: ...
    def __next__(self) -> dict[str, Any]: ...

@final
class Extraction(Iterator[_T]):
    """Facts of articles, in their order; what could not be read is in ``errors``."""
    @property
    def errors(self) -> list[str]: ...
    def __iter__(self) -> Extraction[_T]: ...
    def __next__(self) -> _T: ...

def extract(
    text: str,
    *,
    published: date | str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    id: str | None = None,
    html: bool = False,
    min_confidence: float = 0.0,
    any_language: bool = False,
) -> dict[str, Any]: ...
def read(*paths: str | PathLike[str], any_language: bool = False) -> Articles: ...
def read_file(file: BinaryIO, name: str | PathLike[str], *, any_language: bool = False) -> Articles: ...
@overload
def extract_many(
    articles: Iterable[Mapping[str, Any]],
    *,
    threads: int = 0,
    min_confidence: float = 0.0,
    any_language: bool = False,
    json: Literal[False] = False,
) -> Extraction[dict[str, Any]]: ...
@overload
def extract_many(
    articles: Iterable[Mapping[str, Any]],
    *,
    threads: int = 0,
    min_confidence: float = 0.0,
    any_language: bool = False,
    json: Literal[True],
) -> Extraction[str]: ...
def table(facts: Iterable[dict[str, Any]], kind: str = "agreements") -> pandas.DataFrame: ...

class Graph:
    def __new__(cls, path: str | PathLike[str] | None = None) -> Self: ...
    def build(self, facts: Iterable[dict[str, Any]]) -> Graph: ...
    def add(self, facts: dict[str, Any]) -> str: ...
    def forget(self, ids: list[str]) -> list[str]: ...
    def settle(self) -> None: ...
    def events(
        self,
        *,
        any_of: list[str] = ...,
        all_of: list[str] = ...,
        since: date | str | None = None,
        until: date | str | None = None,
    ) -> list[dict[str, Any]]: ...
    def ties(
        self,
        *,
        any_of: list[str] = ...,
        all_of: list[str] = ...,
        since: date | str | None = None,
        until: date | str | None = None,
    ) -> list[dict[str, Any]]: ...
    def parties(self) -> list[dict[str, Any]]: ...
    def evidence(self, event: str) -> list[dict[str, Any]]: ...
    def counts(self) -> dict[str, Any]: ...
    def query(self, question: str, **parameters: Any) -> list[dict[str, Any]] | bool: ...
    def query_json(self, question: str, **parameters: Any) -> str: ...
    def dump(self, format: str) -> str: ...
    def to_networkx(self, **filters: Any) -> networkx.MultiDiGraph: ...
    def to_pandas(self, **filters: Any) -> pandas.DataFrame: ...

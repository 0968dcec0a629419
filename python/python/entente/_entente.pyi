from typing import Self, final

from . import Articles as Articles
from . import Extraction as Extraction
from . import Graph as Graph
from . import __version__ as __version__
from . import extract as extract
from . import extract_many as extract_many
from . import read as read
from . import read_file as read_file

@final
class Spread:
    """Cuts articles into pieces of work by key, and settles keys: what ``entente.spark`` stands on."""
    def __new__(cls, settings: str = "") -> Self: ...
    def fixed(self) -> str: ...
    def call(self, at: str, articles: int) -> str: ...
    def article(self, facts: str) -> tuple[str, str, list[tuple[int, str, str]]]: ...
    def settle(self, pieces: list[tuple[str, str]]) -> tuple[str, str, list[tuple[int, str, str]]]: ...

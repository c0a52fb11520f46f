"""Committee reports of Japanese municipalities as numbers and text: PDF to JSON and Excel.

The public names, loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from extract.config import VERSION

if TYPE_CHECKING:
    from extract.batch import convert_many
    from extract.config import Config
    from extract.document import Document
    from extract.errors import HokokuError
    from extract.flow import convert
    from extract.outcome import Outcome

__version__ = VERSION

__all__ = ["Config", "Document", "HokokuError", "Outcome", "__version__", "convert", "convert_many"]

_HOMES = {
    "Config": "extract.config",
    "Document": "extract.document",
    "HokokuError": "extract.errors",
    "Outcome": "extract.outcome",
    "convert": "extract.flow",
    "convert_many": "extract.batch",
}


def __getattr__(name: str) -> object:
    """Load a public name."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Give the public names."""
    return sorted(__all__)

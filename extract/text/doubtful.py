"""Words outside tables that a recogniser is not sure of: seals, print that shines through, worn letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from extract.document import Line
from extract.findings import Notice

_UNSURE: Final = 0.7  # probability that a reading is right
_SHOWN: Final = 8  # words that the finding names
_LONGEST: Final = 24  # characters of each


def find_doubtful(lines: Iterable[Line], page: int) -> Iterator[Notice]:
    """Give one notice where words of the lines were read with doubt. Words of a text layer never are."""
    doubtful = [
        word.text
        for line in lines
        for word in line.words
        if word.confidence is not None and word.confidence < _UNSURE and word.text.strip()
    ]
    if doubtful:
        shown = [text if len(text) <= _LONGEST else text[:_LONGEST] + "…" for text in doubtful[:_SHOWN]]
        more = ["…"] if len(doubtful) > _SHOWN else []
        details = (("count", str(len(doubtful))), ("text", " ／ ".join([*shown, *more])))
        yield Notice("text.doubtful-words", page, details=details)

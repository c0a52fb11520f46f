"""Places where nothing was read, but something more likely stood there than not: the character that makes a word there is read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from extract.pages.scan.japanese.doubts import CONTEXT, LEAST_SHARE, is_word_character
from extract.pages.scan.japanese.odds import text_to_oddity
from extract.pages.scan.lines.characters import Character

UNLIKELY = 0.5
"""Nothing of less than this probability is rather some character that was not told."""

LEAST_GAIN = 1.0
"""A character is taken where it is likelier than nothing by at least this (nats)."""

ROOM = 0.5
"""A character has at least so much white (ems) between its neighbours."""


def settle_blanks(characters: list[Character], em: float, *, before: str = "", after: str = "") -> None:
    """Settle in place what was read as nothing with little probability; ``em`` is in pixels, ``before`` and ``after`` are beside the line."""
    for place, character in enumerate(characters):
        first = character.choices[0]
        if first.text or first.probability >= UNLIKELY or not _has_room(characters, place, em):
            continue
        best = max(_changes(characters, place, before, after), default=None)
        if best is not None and best[0] >= LEAST_GAIN:
            chosen = character.choices[best[1]]
            rest = tuple(choice for choice in character.choices if choice is not chosen)
            characters[place] = character._replace(choices=(chosen, *rest))


def _has_room(characters: Sequence[Character], place: int, em: float) -> bool:
    """Say whether a character fits between those beside a place; what is beyond the ends of a line is not known."""
    start = max((c.end for c in characters[:place] if c.text), default=-math.inf)
    end = min((c.start for c in characters[place + 1 :] if c.text), default=math.inf)
    return end - start >= ROOM * em


def _changes(
    characters: Sequence[Character], place: int, before: str, after: str
) -> Iterator[tuple[float, int]]:
    """Give the gain (nats) of each other reading of a place beside kana or kanji, and its number."""
    head = (before + "".join(c.text for c in characters[:place]))[-CONTEXT:]
    tail = ("".join(c.text for c in characters[place + 1 :]) + after)[:CONTEXT]
    if not (is_word_character(head[-1:]) or is_word_character(tail[:1])):
        return
    choices = characters[place].choices
    least = max(choices[0].probability, LEAST_SHARE)
    now = text_to_oddity(head + tail)
    for number, choice in enumerate(choices):
        if is_word_character(choice.text) and choice.probability >= LEAST_SHARE * least:
            yield (
                math.log(choice.probability / least) + now - text_to_oddity(head + choice.text + tail),
                number,
            )

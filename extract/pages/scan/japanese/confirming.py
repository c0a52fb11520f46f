"""What the recogniser reads first and the dictionary confirms: 防災 is a word, and 防炎 beside 対策 hardly one.

The recogniser's own first reading alone is confirmed: what a word has made of another one stays as doubtful as it was.
"""

from __future__ import annotations

import math

from extract.pages.scan.japanese.doubts import CONTEXT, is_kanji
from extract.pages.scan.japanese.odds import text_to_oddity
from extract.pages.scan.lines.characters import Character

LIKELY, SURE = 0.6, 0.99
"""A character at least as probable as the first and less than the second is looked into."""

SEEN = 0.01
"""Other readings below this probability together are left."""

WEIGHT = 0.5
"""The odds of the dictionary count for so much: they know no names."""


def confirm(characters: list[Character], *, before: str = "", after: str = "") -> None:
    """Raise in place the probability of first readings whose rivals make hardly any words; it is never lowered."""
    for index, character in enumerate(characters):
        first = character.choices[0]
        if not LIKELY <= first.probability < SURE or not is_kanji(first.text):
            continue
        rivals = [choice for choice in character.choices[1:] if choice.probability >= SEEN]
        if not rivals or any(choice.probability > first.probability or not choice.text for choice in rivals):
            continue
        head = (before + "".join(c.text for c in characters[:index]))[-CONTEXT:]
        tail = ("".join(c.text for c in characters[index + 1 :]) + after)[:CONTEXT]
        own = text_to_oddity(head + first.text + tail)
        left = 0.0
        for rival in rivals:
            odds = max(0.0, text_to_oddity(head + rival.text + tail) - own)
            left += rival.probability * math.exp(-WEIGHT * odds)
        share = first.probability / (first.probability + left)
        unseen = 1 - first.probability - sum(choice.probability for choice in rivals)
        sure = min(share, 1 - max(0.0, unseen))
        if sure > first.probability:
            characters[index] = _with_probability(character, sure)


def _with_probability(character: Character, sure: float) -> Character:
    first, *others = character.choices
    left = sum(choice.probability for choice in others)
    shrunk = (
        choice._replace(probability=round(choice.probability * (1 - sure) / left, 5)) for choice in others
    )
    return character._replace(choices=(first._replace(probability=round(sure, 5)), *shrunk))

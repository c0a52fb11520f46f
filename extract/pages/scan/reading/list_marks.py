"""The ring before an item of a list (○ 防災費), which alone on its white looks like the letter O and the numeral 〇."""

from __future__ import annotations

from collections.abc import Sequence

from extract.characters import is_cjk, is_kana
from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character

RING = "○"

LIKE_RINGS = frozenset("○〇◯OＯoｏ")
"""What it is read as; 0 may be the number of the item."""

LEAST_GAP, WIDTH = 0.35, (0.5, 1.1)
"""So much white (ems) stands between it and its item, and so wide (ems) is it."""


def settle_list_marks(characters: Sequence[Character], em: float) -> list[Character]:
    """Give the characters of a line with what stands before an item as the ring that it is (``em`` in pixels)."""
    shown = [index for index, character in enumerate(characters) if character.text]
    settled = list(characters)
    if len(shown) < 2:
        return settled
    mark, item = characters[shown[0]], characters[shown[1]]
    is_apart = item.start - mark.end >= LEAST_GAP * em
    is_wide = WIDTH[0] * em <= mark.end - mark.start <= WIDTH[1] * em
    is_item = item.text != "〇" and (is_cjk(item.text) or is_kana(item.text))
    if mark.text in LIKE_RINGS and is_apart and is_wide and is_item:
        known = sum(choice.probability for choice in mark.choices if choice.text in LIKE_RINGS)
        others = (choice for choice in mark.choices if choice.text not in LIKE_RINGS)
        settled[shown[0]] = mark._replace(choices=(Choice(RING, round(min(1.0, known), 5)), *others))
    return settled

"""How likely a text is as Japanese, by the dictionary: the cost of its best division into words."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Any

from extract.pages.scan.japanese.headings import text_to_worth, words_to_worth

SCALE = 1200.0
"""Costs of the dictionary a nat: logarithms of probabilities times 700 (T. Kudo et al., EMNLP 2004), believed a little less than
what was seen: of 100 doubted characters of worn copies this way mended the most and spoiled the fewest."""

UNKNOWN = 0.5
"""What each character adds (nats) that stands in no word of the dictionary: it joins unknown katakana too cheaply."""

SELDOM = 3.0
"""What each kanji adds (nats) that stands in no word of the dictionary and is none of level 1 of JIS X 0208: 售 for a worn 害."""

LEVEL_2 = 0x989F
"""The first kanji of level 2 in Shift JIS; those of level 1 come before it."""

WORD = 0.5
"""What each word adds (nats)."""

START = "。"
"""Stands before every text: the dictionary leaves the cost of the first word out."""

MOST_KEPT = 1 << 16
"""So many answers are kept; a worker reads thousands of pages."""


@cache
def tokenizer() -> Any:
    """Give the tokenizer of the dictionary."""
    from sudachipy import Dictionary  # noqa: PLC0415 - 0.2 s, and only where a page has such a doubt

    dictionary = Dictionary()
    return dictionary.tokenizer() if hasattr(dictionary, "tokenizer") else dictionary.create()  # before 0.7


@lru_cache(MOST_KEPT)
def text_to_oddity(text: str) -> float:
    """Give how odd a text is, in nats: minus the logarithm of its probability but for a constant."""
    morphemes = tokenizer().tokenize(START + unicodedata.normalize("NFKC", text))
    unknown = "".join(m.surface() for m in morphemes if m.is_oov() and not m.surface().isdecimal())
    cost = float(morphemes.get_internal_cost()) / SCALE + UNKNOWN * len(unknown) + WORD * len(morphemes)
    worth = text_to_worth(text) + words_to_worth(morpheme.surface() for morpheme in morphemes)
    return cost + SELDOM * sum(map(_is_seldom, unknown)) - worth


def _is_seldom(character: str) -> bool:
    """Say whether a character is a kanji that is seldom printed."""
    if not "\u4e00" <= character <= "\u9fff":
        return False
    code = character.encode("shift_jis", "ignore")
    return not code or int.from_bytes(code, "big") >= LEVEL_2

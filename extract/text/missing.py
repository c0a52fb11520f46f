"""The marks that stand where a number is missing; pure.

－ none or not applicable, … not known, X kept secret, ・ cannot be, 皆増 and 皆減 rates without a base (総務省
「統計表における機械判読可能なデータの表記方法の統一ルール」 2020; signs as in 日本統計年鑑). What says so in words (なし, 不明) is text.
"""

from __future__ import annotations

import re
from typing import Final

from extract.notation.units import is_unit

_LONGEST: Final = 12
_DASHES: Final = "－ー―—–‐‑‒−─━ｰ\\-"
_MARK: Final = re.compile(
    rf"(?:[{_DASHES}]{{1,6}}|[…‥⋯]{{1,3}}|[・･]{{1,6}}|\.{{2,6}}|．{{2,6}}|[*＊]{{1,5}}|[XxＸｘχ]|[／/＼＿]|[nNｎＮ][.．/／]?[aAdDａＡｄＤ][.．]?"
    r"|皆[増減無]|全[増減])"
)
_BRACKETS: Final = re.compile(r"[（(〔［\[](?P<inner>.*)[）)〕］\]]")


def read_missing(text: str) -> tuple[str, str | None] | None:
    """Give the mark and its unit where ``text`` (as printed, without spaces) is a mark of a missing number, else None.

    「－」 gives ("－", None), 「－件」 ("－", "件"), 「（－）」 ("（－）", None).
    """
    if not text or len(text) > _LONGEST:
        return None
    bracketed = _BRACKETS.fullmatch(text)
    match = _MARK.match(bracketed["inner"] if bracketed else text)
    if match is None:
        return None
    if bracketed:
        return (text, None) if match.end() == len(bracketed["inner"]) else None
    rest = text[match.end() :]
    if not rest:
        return text, None
    return (match.group(), rest) if is_unit(rest) and match.group()[0] not in "XxＸｘχ／/皆全" else None

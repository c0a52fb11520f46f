"""Whether the text layer of a page can be believed, by what it looks like."""

from __future__ import annotations

from extract.characters import UNMAPPED
from extract.document import Page

UNMAPPED_SHARE = 0.03
"""A page of which more than this share of the characters has no usable mapping is read by OCR."""

FOREIGN_SHARE = 0.08
"""Likewise a page with more than this share of characters that Japanese documents do not hold: a wrong ToUnicode map."""

LEAST_CHARACTERS = 20
"""A page with fewer characters says nothing about its mapping."""

FORCED, NO_TEXT, UNSEEN, UNMAPPED_TEXT, FOREIGN = "forced", "no-text", "unseen-text", "unmapped", "foreign"


def reason_for_ocr(page: Page, *, is_forced: bool) -> str | None:
    """Give why a page should be read by OCR, or None where its text layer stands.

    ``unseen-text`` is a doubt only: the text under a full-page picture is to be compared with OCR first.
    """
    codes = {notice.code for notice in page.notices}
    if "page.failed" in codes:
        return None
    if is_forced:
        return FORCED
    if "page.no-text" in codes:
        return NO_TEXT
    text = "".join(word.text for word in page.words)
    if len(text) >= LEAST_CHARACTERS:
        if text.count(UNMAPPED) > UNMAPPED_SHARE * len(text):
            return UNMAPPED_TEXT
        if sum(not _is_expected(character) for character in text) > FOREIGN_SHARE * len(text):
            return FOREIGN
    return UNSEEN if "page.unseen-text" in codes else None


def _is_expected(character: str) -> bool:
    if character.isascii() or not character.isalpha():
        return True  # the leader dots of a table of contents are no sign of a wrong map: its letters would be
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return "\u2000" <= character <= "\u33ff" or "\u4e00" <= character <= "\u9fff"
    return True

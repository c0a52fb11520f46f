"""Words of the running text that were read with doubt are named in one finding a page."""

from __future__ import annotations

import pytest

from extract.document import Line, PageFrame, PageLayout, Word
from extract.findings import Language, notice_severity, notice_to_sentence
from extract.text import layout_to_clean

BOX = (10.0, 10.0, 60.0, 22.0)


def notices(*words: tuple[str, float | None]):
    lines = [
        Line((Word(text, BOX, 12.0, origin="ocr", confidence=confidence),), BOX) for text, confidence in words
    ]
    frame = PageFrame(2, 595.0, 842.0, "ocr", 0, None, None)
    return layout_to_clean(PageLayout(frame, (), tuple(lines), None)).notices


def test_doubtful_words_are_one_finding_of_their_page():
    (notice,) = notices(("報告する。", 0.99), ("否", 0.66), ("青果", 0.0))
    assert (notice.code, notice.page, notice_severity(notice)) == ("text.doubtful-words", 2, "warning")
    assert dict(notice.details) == {"count": "2", "text": "否 ／ 青果"}


@pytest.mark.parametrize(("language", "words"), [("ja", "2 か所"), ("en", "2 places")])
def test_the_sentence_names_them(language: Language, words: str):
    (notice,) = notices(("否", 0.66), ("{text}", 0.1))
    sentence = notice_to_sentence(notice, language)
    assert words in sentence
    assert sentence.endswith("否 ／ {text}")


def test_sure_words_and_those_of_a_text_layer_are_no_finding():
    assert notices(("報告する。", 0.7), ("世田谷区", None)) == ()


def test_many_and_long_words_are_cut_short():
    (notice,) = notices(*[("あ" * 60, 0.1)] * 20)
    details = dict(notice.details)
    assert details["count"] == "20"
    assert len(details["text"]) < 300
    assert details["text"].endswith("…")

"""What ``--privacy flag`` marks, and what it leaves alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from extract import Config, convert
from extract.document import Document
from extract.tree.entities.personal import find_personal, find_under_header, is_my_number
from extract.tree.entities.tokens import Tokens

LETTER = Path(__file__).parents[3] / "fixtures" / "prose-only" / "prose-only.pdf"
LETTERS = Path(__file__).with_name("letters.txt")
LEAST_RECALL = 0.95
LEAST_PRECISION = 0.95  # a name out of history is a name like any other


def found(text: str) -> list[tuple[str, str, bool]]:
    return [(m.label, text[m.start : m.stop], m.is_personal) for m in find_personal(Tokens(text))]


@pytest.mark.parametrize(
    ("text", "label", "marked"),
    [
        ("電話 042-123-4567 まで", "telephone", "042-123-4567"),
        ("電話 0123（45）6789", "telephone", "0123（45）6789"),
        ("携帯 09012345678", "telephone", "09012345678"),
        ("soumu@town.aoba.example.jp へ送る。", "mail", "soumu@town.aoba.example.jp"),
        ("個人番号 123456789018", "my_number", "123456789018"),
        ("個人番号 1234 5678 9018", "my_number", "1234 5678 9018"),
        ("世田谷区上馬4丁目5番6号", "address", "世田谷区上馬4丁目5番6号"),
        ("世田谷区上馬4-5-6", "address", "世田谷区上馬4-5-6"),
        ("南国市浜改田759番地1地先", "address", "南国市浜改田759番地1"),
        ("山田太郎さんから電話があった。", "person", "山田太郎"),
        ("区民の佐藤様", "person", "佐藤"),
        ("氏名：山川みどり", "person", "山川みどり"),
    ],
)
def test_personal_data_is_marked(text, label, marked):
    assert (label, marked, True) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "区民Aに電話連絡した。",
        "個人番号 123456789012",  # its check digit is wrong
        "予算額 123,456,789,018円",
        "令和6年7月19日 13:20",
        "第3回 5-10件、2024-07-19",
        "1番目の窓口、第2番線",
    ],
)
def test_other_numbers_and_words_are_not(text):
    assert found(text) == []


def test_a_public_office_holder_is_named_with_the_office_and_not_marked():
    assert found("南国市長 平山 耕三") == [("person", "平山 耕三", False)]


def test_the_check_digit_of_an_individual_number():
    """123456789018 is the example that the municipalities' forms print."""
    assert is_my_number("123456789018")
    assert not any(is_my_number(f"12345678901{digit}") for digit in range(8))
    assert not is_my_number("1" * 12)
    assert not is_my_number("12345678901")


def test_a_column_of_names_or_addresses_is_marked_by_its_header():
    assert find_under_header("川上 花子", "申請者 氏名").label == "person"
    assert find_under_header("青葉町本町", "住所").label == "address"
    assert find_under_header("川上 花子", "施設名") is None


@pytest.fixture(scope="module")
def flagged() -> Document:
    document = convert(LETTER, config=Config(privacy="flag")).document
    assert document is not None
    return document


def test_the_pass_only_adds(flagged):
    plain = convert(LETTER, config=Config()).document
    assert plain is not None
    assert not any(entity.is_personal for report in plain.reports for entity in report.entities)
    assert [report.sections for report in flagged.reports] == [report.sections for report in plain.reports]
    assert flagged.producer.config["privacy"] == "flag"


def test_each_kind_and_page_has_one_finding_that_repeats_nothing(flagged):
    codes = sorted((finding.code, finding.page) for finding in flagged.findings)
    assert codes == [
        *(("privacy.address", 2), ("privacy.mail", 1), ("privacy.person", 2), ("privacy.telephone", 1)),
    ]
    marked = [entity.text for report in flagged.reports for entity in report.entities if entity.is_personal]
    for finding in flagged.findings:
        assert finding.severity == "warning"
        assert not any(text in finding.message for text in marked)


def test_letters_are_marked_as_a_reader_would_and_little_else():
    lines: list[tuple[str, list[tuple[str, str]]]] = []
    for line in LETTERS.read_text("utf-8").splitlines():
        if line.startswith("    "):
            label, words = line.strip().split(" | ")
            lines[-1][1].append((label, words))
        elif line and not line.startswith("#"):
            lines.append((line, []))
    true = Counter((text, *mark) for text, marks in lines for mark in marks)
    mine = Counter(
        (text, label, words) for text, _ in lines for label, words, is_personal in found(text) if is_personal
    )
    right = (true & mine).total()
    assert right >= LEAST_RECALL * true.total(), true - mine
    assert right >= LEAST_PRECISION * mine.total(), mine - true

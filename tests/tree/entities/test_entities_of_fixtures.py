"""The entities of two fixtures against truths written by hand, counted exactly; and that no line of the packet is lost."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pdfplumber
import pytest
from benchmarks.entities import NAMES, STRICT, document_to_lines, read_truth, score

from extract import Config, convert
from extract.characters import fold_width, without_spaces
from extract.config import IntakeConfig, PagesConfig
from extract.document import Document, Section
from extract.intake import open_source
from extract.pages import read_pages
from extract.tables import page_to_layout
from extract.text import layout_to_clean

PROJECT = Path(__file__).parents[3]
PACKET = PROJECT / "fixtures" / "setagaya-2024-07" / "packet.pdf"
OTHERS = PROJECT / "fixtures" / "other-departments" / "other-departments.pdf"
LEAST_STRICT = 0.97  # dates, periods, times, quantities, laws with articles, numbers, defined terms
LEAST_NAMES = 0.93  # departments, committees, organisations, facilities, places, references


@cache
def converted(path: Path) -> Document:
    document = convert(path, config=Config()).document
    assert document is not None
    return document


@pytest.mark.parametrize("path", [PACKET, OTHERS], ids=lambda path: path.stem)
@pytest.mark.parametrize("labels", [*((label,) for label in STRICT), STRICT])
def test_strict_labels_are_found_as_a_reader_finds_them(path, labels):
    figures = score(read_truth(path.with_name("entities.txt")), document_to_lines(converted(path)), labels)
    assert figures.f1 >= LEAST_STRICT, figures


@pytest.mark.parametrize("path", [PACKET, OTHERS], ids=lambda path: path.stem)
@pytest.mark.parametrize("labels", [*((label,) for label in NAMES), NAMES])
def test_names_are_found_as_a_reader_finds_them(path, labels):
    figures = score(read_truth(path.with_name("entities.txt")), document_to_lines(converted(path)), labels)
    assert figures.f1 >= LEAST_NAMES, figures


def test_every_definition_of_the_packet_is_resolved():
    defined = {
        (entity.text, entity.value)
        for report in converted(PACKET).reports
        for entity in report.entities
        if entity.label == "term"
    }
    assert {
        ("所管課", "個人番号利用事務所管課"),
        ("住民記録", "住民記録・戸籍課"),
        ("本件文書", "自己負担上限額管理票"),
        ("受給者証", "自立支援医療受給者証（精神通院）"),
        ("所管課", "砧総合支所保健福祉センター健康づくり課"),
        ("法", "個人情報の保護に関する法律"),
        ("漏えい等", "漏えい、滅失若しくは毀損"),
    } <= defined


def test_a_department_shows_its_hierarchy():
    (first, *_) = (
        entity
        for entity in converted(PACKET).reports[1].entities
        if entity.text == "砧総合支所保健福祉センター健康づくり課"
    )
    assert [(part.name, part.text) for part in first.parts] == [
        ("支所", "砧総合支所"),
        ("センター", "保健福祉センター"),
        ("課", "健康づくり課"),
    ]


def test_sentences_state_their_numbers():
    stated = {(one.value, one.unit, one.about, one.as_of) for one in converted(PACKET).reports[0].statements}
    assert (28, "か所", "統合端末を設置", None) in stated
    assert (5, "つ", "まちづくりセンター", "2022-04-01/2023-03-31") in stated
    assert (7, "つ", "まちづくりセンター", "2023-04-01/2024-03-31") in stated


def test_a_number_of_another_time_takes_no_day_of_the_sentence():
    stated = {one.value: one for one in converted(OTHERS).reports[0].statements}
    assert stated[42].as_of == "2024-04-01/2024-08-31"
    assert stated[51].as_of is None  # 前年度同期の51件
    assert stated[238].as_of == "2024-08-31"  # 238店舗（令和6年8月31日現在）


def test_ids_are_unique_and_statements_point_to_quantities():
    for report in converted(PACKET).reports:
        entities = {entity.id: entity for entity in report.entities}
        assert len(entities) == len(report.entities)
        for statement in report.statements:
            entity = entities[statement.entity]
            assert (entity.label, entity.value, entity.unit) == ("quantity", statement.value, statement.unit)
            assert entity.text in statement.sentence


def test_boxes_hold_their_words():
    """The characters whose middle lies in an entity's box are its own; justified lines may lend one at an edge."""
    with pdfplumber.open(PACKET) as pdf:
        characters = [page.chars for page in pdf.pages]
    exact = found = 0
    for report in converted(PACKET).reports:
        for entity in report.entities:
            inside = [char for char in characters[entity.page - 1] if lies_in(char, entity.box)]
            lines: dict[float, str] = {}
            for char in sorted(inside, key=lambda one: (round(one["top"]), one["x0"])):
                lines[round(char["top"])] = lines.get(round(char["top"]), "") + char["text"]
            if len(lines) != 1:
                continue  # what goes on over a line: the box holds both lines whole
            printed = without_spaces(fold_width("".join(lines.values())))
            if without_spaces(entity.text).startswith(printed) and len(printed) < len(entity.text):
                continue  # it goes on over the page
            found += 1
            exact += printed == without_spaces(entity.text)
            assert without_spaces(entity.text)[1:-1] in printed, entity
    assert found > 150
    assert exact / found >= 0.95


def lies_in(char: dict, box: tuple[float, float, float, float]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def test_no_line_of_the_packet_is_lost_doubled_or_out_of_order():
    document = converted(PACKET)
    printed = [
        line.raw
        for page in clean_pages(PACKET)
        for line in page.lines
        if line.box not in {one.box for one in document.source.pages[page.frame.number - 1].running}
    ]
    kept = [raw for report in document.reports for raw in raws(report.sections)]
    assert kept == printed


@cache
def clean_pages(path: Path):
    source = open_source(path, config=IntakeConfig())
    return tuple(
        layout_to_clean(page_to_layout(page)) for page in read_pages(source, config=PagesConfig(ocr="none"))
    )


def raws(sections: tuple[Section, ...]) -> Iterator[str]:
    """Give the printed lines of sections in the order of a walk: heading, content, inner sections."""
    for section in sections:
        yield from (section.raw or "").split("\n") if section.raw else ()
        for block in section.content:
            yield from block.raw.split("\n") if block.raw else ()
        yield from raws(section.sections)

"""The sheets 用語・法令 and 本文の数値."""

from __future__ import annotations

from io import BytesIO

import openpyxl
from written_documents import document, with_statement

from extract.document import Document
from extract.writers.xlsx import XlsxWriter


def opened(one: Document, language: str = "ja") -> openpyxl.Workbook:
    stream = BytesIO()
    XlsxWriter().write(one, stream, language=language)
    return openpyxl.load_workbook(stream)


def test_each_entity_has_a_row_with_its_value_and_its_place():
    sheet = opened(with_statement())["用語・法令"]
    heading, *rows = sheet.iter_rows(values_only=True)
    by_text = {row[2]: dict(zip(heading, row, strict=True)) for row in rows}
    assert len(rows) == 6
    assert sheet.auto_filter.ref == "A1:K7"
    law = by_text["法第68条第2項"]
    assert law["種類"] == "法令"
    assert law["正規化した値"] == "個人情報の保護に関する法律第68条第2項"
    assert law["内訳"] == "法令 個人情報の保護に関する法律　条 68　項 2"
    assert (law["報告"], law["章"], law["ページ"]) == ("報告第367号", "概要", 1)
    amount = by_text["28か所"]
    assert (amount["正規化した値"], amount["単位"]) == (28, "か所")


def test_entities_lead_to_their_facsimiles():
    workbook = opened(with_statement())
    links = {
        one.value: one.hyperlink.location for row in workbook["用語・法令"] for one in row if one.hyperlink
    }
    facsimile = "'表1 個人情報の開示等請求の処理状況'"
    assert links == {
        "表1 個人情報の開示等請求の処理状況": f"{facsimile}!A1",
        "表1 B9": f"{facsimile}!B9",
    }
    assert workbook[facsimile.strip("'")]["B9"].value == "本庁"


def test_personal_data_is_marked_and_no_name_is_a_formula():
    sheet = opened(with_statement())["用語・法令"]
    (row,) = [row for row in sheet.iter_rows() if row[2].value == "=山田"]
    assert row[2].data_type == "s"
    assert row[2].quotePrefix
    assert row[10].value == "個人情報の可能性"
    assert row[10].fill.fgColor.rgb[2:] == "FFE699"


def test_numbers_of_sentences_have_their_own_sheet():
    workbook = opened(with_statement())
    heading, *rows = workbook["本文の数値"].iter_rows(values_only=True)
    (row,) = [dict(zip(heading, row, strict=True)) for row in rows]
    assert (row["何の数か"], row["値"], row["単位"]) == ("統合端末を設置", 28, "か所")
    assert row["文"] == "28か所に統合端末を設置している。"
    assert workbook["目次"]["A5"].hyperlink.location == "'本文の数値'!A1"
    assert workbook["目次"]["B6"].value == "6 件"
    assert workbook["目次"].freeze_panes == "A13"
    assert workbook["目次"]["A12"].value == "番号"


def test_without_entities_the_sheet_says_so():
    workbook = opened(document([]), "en")
    assert workbook["Entities"]["B2"].value == "No entity was found."
    assert workbook["Contents"].freeze_panes == "A12"
    assert workbook["Contents"]["A11"].value == "Number"
    assert "Numbers in prose" not in workbook.sheetnames

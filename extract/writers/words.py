"""The words on the sheets, in Japanese and English. Texts of a document stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from extract.document import CellStatus, DocumentStatus, PageOrigin
from extract.findings import Language, Severity

RelationWord: TypeAlias = Literal["sum", "difference", "same", "share", "rate", "product"]


@dataclass(frozen=True, slots=True)
class Words:
    """Every label of the workbook; ``{}`` is where a value goes."""

    contents: str
    facts: str
    checks: str
    review: str
    source: str
    table: str  # the beginning of a facsimile's name
    back: str
    unit: str
    as_of: str
    pages: str
    no_report: str
    report_number: str
    document_number: str
    nameless_report: str
    contents_columns: tuple[str, ...]
    facts_columns: tuple[str, ...]
    row_header: str
    column_header: str
    checks_columns: tuple[str, ...]
    relations: dict[RelationWord, str]
    no_checks: str
    checks_count: str
    no_formula: str
    review_columns: tuple[str, ...]
    source_rows: tuple[str, ...]
    source_pages: tuple[str, ...]
    legend: str
    to_review: str
    digits_in_text: str
    nothing_to_review: str
    review_count: str
    not_needed: str
    count: str
    partial: str
    statuses: dict[CellStatus, str]
    severities: dict[Severity, str]
    document_statuses: dict[DocumentStatus, str]
    origins: dict[PageOrigin, str]
    read_as: str
    printed_as: str
    page: str
    confidence: str
    other_readings: str
    repaired: str
    as_text: str
    goes_on: str
    part: str
    setting: str
    engine: str
    entities: str
    entities_columns: tuple[str, ...]
    entity_kind: str
    personal: str
    no_entities: str
    statements: str
    statements_columns: tuple[str, ...]


_JA = Words(
    contents="目次",
    facts="数値一覧",
    checks="検算",
    review="要確認",
    source="出典",
    table="表",
    back="← 目次",
    unit="単位：",
    as_of="時点：",
    pages="ページ：",
    no_report="（どの報告にも入らない表）",
    report_number="第{}号",
    document_number="報告資料No.{}",
    nameless_report="報告 {}",
    contents_columns=("番号", "表題", "所管", "単位", "時点", "ページ", "行", "列", "数値", "状態"),
    facts_columns=(
        "事実ID",
        "表ID",
        "表題",
        "報告",
        "ページ",
        "行見出し",
        "列見出し",
        "値",
        "単位",
        "時点",
        "期間開始",
        "期間終了",
        "状態",
        "要確認",
        "元の表記",
        "セル",
    ),
    row_header="行見出し{}",
    column_header="列見出し{}",
    checks_columns=(
        "順",
        "表",
        "セル",
        "項目",
        "ページ",
        "関係",
        "計算のもと",
        "印刷の値",
        "計算値",
        "差",
        "許容差",
        "成立",
        "根拠（ビット）",
    ),
    relations={
        "sum": "合計",
        "difference": "差引",
        "same": "同じ数",
        "share": "割合",
        "rate": "増減率",
        "product": "積",
    },
    no_checks="検算できる関係は見つかりませんでした。",
    checks_count="{} 件（成立 {}、不成立 {}）",
    no_formula="15 桁を超える数があり、Excel では正しく計算できないため、式ではなく値を入れました。",
    review_columns=("順", "重要度", "内容", "セル", "表", "ページ", "読み取り", "値", "他の読み", "確信度"),
    source_rows=(
        "ファイル名",
        "SHA-256",
        "大きさ（バイト）",
        "ページ数",
        "作成日時（ファイルの記載）",
        "変換の結果",
        "変換ソフト",
        "スキーマ",
    ),
    source_pages=("ページ", "幅 (pt)", "高さ (pt)", "読み取り方", "回転（度）", "傾き（度）", "エンジン"),
    legend="色の意味",
    to_review="要確認",
    digits_in_text="要確認：数字がありますが、一つの数として読めないため文字のままです。",
    nothing_to_review="確認が必要な箇所はありません。",
    review_count="要確認 {} 件",
    not_needed="不要",
    count="{} 件",
    partial="読み取れなかったページがあります。「要確認」を見てください。",
    statuses={
        "verified": "検証済",
        "unverified": "未検証",
        "conflict": "不一致",
        "repaired": "補正",
        "corrected": "人が訂正",
    },
    severities={"error": "エラー", "warning": "警告", "info": "情報"},
    document_statuses={"ok": "完了", "partial": "一部のみ"},
    origins={"text-layer": "文字層", "ocr": "OCR", "mixed": "文字層と OCR"},
    read_as="読み取り：",
    printed_as="元の表記：",
    page="ページ：",
    confidence="確信度：",
    other_readings="他の読み：",
    repaired="補正：「{}」と読めたものを直しました（{}）",
    as_text="15 桁を超えるため文字で入れました",
    goes_on="続きは「要確認」シート",
    part="続き {}/{}",
    setting="設定：{}",
    engine="エンジン：{}",
    entities="用語・法令",
    entities_columns=(
        "順",
        "種類",
        "本文の表記",
        "正規化した値",
        "単位",
        "内訳",
        "報告",
        "章",
        "ページ",
        "表とセル",
        "公開前の確認",
    ),
    entity_kind="種類",
    personal="個人情報の可能性",
    no_entities="用語・法令などは見つかりませんでした。",
    statements="本文の数値",
    statements_columns=(
        "順",
        "報告",
        "章",
        "ページ",
        "何の数か",
        "値",
        "単位",
        "時点",
        "期間開始",
        "期間終了",
        "文",
    ),
)

_EN = Words(
    contents="Contents",
    facts="Facts",
    checks="Checks",
    review="Review",
    source="Source",
    table="T",
    back="← Contents",
    unit="Unit: ",
    as_of="As of: ",
    pages="Pages: ",
    no_report="(tables outside any report)",
    report_number="No. {}",
    document_number="Document No. {}",
    nameless_report="Report {}",
    contents_columns=(
        "Number",
        "Caption",
        "Department",
        "Unit",
        "As of",
        "Pages",
        "Rows",
        "Columns",
        "Facts",
        "State",
    ),
    facts_columns=(
        "Fact ID",
        "Table ID",
        "Caption",
        "Report",
        "Page",
        "Row path",
        "Column path",
        "Value",
        "Unit",
        "As of",
        "Period start",
        "Period end",
        "Status",
        "Review",
        "As printed",
        "Cell",
    ),
    row_header="Row header {}",
    column_header="Column header {}",
    checks_columns=(
        "No.",
        "Table",
        "Cell",
        "Item",
        "Page",
        "Relation",
        "Computed from",
        "Stated",
        "Computed",
        "Difference",
        "Tolerance",
        "Holds",
        "Evidence (bits)",
    ),
    relations={
        "sum": "sum",
        "difference": "difference",
        "same": "same quantity",
        "share": "share",
        "rate": "rate of change",
        "product": "product",
    },
    no_checks="No relation was found that could be checked.",
    checks_count="{} ({} hold, {} do not)",
    no_formula="Values and no formulas: Excel cannot compute with more than 15 digits.",
    review_columns=(
        "No.",
        "Severity",
        "Message",
        "Cell",
        "Table",
        "Page",
        "Read as",
        "Value",
        "Other readings",
        "Confidence",
    ),
    source_rows=(
        "File name",
        "SHA-256",
        "Size (bytes)",
        "Pages",
        "Created (the file says)",
        "Result",
        "Converted by",
        "Schema",
    ),
    source_pages=("Page", "Width (pt)", "Height (pt)", "Read from", "Rotation (deg)", "Skew (deg)", "Engine"),
    legend="Colours",
    to_review="review",
    digits_in_text="review: there are digits, but they cannot be read as one number; they stay text",
    nothing_to_review="There is nothing to review.",
    review_count="{} to review",
    not_needed="no",
    count="{}",
    partial="Some pages could not be read; see the sheet Review.",
    statuses={
        "verified": "verified",
        "unverified": "unverified",
        "conflict": "conflict",
        "repaired": "repaired",
        "corrected": "corrected",
    },
    severities={"error": "error", "warning": "warning", "info": "info"},
    document_statuses={"ok": "complete", "partial": "partial"},
    origins={"text-layer": "text layer", "ocr": "OCR", "mixed": "text layer and OCR"},
    read_as="Read as: ",
    printed_as="Printed as: ",
    page="Page: ",
    confidence="Confidence: ",
    other_readings="Other readings: ",
    repaired="Repaired: was read as “{}” ({})",
    as_text="Text, because it has more than 15 digits",
    goes_on="Goes on in the sheet Review",
    part="part {}/{}",
    setting="Setting: {}",
    engine="Engine: {}",
    entities="Entities",
    entities_columns=(
        "No.",
        "Kind",
        "In the text",
        "Normalised",
        "Unit",
        "Parts",
        "Report",
        "Section",
        "Page",
        "Table and cell",
        "Before publishing",
    ),
    entity_kind="Kind",
    personal="may be personal data",
    no_entities="No entity was found.",
    statements="Numbers in prose",
    statements_columns=(
        "No.",
        "Report",
        "Section",
        "Page",
        "What is counted",
        "Value",
        "Unit",
        "As of",
        "Period start",
        "Period end",
        "Sentence",
    ),
)

WORDS: dict[Language, Words] = {"ja": _JA, "en": _EN}

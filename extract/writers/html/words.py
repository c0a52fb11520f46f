"""The words of the page that no sheet has, in Japanese and English. Texts of a document stay as they are."""

from __future__ import annotations

from dataclasses import dataclass

from extract.findings import Language


@dataclass(frozen=True, slots=True)
class PageWords:
    """Every label of the page that ``writers.words`` does not have; ``{}`` is where a value goes."""

    outline: str
    pages: str
    page: str
    page_picture: str
    larger: str
    no_picture: str
    picture_limit: str
    reports: str
    tables: str
    numbers: str
    how_to_read: str
    checks: str
    holds: str
    fails: str
    as_pages: str
    more: str
    dated: str
    untitled: str


_JA = PageWords(
    outline="目次",
    pages="元の文書",
    page="{} ページ",
    page_picture="元の文書の {} ページ",
    larger="拡大",
    no_picture="このページの画像はありません。枠は、読み取った位置です。",
    picture_limit="画像の大きさの上限を超えるため、このページの画像は入れていません。枠は、読み取った位置です。",
    reports="報告",
    tables="表",
    numbers="数値",
    how_to_read="数値を選ぶと、元の文書の画像の中でその場所が示されます。画像の中の枠を選ぶと、本文の対応する場所に戻ります。",
    checks="検算 {} 件（成立 {}、不成立 {}）",
    holds="成立",
    fails="不成立",
    as_pages="{} ページ",
    more="ほか {} 件",
    dated="時点：",
    untitled="（題名なし）",
)

_EN = PageWords(
    outline="Outline",
    pages="Source pages",
    page="page {}",
    page_picture="Page {} of the source",
    larger="Enlarge",
    no_picture="There is no picture of this page. The boxes are where things were read.",
    picture_limit="The pictures are over their limit: this page is not among them. The boxes are where things were read.",
    reports="reports",
    tables="tables",
    numbers="numbers",
    how_to_read="Choose a number to see its place on the picture of the source. Choose a box there to come back to the text.",
    checks="{} checks ({} hold, {} do not)",
    holds="holds",
    fails="does not hold",
    as_pages="pages {}",
    more="{} more",
    dated="as of ",
    untitled="(untitled)",
)

PAGE_WORDS: dict[Language, PageWords] = {"ja": _JA, "en": _EN}

"""What kinds of entities and their parts are called, in Japanese and English."""

from __future__ import annotations

from extract.document import EntityLabel
from extract.findings import Language

ENTITY_WORDS: dict[Language, dict[EntityLabel, str]] = {
    "ja": {
        "department": "部署",
        "committee": "会議体",
        "organisation": "団体",
        "facility": "施設",
        "place": "地名",
        "law": "法令",
        "date": "日付",
        "period": "期間",
        "time": "時刻",
        "quantity": "数量",
        "reference": "参照",
        "number": "番号",
        "term": "用語",
        "person": "人名",
        "address": "住所",
        "telephone": "電話番号",
        "mail": "メールアドレス",
        "my_number": "個人番号",
    },
    "en": {
        "department": "department",
        "committee": "committee",
        "organisation": "organisation",
        "facility": "facility",
        "place": "place",
        "law": "law",
        "date": "date",
        "period": "period",
        "time": "time",
        "quantity": "quantity",
        "reference": "reference",
        "number": "number",
        "term": "term",
        "person": "person",
        "address": "address",
        "telephone": "telephone",
        "mail": "mail address",
        "my_number": "individual number",
    },
}

# A department's parts are named by their kinds in the document's own words.
_PARTS: dict[str, str] = {
    "law": "法令",
    "article": "条",
    "paragraph": "項",
    "item": "号",
    "article_last": "条（終わり）",
    "paragraph_last": "項（終わり）",
    "item_last": "号（終わり）",
    "session": "回",
    "kind": "種類",
    "number": "番号",
    "meaning": "意味",
    "role": "役職",
    "word": "語",
    "mark": "印",
    "tail": "末尾",
    "first": "始まり",
    "last": "終わり",
}


def part_name(name: str, language: Language) -> str:
    """Give what a part of an entity is called."""
    return _PARTS.get(name, name) if language == "ja" else name.replace("_", " ")

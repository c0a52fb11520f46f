"""What kinds of entities are called, in Japanese and English."""

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

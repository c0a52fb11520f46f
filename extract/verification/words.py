"""What labels say about arithmetic: totals, parts that are only some, differences, rates; pure.

A word never proves a relation; it only tells where to look first and how much evidence is still needed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_SPACES: Final = re.compile(r"\s+")
_TOTAL: Final = re.compile(
    r"合計|総計|小計|累計|総数|総額|総合計|年間計|年度計|純計|全体$|^計[（(]|"
    r"(?:^|[^会統設家時推生余集])計(?:$|[（(【〔\[０-９0-9a-zA-ZＡ-Ｚ①-⑳])"
)
_SUBTOTAL: Final = re.compile(r"小計|中計")
_GRAND: Final = re.compile(r"合計|総計|総数|総額|総合計|純計")
_SOME: Final = re.compile(r"^[（(［\[【]?(?:うち|内数|内、|再掲|再\s*掲)|[（(](?:再掲|内数)[）)]")
_DIFFERENCE: Final = re.compile(r"比較|増減|差引|差額|対前年|差$|△減|過不足|収支")
_BREAKDOWN: Final = re.compile(r"内訳|処理状況|処理結果|対応状況|審査結果|内容別|種類別|区分別")
_RATE: Final = re.compile(r"[率％%]|比(?![較べ])|割合|パーセント|シェア")
_FLOW: Final = re.compile(
    r"発行|償還|残高|現在高|積立|取崩|増|減|繰越|差引|収入|支出|受入|払出|歳入|歳出|控除|補正|"
    r"出生|死亡|転入|転出|入所|退所|入会|退会|新規|廃止"
)
_BALANCE: Final = re.compile("残高|現在高|残額|(?:年度|年|期|月)末$|人口|総数$|現在$")
_OPENING: Final = re.compile("当初|期首|前年|前期|前月|繰越")
_PRODUCT: Final = re.compile(
    r"単価|数量|単位|時間|日数|月額|日額|回数|箇所|人数|件数|面積|員数|月数|口数|冊数|部数|台数|×"
)
_MARKERS: Final = (
    re.compile(r"[0-9]{1,3}(?:[.．、 　](?![0-9])|(?=[^0-9,.％%（()年月日人件]))"),
    re.compile(r"[（(][0-9]{1,3}[）)]"),
    re.compile(r"[①-⑳]"),
    re.compile(r"[ア-ン][.．、 　]"),
    re.compile(r"[（(][ア-ンｱ-ﾝ][）)]"),
    re.compile(r"[○◯●◎◇◆□■]"),
    re.compile(r"[・･\-－]"),
    re.compile(r"[（(]?[一二三四五六七八九十]+[）)．、 　]"),
)


@lru_cache(maxsize=8192)
def bare(label: str) -> str:
    """Give the label without any space."""
    return _SPACES.sub("", label)


@lru_cache(maxsize=8192)
def is_total(label: str) -> bool:
    """Say whether the label names a total: 合計, 小計, 計, 総数 ...; 会計 and 統計 are none."""
    return _TOTAL.search(bare(label)) is not None


@lru_cache(maxsize=8192)
def total_rank(label: str) -> int:
    """Give 0 for no total, 1 for 小計, 2 for 計, 3 for 合計, 総計, 総数."""
    text = bare(label)
    if _TOTAL.search(text) is None:
        return 0
    if _SUBTOTAL.search(text):
        return 1
    return 3 if _GRAND.search(text) else 2


@lru_cache(maxsize=8192)
def is_some(label: str) -> bool:
    """Say whether the label names a part that is counted elsewhere already: うち, 再掲."""
    return _SOME.search(bare(label)) is not None


@lru_cache(maxsize=8192)
def is_difference(label: str) -> bool:
    """Say whether the label names a difference."""
    return _DIFFERENCE.search(bare(label)) is not None


@lru_cache(maxsize=8192)
def is_rate(label: str) -> bool:
    """Say whether the label names a rate or a share."""
    return _RATE.search(bare(label)) is not None


@lru_cache(maxsize=8192)
def is_breakdown(label: str) -> bool:
    """Say whether the header of a group says that its columns break a number down: 内訳, 処理状況."""
    return _BREAKDOWN.search(bare(label)) is not None


@lru_cache(maxsize=8192)
def is_flow(label: str) -> bool:
    """Say whether the label belongs to a balance that goes on: issues, repayments, what is left."""
    return _FLOW.search(bare(label)) is not None


@lru_cache(maxsize=8192)
def is_balance(label: str) -> bool:
    """Say whether the label names what is left at the end of a line: 年度末現在高, 残高, 人口."""
    text = bare(label)
    return _BALANCE.search(text) is not None and _OPENING.search(text) is None


@lru_cache(maxsize=8192)
def is_factor(label: str) -> bool:
    """Say whether the label may name a factor of a product: 単価, 数量."""
    return _PRODUCT.search(bare(label)) is not None


@lru_cache(maxsize=8192)
def marker_kind(label: str) -> int:
    """Give the kind of list mark the label begins with (1 普通債, (1) 総務, ○ ...), -1 for none."""
    text = label.lstrip()
    for kind, pattern in enumerate(_MARKERS):
        if pattern.match(text):
            return kind
    return -1

"""Municipalities that no dictionary knows, from what a report says of them elsewhere: 岬市長, 岬市立, 岬市手数料条例."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from extract.tree.entities.mentions import Mention
from extract.tree.entities.tokens import Tokens

_SHOWN: Final = re.compile(
    "(?:(?<=法人)|(?<![\u4e00-\u9fffァ-ヶー々]))(?P<name>[\u4e00-\u9fffァ-ヶー々][\u4e00-\u9fffァ-ヶー々ぁ-ん]{0,5}?[市町村区])"
    "(?=に(?:在住|居住|住所|所在)|長[、はがに又及]|議会|役所|役場|立[\u4e00-\u9fff]|教育委員会|社会福祉協議会|消防団|[\u4e00-\u9fff]{2,10}?(?:条例|規則|協会|審議会|協議会)(?:[第（のをに及、]))"
)
_NO_NAME: Final = re.compile(
    ".*(?:都市|[本当各全同両他][市町村区]|県内|近隣|関係|特別区|.*(?:学|校|投票|選挙|行政|管|工|財産|改良|鉱|街|保護|漁|地)区$|構成|中核市|政令|指定|特例|市町|町村|区市|町内|市内|村内|[のをがはにと])"
)
_OTHER_WORD: Final = re.compile("[民長議立債税営政報役道外間内場]")


def find_towns(texts: Iterable[str]) -> frozenset[str]:
    """Give the municipalities that the texts of a report show by what stands behind their names."""
    names = {match["name"] for text in texts for match in _SHOWN.finditer(text)}
    return frozenset(name for name in names if not _NO_NAME.match(name))


def name_towns(tokens: Tokens, towns: frozenset[str]) -> Iterator[Mention]:
    """Give where the towns are named as words of their own."""
    for town in towns:
        start = tokens.text.find(town)
        while start >= 0:
            stop = start + len(town)
            whole = tokens.begins(start) and tokens.ends(stop) and not tokens.before(start).is_nominal
            if whole and not _OTHER_WORD.match(tokens.text, stop):
                yield Mention(start, stop, "place", town)
            start = tokens.text.find(town, stop)

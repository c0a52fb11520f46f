"""Names that go on behind the word that says what they are, or stand before it with の or a verb.

生涯学習センター「まなびの森」, 認定こども園ひかりの丘, ショッピングモール大森野, 少年自然の家, 川の環境を守る会.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extract.document import EntityLabel
from extract.tree.entities.tokens import Tokens

NAME_AFTER_OF: Final = re.compile(
    "(?:会|家|里|園|苑|郷|杜|森|丘|木|樹|輪|友|風|翼|舎|街|恵|実|幸|花|泉|庭|空|海|光|音|夢|館|湯|広場|ひろば|いえ|わ)"
)
"""What a name ends with after の; other words after it are what belongs to the body."""
_KANA: Final = re.compile(
    "(?!.*(?:だより|まつり|めぐり|づくり|あたり|ごと|ほか|など|とも|まで|だけ|ほど|ぐらい|くらい)$)[ぁ-んー]{3,8}"
)  # 子育て支援センターひだまり
_QUOTED: Final = re.compile("「[^「」、。（）()]{1,16}」|『[^『』、。（）()]{1,16}』")
_DOCUMENT: Final = re.compile(
    "(?:だより|通信|計画|報告書?|概要|要綱|要領|事業|募集|案内|一覧|調査|について|[0-9]号|名簿|規約|開催|講座|教室|展|祭|まつり)」"
)
"""What stands in quotes behind a facility and is not its name."""
_AND_OTHERS: Final = re.compile("等|など|ほか|他|内(?![\u4e00-\u9fff])")
_SHOPS: Final = ("モール", "タウン", "スクエア", "ホーム", "ハローワーク", "道の駅")
"""Kinds that are named behind, by any short noun: みなとモール海浜."""
_OPEN_NAME: Final = re.compile("[ぁ-んー]{2,6}")
"""The first word of a name that may go on with の: ことばの架け橋; what ends in 会 or 社 is whole."""
_ROLES: Final = re.compile(
    "職員|代表|理事|会員|活動|事業|施設|運営|協力|定款|役員|補助|予算|決算|支援|利用|所在|主催|スタッフ|ほか|他|場合|方|者"
)
_LONGEST_BYNAME: Final = 8
_LONGEST_PLACE: Final = 4
_HOUSES: Final = frozenset(["家", "村", "里", "郷"])
_HOMES: Final = re.compile(
    "(?:自然|憩い?|いこい|ふれあい|青少年|青年|少年|老人|婦人|母子|父子|こども|子ども|子供|創造|太陽|[ぁ-んー]{3,6})$"
)
"""What stands before の家 and の村 in the name of a house for a purpose."""
_CITIZENS: Final = re.compile("(?:[市区町村県府都]民|ふるさと|いこい|憩い|ふれあい)$")
_KANA_NAME: Final = re.compile(
    "(?:.*[市区町村県]立?)?(?!こちら|これ|それ|あれ|どれ|ここ|そこ|なか|うち|もの|こと|ところ|ほか|すべて|まち|むら|ため)[ぁ-ん]{2,6}"
)
_HALLS: Final = re.compile("(?:森|里|丘|郷|杜|館|園|湯|泉|広場|ひろば|プラザ|ホール|ドーム|アリーナ|パーク)")
_NATURE: Final = re.compile(
    "(?:^|[市区町村県都府]立?)(?:[海山川湖水野浜岸]辺?|湖畔|森|丘|里|風|光|花|緑|星|空|木|音|石|土|虫|絵本|童話|民話|人形|漫画)$"
)
_COLLECTIONS: Final = re.compile("(?:美術|博物|資料|文学|科学|図書|記念|郷土|児童)館|水族館|学校|ホール")
"""What a name ends with after の and a word of nature: 海辺の美術館, 森の図書館."""
_CIRCLE: Final = re.compile(
    "を(?:守る|まもる|支える|育てる|考える|つくる|創る|作る|進める|つなぐ|愛する|語る|楽しむ|結ぶ|広める|応援する)会"
)
_HELD: Final = re.compile("[をが](?:開|実施|行)")
"""What follows a meeting, not an association: 暮らしを考える会を開催した."""


def incorporated_end(tokens: Tokens, name_start: int, stop: int) -> int:
    """Give where the name behind a legal form ends whose first noun ends at ``stop``: NPO法人|ことばの架け橋."""
    text = tokens.text
    more = tokens.compound_from(stop + 1) if text.startswith("の", stop) else None
    if more is None:
        return stop
    last = NAME_AFTER_OF.match(text, *more)
    if last and (last.end() == more[1] or _AND_OTHERS.match(text, last.end(), more[1])):
        return last.end()
    is_short = more[1] - more[0] <= _LONGEST_PLACE and _OPEN_NAME.fullmatch(text, name_start, stop)
    return more[1] if is_short and not _ROLES.match(text, more[0]) else stop


def byname_end(tokens: Tokens, label: EntityLabel, word: str, end: int, stop: int) -> int:
    """Give where a name ends whose kind ``word`` ends at ``end``, in a compound that ends at ``stop``."""
    text = tokens.text
    if label != "facility":
        return end
    if end == stop:
        return quoted_end(tokens, end)
    if not _is_byname(tokens, word, end, stop):
        return end
    more = tokens.compound_from(stop + 1) if text.startswith("の", stop) else None
    return more[1] if more is not None and NAME_AFTER_OF.fullmatch(text, *more) else stop


def quoted_end(tokens: Tokens, end: int) -> int:
    """Give where the name in quotes ends that stands at ``end``; ``end`` itself where none does."""
    quoted = _QUOTED.match(tokens.text, end)
    if quoted is None or _DOCUMENT.search(quoted.group()):
        return end
    goes_on = tokens.after(quoted.end()).is_nominal and not _AND_OTHERS.match(tokens.text, quoted.end())
    return end if goes_on else quoted.end()


def _is_byname(tokens: Tokens, word: str, start: int, stop: int) -> bool:
    rest = tokens.text[start:stop]
    if _KANA.fullmatch(rest):
        return True
    inside = tokens.between(start, stop)
    if not inside or any(_is_common(token.tag) for token in inside) or len(rest) > _LONGEST_BYNAME:
        return False
    if word.endswith(_SHOPS):
        return len(rest) <= _LONGEST_PLACE
    first = inside[1] if len(inside) > 1 and len(inside[0].text) == 1 else inside[0]
    return "固有名詞" in first.tag and len(rest) > 1


def _is_common(tag: str) -> bool:
    return "サ変" in tag or "数詞" in tag or "副詞可能" in tag or "助数詞" in tag or "形状詞" in tag


def circle_end(tokens: Tokens, stop: int) -> int | None:
    """Give where the name of an association ends that goes on at ``stop`` with の or を and ends with 会: こどもの未来を支える会."""
    text = tokens.text
    verb = _CIRCLE.match(text, stop)
    if verb is None and text.startswith("の", stop):
        within = tokens.compound_from(stop + 1)
        verb = _CIRCLE.match(text, within[1]) if within is not None else None
    return verb.end() if verb is not None and not tokens.after(verb.end()).is_nominal else None


def name_with_of(tokens: Tokens, start: int, stop: int) -> int | None:
    """Give where the name of a facility ends whose first part is the compound before の: 少年自然の家, ほしのプラザ."""
    text = tokens.text
    if not text.startswith("の", stop):
        return None
    more = tokens.compound_from(stop + 1)
    if more is None:
        return None
    head, last = text[start:stop], text[more[0] : more[1]]
    if _NATURE.search(head) and _COLLECTIONS.fullmatch(last):
        return more[1]
    if last in _HOUSES and (named := _HOMES.search(head)) is not None:
        return more[1]
    if last == "家":
        return None
    if last == "森" and _CITIZENS.search(head):
        named = _CITIZENS.search(head)
    else:
        named = _KANA_NAME.fullmatch(head) if _HALLS.fullmatch(last) else None
    return more[1] if named else None


def find_circles(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Give the start and stop of associations that a verb names: 川の環境を守る会."""
    for match in _CIRCLE.finditer(tokens.text):
        if tokens.after(match.end()).is_nominal or _HELD.match(tokens.text, match.end()):
            continue
        first = tokens.compound_holding(match.start())
        if first is None or first[1] != match.start():
            continue
        start = first[0]
        outer = tokens.compound_holding(start - 1) if tokens.text[start - 1 : start] == "の" else None
        yield (outer[0] if outer is not None and outer[1] == start - 1 else start), match.end()

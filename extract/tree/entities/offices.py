"""Compounds -> departments with their hierarchy, committees, organisations, facilities and municipalities.

A name ends in a word that says what it is (課, 審議会, 図書館) where a token ends; it begins where its compound begins. A
word of that kind alone, or with 各 or 所管 before it, names nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from extract.document import EntityLabel, EntityPart
from extract.tree.entities.beginnings import name_compounds
from extract.tree.entities.bynames import (
    byname_end,
    circle_end,
    find_circles,
    incorporated_end,
    name_with_of,
    quoted_end,
)
from extract.tree.entities.mentions import Mention, free_of, parts_of
from extract.tree.entities.office_kinds import CITIZENS, KINDS, LAST, is_kind, is_whole, leading_end, suffix
from extract.tree.entities.office_words import GENERIC, LEGAL_FORM, NAMED_BEHIND, PREFECTURES, QUOTABLE, STEP
from extract.tree.entities.tokens import Tokens

_FLOOR: Final = re.compile("(?:地下)?[0-9]{1,2}階")
_IN_KANA: Final = re.compile("[ぁ-んー]{2,8}(?:会|園|苑|舎|院)(?![\u4e00-\u9fffァ-ヶー](?<![等他内]))")
"""A name behind a legal form that the dictionary takes for particles: 医療法人社団|あさなぎ会."""
_NEIGHBOUR: Final = re.compile("から|へ|及び|並びに|と(?!し)|との|に(?:隣接|在住|居住)")
_NO_NEIGHBOUR: Final = re.compile(
    "選手|学生|芸術|温泉|宿場|門前|商店|過疎|別荘|文化|民俗|観光|工業|近隣|関係|対象|全体|市町|産業"
)
"""What stands before 町 and 村 where it is no name of one: 選手村から."""
_SESSION: Final = re.compile("第([0-9]+)回")
_HEADS: Final = re.compile("[課部局室係署][長員]")
"""Words of the dictionary that end with a department and who is at its head: 健康福祉課長."""
_NAMED_BEHIND: Final = 3  # characters of a kind that a name behind it is enough for: 学童クラブ「あおぞら」
_VILLAGE: Final = frozenset("町村")
_TOWN: Final = re.compile("[市町村]")
_MUNICIPALITY: Final = re.compile("[都道府県市区町村郡]")
_WHOLE_PLACE: Final = re.compile(".{2,}[市区町村県]")
_NO_MUNICIPALITY: Final = re.compile(
    "[民長議立債税営政報役道外間駅内0-9一二三四五六七八九]|丁目|番|地区|地内|字|大字"
)
"""What follows a part of a town that the dictionary knows as one word (浜町), not a municipality."""
_NOT_A_PLACE_BEFORE: Final = re.compile("[民長議立債税営政報役道外間]")
_MAYBE: Final = re.compile(f"[{''.join(map(re.escape, sorted(LAST)))}市区町村県都道府郡㈱㈲]")
"""What every name holds that ends in its compound; to ask first spares the other searches."""
_GOES_ON: Final = frozenset("のを「『")
_APART: Final = re.compile("[・･階]")
_SURNAME: Final = "人名-姓"
_HEADED: Final = re.compile("(?:課|係|部|局|室|連合|議会|委員会)$")
_HEAD_WORDS: Final = ("議長", "委員長", "副議長")
_QUOTES: Final = frozenset("「『")
_BRACKET: Final = re.compile("[（(]([^（()）]+)[)）]")
_LIST_MARKS: Final = re.compile("[、，・]")


def find_offices(tokens: Tokens, taken: Sequence[Mention]) -> Iterator[Mention]:
    """Give the named bodies and places of a text in order; ``taken`` are the mentions that no name runs over."""
    ordered = sorted(taken, key=lambda one: one.start)
    circles = [
        Mention(start, stop, "organisation", tokens.text[start:stop]) for start, stop in find_circles(tokens)
    ]
    if circles:
        circles = [one for one in circles if not LEGAL_FORM.match(tokens.text, one.start)]
        yield from free_of(circles, taken)
        ordered = sorted([*taken, *circles], key=lambda one: one.start)
    starts = [one.start for one in ordered]
    longest = max((one.stop - one.start for one in ordered), default=0)
    stopped = 0
    for start, stop in name_compounds(tokens):
        if _MAYBE.search(tokens.text, start, stop) is None and tokens.text[stop : stop + 1] not in _GOES_ON:
            continue
        near = ordered[bisect_left(starts, start - longest) : bisect_left(starts, stop)]
        for begin, end in _free_pieces(max(start, stopped), stop, near):
            for first, last in _names_apart(tokens.text, begin, end):
                for mention in _find_in_compound(tokens, first, last):
                    stopped = max(stopped, mention.stop)
                    yield mention


def find_listed(tokens: Tokens, facilities: Sequence[Mention]) -> Iterator[Mention]:
    """Give the facilities that a list in brackets names by their first words: まちづくりセンター（上馬、梅丘、奥沢）."""
    for facility in facilities:
        if facility.label != "facility" or not isinstance(facility.value, str):
            continue
        bracket = _BRACKET.match(tokens.text, facility.stop)
        if bracket is None:
            continue
        names = list(_list_items(bracket[1], bracket.start(1)))
        proper = [name for name in names if _is_proper(tokens, *name)]
        if (
            len(names) < 2
            or 3 * len(proper) < len(names)
            or not all(_is_name(tokens, *name) for name in names)
        ):
            continue
        for begin, end in names:
            yield Mention(begin, end, "facility", tokens.text[begin:end] + facility.value)


@lru_cache(maxsize=1024)
def name_to_parts(name: str) -> tuple[EntityPart, ...]:
    """Give the steps of a department's hierarchy, outermost first: 砧総合支所 > 保健福祉センター > 健康づくり課."""
    tokens = Tokens(name)
    parts: list[EntityPart] = []
    start = 0
    for token in tokens.tokens:
        word = suffix(STEP, name[start : token.stop])
        if (
            word
            and (token.stop - start > len(word) or word in PREFECTURES)
            and (tokens.begins(token.stop - len(word)) or CITIZENS.search(name, 0, token.stop))
        ):
            parts.append(EntityPart(word[-1] if word in PREFECTURES else word, name[start : token.stop]))
            start = token.stop
    return tuple(parts) if start == len(name) else (*parts, EntityPart("", name[start:]))


def _free_pieces(start: int, stop: int, taken: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Give what is left of a compound outside what was found before, which is in the order of the text."""
    position = start
    for mention in taken:
        if mention.stop <= position:
            continue
        if mention.start > position:
            yield position, mention.start
        position = max(position, mention.stop)
    if position < stop:
        yield position, stop


def _names_apart(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Cut a compound at a dot or a floor after a whole name: くみん窓口・出張所, 本庁舎5階会議室, but not 住民記録・戸籍課."""
    begin = start
    if _APART.search(text, start, stop) is None:
        yield start, stop
        return
    for floor in _FLOOR.finditer(text, start, stop):
        if any(suffix(words, text[begin : floor.start()]) for _, words in KINDS):
            yield begin, floor.start()
            begin = floor.end()
    for index in range(begin, stop):
        if text[index] in "・･" and any(suffix(words, text[begin:index]) for _, words in KINDS):
            yield begin, index
            begin = index + 1
    yield begin, stop


def _find_in_compound(tokens: Tokens, start: int, stop: int) -> Iterator[Mention]:
    text = tokens.text
    place = _municipality_end(tokens, start, stop)
    named = _incorporated(tokens, start, stop) or _longest_name(tokens, start, stop)
    if named is None and text[stop : stop + 1] in _QUOTES and QUOTABLE.search(text, start, stop):
        quoted = quoted_end(tokens, stop)
        named = ("facility", quoted) if quoted > stop else None
    if named is None and (with_of := name_with_of(tokens, start, stop)) is not None:
        named = "facility", with_of
    if named is not None:
        label, end = named
        begin, session = _begin(tokens, start, end)
        if (begin == start and text[end : end + 1] == "長") or text.startswith(_HEAD_WORDS, end):
            begin = _after_surname(tokens, begin, end)
        name = _closed(text[begin if session is None else session[1] : end])
        if not GENERIC.fullmatch(name):
            parts = (
                name_to_parts(name)
                if label == "department"
                else parts_of(session=session[0] if session else None)
            )
            yield Mention(begin, end, label, name, parts=parts)
            start = end
            place = None
    if place is not None:
        yield Mention(start, place, "place", text[start:place])


def _incorporated(tokens: Tokens, start: int, stop: int) -> tuple[EntityLabel, int] | None:
    """Read a name behind its legal form: 社会福祉法人みどり会, 特定非営利活動法人つばさの会."""
    match = LEGAL_FORM.match(tokens.text, start, stop)
    if match is None:
        return None
    if match.end() == stop:
        behind = _IN_KANA.match(tokens.text, stop)
        return ("organisation", behind.end()) if behind is not None else None
    circle = circle_end(tokens, stop)
    if circle is not None:
        return "organisation", circle
    return "organisation", incorporated_end(tokens, match.end(), stop)


def _longest_name(tokens: Tokens, start: int, stop: int) -> tuple[EntityLabel, int] | None:
    """Give the last place in the compound where a name ends, and what kind of name it is."""
    text = tokens.text
    for token in reversed(tokens.between(start, stop)):
        end = token.stop - 1 if _HEADS.fullmatch(token.text) else token.stop
        if text[end - 1] not in LAST:
            continue
        head = text[start:end]
        after = text[end:stop]
        for label, words in KINDS:
            match = suffix(words, head)
            if not match or not is_whole(tokens, end - len(match), after, match):
                continue
            if is_kind(label, match, head, tokens, start):
                return label, byname_end(tokens, label, match, end, stop)
            if label == "facility" and len(match) >= _NAMED_BEHIND:
                named = byname_end(tokens, label, match, end, stop)
                if named > end and match == head:
                    return label, named
        if end < stop and (kind := suffix(NAMED_BEHIND, head)) is not None:
            named = byname_end(tokens, "facility", kind, end, stop)
            if named > end:
                return "facility", named
    return None


def _begin(tokens: Tokens, start: int, end: int) -> tuple[int, tuple[str, int] | None]:
    """Give where the name begins without 各 and the like; for 第１回 also the number and where the name itself begins."""
    begin = leading_end(tokens, start, end)
    session = _SESSION.match(tokens.text, begin, end)
    if session and session.end() < end:
        return begin, (session[1], session.end())
    return begin, None


def _after_surname(tokens: Tokens, begin: int, end: int) -> int:
    """Give where an office begins behind the surname of who is at its head: 吉田|介護保険課長."""
    first = tokens.after(begin)
    return first.stop if _SURNAME in first.tag and _HEADED.search(tokens.text, first.stop, end) else begin


def _municipality_end(tokens: Tokens, start: int, stop: int) -> int | None:
    """Give where a municipality's name at the start of the compound ends: 世田谷区, 東京都."""
    inside = tokens.between(start, stop)
    if inside and _WHOLE_PLACE.fullmatch(inside[0].text) and "地名" in inside[0].tag:
        follows = inside[1].text if len(inside) > 1 else tokens.text[inside[0].stop : inside[0].stop + 1]
        return None if _NO_MUNICIPALITY.match(follows) else inside[0].stop
    if (
        len(inside) == 2
        and inside[1].text in _VILLAGE
        and inside[1].stop == stop
        and inside[0].tag == "名詞-普通名詞-一般"
        and len(inside[0].text) > 1
        and not _NO_NEIGHBOUR.fullmatch(inside[0].text)
        and _NEIGHBOUR.match(tokens.text, stop)
    ):
        return stop
    for before, token, after in zip(inside, inside[1:], [*inside[2:], None], strict=False):
        if "地名" not in before.tag and not (
            _TOWN.fullmatch(token.text) and token.stop == stop and "固有名詞" in before.tag
        ):
            if "固有名詞" in before.tag and token.stop < stop:
                continue  # 東磐市: the dictionary knows it as names of people
            return None
        if _MUNICIPALITY.fullmatch(token.text):
            follows = after.text if after else tokens.text[token.stop : token.stop + 1]
            return None if _NOT_A_PLACE_BEFORE.match(follows) else token.stop
    return None


def _list_items(text: str, offset: int) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _LIST_MARKS.finditer(text):
        yield offset + start, offset + match.start()
        start = match.end()
    yield offset + start, offset + len(text.removesuffix("など").removesuffix("等"))


def _is_name(tokens: Tokens, start: int, stop: int) -> bool:
    inside = tokens.between(start, stop)
    return (
        0 < stop - start <= 8
        and bool(inside)
        and all(token.is_nominal and "数詞" not in token.tag for token in inside)
    )


def _is_proper(tokens: Tokens, start: int, stop: int) -> bool:
    return any("固有名詞" in token.tag for token in tokens.between(start, stop))


def _closed(name: str) -> str:
    return name.replace(" ", "")

"""The marks that open a part of a Japanese official paper (１, （１）, ①, ア, ◆, ・, 第六十八条 ...); pure.

The order of the numbered marks follows 公用文における見出し記号 (公用文作成の考え方, 文化審議会 2022): 第１, １, （１）, ア, （ア）;
① stands between （１） and ア. Symbols (◆ ■ ○) and brackets (＜＞ 【】) have no fixed place: the paper decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from extract.characters import fold_width
from extract.document import CleanLine
from extract.tree.printed import text_after

TOP_RANK: Final = 5  # 別紙, 参考, 附則: they stand beside the report's own parts
KI_RANK: Final = 6  # 記: what follows is set out item by item, beside it
ARTICLE: Final = "article"
BRACKETS: Final = frozenset("＜〈《【〔［")  # the style of a bracketed heading is its bracket
KI: Final = "記"
APPENDIX: Final = "appendix"
BULLETS: Final = frozenset("・-")

_DIGIT = "[0-9０-９]"
_KANJI_NUMBER = "[一二三四五六七八九十百〇]"
_NUMBER = f"(?:{_DIGIT}{{1,4}}|{_KANJI_NUMBER}{{1,6}})"
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_STOP = r"(?=[\s　]|$)"
_AFTER_NUMBER = (
    r"[\s　]+(?=\S)(?![年月日時分](?![一-龠々]))"  # 「７ 月 １９ 日」 is a date, 「１ 日時」 a heading
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark at the start of a line.

    ``raw`` as printed; ``style`` is its class, equal for marks of one sequence; ``value`` its number (0: a symbol, which
    counts nothing); ``rank`` its place in the order of numbered marks, small is outer (None: the paper decides);
    ``title_start`` the number of characters of the line before its own text, spaces included.
    """

    raw: str
    style: str
    value: int
    rank: int | None
    title_start: int


# style, rank, pattern; group 1 is the number. The first that matches is the marker, so the longer forms stand first.
_NUMBERED: Final = tuple(
    (style, rank, re.compile(pattern))
    for style, rank, pattern in (
        (ARTICLE, 20, rf"第[\s　]*({_NUMBER})[\s　]*条(?:の{_NUMBER})*(?=[\s　（(]|$)"),
        ("part", 10, rf"第[\s　]*({_NUMBER})[\s　]*[編部]{_STOP}"),
        ("chapter", 11, rf"第[\s　]*({_NUMBER})[\s　]*章{_STOP}"),
        ("section", 12, rf"第[\s　]*({_NUMBER})[\s　]*節{_STOP}"),
        ("subsection", 13, rf"第[\s　]*({_NUMBER})[\s　]*[款目]{_STOP}"),
        ("dai", 16, rf"第[\s　]*({_NUMBER})(?:[\s　]+(?=\S)|$)(?![表図号回期次])"),
        ("kan", 27, rf"[（(]?款[）)]?[\s　]*({_DIGIT}{{1,3}})(?=\D)"),
        ("decimal", 28, rf"({_DIGIT}{{1,2}})(?:[．.－‐−-]{_DIGIT}{{1,2}})+[．.]?[\s　]+(?=[^\W\d])"),
        ("arabic-dot", 24, rf"({_DIGIT}{{1,2}})[\s　]?[．.、](?!{_DIGIT})(?=[\s　]*\S)"),
        ("half-paren", 34, rf"({_DIGIT}{{1,2}})[）)](?=[\s　]*\S)"),
        ("paren", 30, rf"[（(][\s　]*({_DIGIT}{{1,2}})[\s　]*[）)](?=[\s　]*\S)"),
        ("paren-kanji", 32, rf"[（(][\s　]*({_KANJI_NUMBER}{{1,3}})[\s　]*[）)](?=[\s　]*\S)"),
        ("paren-kana", 55, rf"[（(]([{_KANA}ｱ-ﾜ])[）)](?=[\s　]*\S)"),
        ("paren-latin", 65, r"[（(]([a-zａ-ｚA-ZＡ-Ｚ])[）)](?=[\s　]*\S)"),
        ("kana", 50, rf"([{_KANA}ｱ-ﾜ])(?:[\s　]+|[．.、）)])(?=\S)"),
        ("latin", 60, r"([a-zａ-ｚ])(?:[．.、）)]|[\s　]+(?=[^\sa-zA-Z0-9]))(?=[\s　]*\S)"),
        ("latin-upper", 22, r"([A-ZＡ-Ｚ])(?:[．.、）)]|[\s　]+(?=[^\sa-zA-Z0-9]))(?=[\s　]*\S)"),
        ("kanji", 26, rf"({_KANJI_NUMBER}{{1,3}})(?:[\s　]+|[、．.])(?=\S)"),
        ("arabic", 25, rf"({_DIGIT}{{1,2}}){_AFTER_NUMBER}(?!{_DIGIT})"),
    )
)
# style, rank, first and last code point of characters that are a mark by themselves
_ENCLOSED: Final = (
    ("circled", 40, 0x2460, 0x2473),
    ("circled", 40, 0x3251, 0x325F),
    ("paren", 30, 0x2474, 0x2487),
    ("arabic-dot", 24, 0x2488, 0x249B),
    ("black-circled", 41, 0x2776, 0x277F),
    ("roman", 15, 0x2160, 0x216B),
    ("roman-small", 58, 0x2170, 0x217B),
)
_ENCLOSED_AFTER_20: Final = {0x3251: 21}
_SYMBOL: Final = re.compile(r"([◆◇■□●○◎▼▽★☆◉▶▷➢✓✔❖・･•‣])(?!\1)(?=[\s　]*\S)|([-－―–‐])[\s　]+(?=[^\s\d])")
_SYMBOL_STYLES: Final = dict.fromkeys("・･•‣", "・") | dict.fromkeys("-－―–‐", "-")
_BRACKET: Final = re.compile(
    r"(?:＜([^＞。]{1,40})＞|<([^>。]{1,40})>|〈([^〉。]{1,40})〉|《([^》。]{1,40})》|【([^】。]{1,40})】"
    r"|〔([^〕。]{1,40})〕|［([^］。]{1,40})］|\[([^\]。]{1,40})\])"
)
_WORD: Final = re.compile(
    r"[（(【＜〔［]?(?:(記)|((?:別[\s　]*紙|別[\s　]*添|別[\s　]*表|別[\s　]*記|参[\s　]*考(?:[\s　]*資[\s　]*料)?|資[\s　]*料"
    r"|添[\s　]*付[\s　]*資[\s　]*料|附[\s　]*則|付[\s　]*則)(?:[\s　]*(?:第|No[.．]?|Ｎｏ．|№)?[\s　]*[0-9０-９]{1,2}(?:[-－の‐][0-9０-９]{1,2})?)?))"
    r"[）)】＞〕］]?(?=[\s　]|$)"
)
_NOTE: Final = re.compile(r"[※＊*]|[（(]?注[0-9０-９]*[）)：:\s　]|備[\s　]*考(?=[\s　：:]|$)")
_WIDE_BRACKETS: Final = {"<": "＜", "[": "［"}
_POINT: Final = re.compile(r"[\s　]?[．.、](?=\s*\S)")
_LEADER: Final = re.compile(
    r"[·・･.．…‥⋯─－-]{5,}[\s　,，]*[(（]?[0-9０-９ivxIVXPpＰ.．－-]{0,7}[)）]?(?:頁|ページ)?[\s　]*$"
)
_WORN_LEADER: Final = re.compile(r"([·・･.．…‥⋯\s　]{5,})[0-9０-９]{1,4}[\s　]*$")
_DOTS: Final = {"…": 3, "‥": 2, "⋯": 3, **dict.fromkeys("·・･.．", 1)}
_FEWEST_DOTS: Final = 2
_KANJI_DIGITS: Final = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}


def find_marker(line: CleanLine) -> Marker | None:
    """Give the outline mark that the line starts with, or None.

    Whether it truly opens a part (「１ 概要」) or is the start of a wrapped line is for ``paragraphs`` to say.
    """
    raw = line.raw
    start = len(raw) - len(raw.lstrip())
    if start == len(raw):
        return None
    return (
        _enclosed_marker(raw, start)
        or _numbered_marker(raw, start, line.text.lstrip())
        or _symbol_marker(raw, start)
        or _word_marker(raw, start)
        or _bracket_marker(raw, start)
    )


def starts_note(text: str) -> bool:
    """Say whether a line opens a note (※, ＊, 注, 備考)."""
    return _NOTE.match(text.lstrip()) is not None


def is_leader(text: str) -> bool:
    """Say whether a line is an entry of a table of contents (第１款 特別区税 ･････ 68); a worn copy keeps a few of its dots."""
    if _LEADER.search(text) is not None:
        return True
    worn = _WORN_LEADER.search(text)
    return worn is not None and sum(_DOTS.get(sign, 0) for sign in worn[1]) >= _FEWEST_DOTS


def strip_marker(marker: Marker, line: CleanLine) -> str:
    """Give the cleaned text of a line without its marker; of ＜見出し＞ what stands between the brackets."""
    if marker.style in BRACKETS:
        match = _BRACKET.match(line.text.lstrip())
        if match is None:
            return line.text
        inner = next(group for group in match.groups() if group is not None)
        return " ".join(part for part in (inner.strip(), line.text.lstrip()[match.end() :].strip()) if part)
    return text_after(line, marker.title_start)


def number_value(text: str) -> int:
    """Give the value of a number in digits, kanji (六十八) or of a letter of a sequence (ア is 1, c is 3)."""
    folded = fold_width(text)
    if folded.isdecimal():
        return int(folded)
    if folded[0] in _KANA:
        return _KANA.index(folded[0]) + 1
    if folded[0].isascii() and folded[0].isalpha():
        return ord(folded[0].lower()) - ord("a") + 1
    return _kanji_value(folded)


def _kanji_value(text: str) -> int:
    total, digit = 0, 0
    for character in text:
        if character in "十百":
            total += max(digit, 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _KANJI_DIGITS[character]
    return total + digit


def _title_start(raw: str, end: int) -> int:
    return len(raw) - len(raw[end:].lstrip())


def _enclosed_marker(raw: str, start: int) -> Marker | None:
    code = ord(raw[start])
    for style, rank, first, last in _ENCLOSED:
        if first <= code <= last:
            value = code - first + _ENCLOSED_AFTER_20.get(first, 1)
            point = _POINT.match(raw, start + 1)
            end = point.end() if point else start + 1
            return Marker(raw[start:end].strip(), style, value, rank, _title_start(raw, end))
    return None


def _numbered_marker(raw: str, start: int, text: str) -> Marker | None:
    """Give the numbered marker, unless the cleaned text shows that it is the start of a spread label (一 般 会 計)."""
    if not (raw[start] in "第款（(〇" or raw[start].isalnum()):
        return None
    for style, rank, pattern in _NUMBERED:
        if match := pattern.match(raw, start):
            if pattern.match(text) is None:
                return None
            end = match.start(1) if style == "kan" else match.end()
            mark = raw[start:end].strip()
            return Marker(mark, style, number_value(match.group(1)), rank, _title_start(raw, end))
    return None


def _symbol_marker(raw: str, start: int) -> Marker | None:
    match = _SYMBOL.match(raw, start)
    if match is None:
        return None
    mark = match.group(1) or match.group(2)
    return Marker(mark, _SYMBOL_STYLES.get(mark, mark), 0, None, _title_start(raw, match.end()))


def _word_marker(raw: str, start: int) -> Marker | None:
    match = _WORD.match(raw, start)
    if match is None:
        return None
    if match.group(1) is None:
        return Marker(match.group().strip(), APPENDIX, 0, TOP_RANK, _title_start(raw, match.end()))
    return Marker(KI, KI, 0, KI_RANK, len(raw)) if raw.strip() == KI else None


def _bracket_marker(raw: str, start: int) -> Marker | None:
    match = _BRACKET.match(raw, start)
    if match is None:
        return None
    mark = match.group()
    return Marker(mark[0] + mark[-1], _WIDE_BRACKETS.get(mark[0], mark[0]), 0, None, start)

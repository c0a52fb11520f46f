"""Facts on the characters of Japanese print: widths, spaces, wrapped lines, distributed labels; pure.

Nothing here is a blind NFKC: ①, ㎡, ㈱, ㍻, △, ▲, ―, ー and 〜 mean what they show and stay. What is folded is what differs
in width alone (JIS X 0201 against JIS X 0208) or what a font's table got wrong (Kangxi radicals for ideographs).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

UNMAPPED: Final = "〓"  # what ``pages`` shows for a character without a usable mapping (the printers' geta)

_DIGITS: Final = dict(zip("０１２３４５６７８９", "0123456789", strict=True))
_LATIN: Final = {chr(code): chr(code - 0xFEE0) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_HALF_KATAKANA: Final = {
    chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF61, 0xFF9E)
}
# Fonts with broken tables give radicals (⼈, ⾏) for ideographs. Where Unicode's own mapping is not the Japanese form
# (⼾ 戶, ⿊ 黑), and for the supplement, which has no mapping, the form of JIS X 0208 stands here.
_RADICALS: Final = {
    chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)
} | dict(zip("⼾⿊⺟⺠⻁⻄⻑⻘⻝⻤⻨⻩⻫⻭⻯⻲⻳", "戸黒母民虎西長青食鬼麦黄斉歯竜亀亀", strict=True))
_VOICED: Final = {"ﾞ": "\u3099", "ﾟ": "\u309a"}
_INVISIBLE: Final = dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
# The middle dot of some fonts lies at the code of the hyphenation point too, which Japanese print does not know.
_DOTS: Final = {"\u2027": "・"}
_FOLDS: Final = str.maketrans(_DIGITS | _LATIN | _HALF_KATAKANA | _RADICALS | _VOICED | _INVISIBLE | _DOTS)

_SPACE_CLASS: Final = r" \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
_SPACES: Final = re.compile(f"[{_SPACE_CLASS}]+")
_COMBINED_KANA: Final = re.compile("[\u3040-\u30ff][\u3099\u309a]")
_INNER_MARKS: Final = str.maketrans("，．：／－＆＠＿＋", ",.:/-&@_+")
_INNER_PUNCTUATION: Final = re.compile("(?<=[0-9A-Za-z])[，．：／－＆＠＿＋]{1,3}(?=[0-9A-Za-z])")
_PERCENT: Final = re.compile("(?<=[0-9〇一二三四五六七八九十百])％")

_OPENING: Final = frozenset("（［｛〔〈《「『【〖([{＜")
_CLOSING: Final = frozenset("）］｝〕〉》」』】〗)]}＞")
_FULLWIDTH_LATIN: Final = frozenset(_LATIN)
_DIGIT_CHARACTERS: Final = frozenset("0123456789０１２３４５６７８９")
_STICKY_BEFORE: Final = frozenset("-/_@=&?#~+([{'\"")  # at the end of a line: the word goes on
_STICKY_AFTER: Final = frozenset("-/_@=&?#~.,:;!%)]}'\"")  # at the start of a line: the word went on
_COUNTERS: Final = frozenset("年月日度回号条項款目節章編表図件人名円時分秒期次階歳才番")
_DATE_ORDER: Final = {
    "和": "年",
    "成": "年",
    "正": "年",
    "治": "年",
    "年": "月",
    "月": "日",
    "日": "時",
    "時": "分",
}
_DATE_COUNTERS: Final = frozenset("年月日時分回号条")
_LONGEST_YEAR: Final = 4
_SIGNS: Final = frozenset("△▲")
_ITEM_KATAKANA: Final = frozenset("アイウエオカキクケコ")
_CLINGING: Final = re.compile(
    r"(?P<before>[0-9０-９]{1,2}[.．)）]|[（(][0-9０-９]{1,2}[)）]|[\u2460-\u2473]|[（(［〔「『【]|)(?P<core>.)(?P<after>[）)］〕」』】]?)"
)
_BRACKET_SPACES: Final = re.compile(
    r"(?<=[（［｛〔〈《「『【〖(\[{、。]) | (?=[）］｝〕〉》」』】〗)\]}、。])"
)
_DATE_SPACES: Final = re.compile(
    "(?:明治|大正|昭和|平成|令和) ?(?:[0-9０-９]{1,2}|元) ?年(?: ?[0-9０-９]{1,2} ?月(?: ?[0-9０-９]{1,2} ?日)?| ?度)?"
)
_WIDE_APART: Final = (
    2  # in distributed print all gaps are equal; a gap of twice the smallest parts two labels
)
_FAR_APART: Final = 3  # and of three times parts even a single character from a label


def is_space(character: str) -> bool:
    """Say whether the character is a space of any width (a line break is none)."""
    return character in " \t\u00a0\u202f\u205f\u3000" or "\u2000" <= character <= "\u200a"


def is_digit(character: str) -> bool:
    """Say whether the character is a decimal digit, halfwidth or fullwidth (① and 一 are none)."""
    return character in _DIGIT_CHARACTERS


def is_latin(character: str) -> bool:
    """Say whether the character is a Latin letter A to Z, of either width."""
    return ("A" <= character <= "Z") or ("a" <= character <= "z") or character in _FULLWIDTH_LATIN


def is_cjk(character: str) -> bool:
    """Say whether the character is an ideograph (kanji), 々, 〆 and 〇 included."""
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
        or "\u2e80" <= character <= "\u2fdf"
        or character in "々〆〇"
    )


def is_kana(character: str) -> bool:
    """Say whether the character is hiragana or katakana of either width, the long vowel mark ー included."""
    return (
        "\u3041" <= character <= "\u30ff" and character not in "・゠"
    ) or "\uff66" <= character <= "\uff9f"


@lru_cache(maxsize=8192)
def is_japanese(character: str) -> bool:
    """Say whether the character is set the Japanese way, on a full square: no space belongs beside it.

    Kana, kanji, fullwidth letters and punctuation, and the symbols that Japanese fonts set full width (※ ① △ … ―).
    """
    width = unicodedata.east_asian_width(character)
    if width == "A":
        return not character.isalpha()
    return width in {"W", "F", "H"} and character != "\u3000"


def fold_width(text: str) -> str:
    """Give the text with digits and Latin letters halfwidth and katakana fullwidth; nothing else changes its meaning.

    ，．：／－＆＠＿＋ become halfwidth between halfwidth letters or digits, ％ after a digit. Brackets, signs before a number
    (－ ＋ △), ～ and spaces stay as printed. Radicals become their ideographs, a hyphenation point the middle dot that is
    printed, a combining (semi-)voiced mark joins its kana, invisible characters (zero width space, soft hyphen) go.
    """
    if text.isascii():
        return text
    folded = text.translate(_FOLDS)
    if "\u3099" in folded or "\u309a" in folded:
        folded = _COMBINED_KANA.sub(lambda match: unicodedata.normalize("NFC", match.group()), folded)
        folded = folded.replace("\u3099", "゛").replace("\u309a", "゜")
    folded = _INNER_PUNCTUATION.sub(lambda match: match.group().translate(_INNER_MARKS), folded)
    return _PERCENT.sub("%", folded)


def fold_spaces(text: str) -> str:
    """Give the text with each run of spaces of any width as one halfwidth space, none at its ends."""
    return _SPACES.sub(" ", text).strip(" ")


def without_spaces(text: str) -> str:
    """Give the text without any space or line break."""
    return "".join(text.split()) if text.isascii() else "".join(_SPACES.sub("", text).split())


def join_wrapped(lines: Sequence[str]) -> str:
    """Give wrapped lines as one line, joined the Japanese way.

    No space where either side is set the Japanese way. Fullwidth digits and letters break anywhere, so 「１」「３日」 is
    １３日; halfwidth words and numbers break at a space, so they get one back, unless a hyphen, a slash or a comma
    within a number shows that the word goes on.
    """
    joined = ""
    for line in lines:
        piece = line.strip()
        if not piece:
            continue
        joined = joined + _wrap_space(joined, piece) + piece if joined else piece
    return joined


def _wrap_space(before: str, after: str) -> str:
    last, first = before[-1], after[0]
    if is_japanese(last) or is_japanese(first):
        return ""
    if last in _STICKY_BEFORE or first in _STICKY_AFTER:
        return ""
    if last == "," and before[-2:-1].isdecimal() and after[:3].isdecimal():
        return ""  # 12,|345: a number cut after its thousands comma
    return " "


def close_distributed(text: str) -> str:
    """Give the text with labels set by 均等割付 (kintō-waritsuke, even spreading) closed up: 「区　長」 is 区長.

    A run of single characters with about equal gaps is one label; a gap of at least twice the smallest parts two labels
    of a run. A space between words of two characters or more is a real separator and stays, as one halfwidth space
    (「令和８年度　当初予算」), and so does the space beside a Latin word. A number before a label is its marker
    (「１ 議 会 費」), unless what follows counts it (「１ ９ 日」). No space stays just inside a bracket, beside 、 and 。 or in a date.
    Takes text before ``fold_width``: fullwidth letters are spread like kanji, halfwidth ones are words.
    """
    if not _SPACES.search(text):
        return text
    closed = fold_spaces(_close_once(text.strip()))
    while (again := _close_once(closed)) != closed:
        closed = again
    return closed


def _close_once(text: str) -> str:
    pieces = [_split_piece(piece) for piece in _SPACES.split(text)]
    gaps = [_gap_weight(match.group()) for match in _SPACES.finditer(text)]
    out: list[str] = []
    start = 0
    while start < len(pieces):
        stop = start + 1
        while stop < len(pieces) and pieces[stop - 1].goes_on and pieces[stop].went_on:
            stop += 1
        cores = [piece.core for piece in pieces[start:stop]]
        labels: list[str] = []
        for first, last in _even_parts(gaps[start : stop - 1]):
            labels.extend(_close_run(cores[first:last]))
        labels[0] = pieces[start].before + labels[0]
        labels[-1] += pieces[stop - 1].after
        out.extend(labels)
        start = stop
    return _DATE_SPACES.sub(_without_match_spaces, _BRACKET_SPACES.sub("", " ".join(out)))


class _Piece(NamedTuple):
    """What stands between two spaces: a ``core`` that may be one character of a label, and what clings to it."""

    before: str
    core: str
    after: str
    is_spreadable: bool

    @property
    def goes_on(self) -> bool:
        return self.is_spreadable and not self.after

    @property
    def went_on(self) -> bool:
        return self.is_spreadable and not self.before


def _split_piece(piece: str) -> _Piece:
    """Take the mark or bracket off a single character: 「1.市」 of 「1.市　税」, 「（構」 of 「（構　成　比）」."""
    if len(piece) > 1 and (match := _CLINGING.fullmatch(piece)) and _is_letter(match["core"]):
        return _Piece(match["before"], match["core"], match["after"], is_spreadable=True)
    return _Piece("", piece, "", _is_spreadable(piece))


def _without_match_spaces(match: re.Match[str]) -> str:
    return match.group().replace(" ", "")


def _gap_weight(spaces: str) -> int:
    """Give the width of a run of spaces in halfwidth spaces."""
    return sum(2 if space in "\u3000\u2003" else 1 for space in spaces)


def _is_letter(piece: str) -> bool:
    return is_cjk(piece) or is_kana(piece) or piece in "・△▲" or piece in _OPENING or piece in _CLOSING


def _is_spreadable(piece: str) -> bool:
    if len(piece) == 1:
        return _is_letter(piece) or piece in _DIGIT_CHARACTERS or piece in _FULLWIDTH_LATIN
    return 0 < len(piece) <= _LONGEST_YEAR and piece.isdecimal()


def _even_parts(gaps: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give the parts (first, past the last) of a run of ``len(gaps) + 1`` pieces, cut at its clearly wider gaps."""
    smallest = min(gaps, default=0)
    cuts = [index + 1 for index, gap in enumerate(gaps) if gap >= _WIDE_APART * smallest]
    bounds = [0, *cuts, len(gaps) + 1]
    if len(cuts) < len(gaps):
        single = any(after - before == 1 for before, after in pairwise(bounds))
        needed = _FAR_APART if single else _WIDE_APART
        bounds = [0, *(cut for cut in cuts if gaps[cut - 1] >= needed * smallest), len(gaps) + 1]
    yield from pairwise(bounds)


def _close_run(pieces: Sequence[str]) -> list[str]:
    """Give the labels of a run of evenly spread pieces."""
    labels = [pieces[0]]
    spreads_latin = len(pieces) > _WIDE_APART and any(is_cjk(piece) or is_kana(piece) for piece in pieces)
    for index in range(1, len(pieces)):
        if _belong_together(pieces, index, spreads_latin=spreads_latin):
            labels[-1] += pieces[index]
        else:
            labels.append(pieces[index])
    return labels


def _belong_together(pieces: Sequence[str], index: int, *, spreads_latin: bool) -> bool:
    before, after = pieces[index - 1], pieces[index]
    if after.isdecimal():
        counter = _counter_of(pieces, index)
        if before.isdecimal():
            return counter in _DATE_COUNTERS and len(before) == len(after) == 1
        return (
            before == "第" or before in _OPENING or (bool(counter) and counter in _DATE_ORDER.get(before, ""))
        )
    if before.isdecimal():
        return after in _COUNTERS or after in _CLOSING
    if before in _SIGNS or after in _SIGNS:
        return any(
            is_cjk(piece) and piece != "〇" for piece in (before, after)
        )  # 増　△　減, but 〇 △ × are marks
    if index == 1 and before in _ITEM_KATAKANA and is_cjk(after):
        return False  # ア　総　括
    return spreads_latin or (_is_letter(before) and _is_letter(after))


def _counter_of(pieces: Sequence[str], index: int) -> str:
    """Give the counter that follows the digits at ``index``, or nothing."""
    while index < len(pieces) and pieces[index].isdecimal():
        index += 1
    return pieces[index] if index < len(pieces) and pieces[index] in _COUNTERS else ""

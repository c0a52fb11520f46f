"""Amounts and counts with their units in sentences: 28か所, 1億2,345万円, △3.4％, 百人, 三十日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extract.document import EntityPart
from extract.notation.kanji_numbers import digits_of, kanji_to_int
from extract.notation.numerals import Number, read_number
from extract.notation.units import is_unit, longest_units
from extract.tree.entities.mentions import Mention, parts_of
from extract.tree.entities.tokens import Tokens

_NUMBER: Final = re.compile(
    r"(?<![0-9A-Za-z.,第№/])(?:[△▲] ?)?[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?(?:(?:兆|億|百万|千万|万|千|百)(?:[0-9,]*[0-9]|(?=[兆億万千百円])))*(?:兆|億|百万|千万|万|千|百)?"
)
_ERA: Final = re.compile("(?:明治|大正|昭和|平成|令和) ?$")
_LONGEST_ERA: Final = 3  # characters, with a space
_KANJI_NUMBER: Final = re.compile("(?<![第一二三四五六七八九十百千万〇数])[一二三四五六七八九十百千万]+")
_KANJI_UNITS: Final = re.compile(
    "(?:(?:投票|調査|選挙|学)区|票(?!決)|議席|学級|施設|路線|種類|項目|会場|品目|ヘクタール|トン|(?:キロ|センチ)?メートル|立方メートル|ポイント|人|名|日(?:間)?|年間|か年|箇年|か月(?:間)?|箇月(?:間)?|月間|週間|時間|円|件|回|歳|戸|世帯|か所|箇所|ヶ所|団体|平方メートル|パーセント|割)"
)
_ALSO_ONE: Final = frozenset(
    [
        "か所",
        "箇所",
        "ヶ所",
        "か月",
        "箇月",
        "か年",
        "箇年",
        "年間",
        "日間",
        "週間",
        "名",
        "時間",
        "投票区",
        "施設",
        "路線",
        "学級",
    ]
)
_ALSO_HUNDRED: Final = frozenset(["人", "名", "件", "戸", "世帯", "団体"])
"""Units before which a single kanji numeral counts; in 一部, 一件 and 一日 it may be a word."""
_COUNTS: Final = re.compile("(?:うち|合計|合わせて|延べ|ほか|約|計)$")
"""Words after which a single kanji numeral counts for sure: このうち一件."""
_LONGEST_SUM: Final = 4
_KANJI_DECIMAL: Final = re.compile(
    "(?<![第〇一二三四五六七八九十百千万数・])(?P<whole>[〇一二三四五六七八九]{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|百)・"
    "(?P<rest>[〇一二三四五六七八九]{1,3})(?P<unit>[%％]|パーセント|ポイント|倍|度|平方メートル|立方メートル|キロメートル|メートル|ヘクタール|トン)"
)
"""A number whose decimal point is a middle dot, as in vertical print: 六九・九七％."""
_KANJI_DIGITS: Final = str.maketrans("〇一二三四五六七八九％", "0123456789%")
_LONGEST_RATE: Final = 9  # characters of 1か月当たり with a digit and a space beside it
_DURATION: Final = re.compile(
    "(?P<hours>[0-9]{1,4})時間(?P<minutes>[0-5]?[0-9])分間?(?!の[0-9])"
    "|(?P<whole>[0-9]{1,4})分(?P<seconds>[0-5]?[0-9])秒間?"
    "|(?P<years>[0-9]{1,2})年(?P<months>[0-9]|1[01])(?P<month_unit>[か箇ヶカヵケ]月)間?"
)
_BASIS: Final = re.compile(
    "(?:1[日月年回か月]+)?(?:当たり|当り|あたり|につき|平均)|(?<=[日週年回人件戸袋台本食泊室枚冊校組箱帯間])(?:約|平均|最大|最低|延べ|概ね|おおむね)?[0-9]"
)
"""What after one of a thing makes it the measure of another number: 1食当たり285円, 1日平均362人, 1日8便."""
_TERM: Final = re.compile("(?:[か箇ヶカヵケ]月|週間|時間)につき")
"""A length of time that is counted as well: 1か月につき780円."""
_FRACTION: Final = re.compile("(?P<denominator>[0-9]{1,5})分の(?P<numerator>[0-9]{1,5})(?![0-9,.]|[条項号])")
_KANJI_FRACTION: Final = re.compile(
    "(?<![第一二三四五六七八九十百千])(?P<denominator>[二三四五六七八九十百千]{1,3})分の(?P<numerator>[一二三四五六七八九十]{1,3})"
)
_TENTHS: Final = re.compile("(?P<tenths>[1-9])割(?P<hundredths>[1-9])分(?!の)")
_COUNTED: Final = frozenset(
    [
        "業務",
        "段階",
        "手続",
        "手続き",
        "分野",
        "施策",
        "部門",
        "部署",
        "事例",
        "事案",
        "指標",
        "議案",
        "案件",
        "機種",
        "システム",
        "校区",
        "学区",
        "停留所",
        "航路",
        "橋梁",
        "診療科",
        "病床",
        "病棟",
        "市町",
        "市村",
        "町村",
        "論点",
        "合議体",
        "工区",
        "工種",
        "小学校",
        "中学校",
        "小中学校",
        "高校",
        "幼稚園",
        "保育園",
        "保育所",
        "公民館",
        "図書館",
        "企業体",
        "事業体",
        "口座",
        "画面",
        "帳票",
        "メニュー",
        "ルート",
        "エリア",
    ]
)
"""Nouns that a number in a sentence counts; in a table they may be a heading beside a number."""
_LONGEST_BY_FIRST: Final = longest_units(_COUNTED)
_COUNTER_TAG: Final = "助数詞"
_NO_COUNTER: Final = re.compile(
    "[号級条項番位目代章節期次区階型版等月時年日度編巻段系号丁款強弱台回分間枝]|番地|丁目|年度|学年|年生|連|限|世|浪|割り?|字|画|名|条例|足|手|打|発|本立"
)
_NO_COUNT: Final = re.compile(
    "[（(][月火水木金土日](?:曜|[)）])|目|番|位|級|号|生(?!徒)|代|次|児|[0-9]{1,2}か月児|度(?!目)|末|当初|頃|周年|の[0-9一二三四五六七八九]"
)
"""What after a unit makes the number an ordinal, a class of people, a time or a fraction: 3年生, 5年度, 2回目, 3分の1."""
_RATE: Final = re.compile(
    "(?<![0-9一二三四五六七八九十])(?:年|月|週|日)$|(?:1人|1世帯|1件|1日|1月|1回|1か月|一人|1戸)(?:当たり|あたり) ?$"
)
_CHANGE: Final = re.compile("[増減](?=[、。）)（( ]|$)")
_RANGE: Final = re.compile(r" ?(?:～|〜|~|から|ないし|乃至) ?")
_MONTHS: Final = 12
_MONEY: Final = "円"


def find_quantities(tokens: Tokens) -> Iterator[Mention]:
    """Give the quantities of a text in order; what is no number beyond doubt is none."""
    text = tokens.text
    position = 0
    while match := _NUMBER.search(text, position):
        position = match.end()
        mention = _read(tokens, match.start(), match.end())
        link = _RANGE.match(text, mention.stop if mention else match.end())
        more = _NUMBER.match(text, link.end()) if link is not None else None
        if link is not None and more is not None and not _is_change(tokens, mention, link, more):
            mention = _read_range(tokens, match, more) or mention
        if mention is not None:
            position = mention.stop
            yield mention
    yield from _find_kanji(tokens)


def _read(tokens: Tokens, start: int, stop: int) -> Mention | None:
    """Give the number at ``start`` to ``stop`` with the unit after it."""
    text = tokens.text
    if (special := _read_special(text, start)) is not None:
        return special
    apart = 1 if text[stop : stop + 1] == " " else 0
    begin = stop + apart
    longest = _LONGEST_BY_FIRST.get(text[begin : begin + 1], 0)
    for length in range(min(longest, len(text) - begin), 0, -1):
        unit, end = text[begin : begin + length], begin + length
        if unit == "日" and text.startswith("月", start - 1):
            return None  # 先月30日, 毎月10日
        if unit == "年" and _ERA.search(text, max(0, start - _LONGEST_ERA), start):
            continue
        if unit in _COUNTED:
            return _read_counted(tokens, start, stop)
        if is_unit(unit) and _ends_word(tokens, end, unit) and not _NO_COUNT.match(text, end):
            change = _CHANGE.match(text, end)
            end = change.end() if change else end
            number = read_number(text[start:stop] + unit + (change.group() if change else ""))
            if isinstance(number, Number):
                if unit == "月分" and 1 <= number.value <= _MONTHS:
                    return None  # 10月分 is of October
                if (
                    number.value == 1
                    and _BASIS.match(text, end)
                    and not _TERM.fullmatch(text, begin, end + 3)
                ):
                    return None
                rate = _RATE.search(text, max(0, start - _LONGEST_RATE), start)
                parts = parts_of(
                    per=rate.group().strip(" 当たりあ") if rate and tokens.begins(rate.start()) else None
                )
                return Mention(start, end, "quantity", number.value, number.unit, parts)
    return _read_counted(tokens, start, stop)


def _read_special(text: str, start: int) -> Mention | None:
    """Give a duration of two units, a fraction, or tenths with hundredths."""
    if (duration := _DURATION.match(text, start)) is not None:
        return _read_duration(duration)
    if (fraction := _FRACTION.match(text, start)) is not None:
        return _read_fraction(fraction)
    if (tenths := _TENTHS.match(text, start)) is not None:
        value = int(tenths["tenths"]) + int(tenths["hundredths"]) / 10
        return Mention(start, tenths.end(), "quantity", value, "割")
    return None


def _read_counted(tokens: Tokens, start: int, stop: int) -> Mention | None:
    """Give a number with a noun that it counts, or with what the dictionary knows as a counter: 20業務, 3航路."""
    counter = tokens.after(stop)
    end = counter.stop
    if counter.text not in _COUNTED:
        pair = tokens.text[stop : tokens.after(end).stop] if counter.text else ""
        if pair in _COUNTED:
            end = stop + len(pair)
        elif (
            _COUNTER_TAG not in counter.tag
            or not counter.text.isalpha()
            or _NO_COUNTER.fullmatch(counter.text)
        ):
            return None
    if _NO_COUNT.match(tokens.text, end) or tokens.after(end).tag.startswith(
        ("接尾辞", "名詞-普通名詞-サ変")
    ):
        return None
    number = read_number(tokens.text[start:stop])
    if not isinstance(number, Number) or number.unit is not None:
        return None
    return Mention(start, end, "quantity", number.value, tokens.text[stop:end])


def _read_fraction(match: re.Match[str]) -> Mention:
    """Give a fraction by its two numbers: 3分の2 has no exact value in decimals."""
    parts = parts_of(numerator=digits_of(match["numerator"]), denominator=digits_of(match["denominator"]))
    return Mention(match.start(), match.end(), "quantity", None, None, parts)


def _read_decimal(match: re.Match[str]) -> Mention:
    """Give 六九・九七％ or 六十九・九七％ as 69.97 %."""
    whole = match["whole"].translate(_KANJI_DIGITS)
    whole = whole if whole.isdecimal() else digits_of(match["whole"])
    value = float(f"{whole}.{match['rest'].translate(_KANJI_DIGITS)}")
    return Mention(*match.span(), "quantity", value, match["unit"].translate(_KANJI_DIGITS))


def _read_duration(match: re.Match[str]) -> Mention:
    """Give hours and minutes, minutes and seconds, or years and months in the smaller unit: 2時間30分 is 150 分."""
    first, last = (match["hours"], match["minutes"]), (match["whole"], match["seconds"])
    if match["hours"]:
        value, unit = 60 * int(first[0]) + int(first[1]), "分"
    elif match["whole"]:
        value, unit = 60 * int(last[0]) + int(last[1]), "秒"
    else:
        value, unit = 12 * int(match["years"]) + int(match["months"]), match["month_unit"]
    return Mention(match.start(), match.end(), "quantity", value, unit)


def _ends_word(tokens: Tokens, end: int, unit: str) -> bool:
    """Say whether the unit is not the beginning of another word: ３点 but not ３点検."""
    return tokens.ends(end) or unit == _MONEY or not unit.isalpha()


def _is_change(tokens: Tokens, first: Mention | None, link: re.Match[str], more: re.Match[str]) -> bool:
    """Say whether two amounts are joined as before and after: 2,640円から3,080円に, but not 5人から10人まで."""
    if first is None or link.group().strip() != "から":
        return False
    last = _read(tokens, more.start(), more.end())
    return last is None or not tokens.text.startswith("まで", last.stop)


def _read_range(tokens: Tokens, match: re.Match[str], more: re.Match[str]) -> Mention | None:
    """Give two numbers as one quantity without a single value: 5～10人."""
    last = _read(tokens, more.start(), more.end())
    first = read_number(match.group())
    if last is None or not isinstance(first, Number):
        return None
    parts = (EntityPart("first", str(first.value)), EntityPart("last", str(last.value)))
    return Mention(match.start(), last.stop, "quantity", None, last.unit, parts)


def _find_kanji(tokens: Tokens) -> Iterator[Mention]:
    for fraction in _KANJI_FRACTION.finditer(tokens.text):
        yield _read_fraction(fraction)
    for decimal in _KANJI_DECIMAL.finditer(tokens.text):
        yield _read_decimal(decimal)
    for match in _KANJI_NUMBER.finditer(tokens.text):
        unit = _KANJI_UNITS.match(tokens.text, match.end())
        value = kanji_to_int(match.group())
        if unit is None or value is None or not _ends_word(tokens, unit.end(), unit.group()):
            continue
        if _NO_COUNT.match(tokens.text, unit.end()) or (
            len(match.group()) == 1
            and unit.group() not in (_ALSO_HUNDRED if value >= 100 else _ALSO_ONE)
            and not _COUNTS.search(tokens.text, max(0, match.start() - _LONGEST_SUM), match.start())
        ):
            continue
        yield Mention(match.start(), unit.end(), "quantity", value, unit.group())

"""What may be personal data in a text: names of private persons, addresses, telephone numbers, mail addresses, 個人番号.

Marked so that a person can look before a document is published; a mark is no judgement. Offices' telephone numbers and
addresses are marked like any other: only a person can tell. A name with a public office beside it (市長, 議員, 課長) is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from extract.tree.entities.mentions import Mention, Taken, parts_of
from extract.tree.entities.model import find_model_names
from extract.tree.entities.tokens import Token, Tokens

_MAIL: Final = re.compile(r"[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_DASH: Final = "[-‐－―ー−–]"
_TELEPHONE: Final = re.compile(
    rf"(?<![0-9-])(?:\+81 ?{_DASH}? ?[1-9][0-9]{{0,3}}|0[0-9]{{1,4}}) ?(?:{_DASH}|[（(]) ?[0-9]{{1,4}} ?(?:{_DASH}|[）)]) ?[0-9]{{3,4}}(?![0-9-])"
    r"|(?<=[（(])0[0-9]{1,4}[）)] ?[0-9]{1,4}[-－ー][0-9]{4}(?![0-9])"
    r"|(?:(?<=電話)|(?<=TEL)|(?<=Tel)|(?<=FAX)|(?<=携帯)|(?<=番号)|(?<=℡)|(?<=☎))[ :：.]{0,3}0[0-9]{9,10}(?![0-9])"
)
_TELEPHONE_DIGITS: Final = (10, 11)
_MY_NUMBER: Final = re.compile(r"(?<![0-9,.])[0-9]{4}(?P<gap>[ -]?)[0-9]{4}(?P=gap)[0-9]{4}(?![0-9,.])")
_POSTCODE: Final = re.compile(r"〒 ?[0-9]{3}[-－ー][0-9]{4}")
_HOUSE: Final = re.compile(
    r"(?:(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})丁目 ?)?(?:[0-9]{1,5}番(?:地(?:の?[0-9]{1,4})?|[0-9]{1,4}号)(?:の?[0-9]{1,4}(?:号室?)?)?|[0-9]{1,5}番(?=[、。 ）)]|$))"
    r"|[東西南北][0-9]{1,2}[条線][東西南北][0-9]{1,2}丁目(?: ?[0-9]{1,4}番(?:地|[0-9]{1,3}号)?)?"
    r"|(?<![0-9])[0-9]{1,4}[-－ー−][0-9]{1,4}(?:[-－ー−][0-9]{1,4})?(?![0-9-])"
)
_MUNICIPAL: Final = re.compile("[市区町村郡]")
_HONORIFIC: Final = frozenset(["様", "氏", "さん", "君", "殿", "先生"])
_OFFICE: Final = re.compile(
    "(?:副?(?:市|区|町|村)長|副?知事|副?議長|議員|教育長|会計管理者|選挙管理委員長|監査委員|(?:部|課|局|室|係|次|所|館|校|園|署|支所|センター|場|参事|主|技)長|(?:部|課|局)次長|主幹|参事|主査|主事|職員|消防長|団長|大臣|政務官|裁判官)"
)
_CONTACT: Final = re.compile("([課係室局部班]|担当者?)[ :：]{1,2}$")
"""What before a family name alone makes it that of an office's person to ask: 総務課 山本まで."""
_LONGEST_CONTACT: Final = 5
_NAME_LABEL: Final = re.compile(
    "(?:氏 ?名|名前|フリガナ|ふりがな|代表者|請求者|申請者|届出人|世帯主|保護者|本人|被保険者|受給者|相手方) ?[:：] ?"
)
_NAME_HEADER: Final = re.compile(
    "氏名|お名前|名前|代表者(?:名)?|担当者(?:名)?|請求者|申請者|世帯主|保護者|提出者|受賞者"
)
_ADDRESS_HEADER: Final = re.compile("住所|所在地|住 所|居所|連絡先住所")
_NAME: Final = re.compile("[\u4e00-\u9fff々ヶぁ-んァ-ヶー]{1,6}[ ・]?[\u4e00-\u9fff々ヶぁ-んァ-ヶー]{1,6}")


def find_personal(tokens: Tokens) -> list[Mention]:
    """Give what may be personal data in a text, in order."""
    text = tokens.text
    found = [
        Mention(*m.span(), "mail", m.group().replace("＠", "@"), is_personal=True)
        for m in _MAIL.finditer(text)
    ]
    found.extend(_find_telephones(text))
    found.extend(
        Mention(*m.span(), "my_number", None, is_personal=True)
        for m in _MY_NUMBER.finditer(text)
        if is_my_number(re.sub("[^0-9]", "", m.group()))
    )
    found.extend(_find_addresses(tokens, found))
    found.extend(_find_persons(tokens))
    found.extend(_of_model(tokens, found))
    return sorted(found, key=lambda one: (one.start, one.stop))


def find_under_header(text: str, header: str) -> Mention | None:
    """Give the person or address that a table cell holds by what stands over it: 氏名, 住所."""
    if _NAME_HEADER.search(header) and _NAME.fullmatch(text):
        return Mention(0, len(text), "person", text, is_personal=True)
    if _ADDRESS_HEADER.search(header) and _MUNICIPAL.search(text):
        return Mention(0, len(text), "address", text, is_personal=True)
    return None


def is_my_number(digits: str) -> bool:
    """Say whether the last of twelve digits is the check digit of an individual number (個人番号).

    平成26年総務省令第85号 第5条: weights n + 1 for the lowest six digits, n - 5 above, modulo 11.
    """
    if len(digits) != 12 or len(set(digits)) == 1:
        return False
    total = sum(
        int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(digits[:-1]), start=1)
    )
    rest = total % 11
    return int(digits[-1]) == (0 if rest <= 1 else 11 - rest)


def _find_telephones(text: str) -> Iterator[Mention]:
    for match in _TELEPHONE.finditer(text):
        digits = re.sub("[^0-9]", "", match.group())
        if match.group().startswith("+81"):
            digits = "0" + digits[2:]
        if len(digits) in _TELEPHONE_DIGITS:
            start = match.start() + len(match.group()) - len(match.group().lstrip(" :：."))
            yield Mention(start, match.end(), "telephone", digits, is_personal=True)


def _find_addresses(tokens: Tokens, taken: list[Mention]) -> Iterator[Mention]:
    text = tokens.text
    marks = Taken(taken)
    for match in _POSTCODE.finditer(text):
        postcode = Mention(*match.span(), "address", match.group(), is_personal=True)
        marks.add(postcode)
        yield postcode
    for match in _HOUSE.finditer(text):
        start, stop = match.span()
        if not marks.is_free(start, stop):
            continue
        compound = tokens.compound_holding(start + 1)
        begin = compound[0] if compound else start
        while begin < start and (not marks.is_free(begin, begin + 1) or text[begin] == " "):
            begin += 1
        town = text[begin:start]
        is_named = any("地名" in token.tag or "人名" in token.tag for token in tokens.between(begin, start))
        is_hyphened = "番" not in match.group()
        if not town or (is_hyphened and not (_MUNICIPAL.search(town) and is_named)):
            continue
        if is_named or _MUNICIPAL.search(town) or "丁目" in match.group() or "番地" in match.group():
            yield Mention(begin, stop, "address", text[begin:stop].replace(" ", ""), is_personal=True)


def _find_persons(tokens: Tokens) -> Iterator[Mention]:
    text = tokens.text
    end = 0
    marks = Taken()
    for index, token in enumerate(tokens.tokens):
        if token.start < end or "人名-姓" not in token.tag:
            continue
        stop = _name_end(tokens.tokens, index)
        role = None
        if stop is None and (
            contact := _CONTACT.search(text, max(0, token.start - _LONGEST_CONTACT), token.start)
        ):
            stop, role = token.stop, contact[1]
        if stop is None:
            continue
        role = _role(tokens, token.start, stop) or role
        end = stop
        name = text[token.start : stop].replace(" ", "")
        person = Mention(
            token.start, stop, "person", name, parts=parts_of(role=role), is_personal=role is None
        )
        marks.add(person)
        yield person
    for match in _NAME_LABEL.finditer(text):
        given = _NAME.match(text, match.end())
        if given and marks.is_free(*given.span()) and len(given.group()) >= 3:
            yield Mention(*given.span(), "person", given.group().replace(" ", ""), is_personal=True)


def _of_model(tokens: Tokens, taken: list[Mention]) -> Iterator[Mention]:
    """Give the people that only a trained pipeline sees, where one is installed."""
    for mention in find_model_names(tokens, taken):
        if mention.label == "person":
            role = _role(tokens, mention.start, mention.stop)
            yield replace(mention, parts=parts_of(role=role), is_personal=role is None)


def _name_end(tokens: list[Token], index: int) -> int | None:
    """Give where the name ends that begins with a family name: a given name or an honorific must follow."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None:
        return None
    if "人名-名" in after.tag and after.start - tokens[index].stop <= 1:
        return after.stop
    return tokens[index].stop if after.text in _HONORIFIC and after.start == tokens[index].stop else None


def _role(tokens: Tokens, start: int, stop: int) -> str | None:
    """Give the public office that stands right before or after a name."""
    before = re.search(rf"{_OFFICE.pattern}[ 　:：]{{0,2}}$", tokens.text[max(0, start - 12) : start])
    after = _OFFICE.match(tokens.text, stop) or re.compile(f" {_OFFICE.pattern}").match(tokens.text, stop)
    found = before or after
    return found.group().strip(" 　:：") if found else None

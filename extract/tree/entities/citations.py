"""Citations of laws with article, paragraph and item, resolved to what they stand for.

個人情報の保護に関する法律第６８条第２項; 住基法３０条の１０～１５; 法第６８条 after 「以下「法」という。」; 同法, 同条, and in a printed law
前項, 次条第一項, この条, 次の各号. What cannot be told from the text keeps its words and has no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from extract.document import EntityPart
from extract.notation.kanji_numbers import digits_of
from extract.tree.entities.law_names import CITED_END, NAME_END, find_name
from extract.tree.entities.mentions import Mention, parts_of
from extract.tree.entities.tokens import Tokens

_N: Final = "[0-9一二三四五六七八九十百千]+"
_TAIL: Final = r"本文|ただし書き?|前段|後段|柱書き?"
_PLACE: Final = re.compile(
    rf"(?:(?P<supplement>附則) ?)?(?:第? ?(?P<article>{_N}) ?条(?P<branch>(?:の{_N}(?![0-9]?[項号]))*))?"
    rf" ?(?:(?:及び)?第 ?(?P<paragraph>{_N}) ?項)? ?(?:第 ?(?P<item>{_N}) ?号(?:の(?P<item_branch>{_N}))?|(?P<items>各号))?(?P<tail>{_TAIL})?"
)
_TABLE: Final = re.compile(rf"(?P<table>別表)(?:第 ?(?P<number>{_N}))?")
_RANGE: Final = re.compile(
    rf" ?(?:～|〜|~|から|－|-) ?(?:第 ?)?(?P<last>{_N})(?P<kind>[条項号])?(?P<branch>(?:の{_N})*)(?:まで)?"
)
_RELATIVE: Final = re.compile(
    r"(?P<which>前|次|同|この|本|当該)(?P<count>[0-9二三四五六])?(?P<unit>条|項|号)(?!例|目|線|数|件)(?P<items>各号)?|次の(?P<next>各号|各項)"
)
_SAME_LAW: Final = re.compile(
    r"(?:同|本|当該)(?P<kind>法律|法|条例|規則|要綱|規程|令)(?P<under>施行令|施行規則|施行条例)?(?!令|律|的|人|案)"
)
_GLUE: Final = re.compile(r"(?: |[（(][^（()）]*(?:[（(][^（()）]*[)）][^（()）]*)*[)）]){0,2} ?")
_LINK: Final = re.compile(r" ?(?:、|，|及び|および|又は|または|並びに|若しくは|・|から|～)? ?(?:第|同)?")
_LAW_NUMBER: Final = re.compile(
    r"(?:(?:明治|大正|昭和|平成|令和)(?:[0-9]{1,2}|[元一二三四五六七八九十]{1,3})年)?[\u4e00-\u9fffぁ-んァ-ヶー]{0,12}?(?:法律|政令|省令|府令|条例|規則|告示|訓令|要綱)第[0-9一二三四五六七八九十百]+号"
)
_UNDER: Final = "(?:施行令|施行規則|施行細則|施行条例|施行規程)?"
_ITS_NUMBER: Final = re.compile(f" ?第 ?{_N} ?号")
_ANY: Final = re.compile("[法令例則程綱領条項号]")
_BARE_PLACE: Final = re.compile(rf"(?=第 ?{_N} ?[条項号]|附則第)")
_STARTS: Final = tuple(
    (kind, re.compile(sign), form)
    for kind, sign, form in (
        ("name", "[法令例則程綱領]", NAME_END),
        ("name", "条", CITED_END),
        ("same", "同|本|当該", _SAME_LAW),
        ("relative", "[条項号]", _RELATIVE),
        ("bare", "[条項号]|附則", _BARE_PLACE),
    )
)
"""The ways in which a citation begins, each with a sign without which there is none."""
_PAPER: Final = re.compile("(?:契約書?|協定書?|仕様書|約款|覚書|合意書|誓約書|計画書?|議事録|報告書) ?$")
"""Papers that have articles and are no laws."""
_LONGEST_PAPER: Final = 4
_EXCERPT: Final = re.compile(r" ?[（(](?:抜粋|抄|関係条文|一部抜粋)[)）]$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a law: its name and the numbers in digits (an article 30の10); all None in a law that is not known."""

    law: str | None = None
    article: str | None = None
    paragraph: str | None = None
    item: str | None = None
    tail: str | None = None

    @property
    def value(self) -> str | None:
        """The citation in its normalised form: name, 第68条第2項第1号."""
        if self.law is None:
            return None
        article = "" if self.article is None else _article_text(self.article)
        paragraph = f"第{self.paragraph}項" if self.paragraph else ""
        item = "" if not self.item else "各号" if self.item == "各" else f"第{self.item}号"
        return f"{self.law}{article}{paragraph}{item}{self.tail or ''}"


@dataclass(slots=True)
class Cited:
    """What was cited so far in a report, and the law, article and paragraph that the passage itself is printed from.

    ``since`` says from where on a term holds that the passage itself defines.
    """

    terms: Mapping[str, str]
    last: Place = field(default_factory=Place)
    laws: list[str] = field(default_factory=list)
    context: Place = field(default_factory=Place)
    since: dict[str, int] = field(default_factory=dict)

    def hear(self, place: Place) -> None:
        """Keep what 同条 and 同法 point to later."""
        self.last = place
        if place.law is not None:
            self.laws.append(place.law)


def title_to_law(title: str) -> str:
    """Give the heading of a printed law without 「（抜粋）」."""
    return _EXCERPT.sub("", title).replace(" ", "")


def find_citations(tokens: Tokens, cited: Cited) -> list[Mention]:
    """Give the laws of a text and their cited places, in order; ``cited`` is read and kept up."""
    found: list[Mention] = []
    if _ANY.search(tokens.text) is None and not cited.terms:
        return found
    position = 0
    for start, stop, place in _find_starts(tokens, cited):
        if start < position:
            continue
        for mention, where in _with_following(tokens.text, start, stop, place):
            cited.hear(where)
            found.append(_with_number(mention, tokens.text))
            position = mention.stop
    return found


def _with_number(mention: Mention, text: str) -> Mention:
    """Give the citation with the law's number that stands in it: 平成15年法律第57号."""
    match = _LAW_NUMBER.search(text, mention.start, mention.stop)
    if match is None:
        return mention
    return replace(mention, parts=(*mention.parts, *parts_of(law_number=match.group())))


def _find_starts(tokens: Tokens, cited: Cited) -> Iterator[tuple[int, int, Place]]:
    """Give where citations begin: start, the end of the law's name, and the place named so far."""
    text = tokens.text
    starts: list[tuple[int, int, str]] = []
    for kind, sign, form in _STARTS:
        if sign.search(text):
            starts.extend((m.start(), m.end(), kind) for m in form.finditer(text))
    term = _term_pattern(cited.terms)
    starts.extend((m.start(), m.end(), "term") for m in term.finditer(text)) if term else None
    order = {"same": 0, "term": 1, "name": 2, "relative": 3, "bare": 4}
    least = 0
    for start, stop, kind in sorted(
        starts, key=lambda one: (one[1] if one[2] != "bare" else one[0], order[one[2]])
    ):
        step = _read_start(tokens, (start, stop), kind, cited, least=least)
        if step is not None:
            yield step
            least = step[1]


def _read_start(
    tokens: Tokens, span: tuple[int, int], kind: str, cited: Cited, *, least: int
) -> tuple[int, int, Place] | None:
    start, stop = span
    text = tokens.text
    is_cited = _place_at(text, stop) is not None
    if start < least and kind != "name":
        return None
    if kind == "name":
        if _ITS_NUMBER.match(text, stop):
            return None  # 昭和32年条例第9号: the number of a law
        named = find_name(tokens, stop, is_cited=is_cited, least=least)
        return (named[0], stop, Place(named[1])) if named else None
    if kind == "same":
        match = _SAME_LAW.match(text, start)
        law = _same_law(match, cited) if match else None
        return (start, stop, Place(law)) if tokens.begins(start) else None
    if kind == "term":
        under = re.compile(_UNDER).match(text, stop)
        ending = under.group() if under else ""
        stop += len(ending)
        term = text[start : stop - len(ending)]
        if start < cited.since.get(term, 0):
            return None
        before = tokens.before(start)  # に関する要綱 is the end of a longer title
        bounded = tokens.begins(start) and not before.is_nominal and before.text != "関する"
        if (
            not bounded
            or not tokens.ends(stop)
            or not (ending or _place_at(text, stop) or not tokens.after(stop).is_nominal)
        ):
            return None
        return start, stop, Place(cited.terms[term] + ending)
    if kind == "relative":
        match = _RELATIVE.match(text, start)
        return _relative(match, cited) if match else None
    if _PAPER.search(text, max(0, start - _LONGEST_PAPER), start):
        return None
    return _bare(text, start, cited)


def _term_pattern(terms: Mapping[str, str]) -> re.Pattern[str] | None:
    words = sorted(terms, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words))) if words else None


def _same_law(match: re.Match[str], cited: Cited) -> str | None:
    kind = "法" if match["kind"] == "法律" else match["kind"]
    if match.group().startswith("本") and cited.context.law:
        return cited.context.law
    for law in reversed(cited.laws):
        if law.endswith(kind) or (kind == "法" and law.endswith("法律")):
            return law + (match["under"] or "")
    return None


def _relative(match: re.Match[str], cited: Cited) -> tuple[int, int, Place] | None:
    """Read 前条, 次項, 同条, この条, 次の各号: from the article that the passage is printed in, else from what was cited."""
    context = cited.context
    start, stop = match.span()
    if match["next"]:
        if context.article is None:
            return None
        return start, stop, replace(context, item="各" if match["next"] == "各号" else None)
    which, unit, items = match["which"], match["unit"], "各" if match["items"] else None
    if which in {"同", "当該"}:
        last = cited.last
        kept = {
            "条": Place(last.law, last.article),
            "項": Place(last.law, last.article, last.paragraph),
            "号": replace(last, tail=None),
        }
        place = kept[unit]
        known = {"条": last.article, "項": last.paragraph, "号": last.item}[unit]
        place = place if known else Place()
        return start, stop, replace(place, item=items) if items else place
    if context.article is None:
        return None
    if match["count"]:
        return start, stop, Place()
    step = {"前": -1, "次": 1}.get(which, 0)
    if unit == "条":
        article = context.article if step == 0 else _step(context.article, step)
        place = Place(context.law, article) if article else Place()
    elif unit == "項":
        paragraph = _step(context.paragraph or "1", step) if step else context.paragraph or "1"
        place = Place(context.law, context.article, paragraph) if paragraph else Place()
    else:
        item = _step(context.item, step) if context.item else None
        place = replace(context, item=item) if item else Place()
    return start, stop, replace(place, item=items) if items else place


def _bare(text: str, start: int, cited: Cited) -> tuple[int, int, Place] | None:
    """Read 第七十八条第一項 or 第一項 without a law's name: inside a printed law it is that law's."""
    context = cited.context
    match = _place_at(text, start)
    if match is None:
        return None
    if match["article"] or match["supplement"]:
        return start, start, Place(context.law)
    if context.article is None or not match["paragraph"]:
        return None
    return start, start, Place(context.law, context.article)


def _step(number: str, step: int) -> str | None:
    """Give the number before or after; None where it cannot be told (第三十条の二, or before the first)."""
    return str(int(number) + step) if number.isdecimal() and int(number) + step > 0 else None


def _place_at(text: str, start: int) -> re.Match[str] | None:
    """Give the article, paragraph and item that stand at ``start``, after brackets and spaces."""
    glue = _GLUE.match(text, start)
    for begin in dict.fromkeys((start, glue.end() if glue else start)):
        match = _PLACE.match(text, begin)
        if match and (match["article"] or match["paragraph"] or match["item"] or match["items"]):
            return match
    return None


def _with_following(text: str, start: int, stop: int, place: Place) -> Iterator[tuple[Mention, Place]]:
    """Give the citation at ``start``, and those that go on from it: 第４条第２項、第５条及び第６条."""
    match = _place_at(text, stop)
    if match is None:
        yield Mention(start, stop, "law", place.value, parts=_parts(place)), place
        return
    while match is not None:
        place = _put(place, match)
        end = match.end()
        ranged = _RANGE.match(text, end)
        if ranged is not None and _is_range(ranged, match):
            end = ranged.end()
            last = _last_of(place, ranged)
            value = f"{place.value}から{last[1]}まで" if place.value else None
            yield Mention(start, end, "law", value, parts=(*_parts(place), *parts_of(**last[0]))), place
        else:
            yield Mention(start, end, "law", place.value, parts=_parts(place)), place
        link = re.compile(r" ?(?:、|，|及び|および|又は|または|並びに|若しくは|・) ?(?=第|[0-9]+条)").match(
            text, end
        )
        match = _PLACE.match(text, link.end()) if link else None
        if match is not None and not (match["article"] or match["paragraph"] or match["item"]):
            match = None
        if match is not None and _is_other_number(text, match):
            match = None
        start = match.start() if match else end


def _is_other_number(text: str, match: re.Match[str]) -> bool:
    """Say whether 第N号 numbers something else (第3号議案)."""
    return (
        bool(match["item"])
        and not match["article"]
        and text.startswith(("議案", "報告", "様式", "被保険者"), match.end())
    )


def _put(place: Place, match: re.Match[str]) -> Place:
    """Give the place that a match names, what it leaves out taken from the place before."""
    tail = match["tail"]
    item = "各" if match["items"] else _item(match)
    if match["supplement"] and not match["article"]:
        return Place(place.law, "附則", _number(match["paragraph"]), item, tail)
    if match["article"]:
        supplement = "附則" if match["supplement"] else ""
        article = (
            supplement
            + digits_of(match["article"])
            + re.sub(_N, lambda m: digits_of(m.group()), match["branch"])
        )
        return Place(place.law, article, _number(match["paragraph"]), item, tail)
    if match["paragraph"]:
        return Place(place.law, place.article, _number(match["paragraph"]), item, tail)
    return Place(place.law, place.article, place.paragraph, item, tail)


def _item(match: re.Match[str]) -> str | None:
    number = _number(match["item"])
    return f"{number}の{digits_of(match['item_branch'])}" if number and match["item_branch"] else number


def _number(text: str | None) -> str | None:
    return None if text is None else digits_of(text)


def _is_range(ranged: re.Match[str], match: re.Match[str]) -> bool:
    kind = "号" if match["item"] else "項" if match["paragraph"] else "条"
    if ranged["kind"] is not None:
        return ranged["kind"] == kind
    return kind == "条" and (ranged.group().lstrip()[:1] in "～〜~")


def _last_of(place: Place, ranged: re.Match[str]) -> tuple[dict[str, str], str]:
    """Give the last of a range as a part and as text; 30条の10～15 ends at 30条の15."""
    number = digits_of(ranged["last"])
    if place.item:
        return {"item_last": number}, f"第{number}号"
    if place.paragraph:
        return {"paragraph_last": number}, f"第{number}項"
    branch = re.sub(_N, lambda m: digits_of(m.group()), ranged["branch"] or "")
    base, of, _ = (place.article or "").rpartition("の")
    article = f"{base}の{number}" if of and ranged["kind"] is None else number + branch
    return {"article_last": article}, _article_text(article)


def _article_text(article: str) -> str:
    supplement, number = (
        ("附則", article.removeprefix("附則")) if article.startswith("附則") else ("", article)
    )
    if not number:
        return supplement
    base, of, branch = number.partition("の")
    return f"{supplement}第{base}条{of}{branch}"


def _parts(place: Place) -> tuple[EntityPart, ...]:
    return parts_of(
        law=place.law, article=place.article, paragraph=place.paragraph, item=place.item, tail=place.tail
    )

"""Page numbers and running heads: what belongs to the sheet and not to the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from extract.characters import fold_width, without_spaces
from extract.document import CleanLine, CleanPage, Running
from extract.geometry import Box, box_centre, box_rounded
from extract.tree.front_lines import is_date, is_named_department
from extract.tree.labels import is_bracketed
from extract.tree.markers import find_marker
from extract.tree.marks import find_marks
from extract.tree.tabs import find_tabs

RunningKind: TypeAlias = Literal["page_number", "running_head"]
Zone: TypeAlias = Literal["head", "foot", "side"]

_HEAD: Final = 0.15  # of the page's height: where a running head can stand, the foot likewise
_EDGE: Final = 0.09  # of the height: so near the edge no text of the report stands
_SIDE: Final = 0.10  # of the width: the margin for lines turned by 90 degrees
_DEEPEST: Final = 4  # lines at the head or foot that are looked at
_SAME_PLACE: Final = 6.0  # points
_FEW_PAGES: Final = 3
_MANY_PAGES: Final = 4
_NEAR_TABLE: Final = 3.0  # letter sizes: a line so near above a table is its caption
_LONGEST_GAP: Final = 2  # pages: heads of odd and even pages may differ

_DASH: Final = "[-－―—–‐−─ｰー~〜～・]"
_BAR: Final = "[-－―—–‐−─ｰー~〜～・一]"  # read from a scan a dash may be the figure 一
_ROMAN: Final = "[ivxlc]{1,6}"
_DECORATED: Final = re.compile(
    rf"{_BAR}+(?P<a>\d{{1,4}}|{_ROMAN}){_BAR}+|(?:[Pp]|頁|ページ)[.．]?(?P<b>\d{{1,4}})|(?P<c>\d{{1,4}})(?:頁|ページ)"
    rf"|[（(]?(?P<d>\d{{1,4}})[/／](?P<total>\d{{1,4}})[)）]?(?:頁|ページ)?"
)
_DECORATED_WITH_TEXT: Final = re.compile(rf"[^\d。]{{0,25}}{_DASH}(?P<a>\d{{1,4}}){_DASH}[^\d。]{{0,25}}")
_BARE: Final = re.compile(
    rf"(?P<a>\d{{1,4}})|[（(\[](?P<b>\d{{1,4}})[)）\]]|\d{{1,3}}[-‐−](?P<c>\d{{1,3}})|(?P<d>{_ROMAN})"
)
_TWO_NUMBERS: Final = re.compile(r"(\d{1,4}) +(\d{1,4})")
_VARYING: Final = re.compile(
    rf"(\D{{1,30}}?){_DASH}?(\d{{1,4}}){_DASH}?|{_DASH}?(\d{{1,4}}){_DASH}?(\D{{1,30}})"
)
_NEVER: Final = re.compile("単位|現在|。")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line at the edge of a page: ``position`` counts the pages from 0, ``text`` is folded and without spaces."""

    position: int
    page: CleanPage
    index: int
    line: CleanLine
    zone: Zone
    text: str
    above_table: bool


def find_running(pages: Sequence[CleanPage]) -> dict[int, dict[int, Running]]:
    """Give the running lines of each page: page number, then index of the line in ``CleanPage.lines``.

    Only a line at the head, the foot or (turned) in a side margin is looked at. It runs when it is a page number, or is
    printed the same at the same place of other pages, or differs from them by a number that counts the pages, or is a tab. A unit
    line never runs; a heading, a report's mark or a table's caption that is printed again runs from its second time on;
    the date and the department of a report that begins on the page do not run.
    """
    candidates = [
        candidate for position, page in enumerate(pages) for candidate in _page_to_candidates(position, page)
    ]
    kinds: dict[tuple[int, int], RunningKind] = {}
    for candidate in _find_page_numbers(candidates, page_count=len(pages)):
        kinds[candidate.position, candidate.index] = "page_number"
    rest = [
        candidate
        for candidate in candidates
        if (candidate.position, candidate.index) not in kinds and not _NEVER.search(candidate.text)
    ]
    for candidate in _find_counting(rest, page_count=len(pages)):
        kinds[candidate.position, candidate.index] = "page_number"
    for candidate in _find_repeated(rest, page_count=len(pages)):
        kinds.setdefault((candidate.position, candidate.index), "running_head")
    for candidate in _find_fronts(rest, kinds):
        del kinds[candidate.position, candidate.index]
    for position, page in enumerate(pages):
        for index in find_tabs(page):
            kinds.setdefault((position, index), "running_head")
    running: dict[int, dict[int, Running]] = {page.frame.number: {} for page in pages}
    for (position, index), kind in sorted(kinds.items()):
        line = pages[position].lines[index]
        running[pages[position].frame.number][index] = Running(
            kind=kind, raw=line.raw, box=box_rounded(line.box)
        )
    return running


def give_back_captions(
    pages: Sequence[CleanPage], running: Mapping[int, Mapping[int, Running]], begin: Iterable[tuple[int, Box]]
) -> dict[int, dict[int, Running]]:
    """Give the running lines without those that name a table: marked or bracketed, right above where one begins.

    ``begin`` is the page number and the box of each table's first part. A caption that is printed again on each page
    ((款) 02 総務費) runs only where the table goes on; on a spread it stands over the left half for both.
    """
    tops: dict[int, list[float]] = {}
    for number, box in begin:
        tops.setdefault(number, []).append(box[1])
    return {
        page.frame.number: {
            index: one
            for index, one in running[page.frame.number].items()
            if one.kind != "running_head"
            or not _could_name(page.lines[index])
            or not any(_is_right_above(page.lines[index], top) for top in tops.get(page.frame.number, ()))
        }
        for page in pages
    }


def _could_name(line: CleanLine) -> bool:
    return line.angle == 0 and (find_marker(line) is not None or is_bracketed(line.text))


def _is_right_above(line: CleanLine, top: float) -> bool:
    return 0 <= top - line.box[3] < _NEAR_TABLE * line.size


# ------------------------------------------------------------------------------------ lines at the edges


def _page_to_candidates(position: int, page: CleanPage) -> Iterator[_Candidate]:
    height, width = page.frame.height, page.frame.width
    for half in (0, 1) if page.gutter is not None else (0,):
        mine = [
            (index, line)
            for index, line in enumerate(page.lines)
            if _half(page, line.box) == half and line.raw.strip()
        ]
        grids = [grid.box for grid in page.grids if _half(page, grid.box) == half]
        top = min((box[1] for box in grids), default=height)
        bottom = max((box[3] for box in grids), default=0.0)
        head = [
            item for item in mine if item[1].box[3] <= _HEAD * height and box_centre(item[1].box)[1] <= top
        ]
        foot = [
            item
            for item in mine
            if item[1].box[1] >= (1 - _HEAD) * height and box_centre(item[1].box)[1] >= bottom
        ]
        turned = [
            item
            for item in mine
            if item[1].angle in {90, 270}
            and (item[1].box[2] <= _SIDE * width or item[1].box[0] >= (1 - _SIDE) * width)
        ]
        zones: tuple[tuple[Zone, list[tuple[int, CleanLine]]], ...] = (
            ("side", turned),
            ("head", sorted(head, key=lambda item: item[1].box[1])[:_DEEPEST]),
            ("foot", sorted(foot, key=lambda item: -item[1].box[3])[:_DEEPEST]),
        )
        seen: set[int] = set()
        for zone, items in zones:
            for index, line in items:
                if index not in seen:
                    seen.add(index)
                    near = zone == "head" and any(_is_right_above(line, box[1]) for box in grids)
                    yield _Candidate(
                        position, page, index, line, zone, fold_width(without_spaces(line.raw)), near
                    )


def _half(page: CleanPage, box: Box) -> int:
    return int(page.gutter is not None and box_centre(box)[0] > page.gutter)


# ----------------------------------------------------------------------------------------- page numbers


def _find_page_numbers(candidates: Sequence[_Candidate], *, page_count: int) -> Iterator[_Candidate]:
    bare: list[tuple[_Candidate, tuple[int, ...]]] = []
    for candidate in candidates:
        if _DECORATED.fullmatch(candidate.text) or _DECORATED_WITH_TEXT.fullmatch(candidate.text):
            yield candidate
        elif values := _bare_values(candidate):
            bare.append((candidate, values))
    values_of_page: dict[int, set[int]] = {}
    for candidate, values in bare:
        values_of_page.setdefault(candidate.position, set()).update(values)
    for candidate, values in bare:
        if _counts_pages(candidate, values, values_of_page) or (
            page_count <= _FEW_PAGES and _stands_alone(candidate)
        ):
            yield candidate


def _bare_values(candidate: _Candidate) -> tuple[int, ...]:
    if match := _BARE.fullmatch(candidate.text):
        number = next(group for group in match.groups() if group is not None)
        return (int(number) if number.isdecimal() else _roman_value(number),)
    if match := _TWO_NUMBERS.fullmatch(" ".join(fold_width(candidate.line.raw).split())):
        first, second = int(match.group(1)), int(match.group(2))
        return (first, second) if second == first + 1 else ()
    return ()


def _counts_pages(
    candidate: _Candidate, values: tuple[int, ...], values_of_page: dict[int, set[int]]
) -> bool:
    """Say whether the number is that of the page, or grows by one or two (a spread) a page beside its neighbours'."""
    if candidate.page.frame.number in values:
        return True
    for step in (-2, -1, 1, 2):
        others = values_of_page.get(candidate.position + step, set())
        if any(value + step in others or value + 2 * step in others for value in values):
            return True
    return False


def _stands_alone(candidate: _Candidate) -> bool:
    """Say whether the line stands at the very edge of the page."""
    height = candidate.page.frame.height
    box = candidate.line.box
    return candidate.zone == "side" or box[3] <= _EDGE * height or box[1] >= (1 - _EDGE) * height


def _roman_value(text: str) -> int:
    worth = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in text]
    return sum(
        value if value >= after else -value for value, after in zip(worth, [*worth[1:], 0], strict=True)
    )


# ------------------------------------------------------------------------------------ repeated and counting


def _find_counting(candidates: Iterable[_Candidate], *, page_count: int) -> Iterator[_Candidate]:
    """Find lines that differ from page to page only by a number that grows with the pages (「予算書 12」)."""
    groups: dict[tuple[Zone, str, str, int], list[tuple[_Candidate, int]]] = {}
    for candidate in candidates:
        match = _VARYING.fullmatch(candidate.text)
        if match is None or find_marker(candidate.line) is not None or find_marks(candidate.line):
            continue
        before, last, first, after = match.groups()
        key = (candidate.zone, before or "", after or "", round(candidate.line.box[1] / _SAME_PLACE))
        groups.setdefault(key, []).append((candidate, int(last or first)))
    for (zone, *_), members in groups.items():
        wanted = min(page_count, _FEW_PAGES) if zone == "foot" else _MANY_PAGES
        if len(members) < max(2, wanted):
            continue
        steps = [(b[0].position - a[0].position, b[1] - a[1]) for a, b in pairwise(members)]
        if all(pages > 0 and number in {pages, 2 * pages} for pages, number in steps):
            yield from (candidate for candidate, _ in members)


def _find_repeated(candidates: Iterable[_Candidate], *, page_count: int) -> Iterator[_Candidate]:
    groups: dict[tuple[Zone, str, int], list[_Candidate]] = {}
    for candidate in candidates:
        groups.setdefault((candidate.zone, candidate.text, candidate.line.angle), []).append(candidate)
    for members in groups.values():
        if len(members) == 1:
            continue
        members.sort(key=lambda candidate: (candidate.line.box[1], candidate.line.box[0], candidate.position))
        for place in _same_places(members):
            for run in _runs(sorted(place, key=lambda candidate: (candidate.position, candidate.index))):
                yield from _running_part(run, page_count=page_count)


def _find_fronts(
    candidates: Sequence[_Candidate], running: Mapping[tuple[int, int], RunningKind]
) -> Iterator[_Candidate]:
    """Find running heads that say when and by whom the report that begins on their page was made.

    One-page reports of one meeting, or of one department, have them at the same place. A department stands below the mark.
    """
    begins: dict[tuple[int, int], float] = {}
    for candidate in candidates:
        runs = (candidate.position, candidate.index) in running
        if candidate.zone == "head" and not runs and find_marks(candidate.line):
            half = (candidate.position, _half(candidate.page, candidate.line.box))
            begins[half] = min(candidate.line.box[1], begins.get(half, candidate.line.box[1]))
    for candidate in candidates:
        mark = begins.get((candidate.position, _half(candidate.page, candidate.line.box)))
        if mark is None or running.get((candidate.position, candidate.index)) != "running_head":
            continue
        below = candidate.line.box[1] > mark
        front = is_date(candidate.line) or (below and is_named_department(candidate.line))
        if front and candidate.zone == "head":
            yield candidate


def _same_places(members: Sequence[_Candidate]) -> list[list[_Candidate]]:
    """Group lines of equal text by their place on the page; on the halves of a spread they are two places."""
    places: list[list[_Candidate]] = []
    for candidate in members:
        for place in reversed(places[-8:]):
            box, other = candidate.line.box, place[0].line.box
            if (
                abs(box[1] - other[1]) <= _SAME_PLACE
                and min(abs(box[0] - other[0]), abs(box[2] - other[2])) <= _SAME_PLACE
            ):
                place.append(candidate)
                break
        else:
            places.append([candidate])
    return places


def _runs(place: Sequence[_Candidate]) -> Iterator[list[_Candidate]]:
    run = [place[0]]
    for candidate in place[1:]:
        if candidate.position - run[-1].position > _LONGEST_GAP:
            yield run
            run = []
        run.append(candidate)
    yield run


def _running_part(run: Sequence[_Candidate], *, page_count: int) -> Sequence[_Candidate]:
    """Give those lines of a run that run; the first of a heading, a mark or a caption stays in the report."""
    first = run[0]
    pages = len({candidate.position for candidate in run})
    stays = first.above_table or find_marker(first.line) is not None or bool(find_marks(first.line))
    if stays:
        return [candidate for candidate in run[1:] if candidate.position != first.position]
    if pages >= _FEW_PAGES:
        return run
    if pages == page_count and all(_stands_alone(candidate) for candidate in run):
        return run
    return ()

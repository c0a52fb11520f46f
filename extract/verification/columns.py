"""Find what the columns of a sheet say of each other: groups of headers, differences, balances that go on."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from typing import Final

from extract.verification.accept import Believed, Pattern, weigh
from extract.verification.axes import Axis, axis_relations
from extract.verification.figures import Figures
from extract.verification.sheets import Sheet
from extract.verification.sums import BESIDE, BROKEN_DOWN, GROUPED, Candidate
from extract.verification.words import is_breakdown, is_difference, is_flow, is_total

NAMED_DIFFERENCE: Final = 5.0
BESIDE_ITS_TERMS: Final = 6.0
_SAMPLES: Final = 4
_PAIRS_OF_LINES: Final = 4  # of which one must be without an error for a balance to be found
_FEW: Final = 14  # positions up to which unnamed differences are looked for
_LONGEST: Final = 8  # parts of a balance
_MOST_PLACES: Final = 40  # positions among which balances are looked for
_FAR: Final = 4  # columns between a header group and its total


def grouped(sheet: Sheet) -> list[Candidate]:
    """Give the sums that header groups suggest: own column = the others; a column beside = the group."""
    found: list[Candidate] = []
    for own, first, after in sheet.groups:
        parts = _group_parts(sheet, own, first, after)
        if len(parts) < 2:
            continue
        found.extend(Candidate("group", column, parts, GROUPED) for column in own)
        if not own:
            beside = [(first - far, far) for far in range(1, _FAR + 1)]
            beside += [(after + far - 1, far) for far in range(1, _FAR + 1)]
            prior = BROKEN_DOWN if is_breakdown(_group_name(sheet, first, after)) else BESIDE
            found.extend(
                Candidate("group", column, parts, prior - far)
                for column, far in beside
                if 0 <= column < sheet.columns
            )
        found.extend(
            Candidate("group", column, tuple(one for one in parts if one != column), 0.0)
            for column in parts
            if len(parts) > 2 and is_total(sheet.column_labels[column])
        )
    return found


def _group_name(sheet: Sheet, first: int, after: int) -> str:
    """Give the names of the headers that the columns of a group have in common."""
    paths = [path.split("/") for path in sheet.column_paths[first:after]]
    return "/".join(part for part in paths[0] if all(part in path for path in paths))


def _group_parts(sheet: Sheet, own: tuple[int, ...], first: int, after: int) -> tuple[int, ...]:
    """Give the columns right below a group header: of a group inside it the own column, where it has one."""
    parts = [column for column in range(first, after) if column not in own]
    for inner_own, inner_first, inner_after in sheet.groups:
        inside = first <= inner_first and inner_after <= after and inner_after - inner_first < after - first
        if inside and inner_own:
            parts = [one for one in parts if not inner_first <= one < inner_after or one in inner_own]
    return tuple(parts)


def find_differences(axis: Axis, figures: Figures) -> list[Believed]:
    """Give the triples a - b = c: those whose c is named a difference, and in a small table any."""
    names = [is_difference(label) for label in axis.labels]
    found = _printed_beside(axis, names, figures)
    places = [place for place in range(axis.count) if any(line[place] for line in axis.cells)]
    if len(places) < 3 or (len(places) > _FEW and not any(names[place] for place in places)):
        return found
    votes: dict[tuple[int, int, int], int] = {}
    for line, sums in _samples(axis):
        _vote_for_triples(line, sums, places, votes)
    search = 2.0 * log2(max(2, len(places)))
    for whole, one, other in sorted(votes, key=lambda key: -votes[key]):
        named = [place for place in (whole, one, other) if names[place]]
        prior = NAMED_DIFFERENCE - search / 2 if named else -6.0 - 1.5 * search
        if len(places) > _FEW and not named:
            continue
        if one in named:
            stated, parts, signs = one, (whole, other), (1, -1)
        elif other in named:
            stated, parts, signs = other, (whole, one), (1, -1)
        else:
            stated, parts, signs = whole, (one, other), (1, 1)
        relations = axis_relations(axis, stated, parts, signs)
        believed = weigh(Pattern("difference", prior, relations, whole=True), figures) if relations else None
        if believed is not None:
            found.append(believed)
    return found


def _printed_beside(axis: Axis, names: Sequence[bool], figures: Figures) -> list[Believed]:
    """Give the differences right beside their terms: 本年度, 前年度, 比較."""
    found: list[Believed] = []
    places = [place for place in range(axis.count) if any(line[place] for line in axis.cells)]
    for index in range(2, len(places)):
        place = places[index]
        if not names[place] or names[places[index - 1]]:
            continue
        for signs in ((1, -1), (-1, 1)):
            relations = axis_relations(axis, place, (places[index - 2], places[index - 1]), signs)
            believed = (
                weigh(Pattern("difference", BESIDE_ITS_TERMS, relations, whole=True), figures)
                if relations
                else None
            )
            if believed is not None:
                found.append(believed)
                break
    return found


def _samples(axis: Axis, count: int = _SAMPLES) -> list[tuple[list[tuple[int, ...]], list[int]]]:
    """Give the lines that tell most: many different numbers."""
    order = sorted(range(len(axis.sums)), key=lambda line: -len({one for one in axis.sums[line] if one}))
    return [(axis.cells[line], axis.sums[line]) for line in order[:count]]


def _vote_for_triples(
    line: Sequence[tuple[int, ...]],
    sums: Sequence[int],
    places: Sequence[int],
    votes: dict[tuple[int, int, int], int],
) -> None:
    """Count each ``whole = one + other`` (by position, one before other) that holds in the line."""
    there = [place for place in places if line[place] and sums[place]]
    where: dict[int, list[int]] = {}
    for place in there:
        where.setdefault(sums[place], []).append(place)
    for index, one in enumerate(there):
        for other in there[index + 1 :]:
            for whole in where.get(sums[one] + sums[other], ()):
                if whole not in (one, other):
                    key = (whole, one, other)
                    votes[key] = votes.get(key, 0) + 1


def find_balances(axis: Axis, figures: Figures, paths: Sequence[str]) -> list[Believed]:
    """Give the balances ``last = first ± what lies between``: 年度末 = 前年度末 + 発行 - 償還."""
    places = [place for place in range(axis.count) if any(line[place] for line in axis.cells)]
    if not 4 <= len(places) <= _MOST_PLACES or sum(is_flow(paths[place]) for place in places) < 3:
        return []
    found: list[Believed] = []
    tried: set[tuple[int, tuple[int, ...], tuple[int, ...]]] = set()
    for number, sums in enumerate(_combined(axis)):
        if found and number >= _PAIRS_OF_LINES:
            break
        for stated, parts, signs in _balanced(places, sums):
            if (stated, parts, signs) in tried:
                continue
            tried.add((stated, parts, signs))
            prior = 1.0 - len(parts) - log2(len(places))
            relations = axis_relations(axis, stated, parts, signs)
            believed = weigh(Pattern("balance", prior, relations, whole=True), figures) if relations else None
            if believed is not None:
                found.append(believed)
    return found


def _combined(axis: Axis) -> list[list[int]]:
    """Give pairs of sample lines, each packed into one long integer a position: equal integers, equal lines."""
    lines = [sums for line, sums in _samples(axis, _PAIRS_OF_LINES * 2)]
    base = 1 << (8 + max((abs(one) for sums in lines for one in sums), default=0).bit_length())
    places = [*range(0, len(lines), 2), *range(1, len(lines) - 1, 2)]
    groups = [lines[place : place + 2] for place in places]
    groups += [
        lines[place : place + 3 : 2] for place in range(len(lines) - 2)
    ]  # where errors stand in all of these
    return [
        [
            sum(number * base**depth for depth, number in enumerate(column))
            for column in zip(*group, strict=True)
        ]
        for group in groups
    ]


def _balanced(
    places: Sequence[int], sums: Sequence[int]
) -> list[tuple[int, tuple[int, ...], tuple[int, ...]]]:
    found: list[tuple[int, tuple[int, ...], tuple[int, ...]]] = []
    for start in range(len(places) - 3):
        reached: dict[int, tuple[int, ...]] = {sums[places[start]]: (1,)}
        for end in range(start + 1, min(start + _LONGEST, len(places) - 1)):
            number = sums[places[end]]
            further: dict[int, tuple[int, ...]] = {}
            for total, signs in reached.items():
                further.setdefault(total + number, (*signs, 1))
                further.setdefault(total - number, (*signs, -1))
            reached = further
            target = sums[places[end + 1]]
            if end - start >= 2 and target in reached and target:
                signs = reached[target]
                if -1 in signs:
                    found.append((places[end + 1], tuple(places[start : end + 1]), signs))
    return found


def inner_figures(believed: Sequence[Believed]) -> dict[int, frozenset[int]]:
    """Give for each figure that is a part of others in the same column what they are."""
    totals: dict[int, set[int]] = {}
    for found in believed:
        for relation in found.holding:
            if relation.kind == "sum" and all(sign == 1 for sign in relation.signs):
                for one in relation.operands:
                    totals.setdefault(one, set()).add(relation.stated)
    return {one: frozenset(stated) for one, stated in totals.items()}

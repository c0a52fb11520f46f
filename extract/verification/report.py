"""A judgement -> the Document with its checks, its statuses and its findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extract.document import Cell, CellStatus, Check, Document, Fact, Finding, Repair, Table
from extract.findings import Language, Notice, notice_severity, notice_to_sentence
from extract.verification.figures import Figures, unscaled_value
from extract.verification.judge import Case, Judgement, Weighed
from extract.verification.relations import computed_value, residual
from extract.verification.repair import Change

_REASONS: Final[Mapping[Language, tuple[str, str]]] = {
    "ja": (
        "計算の関係をすべて満たす読みは一つだけ",
        "計算の関係をすべて満たす値は一つだけ（似た字形の読み違い）",
    ),
    "en": ("the only reading that satisfies every relation", "the only value that satisfies every relation"),
}
_MOST_NAMED: Final = 12  # operands that a sentence names


def judgement_to_document(
    document: Document,
    figures: Figures,
    judgement: Judgement,
    changes: Sequence[Change],
    *,
    language: Language,
) -> Document:
    """Give the document with what the judgement says about it."""
    writer = _Writer(document.tables, figures, judgement, changes, language=language)
    tables = writer.tables()
    notices = writer.notices()
    return replace(
        document,
        tables=tables,
        facts=_facts(document.facts, tables),
        findings=(*document.findings, *(_to_finding(notice, language) for notice in notices)),
    )


def _to_finding(notice: Notice, language: Language) -> Finding:
    return Finding(
        code=notice.code,
        severity=notice_severity(notice),
        message=notice_to_sentence(notice, language),
        page=notice.page,
        table=notice.table,
        cell=notice.cell,
    )


class _Writer:
    """What every part of the report needs."""

    def __init__(
        self,
        tables: Sequence[Table],
        figures: Figures,
        judgement: Judgement,
        changes: Sequence[Change],
        *,
        language: Language,
    ) -> None:
        self._tables = tables
        self._figures = figures
        self._judgement = judgement
        self._changes = {one.figure: one for one in changes}
        self._values = figures.values
        self._language = language
        self._blamed = {one for case in judgement.cases for one, _ in case.blamed}

    def _cell(self, figure: int) -> Cell:
        item = self._figures.items[figure]
        return self._tables[item.table].cells[item.cell]

    def tables(self) -> tuple[Table, ...]:
        """Give the tables with judged cells and their checks, in the order of the printed results."""
        relations = [
            *self._judgement.holding,
            *(one for case in self._judgement.cases for one in case.relations),
        ]
        by_table: dict[int, list[Weighed]] = {}
        for weighed in relations:
            by_table.setdefault(self._figures.items[weighed.relation.stated].table, []).append(weighed)
        judged: dict[int, dict[int, Cell]] = {}
        for figure, item in enumerate(self._figures.items):
            judged.setdefault(item.table, {})[item.cell] = self._judged(figure)
        found: list[Table] = []
        for number, table in enumerate(self._tables):
            own = judged.get(number)
            if not own:
                found.append(table)
                continue
            cells = tuple(own.get(index, cell) for index, cell in enumerate(table.cells))
            checks = sorted(by_table.get(number, ()), key=lambda one: one.relation.stated)
            found.append(
                replace(
                    table,
                    cells=cells,
                    checks=tuple(
                        self._check(f"{table.id}k{index}", one) for index, one in enumerate(checks, start=1)
                    ),
                )
            )
        return tuple(found)

    def _judged(self, figure: int) -> Cell:
        cell = self._cell(figure)
        if figure in self._changes:
            change = self._changes[figure]
            value = unscaled_value(change.value, self._figures.scale)
            reason = _REASONS[self._language][0 if change.seen else 1]
            return replace(
                cell,
                text=_printed(value, cell),
                value=value,
                status="repaired",
                needs_review=True,
                repair=Repair(read=cell.raw, reason=reason),
            )
        if cell.status == "corrected":
            return cell
        status: CellStatus = "unverified"
        if figure in self._blamed:
            status = "conflict"
        elif figure in self._judgement.proved:
            status = "verified"
        review = cell.needs_review or status == "conflict"
        if (status, review) == (cell.status, cell.needs_review):
            return cell
        return _judged_cell(cell, status, needs_review=review)

    def _check(self, check_id: str, weighed: Weighed) -> Check:
        relation, scale = weighed.relation, self._figures.scale
        computed = computed_value(relation, self._values, scale)
        factor: int | float = 100 if relation.kind in ("share", "rate") else 1
        if relation.kind == "product":
            factor = (
                relation.factor[0] if relation.factor[1] == 1 else relation.factor[0] / relation.factor[1]
            )
        rounded = relation.kind in ("share", "rate", "product")
        doubled = (relation.step if rounded else 0) + 2 * relation.slack
        slack = Decimal(doubled) / (2 * scale) if doubled else 0
        return Check(
            id=check_id,
            relation=relation.kind,
            stated=self._cell(relation.stated).id,
            operands=tuple(self._cell(one).id for one in relation.operands),
            stated_value=unscaled_value(self._values[relation.stated], scale),
            computed_value=unscaled_value(computed if computed is not None else 0, scale),
            holds=residual(relation, self._values, scale) == 0,
            signs=relation.signs,
            factor=factor,
            tolerance=int(slack) if slack == int(slack) else float(slack),
            bits=round(weighed.bits, 1),
        )

    def notices(self) -> list[Notice]:
        """Give what a person should look at: one notice a case, one a repair."""
        found = [self._case_notice(case) for case in self._judgement.cases]
        for change in self._changes.values():
            cell = self._cell(change.figure)
            value = unscaled_value(change.value, self._figures.scale)
            details = (("read", _one_line(cell.raw)), ("value", _printed(value, cell)))
            found.append(self._notice("number.repaired", change.figure, details))
        order = {one: place for place, one in enumerate(found)}
        return sorted(found, key=lambda one: (one.page or 0, order[one]))

    def _case_notice(self, case: Case) -> Notice:
        relation = max(case.relations, key=lambda one: one.bits).relation
        computed = computed_value(relation, self._values, self._figures.scale)
        named = [_one_line(self._cell(one).text) for one in relation.operands[:_MOST_NAMED]]
        if len(relation.operands) > _MOST_NAMED:
            named.append(f"… ({len(relation.operands)})")
        details: tuple[tuple[str, str], ...] = (
            ("stated", _one_line(self._cell(relation.stated).text)),
            ("computed", _grouped(unscaled_value(computed or 0, self._figures.scale))),
            ("operands", " / ".join(named)),
        )
        if len(case.blamed) == 1:
            figure, needed = case.blamed[0]
            expected = _grouped(unscaled_value(needed if needed is not None else 0, self._figures.scale))
            cell = self._cell(figure)
            if needed is not None:
                details = (("printed", _one_line(cell.text)), ("expected", expected), *details)
                return self._notice("number.conflict-one", figure, details)
            return self._notice("number.conflict", figure, details)
        return self._notice("number.conflict", relation.stated, details)

    def _notice(self, code: str, figure: int, details: tuple[tuple[str, str], ...]) -> Notice:
        item = self._figures.items[figure]
        return Notice(
            code,
            page=item.page,
            table=self._tables[item.table].id,
            cell=self._cell(figure).id,
            details=details,
        )


def _printed(value: float, cell: Cell) -> str:
    return _grouped(value) + (cell.unit or "")


def _grouped(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{Decimal(repr(value)):,f}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _facts(facts: Sequence[Fact], tables: Sequence[Table]) -> tuple[Fact, ...]:
    """Give the facts with the values and statuses of their cells."""
    cells = {cell.id: cell for table in tables for cell in table.cells if cell.kind == "number"}
    found: list[Fact] = []
    for fact in facts:
        cell = cells.get(fact.cell)
        if (
            cell is None
            or not isinstance(cell.value, int | float)
            or (cell.value, cell.status) == (fact.value, fact.status)
        ):
            found.append(fact)
        else:
            found.append(_judged_fact(fact, cell.value, cell.status))
    return tuple(found)


def _judged_cell(cell: Cell, status: CellStatus, *, needs_review: bool) -> Cell:
    """Give the cell with its status: every number of a document passes here, and ``replace`` takes five times as long."""
    return Cell(
        cell.id,
        cell.row,
        cell.column,
        cell.row_span,
        cell.column_span,
        cell.role,
        cell.raw,
        cell.text,
        cell.kind,
        cell.value,
        cell.unit,
        cell.missing,
        cell.evidence,
        status,
        needs_review,
        cell.repair,
    )


def _judged_fact(fact: Fact, value: float, status: CellStatus) -> Fact:
    return Fact(
        fact.id,
        fact.table,
        fact.cell,
        fact.row_path,
        fact.column_path,
        value,
        fact.unit,
        fact.as_of,
        fact.page,
        status,
    )

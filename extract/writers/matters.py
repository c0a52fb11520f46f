"""What a person should look at: doubtful cells and findings, the most important first; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.document import Cell, Document, Finding, Table
from extract.findings import Severity
from extract.writers.labels import review_reason
from extract.writers.words import Words

# What arithmetic found, then pages and tables that could not be read, then cells in doubt, then the other findings.
_CONFLICT_RANK = 0
_REPAIR_RANK = 1
_DOUBT_RANK = 3
_RANKS: dict[Severity, int] = {"error": 2, "warning": 4, "info": 5}
_CONFLICT_CODES = frozenset({"number.conflict", "number.conflict-one"})


@dataclass(frozen=True, slots=True)
class Matter:
    """A doubtful cell with what was found there, or a finding."""

    rank: int
    severity: Severity | None
    message: str
    table: Table | None
    cell: Cell | None
    page: int | None


def document_to_matters(document: Document, words: Words) -> list[Matter]:
    """Give what there is to look at, the most important first, and within that in printed order."""
    return sorted(_document_to_matters(document, words), key=lambda matter: matter.rank)


def needs_look(cell: Cell) -> bool:
    """Say whether a person should look at the cell, whatever was found there."""
    return cell.needs_review or cell.status in {"conflict", "repaired"}


def count_matters(document: Document, table: Table) -> int:
    """Give the number of places of a table that a person should look at."""
    cells = {cell.id for cell in table.cells if needs_look(cell)}
    found = [
        finding for finding in document.findings if finding.table == table.id and finding.severity != "info"
    ]
    return len(cells | {finding.cell for finding in found if finding.cell}) + sum(
        1 for f in found if not f.cell
    )


def _document_to_matters(document: Document, words: Words) -> Iterator[Matter]:
    tables = {table.id: table for table in document.tables}
    known = {cell.id for table in document.tables for cell in table.cells}
    by_cell: dict[str, list[Finding]] = {}
    for finding in document.findings:
        if finding.cell in known:
            by_cell.setdefault(finding.cell or "", []).append(finding)
        else:
            table = tables.get(finding.table or "")
            rank = _RANKS[finding.severity]
            yield Matter(rank, finding.severity, finding.message, table, None, finding.page)
    for table in document.tables:
        for cell in table.cells:
            found = by_cell.get(cell.id, [])
            if found or needs_look(cell):
                yield _cell_to_matter(words, table, cell, found)


def _cell_to_matter(words: Words, table: Table, cell: Cell, found: list[Finding]) -> Matter:
    worst = min((finding.severity for finding in found), key=lambda severity: _RANKS[severity], default=None)
    reason = review_reason(cell, words)
    own = [reason] if reason else []
    if cell.repair is not None:
        own.append(words.repaired.format(cell.repair.read, cell.repair.reason))
    message = "\n".join([*own, *(finding.message for finding in found)])
    return Matter(_rank(cell, found, worst), worst, message, table, cell, cell.evidence.page)


def _rank(cell: Cell, found: list[Finding], worst: Severity | None) -> int:
    """Give how important a cell is; a conflict that no single number is to blame for stands at the stated one."""
    if cell.status == "conflict" or any(finding.code in _CONFLICT_CODES for finding in found):
        return _CONFLICT_RANK
    if cell.status == "repaired":
        return _REPAIR_RANK
    ranks = [_RANKS[worst]] if worst else []
    return min([*ranks, _DOUBT_RANK] if cell.needs_review else ranks)

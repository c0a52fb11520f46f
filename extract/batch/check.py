"""What arithmetic says of the numbers in a folder of converted documents: verified, unverified, conflicts, repaired."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from extract.document import Cell, CellStatus, Check, CheckRelation, Document, DocumentStatus, Fact, Table
from extract.errors import HokokuError, InputMissing, InputUnreadable, JsonDamaged, JsonMissing

SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A relation that does not hold: where its printed result stands, and what it should be.

    ``suspects`` are the ids of the cells of which one at least is wrong. ``relation`` and ``computed`` are None for a
    cell in conflict that no failing check of the document names.
    """

    page: int
    table: str
    caption: str | None
    cell: str
    row: int | None
    column: int | None
    row_path: tuple[str, ...]
    column_path: tuple[str, ...]
    relation: CheckRelation | None
    stated: int | float | str | None
    computed: int | float | None
    suspects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """The body numbers of a document, or of all, by their status, and its checks."""

    tables: int
    statuses: Counter[CellStatus]
    checks: int
    failing: int

    @property
    def numbers(self) -> int:
        """Give how many numbers there are."""
        return self.statuses.total()

    def counted(self) -> dict[CellStatus, int]:
        """Give the count of every status, also of those that no number has."""
        return {status: self.statuses[status] for status in get_args(CellStatus)}

    def share(self, status: CellStatus) -> float | None:
        """Give the share of all numbers that have the status, from 0 to 1; None where there is no number."""
        return self.statuses[status] / self.numbers if self.numbers else None


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A converted document: ``place`` is its JSON, below the folder."""

    place: str
    name: str
    status: DocumentStatus
    sums: Sums
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The documents of a folder, and the JSON files that are none, each with the reason."""

    documents: tuple[CheckedDocument, ...]
    unreadable: tuple[tuple[str, HokokuError], ...]

    @property
    def conflicts(self) -> int:
        """Give how many conflicts stand."""
        return sum(len(document.conflicts) for document in self.documents)

    def total(self) -> Sums:
        """Give the sums over all documents."""
        every = [document.sums for document in self.documents]
        return Sums(
            tables=sum(one.tables for one in every),
            statuses=sum((one.statuses for one in every), Counter()),
            checks=sum(one.checks for one in every),
            failing=sum(one.failing for one in every),
        )


def check(out: Path) -> Checked:
    """Sum up every JSON below OUT, or the one that it names. Raises InputMissing and JsonMissing."""
    if not out.exists():
        raise InputMissing(path=out)
    documents: list[CheckedDocument] = []
    unreadable: list[tuple[str, HokokuError]] = []
    for path, place in _find_json(out):
        try:
            document = _read(path)
        except HokokuError as error:
            unreadable.append((place, error))
        else:
            documents.append(document_to_checked(document, place))
    if not documents and not unreadable:
        raise JsonMissing(path=out)
    return Checked(tuple(documents), tuple(unreadable))


def _find_json(out: Path) -> Iterator[tuple[Path, str]]:
    if out.is_file():
        yield out, out.name
        return
    for parent, folders, files in os.walk(out):
        folders.sort()
        for name in sorted(files):
            path = Path(parent) / name
            if path.suffix.lower() == SUFFIX:
                yield path, path.relative_to(out).as_posix()


def _read(path: Path) -> Document:
    from extract.flow import read  # noqa: PLC0415 - it loads the readers

    try:
        return read(path)
    except OSError as error:
        raise InputUnreadable(path=path, reason=error.strerror or str(error)) from error
    except (MemoryError, RecursionError) as error:  # a foreign JSON may be nested deeper than Python goes
        raise JsonDamaged(reason=type(error).__name__) from error


def document_to_checked(document: Document, place: str) -> CheckedDocument:
    """Sum up a document whose JSON lies at ``place``."""
    statuses: Counter[CellStatus] = Counter(
        cell.status for table in document.tables for cell in table.cells if _is_counted(cell)
    )
    checks = [one.holds for table in document.tables for one in table.checks]
    sums = Sums(len(document.tables), statuses, len(checks), checks.count(False))
    conflicts = tuple(_find_conflicts(document))
    return CheckedDocument(place, document.source.name, document.status, sums, conflicts)


def _is_counted(cell: Cell) -> bool:
    return cell.kind == "number" and cell.role == "body"


def _find_conflicts(document: Document) -> Iterator[Conflict]:
    """Give the failing checks in printed order, then the cells in conflict that none of them names."""
    cells: dict[str, tuple[Table, Cell | None]] = {
        cell.id: (table, cell) for table in document.tables for cell in table.cells
    }
    facts = {fact.cell: fact for fact in document.facts}
    in_conflict = {cell.id for _, cell in cells.values() if cell and cell.status == "conflict"}
    named: set[str] = set()
    for table in document.tables:
        for one in table.checks:
            if one.holds:
                continue
            members = (one.stated, *one.operands)
            suspects = tuple(cell for cell in dict.fromkeys(members) if cell in in_conflict)
            named.update(suspects)
            yield _to_conflict(one.stated, cells.get(one.stated, (table, None)), facts, one, suspects)
    for cell_id, place in cells.items():
        if cell_id in in_conflict and cell_id not in named:
            yield _to_conflict(cell_id, place, facts, None, (cell_id,))


def _to_conflict(
    cell_id: str,
    place: tuple[Table, Cell | None],
    facts: Mapping[str, Fact],
    failing: Check | None,
    suspects: tuple[str, ...],
) -> Conflict:
    table, cell = place
    fact = facts.get(cell_id)
    printed = cell.value if cell else None
    return Conflict(
        page=cell.evidence.page if cell else table.pages[0],
        table=table.id,
        caption=table.caption,
        cell=cell_id,
        row=cell.row if cell else None,
        column=cell.column if cell else None,
        row_path=fact.row_path if fact else (),
        column_path=fact.column_path if fact else (),
        relation=failing.relation if failing else None,
        stated=failing.stated_value if failing else printed,
        computed=failing.computed_value if failing else None,
        suspects=suspects,
    )

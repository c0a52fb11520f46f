"""Table -> Facts: each body number once, with the names that lead to it."""

from __future__ import annotations

from extract.document import Fact, Table
from extract.tree.paths import HeaderPaths
from extract.tree.units import unit_of_number


def table_to_facts(table: Table, paths: HeaderPaths) -> tuple[Fact, ...]:
    """Give the facts of a table in the order of its cells; the id is the cell's with f for t (f3r5c2)."""
    facts: list[Fact] = []
    for cell in table.cells:
        if cell.kind != "number" or cell.role != "body" or not isinstance(cell.value, int | float):
            continue
        columns, rows = paths.column_headers(cell), paths.row_headers(cell)
        unit = unit_of_number(
            cell_unit=cell.unit,
            column_names=[header.text for header in columns],
            row_names=[header.text for header in rows],
            table_unit=table.unit,
        )
        facts.append(
            Fact(
                id="f" + cell.id.removeprefix("t"),
                table=table.id,
                cell=cell.id,
                row_path=paths.row_path(cell),
                column_path=paths.column_path(cell),
                value=cell.value,
                unit=unit,
                as_of=table.as_of,
                page=cell.evidence.page,
                status=cell.status,
            )
        )
    return tuple(facts)

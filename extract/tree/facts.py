"""Table -> Facts: each body number once, with the names that lead to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.document import CleanCell, Fact, Table
from extract.tree.paths import table_to_paths
from extract.tree.units import unit_of_number


def table_to_facts(
    table: Table, *, header: Sequence[CleanCell] = (), divided: Mapping[str, tuple[int, int]] | None = None
) -> tuple[Fact, ...]:
    """Give the facts of a table in the order of its cells; the id is the cell's with f for t (f3r5c2).

    ``header`` is a header printed over another table that heads the columns of this one (``JoinedTable.header``);
    ``divided`` the rows of the ruled cells that alignment divided, by the ids of their parts.
    """
    paths = table_to_paths(table, header=header, divided=divided)
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

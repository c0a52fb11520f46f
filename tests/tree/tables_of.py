"""From drawn pages to tables and facts, as the stage does it."""

from __future__ import annotations

from grid_pages import draw_grid, draw_page

from extract.tree.captions import describe_tables
from extract.tree.facts import table_to_facts
from extract.tree.headings import joined_to_table
from extract.tree.joined import join_grids
from extract.tree.naming import name_numbers


def pages_to_tables(*pages, running=None):
    running = running or {}
    joined = join_grids(pages, running)
    described = describe_tables(pages, joined, running)
    tables = [
        joined_to_table(one, description, id=f"t{number}", report=None, section=None)
        for number, (one, description) in enumerate(zip(joined, described, strict=True), start=1)
    ]
    return list(zip(*name_numbers(pages, joined, tables), strict=True))


def drawing_to_table(drawing):
    ((table, _),) = pages_to_tables(draw_page(draw_grid(drawing)))
    return table


def facts_of(*pages):
    return [
        (fact.row_path, fact.column_path, fact.value)
        for table, names in pages_to_tables(*pages)
        for fact in table_to_facts(table, names)
    ]


def drawing_to_facts(drawing):
    return facts_of(draw_page(draw_grid(drawing)))


def roles_of(table):
    """Give the roles as one string a row: h column header, r row header, s stub head, . body."""
    letters = {"column_header": "h", "row_header": "r", "stub_head": "s", "body": "."}
    rows = [["?"] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                rows[row][column] = letters[cell.role]
    return ["".join(row) for row in rows]

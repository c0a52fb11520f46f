"""Tables -> every relation that is believed, with what fails in it."""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import Table
from extract.verification.accept import Believed
from extract.verification.axes import sheet_to_column_axis, sheet_to_row_axis
from extract.verification.columns import find_balances, find_differences, grouped, inner_figures
from extract.verification.elsewhere import find_elsewhere
from extract.verification.figures import Figures
from extract.verification.owners import find_owners
from extract.verification.rates import find_products, find_rates, find_shares, rate_columns, rate_places
from extract.verification.sheets import Sheet, tables_to_sheets
from extract.verification.steps import find_steps_across, find_steps_down
from extract.verification.sums import find_share_sums, find_sums
from extract.verification.twice import find_repeated
from extract.verification.words import is_balance


def find_relations(tables: Sequence[Table], figures: Figures) -> list[Believed]:
    """Give the believed relations of all tables, those inside one table first."""
    sheets = tables_to_sheets(tables, figures)
    found: list[Believed] = []
    for sheet in sheets:
        found.extend(find_in_sheet(sheet, tables, figures))
    found.extend(find_owners(sheets, tables, figures))
    found.extend(find_repeated(sheets, figures))
    found.extend(find_elsewhere(sheets, found, figures))
    return found


def find_in_sheet(sheet: Sheet, tables: Sequence[Table], figures: Figures) -> list[Believed]:
    """Give the believed relations between the rows and the columns of one sheet."""
    values = figures.values
    rates = rate_columns(sheet, tables, figures)
    rows = sheet_to_row_axis(sheet, values, [one for one in range(sheet.columns) if one not in rates])
    sums = find_sums(rows, figures)
    found = [believed for _, believed in sums]
    if rates and sums:
        shares = sheet_to_row_axis(sheet, values, rates)
        found.extend(find_share_sums(shares, [(one.stated, one.parts) for one, _ in sums], figures))
    found.extend(without_remnants(find_differences(rows, figures), found))
    columns = sheet_to_column_axis(sheet, values, inner_figures(found))
    found.extend(believed for _, believed in find_sums(columns, figures, grouped(sheet)))
    found.extend(without_remnants(find_differences(columns, figures), found))
    found.extend(find_balances(columns, figures, sheet.column_paths))
    if any(map(is_balance, sheet.row_labels)):
        found.extend(find_balances(rows, figures, sheet.row_labels))
    found.extend(find_shares(sheet, rates, figures))
    found.extend(find_rates(columns, rates, figures))
    row_rates = rate_places(rows, tables, figures)
    if 0 < len(row_rates) < sheet.rows // 2 + 1:
        found.extend(find_rates(rows, row_rates, figures))
        amounts = sheet_to_column_axis(sheet, values, inner_figures(found), without=row_rates)
        found.extend(believed for _, believed in find_sums(amounts, figures, grouped(sheet)))
    found.extend(find_products(columns, figures))
    known = frozenset(figure for one in found for relation in one.holding for figure in relation.members())
    found.extend(find_steps_down(sheet, rates, known, figures))
    found.extend(find_steps_across(sheet, row_rates, known, figures))
    return found


def without_remnants(fresh: Sequence[Believed], found: Sequence[Believed]) -> list[Believed]:
    """Leave out what is a known sum without some of its parts: it holds only because those are zeros."""
    wholes: dict[int, list[frozenset[int]]] = {}
    for believed in found:
        for relation in believed.holding:
            if len(relation.operands) > 2:
                members = frozenset(relation.members())
                for one in members:
                    wholes.setdefault(one, []).append(members)
    return [
        believed
        for believed in fresh
        if not believed.holding
        or not all(
            any(whole.issuperset(relation.members()) for whole in wholes.get(relation.stated, ()))
            for relation in believed.holding
        )
    ]

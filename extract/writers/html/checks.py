"""The checks of a table: each arithmetic relation in one line, with links to its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extract.document import Check, Table
from extract.writers.html.marking import link, number, tag, text
from extract.writers.html.view import View
from extract.writers.labels import fact_name, relation_word

_MOST_OPERANDS = 12  # of a longer sum the first are shown


def checks_html(view: View, table: Table) -> Iterator[str]:
    """Give the checks of a table, those that do not hold first; folded up where all hold. Nothing where there is none."""
    if not table.checks:
        return
    holding = sum(check.holds for check in table.checks)
    failing = len(table.checks) - holding
    summary = view.own.checks.format(len(table.checks), holding, failing)
    yield f'<details class="checks"{" open" if failing else ""}><summary>{text(summary)}</summary><ul>'
    for check in sorted(table.checks, key=lambda check: check.holds):
        yield _check_html(view, check)
    yield "</ul></details>"


def _check_html(view: View, check: Check) -> str:
    mark, word = ("○", view.own.holds) if check.holds else ("×", view.own.fails)
    name = fact_name(view.facts.get(check.stated)) or ""
    parts = [
        tag("span", text(f"{mark} {word}"), class_="mark"),
        tag("span", text(view.words.relations[relation_word(check)]), class_="relation"),
        tag("span", text(name), class_="name"),
        tag("span", _equation(view, check), class_="equation"),
    ]
    if not check.holds:
        difference = Decimal(repr(check.stated_value)) - Decimal(repr(check.computed_value))
        computed, differing = view.words.checks_columns[8:10]
        figures = f"{computed} {number(check.computed_value)}　{differing} {number(float(difference) if difference % 1 else int(difference))}"
        parts.append(tag("span", text(figures), class_="figures"))
    return tag("li", " ".join(parts), class_="holds" if check.holds else "fails")


def _equation(view: View, check: Check) -> str:
    """Give ``14,540 ＝ 13,630 ＋ 840 ＋ 70`` with links; a result that was rounded stands before ≒."""
    stated = _linked(view, check.stated, check.stated_value)
    sign = "≒" if check.tolerance else "＝"
    factor = "" if check.factor == 1 else f" × {number(check.factor)}"
    operands = [_operand(view, one) for one in check.operands[:_MOST_OPERANDS]]
    if check.relation in {"sum", "same"}:
        signs = check.signs or (1,) * len(check.operands)
        shown = "".join(
            (" － " if one < 0 else " ＋ ") + operand for one, operand in zip(signs, operands, strict=False)
        ).removeprefix(" ＋ ")
        more = len(check.operands) - len(operands)
        rest = " ＋ … " + text(f"({view.own.more.format(more)})") if more else ""
        return f"{stated} {sign} {shown.strip()}{rest}"
    first, second = operands
    bodies = {
        "share": f"{first} ÷ {second}{factor}",
        "rate": f"({first} － {second}) ÷ {second}{factor}",
        "product": f"{first} × {second}{factor}",
    }
    return f"{stated} {sign} {bodies[check.relation]}"


def _operand(view: View, cell_id: str) -> str:
    cell = view.cells.get(cell_id)
    value = cell.value if cell is not None and isinstance(cell.value, int | float) else None
    return text(cell_id) if value is None else _linked(view, cell_id, value)


def _linked(view: View, cell_id: str, value: float) -> str:
    return link(cell_id, number(value)) if cell_id in view.cells else number(value)

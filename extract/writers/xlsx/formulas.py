"""Checks as formulas over the facsimile sheets; pure.

The formulas are ours: references, numbers and four functions that every spreadsheet program has. All that a document gives
to one is the name of a sheet, which stands in quotes. Excel's limits: 8,192 characters and 255 arguments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.utils import get_column_letter

from extract.document import Check
from extract.writers.xlsx.names import reference

_LENGTH_LIMIT = 8_000  # characters, with some room left
_TERMS_LIMIT = 250
_PLAIN_TERMS = 4  # so few single cells are added with signs, more of them with SUM
_LABEL_LIMIT = 12  # runs that a description names


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its equals sign, and the value that it has, for programs that do not compute."""

    text: str
    value: str | int | float


@dataclass(frozen=True, slots=True)
class Operand:
    """A number of a check: its value, and its cell in a facsimile, counted from 1; ``sheet`` is None where it has none there."""

    value: int | float
    sheet: str | None
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Run:
    """Operands of one sign that stand side by side, written as the range that covers them; often a single one."""

    sign: int
    operands: tuple[Operand, ...]

    def formula(self) -> str:
        """Give the reference, or the value of an operand that has no cell."""
        first = self.operands[0]
        return (
            number_to_formula(first.value) if first.sheet is None else reference(first.sheet, self._place())
        )

    def label(self, sheet: str, names: Mapping[str, str]) -> str:
        """Give the range as a person reads it beside ``sheet``; ``names`` are the short ones of all sheets."""
        first = self.operands[0]
        if first.sheet is None:
            return f"{first.value:,}"
        return self._place() if first.sheet == sheet else f"{names[first.sheet]} {self._place()}"

    def total(self) -> Decimal:
        """Give the sum of the operands with the sign."""
        return self.sign * sum((Decimal(repr(one.value)) for one in self.operands), Decimal())

    def _place(self) -> str:
        first, last = (
            f"{get_column_letter(one.column)}{one.row}" for one in (self.operands[0], self.operands[-1])
        )
        return first if first == last else f"{first}:{last}"


def operands_to_runs(operands: Sequence[Operand], signs: Sequence[int]) -> list[Run]:
    """Give the operands in printed order, neighbours joined."""
    runs: list[Run] = []
    for sign, operand in zip(signs, operands, strict=True):
        if runs and runs[-1].sign == sign and _continues(runs[-1].operands, operand):
            runs[-1] = Run(sign, (*runs[-1].operands, operand))
        else:
            runs.append(Run(sign, (operand,)))
    return runs


def _continues(run: Sequence[Operand], operand: Operand) -> bool:
    """Say whether the operand is the next cell of the run's column or row; what a merged cell covers is blank."""
    first, last = run[0], run[-1]
    if operand.sheet is None or operand.sheet != last.sheet:
        return False
    down = operand.column == last.column == first.column and operand.row == last.row + last.rows
    across = operand.row == last.row == first.row and operand.column == last.column + last.columns
    return down or across


def sum_to_formulas(runs: Sequence[Run]) -> list[Formula]:
    """Give the sum of the runs with their signs: one formula, or several to be added where one would be too long."""
    if len(runs) <= _PLAIN_TERMS and all(len(run.operands) == 1 for run in runs):
        plain = "".join(_signed(run) for run in runs).removeprefix("+")
        return [Formula(plain, decimal_to_number(sum((run.total() for run in runs), Decimal())))]
    parts: list[Formula] = []
    for sign, mark in ((1, ""), (-1, "-")):
        for chunk in _chunks([run for run in runs if run.sign == sign]):
            total = decimal_to_number(sum((run.total() for run in chunk), Decimal()))
            parts.append(Formula(f"{mark}SUM({','.join(run.formula() for run in chunk)})", total))
    if sum(len(part.text) + 1 for part in parts) > _LENGTH_LIMIT:
        return parts
    whole = "".join(part.text if part.text[0] == "-" else f"+{part.text}" for part in parts)
    return [
        Formula(whole.removeprefix("+"), decimal_to_number(sum((run.total() for run in runs), Decimal())))
    ]


def _signed(run: Run) -> str:
    text = run.formula()
    return ("-" if run.sign < 0 else "+") + (f"({text})" if text.startswith("-") else text)


def _chunks(runs: Sequence[Run]) -> list[list[Run]]:
    chunks: list[list[Run]] = []
    length = _LENGTH_LIMIT
    for run in runs:
        longer = length + len(run.formula()) + 1
        if longer > _LENGTH_LIMIT or len(chunks[-1]) >= _TERMS_LIMIT:
            chunks.append([])
            longer = len(run.formula()) + 1
        chunks[-1].append(run)
        length = longer
    return chunks


def decimal_to_number(value: Decimal) -> int | float:
    """Give an int where the value is whole, else the nearest float."""
    return int(value) if value == value.to_integral_value() else float(value)


def quotient_to_formula(check: Check, operands: Sequence[Operand]) -> str:
    """Give the formula of a share, a rate or a product, rounded to the last printed digit of the result."""
    first, second = (_single(operand) for operand in operands)
    bodies = {
        "share": f"{first}/{second}",
        "rate": f"({first}-{second})/{second}",
        "product": f"{first}*{second}",
    }
    factor = "" if check.factor == 1 else number_to_formula(check.factor) + "*"
    return f"ROUND({factor}{bodies[check.relation]},{result_decimals(check)})"


def _single(operand: Operand) -> str:
    text = Run(1, (operand,)).formula()
    return f"({text})" if text.startswith("-") else text


def result_decimals(check: Check) -> int:
    """Give the decimals that a rounded result was printed with, negative where it was printed in tens or thousands.

    The tolerance is half a unit of its last digit; a result such as 3.0 does not show it.
    """
    if check.tolerance == 0:
        return max(number_decimals(check.stated_value), number_decimals(check.computed_value))
    return -(2 * Decimal(repr(check.tolerance))).adjusted()


def number_decimals(value: float) -> int:
    """Give how many digits stand after the decimal point."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(0, -int(exponent))


def number_to_formula(value: float) -> str:
    """Give a number as a formula writes it."""
    return f"{Decimal(repr(value)):f}"


def runs_to_label(check: Check, runs: Sequence[Run], sheet: str, names: Mapping[str, str]) -> str:
    """Give in short what the computed value is made of: ``C6:C17``, ``D6 － E6``, ``D6 ÷ D18 × 100``."""
    labels = [run.label(sheet, names) for run in runs]
    if check.relation in {"sum", "same"}:
        named = [
            ("－ " if run.sign < 0 else "＋ ") + label
            for run, label in zip(runs[:_LABEL_LIMIT], labels, strict=False)
        ]
        more = [f"… ({len(runs)})"] if len(runs) > _LABEL_LIMIT else []
        return " ".join([*named, *more]).removeprefix("＋ ")
    first, second = labels
    factor = "" if check.factor == 1 else f" × {check.factor:g}"
    if check.relation == "rate":
        return f"({first} － {second}) ÷ {second}{factor}"
    return f"{first} {'×' if check.relation == 'product' else '÷'} {second}{factor}"

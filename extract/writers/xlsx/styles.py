"""How cells look: a few looks, each made into a style of the workbook once."""

# ruff: noqa: SLF001 - openpyxl gives styles to its cells alone, and the sheets are written without these

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Literal, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.numbers import BUILTIN_FORMATS_REVERSE
from openpyxl.utils.indexed_list import IndexedList

from extract.document import Cell

# The face of Japanese Excel; family and character set lead a machine without it to a Japanese sans serif.
FONT_NAME = "游ゴシック"
_SANS_SERIF = 2
_SHIFT_JIS = 128

# Excel's specification: a workbook holds between 200 and 250 formats of its own, depending on the language version.
_FORMATS_LIMIT = 180

HEADER_FILL = "E4EAF2"
GROUP_FILL = "F3F5F9"
REVIEW_FILL = "FFE699"
CONFLICT_FILL = "F4B6A6"
REPAIRED_FILL = "D9CFEA"
CORRECTED_FILL = "CFE2F3"
VERIFIED_FILL = "E2F0D9"

_GRID_COLOUR = "7F8FA6"
_LINK_COLOUR = "0563C1"

Fill: TypeAlias = str | None


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell looks like; ``rotation`` 255 is Excel's sign for text that runs down."""

    fill: Fill = None
    size: int = 10
    bold: bool = False
    link: bool = False
    grid: bool = False
    horizontal: Literal["left", "right", "center", "distributed"] | None = None
    vertical: Literal["top", "center"] = "center"
    wrap: bool = False
    rotation: int = 0
    indent: int = 0
    number_format: str = "General"


class Styles:
    """The styles of one workbook by their look."""

    def __init__(self, workbook: Workbook) -> None:
        self._cell = WriteOnlyCell(workbook.create_sheet())
        workbook.remove(workbook.worksheets[0])
        self._workbook = workbook
        self._numbers: dict[tuple[Look, bool], int] = {}
        self._formats: set[str] = set()
        font = _font(Look(size=11))
        # Cells and columns without a style take the first font, which openpyxl fixes as Calibri.
        workbook._fonts = IndexedList([font])
        workbook._named_styles["Normal"].font = font

    def number(self, look: Look, *, quoted: bool = False) -> int:
        """Give the number of the style in the workbook; ``quoted`` marks a text that Excel must keep as text when it is entered again."""
        key = (look, quoted)
        if key not in self._numbers:
            cell = self._cell
            cell.font = _font(look)
            cell.fill = PatternFill("solid", fgColor=look.fill) if look.fill else PatternFill()
            side = Side("thin", _GRID_COLOUR) if look.grid else Side()
            cell.border = Border(side, side, side, side)
            cell.alignment = Alignment(
                horizontal=look.horizontal,
                vertical=look.vertical,
                wrap_text=look.wrap or None,
                text_rotation=look.rotation,
                indent=1 if look.horizontal == "distributed" else look.indent,
            )
            cell.number_format = look.number_format
            cell._style.quotePrefix = int(quoted)
            self._numbers[key] = self._workbook._cell_styles.add(copy(cell._style))
        return self._numbers[key]

    def admits(self, number_format: str) -> bool:
        """Say whether the workbook may have this format too."""
        if number_format in BUILTIN_FORMATS_REVERSE or number_format in self._formats:
            return True
        if len(self._formats) >= _FORMATS_LIMIT:
            return False
        self._formats.add(number_format)
        return True


def cell_fill(cell: Cell) -> Fill:
    """Give the colour that says how sure a cell is, or None for an ordinary one."""
    fills: dict[str, Fill] = {"conflict": CONFLICT_FILL, "repaired": REPAIRED_FILL}
    if cell.status not in fills and cell.needs_review:
        return REVIEW_FILL
    fills |= {"corrected": CORRECTED_FILL, "verified": VERIFIED_FILL}
    return fills.get(cell.status)


def _font(look: Look) -> Font:
    return Font(
        name=FONT_NAME,
        family=_SANS_SERIF,
        charset=_SHIFT_JIS,
        sz=look.size,
        b=look.bold or None,
        color=_LINK_COLOUR if look.link else "000000",
        u="single" if look.link else None,
    )

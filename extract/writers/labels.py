"""How things of a document are called on a sheet or a page; pure."""

from __future__ import annotations

from extract.document import Cell, Check, Fact, Report
from extract.writers.printed import report_number
from extract.writers.words import RelationWord, Words

_JOINT = " > "


def report_label(report: Report, words: Words) -> str:
    """Give a report's number as it is printed (議案第1号), else its title; a number of unknown kind stands alone."""
    if report.number is not None:
        return report_number(report) or words.report_number.format(report.number)
    if report.document_number is not None:
        return words.document_number.format(report.document_number)
    return report.title or words.nameless_report.format(report.id)


def pages_text(pages: tuple[int, int]) -> str:
    """Give ``3`` or ``3–5``."""
    first, last = pages
    return str(first) if first == last else f"{first}–{last}"


def fact_name(fact: Fact | None) -> str | None:
    """Give the names that lead to a number, those of its row first."""
    if fact is None:
        return None
    return " ／ ".join(filter(None, (_JOINT.join(fact.row_path), _JOINT.join(fact.column_path))))


def relation_word(check: Check) -> RelationWord:
    """Give the word for a check: a sum with a minus in it is a difference."""
    return "difference" if check.relation == "sum" and -1 in check.signs else check.relation


def review_reason(cell: Cell, words: Words) -> str | None:
    """Give in a few words why a person should look at the cell; None when its status and flags give no cause."""
    if cell.status in {"conflict", "repaired", "corrected"}:
        return words.statuses[cell.status]
    if not cell.needs_review:
        return None
    digits = cell.kind == "text" and any(character.isdecimal() for character in cell.text)
    return words.digits_in_text if digits else words.to_review

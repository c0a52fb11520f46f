"""Stage 6: Document -> Document. Arithmetic relations prove the numbers, or show which of them cannot be right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from extract.document import Document
from extract.findings import Language
from extract.verification.figures import Figures, tables_to_figures
from extract.verification.judge import Judgement, judge
from extract.verification.repair import Change, find_repairs
from extract.verification.report import judgement_to_document
from extract.verification.search import find_relations

__all__ = ["verify_document"]

_ROUNDS: Final = 3  # a repair can bring to light a relation that two errors had hidden


def verify_document(document: Document, *, language: Language) -> Document:
    """Give the document with its checks, each number judged, and a finding for what does not add up.

    A number of a text layer is never changed; one read by OCR only where exactly one reading satisfies every relation it
    is in. The sentences of the findings are in ``language``. Raises nothing.
    """
    figures = tables_to_figures(document.tables)
    if not figures.items:
        return document
    read, changes = figures, list[Change]()
    judgement = _judge(document, figures)
    for _ in range(_ROUNDS):
        fresh = find_repairs(judgement, figures, document.tables)
        if not fresh:
            break
        figures = _with_values(figures, {change.figure: change.value for change in fresh})
        judgement = _judge(document, figures)
        changes = [*changes, *fresh]
        unproved = {
            change.figure: read.values[change.figure]
            for change in changes
            if change.figure not in judgement.proved
        }
        if unproved:
            figures = _with_values(figures, unproved)
            judgement = _judge(document, figures)
            changes = [change for change in changes if change.figure not in unproved]
            break
    return judgement_to_document(document, figures, judgement, changes, language=language)


def _judge(document: Document, figures: Figures) -> Judgement:
    return judge(find_relations(document.tables, figures), figures, document.tables)


def _with_values(figures: Figures, changed: Mapping[int, int]) -> Figures:
    return replace(figures, values=tuple(changed.get(one, value) for one, value in enumerate(figures.values)))

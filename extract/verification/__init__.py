"""Stage 6: Document -> Document. Arithmetic relations prove the numbers, or show which of them cannot be right."""

from __future__ import annotations

from extract.document import Document
from extract.findings import Language
from extract.verification.figures import Figures, tables_to_figures
from extract.verification.judge import Judgement, judge
from extract.verification.repair import Change, find_repairs
from extract.verification.report import judgement_to_document
from extract.verification.search import find_relations

__all__ = ["verify_document"]

_ROUNDS = 3  # a repair can bring to light a relation that two errors had hidden


def verify_document(document: Document, *, language: Language) -> Document:
    """Give the document with its checks, each number judged, and a finding for what does not add up.

    A number of a text layer is never changed; one read by OCR only where exactly one reading satisfies every relation it
    is in. The sentences of the findings are in ``language``. Raises nothing.
    """
    figures = tables_to_figures(document.tables)
    if not figures.items:
        return document
    values, changes = list(figures.values), list[Change]()
    judgement = _judge(document, figures, values)
    for _ in range(_ROUNDS):
        fresh = find_repairs(judgement, figures, document.tables, values)
        if not fresh:
            break
        for change in fresh:
            values[change.figure] = change.value
        judgement = _judge(document, figures, values)
        unproved = [change for change in (*changes, *fresh) if change.figure not in judgement.proved]
        changes = [change for change in (*changes, *fresh) if change.figure in judgement.proved]
        if unproved:
            for change in unproved:
                values[change.figure] = figures.values[change.figure]
            judgement = _judge(document, figures, values)
            changes = [change for change in changes if change.figure in judgement.proved]
            break
    return judgement_to_document(document, figures, judgement, changes, values, language)


def _judge(document: Document, figures: Figures, values: list[int]) -> Judgement:
    believed = find_relations(document.tables, figures, values)
    return judge(believed, figures, document.tables, values)

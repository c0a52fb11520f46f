"""What several tests share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.errors import DependencyMissing


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., Path]:
    """Give a maker of small PDFs: a page a text."""

    def make(path: Path, texts: Sequence[str] = ("Report 1",)) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        canvas = Canvas(str(path), invariant=1)
        for text in texts:
            canvas.drawString(72, 720, text)
            canvas.showPage()
        canvas.save()
        return path

    return make


@pytest.fixture
def without_engines(monkeypatch) -> None:
    """Make every OCR engine missing."""

    def find_none(name: str) -> None:
        raise DependencyMissing(name=name, remedy_ja="入れてください。", remedy_en="Install it.")

    monkeypatch.setattr("extract.pages.triage.find_engine", find_none)

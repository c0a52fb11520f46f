"""A page as a browser reads it, and what Chromium says of it."""

from __future__ import annotations

import io
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from extract.document import Document
from extract.findings import Language
from extract.writers.html import HtmlWriter

VOID = {"meta", "img", "br", "rect", "input"}


class Page(HTMLParser):
    """Reads a page as a browser would: its elements in order, its ids, its links, its text."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, {name: value or "" for name, value in attributes}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, {name: value or "" for name, value in attributes}))

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.crossed.append(tag)

    def handle_data(self, data):
        if not self.open or self.open[-1] != "style":
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)

    @property
    def ids(self) -> list[str]:
        return [values["id"] for _, values in self.elements if "id" in values]

    def of(self, tag: str) -> list[dict[str, str]]:
        return [values for name, values in self.elements if name == tag]


def to_page(one: Document, *, language: Language = "ja", draw=None) -> Page:
    stream = io.BytesIO()
    if draw is None:
        HtmlWriter().write(one, stream, language=language)
    else:
        HtmlWriter().write_illustrated(one, stream, language=language, draw=draw)
    return Page(stream.getvalue())


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


def in_chromium(path: Path, *, width: int, folder: Path) -> str:
    """Give what the page says of itself in Chromium, from a page of ours that frames it and measures."""
    run = subprocess.run(
        [
            *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"),
            *(f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=5000", "--dump-dom"),
            *(f"--window-size={width},900", path.as_uri()),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return run.stdout

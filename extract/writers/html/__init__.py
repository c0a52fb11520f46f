"""The document as one page to read: outline, text and tables, and the pages of the source beside them.

One file without any script. A number leads to its box on the picture of its page and back: both are plain links, the place
that one leads to is marked by the style sheet (``:target``). The pictures lie in the file, so that it can be sent and kept as it is.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from typing import BinaryIO

from extract.document import Document
from extract.findings import Language
from extract.writers.base import Draw
from extract.writers.html.about import source_html, summary_html
from extract.writers.html.glossary import glossary_html
from extract.writers.html.marking import text
from extract.writers.html.outline import outline_html
from extract.writers.html.places import Places
from extract.writers.html.prose import Prose
from extract.writers.html.review import review_html
from extract.writers.html.sheets import sheets_html
from extract.writers.html.view import View

STYLE_FILE = "style.css"


class HtmlWriter:
    """The built-in writer ``html``."""

    suffix = ".html"

    def write(self, document: Document, stream: BinaryIO, *, language: Language) -> None:
        """Write the page without pictures: the boxes stand on white paper."""
        _write(document, stream, language=language, draw=None)

    def write_illustrated(
        self, document: Document, stream: BinaryIO, *, language: Language, draw: Draw
    ) -> None:
        """Write the page with the pictures of the pages that ``draw`` gives."""
        _write(document, stream, language=language, draw=draw)


def _write(document: Document, stream: BinaryIO, *, language: Language, draw: Draw | None) -> None:
    view, places = View(document, language), Places()
    for piece in _page_html(view, places, draw):
        stream.write(piece.encode())
        stream.write(b"\n")


def _page_html(view: View, places: Places, draw: Draw | None) -> Iterator[str]:
    yield from _head(view)
    yield "<body>"
    yield from outline_html(view)
    yield '<main id="main">'
    yield from summary_html(view)
    yield from review_html(view)
    yield from Prose(view, places).articles()
    yield from glossary_html(view)
    yield from source_html(view)
    yield "</main>"
    yield from sheets_html(view, places, draw)
    yield "</body></html>"


def _head(view: View) -> Iterator[str]:
    """Give the head: nothing is loaded, nothing runs, and only this style sheet counts, whatever the text may hold."""
    style = (files("extract.writers.html") / STYLE_FILE).read_text("utf-8")
    mark = b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; img-src data:; style-src 'sha256-{mark}'; base-uri 'none'; form-action 'none'"
    )
    producer = view.document.producer
    yield f'<!DOCTYPE html>\n<html lang="{view.language}"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">'
    yield f'<meta name="generator" content="{text(producer.name)} {text(producer.version)}">'
    yield f"<title>{text(view.document.source.name)}</title>"
    yield f"<style>{style}</style></head>"

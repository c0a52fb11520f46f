"""The pages of the source as pictures, with a box around everything that the page links to."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

from extract.document import SourcePage
from extract.writers.base import Draw
from extract.writers.html.marking import page_id, place_id, rectangle, tag, text
from extract.writers.html.places import Places
from extract.writers.html.view import View

PICTURES_LIMIT = 64 * 1024 * 1024
"""Bytes of all pictures of a document; a browser holds such a page well, and 408 sheets of A3 take a fifth of it."""


def sheets_html(view: View, places: Places, draw: Draw | None) -> Iterator[str]:
    """Give the pages. Each picture is drawn when its turn comes, so that one at a time is held."""
    total = 0
    yield f'<aside aria-label="{text(view.own.pages)}">'
    for page in view.document.source.pages:
        picture = draw(page) if draw is not None and total < PICTURES_LIMIT else None
        over = draw is not None and total >= PICTURES_LIMIT
        total += len(picture or b"")
        yield from _sheet_html(view, places, page, picture, over=over)
    yield "</aside>"


def _sheet_html(
    view: View, places: Places, page: SourcePage, picture: bytes | None, *, over: bool
) -> Iterator[str]:
    width, height = page.width or 595.0, page.height or 842.0  # a page of which nothing was read has no size
    yield f'<figure class="sheet" id="{page_id(page.number)}">'
    caption = view.own.page.format(f"{page.number} / {view.document.source.page_count}")
    about = view.words.origins[page.origin]
    yield tag("figcaption", tag("b", text(caption)) + " " + tag("span", text(about)))
    larger = f"larger-{page.number}"
    yield f'<input type="checkbox" id="{larger}">' + tag("label", text(view.own.larger), for_=larger)
    if picture is None:
        yield tag("p", text(view.own.picture_limit if over else view.own.no_picture), class_="quiet")
    yield f'<div class="paper{"" if picture else " blank"}">'
    if picture is not None:
        yield f'<img src="data:image/webp;base64,{b64encode(picture).decode()}" loading="lazy" decoding="async"'
        yield f' width="{width:.0f}" height="{height:.0f}" alt="{text(view.own.page_picture.format(page.number))}">'
    yield f'<svg viewBox="0 0 {width:g} {height:g}" width="{width:.0f}" height="{height:.0f}">'
    for thing, box in places.of_page(page.number):
        yield f'<a id="{text(place_id(thing))}" href="#{text(thing)}"><rect {rectangle(box)} rx="1.5"/></a>'
    yield "</svg></div></figure>"

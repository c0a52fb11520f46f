"""Where pictures lie on a page with a text layer that may hold text of their own."""

from __future__ import annotations

from extract.document import Page
from extract.geometry import Box

LEAST_SHARE, LEAST_SIDE = 0.04, 60.0
"""A picture over a smaller share of the page, or narrower than this (points), is a logo, a seal or a line of ornament."""


def find_pictures(page: Page) -> list[Box]:
    """Give the boxes of the pictures of a page that may hold text: large ones."""
    area = page.frame.width * page.frame.height
    found = []
    for picture in page.pictures:
        x0, y0 = max(0.0, picture.box[0]), max(0.0, picture.box[1])
        x1, y1 = min(page.frame.width, picture.box[2]), min(page.frame.height, picture.box[3])
        if min(x1 - x0, y1 - y0) >= LEAST_SIDE and (x1 - x0) * (y1 - y0) >= LEAST_SHARE * area:
            found.append((x0, y0, x1, y1))
    return found

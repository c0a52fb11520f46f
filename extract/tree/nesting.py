"""Where a part of a report hangs in its outline: by the order of its marks, their numbers and their indentation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extract.document import Block
from extract.geometry import Box
from extract.tree.markers import ARTICLE, BRACKETS, BULLETS, KI, TOP_RANK, Marker

# in letter sizes
_SAME: Final = 0.7  # two marks begin in one place
_FAR: Final = 1.2  # a symbol so far left of a number stands above it
_DRIFT: Final = 4.0  # two marks of one sequence on sheets of different format
_KANJI: Final = "kanji"
_KANJI_ALONE: Final = 18  # 一 二 三 stand above １ in old papers, below it (号) in laws
UNNAMED: Final = ""
_HEAVY: Final = {"■": 1, "◆": 1, "◎": 2, "●": 2, "★": 2, "○": 3, "◇": 3, "□": 3}  # bracketed headings weigh 0
_LIGHT: Final = 4


class Node:
    """A section while it is built.

    ``text_x`` is where its wrapped lines begin, ``is_item`` says that its title is a sentence,
    ``heading`` is its whole first line without a unit, ``is_divider`` says that it stands alone on its page.
    """

    __slots__ = (
        "as_of",
        "box",
        "children",
        "content",
        "heading",
        "is_divider",
        "is_item",
        "marker",
        "page",
        "parent",
        "raw",
        "text_x",
        "title",
        "value",
        "x",
    )

    def __init__(self, marker: Marker | None, *, page: int, box: Box, x: float, parent: Node | None) -> None:
        self.marker = marker
        self.page = page
        self.box = box
        self.x = x
        self.parent = parent
        self.text_x = x
        self.title: str | None = None
        self.raw: str | None = None
        self.as_of: str | None = None
        self.is_divider = False
        self.is_item = False
        self.heading = ""
        self.value = marker.value if marker else 0
        self.content: list[Block] = []
        self.children: list[Node] = []

    @property
    def style(self) -> str:
        """The class of its mark; that of a part without a mark is ``UNNAMED``."""
        return self.marker.style if self.marker else UNNAMED

    @property
    def rank(self) -> int | None:
        """The place of its mark among the numbered marks, or None."""
        return self.marker.rank if self.marker else None

    @property
    def is_bullet(self) -> bool:
        """Whether it is a point of a list and no heading."""
        return self.style in BULLETS

    @property
    def is_named(self) -> bool:
        """Whether it has a mark or a title."""
        return self.marker is not None or self.title is not None


class Nesting:
    """The path of open sections from the root to the last one, and what was learnt about this paper's order of marks."""

    def __init__(self, root: Node) -> None:
        self.path: list[Node] = [root]
        self._last: dict[str, Node] = {}
        self._above: dict[str, set[str]] = {}

    def open(self, node: Node) -> None:
        """Hang the node under the end of the path and make it the end."""
        node.parent = self.path[-1]
        self.path[-1].children.append(node)
        if node.marker is not None:
            self._above.setdefault(node.style, set()).update(
                above.style for above in self.path if above.marker
            )
            self._last[node.style] = node
        self.path.append(node)

    def cut(self, length: int) -> None:
        """Close the sections of the path beyond the first ``length``."""
        del self.path[max(1, length) :]

    def make_room(self, marker: Marker, x: float, size: float) -> float:
        """Close the sections that a part with this mark, indented by ``x``, does not belong to.

        Gives the indentation by which the part counts: one point of a list may stand out to make room for its text.
        """
        while len(self.path) > 1 and (not self.path[-1].is_named or self.path[-1].style == KI):
            self.path.pop()
        same = [place for place, node in enumerate(self.path) if node.style == marker.style]
        if same:
            chosen = self._find_sibling(marker, x, size, same)
            if chosen is not None:
                if marker.rank is None:
                    x = max(x, self.path[chosen].x)
                self.cut(chosen)
                return x
        elif (place := self._find_left_sequence(marker, x, size)) is not None:
            self.cut(place)
            return x
        while len(self.path) > 1 and self._closes(self.path[-1], marker, x, size):
            self.path.pop()
        return x

    def _find_sibling(self, marker: Marker, x: float, size: float, same: Sequence[int]) -> int | None:
        """Give the place in the path of the section that this one follows; None when it is a level of its own below."""
        if marker.rank is None:
            if marker.style in BRACKETS:
                return same[-1]
            for place in reversed(same):
                if x >= self.path[place].x - _SAME * size:
                    return place if x <= self.path[place].x + _SAME * size else None
            return same[0]
        following = [place for place in same if marker.value == self.path[place].value + 1]
        if following or marker.value != 1:
            return min(following or same, key=lambda place: (abs(self.path[place].x - x), -place))
        return None if x > self.path[same[-1]].x + _SAME * size else same[-1]

    def _find_left_sequence(self, marker: Marker, x: float, size: float) -> int | None:
        """Give the length of the path above a closed section whose number this one continues (after a plain heading)."""
        last = self._last.get(marker.style)
        if (
            last is None
            or marker.value < 2
            or marker.value != last.value + 1
            or abs(last.x - x) > _DRIFT * size
        ):
            return None
        for place, node in enumerate(self.path):
            if node is last.parent:
                return place + 1
        return None

    def _closes(self, node: Node, marker: Marker, x: float, size: float) -> bool:
        """Say whether a part with this mark ends the last open section, which has another style."""
        if marker.rank is not None and marker.rank <= TOP_RANK:
            return True
        if node.is_bullet:
            deeper = x > node.x + _SAME * size
            return not deeper or (marker.rank is not None and marker.value != 1)
        if node.marker is None:
            return False
        if marker.rank is not None and node.rank is not None:
            return self._outranks(marker, node, deeper=x > node.x + _SAME * size)
        if marker.style in self._above.get(node.style, ()):
            return True
        if marker.rank is None and node.rank is not None:
            return x < node.x - _FAR * size
        return self._leaves_symbol(node, marker, x, size)

    def _outranks(self, marker: Marker, node: Node, *, deeper: bool) -> bool:
        if node.style in self._above.get(marker.style, ()) or (deeper and marker.value == 1):
            return False
        in_article = any(above.style == ARTICLE for above in self.path)
        rank, other = (
            _KANJI_ALONE if style == _KANJI and not in_article else rank or 0
            for style, rank in ((marker.style, marker.rank), (node.style, node.rank))
        )
        return rank < other

    def _leaves_symbol(self, node: Node, marker: Marker, x: float, size: float) -> bool:
        """Say whether the mark stands outside a section that a symbol or bracket opened."""
        if marker.style not in BRACKETS and x < node.x - _SAME * size:
            return True
        if not node.content and not node.children:
            return False
        if marker.rank is None:
            return _weight(marker.style) <= _weight(node.style)
        above = self._above.get(marker.style, set())
        return bool(above) and node.style not in above


def _weight(style: str) -> int:
    return 0 if style in BRACKETS else _HEAVY.get(style, _LIGHT)

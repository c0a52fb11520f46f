"""The peer: RapidOCR by itself on the same page pictures, its words laid into the true places of the cells.

It is helped more than a user of it would be: it is told where every table and cell lies and how the sheet was turned and skewed, and its
texts are compared without white space and without regard to width.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from benchmarks.accuracy import Share, each_cell
from benchmarks.scan_scores import Truth, edit_distance, fold

Box = tuple[float, float, float, float]


class PeerWord(NamedTuple):
    page: int
    text: str
    corners: np.ndarray  # 4 x 2, points of the printed page


@dataclass(frozen=True)
class PeerTally:
    cells: Share
    numbers: Share
    letters_wrong: int
    seconds: float


class Peer(Protocol):
    """What another program is asked: the texts of a page picture with their four corners in pixels."""

    name: str

    def read(self, picture: np.ndarray) -> list[tuple[str, np.ndarray]]: ...


class RapidAlone:
    """RapidOCR as ``pip install rapidocr`` gives it; ``backend`` is onnxruntime or openvino."""

    name = "RapidOCR"

    def __init__(self, backend: str = "onnxruntime") -> None:
        from rapidocr import EngineType, RapidOCR  # noqa: PLC0415 (a benchmark without the peer does without it)

        chosen = EngineType(backend)
        names = ("Det", "Cls", "Rec")
        self.engine = RapidOCR(
            params={"Global.log_level": "error", **{f"{name}.engine_type": chosen for name in names}}
        )

    def read(self, picture: np.ndarray) -> list[tuple[str, np.ndarray]]:
        """Give texts with their four corners in pixels."""
        colours = np.repeat(picture[..., None], 3, axis=2) if picture.ndim == 2 else picture[..., ::-1]
        result = self.engine(np.ascontiguousarray(colours))
        if result.boxes is None:
            return []
        return list(zip(result.txts, np.asarray(result.boxes, float), strict=True))


def peer_words(
    peer: Peer, picture: np.ndarray, places: dict[int, np.ndarray]
) -> tuple[list[PeerWord], float]:
    """Read a page picture; give the words in points of their printed page, and the seconds."""
    start = time.perf_counter()
    lines = peer.read(picture)
    seconds = time.perf_counter() - start
    words = []
    for page, matrix in places.items():
        back = np.linalg.inv(matrix)
        words += [PeerWord(page, text, to_points(back, corners)) for text, corners in lines]
    return words, seconds


def to_points(matrix: np.ndarray, corners: np.ndarray) -> np.ndarray:
    return (np.c_[corners, np.ones(len(corners))] @ matrix.T)[:, :2]


def peer_tally(truth: Truth, words: list[PeerWord], *, seconds: float) -> PeerTally:
    """Lay the letters into the true cells and count; a word over several cells is cut where the cells part."""
    boxes = list(truth.places.items())
    held: dict[tuple[int, int, int], list[tuple[float, float, str]]] = {}
    outside = []
    for word in words:
        loose = ""
        for letter, x, y in letters(word):
            where = next((key for key, (page, box) in boxes if page == word.page and inside(box, x, y)), None)
            if where is None:
                loose += letter
            else:
                held.setdefault(where, []).append((y, x, letter))
        middle = word.corners.mean(axis=0)
        if loose and any(p == word.page and inside(b, *middle) for p, b in truth.prose_places):
            outside.append((word.page, float(middle[1]), float(middle[0]), loose))
    cells = numbers = total = all_numbers = 0
    for index, cell in each_cell(truth.tables, range(len(truth.tables))):
        got = fold(cell_text(held.get((index, cell["row"], cell["column"]), [])))
        right = got == fold(cell["text"])
        total += 1
        cells += right
        if cell["kind"] == "number" and cell["role"] == "body":
            all_numbers += 1
            numbers += right
    prose = fold("".join(line[3] for line in in_lines(outside)))
    return PeerTally(
        Share(cells, total, total),
        Share(numbers, all_numbers, all_numbers),
        edit_distance(truth.prose, prose),
        seconds,
    )


def letters(word: PeerWord) -> list[tuple[str, float, float]]:
    """Give each letter with its place: they share the length of the word, a halfwidth one takes half a place."""
    a, b, c, d = word.corners
    start, end = (a + d) / 2, (b + c) / 2
    if np.linalg.norm(d - a) > 1.5 * np.linalg.norm(b - a) and len(word.text) > 1:
        start, end = (a + b) / 2, (c + d) / 2  # set from top to bottom
    widths = np.array([0.5 if ord(letter) < 0x100 else 1.0 for letter in word.text])
    middles = (np.cumsum(widths) - widths / 2) / widths.sum()
    return [
        (letter, *map(float, start + (end - start) * middle))
        for letter, middle in zip(word.text, middles, strict=True)
    ]


def inside(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def cell_text(found: list[tuple[float, float, str]]) -> str:
    lines = in_lines([(0, y, x, letter) for y, x, letter in found], pitch=4.0)
    return "".join(letter for *_, letter in lines)


def in_lines(
    pieces: list[tuple[int, float, float, str]], *, pitch: float = 5.0
) -> list[tuple[int, float, float, str]]:
    """Sort pieces by page, printed line (``pitch`` points apart at least) and x."""
    ordered, line = [], []
    for piece in sorted(pieces):
        if line and (piece[0] != line[-1][0] or piece[1] - line[-1][1] > pitch):
            ordered += sorted(line, key=lambda p: p[2])
            line = []
        line.append(piece)
    return ordered + sorted(line, key=lambda p: p[2])

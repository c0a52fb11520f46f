"""The peer: img2table with Tesseract, the open program that comes nearest to this one on scanned tables.

It wants a build of OpenCV that replaces ours, so it lives in a virtual environment of its own::

    python -m venv out/peers/img2table && out/peers/img2table/bin/pip install img2table

Its cells are laid into the true places as the words of the other peer are. It reads tables only: its prose counts as missing.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np

HOME = Path(__file__).parents[2] / "out" / "peers" / "img2table"
PYTHON = HOME / "bin" / "python"

CHILD = """
import json, os, sys
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # Tesseract's own words on standard output would mix with the answers
from img2table.document import Image
from img2table.ocr import TesseractOCR
ocr = TesseractOCR(lang="jpn", n_threads=1)
for line in sys.stdin:
    cells = {}
    for table in Image(src=line.rstrip("\\n")).extract_tables(ocr=ocr, min_confidence=1):
        for row in table.content.values():
            for cell in row:
                box = cell.bbox
                cells[box.x1, box.y1, box.x2, box.y2] = cell.value or ""
    print(json.dumps([[*box, text] for box, text in cells.items()]), file=answers, flush=True)
"""


class Img2TableAlone:
    """img2table as ``pip install img2table`` gives it, with the Japanese model of Tesseract and its own settings."""

    name = "img2table"

    def __init__(self) -> None:
        if not PYTHON.exists():
            raise SystemExit(
                f"img2table is not there: python -m venv {HOME} && {HOME / 'bin' / 'pip'} install img2table"
            )
        self.child = subprocess.Popen(
            [PYTHON, "-c", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def read(self, picture: np.ndarray) -> list[tuple[str, np.ndarray]]:
        """Give the texts of its cells with their four corners in pixels."""
        if self.child.stdin is None or self.child.stdout is None:
            raise ValueError("the child has no pipes")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "page.png"
            cv2.imwrite(str(path), picture if picture.ndim == 2 else picture[..., ::-1])
            self.child.stdin.write(f"{path}\n")
            self.child.stdin.flush()
            answer = self.child.stdout.readline()
        if not answer:
            raise SystemExit(f"img2table ended with {self.child.wait()}")
        return [
            (clean(text), np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], float))
            for x0, y0, x1, y1, text in json.loads(answer)
        ]


def clean(text: str) -> str:
    """Drop the word None, which it writes between the lines of a cell when one of them is empty."""
    return "".join(word for word in text.split() if word != "None")

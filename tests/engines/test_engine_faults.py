"""An engine that is missing, damaged, silent or broken gives a typed error or a finding, and never a value."""

from __future__ import annotations

import importlib.util
import sys

import cv2
import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.config import IntakeConfig, PagesConfig
from extract.engines import find_engine, networks, rapidocr_model, tesseract_program
from extract.engines.base import EngineFailure, EngineState
from extract.engines.ctc import is_japanese
from extract.engines.guarded import Guarded
from extract.engines.networks import load_exact, load_fast
from extract.engines.output_layer import load_model
from extract.engines.rasters import Raster
from extract.engines.scripted import Scripted, text_to_reading
from extract.errors import DependencyMissing
from extract.intake import open_source
from extract.pages import read_pages, triage
from extract.pages.scan.page import PRINTED, read_scanned_page

SCALE = 200 / 72


@pytest.fixture(autouse=True)
def forgotten():
    """Let nothing that was found once be remembered, before a test or after it."""
    caches = (find_engine, rapidocr_model.state, tesseract_program.state)
    for one in caches:
        one.cache_clear()
    yield
    for one in caches:
        one.cache_clear()


def without(monkeypatch, *modules: str) -> None:
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name in modules else find_spec(name)
    )


@pytest.mark.parametrize(
    ("engine", "module"), [("auto", "onnxruntime"), ("rapidocr", "cv2"), ("tesseract", "pytesseract")]
)
def test_a_missing_module_is_named(monkeypatch, engine, module):
    without(monkeypatch, module)
    with pytest.raises(DependencyMissing, match=module):
        find_engine(engine)


@pytest.mark.parametrize("missing", ["rapidocr", "onnxruntime"])
def test_what_the_default_engine_lacks_shows_in_the_list(monkeypatch, missing):
    without(monkeypatch, missing)
    state = rapidocr_model.state()
    assert state.version is None
    assert "pip install" in state.remedy_ja
    assert "pip install" in state.remedy_en


def test_a_missing_model_file_is_a_missing_dependency(monkeypatch):
    monkeypatch.setattr("extract.engines.rapidocr.find_model", lambda: None)
    with pytest.raises(DependencyMissing, match="rapidocr"):
        find_engine("auto")


@pytest.mark.parametrize("content", [b"", b"\x00junk" * 99, None], ids=["empty", "junk", "gone"])
def test_a_damaged_model_file_is_a_missing_dependency(tmp_path, content):
    model = tmp_path / "rec.onnx"
    if content is not None:
        model.write_bytes(content)
    with pytest.raises(DependencyMissing, match=r"rec\.onnx"):
        load_model(model, is_japanese)


def test_a_network_that_does_not_run_is_a_missing_dependency():
    with pytest.raises(DependencyMissing, match=r"rec\.onnx"):
        load_exact(b"junk", "rec.onnx")


def test_a_model_cut_short_is_a_missing_dependency(tmp_path, monkeypatch):
    model = tmp_path / "rec.onnx"
    model.write_bytes(rapidocr_model.find_model().read_bytes()[:50_000])
    monkeypatch.setattr("extract.engines.rapidocr.find_model", lambda: model)
    with pytest.raises(DependencyMissing, match=r"rec\.onnx"):
        find_engine("auto")


def test_a_module_that_cannot_be_loaded_is_missing(monkeypatch):
    monkeypatch.setitem(
        sys.modules, "extract.engines.rapidocr", None
    )  # as where a shared library is not there
    with pytest.raises(DependencyMissing, match="rapidocr"):
        find_engine("auto")


def test_an_openvino_that_cannot_be_loaded_says_how_to_be_rid_of_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "openvino", None)
    with pytest.raises(DependencyMissing, match="pip uninstall openvino"):
        load_fast(b"", threads=1)


def test_a_folder_named_openvino_is_not_openvino(monkeypatch, tmp_path):
    (tmp_path / "openvino").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "openvino", raising=False)
    found = importlib.util.find_spec("openvino")
    assert rapidocr_model.has_openvino() == (found.origin is not None)


def test_what_the_network_raises_is_a_failure_of_the_engine():
    model = rapidocr_model.find_model()
    network = load_exact(model.read_bytes(), model.name)
    with pytest.raises(EngineFailure):
        network.run(np.zeros((1, 1, 48, 96), dtype=np.float32))
    assert len(networks._failures()) > 1


def test_tesseract_without_japanese_is_missing(monkeypatch):
    monkeypatch.setattr("pytesseract.get_languages", lambda: ["eng", "osd"])
    with pytest.raises(DependencyMissing, match="jpn"):
        find_engine("tesseract")


def test_tesseract_without_its_program_is_missing(monkeypatch, tmp_path):
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(tmp_path / "tesseract"))
    with pytest.raises(DependencyMissing, match="apt-get"):
        find_engine("tesseract")


@pytest.mark.skipif(
    tesseract_program.state().version is None, reason="Tesseract with Japanese is not installed here"
)
@pytest.mark.parametrize(
    "script",
    ["kill -SEGV $$", "exit 1", "printf '\\377\\376nonsense' > $2.tsv", "printf 'a\\tb\\n1\\t2\\n' > $2.tsv"],
)
def test_a_program_that_breaks_or_answers_nonsense_is_a_failure(monkeypatch, tmp_path, script):
    program = tmp_path / "tesseract"
    engine = find_engine("tesseract")
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(program))
    with pytest.raises(EngineFailure):
        engine.read_lines([np.full((48, 96), 255, dtype=np.uint8)])


@pytest.fixture
def scans(tmp_path):
    """Give a source of two pages without text, each with rows of boxes."""
    path = tmp_path / "scans.pdf"
    canvas = Canvas(str(path), pagesize=(240, 320), invariant=1)
    for _ in range(2):
        for row in range(8):
            canvas.rect(60, 30 + 32 * row, 60, 9)
        canvas.showPage()
    canvas.save()
    return open_source(path, config=IntakeConfig())


class OnceBroken:
    """Breaks on what it reads first, and reads the rest."""

    def __init__(self, act) -> None:
        self.state = EngineState("once-broken", "1")
        self.act = act
        self.calls = 0

    def read_lines(self, pictures):
        self.calls += 1
        return self.act(pictures) if self.calls == 1 else [text_to_reading("区長")] * len(pictures)


def crash(_):
    raise ValueError("out of tune")


@pytest.mark.parametrize(
    "act",
    [crash, lambda _: [], lambda _: None, lambda pictures: pictures],
    ids=["crash", "empty", "none", "wrong"],
)
def test_a_page_that_breaks_the_engine_is_told_and_the_next_is_read(scans, monkeypatch, act):
    engine = Guarded(lambda: OnceBroken(act))
    monkeypatch.setattr(triage, "find_engine", lambda _: engine)
    first, second = read_pages(scans, config=PagesConfig(force_ocr=True))
    assert "page.ocr-failed" in [notice.code for notice in first.notices]
    assert first.words == ()
    assert second.frame.engine == "once-broken"
    assert second.words


def test_an_engine_that_sees_nothing_leaves_no_blank_page():
    picture = np.full((round(400 * SCALE), round(300 * SCALE), 3), 255, dtype=np.uint8)
    for row in range(PRINTED + 2):
        top = 40 + 40 * row
        corners = [(round(x * SCALE), round(y * SCALE)) for x, y in ((60, top), (120, top + 9))]
        cv2.rectangle(picture, *corners, (0, 0, 0), 2)
    page = read_scanned_page(1, Raster(picture, SCALE), engine=Scripted())
    assert page.words == ()
    assert [notice.code for notice in page.notices] == ["page.nothing-read"]

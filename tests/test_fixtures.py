"""The truths agree with themselves and with the text layers of their documents, without any of our extraction."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from pathlib import Path

import pdfplumber
import pytest

FIXTURES = Path(__file__).parents[1] / "fixtures"
FOLDERS = sorted(path.parent for path in FIXTURES.glob("*/truth.json"))
RADICALS = str.maketrans(
    "⻑⺠⻄", "長民西"
)  # what a Type 3 font's table may give; NFKC knows only the other block
LIMIT = 5_000_000  # bytes of all fixture PDFs together: they travel with every clone


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module")
def truth(folder: Path) -> dict:
    return json.loads((folder / "truth.json").read_text(encoding="utf-8"))


def test_folder_has_a_passport_a_builder_and_one_pdf(folder: Path) -> None:
    passport = (folder / "README.md").read_text(encoding="utf-8")
    assert (folder / "build.py").is_file()
    assert born_digital(folder).is_file()
    for word in ("Source:", "Licence:", "Why:"):
        assert word in passport


def test_cells_tile_their_tables(truth: dict) -> None:
    for table in truth["tables"]:
        places = Counter(
            (row, column)
            for cell in table["cells"]
            for row in range(cell["row"], cell["row"] + cell["row_span"])
            for column in range(cell["column"], cell["column"] + cell["column_span"])
        )
        assert set(places) == {(r, c) for r in range(table["rows"]) for c in range(table["columns"])}
        assert set(places.values()) == {1}


def test_roles_follow_the_header_counts(truth: dict) -> None:
    for table in truth["tables"]:
        for cell in table["cells"]:
            above, beside = cell["row"] < table["header_rows"], cell["column"] < table["header_columns"]
            expected = {
                (True, True): {"stub_head", "column_header"},
                (True, False): {"column_header"},
                (False, True): {"row_header"},
                (False, False): {"body"},
            }[above, beside]
            assert cell["role"] in expected, cell


def test_kinds_agree_with_values(truth: dict) -> None:
    for table in truth["tables"]:
        for cell in table["cells"]:
            assert (cell["kind"] == "number") == isinstance(cell["value"], int | float), cell
            struck = cell["missing"] == "／"
            assert (cell["kind"] == "empty") == (cell["text"] == "" and not struck), cell
            assert (cell["kind"] == "missing") == (cell["missing"] is not None), cell


def test_each_body_number_is_one_fact(truth: dict) -> None:
    numbers = Counter(
        (index, cell["value"], cell["unit"] or table["unit"])
        for index, table in enumerate(truth["tables"])
        for cell in table["cells"]
        if cell["role"] == "body" and cell["kind"] == "number"
    )
    assert numbers == Counter((fact["table"], fact["value"], fact["unit"]) for fact in truth["facts"])


def test_paths_name_headers_of_their_table(truth: dict) -> None:
    for fact in truth["facts"]:
        cells = truth["tables"][fact["table"]]["cells"]
        rows = {cell["text"] for cell in cells if cell["role"] == "row_header"}
        columns = {cell["text"] for cell in cells if cell["role"] == "column_header"}
        assert set(fact["row_path"]) <= rows
        assert set(fact["column_path"]) <= columns


def test_every_true_cell_is_printed_on_its_pages(folder: Path, truth: dict) -> None:
    with pdfplumber.open(born_digital(folder)) as pdf:
        printed = [Counter(plain("".join(char["text"] for char in page.chars))) for page in pdf.pages]
    for table in truth["tables"]:
        first, last = table["pages"]
        on_pages = sum(printed[first - 1 : last], Counter())
        wanted = Counter(plain("".join(cell["text"] for cell in table["cells"])))
        assert not wanted - on_pages, table["caption"]


def test_reports_lie_on_existing_pages(folder: Path, truth: dict) -> None:
    with pdfplumber.open(born_digital(folder)) as pdf:
        count = len(pdf.pages)
    for item in (*truth["reports"], *truth["tables"]):
        assert 1 <= item["pages"][0] <= item["pages"][1] <= count


def test_all_pdfs_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in FIXTURES.glob("*/*.pdf")) < LIMIT


def test_packet_has_the_published_counts() -> None:
    truth = json.loads((FIXTURES / "setagaya-2024-07" / "truth.json").read_text(encoding="utf-8"))
    assert (len(truth["reports"]), len(truth["tables"]), len(truth["facts"])) == (4, 16, 372)
    assert [report["number"] for report in truth["reports"]] == [367, 368, 369, 370]


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(RADICALS).split())


def born_digital(folder: Path) -> Path:
    """Give the one document of a folder; beside it may stand its scan."""
    (path,) = (path for path in folder.glob("*.pdf") if not path.stem.endswith("-scan"))
    return path


def test_a_scan_has_the_pages_of_its_document_and_no_text() -> None:
    scans = sorted(FIXTURES.glob("*/*-scan.pdf"))
    assert len(scans) == 3
    for path in scans:
        with pdfplumber.open(path) as scan, pdfplumber.open(born_digital(path.parent)) as document:
            assert len(scan.pages) == len(document.pages)
            for page in scan.pages:
                assert not page.chars
                assert len(page.images) == 1

"""The rules of the house, read from the imports and the syntax trees of ``extract``."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "extract"
FILES = sorted(path for path in PACKAGE.rglob("*.py"))

MAX_FILE_LINES = 500
MAX_TYPES_LINES = (
    650  # document.py is read as one page from top to bottom; in two files its order would be lost
)
MAX_FUNCTION_LINES = 60

SHARED = {
    *(
        "characters",
        "config",
        "cores",
        "document",
        "errors",
        "findings",
        "geometry",
        "media",
        "notation",
        "outcome",
    ),
}
STAGES = {"intake", "pages", "tables", "text", "tree", "verification", "writers"}

# Which parts of extract a part may import beside itself; a part that is not here is not in the house.
MAY_IMPORT = {
    "__init__": SHARED | {"batch", "flow"},
    "__main__": {"cli"},
    "arguments": SHARED,
    "batch": SHARED | {"flow", "logs"},
    "cli": SHARED | {"arguments", "batch", "flow", "logs", "messages", "progress"},
    "messages": SHARED | {"batch"},
    "progress": SHARED | {"batch", "messages"},
    "engines": SHARED,
    "flow": SHARED | STAGES | {"engines"},
    "logs": set(),
    **dict.fromkeys(SHARED, SHARED),
    **dict.fromkeys(STAGES, SHARED),
    "pages": SHARED | {"engines"},
}

READERS = ("intake/", "pages/", "engines/")
DOORS = {
    "PIL": READERS,
    "cv2": ("pages/", "engines/"),
    "dask": ("batch/cluster.py",),
    "distributed": ("batch/cluster.py",),
    "fsspec": ("batch/storage.py",),
    "numpy": ("pages/", "engines/"),
    "google": ("engines/",),  # protobuf, in which a network is kept
    "onnx": ("engines/",),
    "onnxruntime": ("engines/",),
    "openpyxl": ("writers/xlsx", "writers/as_xlsx.py"),
    "openvino": ("engines/",),
    "pdfminer": READERS,
    "pdfplumber": READERS,
    "pebble": ("batch/",),
    "pikepdf": READERS,
    "pyarrow": ("writers/as_parquet.py",),
    "pydantic": ("writers/", "config.py"),
    "pydantic_core": ("writers/",),
    "pypdfium2": READERS,
    "pytesseract": ("engines/",),
    "rich": ("progress.py",),
    "sudachipy": ("pages/", "tree/entities/tokens.py"),
    "spacy": ("tree/entities/model.py", "tree/entities/tokens.py"),
}

# What `hokoku --help` needs beside the standard library: the package's own light parts and nothing else.
ON_THE_WAY_TO_HELP = {
    *("extract", "extract.arguments", "extract.cli", "extract.config", "extract.errors"),
    *("extract.findings", "extract.logs", "extract.messages", "extract.outcome"),
}


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_modules(path: Path) -> Iterator[str]:
    """Give the dotted names that a file imports anywhere, a submodule of extract with its part."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            if node.module == "extract":
                yield from (f"extract.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


every_file = pytest.mark.parametrize("path", FILES, ids=name_of)


@every_file
def test_parts_meet_only_where_they_may(path):
    part = part_of(path)
    parts = {module.split(".")[1] for module in imported_modules(path) if module.startswith("extract.")}
    assert parts - {part} <= MAY_IMPORT[part]


@every_file
def test_third_parties_have_their_doors(path):
    outside = (
        {module.split(".")[0] for module in imported_modules(path)} - sys.stdlib_module_names - {"extract"}
    )
    for module in outside:
        assert module in DOORS, f"{module} has no door yet"
        assert name_of(path).startswith(DOORS[module]), f"{module} does not belong here"


@every_file
def test_files_and_functions_stay_short(path):
    text = path.read_text("utf-8")
    limit = MAX_TYPES_LINES if name_of(path) == "document.py" else MAX_FILE_LINES
    assert len(text.splitlines()) <= limit
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MAX_FUNCTION_LINES, node.name


@every_file
def test_only_the_command_prints_and_exits(path):
    if name_of(path) in ("cli.py", "__main__.py"):
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) not in {
                "print",
                "exit",
                "quit",
                "sys.exit",
                "os._exit",
                "sys.stdout.write",
            }
        if isinstance(node, ast.Raise) and node.exc is not None:
            assert "SystemExit" not in ast.unparse(node.exc)


@every_file
def test_broad_excepts_stand_at_their_two_places(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = "everything" if node.type is None else ast.unparse(node.type)
            if caught in ("everything", "Exception"):
                assert name_of(path) in ("batch/task.py", "cli.py")


@every_file
def test_only_batch_starts_processes(path):
    starters = {"concurrent", "multiprocessing", "pebble", "subprocess"}
    if part_of(path) != "batch":
        modules = set(imported_modules(path))
        if part_of(path) == "engines":
            # Threads of this process, one a core: a line of text each.
            modules -= {"multiprocessing.pool"}
            assert "import Pool" not in path.read_text("utf-8")
        assert not starters & {module.split(".")[0] for module in modules}


@every_file
def test_no_cupboards(path):
    assert path.stem not in {"common", "helper", "helpers", "misc", "util", "utils"}


def test_the_way_to_help_is_light():
    script = (
        "import sys\n"
        "from extract.cli import main\n"
        "try: main(['convert', '--help'])\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(run.stderr.split())
    assert {name for name in loaded if name.partition(".")[0] == "extract"} == ON_THE_WAY_TO_HELP
    assert not {name.partition(".")[0] for name in loaded} & DOORS.keys()

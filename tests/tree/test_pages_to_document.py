from __future__ import annotations

from collections import Counter

from text_pages import make_line, make_page, make_source, page_number_line

from extract.document import CleanCell, CleanGrid, Producer
from extract.findings import Notice
from extract.tree import pages_to_document

PRODUCER = Producer("hokoku", "0", (), {})


def make_cell(row, column, text, *, box, kind="text", value=None):
    return CleanCell(row, column, 1, 1, box, text, text, kind, value, None, None, "text-layer", None, ())


def make_table(top, rows, *, number_from=1):
    edges_x = (70.0, 250.0, 430.0)
    edges_y = tuple(top + 20.0 * row for row in range(len(rows) + 1))
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            box = (edges_x[column], edges_y[row], edges_x[column + 1], edges_y[row + 1])
            numeric = row >= number_from and column > 0
            value = int(text) if numeric else None
            cells.append(
                make_cell(row, column, text, box=box, kind="number" if numeric else "text", value=value)
            )
    box = (edges_x[0], edges_y[0], edges_x[-1], edges_y[-1])
    return CleanGrid(box, len(rows), 2, tuple(cells), edges_y, edges_x, ruled=True)


def raws(document):
    for page in document.source.pages:
        yield from (one.raw for one in page.running)
    for table in document.tables:
        yield from (cell.raw for cell in table.cells)
    sections = [section for report in document.reports for section in report.sections]
    while sections:
        section = sections.pop()
        sections.extend(section.sections)
        yield section.raw or ""
        yield from (block.raw for block in section.content)


def printed(pages):
    for page in pages:
        yield from (line.raw for line in page.lines)
        yield from (cell.raw for grid in page.grids for cell in grid.cells)


def letters(texts):
    return Counter(letter for text in texts for letter in text if not letter.isspace())


PAGES = (
    make_page(
        ">報告資料Ｎｏ．１\n報告第３６７号\n^実施状況について\n>令和６年７月１９日\n>総務部区政情報課\n\n"
        "１　各種実績　　＊令和６年３月３１日現在\n（１）転出入の実績",
        grids=[make_table(250.0, [("種類", "件数"), ("転出", "13"), ("転入", "17")])],
        lines=[page_number_line("- 1 -"), make_line("※延べ件数である。", x=70.0, y=325.0)],
    ),
    make_page(
        ">報告資料Ｎｏ．２\n報告第３６８号\n^別の件について\n\n１　概要\n・以上",
        number=2,
        lines=[page_number_line("- 2 -")],
    ),
)


def convert(pages, language="ja"):
    return pages_to_document(make_source(pages), pages, producer=PRODUCER, language=language)


def test_a_packet_becomes_reports_tables_and_facts():
    document = convert(PAGES)
    assert [(report.id, report.number, report.pages) for report in document.reports] == [
        ("r1", 367, (1, 1)),
        ("r2", 368, (2, 2)),
    ]
    (table,) = document.tables
    assert (table.report, table.as_of) == ("r1", "2024-03-31")
    inner = document.reports[0].sections[1].sections[0]
    assert (table.section, inner.title) == (inner.id, "転出入の実績")
    assert [block.table for block in inner.content if block.kind == "table"] == ["t1"]
    assert [fact.value for fact in document.facts] == [13, 17]
    assert document.status == "ok"


def test_each_printed_character_stands_in_one_raw():
    assert letters(raws(convert(PAGES))) == letters(printed(PAGES))


def test_notices_become_findings_with_the_ids_of_table_and_cell():
    notices = (
        Notice("page.no-text", 1),
        Notice("text.unclear-number", 1, "0", "r2c1", (("text", "17"),)),
    )
    page = PAGES[0]
    noted = type(page)(page.frame, page.grids, page.lines, page.gutter, notices)
    document = convert((noted, PAGES[1]), language="en")
    assert [(one.code, one.severity, one.table, one.cell) for one in document.findings] == [
        ("page.no-text", "error", None, None),
        ("text.unclear-number", "warning", "t1", "t1r2c1"),
    ]
    assert "more than one way" in document.findings[1].message
    assert document.status == "partial"


def test_blank_pages_are_one_report_without_anything():
    (report,) = convert((make_page(""), make_page("", number=2))).reports
    assert (report.pages, report.sections, report.title) == ((1, 2), (), None)


def test_a_page_that_begins_with_a_table():
    pages = (make_page("", grids=[make_table(80.0, [("種類", "件数"), ("転出", "13")])]),)
    document = convert(pages)
    assert document.tables[0].section == "r1s1"
    assert letters(raws(document)) == letters(printed(pages))

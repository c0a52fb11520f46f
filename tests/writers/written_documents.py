"""Documents built by hand, for the tests of the writers and for looking at their sheets."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

from extract.document import (
    Block,
    Cell,
    CellKind,
    Check,
    Document,
    Engine,
    Entity,
    EntityPart,
    Evidence,
    Fact,
    Finding,
    Producer,
    Reading,
    Repair,
    Report,
    Running,
    Section,
    SourcePage,
    SourceRecord,
    Statement,
    Table,
)

BOX = (56.7, 120.5, 538.58, 300.25)
HOSTILE = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "＝１＋１",
    "#N/A",
    "#REF!",
    "TRUE",
    '=HYPERLINK("http://example.com","x")',
    "=cmd|' /C calc'!A0",
    "{=1}",
    "'=1",
    "_x0041_",
    "a\x0bb\x00c",
    "\ufffe\uffff",
    " spaces ",
    "a\r\nb\rc",
    "<t>&amp;</t>",
    "𠮷野家",
    "e\u0301 か\u3099",
    "\u202e右から",
]


def cell(
    table: str,
    row: int,
    column: int,
    raw: str,
    *,
    spans: tuple[int, int] = (1, 1),
    role: str = "body",
    text: str | None = None,
    kind: CellKind | None = None,
    value: float | str | None = None,
    unit: str | None = None,
    page: int = 1,
    **others,
) -> Cell:
    """Give a cell; its kind is told from the value when it is not given."""
    if kind is None:
        kind = "empty" if not raw.strip() else "number" if isinstance(value, int | float) else "text"
    plain = {
        "evidence": Evidence(page, BOX, "text-layer", None, ()),
        "status": "unverified",
        "needs_review": False,
        "repair": None,
        "missing": raw if kind == "missing" else None,
    }
    return Cell(
        id=f"{table}r{row}c{column}",
        row=row,
        column=column,
        row_span=spans[0],
        column_span=spans[1],
        role=role,
        raw=raw,
        text=raw.replace("\n", "") if text is None else text,
        kind=kind,
        value=value,
        unit=unit,
        **(plain | others),
    )


def table(name: str, cells: list[Cell], *, headers: tuple[int, int] = (1, 1), **others) -> Table:
    """Give a table that is as large as its cells."""
    plain = {
        "report": None,
        "section": None,
        "caption": None,
        "unit": None,
        "as_of": None,
        "notes": (),
        "pages": (1, 1),
        "box": BOX,
        "checks": (),
    }
    return Table(
        id=name,
        rows=max(c.row + c.row_span for c in cells),
        columns=max(c.column + c.column_span for c in cells),
        header_rows=headers[0],
        header_columns=headers[1],
        cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))),
        **(plain | others),
    )


def document(
    tables: list[Table], *, facts: list[Fact] = (), reports: list[Report] = (), **others
) -> Document:
    pages = tuple(
        SourcePage(n, 595.28, 841.89, "text-layer", 0, None, None, (Running("page_number", f"－{n}－", BOX),))
        for n in range(1, 4)
    )
    plain = {
        "schema_version": "1.0",
        "source": SourceRecord(
            "委員会資料 R6&7.pdf", "ab" * 32, 1234567, "2024-07-12T09:30:00+09:00", 3, pages
        ),
        "producer": Producer(
            "hokoku",
            "0.1.0",
            (Engine("pdfplumber", "0.11.7", None),),
            {"ocr": "none", "force_ocr": False, "pages": None},
        ),
        "status": "ok",
        "findings": (),
    }
    return Document(tables=tuple(tables), facts=tuple(facts), reports=tuple(reports), **(plain | others))


def three_level_table() -> Table:
    """個人情報の開示請求: three header levels, fullwidth digits with units, a side heading over two rows."""
    head = {"role": "column_header"}
    cells = [
        cell("t1", 0, 0, "区　分", text="区分", spans=(3, 2), role="stub_head"),
        cell("t1", 0, 2, "請求\n件数", spans=(3, 1), **head),
        cell("t1", 0, 3, "処　理　状　況", text="処理状況", spans=(1, 4), **head),
        cell("t1", 1, 3, "開示", spans=(2, 1), **head),
        cell("t1", 1, 4, "非開示", spans=(1, 2), **head),
        cell("t1", 1, 6, "取下げ", spans=(2, 1), **head),
        cell("t1", 2, 4, "不存在", **head),
        cell("t1", 2, 5, "存否応答拒否", **head),
    ]
    rows = [("区　長", "本庁"), ("区　長", "総合支所"), ("教育委員会", ""), ("合　　計", "")]
    numbers = [(13630, 12001, 22, 3, 4), (840, 800, 0, 0, 40), (70, 60, 5, 0, 5), (14540, 12861, 27, 3, 49)]
    wide = str.maketrans("0123456789,", "０１２３４５６７８９，")
    for index, ((outer, inner), values) in enumerate(zip(rows, numbers, strict=True)):
        row = index + 3
        if index == 0:
            cells.append(cell("t1", row, 0, outer, text="区長", spans=(2, 1), role="row_header"))
        if inner:
            cells.append(cell("t1", row, 1, inner, role="row_header"))
        else:
            cells.append(
                cell("t1", row, 0, outer, text=outer.replace("\u3000", ""), spans=(1, 2), role="row_header")
            )
        for column, value in enumerate(values, start=2):
            raw = f"{value:,}".translate(wide) + "件"
            cells.append(cell("t1", row, column, raw, text=f"{value:,}件", value=value, unit="件"))
    return table(
        "t1",
        cells,
        headers=(3, 2),
        report="r1",
        caption="個人情報の開示等請求の処理状況",
        as_of="2024-03-31",
        notes=("※1 件数は令和5年度中に受け付けたもの。", "※2 教育委員会には幼稚園を含む。"),
    )


def signs_table() -> Table:
    """歳入歳出: △, ▲, decimals, per cent, missing marks, dates, periods, a cell to review, a conflict, a repair."""
    head = {"role": "column_header"}
    cells = [
        cell("t2", 0, 0, "", role="stub_head"),
        cell(
            "t2", 0, 1, "令和５年度", text="令和5年度", kind="period", value="2023-04-01/2024-03-31", **head
        ),
        cell(
            "t2", 0, 2, "令和４年度", text="令和4年度", kind="period", value="2022-04-01/2023-03-31", **head
        ),
        cell("t2", 0, 3, "増減", **head),
        cell("t2", 0, 4, "増減率", **head),
        cell("t2", 0, 5, "備考", **head),
    ]
    body = [
        (
            "特別区税",
            [("123,456,789", 123456789), ("120,000,000", 120000000), ("3,456,789", 3456789), ("2.90%", 2.9)],
            "",
            {},
        ),
        (
            "地方譲与税",
            [("1,234", 1234), ("2,345", 2345), ("△1,111", -1111), ("△47.4％", -47.4)],
            "皆増のため",
            {},
        ),
        ("繰入金", [("－", None), ("500", 500), ("▲500", -500), ("皆減", None)], "令和５年５月１日廃止", {}),
        (
            "諸収入",
            [("(1,200)", 1200), ("約1,000", 1000), ("+200", 200), ("20.0%", 20.0)],
            "",
            {"needs_review": True},
        ),
        (
            "使用料",
            [
                ("１億２，３４５万円", 123450000),
                ("△0", 0),
                ("1234567890123456789", 1234567890123456789),
                ("007", 7),
            ],
            "",
            {"status": "conflict", "needs_review": True},
        ),
        (
            "合計",
            [("124,000,000", 124000000), ("120,002,845", 120002845), ("3,997,155", 3997155), ("3.30%", 3.3)],
            "長い備考は折り返して表示されます。" * 6,
            {"status": "verified"},
        ),
    ]
    for row, (name, numbers, note, others) in enumerate(body, start=1):
        cells.append(cell("t2", row, 0, name, role="row_header"))
        for column, (raw, value) in enumerate(numbers, start=1):
            unit = raw[-1] if raw[-1] in "%％円" else None
            kind = "missing" if value is None else None
            extra = others if column == 1 else {}
            cells.append(cell("t2", row, column, raw, value=value, unit=unit, kind=kind, page=2, **extra))
        date = {"kind": "date", "value": "2023-05-01"} if note.startswith("令和") else {}
        cells.append(cell("t2", row, 5, note, **date))
    cells[-2] = replace(cells[-2], status="repaired", repair=Repair("3.80", "合計から一つに決まる"))
    return table(
        "t2",
        cells,
        report="r1",
        caption="歳入決算額の推移（一般会計）",
        unit="千円",
        pages=(2, 3),
        notes=("（注）端数処理のため合計と一致しない。",),
    )


def hostile_table() -> Table:
    """Texts that a spreadsheet would compute, refuse, cut or decode."""
    cells = [cell("t3", row, 0, text, text=text) for row, text in enumerate(HOSTILE)]
    cells.append(cell("t3", len(HOSTILE), 0, "長" * 70000, text="長" * 70000))
    return table("t3", cells, headers=(0, 0), caption="=危険な/文字[列]:*?'", notes=("=note",))


def check(stated: Cell, operands: list[Cell], relation: str = "sum", **others) -> Check:
    """Give a check with what its cells say; ``signs`` are plus when they are not given."""
    factor = others.pop("factor", 100 if relation in {"share", "rate"} else 1)
    signs = others.pop("signs", (1,) * len(operands) if relation in {"sum", "same"} else ())
    values = [Fraction(str(one.value)) for one in operands]
    tolerance = others.pop("tolerance", 0)
    exact = {
        "sum": lambda: sum(sign * value for sign, value in zip(signs, values, strict=True)),
        "same": lambda: signs[0] * values[0],
        "share": lambda: factor * values[0] / values[1],
        "rate": lambda: factor * (values[0] - values[1]) / values[1],
        "product": lambda: Fraction(str(factor)) * values[0] * values[1],
    }[relation]()
    step = 2 * Fraction(str(tolerance))
    rounded = Fraction(math.floor(abs(exact) / step + Fraction(1, 2))) * step if step else abs(exact)
    computed = rounded if exact >= 0 else -rounded
    if relation in {"sum", "same"}:
        computed = exact
    return Check(
        id=f"k-{stated.id}-{relation}",
        relation=relation,
        stated=stated.id,
        operands=tuple(one.id for one in operands),
        stated_value=stated.value,
        computed_value=int(computed) if computed.denominator == 1 else float(computed),
        holds=abs(Fraction(str(stated.value)) - computed) <= Fraction(str(tolerance)),
        signs=signs,
        factor=factor,
        tolerance=tolerance,
        bits=12.5,
    )


def checked_document() -> Document:
    """Every kind of check, with one that fails, a repair, numbers that Excel cannot hold, and hostile sheet names."""
    names = ["4月", "5月", "6月", "合計", "構成比", "増減", "増減率"]
    first = [12345, 23456, -3456, 32345, 38.2, -11111, 2.5]
    second = [11000.5, 20000.1, 999.4, 32000.0, 34.4, 13, None]
    cells = [cell("t1", row, 0, name, role="row_header") for row, name in enumerate(names)]
    for column, values in enumerate((first, second), start=1):
        for row, value in enumerate(values):
            if value is not None:
                cells.append(cell("t1", row, column, f"{value:,}", value=value))
    at = {(one.column, one.row): one for one in cells}
    at[1, 0] = replace(at[1, 0], status="conflict", needs_review=True)
    at[1, 2] = replace(
        at[1, 2], raw="△3,466", status="repaired", needs_review=True, repair=Repair("△3,466", "合計から")
    )
    at[1, 3] = replace(at[1, 3], status="verified")
    checks = [
        check(at[1, 3], [at[1, 0], at[1, 1], at[1, 2]]),
        check(at[2, 3], [at[2, 0], at[2, 1], at[2, 2]]),
        check(at[1, 4], [at[1, 0], at[1, 3]], "share", tolerance=0.05),
        check(at[2, 4], [at[2, 0], at[2, 3]], "share", tolerance=0.05),
        check(at[1, 5], [at[1, 0], at[1, 1]], signs=(1, -1)),
        check(at[1, 6], [at[2, 1], at[2, 0]], "rate", tolerance=0.05),
        check(at[2, 5], [at[2, 4], at[1, 4]], "product", factor=0.01, tolerance=0.5),
    ]
    plain = table("t1", list(at.values()), headers=(0, 1), caption="=1+1'!A1&\"<検算>", checks=tuple(checks))
    large = [
        cell("t2", 0, n, raw, value=int(raw)) for n, raw in enumerate(["1234567890123456", "7", "9" * 15])
    ]
    beyond = cell("t2", 1, 0, "1234567890123463", value=1234567890123463)
    same = cell("t2", 1, 1, "32,345", value=32345)
    exact = table(
        "t2",
        [*large, beyond, same],
        headers=(0, 0),
        caption="'別の'表",
        checks=(check(beyond, large[:2]), check(same, [at[1, 3]], "same")),
    )
    scattered = [cell("t3", row, row % 3, str(row), value=row) for row in range(900)]
    total = cell("t3", 900, 0, str(sum(range(900))), value=sum(range(900)))
    less = cell("t3", 900, 1, str(sum(range(450, 900)) - sum(range(450))), value=0)
    less = replace(less, value=int(less.raw))
    signs = (-1,) * 450 + (1,) * 450
    long = table(
        "t3",
        [*scattered, total, less],
        headers=(0, 0),
        caption="長い表題の表" * 5,
        checks=(check(total, scattered), check(less, scattered, signs=signs)),
    )
    tables = [plain, exact, long]
    finding = Finding("number.conflict", "error", "計算が合いません: 例", 1, "t1", "t1r3c1")
    return document(tables, facts=facts_of(tables), findings=(finding,))


def rich_document() -> Document:
    """Two reports, three tables, findings of every severity."""
    tables = [three_level_table(), signs_table(), hostile_table()]
    section = Section(
        "r1s1",
        1,
        "１",
        "概要",
        "１　概要",
        1,
        BOX,
        (
            Block("number", "報告第３６７号", "報告第367号", 1, BOX, None),
            Block("paragraph", "本文", "本文", 1, BOX, None),
            Block("table", "", "", 1, BOX, "t1"),
        ),
        (),
    )
    reports = [
        Report(
            "r1",
            1,
            367,
            "令和５年度個人情報保護制度の運用状況について",
            "2024-07-19",
            "令和６年７月１９日",
            ("総務部", "区政情報課"),
            (1, 3),
            (section,),
            (),
        ),
        Report("r2", None, None, None, None, None, (), (3, 3), (), ()),
    ]
    findings = (
        Finding("page.blank", "info", "白紙のページです。", 3, None, None),
        Finding(
            "table.untileable",
            "warning",
            "表の罫線が不完全で、一部のセルを近くの線で補いました。",
            2,
            "t2",
            None,
        ),
        Finding("page.failed", "error", "ページを読み取れませんでした: 例", 3, None, None),
        Finding(
            "text.unclear-number",
            "warning",
            "数字の読み方が一つに決まりません。文字のまま残しました: 1.2.3",
            2,
            "t2",
            "t2r4c1",
        ),
    )
    return document(tables, facts=facts_of(tables), reports=reports, findings=findings, status="partial")


def facts_of(tables: list[Table]) -> list[Fact]:
    """Give a fact for each body number, with the header texts over and beside it."""
    facts = []
    for one in tables:
        for c in one.cells:
            if c.kind != "number" or c.role != "body":
                continue
            rows = [h for h in one.cells if h.role == "row_header" and h.row <= c.row < h.row + h.row_span]
            columns = [
                h
                for h in one.cells
                if h.role == "column_header" and h.column <= c.column < h.column + h.column_span
            ]
            facts.append(
                Fact(
                    id=f"f{len(facts) + 1}",
                    table=one.id,
                    cell=c.id,
                    row_path=tuple(h.text for h in rows),
                    column_path=tuple(h.text for h in columns),
                    value=c.value,
                    unit=c.unit or one.unit,
                    as_of=one.as_of,
                    page=c.evidence.page,
                    status=c.status,
                )
            )
    return facts


def large_document(*, tables: int, rows: int, columns: int) -> Document:
    """Many plain tables of numbers, for measuring."""
    made = []
    for number in range(tables):
        name = f"t{number + 1}"
        cells = [
            cell(name, 0, column, f"令和{column}年度", role="column_header") for column in range(columns)
        ]
        for row in range(1, rows):
            cells.append(cell(name, row, 0, f"款項目節の名称{row}", role="row_header"))
            for column in range(1, columns):
                value = (row * 7919 + column * 104729) % 10_000_000
                cells.append(cell(name, row, column, f"{value:,}千円", value=value, unit="千円"))
        made.append(table(name, cells, caption=f"歳出予算事項別明細書その{number + 1}", unit="千円"))
    facts = []
    for one in made:
        for c in one.cells:
            if c.kind == "number":
                facts.append(
                    Fact(
                        f"f{len(facts) + 1}",
                        one.id,
                        c.id,
                        ("歳出", "総務費", f"款項目節の名称{c.row}"),
                        (f"令和{c.column}年度",),
                        c.value,
                        "千円",
                        None,
                        1,
                        "unverified",
                    )
                )
    return document(made, facts=facts)


def with_statement() -> Document:
    """The rich document with what its prose says: a number, a law, a department, and a name that may be private."""
    one = rich_document()
    report = one.reports[0]

    def entity(number: int, label: str, text: str, value: object, *, parts=(), **others) -> Entity:
        plain = {"unit": None, "section": "r1s1", "table": None, "cell": None, "is_personal": False}
        plain |= {"page": 1, "box": BOX}
        return Entity(f"e{number}", label, text, value=value, parts=parts, **(plain | others))

    law = (
        EntityPart("law", "個人情報の保護に関する法律"),
        EntityPart("article", "68"),
        EntityPart("paragraph", "2"),
    )
    entities = (
        entity(1, "quantity", "28か所", 28, unit="か所"),
        entity(2, "law", "法第68条第2項", "個人情報の保護に関する法律第68条第2項", parts=law),
        entity(3, "department", "総務部区政情報課", "総務部 > 区政情報課"),
        entity(4, "date", "令和6年7月19日", "2024-07-19"),
        entity(5, "reference", "表1", "t1"),
        entity(6, "person", "=山田", None, section=None, table="t1", cell="t1r3c1", is_personal=True),
    )
    statement = Statement(
        "n1",
        "e1",
        ("概要",),
        "統合端末を設置",
        28,
        "か所",
        None,
        "28か所に統合端末を設置している。",
        "r1s1",
        1,
        BOX,
    )
    report = replace(report, entities=entities, statements=(statement,))
    return replace(one, reports=(report, *one.reports[1:]))


def with_readings(one: Cell) -> Cell:
    """Give the cell as OCR would have read it."""
    evidence = replace(
        one.evidence, origin="ocr", confidence=0.62, readings=(Reading("B", 0.3), Reading("6", 0.05))
    )
    return replace(one, evidence=evidence, needs_review=True)

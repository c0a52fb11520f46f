"""The page in Chromium: nothing runs, nothing is too wide, a link shows the place beside the text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from html_pages import in_chromium, needs_chromium
from test_html import attacked, write_clean
from written_documents import cell, document, large_document, rich_document, table, with_statement

from extract.document import SourcePage
from extract.writers import write_document

MEASURE = """<!DOCTYPE html><meta charset="utf-8"><body><iframe src="{name}" style="width:{width}px;height:900px;border:0"></iframe>
<script>
addEventListener("load", () => {{
  const framed = document.querySelector("iframe").contentDocument, root = framed.documentElement;
  const over = [...framed.querySelectorAll("body, nav, main, aside, main > *, figure.table, p, h2, h3, .scroll, .sheet")]
    .filter(one => one.getBoundingClientRect().right > root.clientWidth + 1).map(one => one.tagName + "." + one.className);
  const dead = [...framed.querySelectorAll("a[href]")].filter(a => !framed.getElementById(decodeURIComponent((a.hash ?? a.href.baseVal).slice(1))));
  const scripts = framed.querySelectorAll("script").length;
  const styled = framed.defaultView.getComputedStyle(framed.querySelector("main")).overflowWrap;
  document.body.dataset.result = [root.scrollWidth - root.clientWidth, over.join("|"), dead.length, scripts, framed.title == "run", styled].join(";");
}});
</script>"""


@pytest.mark.slow
@needs_chromium
@pytest.mark.parametrize("width", [1600, 1000, 390])
def test_in_chromium_nothing_runs_nothing_is_too_wide_and_links_resolve(tmp_path, width):
    wide = large_document(tables=2, rows=30, columns=20)
    for name, one in (("attacked", write_clean(attacked())), ("wide", wide), ("rich", with_statement())):
        write_document(one, tmp_path / name, formats=("html",), language="ja")
        frame = tmp_path / f"measure-{name}.html"
        frame.write_text(MEASURE.format(name=f"{name}.html", width=width), encoding="utf-8")
        (result,) = re.findall(r'data-result="([^"]*)"', in_chromium(frame, width=1800, folder=tmp_path))
        assert result == "0;;0;0;false;anywhere", name


@pytest.mark.slow
@needs_chromium
def test_in_chromium_a_link_shows_the_place_beside_the_text(tmp_path):
    (path,) = write_document(rich_document(), tmp_path / "a", formats=("html",), language="ja")
    frame = tmp_path / "measure.html"
    frame.write_text(
        f"""<!DOCTYPE html><body><iframe src="{path.name}#at-t2r1c1" style="width:1600px;height:900px"></iframe>
        <script>addEventListener("load", () => setTimeout(() => {{
          const framed = document.querySelector("iframe").contentDocument;
          const box = framed.querySelector(":target rect").getBoundingClientRect();
          const colour = getComputedStyle(framed.querySelector(":target rect")).fill;
          document.body.dataset.result = [box.top > 0 && box.bottom < 900, framed.documentElement.scrollTop, colour].join(";");
        }}, 300));</script>""",
        encoding="utf-8",
    )
    dump = in_chromium(frame, width=1700, folder=tmp_path)
    (result,) = re.findall(r'data-result="([^"]*)"', dump)
    assert result.startswith("true;0;rgba(255, 200, 40")


@pytest.mark.slow
@needs_chromium
def test_in_chromium_a_wide_picture_and_a_table_of_five_columns_fit_beside_each_other(tmp_path):
    sentence = "証券発行の場合において発行価格が額面金額を下回るときは、限度額に加算した金額とする。"
    heading = ("起債目的", "起債限度額", "起債の方法", "利率", "償還の方法")
    cells = [cell("t1", 0, column, name, role="column_header") for column, name in enumerate(heading)]
    cells += [cell("t1", 1, column, sentence) for column in range(2, 5)]
    cells += [
        cell("t1", 1, 0, "公園用地買収事業", role="row_header"),
        cell("t1", 1, 1, "1,000,000", value=1_000_000),
    ]
    one = document([table("t1", cells, headers=(1, 1))])
    spread = SourcePage(1, 1190.5, 841.9, "text-layer", 0, None, None, ())
    one = replace(one, source=replace(one.source, pages=(spread,)))
    (path,) = write_document(one, tmp_path / "a", formats=("html",), language="ja")
    frame = tmp_path / "measure.html"
    frame.write_text(
        f"""<!DOCTYPE html><body><iframe src="{path.name}" style="width:1440px;height:900px"></iframe>
        <script>addEventListener("load", () => {{
          const framed = document.querySelector("iframe").contentDocument;
          const sheet = framed.querySelector(".sheet"), paper = sheet.querySelector(".paper"), table = framed.querySelector(".scroll");
          const fits = one => one.scrollWidth <= one.clientWidth;
          const found = [fits(sheet), fits(table), fits(framed.documentElement)];
          framed.querySelector("label").click();
          document.body.dataset.result = [...found, paper.getBoundingClientRect().width > 2 * sheet.clientWidth].join(";");
        }});</script>""",
        encoding="utf-8",
    )
    dump = in_chromium(frame, width=1700, folder=tmp_path)
    assert re.findall(r'data-result="([^"]*)"', dump) == ["true;true;true;true"]

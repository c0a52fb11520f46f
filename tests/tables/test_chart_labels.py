from __future__ import annotations

from collections import Counter

from extract.tables import page_to_layout

SLICES = [  # name, amount, share; middle of the label, height of its first line
    ("市税", "65.4億円", "25.6%", 340, 216),
    ("地方交付税", "49.5億円", "19.4%", 260, 330),
    ("国庫支出金", "54.2億円", "21.2%", 110, 286),
    ("県支出金", "23.5億円", "9.2%", 105, 209),
    ("市債", "12.0億円", "4.7%", 148, 160),
    ("その他", "20.7億円", "8.1%", 200, 140),
]


def labels_of(build, slices):
    return [
        build.word(text, middle - sum(10.0 if ord(c) > 0xFF else 5.0 for c in text) / 2, top + 14 * place)
        for *texts, middle, top in slices
        for place, text in enumerate(texts)
    ]


def texts(layout):
    return ["".join(word.text for word in line.words) for line in layout.lines]


def test_the_labels_of_a_pie_are_read_slice_by_slice(build):
    words = [build.word("総額２５５億円", 180, 60), *labels_of(build, SLICES)]
    found = texts(page_to_layout(build.page(words)))
    assert found[0] == "総額２５５億円"
    in_order = sorted(SLICES, key=lambda one: one[-1])
    assert found[1:] == [text for *three, _, _ in in_order for text in three]


def test_a_sentence_among_the_labels_keeps_the_printed_lines(build):
    sentence = build.word("歳入の内訳はこのとおりであり、前年度から大きく変わっていない。", 50, 244)
    beside = build.word("歳入", 420, 209)
    words = [sentence, beside, *labels_of(build, SLICES)]
    layout = page_to_layout(build.page(words))
    assert "県支出金歳入" in texts(layout)
    assert Counter(id(w) for line in layout.lines for w in line.words) == Counter(id(w) for w in words)


def test_names_over_amounts_in_even_rows_are_no_chart(build):
    row = [(name, amount, 60 + 90 * place, 200) for place, (name, amount, *_) in enumerate(SLICES)]
    layout = page_to_layout(build.page(labels_of(build, row)))
    assert [text for text in texts(layout) if "市税" in text] == ["".join(one[0] for one in row)]

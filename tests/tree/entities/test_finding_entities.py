"""Each kind of named thing on sentences of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Block, Report, Section
from extract.tree.entities import model, office_kinds, reading
from extract.tree.entities.mentions import Mention, Taken, free_of
from extract.tree.entities.office_words import LONGEST_WORD
from extract.tree.entities.passages import sections_to_passages
from extract.tree.entities.reading import Reader
from extract.tree.entities.statements import find_statements
from extract.tree.entities.tokens import Tokens

BOX = (0.0, 0.0, 10.0, 10.0)

HERE = Path(__file__).parent


def paragraph(text: str) -> Block:
    return Block("paragraph", text, text, 1, BOX, None)


def section(
    number: int,
    *texts: str,
    marker: str | None = None,
    title: str | None = None,
    inner: tuple[Section, ...] = (),
) -> Section:
    raw = None if marker is None and title is None else f"{marker or ''} {title or ''}".strip()
    blocks = tuple(paragraph(text) for text in texts)
    return Section(f"s{number}", 1, marker, title, raw, 1, BOX, blocks, inner)


def report(*sections: Section, date: str | None = "2024-07-19") -> Report:
    return Report("r1", None, None, None, date, None, (), (1, 1), sections, ())


def mentions(*texts: str, sections: tuple[Section, ...] = ()) -> list[tuple[str, Mention]]:
    """Give what is found in paragraphs of one report, each with its words."""
    read = report(*(sections or (section(1, *texts),)))
    found = Reader(read, ()).read(sections_to_passages(read.sections))
    return [(one.passage.text[m.start : m.stop], m) for one in found for m in one.mentions]


def values(label: str, *texts: str, sections: tuple[Section, ...] = ()) -> list[tuple[str, object]]:
    return [(text, m.value) for text, m in mentions(*texts, sections=sections) if m.label == label]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (
            "個人情報の保護に関する法律第６８条第２項".translate(str.maketrans("６８２", "682")),
            "個人情報の保護に関する法律第68条第2項",
        ),
        ("住基法30条の10～15", "住民基本台帳法第30条の10から第30条の15まで"),
        ("番号法第9条第1項", "行政手続における特定の個人を識別するための番号の利用等に関する法律第9条第1項"),
        ("地方自治法第百八十条第一項", "地方自治法第180条第1項"),
        ("地方自治法施行令第146条第2項", "地方自治法施行令第146条第2項"),
        ("空家等対策の推進に関する特別措置法第2条第1項", "空家等対策の推進に関する特別措置法第2条第1項"),
        ("本件は、世田谷区手数料条例第3条から第5条まで", "世田谷区手数料条例第3条から第5条まで"),
        (
            "高齢者、障害者等の移動等の円滑化の促進に関する法律第14条",
            "高齢者、障害者等の移動等の円滑化の促進に関する法律第14条",
        ),
    ],
)
def test_a_law_is_cited_with_its_full_name(text, cited):
    assert [value for _, value in values("law", f"{text}の規定に基づき報告する。")] == [cited]


def test_citations_joined_by_and_share_their_law():
    found = values("law", "道路法第4条第2項、第5条及び第6条第1項の規定により")
    assert [value for _, value in found] == ["道路法第4条第2項", "道路法第5条", "道路法第6条第1項"]


def test_two_laws_joined_by_and_are_two():
    found = values("law", "青葉市情報公開条例第13条第2項及び青葉市文書管理に関する条例第14条の規定に基づき")
    assert [value for _, value in found] == [
        "青葉市情報公開条例第13条第2項",
        "青葉市文書管理に関する条例第14条",
    ]


def test_short_forms_stand_for_what_was_cited():
    found = values(
        "law",
        "個人情報の保護に関する法律（以下「法」という。）第26条第1項に基づく。",
        "法施行規則第7条第3号に当たるため、法第68条第1項により報告した。",
        "同条第2項の通知も行った。同法第69条は関係しない。",
    )
    law = "個人情報の保護に関する法律"
    assert [value for _, value in found] == [
        *(f"{law}第26条第1項", f"{law}施行規則第7条第3号", f"{law}第68条第1項"),
        *(f"{law}第68条第2項", f"{law}第69条"),
    ]


def test_a_printed_law_says_what_its_articles_point_to():
    inner = section(3, marker="２", title="前項の場合には、次条第一項及び前条各号を準用する。")
    article = section(2, marker="第四十四条", title="市長は、次の各号を公表する。", inner=(inner,))
    law = section(1, title="青葉市情報公開条例（抜粋）", inner=(article,))
    assert [value for _, value in values("law", sections=(law,))] == [
        "青葉市情報公開条例",
        "青葉市情報公開条例第44条各号",
        "青葉市情報公開条例第44条第1項",
        "青葉市情報公開条例第45条第1項",
        "青葉市情報公開条例第43条各号",
    ]


def test_what_cannot_be_resolved_has_no_value():
    assert values("law", "第5条の規定により、同条例を改める。") == [("第5条", None), ("同条例", None)]


@pytest.mark.parametrize(
    "text", ["この方法で行う。", "条例案を提出する。", "適用される条例において定める。", "命令を受けた。"]
)
def test_words_that_end_like_laws_are_none(text):
    assert values("law", text) == []


def test_days_without_a_year_take_it_only_where_it_is_certain():
    found = [
        *values("date", "令和6年5月7日（火）に連絡があった。5月4日（土）の件である。同日、返送した。"),
        *values("date", "7月9日に発見した。"),
        *values("date", "令和5年12月1日に受け、同月18日に返した。"),
    ]
    assert found == [
        *(("令和6年5月7日（火）", "2024-05-07"), ("5月4日（土）", "2024-05-04"), ("同日", "2024-05-04")),
        ("7月9日", "--07-09"),
        *(("令和5年12月1日", "2023-12-01"), ("同月18日", "2023-12-18")),
    ]


def test_a_chronology_goes_on_with_the_day_its_entry_began_with():
    found = values("date", "令和6年5月7日 「5月4日（土）に訪問した。」と連絡があった。", "同日 電話した。")
    assert found[-1] == ("同日", "2024-05-07")


def test_fiscal_years_and_times():
    assert values("period", "令和5年度と今年度の実績") == [
        ("令和5年度", "2023-04-01/2024-03-31"),
        ("今年度", "2024-04-01/2025-03-31"),
    ]
    assert values("time", "午前8時30分から午後5時15分まで、また 13:20 に") == [
        ("午前8時30分から午後5時15分まで", "08:30/17:15"),
        ("13:20", "13:20"),
    ]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("令和6年4月に始め、同年9月に終えた。",), [("令和6年4月", "2024-04"), ("同年9月", "2024-09")]),
        (("令和5年に着手し、翌年3月に完成した。",), [("令和5年", "2023"), ("翌年3月", "2024-03")]),
        (
            ("今年4月、昨年12月、来年3月",),
            [("今年4月", "2024-04"), ("昨年12月", "2023-12"), ("来年3月", "2025-03")],
        ),
        (
            ("令和6年度上半期と令和6年度第4四半期",),
            [("令和6年度上半期", "2024-04-01/2024-09-30"), ("令和6年度第4四半期", "2025-01-01/2025-03-31")],
        ),
        (
            ("令和6・7年度、令和5年度及び6年度",),
            [
                ("令和6・7年度", "2024-04-01/2026-03-31"),
                ("令和5年度", "2023-04-01/2024-03-31"),
                ("6年度", "2024-04-01/2025-03-31"),
            ],
        ),
        (("令和6年11月下旬から工事を始める。",), [("令和6年11月下旬", "2024-11")]),
        (("10月1日～翌年3月31日",), [("10月1日～翌年3月31日", "--10-01/--03-31")]),
    ],
)
def test_periods_say_less_than_they_mean(texts, found):
    assert values("period", *texts) == found


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("8月16日に設置し、同日解散した。",), [("8月16日", "--08-16"), ("同日", "--08-16")]),
        (
            ("令和6年7月25日からの雨で、8月3日に氾濫し、", "市道は同日復旧した。"),
            [("令和6年7月25日", "2024-07-25"), ("8月3日", "2024-08-03"), ("同日", "2024-08-03")],
        ),
        (("6月3日、4日及び10日の3日間",), [("6月3日", "--06-03"), ("4日", "--06-04"), ("10日", "--06-10")]),
        (("12月20日に破損し、翌21日に直した。",), [("12月20日", "--12-20"), ("翌21日", "--12-21")]),
        (("令和6年度の収支を翌年度末までに示す。",), [("翌年度末", "2026-03-31")]),
        (("令和6年10月に始め、同月15日に終えた。",), [("同月15日", "2024-10-15")]),
        (
            ("令和6年8月29日（木）に警報が出た。30日（金）5時に解けた。31日（日）",),
            [("令和6年8月29日（木）", "2024-08-29"), ("30日（金）", "2024-08-30")],
        ),
        (
            ("8月9日から降り、雨が強まった12日、午後に避難を求めた。申請から30日以内",),
            [("8月9日", "--08-09"), ("12日", "--08-12")],
        ),
        (("先月30日、毎月10日",), []),
    ],
)
def test_days_point_to_the_day_said_last(texts, found):
    assert values("date", *texts) == found


def test_noon_is_a_time():
    assert values("time", "午前9時から正午まで、正午～午後3時") == [
        ("午前9時から正午まで", "09:00/12:00"),
        ("正午～午後3時", "12:00/15:00"),
    ]


def test_bills_share_their_kind_and_letters_have_numbers():
    assert values("number", "議案第12号から第15号まで、意見書案第3号、陳情6第3号、第21号議案") == [
        ("議案第12号", "議案第12号"),
        ("第15号", "議案第15号"),
        ("意見書案第3号", "意見書案第3号"),
        ("陳情6第3号", "陳情6第3号"),
        ("第21号議案", "第21号議案"),
    ]
    letters = "老発0401第3号、環廃対発第1903号、令6総第5号、令和5年（ワ）第123号"
    assert [words for words, _ in values("number", letters)] == letters.split("、")
    assert values("number", "台風第7号、市道第3号線、補正予算（第3号）、様式第1号") == []


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        ("柏木市印鑑条例の一部を改正する条例の制定", ["柏木市印鑑条例の一部を改正する条例"]),
        (
            "柏木市税条例及び柏木市手数料条例の一部を改正する条例",
            ["柏木市税条例及び柏木市手数料条例の一部を改正する条例"],
        ),
        (
            "長期継続契約を締結することができる契約を定める条例第2条",
            ["長期継続契約を締結することができる契約を定める条例第2条"],
        ),
        ("江南市監査基準（令和2年告示第1号）第12条", ["江南市監査基準第12条"]),
        ("手数料を、組合手数料条例第3条により徴収する。", ["組合手数料条例第3条"]),
        ("建設課及び下水道条例第3条", ["下水道条例第3条"]),
        ("第5号及び財産の取得又は処分に関する条例第2条", ["財産の取得又は処分に関する条例第2条"]),
        ("予算案14件、条例その他の案件32件", []),
        ("山田法律事務所の法律相談、市長が定める規則", []),
    ],
)
def test_titles_of_laws_begin_and_end_where_they_should(text, laws):
    assert [value for _, value in values("law", text)] == laws


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "市民生活部くらし支援課、住まい政策課、いのち支える課",
            ["市民生活部くらし支援課", "住まい政策課", "いのち支える課"],
        ),
        ("、引き続き総務課が行う。見直しを行い支援課が担う。", ["総務課", "支援課"]),
        ("吉田介護保険課長が答えた。松本市役所", ["介護保険課", "松本市役所"]),
        ("施設管理課と総務部管理課、管理課", ["施設管理課", "総務部管理課", "管理課"]),
        (
            "まちづくり推進室、東部市税事務所、選挙事務所、税務当局、結局",
            ["まちづくり推進室", "東部市税事務所"],
        ),
        ("河川上流部、接続部、車道部、野球部、道路部", ["道路部"]),
    ],
)
def test_offices_begin_with_verbs_and_end_in_parts_of_nothing(text, found):
    assert [words for words, _ in values("department", text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("交流拠点「たにぐちの駅」、売店「さくら」", ["交流拠点「たにぐちの駅」", "売店「さくら」"]),
        (
            "生活介護事業所つくしんぼ、介護老人保健施設あさひ",
            ["生活介護事業所つくしんぼ", "介護老人保健施設あさひ"],
        ),
        ("市立小学校、調剤薬局、薬局、広報誌「みどり」、委員の意見「広場が要る」", []),
    ],
)
def test_facilities_are_named_behind_their_kind(text, found):
    assert [words for words, _ in values("facility", text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "前田橋、前原小学校、各務原市民会館、同仁会病院",
            ["前田橋", "前原小学校", "各務原市民会館", "同仁会病院"],
        ),
        ("前図書館、各図書館、旧北小学校", ["旧北小学校"]),
        ("愛川ふれあいの村、少年自然の家", ["愛川ふれあいの村", "少年自然の家"]),
    ],
)
def test_what_stands_before_a_name_ends_where_a_word_ends(text, found):
    assert [words for words, _ in values("facility", text)] == found


def test_a_town_that_no_dictionary_knows_is_learned_from_its_offices():
    found = values(
        "place", "岬市立第三小学校の工事を終えた。", "岬市と姉妹都市の提携を結んだ。都市の名は別に示す。"
    )
    assert found == [("岬市", "岬市")]


def test_the_name_of_a_person_is_whole_and_no_more():
    tokens = Tokens("監査委員 加藤みゆき、鈴木花子委員")
    assert model._whole_name(tokens, 0, tokens.text.index("み")) == (5, 10)
    assert model._whole_name(tokens, 11, 13) == (11, 15)
    assert model._whole_name(tokens, 0, 4) is None


def test_looking_at_the_last_character_first_loses_no_name():
    words = {
        word
        for file in HERE.glob("*.txt")
        for word in re.findall(r"[\u4e00-\u9fffァ-ヶーぁ-んA-Z]+", file.read_text("utf-8"))
    }
    for _, kinds in office_kinds.KINDS:
        for word in words:
            found = kinds.search(word)
            assert office_kinds.suffix(kinds, word) == (
                kinds.search(word, max(0, len(word) - LONGEST_WORD)).group() if found else None
            )


def test_a_section_takes_no_longer_name_that_only_ends_like_it():
    (_, short) = values("department", "健康部すこやか支援課が行う。", "支援課は別である。")
    assert short == ("支援課", "支援課")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("28か所に設置", [(28, "か所")]),
        ("1億2,345万円と△290千円", [(123450000, "円"), (-290, "千円")]),
        ("0.8%減、4.0%増", [(-0.8, "%"), (4.0, "%")]),
        ("百人を超え、三十日以内", [(100, "人"), (30, "日")]),
        ("24 時間 365 日", [(24, "時間"), (365, "日")]),
        ("第2回、3年生、2回目、A5判、5号、一部、十分", []),
        ("補助率は3分の2以内、三分の一", [(None, None), (None, None)]),
        ("2割、4割5分", [(2, "割"), (4.5, "割")]),
        ("1日8便、1世帯2袋、1台につき3回", [(8, "便"), (2, "袋"), (3, "回")]),
        ("20業務のうち17業務", [(20, "業務"), (17, "業務")]),
        ("10月分の請求、3期、4階、2時点", []),
        ("3点検を行う。", []),
        ("（単位：千円）", []),
    ],
)
def test_quantities_are_numbers_with_units(text, found):
    assert [(m.value, m.unit) for _, m in mentions(text) if m.label == "quantity"] == found


def test_a_range_of_numbers_has_no_single_value():
    ((text, mention),) = [(text, m) for text, m in mentions("5～10人を募集する。") if m.label == "quantity"]
    assert (text, mention.value, [part.text for part in mention.parts]) == ("5～10人", None, ["5", "10"])


def test_offices_have_names_of_their_own():
    found = {
        (m.label, m.value)
        for _, m in mentions(
            "DX推進担当部DX推進担当課、教育委員会事務局学校教育課及び各課は、所管課と協議する。",
            "第3回廃棄物減量等推進審議会を区民会館で開催し、社会福祉法人みどり会が出席した。",
        )
    }
    assert {
        ("department", "DX推進担当部DX推進担当課"),
        ("department", "教育委員会事務局学校教育課"),
        ("committee", "廃棄物減量等推進審議会"),
        ("facility", "区民会館"),
        ("organisation", "社会福祉法人みどり会"),
    } == found


def test_short_names_of_departments_are_completed():
    found = values(
        "department", "高齢者福祉部介護保険課が行う。", "介護保険課計画係に問い合わせる。同課は記録する。"
    )
    assert [value for _, value in found] == [
        "高齢者福祉部介護保険課",
        "高齢者福祉部介護保険課計画係",
        "高齢者福祉部介護保険課",
    ]


def test_a_list_in_brackets_names_facilities():
    found = values("facility", "5つのまちづくりセンター（上馬、梅丘、奥沢、祖師谷）に置く。")
    assert ("上馬", "上馬まちづくりセンター") in found
    assert len(found) == 5


def test_a_term_is_used_only_as_a_whole_word():
    found = values(
        "term", "端末を管理する係（以下「管理担当」という。）を置く。", "管理担当は、管理担当者名簿を作る。"
    )
    assert [text for text, _ in found] == ["管理担当", "管理担当"]


@given(st.text(max_size=200))
def test_any_text_is_read_and_mentions_lie_in_it(text):
    for words, mention in mentions(text):
        assert 0 <= mention.start < mention.stop
        assert words


def test_texts_longer_than_the_tokenizer_takes_are_read_to_the_end():
    text = "区民から相談があった。" * 2000 + "令和6年7月19日に28か所を確認した。"
    assert [m.label for _, m in mentions(text)] == ["date", "quantity"]
    assert Tokens(text).tokens[-1].stop == len(text)


def test_a_lone_surrogate_stops_nothing():
    assert values("quantity", "\ud800 28か所") == [("28か所", 28)]


def test_a_number_says_what_it_counts_only_in_forms_that_tell():
    def abouts(text: str) -> list[str | None]:
        tokens = Tokens(text)
        found = [m for _, m in mentions(text)]
        return [stated.about for stated in find_statements(tokens, found)]

    assert abouts("28か所に住基ネットを閲覧できる統合端末を設置している。") == ["統合端末を設置"]
    assert abouts("可燃ごみの収集量は12,345トンである。") == ["可燃ごみの収集量"]
    assert abouts("直径約40cmの穴があいた。") == ["直径"]
    assert abouts("施設を週2回、14学級と見込む。") == [None, None]


@pytest.mark.filterwarnings("ignore:Dictionary.create:DeprecationWarning")  # spaCy 3.8 with SudachiPy 0.7
def test_an_installed_pipeline_adds_people_and_organisations(monkeypatch):
    nlp = spacy.blank("ja")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "Person", "pattern": name} for name in ("山田太郎", "区民")])
    monkeypatch.setattr(model, "installed_pipeline", lambda: "ja_ginza")
    monkeypatch.setattr(model, "_load", lambda: nlp)
    found = [(m.label, m.value) for _, m in mentions("山田太郎と区民が出席した。")]
    assert found == [("person", "山田太郎")]
    assert reading.find_model_names(Tokens("区民が出席した。"), ()) == []


def test_of_thousands_of_mentions_each_character_is_kept_once():
    mentions = [Mention(start, start + 3, "quantity") for start in range(0, 60_000, 2)]
    kept = free_of(mentions, mentions[1:2])
    assert [one.start for one in kept] == list(range(6, 60_000, 4))
    assert not Taken(kept).is_free(8, 10)
    assert Taken(kept).is_free(9, 10)

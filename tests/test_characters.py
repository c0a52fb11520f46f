from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.characters import (
    close_distributed,
    fold_spaces,
    fold_width,
    is_cjk,
    is_digit,
    is_japanese,
    is_kana,
    is_latin,
    is_space,
    join_wrapped,
    without_spaces,
)

FOLDED = [
    ("１３，６３０件", "13,630件"),
    ("３．４％", "3.4%"),
    ("（１，２３４）", "（1,234）"),
    ("９：３０～１６：００", "9:30～16:00"),
    ("報告資料Ｎｏ．１", "報告資料No.1"),
    ("Ｊ－ＬＩＳ", "J-LIS"),
    ("０３－１２３４", "03-1234"),
    ("Ｑ＆Ａ", "Q&A"),
    ("（％）", "（％）"),
    ("－１，２３４", "－1,234"),
    ("△１．１", "△1.1"),
    ("＋３．２", "＋3.2"),
    ("１、２", "1、2"),
    ("１．総括", "1．総括"),
    ("ｶﾞｽ･ﾎﾟﾝﾌﾟ｡｢ｱ｣", "ガス・ポンプ。「ア」"),
    ("⼈⼝⼾⻑", "人口戸長"),
    ("か\u3099", "が"),
    ("ハ\u309a", "パ"),
    ("個\u200b人\ufeff", "個人"),
    ("①㎡㈱㍻Ⅱ△▲―ー〜～…‥", "①㎡㈱㍻Ⅱ△▲―ー〜～…‥"),
    ("カタカナ　ひらがな", "カタカナ　ひらがな"),
    ("ABC 123", "ABC 123"),
    ("", ""),
]


@pytest.mark.parametrize(("printed", "folded"), FOLDED)
def test_widths_fold_and_meanings_stay(printed, folded):
    assert fold_width(printed) == folded


@given(st.text())
def test_folding_is_idempotent(text):
    once = fold_width(text)
    assert fold_width(once) == once


@given(st.text(alphabet="0123456789０１２３４５６７８９.,．，△－%％件円 "))
def test_folding_keeps_every_digit(text):
    digits = str.maketrans("０１２３４５６７８９", "0123456789")
    assert [c for c in fold_width(text) if is_digit(c)] == [c for c in text.translate(digits) if is_digit(c)]


CLOSED = [
    ("区　長", "区長"),
    ("合　　計", "合計"),
    ("合　　　　　　　計", "合計"),
    ("区 長", "区長"),
    ("却 下", "却下"),
    ("教 育 委 員 会", "教育委員会"),
    ("処  理  状  況", "処理状況"),
    ("非    開    示", "非開示"),
    ("砧 区 政 情 報 コ ー ナ ー", "砧区政情報コーナー"),
    ("令 和 ６ 年 ７ 月 １ ９ 日", "令和６年７月１９日"),
    ("令 和 6 年 10 月 1 日", "令和6年10月1日"),
    ("令和 6 年 7 月 19 日", "令和6年7月19日"),
    ("令和 元 年度", "令和元年度"),
    ("1. 議 会 費", "1. 議会費"),
    ("１　議　会　費", "１ 議会費"),
    ("1.市　税", "1.市税"),
    ("（１）総　　括", "（１）総括"),
    ("① 議 会 費", "① 議会費"),
    ("①議 会 費", "①議会費"),
    ("2 総 務 費", "2 総務費"),
    ("ア　総　括", "ア 総括"),
    ("（ 財源内訳 ）", "（財源内訳）"),
    ("（　災　害　援　護　資　金　）", "（災害援護資金）"),
    ("（構　成　比）", "（構成比）"),
    ("県 営 事 業 負 担 金 ( 街 路 )", "県営事業負担金(街路)"),
    ("差　引　増　△　減　額", "差引増△減額"),
    ("Ｄ Ｖ Ｄ 等", "ＤＶＤ等"),
    ("住 民 記 録 ・ 戸 籍 課", "住民記録・戸籍課"),
    ("第 １ 回", "第１回"),
    ("第　1　表　　歳　入　歳　出", "第1表 歳入歳出"),
    ("総 務 部　　区 政 情 報 課", "総務部 区政情報課"),
    ("氏　名　　　　　　　　印", "氏名 印"),
    ("歳入は 、 次のとおり", "歳入は、次のとおり"),
    ("特　　別　　会　　計　(5件)", "特別会計 (5件)"),
]
KEPT = [
    ("北沢 玉川", "北沢 玉川"),
    ("区分　金額", "区分 金額"),
    ("令和８年度　当初予算", "令和８年度 当初予算"),
    ("企業会計　計", "企業会計 計"),
    ("IC カード認証", "IC カード認証"),
    ("24 時間 365 日機械警備", "24 時間 365 日機械警備"),
    ("Setagaya City", "Setagaya City"),
    ("A B C", "A B C"),
    ("－ － －", "－ － －"),
    ("〇　△　×", "〇 △ ×"),
    ("１ ２", "１ ２"),
    ("△ 290,000", "△ 290,000"),
    ("件 数 ４", "件数 ４"),
    ("12 委託料", "12 委託料"),
    ("平山　耕三", "平山 耕三"),
    ("合計", "合計"),
    ("", ""),
]


@pytest.mark.parametrize(("printed", "closed"), CLOSED)
def test_distributed_labels_close(printed, closed):
    assert close_distributed(printed) == closed


@pytest.mark.parametrize(("printed", "closed"), KEPT)
def test_real_separators_stay_as_one_halfwidth_space(printed, closed):
    assert close_distributed(printed) == closed


@given(st.text(alphabet="区長合計令和年月日ア1２　 （）()△・、AＢ.1"))
def test_closing_is_idempotent_and_loses_only_spaces(text):
    once = close_distributed(text)
    assert close_distributed(once) == once
    assert without_spaces(once) == without_spaces(text)


WRAPPED = [
    (["３０日まで", "の延長"], "３０日までの延長"),
    (["制度開始", "(平成２４年７月)", "からの累計"], "制度開始(平成２４年７月)からの累計"),
    (["（令和５年１月１", "３日から"], "（令和５年１月１３日から"),
    (["information", "technology"], "information technology"),
    (["世田谷区", "CSIRT"], "世田谷区CSIRT"),
    (["IC", "カード"], "ICカード"),
    (["J-", "LIS"], "J-LIS"),
    (["https://www.city", ".setagaya.lg.jp/"], "https://www.city.setagaya.lg.jp/"),
    (["12,345,", "678"], "12,345,678"),
    (["12", "34"], "12 34"),
    (["a,", "b"], "a, b"),
    (["（", "財源）"], "（財源）"),
    (["内", "訳"], "内訳"),
    ([" 右　", "", "　左 "], "右左"),
    ([], ""),
]


@pytest.mark.parametrize(("lines", "joined"), WRAPPED)
def test_wrapped_lines_join_the_japanese_way(lines, joined):
    assert join_wrapped(lines) == joined


@given(st.lists(st.text()))
def test_joining_loses_only_spaces(lines):
    assert "".join(join_wrapped(lines).split()) == "".join("".join(lines).split())


def test_predicates_tell_characters_apart():
    assert all(map(is_digit, "0９"))
    assert not any(map(is_digit, "①一Ⅱ²٣"))
    assert all(map(is_latin, "aZａＺ"))
    assert not any(map(is_latin, "éα1あ"))
    assert all(map(is_cjk, "区々〆〇"))
    assert not any(map(is_cjk, "ーア・1"))
    assert all(map(is_kana, "あアーｱヶ"))
    assert not any(map(is_kana, "・区1"))
    assert all(map(is_japanese, "あ区１Ａ（、※①△…―〜"))
    assert not any(map(is_japanese, "a1 (é\u3000-"))
    assert all(map(is_space, " \u3000\u00a0\t"))
    assert not is_space("\n")


def test_spaces_fold_to_one():
    assert fold_spaces("　区分 　金額\u00a0") == "区分 金額"

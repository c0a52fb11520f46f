"""What may stand after a number as its unit; pure.

Only what is known to count or measure: 「12 委託料」 is a budget item with its code, 「5号」 an ordinal, 「20歳代」 a bracket, 「3％減」 a
number with its sign in a word, 「5月」 a month. All of them stay text; so does a small number before a rare counter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_SIGNS: Final = "％ % ‰ ㌫ ㎡ ㎥ ㎢ k㎡ ㎞ ㎝ ㎜ ㎏ ㎎ ㎖ ㎘ ℓ ㏄ ㏊ ㌶ ㌧ ㌔ ㌢ ㍍ ㌘ ㍑ ㌃ ㌍ ㌦ ㌻ ℃ ° ″ ′"
_LATIN: Final = (
    "km m cm mm kg g mg t kt ha a l L mL ml kL kl dL m² m2 m³ m3 km² km2 cm² cm2 kW kWh MW MWh GWh W V A kV Hz kHz MHz GHz "
    "KB MB GB TB Mbps Gbps dB ppm ppb °C Sv mSv μSv µSv Bq kBq hPa Pa MPa J kJ MJ GJ cal kcal lx N pt "
    "t-CO2 t-CO₂ tCO2 tCO₂ kg-CO2 kgCO2 m/s km/h t/日 t/年 mg/L μg/L µg/L ng/L mg/kg"
)
_KATAKANA: Final = (
    "パーセント パーミル ポイント %ポイント ％ポイント ドル 米ドル ユーロ メートル キロメートル センチメートル ミリメートル センチ キログラム ミリグラム "
    "グラム トン リットル ミリリットル キロリットル ヘクタール アール 平方メートル 平方キロメートル 平方キロ 立方メートル ワット キロワット キロワット時 "
    "メガワット シーベルト カロリー キロカロリー キロ ミリ コマ セット ケース チーム グループ クラス コース サークル クラブ ページ サイト パック ブロック ユニット プラン イベント ポット アカウント アクセス ダウンロード"
)
_COUNTERS: Final = (
    "つ か所 ヶ所 ケ所 ヵ所 カ所 箇所 個所 か月 ヶ月 ケ月 ヵ月 カ月 箇月 か月間 ヶ月間 ケ月間 ヵ月間 カ月間 箇月間 か年 ヶ年 ケ年 ヵ年 カ年 箇年 か国 ヶ国 カ国 ヵ国 か国語 カ国語 ヶ国語 "
    "件 通 人 名 円 銭 冊 枚 部 回 校 園 館 棟 戸 軒 世帯 台 両 隻 艇 本 個 基 機 門 脚 式 組 社 店 店舗 所 院 室 床 席 面 筆 張 畳 橋 駅 港 便 案 枠 "
    "画地 区画 区間 班 隊 台分 人分 名分 件分 日分 年分 回分 月分 か月分 ヶ月分 カ月分 食 膳 杯 皿 粒 束 箱 袋 缶 瓶 樽 俵 株 鉢 玉 頭 匹 羽 尾 体 着 足 封 "
    "点 題 問 品 票 口 首 句 勝 敗 議席 歳 才 年 年間 月間 週 週間 日 日間 泊 夜 時間 分 分間 秒 秒間 倍 割 厘 度 人日 人月 人工 里 坪 反 町歩 平米 "
    "字 文字 語 行 頁 曲 往復 周 単位 灯 錠 線 車線 者 校分 学級 教室 種類 品目 種目 検体 症例 "
    "人/日 件/日 件/月 回/年 回/月 回/週 人/㎢ 人/km² 円/㎡ 円/kg 円/人 円/月 円/年 円/日 円/t 円/kWh"
)
_NOUN_LIST: Final = (
    "市 町 村 区 県 国 市町村 市区町村 都道府県 局 課 科 団体 分団 施設 事業 事業所 事業者 企業 法人 機関 組織 自治体 地区 地域 "
    "項目 科目 費目 路線 系統 拠点 会場 講座 回線 端末 作品 番組 契約 組合 地点 河川 部屋 自治会 町内会 交差点"
)
_NOUNS: Final = frozenset(_NOUN_LIST.split())
_KNOWN: Final = frozenset(f"{_SIGNS} {_LATIN} {_KATAKANA} {_COUNTERS}".split())
# A number before these keeps its printed value (1,234 千円), as in a table of （単位：千円）; 億 and 万 do multiply.
_SCALES: Final = frozenset("千百十")
_LONGEST_SCALED: Final = 5  # characters of 百万kWh
_SCALED: Final = re.compile(
    "(?:千|百万|十億)(?:円|人|件|世帯|戸|台|枚|冊|部|本|個|㎡|㎥|トン|t|m2|m3|m²|m³|kWh|kW|kL|ドル|食|回)"
)


_COUNTING: Final = re.compile("[\u4e00-\u9fff々\u30a1-\u30faー]{1,3}")
_NEVER_COUNTING: Final = re.compile(
    "[以未超弱強余程後前内外中約等増減他目号番位級類種条款項章節編丁版期次代台児生階月時第各計合兆億万割赤黒不過残欠高安済費税料金]"
)


def longest_units(more: Iterable[str] = ()) -> dict[str, int]:
    """Give, for each character that a unit or one of ``more`` words begins with, how long the longest of them is."""
    longest = dict.fromkeys(_SCALES, _LONGEST_SCALED)
    for word in (*_KNOWN, *_NOUNS, *more):
        longest[word[0]] = max(longest.get(word[0], 0), len(word))
    return longest


def is_unit(text: str) -> bool:
    """Say whether ``text`` (Latin letters halfwidth, no space) alone after a number is the number's unit."""
    return text in _KNOWN or text in _NOUNS or (text[:1] in _SCALES and _SCALED.fullmatch(text) is not None)


def is_unit_beside(text: str, *, is_apart: bool, is_amount: bool) -> bool:
    """Say whether ``text`` is the unit of the number before it.

    ``is_apart``: a space lies between; then a noun is rather a heading with its number (「3 施設」). ``is_amount``: the number has
    a thousands comma or a decimal point; then any one to three kanji or katakana count (「5,840便」).
    """
    if is_amount and _COUNTING.fullmatch(text) and not _NEVER_COUNTING.search(text):
        return True
    return is_unit(text) and not (is_apart and text in _NOUNS)

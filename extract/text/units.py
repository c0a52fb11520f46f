"""What may stand after a number as its unit; pure.

Known units, and any one to three kanji or katakana that can count (棟, 市町村, コマ), but never what makes the number something
else: an ordinal (号, 番, 年目), a bound (以上, まで), a direction (％減, 赤字), a bracket of ages (歳代), a month, an hour.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_SIGNS: Final = "％ % ‰ ㌫ ㎡ ㎥ ㎢ ㎞ ㎝ ㎜ ㎏ ㎎ ㎖ ㎘ ℓ ㏄ ㏊ ㌶ ㌧ ㌔ ㌢ ㍍ ㌘ ㍑ ㌃ ㌍ ㌦ ㌻ ℃ ° ″ ′"
_LATIN: Final = (
    "km m cm mm kg g mg t kt ha a l L mL ml kL kl dL m² m2 m³ m3 km² km2 cm² cm2 kW kWh MW MWh GWh W V A kV Hz kHz MHz GHz "
    "KB MB GB TB Mbps Gbps dB ppm ppb °C Sv mSv μSv µSv Bq kBq hPa Pa MPa J kJ MJ GJ cal kcal lx N pt "
    "t-CO2 t-CO₂ tCO2 tCO₂ kg-CO2 kgCO2 m/s km/h t/日 t/年"
)
_KATAKANA: Final = (
    "パーセント パーミル ポイント %ポイント ％ポイント ドル 米ドル ユーロ メートル キロメートル センチメートル ミリメートル センチ キログラム ミリグラム "
    "グラム トン リットル ミリリットル キロリットル ヘクタール アール 平方メートル 平方キロメートル 平方キロ 立方メートル ワット キロワット キロワット時 "
    "メガワット シーベルト カロリー キロカロリー ページ チーム グループ サークル クラブ ブロック ユニット アカウント アクセス ダウンロード"
)
_COUNTED: Final = (
    "つ か所 ヶ所 ケ所 ヵ所 カ所 か月 ヶ月 ケ月 ヵ月 カ月 箇月 か年 ヶ年 ケ年 ヵ年 カ年 箇年 か国 ヶ国 カ国 ヵ国 か国語 カ国語 ヶ国語 か村 "
    "時間 年間 月間 日間 週間 種類 品目 種目 項目 科目 費目 学級 割 台 台分 校分 回 回分 人日 人月 "
    "人/日 件/日 件/月 回/年 回/月 回/週 人/㎢ 人/km² 円/㎡ 円/kg 円/人 円/月 円/年 円/日 円/t 円/kWh"
)
_KNOWN: Final = frozenset(f"{_SIGNS} {_LATIN} {_KATAKANA} {_COUNTED}".split())

_COUNTER: Final = re.compile("[\u4e00-\u9fff々\u30a1-\u30faー]{1,3}")
_NEVER_WITHIN: Final = re.compile(
    "[以未超弱強余程後前内外中約等増減他目号番位級類種条款項章節編丁版期次代台児生階月時第各計合兆億万割赤黒不過残欠高安済]"
)
_LABELS: Final = frozenset(
    ["年度", "区分", "世", "世紀", "巻", "話", "議案", "便", "機", "図", "表", "別", "ー"]
)
# A number before these keeps its printed value (1,234 千円), as in a table of （単位：千円）; 億 and 万 do multiply.
_SCALED: Final = re.compile(
    "(?:千|百万|十億)(?:円|人|件|世帯|戸|台|枚|冊|部|本|個|㎡|㎥|トン|t|m2|m3|m²|m³|kWh|kW|kL|ドル|食|回)"
)


@lru_cache(maxsize=2048)
def is_unit(text: str) -> bool:
    """Say whether ``text`` (Latin letters halfwidth, no space) alone after a number is the number's unit."""
    if text in _KNOWN or _SCALED.fullmatch(text):
        return True
    return bool(_COUNTER.fullmatch(text)) and not _NEVER_WITHIN.search(text) and text not in _LABELS

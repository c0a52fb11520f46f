"""Facts on Japanese characters that a recogniser mixes up: old and current forms, kana and kanji of one shape."""

from __future__ import annotations

_PAIRS = (
    "壓圧 圍囲 醫医 爲為 壹壱 隱隠 榮栄 營営 衞衛 驛駅 圓円 鹽塩 緣縁 艷艶 應応 歐欧 毆殴 櫻桜 奧奥 橫横 溫温 穩穏 假仮 價価 畫画 會会 繪絵 "
    "壞壊 懷懐 槪概 擴拡 殼殻 覺覚 學学 嶽岳 樂楽 渴渇 罐缶 卷巻 陷陥 勸勧 寬寛 關関 歡歓 觀観 氣気 歸帰 僞偽 戲戯 犧犠 舊旧 據拠 擧挙 虛虚 "
    "峽峡 挾挟 狹狭 鄕郷 曉暁 區区 驅駆 勳勲 薰薫 徑径 莖茎 惠恵 揭掲 溪渓 經経 螢蛍 輕軽 繼継 鷄鶏 藝芸 擊撃 缺欠 硏研 縣県 儉倹 劍剣 險険 "
    "圈圏 檢検 獻献 權権 顯顕 驗験 嚴厳 廣広 效効 恆恒 黃黄 鑛鉱 號号 國国 黑黒 碎砕 濟済 齋斎 劑剤 雜雑 參参 棧桟 蠶蚕 慘惨 贊賛 殘残 絲糸 "
    "齒歯 兒児 辭辞 濕湿 實実 寫写 釋釈 壽寿 收収 從従 澁渋 獸獣 縱縦 肅粛 處処 緖緒 敍叙 奬奨 將将 稱称 涉渉 燒焼 證証 乘乗 剩剰 壤壌 孃嬢 "
    "條条 淨浄 狀状 疊畳 繩縄 觸触 囑嘱 眞真 寢寝 愼慎 盡尽 圖図 粹粋 醉酔 穗穂 隨随 髓髄 樞枢 數数 瀨瀬 聲声 齊斉 靜静 竊窃 攝摂 專専 淺浅 "
    "戰戦 踐践 錢銭 潛潜 纖繊 禪禅 雙双 壯壮 爭争 莊荘 搜捜 插挿 巢巣 曾曽 裝装 總総 騷騒 藏蔵 屬属 續続 墮堕 對対 體体 帶帯 滯滞 臺台 瀧滝 "
    "擇択 澤沢 擔担 單単 膽胆 團団 斷断 彈弾 遲遅 癡痴 蟲虫 晝昼 鑄鋳 廳庁 徵徴 聽聴 敕勅 鎭鎮 遞逓 鐵鉄 點点 轉転 傳伝 燈灯 當当 黨党 盜盗 "
    "稻稲 鬪闘 德徳 獨独 讀読 屆届 貳弐 惱悩 腦脳 霸覇 拜拝 廢廃 賣売 麥麦 發発 髮髪 拔抜 晚晩 蠻蛮 祕秘 濱浜 甁瓶 拂払 佛仏 倂併 竝並 餠餅 "
    "邊辺 邉辺 變変 辨弁 辯弁 瓣弁 步歩 寶宝 豐豊 襃褒 沒没 飜翻 每毎 萬万 滿満 麵麺 默黙 譯訳 藥薬 彌弥 豫予 餘余 與与 譽誉 搖揺 樣様 謠謡 "
    "來来 賴頼 亂乱 覽覧 龍竜 兩両 獵猟 綠緑 淚涙 壘塁 禮礼 勵励 戾戻 靈霊 齡齢 曆暦 歷歴 戀恋 鍊錬 爐炉 勞労 郞郎 樓楼 錄録 灣湾 册冊 增増 "
    "况況 讓譲 决決 冲沖 凉涼 减減 凖準 凛凜 厦廈 叠畳 囘回 堺堺 塲場 婬淫 嶋島 帋紙 幷并 廐厩 弌一 忰倅 恠怪 懴懺 收収 敎教 晉晋 槇槙 檜桧 "
    "汚汚 涌湧 淸清 烟煙 煕熙 犁犂 狹狭 痳淋 盖蓋 秊年 稾稿 竪竪 笋筍 糺糾 緜綿 耻恥 舘館 莽莽 蕋蕊 藪薮 蘂蕊 裏裏 襍雑 觧解 詠詠 謌歌 讎讐 "
    "跡跡 輙輒 迯逃 迹跡 邨村 酢酢 鈎鉤 鋪舗 閙鬧 陜陝 雁雁 靭靱 鞆鞆 頴穎 飮飲 駈駆 鬭闘 鷗鴎 麪麺 黏粘"
)

CURRENT = {pair[0]: pair[1] for pair in _PAIRS.split() if pair[0] != pair[1]}
"""Old, variant and Chinese forms -> the forms of the Jōyō table (常用漢字表, 2010, with its 康熙字典体)."""

NAME_FORMS = frozenset("龍澤濱邊邉國廣眞櫻瀧齋齊曾彌藏惠德嶋舘澁萬榮實壽圓槇檜堺")
"""Old forms that live on in names of people and places; they stay where the recogniser is sure of them."""

BARS = frozenset("ー一-－―‐−–—_ｰ")
"""What a horizontal bar is read as: the long vowel mark, the number one, a dash."""

KATAKANA_OF_KANJI = {
    **dict(zip("二八口力夕卜工才千厶又丿三", "ニハロカタトエオチムスノミ", strict=True)),
}
"""Kanji -> the katakana of the same shape."""

KANJI_OF_KATAKANA = {kana: kanji for kanji, kana in KATAKANA_OF_KANJI.items()}

HIRAGANA_OF_KATAKANA = dict(zip("ヘリベペ", "へりべぺ", strict=True))
KATAKANA_OF_HIRAGANA = {hira: kata for kata, hira in HIRAGANA_OF_KATAKANA.items()}
"""Kana whose two sets share a shape."""

FORMS = (KATAKANA_OF_KANJI, KANJI_OF_KATAKANA, HIRAGANA_OF_KATAKANA, KATAKANA_OF_HIRAGANA)
"""Characters -> others of the same shape."""

SMALL_OF_LARGE = dict(zip("ヤユヨツアイウエオやゆよつ", "ャュョッァィゥェォゃゅょっ", strict=True))
LARGE_OF_SMALL = {small: large for large, small in SMALL_OF_LARGE.items()}
"""Kana that differ from others in size only."""

COUNTER_AFTER_KA = frozenset("所国年月条箇村")
"""What follows カ after a figure: 5カ所."""

SIZE_BETWEEN = {
    **dict(zip("やゆよつ", (1.56, 1.5, 1.37, 1.29), strict=True)),
    **dict(zip("ヤユヨツ", (1.5, 1.27, 1.21, 1.38), strict=True)),
    **dict(zip("アイウエオ", (1.4, 1.38, 1.41, 1.28, 1.51), strict=True)),
}
"""Large kana -> width and height of its ink together (ems), halfway to the small one's in six fonts (IPA, Noto; Mincho, Gothic)."""

_SMALL_Y = "キギシジチヂニヒビピミリテデフヴ"
_SMALL_VOWELS = "ウヴクグシジスズチツヅテデトドフホイヒ"
SMALL_AFTER = {
    **dict.fromkeys("ャュョ", frozenset(_SMALL_Y)),
    **dict.fromkeys("ァィゥェォ", frozenset(_SMALL_VOWELS)),
    **dict.fromkeys("ゃゅょ", frozenset(chr(ord(kana) - 0x60) for kana in _SMALL_Y)),
}
"""Small kana -> the kana that it may follow (外来語の表, 1991)."""

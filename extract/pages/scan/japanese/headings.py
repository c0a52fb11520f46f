"""Words that stand in the headings of municipal tables far more often than the dictionary knows: how much likelier they make a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BUDGET = (
    "議会費 総務費 民生費 衛生費 労働費 農林水産業費 農林業費 商工費 土木費 消防費 教育費 災害復旧費 公債費 諸支出金 予備費 総務管理費 徴税費 選挙費 "
    "戸籍住民基本台帳費 統計調査費 監査委員費 社会福祉費 児童福祉費 生活保護費 災害救助費 保健衛生費 清掃費 農業費 林業費 水産業費 土木管理費 河川費 "
    "道路橋りょう費 港湾費 都市計画費 住宅費 教育総務費 小学校費 中学校費 幼稚園費 社会教育費 保健体育費 市町村税 固定資産税 軽自動車税 都市計画税 "
    "地方譲与税 利子割交付金 配当割交付金 地方消費税交付金 地方特例交付金 地方交付税 分担金 負担金 使用料 手数料 国庫支出金 県支出金 都支出金 国県支出金 "
    "財産収入 寄附金 繰入金 繰越金 諸収入 職員手当 共済費 報償費 交際費 需用費 役務費 委託料 賃借料 工事請負費 原材料費 備品購入費 補助金 扶助費 "
    "貸付金 補償金 賠償金 償還金 出資金 積立金 公課費 繰出金 人件費 物件費 維持補修費 補助費等 普通建設事業費 国民健康保険 後期高齢者医療 介護保険"
)
"""Items of budgets (地方自治法施行規則第15条 別記) and of their statistics (地方財政状況調査)."""

_BONDS = (
    "公共事業等債 公営住宅建設事業債 災害復旧事業債 緊急防災・減災事業債 全国防災事業債 緊急自然災害防止対策事業債 公共施設等適正管理推進事業債 一般単独事業債 "
    "学校教育施設等整備事業債 社会福祉施設整備事業債 一般廃棄物処理事業債 施設整備事業債 辺地対策事業債 過疎対策事業債 合併特例事業債 地域活性化事業債 "
    "防災対策事業債 臨時財政対策債 臨時税収補填債 減税補填債 減収補填債 退職手当債 災害援護資金貸付金 転貸債 都道府県貸付金 前年度末現在高 当該年度末現在高"
)
"""Kinds of debt in the annual statement of it (地方財政法施行令、地方債同意等基準)."""

_SERVICES = (
    "消防団 消防署 消防本部 救急出動 火災予防 自主防災 ごみ収集 ごみ処理 し尿処理 浄化槽 上水道 下水道 簡易水道 市道 町道 橋りょう 公園緑地 市営住宅 町営住宅 "
    "小学校 中学校 給食費 図書購入費 蔵書数 貸出冊数 公民館 体育館 博物館 文化財 生涯学習 青少年 市民税 町民税 村民税 法人税割 均等割 所得割 入湯税 "
    "たばこ税 事業所税 国民年金 国民健康保険税 印鑑登録 印鑑証明 住民票 戸籍謄本 納税証明 生活扶助 住宅扶助 教育扶助 医療扶助 介護扶助 児童手当 "
    "児童扶養手当 保育園 こども園 学童保育 放課後児童 子育て支援 乳児健診 幼児健診 予防接種 がん検診 特定健診 要介護 要支援 介護給付 訪問介護 通所介護 "
    "身体障害 知的障害 精神障害 老人ホーム 民生委員 社会福祉協議会 農業委員会 教育委員会 選挙管理委員会 監査委員 公平委員会 固定資産評価"
)
"""What municipalities do and run."""

_HEADS = (
    "予算現額 調定額 収入済額 不納欠損額 収入未済額 支出済額 翌年度繰越額 不用額 構成比 増減率 増減額 前年度比 決算額 予算額 補正額 補正前の額 契約金額 借入額 発行額 償還額 残高 "
    "事業費 購入費 管理費 運営費 整備費 維持費 工事費 調査費 "
    "財源内訳 一般財源 特定財源 地方債 その他 実施状況 開催状況 利用状況 処理状況 利用者数 利用件数 申請件数 相談件数 世帯数 参加者数 施設名 所在地 "
    "事業名 担当課 所管課 指定管理者 会計年度任用職員 利用率 稼働率 収納率 徴収率 執行率 達成率 充足率 普及率 加入率 受診率 接種率 進捗率 開催回数 実施回数 処理済 審査中 長寿命化 耐震化 再任用 時間外勤務 年次休暇 育児休業 高齢者 障害者 保育所 児童館 図書館 公民館 大字"
)
"""What columns and rows are called."""

_COMMON = (
    "歳入 歳出 予算 決算 補正 当初 繰入 繰越 繰出 積立 基金 起債 公債 市債 地方債 債務 償還 元金 利子 元利 利率 残高 借入 貸付 充当 "
    "財源 国庫 交付 補助 負担 委託 直営 収入 支出 収納 徴収 滞納 調定 還付 減免 課税 納税 徴税 市税 税額 税率 賦課 金額 総額 単価 数量 "
    "予定 実績 見込 計画 目標 達成 執行 流用 充用 予備 不用 剰余 歳計 現金 預金 資産 負債 純資産 資本 損益 収益 費用 経費 人件費 旅費 "
    "報酬 給料 手当 賃金 報償 需用 役務 工事 原材料 備品 購入 修繕 補修 改修 改良 改築 新設 増設 撤去 解体 使用 利用 貸出 開催 実施 "
    "運営 管理 維持 点検 検査 調査 審査 処理 収集 清掃 受付 申請 申込 届出 許可 認可 認定 承認 却下 取下 不服 請求 開示 公開 公表 決定 "
    "発行 発送 受理 件数 人数 回数 戸数 台数 個数 枚数 冊数 日数 月数 年数 本数 点数 棟数 室数 席数 総数 実数 定数 定員 現員 人員 延長 "
    "面積 容量 重量 距離 幅員 世帯 人口 男女 性別 年齢 年代 世代 合計 小計 総計 累計 平均 合算 内訳 区分 種別 種類 項目 名称 摘要 備考 "
    "番号 年度 年月 前年 本年 当年 翌年 前期 後期 上期 下期 上半期 下半期 四半期 前月 当月 月別 年別 増減 増加 減少 増額 減額 比較 差引 "
    "差額 割合 比率 構成 指数 順位 前回 今回 状況 結果 推移 概要 内容 理由 対象 目的 効果 評価 課題 対応 方針 場所 位置 所在 期間 期日 "
    "時間 時期 施設 学校 小学校 中学校 高等学校 幼稚園 保育所 保育園 児童 生徒 園児 児童館 学童 学級 教室 教員 教職員 職員 公立 私立 区立 "
    "国立 公営 民営 公設 民間 直轄 町内 町外 村外 区内 区外 県外 都内 国内 管内 管外 市民 町民 村民 区民 県民 住民 本庁 支所 出張所 "
    "分室 本館 別館 分館 会館 公民館 図書館 体育館 博物館 福祉 高齢 障害 介護 医療 保健 衛生 健康 予防 接種 検診 健診 診療 病院 入院 "
    "外来 入所 通所 訪問 相談 支援 援助 扶助 保護 生活 国保 国民 年金 保険 給付 保険料 被保険者 母子 乳児 幼児 総務 企画 財政 税務 戸籍 "
    "選挙 監査 議会 会計 民生 労働 農林 農業 林業 水産 漁業 商工 観光 土木 建設 建築 都市 住宅 道路 橋梁 河川 公園 緑地 下水道 上水道 "
    "水道 浄水 配水 給水 消防 消火 救急 救助 火災 防災 災害 復旧 防犯 交通 教育 社会 生涯 文化 体育 学習 給食 奨学 就学 環境 公害 "
    "廃棄物 資源 可燃 不燃 粗大 再生 産業 企業 事業 事務 業務 雇用 一般 特別 普通 臨時 単独 共同 特定 指定 任意 法定 公費 私費 有料 "
    "無料 免除 新規 継続 更新 変更 廃止 完了 未了 着手 発注 入札 契約 落札 随意 競争 指名 工期 竣工 納期 部門 部署 所管 担当"
)
"""Words of accounts and statistics; names of places and persons are none of them."""

_ALONE = frozenset("計男女")
"""Headings of one character."""

WORTH, ALONE_WORTH = 6.0, 4.0
"""So much (nats) such a word of three characters or more is likelier than the dictionary says, and such a character by itself."""

COMMON_WORTH, COMMON_ALONE_WORTH = 3.0, 2.0
"""So much (nats) each of the common words is likelier, and one that is all of a label besides: of the doubted characters of 70 worn
pages this way mended 42 and spoiled none; with 4 a name of items (款項目) became a usual word."""

_COMMON_WORDS = re.compile("|".join(sorted(_COMMON.split(), key=len, reverse=True)))

_WORDS = re.compile(
    "|".join(sorted(f"{_BUDGET} {_BONDS} {_SERVICES} {_HEADS}".split(), key=len, reverse=True))
)


def text_to_worth(text: str) -> float:
    """Give how much likelier (nats) a text is for the headings in it."""
    if text in _ALONE:
        return ALONE_WORTH
    is_common = _COMMON_WORDS.fullmatch(text) is not None
    return WORTH * sum(1 for _ in _WORDS.finditer(text)) + COMMON_ALONE_WORTH * is_common


def words_to_worth(words: Iterable[str]) -> float:
    """Give how much likelier (nats) a text of these words is for the common ones among them and within them (年度 in 年度末)."""
    return COMMON_WORTH * sum(1 for word in words for _ in _COMMON_WORDS.finditer(word))

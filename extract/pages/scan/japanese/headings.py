"""Words that stand in the headings of municipal tables far more often than the dictionary knows: how much likelier they make a text."""

from __future__ import annotations

import re

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
    "小学校 中学校 給食費 図書購入 蔵書数 貸出冊数 公民館 体育館 博物館 文化財 生涯学習 青少年 市民税 町民税 村民税 法人税割 均等割 所得割 入湯税 "
    "たばこ税 事業所税 国民年金 国民健康保険税 印鑑登録 印鑑証明 住民票 戸籍謄本 納税証明 生活扶助 住宅扶助 教育扶助 医療扶助 介護扶助 児童手当 "
    "児童扶養手当 保育園 こども園 学童保育 放課後児童 子育て支援 乳児健診 幼児健診 予防接種 がん検診 特定健診 要介護 要支援 介護給付 訪問介護 通所介護 "
    "身体障害 知的障害 精神障害 老人ホーム 民生委員 社会福祉協議会 農業委員会 教育委員会 選挙管理委員会 監査委員 公平委員会 固定資産評価"
)
"""What municipalities do and run."""

_HEADS = (
    "予算現額 調定額 収入済額 不納欠損額 収入未済額 支出済額 翌年度繰越額 不用額 構成比 増減率 増減額 前年度比 決算額 予算額 補正額 補正前の額 契約金額 "
    "事業費 財源内訳 一般財源 特定財源 地方債 その他 実施状況 開催状況 利用状況 処理状況 利用者数 利用件数 申請件数 相談件数 世帯数 参加者数 施設名 所在地 "
    "事業名 担当課 所管課 指定管理者 会計年度任用職員 長寿命化 耐震化 再任用 時間外勤務 年次休暇 育児休業 高齢者 障害者 保育所 児童館 図書館 公民館 大字"
)
"""What columns and rows are called."""

_ALONE = frozenset("計男女")
"""Headings of one character."""

WORTH, ALONE_WORTH = 6.0, 4.0
"""So much (nats) such a word of three characters or more is likelier than the dictionary says, and such a character by itself."""

_WORDS = re.compile(
    "|".join(sorted(f"{_BUDGET} {_BONDS} {_SERVICES} {_HEADS}".split(), key=len, reverse=True))
)


def text_to_worth(text: str) -> float:
    """Give how much likelier (nats) a text is for the headings in it."""
    if text in _ALONE:
        return ALONE_WORTH
    return WORTH * sum(1 for _ in _WORDS.finditer(text))

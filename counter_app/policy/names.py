"""Every parameter name a sum may ask a region for, with its Chinese label and its unit.

Packs are checked against this table and a missing value is named by its label. To add a parameter
add one row here and one value in `resources/regions/<region>/parameters.toml`. Units: 元 and ratio
are decimal texts in the pack (never floats); count, month, year, workday, minute and day are whole
numbers; text is a word, flag true or false, list an array of words.
"""

from __future__ import annotations

from typing import NamedTuple


class Meaning(NamedTuple):
    """What a parameter is called on screens and papers, and how its value is written."""

    label: str
    unit: str


NAMES: dict[str, Meaning] = {
    # 大厅
    "hall.elder_age": Meaning("老年人优先的起始年龄", "year"),
    "rating.call_back_days": Meaning("差评回访期限", "workday"),
    "rating.mend_days": Meaning("差评整改期限", "workday"),
    # 全域通办
    "cross.types": Meaning("可为其他区县参保人受理的事项", "list"),
    "cross.places": Meaning("可为其受理的参保地", "list"),
    "cross.clock": Meaning("全域通办件的时限由谁起算", "text"),
    # 长期护理保险
    "ltc.ratio": Meaning("长护支付比例", "ratio"),
    "ltc.ratio_lowest": Meaning("长护支付比例下限", "ratio"),
    "ltc.ratio_highest": Meaning("长护支付比例上限", "ratio"),
    "ltc.monthly_cap": Meaning("长护每月最高支付", "元"),
    "ltc.daily_cap": Meaning("长护每床日限额", "元"),
    "ltc.daily_cap_basis": Meaning("床日限额的口径", "text"),
    # 大病保险
    "serious.deductible": Meaning("大病保险起付线", "元"),
    "serious.ratio": Meaning("大病保险支付比例", "ratio"),
    "serious.cap": Meaning("大病保险年度封顶", "元"),
    "serious.bands": Meaning("大病保险分段（上限:比例）", "list"),
    "serious.tilt_deductible_factor": Meaning("困难群众大病起付线系数", "ratio"),
    "serious.tilt_ratio_step": Meaning("困难群众大病比例提高", "ratio"),
    "serious.tilt_mode": Meaning("“提高5%”的口径", "text"),
    # 一站式分层结算
    "layers.order": Meaning("分层结算先后", "list"),
    "layers.basic_deductible": Meaning("基本医保起付线", "元"),
    "layers.basic_ratio": Meaning("基本医保支付比例", "ratio"),
    "layers.serious_deductible": Meaning("大病层起付线", "元"),
    "layers.serious_ratio": Meaning("大病层支付比例", "ratio"),
    "layers.supplement_deductible": Meaning("补充医保起付线", "元"),
    "layers.supplement_ratio": Meaning("补充医保支付比例", "ratio"),
    "layers.assist_deductible": Meaning("医疗救助起付线", "元"),
    "layers.assist_ratio": Meaning("医疗救助比例", "ratio"),
    "layers.special_ratio": Meaning("扶贫特惠保险比例", "ratio"),
    "layers.preself_reaches_upper": Meaning("先行自付是否进入大病、救助合规范围", "flag"),
    # 医疗救助、资助参保
    "assist.deductible": Meaning("医疗救助起付线", "元"),
    "assist.ratio": Meaning("医疗救助比例", "ratio"),
    "assist.cap": Meaning("医疗救助年度限额", "元"),
    "subsidy.premium": Meaning("居民医保个人缴费额", "元"),
    "subsidy.poor_ratio": Meaning("困难群众参保资助比例", "ratio"),
    # 手工报销与转诊
    "manual.deductible": Meaning("起付线", "元"),
    "manual.ratio": Meaning("支付比例", "ratio"),
    "manual.annual_cap": Meaning("年度最高支付限额", "元"),
    "manual.cross_year": Meaning("跨年住院口径", "text"),
    "manual.unfiled_cut": Meaning("未备案降低的百分点", "ratio"),
    "manual.referred_cut": Meaning("转诊降低的百分点", "ratio"),
    "referral.city_level3_ratio": Meaning("市内三级医院住院报销比例", "ratio"),
    "referral.first_self_ratio": Meaning("省内转诊个人先行自付比例", "ratio"),
    "referral.mode": Meaning("转诊10%的口径", "text"),
    "referral.exempt": Meaning("免转诊先行自付的人群", "list"),
    "resident.bonus_years": Meaning("连续缴费满几年提高比例", "year"),
    "resident.bonus_step": Meaning("连续缴费提高的百分点", "ratio"),
    "resident.ratio_ceiling": Meaning("提高后的比例上限", "ratio"),
    "resident.base_ratio": Meaning("居民基本医保报销比例", "ratio"),
    # 两病
    "two_diseases.insurance": Meaning("两病待遇适用险种", "list"),
    "two_diseases.deductible": Meaning("两病门诊起付线", "元"),
    "two_diseases.ratio": Meaning("两病门诊支付比例", "ratio"),
    "two_diseases.cap_both": Meaning("两病年度限额（合并高血压糖尿病）", "元"),
    "two_diseases.cap_insulin": Meaning("两病年度限额（使用胰岛素）", "元"),
    "two_diseases.cap_single": Meaning("两病年度限额（单病种、未用胰岛素）", "元"),
    "two_diseases.before.deductible": Meaning("旧口径两病起付线", "元"),
    "two_diseases.before.ratio": Meaning("旧口径两病支付比例", "ratio"),
    "two_diseases.before.cap_both": Meaning("旧口径两病年度限额（合并）", "元"),
    "two_diseases.before.cap_insulin": Meaning("旧口径两病年度限额（使用胰岛素）", "元"),
    "two_diseases.before.cap_single": Meaning("旧口径两病年度限额（单病种）", "元"),
    # 生育
    "maternity.pay_mode": Meaning("定额口径", "text"),
    "maternity.date_basis": Meaning("标准适用日", "text"),
    "maternity.prenatal_adds": Meaning("产检费与生育医疗费是否叠加", "flag"),
    "maternity.package.max_level": Meaning("包干适用的最高医院等级", "count"),
    "maternity.package.ward": Meaning("包干适用的病房", "text"),
    "maternity.package.birth": Meaning("包干适用的分娩方式", "text"),
    "maternity.package.fiscal": Meaning("生育医疗费财政补助", "元"),
    "maternity.allowance.base_days": Meaning("产假基准天数", "day"),
    "maternity.allowance.difficult_days": Meaning("难产增加天数", "day"),
    "maternity.allowance.extra_child_days": Meaning("多胞胎每多一胎增加天数", "day"),
    "maternity.allowance.bonus_days": Meaning("本省增加的产假天数", "day"),
    "maternity.allowance.early_loss_days": Meaning("怀孕未满4个月流产天数", "day"),
    "maternity.allowance.late_loss_days": Meaning("怀孕满4个月流产天数", "day"),
    "maternity.allowance.month_days": Meaning("月平均工资折算天数", "day"),
    # 双通道
    "dual.first_self_employee": Meaning("双通道药品职工先行自付比例", "ratio"),
    "dual.first_self_resident": Meaning("双通道药品居民先行自付比例", "ratio"),
    "dual.inpatient_ratio": Meaning("住院报销比例", "ratio"),
    "dual.deductible": Meaning("双通道药品起付线", "元"),
    "dual.max_hospitals": Meaning("双通道可选定点医院数", "count"),
    "dual.max_stores": Meaning("双通道可选特药药店数", "count"),
    # 慢特病、门特
    "chronic.changes_per_year": Meaning("慢特病定点医院一年可变更次数", "count"),
    "chronic.before.changes_per_year": Meaning("旧规则一年可变更次数", "count"),
    "chronic.change_year": Meaning("“一年内”的口径", "text"),
    "chronic.resident_deductible": Meaning("居民门特起付线", "元"),
    "chronic.resident_ratio_1": Meaning("居民门特支付比例（一类及以下）", "ratio"),
    "chronic.resident_ratio_2": Meaning("居民门特支付比例（二类）", "ratio"),
    "chronic.resident_ratio_3": Meaning("居民门特支付比例（三类）", "ratio"),
    "chronic.cap_left": Meaning("病种剩余限额", "元"),
    "chronic.inpatient_ratio": Meaning("住院支付比例", "ratio"),
    "chronic.inpatient_deductible": Meaning("住院起付线", "元"),
    "chronic.employee_takes_deductible": Meaning("职工门特是否扣住院起付线", "flag"),
    "chronic.limit": Meaning("慢特病认定办理时限", "workday"),
    "chronic.limit_before": Meaning("慢特病认定旧办理时限", "workday"),
    "chronic.steps": Meaning("认定须走完的环节", "list"),
    "chronic.identifying_orgs": Meaning("资格审核机构", "list"),
    "chronic.merged_forms": Meaning("已合并、不再索要的旧表单", "list"),
    "chronic.green_diseases": Meaning("绿色通道病种", "list"),
    "chronic.recognised": Meaning("认定结果互认情形", "list"),
    "chronic.cross_province": Meaning("跨省直接结算病种", "list"),
    "chronic.cross_province_as_of": Meaning("跨省直接结算病种清单所见日期", "text"),
    "chronic.instant_diseases": Meaning("即时申请病种数", "count"),
    "chronic.batch_diseases": Meaning("集中申请病种数", "count"),
    "chronic.fallback_diseases": Meaning("鉴定不通过可转两病登记的病种", "list"),
    "chronic.fallback_org": Meaning("两病建档地点", "text"),
    "chronic.fallback_poor_only": Meaning("转两病登记是否限困难群众", "flag"),
    "prescription.max_months": Meaning("长处方最多月数", "month"),
    # 个人账户、家庭共济
    "account.self_uses": Meaning("个账本人用途", "list"),
    "account.family_uses": Meaning("个账家庭共济用途", "list"),
    "account.self_premiums": Meaning("个账可缴的本人费用", "list"),
    "account.retired_premiums": Meaning("个账可缴、限退休人员的费用", "list"),
    "account.self_places": Meaning("个账本人可用的地点", "list"),
    "account.family_places": Meaning("个账家庭成员可用的地点", "list"),
    "account.family_unclear_places": Meaning("家庭成员可否使用未明的地点", "list"),
    "account.family_kinship": Meaning("家庭共济的近亲属范围", "list"),
    # 时限、压缩、经办
    "limits.non_instant_compression": Meaning("非即时办结事项压缩下限", "ratio"),
    "limits.frequent_compression": Meaning("高频事项压缩下限", "ratio"),
    "limits.overall_compression": Meaning("办理时限整体压缩目标", "ratio"),
    "limits.materials_cut": Meaning("申办材料整体精简目标", "ratio"),
    "limits.national_manual": Meaning("手工报销国家规定时限", "workday"),
    "limits.national_maternity": Meaning("生育待遇国家规定时限", "workday"),
    "limits.promised_manual": Meaning("手工报销承诺时限", "workday"),
    "limits.promised_maternity": Meaning("生育待遇承诺时限", "workday"),
    "repair.minutes": Meaning("机具故障到场时限", "minute"),
    "agency.one_per_hospital": Meaning("一家医疗机构只归一个经办机构", "flag"),
    # 容缺、告知承诺
    "defer.days": Meaning("容缺补正期限", "workday"),
    "commitment.check_days": Meaning("承诺核查期限", "workday"),
    "commitment.keep_years": Meaning("承诺书存档年限", "year"),
    # 疑点（交稽核核对，不作结论；没有参数就不标）
    "suspicion.stay_overlap_days": Meaning("两段住院日期可重叠的天数", "day"),
    "suspicion.seen_during_stay": Meaning("住院期间本人到窗是否标疑点", "flag"),
    "suspicion.doubtful_times": Meaning("人证核验存疑几次标疑点", "count"),
    "suspicion.agent_people": Meaning("同一代办人可为几人办理", "count"),
    "suspicion.agent_days": Meaning("统计同一代办人的天数", "day"),
    "suspicion.invoice_once": Meaning("同一票据号码是否只可申请一次", "flag"),
    "card.pin": Meaning("刷卡是否要求输入卡密码", "flag"),
    # 资格
    "eligibility.payable_states": Meaning("可享受待遇的参保状态", "list"),
    "eligibility.filing_months": Meaning("报销申请期限", "month"),
}

_INSURED = {"employee": "职工", "flexible": "灵活就业人员", "resident": "女居民"}
_BIRTHS = {
    "natural": "顺产",
    "assisted": "助娩产",
    "caesarean": "剖宫产",
    "difficult": "难产",
    "loss": "流产、引产",
}
NAMES |= {
    f"maternity.{who}.{kind}": Meaning(f"{person}{birth}定额", "元")
    for who, person in _INSURED.items()
    for kind, birth in {**_BIRTHS, "prenatal": "产前检查费"}.items()
}

# Readings of an ambiguous text: the codes a pack may write and what a clerk reads.
READINGS: dict[str, dict[str, str]] = {
    "ltc.daily_cap_basis": {"fee": "限额是费用限额", "pay": "限额是支付限额"},
    "serious.tilt_mode": {"points": "提高百分点", "relative": "按原比例相对提高"},
    "manual.cross_year": {"discharge": "整笔计入出院年度", "daily": "按日均拆分到各年"},
    "referral.mode": {"first_self": "个人先行自付", "ratio_cut": "降低支付比例"},
    "maternity.pay_mode": {"full": "付足定额", "lower": "定额与实际费用取低"},
    "maternity.date_basis": {"birth": "分娩日", "settle": "结算日"},
    "chronic.change_year": {"calendar": "自然年", "rolling": "最近12个月"},
}

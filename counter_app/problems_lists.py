"""Refusals about lists and tables that are brought to the counter; part of `problems.ROWS`."""

from __future__ import annotations

from counter_app.problem_row import Row

# fmt: off
ROWS: dict[str, Row] = {
    "batch-not-allowed": Row("此事项不能批量办理", "“{detail}”没有开通名单批量受理。", "请逐件办理。"),
    "batch-employer": Row("还没有说明是哪个单位", "“{detail}”以单位为办理对象。", "请先录入单位的统一社会信用代码，再导入名单。"),
    "batch-handler": Row("还没有名单经办人", "批量名单须有一位经办人到场并核验身份。", "请先核验单位或村（社区）经办人的身份，再导入名单。"),
    "batch-no-header": Row("没有找到表头", "名单前 20 行里没有可识别的栏名，例如：{detail}。", "请使用本事项的导入模板，第一行保留栏名。"),
    "batch-empty": Row("名单是空的", "“{detail}”的表头下面没有内容。", "请填写后再导入。"),
    "batch-large": Row("名单过长", "一次最多 {detail} 行。", "请分成几份名单导入。"),
    "batch-column-unknown": Row("认不出的栏名", "“{detail}”不是本事项的栏目。", "请对照模板改正栏名；不需要的栏请删去，说明性内容可放在“备注”栏。"),
    "batch-column-twice": Row("栏名重复", "“{detail}”出现了两次。", "请只保留一栏。"),
    "batch-row-twice": Row("名单内重复", "与第 {detail} 行是同一人。", "请删去其中一行。"),
    "batch-row-differs": Row("此人本事项已经受理", "三十日内已受理（受理号 {detail}），内容与本行不同。", "需要更改的，请先撤回原件或办理变更；不需要的，请删去本行。"),
    "batch-name-differs": Row("姓名与登记不一致", "该证件号码登记的是另一个姓名。", "请核对姓名和证件号码；确已改名的，请先办信息变更。"),
    "batch-all-refused": Row("名单没有可受理的行", "共 {detail} 行须更正。", "请按错误清单改正后重新导入。"),
    "sheet-kind": Row("不是可读的表格", "文件不是 .xlsx 或 .csv（{detail}）。", "请在表格软件里另存为 .xlsx 后再导入。"),
    "sheet-broken": Row("表格打不开", "文件已损坏或加了密码（{detail}）。", "请重新导出，去掉打开密码后再导入。"),
    "sheet-large": Row("表格过大", "{detail}。", "请删去图片和多余的工作表，或分成几份。"),
    "sheet-encoding": Row("文字编码认不出", "文件不是 UTF-8，也不是 GB18030。", "请在表格软件里另存为 .xlsx 后再导入。"),
    "cell-formula": Row("单元格里是公式", "“{detail}”里是公式，不是内容。", "请复制后“选择性粘贴”为数值，再导入。"),
    "cell-error": Row("单元格里是错误值", "“{detail}”里是表格的错误值。", "请改为实际内容后再导入。"),
    "cell-digits": Row("长号码被表格改动", "“{detail}”被表格当作数字，末几位可能已变成 0。", "请把整栏设为“文本”格式，再重新填写号码。"),
    "cell-long": Row("单元格内容过长", "“{detail}”里的内容过长。", "请删减后再导入。"),
}
# fmt: on

"""Refusals: every one has a code, a title, a cause and an advice. Anything else is a bug.

To add a refusal, add one row to `ROWS`. The words are what a clerk reads, so they are Chinese.
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """The words of one refusal; `{detail}` in cause or advice is filled by the raiser."""

    title: str
    cause: str
    advice: str
    retry: bool = False


class Problem(Exception):
    """A clear refusal. `where` names the field, file:line or device it belongs to."""

    def __init__(self, code: str, where: str = "", detail: str = "") -> None:
        row = ROWS.get(code, ROWS["unknown"])
        super().__init__(code, where)
        self.code = code
        self.where = where
        self.detail = detail
        self.title = row.title
        self.cause = row.cause.replace("{detail}", detail)
        self.advice = row.advice.replace("{detail}", detail)
        self.retry = row.retry

    def as_dict(self) -> dict[str, object]:
        """The shape printed by the command line and answered by the hub."""
        return {
            "code": self.code,
            "title": self.title,
            "cause": self.cause,
            "advice": self.advice,
            "retry": self.retry,
            "where": self.where,
        }


class Problems(Exception):
    """Several refusals at once (a form, a pack, a script)."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__([p.code for p in problems])
        self.problems = problems


# One row per line, however long, so that adding a refusal is adding a line.
# fmt: off
ROWS: dict[str, Row] = {
    "unknown": Row("出现未登记的问题", "程序没有给出原因（{detail}）。", "请联系大厅信息人员，并提供日志。"),
    # --- fields -------------------------------------------------------------------------------
    "field-required": Row("此栏必填", "“{detail}”还没有填写。", "请补填后再提交。"),
    "field-too-long": Row("内容过长", "超过了 {detail} 个字的上限。", "请删减后再填。"),
    "field-control-chars": Row("含有不可见字符", "内容里有换行以外的控制字符。", "请重新输入，不要从别处粘贴格式。"),
    "field-choice": Row("不在可选范围内", "“{detail}”不是本栏的选项。", "请从列表中选择。"),
    "sheet-write": Row("表格未能写出", "写入文件时出错（{detail}）。", "请换一个文件夹，或关闭已打开的表格后再试。", True),
    "agreement-ended": Row(
        "协议已解除", "“{detail}”的医保服务协议已解除。", "请与申请人确认，另选一家协议有效的机构。"
    ),
    "field-date": Row("日期不正确", "“{detail}”不是有效日期。", "请按 年-月-日 填写，例如 2026-11-22。"),
    "field-month": Row("月份不正确", "“{detail}”不是有效月份。", "请按 年-月 填写，例如 2026-11。"),
    "field-number": Row("不是数字", "“{detail}”不是有效的数字。", "请只填数字。"),
    "field-money": Row("金额不正确", "“{detail}”不是有效金额。", "请填人民币金额，最多两位小数。"),
    "field-money-range": Row("金额超出范围", "金额须在 0 元到 99999999999999.99 元之间。", "请核对票据上的金额。"),
    "field-phone": Row("电话号码不正确", "手机为 1 开头 11 位，座机为区号加号码。", "请核对号码；本人无电话可填联系人电话。"),
    "field-bank-card": Row("银行账号不正确", "账号应为 12 至 30 位数字。", "请对照银行卡或存折逐位核对。"),
    "field-admdvs": Row("区划代码不正确", "“{detail}”不在区划表内。", "请从列表中选择到市级统筹区。"),
    "field-rule": Row("内容不符合规则", "{detail}", "请改正后再提交。"),
    "idno-length": Row("证件号码位数不对", "居民身份证号应为 18 位，现为 {detail} 位。", "请核对后重新输入。"),
    "idno-15": Row("这是 15 位旧号码", "一代证号码已停用。", "请使用二代身份证上的 18 位号码。"),
    "idno-check": Row("证件号码校验不通过", "最后一位校验码与前 17 位不符。", "请对照证件逐位核对，或直接读卡。"),
    "idno-date": Row("证件号码中的出生日期无效", "第 7 至 14 位不是合理的出生日期。", "请对照证件核对。"),
    "idno-chars": Row("证件号码含有无效字符", "只能是数字，末位可为 X。", "请重新输入。"),
    "uscc-length": Row("统一社会信用代码位数不对", "应为 18 位，现为 {detail} 位。", "请对照证照重新输入。"),
    "uscc-chars": Row("统一社会信用代码含有无效字符", "只能是数字和大写字母，且不含 I、O、S、V、Z。", "请对照证照重新输入。"),
    "uscc-check": Row("统一社会信用代码校验不通过", "18 位代码的校验码不符。", "请对照证照逐位核对。"),
    # --- devices ------------------------------------------------------------------------------
    "card-removed": Row("卡被提前取走", "读卡过程中卡离开了读卡器。", "请重新插卡，听到提示再取。", True),
    "card-mute": Row("卡没有应答", "卡插入后没有反应，可能插反、脏污或损坏。", "请擦净芯片、换向重插；仍不行请用身份证或医保码。", True),
    "card-wrong": Row("这不是社会保障卡", "卡内没有社会保障应用。", "请插社会保障卡，或改用身份证、医保码。"),
    "card-incomplete": Row("卡内信息未读全", "缺少：{detail}。第三代卡须经 PSAM 或加密机认证后才能读取。", "请改用身份证或医保码核验身份，或手工录入后核对。"),
    "card-data": Row("卡内数据无法识别", "记录格式不符（{detail}）。", "请换用身份证或医保码，并建议到社保卡服务网点检查卡片。"),
    "card-none": Row("读卡器里没有卡", "没有检测到卡片。", "请插卡后按 F3 重读。", True),
    "idcard-again": Row("证件没有读完", "证件被过早拿起，或读后没有离开过读卡区（{detail}）。", "请拿起证件，再放平，听到提示后再取。", True),
    "idcard-wrong": Row("这不是可读的身份证件", "阅读器不认得放上的卡（{detail}）。", "请放居民身份证、港澳台居民居住证或外国人永久居留身份证。"),
    "reader-refused": Row("阅读器拒绝工作", "阅读器的安全模块答复 {detail}。", "请拔下阅读器重新接上；仍不行请联系信息人员，先用社保卡或医保码。"),
    "reader-none": Row("没有找到读卡器", "系统里没有可用的读卡器（{detail}）。", "请检查连线和驱动；可先用医保码或手工录入。", True),
    "reader-service": Row("读卡服务没有运行", "智能卡服务未启动或拒绝访问。", "请联系信息人员启动读卡服务。", True),
    "reader-busy": Row("读卡器正被别的程序占用", "另一个程序正在用这张卡（{detail}）。", "请关闭那个程序后按 F3 重读。", True),
    "card-locked": Row("卡内社保应用已锁定", "卡片答复应用已被锁定。", "请改用身份证或医保码，并请参保人到社保卡服务网点处理。"),
    "device-timeout": Row("设备没有按时应答", "等待超过 {detail} 毫秒。", "请重试；多次出现请更换设备。", True),
    "device-gone": Row("设备已断开", "与设备的连接中断（{detail}）。", "请检查连线后重试。", True),
    "device-broken": Row("设备返回了错误数据", "收到的内容无法识别（{detail}）。", "请重试；多次出现请联系信息人员。", True),
    "driver-crashed": Row("设备驱动意外退出", "厂商驱动在工作中退出（{detail}），程序不受影响，驱动已重新启动。", "请重试；多次出现请联系信息人员更换驱动。", True),
    "driver-resting": Row("设备驱动连续出错，稍候自动重启", "驱动连续多次退出，约 {detail} 秒后再次启动。", "请稍候重试；可先改用其他设备或手工录入。", True),
    "vendor-refused": Row("设备驱动拒绝了操作", "厂商驱动答复：{detail}。", "请按提示处理后重试；多次出现请联系信息人员。", True),
    "card-needs-key": Row("此卡须经密钥认证才能读取", "读卡器缺少可用的 PSAM 密钥（{detail}），也没有设置加密机服务。", "请改用身份证或医保码核验身份；请信息人员为读卡器配置 PSAM 卡或加密机。"),
    "card-fake": Row("卡片未通过认证", "卡片的内部认证失败（{detail}），可能不是真卡。", "请勿凭此卡办理；请用身份证核验身份，并按本厅规定报告。"),
    "hsm-away": Row("加密机服务没有应答", "本次读卡需要的加密机服务联系不上（{detail}）。", "请稍后重试；可先用身份证或医保码核验身份。", True),
    "hsm-refused": Row("加密机服务拒绝了请求", "加密机服务的答复无法使用（{detail}）。", "请联系信息人员；可先用身份证或医保码核验身份。"),
    "pin-cancelled": Row("密码输入已取消", "参保人在密码键盘上按了取消。", "需要时请重新读卡，或改用身份证、医保码。", True),
    "pin-timeout": Row("密码输入超时", "密码键盘在规定时间内没有收到密码。", "请重新读卡，提示参保人及时输入；忘记密码可改用身份证、医保码。", True),
    "pin-refused": Row("密码不符合要求", "密码长度不对、两次输入不一致，或仍是初始密码（{detail}）。", "请参保人重新输入；忘记密码可改用身份证、医保码。", True),
    "pin-wrong": Row("密码不正确", "卡片没有接受密码（剩余次数：{detail}）。", "请参保人想清楚再输入；忘记密码请改用身份证、医保码，密码可到社保卡服务网点重置。", True),
    "pin-locked": Row("卡密码已锁定", "密码错误次数已满，卡片锁定了密码（{detail}）。", "本次请改用身份证或医保码核验身份；解锁请参保人本人持身份证到社保卡服务网点办理。"),
    "device-unavailable": Row("设备不可用", "驱动无法打开：{detail}。", "请检查驱动与连线。", True),
    "driver-unknown": Row("没有这个驱动", "“{detail}”不在驱动清单中。", "请用 devices list 查看可用驱动。"),
    "scan-unknown": Row("认不出这个码", "扫到的内容不是医保码、身份证号或本系统单据码。", "请出示医保电子凭证。", True),
    "scan-payment": Row("这是付款码", "扫到的是支付宝、微信或银联付款码，不是医保码。", "请打开医保电子凭证（医保码）再扫。", True),
    "voucher-expired": Row("医保码已失效", "医保码约一分钟更换一次，这一个已过期。", "请参保人刷新医保码后重扫。", True),
    "voucher-refused": Row("医保码未通过核验", "核验平台答复：{detail}。", "请刷新后重扫，或改用社保卡、身份证。", True),
    "voucher-other": Row("这不是医保电子凭证", "核验平台不认这个码。", "请参保人打开医保电子凭证（医保码）再扫。", True),
    "voucher-away": Row("暂时连不上医保码核验平台", "网络或平台没有应答。", "医保码不能离线识别，请改用社保卡、身份证或手工录入。", True),
    "voucher-garbled": Row("医保码核验答复异常", "平台答复的格式无法识别。", "请重扫；多次出现请联系信息人员。", True),
    "printer-absent": Row("没有找到打印机", "打印队列“{detail}”不存在或已停用。", "回执已保存，接好打印机后按“补打”。", True),
    "printer-jam": Row("打印机卡纸或缺纸", "打印机报告：{detail}。", "回执已保存，处理好后按“补打”。", True),
    "printer-full": Row("打印存放位置已满", "磁盘空间不足。", "回执已保存，清理磁盘后按“补打”。", True),
    "printer-refused": Row("打印没有完成", "打印系统拒绝了任务：{detail}。", "回执已保存，请检查打印机后补打。", True),
    "font-missing": Row("缺少字体", "没有找到可嵌入的中文字体（{detail}）。", "请运行 installer/setup.sh 安装字体包。"),
    "seal-image": Row("读不到印章图片", "设置里的印章图片不存在或打不开。", "请检查设置 seal_image；清空后单据留出盖章位置，可手工盖章。"),
    # --- store --------------------------------------------------------------------------------
    "store-locked": Row("数据文件夹正被使用", "另一个一窗程序已打开该文件夹。", "请先关闭那个程序。"),
    "store-key": Row("打不开数据库", "密钥不对，或文件已损坏。", "请勿删除文件，联系信息人员。"),
    "passphrase-wrong": Row("口令不对", "不能用这个口令打开密钥文件。", "请重新输入；连续出错请联系信息人员。"),
    "passphrase-short": Row("口令太短", "口令至少 8 个字符。", "请换一个更长的口令。"),
    "hall-code": Row("大厅代码不正确", "“{detail}”不是三位代码（数字或大写字母，不用 I、L、O、U）。", "请在设置 hall_code 中改正。"),
    "envelope-broken": Row("记录格式不符", "记录无法识别（{detail}）。", "请联系信息人员；原记录未改动。"),
    "store-real": Row("这是正式数据", "正式使用的数据文件夹不能用于演示。", "请为演示另选一个空文件夹。"),
    "store-newer": Row("数据来自更新的版本", "数据库版本 {detail} 比本程序新。", "请升级程序后再打开。"),
    "store-older": Row("数据还没有升级", "数据库版本 {detail} 比本程序旧。", "请先打开一次窗口程序，它会自动完成升级。"),
    "hub-store": Row("连不上大厅数据库", "数据库服务没有应答（{detail}）。", "请联系信息人员检查数据库服务。", True),
    "store-sqlite": Row("数据库组件版本过旧", "SQLite {detail} 可能丢失已提交的数据。", "请重新运行 installer/setup.sh。"),
    "store-write": Row("无法写入数据", "写入失败：{detail}。", "请检查磁盘空间和文件夹权限；已保存的内容不会丢。", True),
    "store-missing": Row("这个文件夹里没有数据", "没有找到数据库（{detail}）。", "请检查 --data 指定的文件夹。"),
    "store-network-drive": Row("不能放在网络盘上", "数据文件夹在网络文件系统上（{detail}）。", "请改用本机磁盘。"),
    "journal-write": Row("副日志写不进去", "这一笔已存入数据库，但副日志写入失败（{detail}），单据暂不打印。", "请检查磁盘后重新打开程序，它会自动补齐并打印。"),
    "journal-broken": Row("副日志有损坏", "副日志第 {detail} 条无法核验。", "数据库照常使用，请联系信息人员检查磁盘。"),
    "seal-broken": Row("密封内容无法打开", "密钥不符或内容被改动。", "请联系信息人员。"),
    "synthetic-store": Row("这是演示数据", "演示数据文件夹不能用于正式业务。", "请用新的文件夹开始正式使用。"),
    "not-found": Row("没有找到", "没有“{detail}”这条记录。", "请核对号码后再查。"),
    # --- packs, settings, scripts -------------------------------------------------------------
    "pack-broken": Row("目录文件有错误", "{detail}。", "请改正文件后重试；正在使用的旧版本不受影响。"),
    "pack-empty": Row("目录是空的", "没有找到任何事项（{detail}）。", "请检查安装是否完整。"),
    "policy-file": Row("试算文件有错误", "{detail}", "请对照 docs/policy.md 的格式改正后再运行。"),
    "policy-rule": Row("没有这条计算规则", "规则名“{detail}”不在本程序的规则表内。", "请用 policy rules 查看可用的规则名。"),
    "policy-input": Row("试算的输入不全或不对", "{detail}", "请补全或改正输入后重算。"),
    "pack-not-in-force": Row("目录不在有效期内", "有效期：{detail}", "暂用现有目录；请核对生效日期或换用有效的目录包。"),
    "pack-unsigned": Row("目录没有签名", "这个目录包没有随附签名文件。", "请使用发布单位签名的目录包；正在使用的旧版本不受影响。"),
    "pack-signature": Row("目录签名不符", "文件被改动过，或签名人不在信任名单内。", "请重新取得目录包；正在使用的旧版本不受影响。"),
    "setting-unknown": Row("设置项写错了", "没有名为“{detail}”的设置。", "请对照 docs/settings.md 改正。"),
    "setting-value": Row("设置的值不对", "{detail}", "请对照 docs/settings.md 改正。"),
    "script-broken": Row("演练脚本有错误", "{detail}", "请对照 docs/rehearsal.md 改正。"),
    "expect-failed": Row("演练结果与期望不符", "{detail}", "请核对脚本或程序。"),
    "usage": Row("命令用法不对", "{detail}", "请加 --help 查看用法。"),
    # --- hub and line -------------------------------------------------------------------------
    "hub-away": Row("连不上大厅服务", "叫号与汇总服务没有应答。", "可继续离线受理，恢复后自动上传。", True),
    "ticket-state": Row("这个号现在不能这样操作", "该号当前状态为“{detail}”。", "请刷新后再试。"),
    "ticket-none": Row("没有等候的人", "当前没有可叫的号。", "可直接受理到窗群众。"),
    "recall-limit": Row("已复呼到上限", "同一号最多复呼 {detail} 次。", "请按过号处理。"),
    "recall-soon": Row("刚刚呼叫过", "距上次呼叫不足 {detail} 秒。", "请稍候再复呼。", True),
    "call-lapsed": Row("这次叫号已失效", "该号长时间未办理，已退回队首。", "请重新叫号。", True),
    "ticket-elsewhere": Row("该号在别的窗口", "该号正由 {detail} 号窗口办理。", "请与该窗口核对，或请值班主管处理。"),
    "ticket-twice": Row("本人已有等候的号", "该群众已有号码 {detail}。", "请使用原号，或先取消其中一个。"),
    "group-unknown": Row("没有这个业务组", "本大厅没有“{detail}”业务组。", "请重新选择，或取综合服务号。"),
    "class-unknown": Row("没有这个优先类别", "“{detail}”不是规定的优先类别。", "请重新选择；不确定时取普通号。"),
    "verb-unknown": Row("没有这个操作", "叫号服务不认识“{detail}”。", "请升级程序后再试。"),
    "line-closed": Row("现在停止取号", "{detail}", "请咨询引导台；已取的号继续有效。"),
    "need-unknown": Row("没有这种沟通需要", "“{detail}”不在可选的沟通需要之内。", "请在听障、视障、不识字、民族语言、行动不便中选择。"),
    "carry-day": Row("不能保留到这一天", "保留日期“{detail}”应在今日之后。", "请另选日期。"),
    "merge-same": Row("不能与自己合并", "{detail} 就是这个号。", "请选择同一人的另一个号。"),
    "merge-others": Row("两个号不是同一人的", "{detail} 号登记的是另一位群众。", "请核对后再合并。"),
    "booking-full": Row("这个时段已约满", "{detail} 的预约已满。", "请另选时段。"),
    "booking-twice": Row("当天已有预约", "该群众当天 {detail} 已有预约。", "请使用原预约，或先取消。"),
    "booking-state": Row("这个预约现在不能使用", "该预约当前状态为“{detail}”。", "请核对预约日期，或现场取号。"),
    "booking-time": Row("不能预约这个时间", "{detail}", "请另选时间。"),
    "number-spare": Row("这个备用号不能使用", "{detail} 不在本机的备用号段之内，或已经用过。", "请联系引导台重新取号。"),
    "enrol-code": Row("登记码不能使用", "登记码不对、已经用过，或超过了三十分钟。", "请在大厅管理端重新生成一个登记码。"),
    "enrol-proof": Row("登记没有通过", "本设备的签名与公钥不符。", "请重新登记；仍不行请联系信息人员。"),
    "enrol-wait": Row("登记暂时停止", "连续多次登记码不对。", "请十分钟后再试。", True),
    "enrol-stranger": Row("对方不是本厅的服务", "对方出示的证书与登记码不符。", "请核对地址和登记码；不要继续，并联系信息人员。"),
    "enrol-none": Row("没有找到大厅服务", "本网段内没有应答的大厅服务。", "请用 --url 写明地址，或检查网线和大厅服务。", True),
    "hub-keys": Row("大厅服务的证书不能使用", "{detail}", "请检查证书文件夹；换新证书后各设备须重新登记。"),
    "blob-broken": Row("材料影像传错了", "收到的文件与它的编号不符。", "请重新上传；仍不行请重新扫描。", True),
    "blob-place": Row("材料影像缺一段", "大厅服务已收到前 {detail} 字节。", "请从这里接着上传。", True),
    "blob-off": Row("本大厅服务不存影像", "大厅服务没有设影像文件夹。", "请联系信息人员用 --blobs 指定文件夹。"),
    "day-open": Row("今日的号还没有办完", "还有 {detail} 个号没有结果。", "请先办结、过号、取消或保留这些号。"),
    "notice-unknown": Row("没有这种通知", "大厅服务不认识“{detail}”。", "请升级程序后再试。"),
    "window-paused": Row("本窗口已暂停叫号", "暂停原因：{detail}。", "恢复窗口后再叫号。"),
    "day-file": Row("模拟日文件有错误", "{detail}。", "请按 docs/queueing.md 的格式改正后再运行。"),
    "hub-port": Row("大厅服务的地址不能使用", "{detail} 已被占用或不属于本机。", "请换一个端口，或关闭占用它的程序。"),
    "token-unknown": Row("没有通行凭据", "请求没有带凭据，或凭据已失效。", "请联系信息人员重新登记本设备。"),
    "token-role": Row("没有这项权限", "本设备的角色“{detail}”不能这样操作。", "请在有权限的窗口或引导台操作。"),
    "body-broken": Row("请求的格式不对", "{detail}。", "请对照 /openapi.json 改正。"),
    "body-large": Row("请求过大", "一次最多 {detail} 字节。", "请分批发送。"),
    "request-reused": Row("请求编号重复", "同一编号已用于另一操作（{detail}）。", "请重新操作一次。"),
    "already-rated": Row("这一件已经评价过", "每件只能评价一次。", "谢谢，评价已保存，不能更改。"),
    "rating-level": Row("评价等级不正确", "“{detail}”不是五个等级之一。", "请从五个等级中选择，或不评价。"),
    "clock-suspect": Row("本机时间可疑", "时间比上一条记录早（{detail}）。", "请联系信息人员校准时间；业务可继续，单据会注明。"),
    # --- the visit ----------------------------------------------------------------------------
    "visit-open": Row("还有办理中的人", "当前号尚未办完。", "请先办结、挂起或结束当前号。"),
    "nobody-identified": Row("还没有办理对象", "还没有核验身份。", "请插卡、扫医保码，或手工录入证件号码。"),
    "person-unknown": Row("没有查到参保信息", "本机资料中没有这个人。", "请核对证件；可按未参保人员办理允许的事项。"),
    "person-deceased": Row("登记为已故人员", "系统登记该参保人已去世。", "请节哀。仅可由继承人办理遗属事项，其他事项不能受理。"),
    "card-expired": Row("证件已过有效期", "有效期至 {detail}。", "请改用有效证件；社保卡可到服务网点换领。"),
    "not-the-person": Row("卡与来人不符", "持卡人不是办理对象。", "请选择：代办、换成此人、取消。"),
    "witness-needed": Row("还没有核对人证", "请看照片与来人是否一致。", "请按“人证已核”或“存疑”。"),
    "party-not-allowed": Row("此事项不能这样代办", "本事项不接受“{detail}”办理。", "请由本人办理，或出具规定的委托材料。"),
    "agent-incomplete": Row("代办人信息不全", "还缺：{detail}。", "请读代办人身份证或补填。"),
    "type-not-offered": Row("本窗口不办此事项", "本地区未开办“{detail}”。", "请按指引到相应地点办理。"),
    "type-unknown": Row("没有这个事项", "目录里没有“{detail}”。", "请用 Ctrl+K 查找事项。"),
    "type-offline": Row(
        "此事项须联网办理",
        "现在处于离线状态，“{detail}”要实时核对或改动账户，不能先办后核。",
        "可先出一次性告知单，登记联系电话；网络恢复后再办。已填内容都在。",
        True,
    ),
    "type-cache-only": Row(
        "离线时不能出具",
        "现在处于离线状态，“{detail}”须以联网的最新数据为准，本机留存的可能已经过时。",
        "可先出一次性告知单，登记联系电话；网络恢复后再出具。已填内容都在。",
        True,
    ),
    "offline-provisional": Row(
        "离线受理，待核",
        "网络中断，参保状态与待遇资格尚未联网核验；单据上会写明。",
        "受理日以单据为准；网络恢复后自动上传核验，结果不符时再通知群众。",
    ),
    "verify-not-due": Row("没有待核事项", "“{detail}”不是离线受理，或已经核验过。", "请核对办件号；待核的件在 Ctrl+K 输入 ! 可见。"),
    "verify-unsent": Row(
        "还没有上传成功",
        "“{detail}”的记录尚未被大厅服务全部接收。",
        "请等上传完成；有退回的，先在异常记录中处理，再核验。",
        True,
    ),
    "material-missing": Row("材料还没有收齐", "缺：{detail}。", "请收取、容缺或承诺后再提交；缺主要件请出一次性补正告知书。"),
    "material-no-defer": Row("此件不能容缺", "“{detail}”是主要材料。", "请补齐，或出一次性补正告知书。"),
    "material-no-commit": Row("此件不能用承诺代替", "“{detail}”不适用告知承诺。", "请补齐材料。"),
    "commitment-discredited": Row("不能作承诺或容缺", "申请人有尚未修复的失信记录。", "请收齐材料后受理；信用修复后可再适用告知承诺。"),
    "commitment-barred": Row(
        "不能再作承诺或容缺",
        "以前的书面承诺经核查不实，尚未修复。",
        "请收齐材料后受理；已经改正的，请值班主管办理信用修复。",
    ),
    "auditor-needed": Row("仅限稽核人员", "{detail}须有稽核权限。", "请由稽核人员或值班主管办理。"),
    "clerk-unknown": Row("工号不在本机名册上", "名册中没有在岗的工号 {detail}。", "请核对工号；新到岗或已停用的，请值班主管先登记。"),
    "supervisor-needed": Row("需要值班主管同意", "“{detail}”须主管确认。", "请主管刷卡或输入口令。"),
    "form-incomplete": Row("表单还有未填或填错的地方", "共 {detail} 处。", "请按 Alt+↓ 逐处改正。"),
    "check-needed": Row("还没有请群众核对", "提交前须由办理人核对所填内容。", "请按 F8 请群众核对，确认后再按 F10 提交。"),
    "locked": Row("屏幕已锁定", "为保护个人信息，屏幕已遮盖。", "请输入口令解锁；已填内容都在。"),
    "wrong-passphrase": Row("口令不对", "输入的口令与登录口令不符。", "请重新输入；忘记口令请联系主管。"),
    "reason-needed": Row("请填写理由", "此操作须说明理由并记录在案。", "请选择或填写理由。"),
    "move-unknown": Row("没有这个办理动作", "流程里没有“{detail}”。", "请从可办的动作中选择。"),
    "move-wrong-step": Row("当前环节不能这样办理", "该件现在处于“{detail}”环节。", "请刷新办件后，按当前环节可办的动作办理。"),
    "move-role": Row("没有办理此环节的权限", "“{detail}”不在当前岗位的职责内。", "请由相应岗位的人员办理。"),
    "actor-unnamed": Row("没有署名", "“{detail}”须由具名的工作人员办理。", "请先以本人工号登录，再办理。"),
    "same-person": Row("须由另一人办理", "{detail}不能是同一人。", "请交由另一名工作人员办理。"),
    "held-by-other": Row("该件已被他人领取", "该件由工号 {detail} 的人员领办。", "请与领办人联系，或请值班主管转办。"),
    "desk-needed": Row("须说明是哪个岗位", "该件由几个岗位联办：{detail}。", "请选择办理的岗位。"),
    "amount-needed": Row("须填写金额", "此环节须写明金额。", "请填写核定或支付的金额。"),
    "amount-wrong": Row("金额不正确", "{detail}。", "请核对核定金额和已付金额后再办理。"),
    "days-needed": Row("须填写延长的天数", "延期须写明延长多少个工作日（现为 {detail}）。", "请填写大于零的工作日数。"),
    "delivery-way": Row("须说明送达方式", "“{detail}”不是规定的送达方式。", "请从窗口、邮寄、电子、短信中选择。"),
    "reason-unlisted": Row("理由不在规定范围内", "“{detail}”不在理由清单中。", "请从清单中选择；清单中没有的，请选“其他”并写明理由。"),
    "state-wrong": Row("办件状态不允许", "该件当前为“{detail}”。", "请刷新后再试。"),
    "already-accepted": Row("这一件已经受理", "受理号 {detail}。", "如需再次打印请用补打。"),
    "nothing-to-undo": Row("没有可撤销的操作", "已经是最初的样子。", "继续办理即可。"),
    "not-open": Row("没有打开的办件", "请先选择要办的事项。", "按 F2 加办一件。"),
    "handover-self": Row("移交人和接收人不能是同一人", "{detail}已在另一方签名。", "请由另一位工作人员当面清点后签收。"),
    "handover-taken": Row("这张交接单已经签收", "签收人：{detail}。", "如需再次移交，请另出一张交接单。"),
    "originals-none": Row("没有可移交的纸质材料", "{detail} 没有收取纸质材料，或者都已在对方处。", "请核对材料清单。"),
    "originals-away": Row("还有原件没有交回窗口", "在后台的材料：{detail}。", "请先用原件交接单交回窗口、退还申请人，再归档。"),
    "page-away": Row("影像不在本机", "扫描影像封存在受理窗口的设备上，还没有传到这里。", "可先看材料清单；需要看原件的，请用原件交接单调取。", True),
    "archive-there": Row("归档目录已有同名内容", "档号 {detail} 已被占用，内容不是本件。", "请核对归档目录；不要手工改动其中的文件。"),
    # --- other ways in ------------------------------------------------------------------------
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
    "package-broken": Row("导入包不完整", "{detail}。", "请向发送单位重新取得导入包。"),
    "package-signer": Row("不认识的签名单位", "签名密钥 {detail} 不在本机信任名单内。", "请核对来源；确属可信的，请信息人员登记该单位的公钥。"),
    "package-signature": Row("导入包签名不符", "署名“{detail}”的导入包被改动过，或签名不对。", "请勿受理，向发送单位重新取得导入包。"),
    "package-expired": Row("导入包已过期", "有效期至 {detail}。", "请向发送单位重新取得导入包。"),
    "key-file": Row("不是公钥文件", "文件里不是 64 位十六进制的 Ed25519 公钥。", "请向发送单位重新取得公钥文件。"),
    "package-kind": Row("不是外来件包", "这是“{detail}”类型的包。", "请选择外来件包。"),
    "filing-type": Row("外来件的事项不能从这里办", "本地区未开办，或不接受这一渠道（{detail}）。", "请退回发送单位，并告知申请人到有权办理的地点。"),
    "filing-conflict": Row("同一编号的外来件内容不同", "编号 {detail} 已经收到过，内容与这次不同。", "原件保持不变；请与发送单位核对。"),
    "filing-done": Row("这件已经办过", "外来件已成为办件（受理号 {detail}）。", "不能再次受理；如需单据请用补打。"),
    "filing-refused": Row("这件已经退回", "退回理由：{detail}。", "如需重新办理，请申请人重新申报。"),
    "filing-elsewhere": Row("别的窗口正在办这件", "由 {detail} 号窗口取走。", "请与该窗口核对。"),
    "filing-expired": Row("外来件已过期", "有效期至 {detail}。", "请申请人重新申报，或直接在窗口办理。"),
    "filing-person": Row("办理对象与外来件不符", "窗口已核验的不是外来件的申请人。", "请先办完或挂起当前号，再取这一件；代办的，请先取件，再核验代办人。"),
    "cross-not-offered": Row("不能为外地参保人受理", "参保地“{detail}”不在本地全域通办的范围内。", "请参保人向参保地申请，或使用参保地的网上渠道。"),
    "cross-here": Row("参保地就在本地", "“{detail}”由本机构审核，不必按全域通办受理。", "请按普通办件受理。"),
    "home-visit-staff": Row("上门须两人同行", "还没有登记第二位工作人员（现有：{detail}）。", "请登记同行人员的工号后再开始。"),
    "paper-broken": Row("单据验证不通过", "{detail}", "请以窗口查询结果为准。"),
}
# fmt: on

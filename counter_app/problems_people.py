"""Refusals about who works here and who keeps the keys; part of `problems.ROWS`."""

from __future__ import annotations

from counter_app.problem_row import Row

# fmt: off
ROWS: dict[str, Row] = {
    "key-store-away": Row("系统密钥库用不了", "本机的密钥库不能使用（{detail}）。", "请登录桌面并解锁钥匙串后重试；仍不行请联系信息人员。数据没有改动。", True),
    "key-store-lost": Row("密钥库里没有本机的密钥", "“{detail}”里找不到打开数据的密钥，或密钥不符。", "可能换了机器或帐户。请信息人员用大厅的恢复密钥（counter-app keys recover）恢复。"),
    "key-store-unknown": Row("没有这种密钥库", "不认识“{detail}”。", "请用 counter-app keys status 查看可用的密钥库。"),
    "recovery-key": Row("恢复密钥不能使用", "密钥文件、口令不对，或不是为本机数据准备的恢复密钥。", "请从大厅保险柜取正确的恢复密钥再试。"),
    "recovery-none": Row("没有恢复封装", "这个数据文件夹没有为恢复密钥封装过。", "请用日常口令打开后运行 counter-app keys protect。"),
    "login-wrong": Row("工号或口令不对", "没有这个工号，或口令不符。", "请重新输入；连续输错会暂停登录。忘记口令请找安全管理员重置。"),
    "login-locked": Row("暂停登录", "连续输错次数过多。", "请 {detail} 分钟后再试，或请安全管理员解锁。"),
    "login-barred": Row("工号已锁定", "连续输错 {detail} 次。", "请安全管理员核实本人后解锁。"),
    "login-offline": Row("离线登录已过期", "本机已超过 {detail} 天没有在联网时登录过，或本机时间可疑。", "请接通大厅网络后登录一次。"),
    "login-needed": Row("请先登录", "本窗口还没有人登录。", "请输入工号和口令。"),
    "code-needed": Row("请输入动态码", "这个工号登录要核对动态码。", "请看手机上的身份验证器，输入六位动态码。"),
    "code-wrong": Row("动态码不对", "动态码不符、已过期，或已经用过。", "请等下一个动态码再输。"),
    "password-old": Row("请先换新口令", "现在的口令是初始口令。", "请设一个只有自己知道的口令。"),
    "password-weak": Row("新口令不合要求", "{detail}。", "请换一个口令。"),
    "second-login": Row("须由另一人亲自登录", "{detail} 还没有在这里登录确认。", "请另一人输入自己的工号和口令。"),
    "role-unknown": Row("没有这个岗位", "“{detail}”不是规定的岗位。", "请用 counter-app clerks --help 查看岗位名称。"),
    "roles-apart": Row("三员须分立", "不能由一人兼任：{detail}。", "系统管理员、安全管理员、审计员须是三个人，且不办理窗口业务。"),
    "roles-work": Row("管理工号不办业务", "这是{detail}的工号。", "请用窗口工作人员的工号登录。"),
    "officer-needed": Row("须由相应的管理员办理", "此事由{detail}办理。", "请{detail}登录后办理。"),
    "last-officer": Row("管理员不能空缺", "这是本机唯一的{detail}。", "请先增加另一名{detail}。"),
    "accounts-there": Row("工号已经建立", "本机已有登录工号。", "增加工号请由系统管理员和安全管理员办理。"),
    "account-there": Row("这个工号已经有了", "工号 {detail} 已登记。", "请换一个工号，或由安全管理员重置口令。"),
    "leave-unsent": Row("还不能退出登录", "{detail}。", "请先办完、等上传完成；确实连不上的，请先导出封存包再退出。"),
}
# fmt: on

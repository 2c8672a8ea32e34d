"""The words of refusals and findings of backup, restore and check: title, cause, advice.

Beside the table of `problems`, which takes them in, because that file is long enough.
"""

from __future__ import annotations

from counter_app.problem_row import Row

# fmt: off
KEEPING: dict[str, Row] = {
    "backup-failed": Row("备份没有做成", "备份到“{detail}”时出错，没有留下半份备份。", "请检查磁盘空间和写入权限后重试；原数据没有改动。"),
    "backup-there": Row("同名备份已经存在", "备份“{detail}”已在那里。", "请稍等一秒再备份。"),
    "backup-broken": Row("这份备份不能用", "备份内容不完整或被改动（{detail}）。", "请换用另一份备份；不要修改备份文件夹里的文件。"),
    "restore-unsent": Row("还有没上传的业务，不能恢复", "这个文件夹里有 {detail} 条记录大厅还没有收到，恢复会丢失它们。", "请先联网上传完毕，或恢复到另一个空文件夹。"),
    "restore-unreadable": Row("原有数据打不开，没有动它", "文件夹里已有数据但无法打开（{detail}），不能确认是否都已上传。", "请恢复到空文件夹；确认要换下它时加 --set-aside，原数据移入 replaced 文件夹，不会删除。"),
    "restore-unfinished": Row("恢复只做了一半", "上次恢复数据时中断（{detail}）。", "请再运行一次 counter-app restore，它会接着做完；在此之前不要打开窗口。"),
    "case-away": Row("这件由参保地审核", "本件已按全域通办转交参保地（{detail}），由对方医保经办机构审核。", "请等待参保地的结果；需要补充材料时在受理窗口补交。"),
    "check-database": Row("数据库文件有损坏", "完整性检查发现：{detail}。", "请停用本机，用最近的备份恢复，并请信息人员检查磁盘。"),
    "check-chain": Row("记录链在此处断开", "第 {detail} 条记录被改动、删除或截断。", "请停用本机并报告安全管理员；不要继续办理，保留现场。"),
    "check-journal": Row("副日志与数据库不一致", "副日志第 {detail} 条无法核验。", "重新打开窗口程序会补齐；若仍出现，请检查磁盘。"),
    "check-books": Row("业务、上传、审计、打印记录对不上", "{detail}。", "请停用本机，联系信息人员；不要手工改数据库。"),
    "check-page-lost": Row("材料影像缺失", "影像文件 {detail} 不在磁盘上。", "请从备份中取回 blobs 文件夹里的同名文件，或请群众重新提供材料。"),
    "check-page-changed": Row("材料影像已损坏", "影像文件 {detail} 与入库时不同。", "请从备份中取回 blobs 文件夹里的同名文件。"),
    "check-needed": Row("还没有请群众核对", "提交前须由办理人核对所填内容。", "请按 F8 请群众核对，确认后再按 F10 提交。"),
}
# fmt: on

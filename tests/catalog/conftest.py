"""A small pack that can be spoilt, and the packs that ship."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import Catalogue

TYPE = """\
id = "AA01"
name = "示例事项"
category = "示例"
applicant = "individual"
domain = "综合服务"
flow = "instant"
offline = "accept_only"
parties = ["self", "kin"]
uses = ["PERSON"]

[limits]
statutory = 30
statutory_basis = "国家规定"

[[situations]]
code = "one"
name = "甲"

[[situations]]
code = "two"
name = "乙"
aliases = ["AA09"]

[[questions]]
name = "lost"
text = "遗失了吗？"

[[field]]
key = "kind"
label = "种类"
type = "enum"
choices = [{ code = "a", label = "甲类" }, { code = "b", label = "乙类" }]
required = true

[[field]]
key = "begndate"
label = "开始日期"
type = "date"
when = "form.kind == 'a'"
rule = "form.begndate >= today"
rule_text = "不能早于今天。"

[[material]]
code = "M_ID"

[[material]]
code = "M_FORM"
name = "申请表"
form = "signed_form"
core = true
when = "case.situation == 'two' or ask.lost == true"
"""

REGION = """\
id = "here"
name = "此地"
admdvs_code = "371100"

[[window_group]]
id = "all"
name = "综合窗口"
domains = ["综合服务", "待遇支付", "参保征缴联办", "两定", "咨询服务"]

[[parameter]]
name = "share"
value = "0.5"
unit = "ratio"

[[promise]]
type = "AA01"
days = 0
source = "R31"

[offers]
AA01 = { mode = "办", level = "镇街" }
"""


class Pack:
    """A folder of pack files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("catalog/_pack.toml", 'name = "onewindow"\nversion = "2026.11"\n')
        self.write("catalog/AA01.toml", TYPE)
        self.write("regions/here/region.toml", REGION)

    def write(self, name: str, text: str) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def change(self, old: str, new: str, name: str = "catalog/AA01.toml") -> int:
        """Replace a text that stands there once; the line it stands on."""
        text = (self.folder / name).read_text("utf-8")
        assert text.count(old) == 1, old
        self.write(name, text.replace(old, new))
        return text[: text.index(old)].count("\n") + 1


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path)


@pytest.fixture(scope="session")
def packs() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def new_pack(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Pack]:
    return lambda: Pack(tmp_path_factory.mktemp("pack"))

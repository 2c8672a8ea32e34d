"""好差评 as a report: what people answered, and how many did not."""

from __future__ import annotations

from fractions import Fraction

from counter_app.domain.ratings import LEVELS, NOT_RATED
from counter_app.services.reports.model import Body, Definition, Ledger, Report, Row, adds_up, share


def _ratings(ledger: Ledger) -> Body:
    """No hub, no figures: then every result is a dash, never a nought."""
    if ledger.ratings is None:
        return Body((Row("评价", note="评价在大厅服务端，此处读不到"),))
    found = ledger.ratings
    rated = sum(count for level, count in found.items() if level != NOT_RATED)
    asked = rated + found.get(NOT_RATED, 0)
    rows = [share(words, found.get(level, 0), rated) for level, words in LEVELS.items()]
    good = sum(count for level, count in found.items() if level >= 3)
    score = sum(level * count for level, count in found.items())
    mean = Row("平均分", score, rated, Fraction(score, rated) if rated else None, "分（满分 5）")
    parts = [found.get(level, 0) for level in LEVELS]
    return Body(
        (*rows, share("满意率", good, rated), mean, share("参评率", rated, asked)),
        (adds_up("各等级之和", parts, rated),),
    )


REPORTS = (
    Report(
        "ratings",
        "好差评",
        Definition(
            "期内各等级评价件数；满意率为“基本满意”及以上。未评不计入，也不当作好评",
            "期内已评件数；参评率的分母为已评与未评件数",
            "按评价提交日",
        ),
        _ratings,
    ),
)

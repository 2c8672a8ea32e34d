"""What the lease of a device leaves it to do, in the words of the window."""

from __future__ import annotations

from counter_app.catalog.model import TransactionType
from counter_app.catalog.verbs import is_money
from counter_app.domain.leases import LeaseStep
from counter_app.problems import Problem
from counter_app.services.office import Office


def problem(office: Office, kind: TransactionType) -> Problem | None:
    """Why a matter cannot be accepted under the lease as it stands: `lease-money`, `lease-over`."""
    lease = office.lease()
    if lease is None:
        return None
    now = office.now()
    step, away = lease.step(now), str(lease.away_days(now))
    if step is LeaseStep.LOOK_ONLY:
        return Problem("device-revoked", "case") if lease.revoked else Problem("lease-over", "case", away)
    if step is LeaseStep.NO_MONEY and is_money(kind.flow):
        return Problem("lease-money", "case", away)
    return None


def words(office: Office) -> str:
    """What the status line says of the lease; "" while there is nothing to say."""
    lease = office.lease()
    if lease is None:
        return ""
    now = office.now()
    step = lease.step(now)
    if step is LeaseStep.FULL:
        return ""
    if step is LeaseStep.ENDING:
        return f"▲ 授权还剩 {max(0, int(lease.left_days(now)))} 天"
    if step is LeaseStep.NO_MONEY:
        return "▲ 授权过期 不办资金事项"
    return "● 本设备已停用 只能查询" if lease.revoked else "● 授权过期 只能查询"

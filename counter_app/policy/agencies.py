"""One hospital, one agency: where a hospital may ask for settlement."""

from __future__ import annotations

from counter_app.policy.result import Result, Sheet, explained


@explained
def settlement(sheet: Sheet, bound: str, applied: str, pharmacy: bool = False) -> Result:
    """Whether a hospital may settle with this agency (Z40). Pharmacies are not named by the source."""
    if pharmacy or not sheet.flag("agency.one_per_hospital"):
        sheet.say("唯一经办机构的规定不适用")
        return sheet.result(allowed=True)
    if not bound:
        sheet.say("尚未与任何经办机构签订协议，可以申请")
        return sheet.result(allowed=True)
    allowed = bound.strip() == applied.strip()
    sheet.say("与签订协议的经办机构一致" if allowed else f"该机构已与{bound}签订协议，请向{bound}申请结算")
    return sheet.result(allowed=allowed, **({} if allowed else {"reason": f"协议经办机构为{bound}"}))

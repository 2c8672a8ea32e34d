"""医保电子凭证 codes resolved by the platform's reader library (HeaSecReadInfo, function EcQuery).

For halls whose readers come with that library and not with NationECCode; the address it asks is `EC_URL`.
"""

from __future__ import annotations

from typing import Any, Mapping

from drivers.cards.vendor_nhsa import NhsaLibrary, open_library
from drivers.host.options import EC, LIBRARY
from drivers.protocols import Driver, VoucherPerson
from drivers.vouchers.answers import person_of
from drivers.vouchers.nation_ec import as_utf8, asker_of, query_of


class NhsaResolver:
    """Asks the platform for `org` through the library."""

    def __init__(self, library: NhsaLibrary, org: str, asker: Mapping[str, str]) -> None:
        self._library = library
        self._org, self._asker = org, dict(asker)

    def resolve(self, code: str, business: str) -> VoucherPerson:
        """Ask who the code belongs to.

        Raises Fault `voucher-other` (not even sent), `voucher-expired`, `voucher-refused`, `voucher-away`,
        `voucher-garbled`.
        """
        return person_of(as_utf8(self._library.query(query_of(code, business, self._org, self._asker))))

    def close(self) -> None:
        """Nothing is held between two queries."""


def _open(config: Mapping[str, Any]) -> NhsaResolver:
    org = str(config.get("org", ""))
    given = {"ORG_ID": org, "EC_URL": str(config.get("url", "")), **config}
    return NhsaResolver(open_library(given), org, asker_of(config))


DRIVER = Driver(
    id="nhsa_ec",
    family="vouchers",
    title="医保电子凭证核验（医保平台读卡库）",
    open=_open,
    hosted=True,
    options=(*LIBRARY, *EC),
)

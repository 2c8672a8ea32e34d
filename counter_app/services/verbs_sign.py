"""Signatures at the window: the picture is sealed before anything names it, and kept with the acceptance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counter_app.domain.signatures import HOWS, SIGNED, Signed
from counter_app.problems import Problem
from counter_app.services import witnessing
from counter_app.services.verbs_cases import CaseVerbs
from counter_app.services.visit_view import VisitView

_PNG = b"\x89PNG\r\n\x1a\n"
_LARGEST = 512 * 1024  # bytes: a pad gives a tenth of it


class SignVerbs(CaseVerbs):
    """What the citizen puts under the answers of the current case."""

    def sign(self, image: bytes, words: str, how: str = "sign", device: str = "") -> VisitView:
        """Keep a signature or a fingerprint (PNG) for the current case; one under the same words is replaced.

        Changing an answer afterwards drops it: it stood under something else. Raises Problem `sign-empty`,
        `field-choice` (`how`), `store-write`.
        """
        case = self._current_case()
        if how not in HOWS:
            raise Problem("field-choice", "how", how)
        if not image.startswith(_PNG) or len(image) > _LARGEST:
            raise Problem("sign-empty", "sign")
        page = self.office.ports.storage.add_page(image)
        others = tuple(one for one in case.signed if (one.how, one.words) != (how, words))
        signed = (*others, Signed(page, how, words, device))
        return self._change("签字", self._state.with_case(replace(case, signed=signed)))

    def attest(self, numbers: Sequence[str], words: str) -> VisitView:
        """Note that `words` were read aloud to somebody who cannot write, before two of the staff (numbers).

        The finger itself comes with `sign`, or in ink on the paper; a changed answer drops this too. Raises
        Problem `witness-two`, `clerk-unknown`, `witness-party`.
        """
        case = self._current_case()
        principal = self._state.principal(case.principal_key) or self._current_principal()
        given = witnessing.witnessed(self.office, principal, numbers, words)
        return self._change("念读见证", self._state.with_case(replace(case, witnessed=given)))

    def sign_for(self, code: str, image: bytes, words: str, device: str = "") -> VisitView:
        """The same under one material, which is received by it; what was signed before stays.

        Raises what `sign` and `receive` raise.
        """
        self.sign(image, words, SIGNED, device)
        before = self._current_case()
        self.receive(code)
        kept = replace(self._current_case(), signed=before.signed, witnessed=before.witnessed)
        return self._change("签字", self._state.with_case(kept))

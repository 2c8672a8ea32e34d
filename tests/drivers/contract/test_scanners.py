"""What every driver of the family `scanners` promises."""

from __future__ import annotations

from drivers.protocols import Scan
from tests.fakes.listening import Listener
from tests.fakes.rig import Rig

FAMILY = "scanners"


def listening(rig: Rig) -> Listener:
    """Watch; the scanner says by None that it is ready."""
    rig.device.watch(rig.heard, rig.heard)
    assert rig.heard.wait(lambda told: True, rig.limit_s) is None
    return rig.heard


def test_a_code_arrives_once_and_bare(rig: Rig) -> None:
    heard = listening(rig)
    text = rig.put()
    told = heard.wait(lambda t: isinstance(t, Scan), rig.limit_s)
    assert (told.text, told.text.strip()) == (text, text)
    assert told.device
    assert text not in repr(told)
    assert heard.heard == []


def test_the_same_code_twice_is_two_scans(rig: Rig) -> None:
    heard = listening(rig)
    texts = [rig.put() for _ in range(2)]
    assert [heard.wait(lambda t: isinstance(t, Scan), rig.limit_s).text for _ in texts] == texts


def test_a_closed_scanner_tells_nothing_more(rig: Rig) -> None:
    heard = listening(rig)
    rig.device.close()
    rig.device.close()
    assert heard.heard == []

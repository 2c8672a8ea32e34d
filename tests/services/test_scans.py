"""Every kind of code a citizen may hold under the scanner, and what the window makes of it."""

from __future__ import annotations

import logging
import traceback
from dataclasses import replace

import pytest

from counter_app.domain.ticket_slip import TicketSlip, slip_of
from counter_app.domain.tickets import Given
from counter_app.problems import Problem
from counter_app.seals.receipts import qr_text
from counter_app.sync.drain import drain
from drivers.protocols import Fault, Scan, VoucherPerson
from drivers.scanners.classify import kind_of
from tests.fakes.office import TestOffice, certno
from tests.services.test_outage import behind_a_cable
from tests.services.test_visit import accept_yd01

CODE = "4243669509084040896099330000"


def scan(desk: TestOffice, text: str) -> None:
    desk.visit.take(Scan(text, "scanner", 0, kind_of(text)))


def refused(desk: TestOffice, text: str) -> Problem:
    with pytest.raises(Problem) as caught:
        scan(desk, text)
    return caught.value


NOBODY = {
    "134567890123456789": "scan-payment",  # WeChat
    "281234567890123456": "scan-payment",  # Alipay
    "6212345678901234567": "scan-payment",  # UnionPay
    "OW1T.abc-_9": "scan-ticket",
    "https://example.invalid/a": "scan-unknown",
    "OW1R.AAAA": "paper-broken",
}
FAULTS = ("voucher-expired", "voucher-refused", "voucher-other", "voucher-away", "voucher-garbled")


def test_what_identifies_nobody_is_refused_by_its_name(desk: TestOffice) -> None:
    for text, code in NOBODY.items():
        problem = refused(desk, text)
        assert problem.code == code
        assert problem.advice
        assert text not in str(problem.as_dict())
    assert not desk.visit.view().principals


def test_a_ticket_says_its_number(desk: TestOffice) -> None:
    ticket = desk.hub.take("r1")
    problem = refused(desk, f"OW1T.{ticket.ticket_id}")
    assert problem.code == "scan-ticket"
    assert ticket.number in problem.cause
    assert "号码" not in refused(desk, "OW1T.nobody").cause


def test_a_number_and_a_voucher_identify(desk: TestOffice) -> None:
    scan(desk, certno("li_guifang"))
    assert [p.evidence for p in desk.visit.view().principals] == ["typed"]
    desk.visit.finish()
    desk.resolver.known[CODE] = VoucherPerson("李桂芳", certno("li_guifang"))
    scan(desk, CODE)
    assert [p.evidence for p in desk.visit.view().principals] == ["voucher"]


def test_a_receipt_says_which_case_it_belongs_to(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    number = accept_yd01(desk)
    paper = desk.store.papers(number)[0]
    proof = {
        "number": paper.number,
        "event_id": paper.event_id,
        "content_hash": paper.content_hash,
        **paper.signature,
    }
    problem = refused(desk, qr_text(proof))
    assert problem.code == "scan-receipt"
    assert number in problem.cause
    assert "李" not in problem.cause
    foreign = qr_text({**proof, "number": "261122-999-ZZZ-0001-1"})
    assert "不是本机出具" in refused(desk, foreign).cause


def test_no_file_no_log_and_no_refusal_holds_a_code(
    desk: TestOffice, caplog: pytest.LogCaptureFixture
) -> None:
    """A code is used at once or not at all: resolved or refused, nothing of it is left behind."""
    with caplog.at_level(logging.DEBUG):
        problems = [failed(desk, fault) for fault in FAULTS]
        desk.resolver.fault = None
        desk.resolver.known[CODE] = VoucherPerson("李桂芳", certno("li_guifang"))
        scan(desk, CODE)
        desk.visit.witness("verified")
        accept_yd01(desk)
    assert desk.resolver.asked == [CODE] * (len(FAULTS) + 1)  # once each: never queued for later
    assert [problem.code for problem in problems] == list(FAULTS)
    assert len({problem.advice for problem in problems}) == len(FAULTS)  # each has its own way on
    told = "".join("".join(traceback.format_exception(p)) + str(p.as_dict()) for p in problems)
    assert CODE not in told + caplog.text + repr(desk.visit.state) + repr(desk.visit.view())
    for file in desk.folder.rglob("*"):
        assert not file.is_file() or CODE.encode() not in file.read_bytes()
    with desk.store.database.read() as connection:  # nor under the seal
        for (table,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'"):
            rows = connection.exec_driver_sql(f'SELECT * FROM "{table}"').fetchall()
            assert CODE not in repr(rows)


def failed(desk: TestOffice, fault: str) -> Problem:
    desk.resolver.fault = Fault(fault, "平台答复")
    return refused(desk, CODE)


def slip(desk: TestOffice, request: str) -> TicketSlip:
    given = Given(desk.hub.take(request), 0, 0, 0)
    return slip_of(request, given, "大厅", "", desk.clock.now().tzinfo, False)


def test_while_the_line_is_cut_a_slip_serves_its_holder_as_the_number_typed_does(desk: TestOffice) -> None:
    first, second = slip(desk, "r1"), slip(desk, "r2")
    cable = behind_a_cable(desk)
    assert refused(desk, second.qr).code == "scan-ticket"
    cable.whole = False
    scan(desk, second.qr)
    ticket = desk.visit.view().ticket
    assert ticket is not None
    assert (ticket.number, desk.visit.state.ticket and desk.visit.state.ticket.is_by_hand) == ("A002", True)
    scan(desk, second.qr)  # once more by mistake: nothing changes
    assert refused(desk, first.qr).code == "visit-open"
    desk.identify("li_guifang")
    accept_yd01(desk)
    desk.visit.finish()
    cable.whole = True
    for _ in range(2):
        drain(desk.store, desk.office.ports.hub, desk.store.settle)
    assert {t.number: t.state.value for t in desk.hub.tickets(desk.clock.now().date())} == {
        "A001": "waiting",
        "A002": "done",
    }


def test_a_preprinted_tag_is_served_and_an_old_or_yesterdays_slip_is_not(desk: TestOffice) -> None:
    printed = slip(desk, "r1")
    cable = behind_a_cable(desk)
    assert refused(desk, "Y0007").code == "scan-ticket"
    cable.whole = False
    assert refused(desk, f"OW1T.{printed.ticket_id}").code == "slip-old"
    yesterday = refused(desk, replace(printed, taken_at="2026-11-22 10:00").qr)
    assert (yesterday.code, "2026-11-22" in yesterday.cause) == ("slip-day", True)
    assert not desk.visit.view().visit_open
    desk.identify("li_guifang")  # the card came first, then the tag
    scan(desk, "Y0007")
    view = desk.visit.view()
    assert view.ticket is not None
    assert (view.ticket.number, len(view.principals)) == ("Y0007", 1)

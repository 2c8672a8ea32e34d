"""What every hub must do with facts, cases between desks, and filings."""

from __future__ import annotations

from counter_app.domain.actor import Actor
from counter_app.domain.life import Wish
from counter_app.domain.tickets import TicketState
from tests.hub.contract_steps import CASHIER, FIRST, SECOND, Hall, HubSteps, refused
from tests.hub.envelopes import accepted, chained, envelope, reviewed
from tests.hub.stores import clerk


class CaseContract(HubSteps):
    """The contract of facts and cases."""

    # --- facts ------------------------------------------------------------------------------
    def test_every_envelope_gets_its_own_verdict(self, hall: Hall) -> None:
        good = chained(3)
        bad = {**good[1], "hash": "0" * 64}
        first = hall.hub.push([good[0], bad, {"event_id": "x"}, good[2]])
        assert [v["verdict"] for v in first] == ["accepted", "rejected", "rejected", "accepted"]
        assert [v["event_id"] for v in first] == [
            good[0]["event_id"],
            good[1]["event_id"],
            "x",
            good[2]["event_id"],
        ]
        assert first[-1]["durable_upto"] == 1  # the second one is still missing
        second = hall.hub.push(good)
        assert [v["verdict"] for v in second] == ["duplicate", "accepted", "duplicate"]
        assert second[-1]["durable_upto"] == 3

    def test_the_same_place_with_other_contents_is_a_conflict(self, hall: Hall) -> None:
        hall.hub.push([envelope(1)])
        other = envelope(1, body={"other": True})
        clone = envelope(1, event_id="0193-clone")
        assert [v["verdict"] for v in hall.hub.push([other, clone])] == ["conflict", "conflict"]
        assert hall.hub.push([envelope(1)])[0]["verdict"] == "duplicate"

    def test_a_ticket_served_on_paper_leaves_the_line(self, hall: Hall) -> None:
        ticket = hall.hub.take("r1")
        body = {"ticket_id": ticket.ticket_id, "ticket": ticket.number, "window": "4"}
        verdicts = hall.hub.push([envelope(1, "ticket.served", body), accepted(2, "N1")])
        assert [v["verdict"] for v in verdicts] == ["accepted", "accepted"]
        assert self._state(hall, ticket.ticket_id) is TicketState.DONE
        assert hall.hub.call("1", "c1", clerk("1")) is None
        assert hall.hub.online()

    # --- cases ------------------------------------------------------------------------------
    def test_a_case_goes_from_desk_to_desk(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1")])
        [line] = hall.hub.work("待遇审核岗")
        assert (line["id"], line["step"], line["person"], line["money"]) == (
            "case-N1",
            "assigned",
            "李*芳",
            True,
        )
        assert line["promised"] == {
            "due_on": "2026-12-07",
            "left": 10,
            "light": "green",
            "provisional": False,
        }
        assert [act["act"] for act in line["acts"]][:2] == ["claim", "transfer"]
        self._move(hall, "claim", FIRST)
        self._move(hall, "pass", FIRST, amount=350_000)
        assert hall.hub.work()[0]["step"] == "second_review"
        self._move(hall, "second", SECOND)
        assert hall.hub.work("待遇审核岗") == []
        assert [row["step"] for row in hall.hub.work("基金财务岗")] == ["pay_ordered"]
        after = self._move(hall, "pay", CASHIER)
        assert (after["step"], after["state"], after["paid"]) == ("done", "done", 350_000)
        whole = hall.hub.case("N1")
        assert whole is not None
        assert [turn["act"] for turn in whole["history"]] == ["claim", "pass", "second", "pay"]
        assert whole["form"]["answers"] == {"amount": 100}
        assert whole["form"]["agent"] == {"agnter_name": "王敏"}
        assert hall.hub.case("nobody") is None

    def test_what_was_objected_to_lies_before_whoever_decides(self, hall: Hall) -> None:
        said = {
            "about": "试算",
            "words": "母亲说上月还是 3500 元",
            "basis": "《条例》第十九条",
            "type": "SY01",
        }
        hall.hub.push([envelope(1, "verdict.objected", said, case_id="case-N1"), reviewed(2, "N1")])
        hall.hub.push([envelope(3, "verdict.objected", {**said, "words": "别的件"}, case_id="case-N2")])
        whole = hall.hub.case("N1")
        assert whole is not None
        [one] = whole["objections"]
        assert (one["about"], one["words"], one["basis"]) == tuple(
            said[k] for k in ("about", "words", "basis")
        )
        assert str(one["at"]).startswith("2026-11-")
        assert self._move(hall, "claim", FIRST)["objections"] == [one]

    def test_a_covered_page_is_told_with_what_it_covers_first(self, hall: Hall) -> None:
        """A page covered twice leads to the page as it was at the beginning."""
        for nth, (page, original) in enumerate((("b" * 64, "a" * 64), ("c" * 64, "b" * 64)), 1):
            body = {"material": "M1", "nth": 0, "page": page, "original": original}
            hall.hub.push([envelope(nth, "page.masked", body, case_id="case-N1")])
        hall.hub.push([reviewed(3, "N1")])
        whole = hall.hub.case("N1")
        assert whole is not None
        assert whole["covers"] == [
            {"page": "b" * 64, "original": "a" * 64},
            {"page": "c" * 64, "original": "a" * 64},
        ]

    def test_a_page_is_covered_behind_the_counter_on_record_and_the_feed_says_so(self, hall: Hall) -> None:
        page, boxes = "a" * 64, ((0, 100, 5_000, 800), (10, 20, 30, 40))
        told = [{"code": "M1", "name": "发票", "state": "received", "pages": ["b" * 64, page]}]
        hall.hub.push([reviewed(1, "N1", told={"materials": told})])
        before = hall.hub.case("N1")
        for _ in range(2):  # sent again after a lost answer
            hall.hub.cover("case-N1", page, boxes, "c1", FIRST)
        whole = hall.hub.case("N1")
        assert before is not None
        assert whole is not None
        assert whole["laid"] == [{"page": page, "boxes": [list(box) for box in boxes]}]
        assert (whole["step"], whole["holder"]) == (before["step"], before["holder"])
        [turn] = whole["history"]
        assert (turn["name"], turn["reason"], turn["clerk_no"]) == (
            "遮盖影像",
            "发票 第 2 页，2 处",
            FIRST.clerk_no,
        )
        row = hall.hub.feed(0).rows[-1]
        assert (row["kind"], row["note"]["reason"], row["note"]["detail"]) == (
            "page.covered",
            turn["reason"],
            "",
        )
        assert "turn" not in row
        hall.hub.cover("case-N1", page, boxes[:1], "c2", SECOND)
        whole = hall.hub.case("N1")
        assert whole is not None
        assert len(whole["laid"][0]["boxes"]) == 3
        self._move(hall, "claim", FIRST)  # a cover is no turn: what may be done stays

    def test_a_cover_that_cannot_be_is_refused(self, hall: Hall) -> None:
        page, box = "a" * 64, (0, 0, 10, 10)
        told = [{"code": "M1", "name": "发票", "state": "received", "pages": [page]}]
        hall.hub.push([reviewed(1, "N1", told={"materials": told})])
        hall.hub.cover("case-N1", page, [box], "c0", FIRST)
        for code, of, boxes, who, request in [
            ("not-found", "b" * 64, [box], FIRST, "c1"),
            ("cover-boxes", page, [], FIRST, "c2"),
            ("cover-boxes", page, [(9_990, 0, 20, 10)], FIRST, "c3"),
            ("cover-boxes", page, [(0, 0, 0, 10)], FIRST, "c4"),
            ("request-reused", page, [(1, 1, 10, 10)], FIRST, "c0"),
        ]:
            with refused(code):
                hall.hub.cover("case-N1", of, boxes, request, who)
        with refused("not-found"):
            hall.hub.cover("nobody", page, [box], "c9", FIRST)
        with refused("actor-unnamed"):
            hall.hub.cover("case-N1", page, [box], "c10", Actor("", "谁也不是", ("reviewer",)))

    def test_money_never_leaves_on_one_persons_word(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1")])
        self._move(hall, "claim", FIRST)
        self._move(hall, "pass", FIRST, amount=100)
        with refused("same-person"):
            self._move(hall, "second", FIRST)
        with refused("move-role"):
            self._move(hall, "second", Actor("0317", "陈静"))
        assert hall.hub.work()[0]["step"] == "second_review"

    def test_something_owed_stops_the_payment(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1", life={"deferred": ["M_EXAM"]})])
        assert hall.hub.work("窗口")[0]["deferred"] == ["M_EXAM"]
        self._move(hall, "assign", FIRST)
        self._move(hall, "claim", FIRST)
        self._move(hall, "pass", FIRST, amount=100)
        with refused("material-missing"):
            self._move(hall, "second", SECOND)
        self._move(hall, "make_good", FIRST, detail="M_EXAM")
        assert self._move(hall, "second", SECOND)["step"] == "pay_ordered"

    def test_a_move_counts_once(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1")])
        wish = Wish("m1", "claim")
        first = hall.hub.move("case-N1", wish, FIRST)
        again = hall.hub.move("case-N1", wish, FIRST)
        assert (first["repeated"], again["repeated"]) == (False, True)
        assert again["history"] == first["history"]
        with refused("request-reused"):
            hall.hub.move("case-N1", Wish("m1", "transfer", reason="transfer.leave"), FIRST)
        with refused("reason-needed"):
            hall.hub.move("case-N1", Wish("m2", "transfer"), FIRST)
        back = hall.hub.move("case-N1", Wish("m2", to="assigned", reason="transfer.leave"), FIRST)
        assert (back["step"], back["holder"]) == ("assigned", "")

    def test_what_cannot_be_is_said(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1"), accepted(2, "N2")])
        for code, case, wish in [
            ("not-found", "nobody", Wish("a", "claim")),
            ("move-unknown", "case-N1", Wish("b", "juggle")),
            ("move-wrong-step", "case-N1", Wish("c", "pay")),
            ("move-wrong-step", "case-N2", Wish("d", "claim")),
        ]:
            with refused(code):
                hall.hub.move(case, wish, FIRST)
        assert not any(row["turn"] for row in hall.hub.feed().rows if "turn" in row)

    def test_the_feed_tells_of_every_move(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1")])
        start = hall.hub.feed()
        self._move(hall, "claim", FIRST)
        self._move(hall, "return", FIRST, reason="return.missing")
        page = hall.hub.feed(start.last)
        assert [(row["kind"], row["step"], row["turn"]["act"]) for row in page.rows] == [
            ("case.moved", "first_review", "claim"),
            ("case.moved", "returned", "return"),
        ]
        assert "李" not in str(page.rows)
        assert (page.epoch, hall.hub.feed(page.last).rows) == (start.epoch, ())

    def test_a_move_at_a_window_comes_as_a_fact(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1")])
        body = {"case": "N1", "move": {"id": "t1", "act": "withdraw", "clerk_name": "陈静"}}
        hall.hub.push([envelope(2, "case.withdrawn", body, case_id="case-N1")])
        found = hall.hub.case("case-N1")
        assert found is not None
        assert (found["step"], found["state"], found["history"][0]["clerk_no"]) == (
            "withdrawn",
            "withdrawn",
            "G001",
        )
        late = {"case": "N1", "move": {"id": "t2", "act": "deliver", "detail": "窗口"}}
        assert hall.hub.push([envelope(3, "case.moved", late, case_id="case-N1")])[0]["verdict"] == "accepted"
        assert hall.hub.feed().rows[-1]["step"] == "withdrawn"  # it does not fit, and is kept as a doubt

    def test_the_hall_is_told_and_everybody_is_sorted(self, hall: Hall) -> None:
        from counter_app.domain.outages import Way

        boss = clerk("1", "supervisor")
        ticket = hall.hub.take("r1")
        data = {"id": "o1", "name": "演示"}
        assert hall.hub.say("s1", "outage.announced", boss, "停机", "", data)
        assert not hall.hub.say("s1", "outage.announced", boss, "停机", "", data)
        [said] = hall.hub.said(hall.clock.now().date())
        assert (said["kind"], said["data"]["id"]) == ("outage.announced", "o1")
        kept = hall.hub.sort("o1", ticket.ticket_id, Way.KEEP, "k1", boss)
        assert kept.kept
        assert list(hall.hub.sorted_in("o1")) == [kept]
        assert tuple(hall.hub.kept_in("o1")) == (1, 0)

    def test_a_bad_answer_is_seen_to(self, hall: Hall) -> None:
        hall.hub.push([envelope(3, "rating.given", {"level": 1, "indicators": ["115"]}, case_id="case-N1")])
        [found] = hall.hub.follow_ups()
        boss = clerk("1", "supervisor")
        called = hall.hub.follow_up(found.id, "call_back", "f1", boss, "嫌等得久")
        assert (called.said, called.called_by) == ("嫌等得久", boss.clerk_no)
        assert hall.hub.follow_up(found.id, "task", "f2", boss, task="N9").task == "N9"
        assert next(iter(hall.hub.follow_ups(open_only=False))).state == "called"

    def test_a_result_that_was_handed_over_is_told_and_stays_so(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1", flow="timed")])
        for act, by in [("claim", FIRST), ("pass", FIRST), ("second", SECOND)]:
            self._move(hall, act, by)
        body = {"case": "N1", "move": {"id": "t1", "act": "deliver", "detail": "窗口：本人签收"}}
        hall.hub.push([envelope(2, "case.delivered", body, case_id="case-N1")])
        rating = {"level": 5, "reasons": []}
        hall.hub.push([envelope(3, "rating.given", rating, case_id="case-N1")])
        found = hall.hub.case("case-N1")
        assert found is not None
        assert (found["step"], found["state"]) == ("rated", "done")
        assert [row["step"] for row in hall.hub.work("窗口")] == ["rated"]
        self._move(hall, "archive", Actor("0317", "陈静"))
        assert hall.hub.work() == []

    # --- filings ----------------------------------------------------------------------------
    def test_a_filing_goes_to_one_window(self, hall: Hall) -> None:
        hall.hub.claim("app:W1", clerk("1"))
        hall.hub.claim("app:W1", clerk("1"))
        hall.hub.claim("app:W2", clerk("2"))
        with refused("filing-elsewhere"):
            hall.hub.claim("app:W1", clerk("2"))
        hall.clock.pass_(hours=2, seconds=1)
        hall.hub.claim("app:W1", clerk("2"))
        with refused("filing-elsewhere"):
            hall.hub.claim("app:W1", clerk("1"))

    def test_a_filing_given_back_is_anybodys_at_once(self, hall: Hall) -> None:
        hall.hub.claim("app:W1", clerk("1"))
        hall.hub.release("app:W1", clerk("2"))
        with refused("filing-elsewhere"):
            hall.hub.claim("app:W1", clerk("2"))
        hall.hub.release("app:W1", clerk("1"))
        hall.hub.release("app:W1", clerk("1"))
        hall.hub.release("app:W9", clerk("1"))
        hall.hub.claim("app:W1", clerk("2"))
        with refused("filing-elsewhere"):
            hall.hub.claim("app:W1", clerk("1"))

    def test_a_filing_that_became_a_case_is_nobodys(self, hall: Hall) -> None:
        body = {"number": "N1", "type_id": "MT02", "state": "accepted", "certno_blind": ""}
        body["came"] = {"filing_id": "app:W1", "channel": "online"}
        for seq, case_id in [(1, "c1"), (2, "c2")]:
            fact = envelope(seq, "case.accepted", {**body, "number": f"N{seq}"}, case_id=case_id)
            assert [v["verdict"] for v in hall.hub.push([fact])] == ["accepted"]
        hall.clock.pass_(hours=5)
        with refused("filing-done") as late:
            hall.hub.claim("app:W1", clerk("2"))
        assert "N1" in late.value.cause

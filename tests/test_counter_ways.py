"""The joined counter: what its palette answers about filings, and that the hub's reach it by themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from counter_app.bootstrap import Parts
from counter_app.counter import Counter
from counter_app.documents import sheets
from counter_app.problems import Problem
from counter_app.seals.device import DeviceSecrets
from counter_app.services import filings
from counter_app.services.palette import MOST
from counter_app.wire.package import pack
from drivers.room import DeviceRoom
from tests.fakes.counter import a_person
from tests.fakes.office import TestOffice, open_office
from tests.services.lists import HEADER, row
from tests.services.test_filings import filing
from tests.services.test_outage import behind_a_cable
from tests.wire.test_package import KEYS, RECORD, TRUST, head


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data")
    opened.office = replace(opened.office, trust=TRUST)
    yield opened
    opened.close()


@pytest.fixture
def counter(desk: TestOffice) -> Iterator[Counter]:
    made = Counter(Parts(desk.office, DeviceRoom({}), (), hub=desk.hub, folder=desk.folder))
    yield made
    made.close()


def until(done: Callable[[], bool], counter: Counter) -> None:
    """Wait for the lanes, not for the clock."""
    for _ in range(50):
        if done():
            return
        counter._sync._lane.run(lambda: None).result()
        counter._services.run(lambda: None).result()
    raise AssertionError("it never came")


def test_filings_are_found_by_any_of_their_words(counter: Counter, desk: TestOffice) -> None:
    filings.receive(desk.office, (filing(), filing(filing_id="app:W2", content_hash="x", origin="另一平台")))
    rows = counter.search("<")
    assert [(row.kind, row.code) for row in rows] == [("filing", "app:W1"), ("filing", "app:W2")]
    assert "李*芳" in rows[0].title
    assert "已齐全" in rows[0].hint
    assert [row.code for row in counter.search("<另一")] == ["app:W2"]
    assert [row.code for row in counter.search(">wlj")] == ["filings"]
    assert [row.code for row in counter.search("开班")] == ["day_open"]  # no type is called so
    assert "day_close" in [row.code for row in counter.search("日终扎账")]


def test_the_number_of_a_slip_is_found_while_the_line_is_cut(desk: TestOffice) -> None:
    cable = behind_a_cable(desk)
    counter = Counter(Parts(desk.office, DeviceRoom({}), (), hub=desk.hub, folder=desk.folder))
    assert "ticket" not in {row.kind for row in counter.search("a023")}
    cable.whole = False
    first = counter.search("a023")[0]
    assert (first.kind, first.code) == ("ticket", "A023")
    assert counter.search("异地")[0].kind == "type"
    counter.close()


def test_what_waits_at_the_hub_comes_by_looking(counter: Counter, desk: TestOffice) -> None:
    desk.hub.send("r1", json.loads(pack(head(), [RECORD], DeviceSecrets(KEYS).sign)))
    counter.search("<")  # looking asks the hub, aside: what was known is shown at once
    until(lambda: bool(counter.search("<")), counter)
    assert [row.code for row in counter.search("<")] == ["app:W1"]


def test_a_list_is_judged_marked_and_accepted_from_the_desk(
    counter: Counter, desk: TestOffice, tmp_path: Path
) -> None:
    given = tmp_path / "名单.csv"
    given.write_text("\n".join(",".join(one) for one in [HEADER, row(0), row(1, 联系电话="1")]), "gb18030")
    with pytest.raises(Problem, match="batch-handler"):
        counter.check_list("CB05", str(given))
    identified = desk.card("li_guifang")
    counter.run(lambda: counter.visit.take(identified)).result()
    counter.run(lambda: counter.visit.witness("verified")).result()
    judged = counter.check_list(" 居民医保登记 ", f'"{given}"')
    assert (len(judged.checked.good), len(judged.checked.bad)) == (1, 1)
    assert desk.store.cases() == []
    copy = tmp_path / "名单-核对结果.xlsx"
    assert "联系电话" in sheets.read(copy.read_bytes())[0].lines[2].cells[-1].text
    done = counter.run(lambda: counter.visit.accept_list(judged.checked)).result()
    assert len(desk.store.cases()) == 1
    assert [p.number for p in desk.store.papers()] == [done.batch]
    with pytest.raises(Problem, match="not-found"):
        counter.check_list("CB05", str(tmp_path / "no.csv"))


def test_a_package_is_taken_in_beside_the_work(counter: Counter, desk: TestOffice, tmp_path: Path) -> None:
    file = tmp_path / "a.ow1p"
    file.write_bytes(pack(head(), [RECORD], DeviceSecrets(KEYS).sign))
    assert [one.filing_id for one in counter.take_package(file).new] == ["app:W1"]
    assert [one.filing_id for one in counter.take_package(file).known] == ["app:W1"]
    with pytest.raises(Problem, match="not-found"):
        counter.take_package(tmp_path / "no.ow1p")
    file.write_bytes(b"PK")
    with pytest.raises(Problem, match="package-broken"):
        counter.take_package(file)


def test_bills_are_read_from_a_file_and_from_a_folder(counter: Counter, tmp_path: Path) -> None:
    one = "<a><InvoiceNumber>110073452{n}</InvoiceNumber><TotalAmount>{n}.00</TotalAmount></a>"
    for n in (2, 1):
        (tmp_path / f"{n}.xml").write_text(one.format(n=n), "utf-8")
    assert [bill.amount for bill in counter.read_bills(tmp_path)] == [100, 200]
    assert [bill.number for bill in counter.read_bills(tmp_path / "2.xml")] == ["1100734522"]
    with pytest.raises(Problem, match="not-found"):
        counter.read_bills(tmp_path / "none.xml")


def test_the_new_commands_are_found_by_their_initials(counter: Counter) -> None:
    typed = {
        "hsdh": "verify",
        "qytb": "cross",
        "kssm": "home_visit",
        "ysm": "book_visit",
        "thwlj": "send_back",
        "ddzpj": "bills",
    }
    found = {text: counter.search(f">{text}")[0].code for text in (*typed, "swljb", "cxbj")}
    assert found == {**typed, "swljb": "package", "cxbj": "drop_case"}


def test_reports_are_saved_beside_the_data_whole_and_readable(counter: Counter, desk: TestOffice) -> None:
    tables = counter.reports("month")
    every, one = counter.save_reports(tables, "month"), counter.save_reports(tables[:1], "month")
    assert every.parent == one.parent == desk.folder / "reports"
    assert len(openpyxl.load_workbook(every).sheetnames) == len(tables)
    assert one.name.startswith(tables[0].title)
    assert openpyxl.load_workbook(one).active["A1"].value == tables[0].title


@pytest.mark.parametrize(("there", "listed", "more"), [(12, 12, False), (13, 12, True)])
def test_of_more_people_than_fit_the_list_says_that_there_are_more(
    counter: Counter, desk: TestOffice, there: int, listed: int, more: bool
) -> None:
    desk.store.import_people(a_person(n, "司马" + chr(0x4E00 + n)) for n in range(there))
    rows = counter.search("@司马")
    assert [row.kind for row in rows] == ["person"] * listed + ["more"] * more
    assert len({row.code for row in rows}) == len(rows)


def test_of_more_filings_than_fit_the_list_says_that_there_are_more(
    counter: Counter, desk: TestOffice
) -> None:
    waiting = tuple(
        filing(filing_id=f"app:M{n}", content_hash=str(n), origin=f"第{n}站") for n in range(MOST + 1)
    )
    filings.receive(desk.office, waiting)
    assert [row.kind for row in counter.search("<")] == ["filing"] * MOST + ["more"]
    assert [row.kind for row in counter.search("<第50站")] == ["filing"]

"""Ours: a store with as many people as a city has, and every way a clerk looks for one.

usage: lookup.py make FOLDER COUNT      a store with so many invented people; goes on where it stopped
       lookup.py ask FOLDER ROUNDS      `{way: [ms]}` on it, about other people each time

Numbers are invented but shaped as real ones: a few areas, birth days over eighty years, names from common
characters, so that one surname holds tens of thousands and six digits in front a whole county.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.product.office import open_office
from counter_app.domain.codec import to_plain
from counter_app.domain.people import Person
from counter_app.domain.reference import Piece
from counter_app.seals.keyring import DemoKeyring
from counter_app.storage.store import CounterStore

PIECE = 2000
AREAS = ("371102", "371103", "371121", "371122", "370202", "370281")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单仇曾覃解查区尉"
GIVEN = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红梅建国志文斌宇浩凯健俊帆雪慧巧美𬱖"


def person(nth: int) -> Person:
    """One of as many people as wanted; the same number gives the same person."""
    chance = random.Random(nth)
    born = f"{1940 + chance.randrange(80)}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}"
    number = f"{chance.choice(AREAS)}{born}{nth % 10000:04d}"
    name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2, 2))))
    tel = f"13{chance.randrange(10**9):09d}"
    return Person(f"city{nth}", name, certno=number, tel=tel, insutype="390", as_of="2026-11-22")


def make(folder: Path, count: int) -> None:
    """Fill a store as a first load does."""
    parts = open_office(folder, keyring=DemoKeyring(folder))
    store = parts.office.ports.storage
    assert isinstance(store, CounterStore)
    for start in range(store.reference_place("people").last, count, PIECE):
        last = min(start + PIECE, count)
        rows = [
            {"no": n + 1, "entity": f"city{n}", "version": 1, "body": body(n)} for n in range(start, last)
        ]
        store.take_reference(Piece("people", 1, last, count, rows))
    parts.close()


def body(nth: int) -> dict[str, object]:
    """A person as the hub tells one."""
    plain: dict[str, object] = to_plain(person(nth))
    return plain


def ask(folder: Path, rounds: int) -> dict[str, list[float]]:
    """Every way, on a store that `make` filled."""
    parts = open_office(folder, keyring=DemoKeyring(folder))
    store = parts.office.ports.storage
    assert isinstance(store, CounterStore)
    total = store.reference_place("people").have
    chance, took = random.Random(7), dict[str, list[float]]()
    for nth in range(rounds + 5):
        for name, question in ways(store, person(chance.randrange(total))):
            start = time.perf_counter_ns()
            found = question()
            spent = (time.perf_counter_ns() - start) / 1e6
            if not found:
                raise SystemExit(f"{name} found nobody")
            if nth >= 5:  # the first read pages nobody has read
                took.setdefault(name, []).append(spent)
    parts.close()
    return took


def ways(store: CounterStore, whom: Person) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every way a clerk looks for somebody."""
    number, name = whom.certno, whom.psn_name
    yield "exact", lambda: store.person_by_certno(number)
    for digits in (6, 10, 14):
        yield f"front{digits}", lambda digits=digits: store.search_people(number[:digits])  # type: ignore[misc]
    for digits in (6, 4):
        yield f"end{digits}", lambda digits=digits: store.search_people(number[-digits:])  # type: ignore[misc]
    yield "tel4", lambda: store.search_people(whom.tel[-4:])
    yield "name", lambda: store.search_people(name)
    yield "infix", lambda: store.search_people(name[1:])
    yield "common", lambda: store.search_people(name[0])
    yield "rare", lambda: store.search_people("𬱖")
    yield "initials", lambda: store.search_people("dx" if name[0] == "单" else "wx")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]))
        print("{}")
    else:
        print(json.dumps(ask(Path(sys.argv[2]), int(sys.argv[3]))))

"""A connection to PostgreSQL on which statements travel together, for what a hall presses all day.

A way to the server and back costs as much as a small statement, and the driver's cursor more than that:
BEGIN goes with the first question, writing waits for the next question or the COMMIT, and every statement
is prepared when it is first used. Through libpq as psycopg shows it (`psycopg.pq`); everything else that
is asked of the connection goes the driver's ordinary way, behind what waits.
"""

from __future__ import annotations

import re
import select
import struct
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

import psycopg
from psycopg import errors, pq
from psycopg.adapt import PyFormat, Transformer
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import NullPool

Row = tuple[Any, ...]
Same = tuple[Any, ...]  # what tells two questions apart
_FIT = (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK)
_NAMED = re.compile(r"%\((\w+)\)s|%%")
_ASKED = ""  # among what was sent: a statement itself; else the text of one that is being prepared


class Said(NamedTuple):
    """A statement in psycopg's words (`%(name)s`) and its values: whole numbers, texts, None.

    Or in the server's words (`$1`) with its values `packed`. `anew`: planned each time, and not kept.
    """

    sql: str
    values: Mapping[str, Any]
    packed: Sequence[bytes] = ()
    anew: bool = False

    @property
    def same(self) -> Same:
        """What tells it from another question."""
        return (self.sql, *(self.values[name] for name in _words(self.sql)[1]), *self.packed)


_BEGIN, _COMMIT = Said("BEGIN", {}), Said("COMMIT", {})
# How a row of values begins: one dimension, no NULL, text or bigint.
_TEXT, _NUMBER = struct.pack(">iiI", 1, 0, 25), struct.pack(">iiI", 1, 0, 20)


class Pipe:
    """Statements on their way over one connection. Raises what psycopg raises.

    `bold`: what is done over it is done again when it was wrong about something, so that it need not hold
    what it looks at.
    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.bold = False
        self.journeys = 0  # to the server and back
        self.waiting: list[Said] = []  # what is written with whatever goes next
        self._early = _NOTHING
        self._connection, self._link = connection, connection.pgconn
        self._dumper, self._reader = Transformer(connection), Transformer(connection)
        self._names: dict[str, bytes] = {}  # what is prepared
        self._count = count(1)
        self._coming, self._either = select.poll(), select.poll()
        self._coming.register(self._link.socket, select.POLLIN)
        self._either.register(self._link.socket, select.POLLIN | select.POLLOUT)

    def ask(self, *questions: Said) -> list[list[Row]]:
        """The rows of each, asked in one go; what waits to be written goes before them."""
        known = self._early.told(questions)
        if known is not None:
            return known
        told = self.travel(questions)
        return [self._rows(one) for one in told[len(told) - len(questions) :]]

    def foresee(self, questions: Sequence[Said], back: Said | None = None) -> None:
        """Ask in one go what is going to be asked one after the other.

        The answers lie here until they are asked for, or until anything else is written or asked. The last of
        the questions may write: `back` takes it back when nobody has asked for it by then.
        """
        told = self.ask(*questions)
        answers = {said.same: rows for said, rows in zip(questions, told, strict=True)}
        self._early = _Early(answers, (questions[-1].same, back) if back is not None else None)

    def settle(self) -> None:
        """What was foreseen counts no more; what nobody asked for is taken back with whatever goes next."""
        back, self._early = self._early.unasked(), _NOTHING
        if back is not None:
            self.waiting.append(back)

    def forget(self) -> None:
        """What waits is not written, and what was foreseen was not: the server has undone it."""
        self.waiting.clear()
        self._early = _NOTHING

    def counted(self, said: Said) -> int:
        """How many rows it wrote; what waits goes before it."""
        return int(self.travel((said,))[-1].command_tuples or 0)

    def later(self, said: Said) -> None:
        """Write with what is asked next, at the latest with the COMMIT, which then tells what was wrong."""
        self.settle()
        self.waiting.append(said)

    def travel(self, said: Sequence[Said] = (), commit: bool = False) -> list[Any]:
        """What came of what waited and of what is said now; whatever fails, none of it waits any longer."""
        self.settle()
        begins = self._link.transaction_status == pq.TransactionStatus.IDLE
        spoken, self.waiting = [*self.waiting, *said], []
        whole = [_BEGIN] * begins + spoken + [_COMMIT] * commit
        values = [self._values(one) for one in whole]
        self.journeys += 1
        self._link.enter_pipeline_mode()
        sent: list[str] = []
        for one, given in zip(whole, values, strict=True):
            sent += self._send(one, given)
        self._link.pipeline_sync()
        return self._sorted(sent, self._answers())[begins : begins + len(spoken)]

    def _values(self, said: Said) -> Sequence[Any]:
        if said.packed:
            return said.packed
        values = [said.values[name] for name in _words(said.sql)[1]]
        return self._dumper.dump_sequence(values, [PyFormat.TEXT] * len(values))

    def _send(self, said: Said, values: Sequence[Any]) -> list[str]:
        """Send a statement, prepared before when it is new; which answers come."""
        how = [pq.Format.BINARY if said.packed else pq.Format.TEXT] * len(values)
        if said.anew:
            self._link.send_query_params(_words(said.sql)[0], values, None, how)
            return [_ASKED]
        name, new = self._names.get(said.sql), []
        if name is None:
            name, new = b"pipe%d" % next(self._count), [said.sql]
            self._names[said.sql] = name
            self._link.send_prepare(name, _words(said.sql)[0])
        self._link.send_query_prepared(name, values, how)
        return [*new, _ASKED]

    def _answers(self) -> list[Any]:
        """Every answer up to the end of this journey."""
        link = self._link
        told: list[Any] = []
        while True:
            while (unsent := link.flush()) or link.is_busy():
                (self._either if unsent else self._coming).poll()  # the other threads work meanwhile
                link.consume_input()
            one = link.get_result()
            if one is not None and one.status == pq.ExecStatus.PIPELINE_SYNC:
                link.exit_pipeline_mode()
                return told
            if one is not None:
                told.append(one)
            elif link.status == pq.ConnStatus.BAD:
                raise psycopg.OperationalError("the connection was lost")

    def _sorted(self, sent: Sequence[str], told: Sequence[Any]) -> list[Any]:
        """The answers somebody waits for. What was not prepared is forgotten."""
        broken = next((one for one in told if one.status not in _FIT), None)
        if broken is None:
            return [one for what, one in zip(sent, told, strict=True) if what == _ASKED]
        for what, one in zip(sent, told, strict=False):
            if what and one.status not in _FIT:
                del self._names[what]
        raise errors.error_from_result(broken, self._connection.info.encoding)

    def _rows(self, result: Any) -> list[Row]:
        self._reader.set_pgresult(result)
        return self._reader.load_rows(0, result.ntuples, tuple)


class _Early:
    """Answers that came before anybody asked, and what takes back the one that wrote something."""

    def __init__(self, answers: Mapping[Same, list[Row]], back: tuple[Same, Said] | None = None) -> None:
        self._answers, self._back = dict(answers), back

    def told(self, questions: Sequence[Said]) -> list[list[Row]] | None:
        """The answers to these very questions, each once; None when one of them is not here."""
        if not self._answers:
            return None
        asked = [said.same for said in questions]
        if not all(same in self._answers for same in asked):
            return None
        return [self._answers.pop(same) for same in asked]

    def unasked(self) -> Said | None:
        """What takes back the written one nobody asked for."""
        return self._back[1] if self._back is not None and self._back[0] in self._answers else None


_NOTHING = _Early({})


class PipedConnection(psycopg.Connection[Any]):
    """psycopg's connection with a pipe of its own; for one thread at a time, as a transaction is."""

    def __init__(self, *made: Any, **more: Any) -> None:
        super().__init__(*made, **more)
        self.pipe = Pipe(self)

    def commit(self) -> None:
        """Write what waits and commit in one go; what fails is rolled back before it is raised."""
        self.pipe.settle()
        if not self.pipe.waiting and self.pgconn.transaction_status == pq.TransactionStatus.IDLE:
            return
        try:
            self.pipe.travel(commit=True)
        except psycopg.Error:
            with suppress(psycopg.Error):  # a server that has gone rolls back by itself
                super().rollback()
            raise

    def rollback(self) -> None:
        """Forget what waits and roll back."""
        self.pipe.forget()
        super().rollback()

    def cursor(self, *args: Any, **more: Any) -> Any:
        """The driver's ordinary way, behind what waits."""
        self.pipe.settle()
        if self.pipe.waiting:
            self.pipe.travel()
        return super().cursor(*args, **more)


def piped(url: URL) -> Engine:
    """An engine for one connection that is kept."""
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    pipe_all(engine)
    return engine


def pipe_all(engine: Engine) -> None:
    """Give every connection of an engine its pipe. What the driver asks on one is not prepared: each time
    it takes back what it has prepared, it would take back everything that is.
    """

    @event.listens_for(engine, "do_connect")
    def _connect(dialect: Any, record: Any, args: Any, given: Any) -> PipedConnection:
        return PipedConnection.connect(*args, **given, prepare_threshold=None)


def packed(value: str | Sequence[str] | Sequence[int]) -> bytes:
    """A text, or at least one text or whole number in a row, as the server keeps them (its binary format).

    Raises psycopg's DataError, as the driver does, for what no such column holds.
    """
    try:
        if isinstance(value, str):
            return _utf8(value)
        if isinstance(value[0], str):
            return _TEXT + struct.pack(">ii", len(value), 1) + b"".join(_piece(str(one)) for one in value)
        plain = [word for one in value for word in (8, one)]
        return _NUMBER + struct.pack(f">ii{'iq' * len(value)}", len(value), 1, *plain)
    except (struct.error, UnicodeError) as error:
        raise psycopg.DataError(str(error)) from error


def _piece(text: str) -> bytes:
    data = _utf8(text)
    return len(data).to_bytes(4, "big") + data


def _utf8(text: str) -> bytes:
    if "\x00" in text:
        raise psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return text.encode()


@lru_cache(maxsize=512)
def _words(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """A statement as the server numbers its values, and their names in this order."""
    names: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        return f"${names.setdefault(found[1], len(names) + 1)}" if found[1] else "%"

    return _NAMED.sub(numbered, sql).encode(), tuple(names)

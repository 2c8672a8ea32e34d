"""The log of a data folder: small files that turn over, with nothing of a person in them."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

FOLDER, FILE = "logs", "counter.log"
_BYTES, _KEPT = 1 << 20, 4
# What our own words never hold and a stray value might: long numbers (certificate, card, telephone,
# 18-character codes), and anything that is not ASCII (names, diagnoses, addresses).
_NUMBER = re.compile(r"\d{6,}[0-9Xx]?")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


class Discreet(logging.Formatter):
    """One line per record; of an exception its class and where it was raised, never what it says."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The record as one discreet line."""
        plain = logging.makeLogRecord({**record.__dict__, "exc_info": None, "exc_text": None})
        line = discreet(super().format(plain)).replace("\n", " | ")
        return line if not record.exc_info else f"{line} [{_raised(record)}]"


def discreet(text: str) -> str:
    """The same text without long numbers and without anything that is not ASCII."""
    return _FOREIGN.sub("~", _NUMBER.sub("#", text))


def keep_log(folder: Path) -> logging.Handler:
    """From now on write down every warning and error below `logs/` of a data folder, beside the terminal.

    Gives the handler, for whoever wants to end it. Raises OSError when the folder cannot be written.
    """
    where = folder / FOLDER
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        where / FILE, maxBytes=_BYTES, backupCount=_KEPT, encoding="ascii", delay=True
    )
    handler.setFormatter(Discreet())
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())  # what is said without any handler
    root.addHandler(handler)
    return handler


def _raised(record: logging.LogRecord) -> str:
    kind, _, trace = record.exc_info if isinstance(record.exc_info, tuple) else (None, None, None)
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).stem}.{code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{kind.__name__ if kind else 'exception'} at {' < '.join(reversed(places))}"

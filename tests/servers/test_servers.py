"""The servers the other tests stand on really serve."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest
from sqlalchemy import create_engine, text


def test_postgres_keeps_chinese_text(postgres: Any) -> None:
    engine = create_engine(postgres.fresh())
    with engine.begin() as connection:
        connection.execute(text("create table t (name text)"))
        connection.execute(text("insert into t values ('𬱖·䶮')"))
        assert connection.execute(text("select length(name) from t")).scalar_one() == 3
    engine.dispose()


def test_two_postgres_databases_share_nothing(postgres: Any) -> None:
    assert postgres.fresh() != postgres.fresh()


def test_a_paper_comes_out_of_the_private_queue(cups_queue: Any) -> None:
    known = set(cups_queue.folder.glob("*.pdf"))
    page = b"%!PS\n/Helvetica findfont 20 scalefont setfont 72 700 moveto (one window) show showpage\n"
    subprocess.run(
        ["lp", "-h", cups_queue.server, "-d", cups_queue.queue, "-t", "probe"], input=page, check=True
    )
    paper = cups_queue.wait_for_paper(known)
    words = subprocess.run(["pdftotext", str(paper), "-"], check=True, capture_output=True, text=True).stdout
    assert "one window" in words


def test_a_refusing_queue_refuses(cups_queue: Any) -> None:
    lp = ["lp", "-h", cups_queue.server, "-d", cups_queue.queue]
    cups_queue.refuse("paper jam")
    try:
        with pytest.raises(subprocess.CalledProcessError):
            subprocess.run(lp, input=b"%!PS\n", check=True, capture_output=True)
    finally:
        cups_queue.start_queue()

"""Floor: the same records by one multi-row INSERT … ON CONFLICT a commit, under the same lock of a feed.

usage: bare_insert.py DATABASE RECORDS_FILE     DATABASE is postgresql://… or a file; prints `{"per_s": […]}`
"""

import json
import os
import sys
import time

RUN = os.urandom(4).hex()  # the same records may come again: never as duplicates
COLUMNS = ["event_id", "hall", "device", "epoch", "seq", "kind", "case_id", "hash", "prev_hash"]
COLUMNS += ["business_date", "text", "at_ms"]
TABLE = """CREATE TABLE IF NOT EXISTS envelopes (event_id text PRIMARY KEY, hall text NOT NULL,
    device text NOT NULL, epoch bigint NOT NULL, seq bigint NOT NULL, kind text NOT NULL,
    case_id text NOT NULL, hash text NOT NULL, prev_hash text NOT NULL, business_date text NOT NULL,
    text text NOT NULL, at_ms bigint NOT NULL, UNIQUE (device, epoch, seq))"""
INDEX = "CREATE INDEX IF NOT EXISTS a_cases_facts ON envelopes (hall, case_id)"
FEED = "CREATE TABLE IF NOT EXISTS halls (hall text PRIMARY KEY, feed_last bigint NOT NULL)"
LOCK = "UPDATE halls SET feed_last = feed_last + 1 WHERE hall = '001'"


def opened(database):
    if database.startswith("postgresql"):
        import psycopg

        return psycopg.connect(database, autocommit=True), "%s"
    import sqlcipher3.dbapi2 as sqlite

    link = sqlite.connect(database, isolation_level=None)
    link.execute(f"PRAGMA key = \"x'{bytes(32).hex()}'\"")
    link.execute("PRAGMA journal_mode = WAL")
    link.execute("PRAGMA synchronous = FULL")
    return link, "?"


def values_of(record):
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    record = {**record, "event_id": RUN + record["event_id"], "device": RUN + record["device"]}
    told = {**record, "hall": "001", "case_id": record.get("case_id", ""), "text": text, "at_ms": 0}
    return [told[name] for name in COLUMNS]


link, mark = opened(sys.argv[1])
for statement in (TABLE, INDEX, FEED, "INSERT INTO halls VALUES ('001', 0) ON CONFLICT DO NOTHING"):
    link.execute(statement)
row = "(" + ", ".join([mark] * len(COLUMNS)) + ")"
with open(sys.argv[2], encoding="utf-8") as lines:
    batches = [json.loads(line) for line in lines]
cursor, count, start = link.cursor(), 0, time.perf_counter()
for batch in batches:
    given = [value for record in batch for value in values_of(record)]
    into = f"INSERT INTO envelopes ({', '.join(COLUMNS)}) VALUES {', '.join([row] * len(batch))}"
    cursor.execute("BEGIN")
    cursor.execute(f"{into} ON CONFLICT DO NOTHING", given)
    cursor.execute(LOCK)
    cursor.execute("COMMIT")
    count += len(batch)
sys.stdout.write(json.dumps({"per_s": [count / (time.perf_counter() - start)]}) + "\n")

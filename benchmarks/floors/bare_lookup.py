"""Floor: one row by its key in a table of as many rows, in an SQLCipher file, and as many values opened.

usage: bare_lookup.py make FILE COUNT | ask FILE ROUNDS     prints `{way: [ms]}`
"""

import hashlib
import json
import os
import random
import sys
import time

import sqlcipher3.dbapi2 as sqlite
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY, PAGE = bytes(32), 20
aes = AESGCM(KEY)


def opened(file):
    link = sqlite.connect(file, isolation_level=None)
    link.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    link.execute("PRAGMA journal_mode = WAL")
    return link


def digest(text):
    return hashlib.sha256(KEY + text.encode()).hexdigest()[:32]


def make(file, count):
    link = opened(file)
    link.execute("CREATE TABLE people (rid integer PRIMARY KEY, body blob)")
    link.execute("CREATE TABLE keys (blind text, rid integer, PRIMARY KEY (blind, rid)) WITHOUT ROWID")
    link.execute("BEGIN")
    for nth in range(count):
        nonce = os.urandom(12)
        body = nonce + aes.encrypt(nonce, b"x" * 300, b"")
        link.execute("INSERT INTO people VALUES (?, ?)", (nth, body))
        link.execute("INSERT INTO keys VALUES (?, ?)", (digest(f"one{nth}"), nth))
        link.execute("INSERT INTO keys VALUES (?, ?)", (digest(f"many{nth % 10000}"), nth))
    link.execute("COMMIT")
    link.close()


def ask(file, rounds):
    link, chance = opened(file), random.Random(7)
    total = link.execute("SELECT max(rid) FROM people").fetchone()[0] + 1
    took = {"exact": [], "end4": []}
    for _ in range(rounds):
        nth = chance.randrange(total)
        for way, key in (("exact", digest(f"one{nth}")), ("end4", digest(f"many{nth % 10000}"))):
            start = time.perf_counter_ns()
            rids = link.execute("SELECT rid FROM keys WHERE blind = ? LIMIT ?", (key, PAGE)).fetchall()
            for (rid,) in rids:
                body = link.execute("SELECT body FROM people WHERE rid = ?", (rid,)).fetchone()[0]
                aes.decrypt(body[:12], body[12:], b"")
            took[way].append((time.perf_counter_ns() - start) / 1e6)
    return took


if sys.argv[1] == "make":
    make(sys.argv[2], int(sys.argv[3]))
    sys.stdout.write("{}\n")
else:
    sys.stdout.write(json.dumps(ask(sys.argv[2], int(sys.argv[3]))) + "\n")

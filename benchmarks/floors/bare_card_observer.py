"""Floor: a bare pyscard observer that does a card's reads when one is inserted.

usage: bare_card_observer.py READER APDUS.json
Prints `ready` when it watches, then for each insertion one line with CLOCK_MONOTONIC ns when the last read
was done; ends when its standard input closes.
"""

import json
import sys
import time
from pathlib import Path

from smartcard.CardMonitoring import CardMonitor, CardObserver
from smartcard.scard import SCARD_SHARE_SHARED

reader, apdus = sys.argv[1], [bytes.fromhex(a) for a in json.loads(Path(sys.argv[2]).read_text())]


class Observer(CardObserver):
    def update(self, observable, handlers):
        inserted, _ = handlers
        for card in inserted:
            if str(card.reader) != reader:
                continue
            connection = card.createConnection()
            connection.connect(mode=SCARD_SHARE_SHARED)
            for apdu in apdus:
                connection.transmit(list(apdu))
            print(time.monotonic_ns(), flush=True)
            connection.disconnect()


monitor, observer = CardMonitor(), Observer()
monitor.addObserver(observer)
print("ready", flush=True)
sys.stdin.read()
monitor.deleteObserver(observer)

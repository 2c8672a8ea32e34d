"""Floor: pyscard's bare calls, waiting for a card and doing its reads.

usage: bare_card_observer.py READER APDUS.json
Prints `ready`, then CLOCK_MONOTONIC ns after the last read of each inserted card and `removed` when it
left. An answer 61xx is fetched, as everywhere with T=0. Ends when it is killed.
"""

import json
import sys
import time
from pathlib import Path

from smartcard import scard

reader, apdus = sys.argv[1], [list(bytes.fromhex(a)) for a in json.loads(Path(sys.argv[2]).read_text())]
_, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
state = scard.SCARD_STATE_UNAWARE
print("ready", flush=True)
inside = False
while True:
    _, ((_, state, _),) = scard.SCardGetStatusChange(context, scard.INFINITE, [(reader, state)])
    present = bool(state & scard.SCARD_STATE_PRESENT)
    if present and not inside:
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        _, card, protocol = scard.SCardConnect(context, reader, scard.SCARD_SHARE_SHARED, protocols)
        pci = scard.SCARD_PCI_T0 if protocol == scard.SCARD_PROTOCOL_T0 else scard.SCARD_PCI_T1
        for apdu in apdus:
            _, answer = scard.SCardTransmit(card, pci, apdu)
            if answer[-2] == 0x61:
                _, answer = scard.SCardTransmit(card, pci, [0x00, 0xC0, 0x00, 0x00, answer[-1]])
            assert answer[-2:] == [0x90, 0x00], answer
        print(time.monotonic_ns(), flush=True)
        scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
    elif inside and not present:
        print("removed", flush=True)
    inside = present

"""A sound sink: prints its port, then writes CLOCK_MONOTONIC ns of the first bytes of each sound to a file.

usage: sound_sink.py FILE
Speaks what a network loudspeaker of `drivers.voices` speaks; answers at once. Ends when it is killed.
"""

import socket
import sys
import time

door = socket.create_server(("127.0.0.1", 0))
print(door.getsockname()[1], flush=True)
while True:
    link, _ = door.accept()
    data = link.recv(4096)
    now = time.monotonic_ns()
    while len(data) < 8 or len(data) < 8 + int.from_bytes(data[4:8], "little"):
        more = link.recv(65536)
        if not more:
            break
        data += more
    link.sendall(b"ok\n")
    link.close()
    if data[:4] == b"RIFF":
        with open(sys.argv[1], "a") as out:
            out.write(f"{now}\n")

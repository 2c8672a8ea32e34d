"""Floor: a vendor library called directly in this process, its record split into parts.

usage: bare_library_read.py LIBRARY COUNT
"""

import ctypes
import json
import sys
import time

read = ctypes.CDLL(sys.argv[1]).iReadCardBas
read.argtypes, read.restype = (ctypes.c_int32, ctypes.c_char_p), ctypes.c_int32
out = ctypes.create_string_buffer(65536)
took = []
for _ in range(int(sys.argv[2])):
    start = time.perf_counter_ns()
    code = read(3, out)
    parts = out.value.decode("gb18030").split("|")
    took.append((time.perf_counter_ns() - start) / 1e6)
    assert code == 0, code
    assert len(parts) >= 9
print(json.dumps({"ms": took}))

"""Floor: the same entries with the same words in a dictionary, scanned for the same questions.

usage: bare_scan.py ENTRIES.json
"""

import json
import sys
import time
from pathlib import Path

told = json.loads(Path(sys.argv[1]).read_text("utf-8"))
words = {key: tuple(known) for key, known in told["rows"]}
took = []
for _ in range(told["turns"]):
    start = time.perf_counter_ns()
    for question in told["questions"]:
        asked = question.lower()
        found = [key for key, known in words.items() if any(asked in word for word in known)]
        found.sort()
    took.append((time.perf_counter_ns() - start) / 1e3 / len(told["questions"]))
print(json.dumps({"us": took}))

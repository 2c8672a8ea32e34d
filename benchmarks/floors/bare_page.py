"""Floor: a bare ReportLab page with the text, places, sizes and fonts it is told; no layout, no QR code.

usage: bare_page.py PAGE.json COUNT
PAGE is {"fonts": {name: [file, index]}, "pages": [[[font, size, x, y, text]]]}.
"""

import io
import json
import sys
import time
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

page, count = json.loads(Path(sys.argv[1]).read_text("utf-8")), int(sys.argv[2])
for name, (file, index) in page["fonts"].items():
    pdfmetrics.registerFont(TTFont(name, file, subfontIndex=index))

took = []
for _ in range(count + 1):
    start = time.perf_counter_ns()
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1)
    for lines in page["pages"]:
        for font, size, x, y, text in lines:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    took.append((time.perf_counter_ns() - start) / 1e6)
print(json.dumps({"ms": took[1:]}))  # the first reads the fonts

"""`python -m benchmarks [--json] [--only NAME] [--rounds N]`: every figure with both rows of samples."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any

from benchmarks.figure import figures
from benchmarks.runner import machine, measure


def _parser(names: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser.add_argument("--only", action="append", choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--rounds", type=int, help="how often floor and ours are run (default: per figure)")
    return parser


def _print_table(results: list[dict[str, Any]]) -> None:
    for result in results:
        print(f"{'ok ' if result['ok'] else 'RED'} {result['name']}: {result['title']}")
        for check in result["checks"]:
            print(f"      {check['label']}: {check['value']} ({check['side']} {check['limit']})")
        for row, s in result["summary"].items():
            tail = f"p95 {s['p95']}, p99 {s['p99']}, n={s['count']}"
            print(f"      {row:<12} median {s['median']} {s['unit']}, {tail}")


def main(argv: list[str] | None = None) -> int:
    """Measure and print; 1 when a limit is missed."""
    every = figures()
    wanted = _parser(list(every)).parse_args(argv)
    results = []
    for name in wanted.only or every:
        print(f"measuring {name}", file=sys.stderr, flush=True)
        results.append(measure(every[name], wanted.rounds or every[name].rounds))
    if wanted.json:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        print(json.dumps({"at": at, "machine": machine(), "figures": results}, ensure_ascii=False))
    else:
        _print_table(results)
    return 0 if all(result["ok"] for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())

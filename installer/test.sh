#!/bin/sh
# Everything that must be true before a change is kept: style, types, borders between rooms, every test.
#
#   sh installer/test.sh             short sizes; at most 15 minutes on two cores
#   sh installer/test.sh --long      long sizes, lowest and newest Qt, mutants, benchmarks; writes docs/long-run.md
#   sh installer/test.sh --long --step mutants      one of its steps alone: newest lowest mutants benchmarks
#
# Anything else goes to pytest, as in: sh installer/test.sh tests/storage -x
set -eu
cd "$(dirname "$0")/.."
sh installer/setup.sh

# Nothing of the machine it runs on may leak in: no screen, no locale, no personal settings.
unset DISPLAY WAYLAND_DISPLAY XDG_SESSION_TYPE PYTHONPATH || true
export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 TZ=Asia/Shanghai PYTHONFAULTHANDLER=1
PATH="$PWD/.venv/bin:$PATH:/usr/sbin:/sbin"
export PATH

step() { printf '\n== %s\n' "$*"; "$@"; }

step ruff check
step ruff format --check
step mypy
step lint-imports

if [ "${1:-}" = --long ]; then
    shift
    step python installer/long_run.py "$@"
else
    step python -m pytest -n auto --maxprocesses 4 --dist worksteal "$@"
fi

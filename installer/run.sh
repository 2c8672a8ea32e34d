#!/bin/sh
# Opens the demo hall: one window, made-up people, simulated devices. Nothing to configure.
#
#   sh installer/run.sh              the desk, on your screen
#   sh installer/run.sh --headless   the main job without a screen; the papers lie in out/
#
# Anything after that goes to `counter-app demo` (for example --data DIR to keep the demo's folder).
set -eu
cd "$(dirname "$0")/.."
sh installer/setup.sh

day=docs/rehearsals/ordinary_day.toml

headless() {
    rm -rf out
    .venv/bin/counter-app rehearse "$day" --out out/
    echo
    echo "The day is done. Its papers:"
    find out -name '*.pdf' | sort
    [ -n "$(find out -name '*.pdf' | head -n 1)" ] || { echo "no paper came out" >&2; exit 1; }
}

if [ "${1:-}" = --headless ]; then
    headless
elif [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so this is the run without a screen:"
    echo "    sh installer/run.sh --headless"
    headless
else
    exec .venv/bin/counter-app demo "$@"
fi

#!/bin/sh
# Makes this checkout ready to run: system packages (Debian 12 or 13) and a private Python in .venv/.
#
#   sh installer/setup.sh            as root, or as a user who may use sudo
#
# Running it again costs a blink when nothing has changed. It talks to apt and pip, as they are configured,
# and to nobody else.
set -eu
cd "$(dirname "$0")/.."
list=installer/packages.txt
stamp=.venv/.ready

say() { printf '%s\n' "setup: $*" >&2; }

# What the environment was made from; a change in any of it makes a new one.
fingerprint() {
    { cat pyproject.toml "$list" installer/setup.sh; pwd; cat /etc/debian_version 2>/dev/null; } | sha256sum | cut -d' ' -f1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo "$@"
    else say "needs root: run as root, or install sudo"; exit 1
    fi
}

wanted() { sed 's/[[:space:]]*#.*//; /^[[:space:]]*$/d' "$list"; }

# Names not installed yet. Debian 13 renamed some libraries (…t64) and says so through Provides.
absent() {
    have=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n${db:Status-Status} ${Provides}\n' | sed -n 's/^installed //p' \
        | tr ',' '\n' | sed 's/^ *//; s/[ :(].*//')
    wanted | while read -r name; do
        printf '%s\n' "$have" | grep -qxF "$name" || printf '%s\n' "$name"
    done
}

install_packages() {
    missing=$(absent)
    [ -n "$missing" ] || return 0
    say "installing $(printf '%s\n' "$missing" | wc -l) system packages"
    log=$(mktemp)
    # Containers forbid starting services (policy-rc.d); the noise about it is harmless, only apt's verdict counts.
    if ! { as_root apt-get update -q &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing; } >"$log" 2>&1
    then
        tail -n 40 "$log" >&2; rm -f "$log"; say "apt could not install the packages"; exit 1
    fi
    rm -f "$log"
    left=$(absent)
    [ -z "$left" ] || { say "still absent after apt: $(echo $left)"; exit 1; }
}

make_venv() {
    # A Python that no longer starts (a system upgrade, a moved checkout) is made anew.
    .venv/bin/python -c '' 2>/dev/null || { say "making .venv"; rm -rf .venv; python3 -m venv .venv; }
    say "installing Python packages"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input -e '.[desk,hub,dev]'
    # Starting a program should not have to compile it first.
    .venv/bin/python -m compileall -q counter_app ui drivers resources || true
    .venv/bin/python -c 'from counter_app.catalog.load import load_catalogue; load_catalogue()' || true
}

now=$(fingerprint)
if [ "$(cat "$stamp" 2>/dev/null)" = "$now" ] && [ -z "$(absent)" ]; then
    exit 0
fi
rm -f "$stamp"
install_packages
make_venv
printf '%s\n' "$now" >"$stamp"
say "ready"

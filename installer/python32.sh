#!/bin/sh
# Puts a 32-bit Debian Python into a folder, for vendor libraries of 32 bits on an amd64 machine.
#
#   sh installer/python32.sh [DIR]      DIR is .python32 in this checkout unless named; no root needed
#
# Then the word `python = "DIR/python"` among a device's settings runs its host with it. The packages are fetched
# with apt's own signatures checked, and unpacked beside the system, not installed into it: Debian's
# python3-minimal:i386 takes the place of the 64-bit one when it is installed.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
to=${1:-$root/.python32}
mkdir -p "$to"
to=$(cd "$to" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf '%s\n' "python32: $*" >&2; }

mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
: > "$work/status"
apt() {
    apt-get -q -o APT::Architecture=i386 -o APT::Architectures=i386 -o Dir::State="$work/state" \
        -o Dir::State::status="$work/status" -o Dir::Cache="$work/cache" -o APT::Sandbox::User= \
        -o Debug::NoLocking=1 "$@"
}

# One archive that is away or half mirrored does not matter while the others know the packages.
apt update > "$work/log" 2>&1 || true
# ctypes is not in python3-minimal; libc6-dev is for compiling libraries to try (gcc -m32).
apt -y --no-install-recommends --download-only install python3-minimal libpython3-stdlib libc6-dev \
    >> "$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; say "apt could not fetch the packages"; exit 1; }

rm -rf "$to/root"
mkdir "$to/root"
for package in "$work"/cache/archives/*.deb; do dpkg -x "$package" "$to/root"; done

# Debian 13 has no /lib of its own any more.
loader=$(ls "$to/root/lib/ld-linux.so.2" "$to/root/usr/lib/ld-linux.so.2" 2>/dev/null | head -n 1)
cat > "$to/python" <<WRAPPER
#!/bin/sh
PYTHONHOME="$to/root/usr" exec "$loader" \\
    --library-path "$to/root/lib/i386-linux-gnu:$to/root/usr/lib/i386-linux-gnu" "$to/root/usr/bin/python3" "\$@"
WRAPPER
chmod +x "$to/python"
bits=$("$to/python" -c 'import ctypes; print(ctypes.sizeof(ctypes.c_void_p) * 8)')
[ "$bits" = 32 ] || { say "this Python has $bits bits"; exit 1; }
say "ready: $to/python"

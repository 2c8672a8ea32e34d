#!/bin/sh
# Breaks the program on purpose, one patch at a time, in a copy: each must turn its test red.
#
#   sh installer/mutants.sh [tests/mutants/NAME.patch ...]
#
# The first lines of a patch say what is broken and which test must notice:   # test: tests/…/test_x.py::test_y
set -eu
cd "$(dirname "$0")/.."
sh installer/setup.sh
home=$PWD
python=$home/.venv/bin/python
[ $# -gt 0 ] || set -- tests/mutants/*.patch
[ -e "$1" ] || { echo "there is no patch in tests/mutants" >&2; exit 1; }

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT INT TERM
git clone -q . "$copy/project"
cd "$copy/project"
# The copy's code before the installed one, and no compiled leftovers of an earlier mutant.
export PYTHONPATH=$PWD PYTHONDONTWRITEBYTECODE=1 QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 TZ=Asia/Shanghai
PATH="$home/.venv/bin:$PATH:/usr/sbin:/sbin"
export PATH

tests_of() { sed -n 's/^# test: *//p' "$home/$1"; }

whole=$(for patch in "$@"; do tests_of "$patch"; done | sort -u)
[ -n "$whole" ] || { echo "no patch names a test" >&2; exit 1; }
echo "unbroken: every named test must be green"
$python -m pytest -p no:cacheprovider $whole

survived=0 killed=0
for patch in "$@"; do
    name=$(basename "$patch" .patch)
    if ! git apply "$home/$patch"; then
        echo "DOES NOT APPLY  $name"; survived=$((survived + 1)); continue
    fi
    code=0
    $python -m pytest -p no:cacheprovider -x $(tests_of "$patch") >"$copy/said" 2>&1 || code=$?
    # 1 is a red test. Anything else (no test collected, a broken import) proves nothing.
    if [ "$code" = 1 ]; then
        echo "killed          $name"; killed=$((killed + 1))
    else
        echo "SURVIVED        $name (pytest $code)"; tail -n 5 "$copy/said"; survived=$((survived + 1))
    fi
    git checkout -q -- . && git clean -fdq
done
echo "$killed killed, $survived survived"
[ "$survived" = 0 ]

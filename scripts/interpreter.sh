#!/bin/sh
# Finds the Python that the environment is made with.
#
#   sh scripts/interpreter.sh             prints it, or says why none will do
#   sh scripts/interpreter.sh fits DIR    exit 0 if the environment DIR works and is of the version asked for
#
# PYTHON=python3.12 (or a path) asks for one; otherwise the first that will do is taken.
set -u

# 3.14 is out: not every dependency has a wheel for it. Without ensurepip (Debian: python3-venv) no environment can be made.
version='import sys; v = sys.version_info[:2]; print("%d.%d" % v); sys.exit(not (3, 11) <= v <= (3, 13))'
venv='import ensurepip, venv'

version_of() { # a shim of a version manager can stand on the PATH and still run nothing: only running it tells
    "$1" -c "$version" 2>/dev/null
}

if [ "${1:-}" = fits ]; then
    have=$(version_of "$2/bin/python") || exit 1
    "$2/bin/python" -c 'import pip' 2>/dev/null || exit 1
    [ -z "${PYTHON:-}" ] || [ "$have" = "$(version_of "$PYTHON")" ]
    exit
fi

if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
else
    set -- python3.13 python3.12 python3.11 python3
fi

tried=
for candidate in "$@"; do
    if ! command -v "$candidate" >/dev/null 2>&1; then
        why="not found"
    elif ! found=$(version_of "$candidate"); then
        why="${found:+is Python $found}"
        why=${why:-"does not run"}
    elif ! "$candidate" -c "$venv" 2>/dev/null; then
        why="is Python $found without venv (Debian and Ubuntu: apt install python$found-venv)"
    else
        printf '%s\n' "$candidate"
        exit 0
    fi
    tried="$tried
  $candidate: $why"
done
printf 'Entrepot needs Python 3.11, 3.12 or 3.13 with venv. Tried:%s\n' "$tried" >&2
printf 'Install one, or name it: make demo PYTHON=/path/to/python3.12\n' >&2
exit 1

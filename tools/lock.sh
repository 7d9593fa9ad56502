#!/usr/bin/env bash
# Writes the lists of Python packages with all that they need, each file by its hash, for every system and for Python
# from 3.10 (what a site needs) or 3.11 (what the tests need) on. Run it after a change of a requirements.in.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check uv==0.13.9
lock() {
  (cd "$1" && "$work/venv/bin/uv" pip compile --quiet --universal --generate-hashes --no-emit-index-url \
    --python-version "$2" --no-header -o "$work/list.txt" requirements.in)
  { echo "# Made by tools/lock.sh from requirements.in beside it; every file is known by its hash."
    cat "$work/list.txt"; } > "$1/requirements.txt"
}
lock tools 3.10
lock Tests 3.11

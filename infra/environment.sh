#!/usr/bin/env bash
# Makes the virtual environment: infra/environment.sh [folder [requirements [module]]]
#
# Takes the first suitable Python, or the one named by PYTHON; installs the pinned packages; does
# nothing when the folder already holds exactly those and the module, one of them, is there.
set -euo pipefail

cd "$(dirname "$0")/.."
folder="${1:-.venv}"
requirements="${2:-requirements-dev.txt}"
module="${3:-chalice}"
stamp="$folder/installed"

suitable() {  # Python between 3.11 and 3.13, both included
  "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

find_python() {
  if [[ -n "${PYTHON:-}" ]]; then
    suitable "$PYTHON" && { echo "$PYTHON"; return; }
    echo "PYTHON=$PYTHON is not a Python 3.11, 3.12 or 3.13 that starts." >&2
    return 1
  fi
  local name
  for name in python3.13 python3.12 python3.11 python3 python; do
    suitable "$name" && { echo "$name"; return; }
  done
  local found
  found="$(python3 --version 2>/dev/null || true)"
  echo "Python 3.11, 3.12 or 3.13 is needed and none was found (python3 is: ${found:-missing})." >&2
  echo "Install one (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python@3.13)" >&2
  echo "or name one: make run PYTHON=/path/to/python3.12" >&2
  return 1
}

python="$(find_python)"
version="$("$python" -c 'import sys; print(sys.version)')"
wanted="$(printf '%s\n%s\n%s\n' "$PWD" "$version" "$(cat requirements.txt "$requirements")" \
  | "$python" -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())')"

if [[ -f "$stamp" && "$(cat "$stamp")" == "$wanted" ]] && "$folder/bin/python" -c "import $module" 2>/dev/null; then
  exit 0
fi

if ! "$python" -c 'import ensurepip, ssl, venv' 2>/dev/null; then
  echo "$python lacks what makes a virtual environment (the modules venv, ensurepip and ssl)." >&2
  echo "Debian and Ubuntu keep them apart: apt-get install python3-venv" >&2
  exit 1
fi

echo "Making $folder with $("$python" --version): the pinned packages are fetched once, this takes a minute or two."
rm -rf "$folder"
"$python" -m venv "$folder"
if ! "$folder/bin/python" -m pip install --disable-pip-version-check --require-virtualenv -r "$requirements"; then
  echo "The packages could not be installed; what pip says above tells why (no network, a proxy, a full disk?)." >&2
  exit 1
fi
echo "$wanted" > "$stamp"

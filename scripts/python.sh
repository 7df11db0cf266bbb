# Python: the virtual environment and the locked packages in it.
# shellcheck shell=bash

VENV=$ROOT/.venv
PY=$VENV/bin/python
# Without compiled modules each command of Django would take seconds longer to begin.
unset PYTHONDONTWRITEBYTECODE

find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3.11 python3 python3.12 python3.13; do
    if "$candidate" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

ensure_venv() {
  # A folder that moved keeps a virtual environment that points to where it was.
  if [[ -x $PY && -f $VENV/.made-in ]] && [[ $(<"$VENV/.made-in") == "$(readlink -f "$VENV")" ]] && "$PY" -c ''; then
    return
  fi
  [[ ! -L $VENV ]] || return 0 # one that somebody shares between worktrees is theirs to keep
  local python
  find_python >/dev/null || install_packages python3 python3-venv
  python=$(find_python) || fail "Python 3.11 or newer is needed. Install it, or say where it is: PYTHON=/path/to/python3.11 ./run"
  "$python" -c 'import ensurepip' 2>/dev/null || install_packages python3-venv
  step "Making the virtual environment" "$python" -m venv --clear "$VENV"
  readlink -f "$VENV" >"$VENV/.made-in"
}

# ensure_requirements LOCK: the packages of requirements.txt, or of requirements-dev.txt (which holds those too).
ensure_requirements() {
  ensure_venv
  local lock=$1 runtime dev stamp=$VENV/.requirements have=
  runtime=$(fingerprint <"$ROOT/requirements.txt")
  dev=$(fingerprint <"$ROOT/requirements-dev.txt")
  [[ ! -f $stamp ]] || have=$(<"$stamp")
  [[ $have != "$runtime $dev" ]] || return 0
  [[ $lock == requirements-dev.txt || $have != "$runtime" ]] || return 0
  [[ -x $VENV/bin/uv ]] || step "Installing uv" "$PY" -m pip install -q --require-hashes -r "$ROOT/requirements-uv.txt"
  if [[ $lock == requirements-dev.txt ]]; then
    step "Installing the packages for the tests" install_lock "$lock"
    printf '%s\n' "$runtime $dev" >"$stamp"
  else
    step "Installing the locked packages" install_lock "$lock"
    printf '%s\n' "$runtime" >"$stamp"
  fi
}

install_lock() {
  UV_PYTHON_DOWNLOADS=never "$VENV/bin/uv" pip install --python "$PY" --require-hashes -r "$ROOT/$1" && return
  echo "uv could not do it; trying pip"
  "$PY" -m pip install --require-hashes -r "$ROOT/$1"
}

lock_requirements() {
  make_local
  ensure_requirements requirements-dev.txt
  local before
  before=$(date -u -d '3 days ago' +%Y-%m-%dT00:00:00Z)
  cd "$ROOT"
  compile_lock requirements.txt "$before" "$@" requirements.in
  compile_lock requirements-dev.txt "$before" "$@" --constraint requirements.txt requirements-dev.in
  compile_lock requirements-uv.txt "$before" "$@" requirements-uv.in
  say "The next ./run installs what changed."
}

# For every Python from 3.11.0 on and every system (--universal): Debian's 3.11.2 needs what 3.11.7 does not.
compile_lock() {
  local lock=$1 before=$2
  shift 2
  step "Locking $lock" env UV_PYTHON_DOWNLOADS=never "$VENV/bin/uv" pip compile --python "$PY" --quiet --universal \
    --python-version 3.11 --generate-hashes --no-header --exclude-newer "$before" --output-file "$lock" "$@"
}

manage() { (cd "$ROOT" && exec "$PY" manage.py "$@"); }

# Tests, checks and benchmarks.
# shellcheck shell=bash

# The database of tests: another cluster, that may forget everything when the machine stops.
ready_to_test() {
  make_local
  ensure_requirements requirements-dev.txt
  ensure_packages
  if ! uses_own_database; then
    # Ended again afterwards, silently: nothing may follow pytest's own closing line.
    cluster_runs_already postgres-test || trap 'stop_cluster postgres-test >/dev/null 2>&1 || true' EXIT
    ensure_cluster postgres-test
    DATABASE_URL=$(cluster_url postgres-test)
    export DATABASE_URL
  fi
  (($# == 0)) || step_once messages messages_fingerprint "Compiling the translations" in_test_mode manage compilemessages -v 0 -l nl
}

in_test_mode() { DEBUG=1 "$@"; }

run_tests() {
  make_local
  exec 9>"$LOCAL/test.lock"
  flock -n 9 || fail "The tests of this clone run already."
  ready_to_test with-messages
  ensure_test_tools
  export DJANGO_ALLOW_ASYNC_UNSAFE=true # Playwright runs a loop of its own beside the test
  cd "$ROOT"
  local status=0
  "$PY" -m pytest -n auto "$@" </dev/null 9>&- || status=$?
  exit "$status"
}

# Chromium for the browser tests; GDAL's programs, which ask /ogc/ as QGIS does; nginx and redis-server for the tests of deploy/, only where nobody minds two services more.
ensure_test_tools() {
  local missing=()
  has_chromium || missing+=(chromium)
  has_library libatomic.so.1 || missing+=(libatomic1)
  has_program ogrinfo || missing+=(gdal-bin)
  if is_true "${CI:-}"; then
    has_program nginx || missing+=(nginx-light)
    has_program redis-server || missing+=(redis-server)
  fi
  if ((${#missing[@]})) && can_install; then
    # Not `step`: without them the other tests still run.
    say "  Installing ${missing[*]} for the tests"
    (install_packages "${missing[@]}") || true
  fi
  has_chromium || loudly "BROWSER TESTS ARE SKIPPED: there is no chromium here (apt-get install chromium)"
  has_program ogrinfo || loudly "TESTS WITH GDAL AS A CLIENT ARE SKIPPED: there is no ogrinfo here (apt-get install gdal-bin)"
  has_program nginx && has_program redis-server ||
    loudly "TESTS OF THE PROXY ARE SKIPPED: there is no nginx or redis-server here (apt-get install nginx-light redis-server)"
}

has_program() { PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null; }

has_chromium() { has_program chromium || has_program chromium-browser || has_program google-chrome; }

loudly() {
  say
  say "  !!! $1 !!!"
  is_true "${CI:-}" && say "  !!! With CI set each of them counts as failed. !!!"
  say
}

run_checks() {
  ready_to_test
  cd "$ROOT"
  local failed=()
  check "ruff: faults" "$PY" -m ruff check .
  check "ruff: format" "$PY" -m ruff format --check .
  check "mypy" in_test_mode "$VENV/bin/mypy"
  check "import-linter: layers" "$VENV/bin/lint-imports"
  check "djade: templates" check_templates
  check "migrations: none missing" in_test_mode manage makemigrations --check --dry-run
  check "translations: Dutch complete" in_test_mode manage check_translations
  check "translations: none while importing" in_test_mode "$PY" -m core.eager
  check "settings of a real site" check_deploy
  if ((${#failed[@]})); then
    say
    say "${#failed[@]} failed: $(printf '%s; ' "${failed[@]}" | sed 's/; $//')"
    exit 1
  fi
  say "All checks pass."
}

# check WHAT COMMAND…: goes on when it fails, and remembers.
check() {
  local what=$1 start=$EPOCHREALTIME
  shift
  printf '  %-44s' "$what"
  if "$@" >"$LOGS/check.log" 2>&1 </dev/null; then
    printf '%s s\n' "$(seconds_since "$start")"
  else
    printf 'FAILED (%s s)\n' "$(seconds_since "$start")"
    failed+=("$what")
    sed 's/^/      /' "$LOGS/check.log"
  fi
}

check_templates() {
  local templates
  mapfile -t templates < <(find templates ./*/templates -name '*.html' 2>/dev/null)
  ((${#templates[@]} == 0)) || "$VENV/bin/djade" --target-version 5.2 --check "${templates[@]}"
}

# The Dutch catalogue as the code and the templates ask for it now; says what waits for its Dutch.
make_messages() {
  make_local
  ensure_requirements requirements.txt
  ensure_packages
  in_test_mode manage makemessages -l nl --no-location --no-obsolete --no-wrap --ignore tests --ignore benchmarks --ignore docs
  in_test_mode manage check_translations
}

check_deploy() {
  env -u DEBUG -u DEMO -u EMAIL_URL SECRET_KEY="$(head -c 48 /dev/urandom | base64 -w0)" ALLOWED_HOSTS=example.org \
    "$PY" manage.py check --deploy --fail-level WARNING
}

run_benchmarks() {
  [[ -f $ROOT/benchmarks/__main__.py ]] || fail "There are no benchmarks yet."
  ready_to_test
  set_environment
  cd "$ROOT"
  "$PY" -m benchmarks "$@"
}

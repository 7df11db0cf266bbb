# The demo of today, kept for the test that upgrades it tomorrow.
# shellcheck shell=bash

# keep_demo NN-what: before an issue changes the models; tests/upgrades/README.md tells more.
keep_demo() {
  local name=${1:-} status=0
  ! uses_own_database || fail "This makes a database of its own: leave DATABASE_URL away."
  ready_to_test with-messages
  as_postgres "$(cluster_programs postgres-test)/dropdb" --if-exists -h "$(cluster_socket postgres-test)" -U postgres kept
  as_postgres "$(cluster_programs postgres-test)/createdb" -h "$(cluster_socket postgres-test)" -U postgres --owner=gebiedsplein kept
  cd "$ROOT"
  # The secret key of the tests: the passwords of the demo follow from it.
  env -u SECRET_KEY DEMO=1 EMAIL_URL=dummymail:// DATABASE_URL="${DATABASE_URL%/*}/kept" DJANGO_SETTINGS_MODULE=config.settings \
    "$PY" -m tests.upgrades.keep "$name" || status=$?
  as_postgres "$(cluster_programs postgres-test)/dropdb" -h "$(cluster_socket postgres-test)" -U postgres kept
  return "$status"
}

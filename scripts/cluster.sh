# Two private PostgreSQL servers, without a network port: one durable for the demo, one that forgets for the tests.
# Why two: docs/decisions/two-database-servers.md.
# shellcheck shell=bash

uses_own_database() { [[ -n ${DATABASE_URL:-} ]]; }

# PostgreSQL refuses to run as root; then it runs as the account that its Debian package made.
as_postgres() {
  if is_root; then (cd / && exec runuser -u postgres -- "$@"); else (cd / && exec "$@"); fi
}

postgres_account() { if is_root; then echo postgres; else id -un; fi; }

# Where a cluster is: its data beside the clone when its account can reach that, and its socket in a short path of its own.
cluster_data() {
  local mine
  mine=$(printf '%s' "$ROOT" | fingerprint)
  if is_root && ! runuser -u postgres -- test -x "$LOCAL"; then
    printf '%s' "/var/lib/gebiedsplein-${mine:0:8}/$1"
  else
    printf '%s' "$LOCAL/$1"
  fi
}

cluster_socket() {
  local mine
  mine=$(printf '%s %s' "$ROOT" "$EUID" | fingerprint)
  printf '%s' "/tmp/gebiedsplein-${mine:0:8}-$1"
}

cluster_url() { printf 'postgis://gebiedsplein@/%s/gebiedsplein' "$(cluster_socket "$1")"; }

cluster_runs() { as_postgres "$(cluster_programs "$1")/pg_ctl" status -D "$(cluster_data "$1")" >/dev/null 2>&1; }

cluster_runs_already() { [[ -f $(cluster_data "$1")/made && -S $(cluster_socket "$1")/.s.PGSQL.5432 ]] && cluster_runs "$1"; }

# The programs of the version that made the data, or the newest.
cluster_programs() {
  local data version
  data=$(cluster_data "$1")
  if version=$(cat "$data/PG_VERSION" 2>/dev/null); then
    [[ -x /usr/lib/postgresql/$version/bin/postgres ]] ||
      fail "The database in $data was made by PostgreSQL $version, which is gone. Install postgresql-$version-postgis-3 to read it, or remove that folder to begin anew."
    printf '%s' "/usr/lib/postgresql/$version/bin"
  else
    postgres_programs || fail "PostgreSQL with PostGIS is not installed."
  fi
}

# ensure_cluster postgres|postgres-test: made when it is not there, started when it does not run.
ensure_cluster() {
  local name=$1
  if [[ ! -f $(cluster_data "$name")/made ]]; then
    step "Making the private database server" make_cluster "$name"
  elif ! cluster_runs_already "$name"; then
    step "Starting the private database server" start_cluster "$name"
  fi
}

make_cluster() {
  local name=$1 data programs socket
  data=$(cluster_data "$name")
  socket=$(cluster_socket "$name")
  if cluster_runs "$name"; then stop_cluster "$name"; fi
  remove_unfinished "$data"
  mkdir -p "$(dirname "$data")"
  install -d -m 700 -o "$(postgres_account)" "$data"
  programs=$(postgres_programs)
  as_postgres "$programs/initdb" -D "$data" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-instructions \
    $(is_for_tests "$name" && echo --no-sync)
  as_postgres tee "$data/conf.gebiedsplein" >/dev/null < <(cluster_settings "$name" "$socket")
  as_postgres tee -a "$data/postgresql.conf" >/dev/null <<<"include 'conf.gebiedsplein'"
  start_cluster "$name"
  cluster_sql "$name" postgres "$ROOT/deploy/postgres/roles.sql"
  cluster_sql "$name" template1 "$ROOT/deploy/postgres/extensions.sql"
  # Only here: a site that is installed needs no right to make databases, tests do.
  cluster_sql "$name" postgres <(echo 'ALTER ROLE gebiedsplein CREATEDB')
  as_postgres "$programs/createdb" -h "$socket" -U postgres --owner=gebiedsplein gebiedsplein
  as_postgres touch "$data/made"
}

# What an interrupted first start left; never a cluster that was finished.
remove_unfinished() { [[ -f $1/made ]] || rm -rf -- "$1"; }

is_for_tests() { [[ $1 == postgres-test ]]; }

cluster_settings() {
  echo "listen_addresses = ''"
  echo "unix_socket_directories = '$2'"
  echo "unix_socket_permissions = 0700"
  echo "max_connections = 100"
  echo "shared_buffers = 128MB"
  echo "jit = off"
  echo "log_timezone = 'UTC'"
  echo "timezone = 'UTC'"
  if is_for_tests "$1"; then
    echo "fsync = off"
    echo "synchronous_commit = off"
    echo "full_page_writes = off"
    echo "autovacuum = off"
  fi
}

cluster_sql() {
  as_postgres "$(postgres_programs)/psql" -X -q -v ON_ERROR_STOP=1 -h "$(cluster_socket "$1")" -U postgres -d "$2" -f - <"$3"
}

start_cluster() {
  local name=$1 data socket
  data=$(cluster_data "$name")
  socket=$(cluster_socket "$name")
  # Nobody else may have made this folder: who owns it can read every query.
  if [[ -e $socket || -L $socket ]]; then
    [[ ! -L $socket && -d $socket && $(stat -c '%U %a' "$socket") == "$(postgres_account) 700" ]] ||
      fail "$socket is not a private folder of $(postgres_account). Remove it."
  else
    install -d -m 700 -o "$(postgres_account)" "$socket"
  fi
  as_postgres "$(cluster_programs "$name")/pg_ctl" start -w -t 60 -s -D "$data" -l "$data/server.log" || {
    as_postgres tail -n 20 "$data/server.log"
    return 1
  }
}

stop_cluster() {
  [[ -d $(cluster_data "$1") ]] && cluster_runs "$1" || return 0
  as_postgres "$(cluster_programs "$1")/pg_ctl" stop -w -s -m fast -D "$(cluster_data "$1")"
}

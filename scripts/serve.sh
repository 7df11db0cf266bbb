# The server and the worker: started together, watched, and ended together.
# shellcheck shell=bash

serve() {
  local wanted=${1:-8000} port server begun=$EPOCHREALTIME
  [[ $wanted =~ ^[0-9]{1,5}$ ]] && ((wanted >= 1 && wanted <= 65535)) || fail "A port is a number from 1 to 65535, not “$wanted”."
  make_local
  # Held as long as this clone serves; the system lets go of it, whatever happens to us.
  exec 9>"$LOCAL/serve.lock"
  if ! flock -n 9; then
    say "Gebiedsplein runs here already: $(cat "$LOCAL/address" 2>/dev/null || echo 'it is just starting'). ./run stop ends it."
    return
  fi
  say "Gebiedsplein, in $ROOT"
  trap 'end_serving' EXIT
  trap 'say; exit 130' INT
  trap 'exit 143' TERM HUP
  remember_process run $$
  end_process server 5
  end_process worker 5
  ready_to_serve

  # While the server starts; it takes a second too.
  ! is_true "$DEMO" || manage demo_signins >"$LOGS/signins" 2>&1 9>&- &
  local signins=$!
  port=$(free_port "$wanted") || fail "No port is free from $wanted on."
  ((port == wanted)) || say "  Port $wanted is taken: using $port."
  printf '  %-44s' "Starting the server"
  local start=$EPOCHREALTIME
  HOST=127.0.0.1 PORT=$port LOG_LEVEL=warning "$ROOT/deploy/web" 9>&- &
  server=$!
  remember_process server "$server"
  wait_until_alive "$port" "$server"
  printf '%s s\n' "$(seconds_since "$start")"
  supervise_worker &
  remember_process worker $!
  say "http://localhost:$port/" >"$LOCAL/address"
  wait "$signins" || say "  The list of demo sign-ins failed: ./run manage demo_signins"
  welcome "$port" "$begun"
  wait "$server" || fail "The server ended by itself. What it said is above."
}

welcome() {
  say
  say "  Gebiedsplein is at http://localhost:$1/  (ready in $(seconds_since "$2") s; Ctrl-C ends it)"
  is_true "$DEMO" || return 0
  say
  cat "$LOGS/signins"
  say
  say "  Second-factor codes, now: ./run code     What the demo mails: .local/mail     The worker: .local/log/worker.log"
}

# The next port from $1 on that nobody listens on.
free_port() {
  local port
  for ((port = $1; port <= 65535 && port < $1 + 100; port++)); do
    port_is_taken "$port" || { printf '%s' "$port" && return; }
  done
  return 1
}

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The status that a path answers with, 000 when nobody does.
http_status() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
    read -r -t 5 _ status _ <&3 && printf '%s' "$status"
  ) 2>/dev/null || printf '000'
}

wait_until_alive() {
  local port=$1 server=$2 tries
  for ((tries = 0; tries < 600; tries++)); do
    [[ $(http_status "$port" /healthz) != 200 ]] || return 0
    kill -0 "$server" 2>/dev/null || fail "The server did not start. What it said is above."
    sleep 0.1
  done
  fail "The server does not answer on http://localhost:$port/healthz after a minute."
}

# One worker; when it ends it comes back, each time after a longer pause until it has lived a minute.
supervise_worker() {
  local pause=1 begun worker status
  exec 9>&- >>"$LOGS/worker.log" 2>&1 </dev/null
  trap 'kill -TERM $(jobs -p) 2>/dev/null; wait; exit 0' TERM
  trap '' INT
  trap - EXIT
  cd "$ROOT"
  while true; do
    begun=$SECONDS
    "$PY" manage.py worker &
    worker=$!
    status=0
    wait "$worker" || status=$?
    ((SECONDS - begun < 60)) || pause=1
    say "$(date -Is) the worker ended ($status), starting it again in $pause s"
    sleep "$pause" &
    wait $! || true
    pause=$((pause < 32 ? pause * 2 : 60))
  done
}

end_serving() {
  local status=$?
  trap - EXIT
  trap '' INT TERM HUP
  end_process server 10
  end_process worker 10
  rm -f "$LOCAL/run.pid" "$LOCAL/address"
  say "  Gebiedsplein has stopped; its database server goes on until ./run stop."
  exit "$status"
}

stop_all() {
  [[ -d $LOCAL ]] || { say "Nothing runs here." && return; }
  make_local
  local running=
  running=$(remembered_process run || remembered_process server || remembered_process worker) || true
  [[ -z $running ]] || step "Ending the server and the worker" end_all_processes
  local name
  for name in postgres postgres-test; do
    if [[ -d $(cluster_data "$name") ]] && cluster_runs "$name"; then
      step "Ending the private database server" stop_cluster "$name"
      running=1
    fi
  done
  [[ -n $running ]] || say "Nothing runs here."
}

end_all_processes() {
  end_process run 25
  end_process server 10
  end_process worker 10
}

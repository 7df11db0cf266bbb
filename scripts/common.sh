# Words that every part of `run` uses: saying, timing, failing, remembering processes.
# shellcheck shell=bash

export LC_ALL=C.UTF-8
LOCAL=$ROOT/.local
LOGS=$LOCAL/log

say() { printf '%s\n' "$*"; }

fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

# The folder where everything lives that this clone makes; only for the person who runs it.
make_local() {
  mkdir -p "$LOGS" 2>/dev/null && [[ -w $LOCAL && -w $LOGS ]] ||
    fail "$LOCAL cannot be written by $(id -un): it belongs to $(stat -c %U "$LOCAL" 2>/dev/null). Use that account, or another clone."
}

# Seconds since a moment of $EPOCHREALTIME, with one decimal.
seconds_since() {
  local now=$EPOCHREALTIME tenths
  tenths=$(((${now/./} - ${1/./}) / 100000))
  printf '%d.%d' $((tenths / 10)) $((tenths % 10))
}

# step WHAT COMMAND…: does it, says what and how long; when it goes wrong shows the end of what it printed.
step() {
  local what=$1 start=$EPOCHREALTIME status
  shift
  printf '  %-44s' "$what"
  set +e
  (
    exec 9>&-
    set -e
    "$@"
  ) >"$LOGS/step.log" 2>&1 </dev/null
  status=$?
  set -e
  if ((status)); then
    printf 'failed (%s s)\n\n' "$(seconds_since "$start")"
    tail -n 30 "$LOGS/step.log" >&2
    fail "That was: $what. All it said: $LOGS/step.log"
  fi
  printf '%s s\n' "$(seconds_since "$start")"
}

# step_once NAME FINGERPRINT WHAT COMMAND…: the same, but not again while what the function FINGERPRINT prints is unchanged.
# It is asked again afterwards, since it looks at what the step makes too.
step_once() {
  local stamp=$LOCAL/$1.stamp fingerprint=$2
  shift 2
  [[ -f $stamp && $(<"$stamp") == "$("$fingerprint")" ]] && return
  step "$@"
  # Not its status: a folder that is not there yet is part of the picture.
  printf '%s\n' "$("$fingerprint")" >"$stamp"
}

fingerprint() { sha256sum | cut -c1-32; }

is_true() { [[ ${1:-} =~ ^(1|true|True|yes|on)$ ]]; }

is_root() { ((EUID == 0)); }

# A process is its number and its start: a number alone may have become another's.
process_start() {
  local stat
  { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
  read -ra stat <<<"${stat##*) }"
  printf '%s' "${stat[19]}"
}

remember_process() { printf '%s %s\n' "$2" "$(process_start "$2")" >"$LOCAL/$1.pid"; }

# remembered_process NAME: its number, when it still runs.
remembered_process() {
  local number start
  read -r number start 2>/dev/null <"$LOCAL/$1.pid" || return 1
  [[ $(process_start "$number") == "$start" ]] && printf '%s' "$number"
}

# end_process NAME SECONDS: asks it to stop, and insists after a while.
end_process() {
  local number tries
  if number=$(remembered_process "$1"); then
    kill -TERM "$number" 2>/dev/null || true
    for ((tries = $2 * 10; tries > 0; tries--)); do
      remembered_process "$1" >/dev/null || break
      sleep 0.1
    done
    remembered_process "$1" >/dev/null && kill -KILL "$number" 2>/dev/null
  fi
  rm -f "$LOCAL/$1.pid"
}

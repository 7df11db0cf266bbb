# The site made ready for the demo: settings in the environment, database, translations, static files.
# shellcheck shell=bash

# The environment of everything that Django does here. What is set already is left alone.
set_environment() {
  export DEMO=${DEMO-1}
  export SECRET_KEY=${SECRET_KEY:-$(secret_key)}
  if [[ -z ${EMAIL_URL:-} ]] && is_true "$DEMO"; then
    mkdir -p "$LOCAL/mail"
    # Mail of the demo becomes files that one can read.
    EMAIL_URL=filemail:///$("$PY" -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1]))' "$LOCAL/mail")
    export EMAIL_URL
  fi
  if ! uses_own_database; then
    DATABASE_URL=$(cluster_url postgres)
    export DATABASE_URL
    PRIVATE_CLUSTER=1
  fi
}

secret_key() {
  local file=$LOCAL/secret_key
  [[ -s $file ]] || (
    umask 077
    head -c 48 /dev/urandom | base64 -w0 >"$file"
  )
  cat "$file"
}

# Enough for one command of Django: Python, its packages, a database server that runs.
ready_for_commands() {
  make_local
  ensure_requirements requirements.txt
  ensure_packages
  set_environment
  [[ -z ${PRIVATE_CLUSTER:-} ]] || ensure_cluster postgres
}

ready_to_serve() {
  ready_for_commands
  step_once messages messages_fingerprint "Compiling the translations" manage compilemessages -v 0 -l nl
  step_once static static_fingerprint "Collecting the static files" manage collectstatic -v 0 --noinput --clear
  # One process: Django takes a second or more to begin.
  step "Bringing the database up to date" manage prepare
}

messages_fingerprint() { (cd "$ROOT" && cat locale/*/LC_MESSAGES/*.po && ls locale/*/LC_MESSAGES/*.mo) 2>/dev/null | fingerprint; }

static_fingerprint() {
  (cd "$ROOT" && cat requirements.txt core/staticfiles.py && find static ./*/static -type f -printf '%p %s %T@\n' 2>/dev/null | sort; ls -d .local/static) 2>/dev/null |
    fingerprint
}

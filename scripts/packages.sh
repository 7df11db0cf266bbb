# What comes from the system: PostGIS, the libraries and the serif of the PDF reports, gettext.
# shellcheck shell=bash

# The newest PostgreSQL of this machine that has PostGIS: the folder of its programs.
postgres_programs() {
  local control version
  for control in $(printf '%s\n' /usr/share/postgresql/*/extension/postgis.control | sort -Vr); do
    version=${control#/usr/share/postgresql/}
    version=${version%%/*}
    if [[ -f $control && -x /usr/lib/postgresql/$version/bin/initdb ]]; then
      printf '%s' "/usr/lib/postgresql/$version/bin"
      return
    fi
  done
  return 1
}

has_library() { [[ $(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null) == *"$1"* ]]; }

# The Debian packages that are missing for serving, one a line.
missing_packages() {
  uses_own_database || postgres_programs >/dev/null || echo postgresql-postgis
  command -v msgfmt >/dev/null || echo gettext
  has_library libpango-1.0.so.0 || echo libpango-1.0-0
  has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
  has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
  compgen -G '/usr/share/fonts*/truetype/*/Charis*' >/dev/null || compgen -G '/usr/share/fonts/truetype/charis*' >/dev/null ||
    dpkg -s fonts-sil-charis >/dev/null 2>&1 || echo fonts-sil-charis
}

ensure_packages() {
  local missing
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

# can_install: is there an apt, and may we use it without asking a question nobody answers?
can_install() {
  command -v apt-get >/dev/null || return 1
  is_root && return
  command -v sudo >/dev/null || return 1
  sudo -n true 2>/dev/null || [[ -t 0 && -t 1 ]]
}

install_packages() {
  make_local
  can_install || fail "These Debian packages are missing, and $(id -un) cannot install them here: $*
Ask somebody who can:  sudo apt-get install --no-install-recommends $*
On another system: install PostgreSQL with PostGIS, gettext and Pango its own way and set DATABASE_URL, or use compose.yaml (docs/operations.md)."
  local rights=()
  is_root || rights=(sudo)
  # Before PostgreSQL arrives: it would start a server of its own on port 5432 otherwise.
  if [[ " $* " == *" postgresql"* && ! -d /etc/postgresql-common ]]; then
    step "Keeping port 5432 free" "${rights[@]}" sh -c \
      'mkdir -p /etc/postgresql-common/createcluster.d && echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.d/gebiedsplein.conf'
  fi
  is_root || sudo -v || true
  step "Asking Debian for its list of packages" "${rights[@]}" apt-get -o DPkg::Lock::Timeout=300 update -q
  step "Installing $(shorten "$*")" "${rights[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=300 install -qy --no-install-recommends "$@"
}

shorten() { if ((${#1} > 32)); then printf '%s…' "${1:0:31}"; else printf '%s' "$1"; fi; }

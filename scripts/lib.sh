# Shared by the scripts beside it: installs the system packages that a build needs.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }

# Runs a command as root, with sudo where needed.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null 2>&1; then sudo "$@"
  else say "error: installing packages needs root; install sudo or run this as root"; exit 2
  fi
}

# Installs the Debian packages among its arguments that are missing.
install_debian() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" \
      || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  say "installing: ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >&2
}

# Installs the Homebrew formulas among its arguments that are missing.
install_homebrew() {
  local missing=()
  for formula in "$@"; do
    brew list --versions "$formula" >/dev/null 2>&1 || missing+=("$formula")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  say "installing: ${missing[*]}"
  brew install --quiet "${missing[@]}" >&2
}

# Installs what a build needs and this machine lacks.
install_packages() {
  if ! command -v swift >/dev/null 2>&1; then
    say "error: Swift 6.2 or later is needed: https://www.swift.org/install"
    exit 2
  fi
  case "$(uname -s)" in
    Darwin)
      if ! command -v brew >/dev/null 2>&1; then
        say "error: Homebrew is needed, to install libyaml and SQLite"
        exit 2
      fi
      install_homebrew libyaml sqlite pkgconf ;;
    *)
      if ! command -v apt-get >/dev/null 2>&1; then
        say "error: this script knows apt and Homebrew; elsewhere install libyaml, zlib," \
          "SQLite and pkg-config with their headers, then run swift build"
        exit 2
      fi
      install_debian libyaml-dev zlib1g-dev libsqlite3-dev pkg-config ;;
  esac
}

# Installs programs that read what plumb writes, for the tests that ask them. Without a Python or
# a network those tests are skipped and say so.
install_validators() {
  local folder="$root/.build/validators"
  [ -x "$folder/bin/check-jsonschema" ] && cmp -s "$root/Tests/validators.txt" \
    "$folder/validators.txt" && return 0
  if [ "$(uname -s)" != Darwin ]; then install_debian python3 python3-venv git; fi
  say "installing what reads plumb's reports, for the tests"
  if python3 -m venv "$folder" >/dev/null 2>&1 \
    && "$folder/bin/pip" install --quiet --disable-pip-version-check \
      -r "$root/Tests/validators.txt" >&2; then
    cp "$root/Tests/validators.txt" "$folder/"
  else
    say "they could not be installed; the tests that need them are skipped"
  fi
}

# Starts a server of PostgreSQL of its own, where it is installed, until the script ends, and names
# it in PLUMB_POSTGRES. The tests that need one are skipped without it.
start_postgres() {
  [ -z "${PLUMB_POSTGRES:-}" ] || return 0
  local programs
  programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1) || true
  [ -n "$programs" ] || programs=$(dirname "$(command -v initdb || echo /none/initdb)")
  [ -x "$programs/initdb" ] || { say "PostgreSQL is not installed; its tests are skipped"; return 0; }
  postgres_folder=$(mktemp -d)
  # It refuses to run as root.
  postgres_user=()
  if [ "$(id -u)" -eq 0 ]; then
    chown nobody "$postgres_folder"
    postgres_user=(setpriv --reuid=nobody --clear-groups)
  fi
  echo plumb >"$postgres_folder.password"
  chmod 644 "$postgres_folder.password"
  if (cd / && ${postgres_user[@]+"${postgres_user[@]}"} "$programs/initdb" -D "$postgres_folder/data" -U plumb \
    -A scram-sha-256 --pwfile="$postgres_folder.password" -E UTF8 --no-locale --no-sync \
    && ${postgres_user[@]+"${postgres_user[@]}"} "$programs/pg_ctl" -D "$postgres_folder/data" -w \
      -l "$postgres_folder/log" -o "-k $postgres_folder -c listen_addresses= -c fsync=off" start
  ) >/dev/null 2>&1; then
    postgres_stop=(${postgres_user[@]+"${postgres_user[@]}"} "$programs/pg_ctl" -D "$postgres_folder/data" -m immediate)
    trap stop_postgres EXIT
    export PLUMB_POSTGRES="postgres://plumb:plumb@/postgres?host=$postgres_folder"
  else
    say "PostgreSQL could not be started; its tests are skipped"
  fi
}

stop_postgres() {
  (cd / && "${postgres_stop[@]}" stop) >/dev/null 2>&1 || true
  rm -rf "$postgres_folder" "$postgres_folder.password"
}

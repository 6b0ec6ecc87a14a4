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
        say "error: Homebrew is needed, to install libyaml"
        exit 2
      fi
      install_homebrew libyaml pkgconf ;;
    *)
      if ! command -v apt-get >/dev/null 2>&1; then
        say "error: this script knows apt and Homebrew; elsewhere install libyaml, zlib and" \
          "pkg-config with their headers, then run swift build"
        exit 2
      fi
      install_debian libyaml-dev zlib1g-dev pkg-config ;;
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

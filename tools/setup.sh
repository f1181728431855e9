# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# What ./run and ./check share: packages, configuring, compiling. Sourced with $top set.

say () { printf '%s\n' "$*" >&2; }
die () { say "$*"; exit 1; }

# Names the package manager of this machine, or nothing.
package_manager ()
{
  local name
  for name in apt-get dnf pacman; do
    if command -v "$name" >/dev/null; then
      echo "$name"
      return
    fi
  done
}

# list_packages MANAGER ROLE...: the names this machine's packages have, one a line.
list_packages ()
{
  local manager=$1; shift
  awk -v manager="$manager" -v roles=" $* " '
    /^#/ || NF < 4 { next }
    index (roles, " " $1 " ") {
      name = manager == "apt-get" ? $2 : manager == "dnf" ? $3 : $4
      if (name != "-") print name
    }' "$top/tools/packages" | sort -u
}

# Filters standard input down to the packages that are not installed; one query for all of them.
keep_missing ()
{
  local manager=$1
  local -a wanted
  mapfile -t wanted
  case $manager in
    apt-get)
      # "install ok installed" under the name itself or under a name that provides it.
      dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' 2>/dev/null |
        awk -v wanted="${wanted[*]}" '
          $1 == "installed" { gsub (/\([^)]*\)|,/, " "); for (i = 2; i <= NF; i++) have[$i] = 1 }
          END { n = split (wanted, w, " "); for (i = 1; i <= n; i++) if (!(w[i] in have)) print w[i] }' ;;
    dnf) rpm -q --whatprovides "${wanted[@]}" 2>/dev/null | sed -n 's/^no package provides //p' ;;
    pacman) pacman -T "${wanted[@]}" || true ;;
  esac
}

# Filters standard input down to the packages this machine can install.
keep_available ()
{
  local name
  if [ "$1" != apt-get ]; then
    cat
    return
  fi
  while read -r name; do
    if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then
      echo "$name"
    fi
  done
}

install_command ()
{
  case $1 in
    apt-get) echo "apt-get install -y --no-install-recommends" ;;
    dnf) echo "dnf install -y" ;;
    pacman) echo "pacman -S --needed --noconfirm" ;;
  esac
}

# Whether a command that needs root may be tried; sets $as_root to what goes in front of it.
may_install ()
{
  local answer
  as_root=
  [ "$(id -u)" = 0 ] && return 0
  command -v sudo >/dev/null && [ -t 0 ] && [ -t 2 ] || return 1
  read -r -p "Install them with sudo? [Y/n] " answer || return 1
  case $answer in
    '' | [Yy]*) as_root=sudo ;;
    *) return 1 ;;
  esac
}

# need ROLE...: installs what is missing of these roles. Never fails: the build says what it lacks.
need ()
{
  local manager missing
  manager=$(package_manager)
  if [ -z "$manager" ]; then
    say "No apt, dnf or pacman here; tools/packages lists what is needed."
    return 0
  fi
  missing=$(list_packages "$manager" "$@" | keep_missing "$manager" | tr '\n' ' ')
  [ -n "${missing// }" ] || return 0

  if [ "$manager" = apt-get ] && [ "$(id -u)" = 0 ] && ! apt-cache show libgtk-4-dev >/dev/null 2>&1; then
    say "Reading the package lists (apt-get update)"
    apt-get update -qq >&2 || say "apt-get update failed; going on"
  fi
  # What this system does not have in its archive is left out without a word.
  if [ "$manager" != apt-get ] || apt-cache show libgtk-4-dev >/dev/null 2>&1; then
    missing=$(tr ' ' '\n' <<<"$missing" | grep . | keep_available "$manager" | tr '\n' ' ')
  fi
  [ -n "${missing// }" ] || return 0

  local command; command=$(install_command "$manager")
  say "Missing packages: $missing"
  if ! may_install; then
    say "Going on without them. To install them: sudo $command $missing"
    return 0
  fi
  if [ -n "$as_root" ] && [ "$manager" = apt-get ]; then
    sudo apt-get update -qq >&2 || say "apt-get update failed; going on"
  fi
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive run_quietly "installing packages" $as_root $command $missing ||
    say "Not everything could be installed; going on"
}

# run_quietly WHAT COMMAND...: shows the output of COMMAND only when it fails.
run_quietly ()
{
  local what=$1 log; shift
  log=$(mktemp)
  if "$@" >"$log" 2>&1 </dev/null; then
    rm -f "$log"
    return 0
  fi
  tail -n 60 "$log" >&2
  rm -f "$log"
  say "$what failed"
  return 1
}

# configure DIR [MESON OPTION...]: sets DIR up once; options of a folder that is there already stay.
configure ()
{
  local dir=$1; shift
  command -v meson >/dev/null || die "meson is missing; tools/packages lists what is needed."
  [ -e "$dir/build.ninja" ] && return 0
  say "Configuring ${dir#"$top/"}"
  run_quietly "meson setup" meson setup "$dir" "$top" "$@" || exit 1
}

# compile DIR: says something only when there is something to do.
compile ()
{
  local dir=$1 ninja
  ninja=$(command -v ninja || command -v ninja-build) || die "ninja is missing; tools/packages lists what is needed."
  if [ -z "$("$ninja" -C "$dir" -n 2>/dev/null | grep -v 'ninja: ' | head -n1)" ]; then
    return 0
  fi
  say "Compiling"
  run_quietly "Compiling" "$ninja" -C "$dir" || exit 1
}

# Takes over the environment in which DIR's programs find their schema, icons and translations.
enter_devenv ()
{
  local dump="$1/devenv.sh"
  if [ ! -e "$dump" ] || [ "$1/build.ninja" -nt "$dump" ]; then
    meson devenv -C "$1" --dump >"$dump.new" || die "meson devenv failed"
    mv "$dump.new" "$dump"
  fi
  set +u
  # shellcheck disable=SC1090
  . "$dump"
  set -u
}

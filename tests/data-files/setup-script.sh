#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# setup-script.sh SOURCE: tools/setup.sh with package managers that are not there. Prints TAP.
set -uo pipefail
top=$1

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
number=0
failures=0

# fake NAME BODY: a command that records how it was called.
fake ()
{
  printf '#!/bin/bash\necho "%s $*" >>"%s/calls"\n%s\n' "$1" "$scratch" "$2" >"$scratch/bin/$1"
  chmod +x "$scratch/bin/$1"
}

# begin: an empty machine, with only what the script itself needs.
begin ()
{
  rm -rf "${scratch:?}/bin" "$scratch/calls"
  mkdir -p "$scratch/bin"
  local tool
  for tool in awk bash cat env grep head id mktemp rm sed sort tail tr; do
    ln -s "$(command -v "$tool")" "$scratch/bin/$tool"
  done
  : >"$scratch/calls"
}

# needing ROLE...: runs `need` on the fake machine; output in $output.
needing ()
{
  output=$(PATH=$scratch/bin top=$top bash -c '. "$top/tools/setup.sh"; need "$@"' bash "$@" 2>&1 </dev/null)
}

check ()
{
  local what=$1; shift
  number=$((number + 1))
  if "$@"; then
    echo "ok $number $what"
  else
    failures=$((failures + 1))
    echo "not ok $number $what"
    { echo "output: $output"; cat "$scratch/calls"; } | sed 's/^/# /'
  fi
}

called () { grep -q -- "$1" "$scratch/calls"; }
not_called () { ! called "$1"; }
said () { grep -q -- "$1" <<<"$output"; }
silent () { [ -z "$output" ]; }

all_apt=$(awk '!/^#/ && NF > 3 && $1 == "build" { print "installed " $2 }' "$top/tools/packages")

begin
fake apt-get ''
fake apt-cache ''
fake dpkg-query "echo '$all_apt'"
needing build
check "apt: nothing is said or done when everything is there" silent
check "apt: then the archive is not asked" not_called "apt-"

# A package under another name that provides it (as after the 64-bit time transition) counts.
begin
fake apt-get ''
fake apt-cache ''
fake dpkg-query "echo '${all_apt/installed pkg-config/installed pkgconf pkg-config (= 1.8), other}'"
needing build
check "apt: a package that provides the name counts" silent

begin
fake id 'echo 0'
fake apt-get ''
fake apt-cache ''
fake dpkg-query "echo '${all_apt/installed libsecret-1-dev/config-files libsecret-1-dev}'"
needing build
check "apt: root installs what is missing" called "apt-get install -y --no-install-recommends libsecret-1-dev"
check "apt: package lists that are there are not fetched" not_called "apt-get update"
check "apt: what would be installed is said" said "libsecret-1-dev"

begin
fake id 'echo 0'
fake apt-get ''
fake apt-cache "[ -e '$scratch/updated' ]"
fake dpkg-query ''
rm -f "$scratch/updated"
needing build
check "apt: missing package lists are fetched" called "apt-get update"

begin
fake id 'echo 1000'
fake sudo 'exit 1'
fake apt-get ''
fake apt-cache ''
fake dpkg-query ''
needing build
check "apt: without a terminal nothing is installed" not_called "install"
check "apt: the command to type is said" said "sudo apt-get install"

begin
fake id 'echo 0'
fake apt-get 'exit 100'
fake apt-cache ''
fake dpkg-query ''
needing build
check "apt: a failed installation is said, and the build goes on" said "going on"

begin
fake id 'echo 0'
fake dnf ''
fake rpm 'echo "no package provides sqlite-devel"; echo "gtk4-devel-4.16"; echo "no package provides libsecret-devel"; exit 1'
needing build
check "dnf: what rpm does not know is installed" called "dnf install -y sqlite-devel libsecret-devel"

begin
fake id 'echo 0'
# shellcheck disable=SC2016 # for the fake to expand
fake pacman '[ "$1" != -T ] || { echo libsecret; exit 127; }'
needing build
check "pacman: what is missing is installed" called "pacman -S --needed --noconfirm libsecret"

begin
needing build
check "another system: says where the list is" said "tools/packages"

echo "1..$number"
[ $failures = 0 ]

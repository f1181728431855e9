#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# flatpak/test.sh [--can-run | DIR]: builds the Flatpak in DIR, installs it for this user on a branch of its
# own, asks it a question, starts it under Xvfb, calls it by D-Bus, and uninstalls it. Prints TAP.
# Exit status 77 where flatpak-builder or the runtime is missing.
set -uo pipefail

here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
id=io.github.runnel_chat.Runnel
branch=selftest
path=/${id//./\/}

can_run ()
{
  local tool
  for tool in flatpak flatpak-builder xvfb-run dbus-run-session gapplication gdbus python3 curl; do
    command -v "$tool" >/dev/null || { echo "$tool is not installed"; return 1; }
  done
  flatpak info org.gnome.Sdk//48 >/dev/null 2>&1 || { echo "org.gnome.Sdk//48 is not installed"; return 1; }
  flatpak info org.gnome.Platform//48 >/dev/null 2>&1 || { echo "org.gnome.Platform//48 is not installed"; return 1; }
}

number=0
failures=0
ok () { number=$((number + 1)); echo "ok $number $1"; }
not_ok ()
{
  number=$((number + 1)); failures=$((failures + 1))
  echo "not ok $number $1"
  sed 's/^/# /' "$2" | tail -n 40
}

# wait_for SECONDS COMMAND...: until COMMAND succeeds.
wait_for ()
{
  local deadline=$((SECONDS + $1)); shift
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $deadline ] || return 1
    sleep 0.2
  done
}

window_is_open ()
{
  gdbus call --session --timeout 5 --dest "$id" --object-path "$path/window/1" \
    --method org.gtk.Actions.List >/dev/null 2>&1
}

name_is_free ()
{
  [ "$(gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus \
       --method org.freedesktop.DBus.NameHasOwner "$id" 2>/dev/null)" = "(false,)" ]
}

# Warnings of any library and of our own code; parts of a desktop that are not here may be missed.
complaints ()
{
  grep -E '(WARNING|CRITICAL|ERROR) \*\*' "$1" |
    grep -vE 'dbus-daemon|dconf|Unable to acquire session bus|org\.freedesktop\.(portal|secrets)|xdg-desktop-portal|accessibility bus'
}

# The part that needs a display and a session bus; called again by this script inside of both.
in_session ()
{
  local log=$1
  # The bus logs what the service it starts says; it was started with its output in $log.
  gapplication action "$id" ask "'What is 10 + 10?'" >>"$log" 2>&1 || return 1
  wait_for 60 window_is_open || { echo "no window appeared" >>"$log"; return 1; }
  gapplication action "$id" quit >>"$log" 2>&1
  wait_for 20 name_is_free || { echo "the service did not quit" >>"$log"; return 1; }
}

if [ "${1:-}" = --can-run ]; then
  can_run
  exit
fi
if [ "${1:-}" = --in-session ]; then
  in_session "$2"
  exit
fi

reason=$(can_run) || { echo "1..0 # SKIP $reason"; exit 77; }
dir=${1:?usage: flatpak/test.sh DIR}
mkdir -p "$dir"
dir=$(realpath -- "$dir")
log=$dir/test.log
home=$(mktemp -d)
trap 'flatpak --user uninstall -y --noninteractive "$id//$branch" >/dev/null 2>&1; rm -rf "$home"' EXIT

echo "1..5"
if "$here/build.sh" "$dir" --user --install --default-branch="$branch" >"$log" 2>&1; then
  ok "builds and installs"
else
  not_ok "builds and installs" "$log"
  echo "Bail out! there is nothing to test"
  exit 1
fi

# Exactly the permissions of the manifest, and no others.
flatpak info --show-permissions "$id//$branch" >"$log" 2>&1
if grep -qx 'shared=network;ipc;' "$log" && grep -qxE 'sockets=(x11;)?wayland;fallback-x11;|sockets=x11;wayland;fallback-x11;' "$log" &&
   grep -qx 'devices=dri;' "$log" && ! grep -qE '^(filesystems|persistent|features)=|^\[(Session|System) Bus Policy\]' "$log"; then
  ok "has no permission beside network, ipc, wayland, fallback-x11 and dri"
else
  not_ok "has no permission beside network, ipc, wayland, fallback-x11 and dri" "$log"
fi

# From here on with a home of its own: nobody's chats and settings are touched.
FLATPAK_USER_DIR=${FLATPAK_USER_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/flatpak}
export FLATPAK_USER_DIR HOME=$home
unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME

if timeout 60 flatpak run --command=runnel-cli "$id//$branch" ask --model offline/helper \
     "What is (10 + 10) * 3?" >"$log" 2>&1 </dev/null && grep -q 60 "$log"; then
  ok "answers on the command line"
else
  not_ok "answers on the command line" "$log"
fi

# The session bus has to know the exported service file.
export XDG_DATA_DIRS=$FLATPAK_USER_DIR/exports/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
: >"$log"
if xvfb-run -a -s '-screen 0 1280x1024x24' dbus-run-session -- "$0" --in-session "$log" >"$log.service" 2>&1; then
  ok "is started by D-Bus with a question"
else
  cat "$log.service" >>"$log"
  not_ok "is started by D-Bus with a question" "$log"
fi
if complaints "$log.service" >"$log"; then
  not_ok "starts without a warning" "$log"
else
  ok "starts without a warning"
fi
[ $failures = 0 ]

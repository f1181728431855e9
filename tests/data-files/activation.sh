#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# activation.sh BUILD RUNNEL RUNNEL-CLI: on a session bus where nothing runs, calling the action "ask" starts the service by D-Bus
# and opens a window; nothing is sent by itself.
set -uo pipefail
build=$1 runnel=$2 cli=$3
id=io.github.runnel_chat.Runnel
path=/${id//./\/}

has_owner ()
{
  gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus \
    --method org.freedesktop.DBus.NameHasOwner "$id"
}

window_is_open ()
{
  gdbus call --session --timeout 5 --dest "$id" --object-path "$path/window/1" \
    --method org.gtk.Actions.List >/dev/null 2>&1
}

wait_for ()
{
  local deadline=$((SECONDS + $1)); shift
  until "$@"; do
    [ $SECONDS -lt $deadline ] || return 1
    sleep 0.1
  done
}

name_is_free () { [ "$(has_owner)" = "(false,)" ]; }

in_session ()
{
  name_is_free || { echo "the name has an owner before the call"; return 1; }
  gapplication action "$id" ask "'What is 10 + 10?'" || { echo "the call failed"; return 1; }
  wait_for 60 window_is_open || { echo "no window appeared"; return 1; }
  # Sending would make a chat.
  chats=$("$cli" chats list --json) || { echo "runnel-cli failed"; return 1; }
  [ "$(tr -d '[:space:]' <<<"$chats")" = '[]' ] || { echo "something was sent: $chats"; return 1; }
  # The other actions of the desktop file, and the one that ends it.
  actions=$(gdbus call --session --dest "$id" --object-path "$path" --method org.gtk.Actions.List)
  for action in new-chat quick-ask ask open-chat preferences quit; do
    grep -qF "'$action'" <<<"$actions" || { echo "no action $action, only: $actions"; return 1; }
  done
  gapplication action "$id" quit
  wait_for 30 name_is_free || { echo "it did not quit"; return 1; }
}

if [ "${4:-}" = --in-session ]; then
  in_session
  exit
fi

[ -n "${DISPLAY:-}" ] || { echo "there is no display"; exit 77; }
for tool in dbus-run-session gapplication gdbus; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed"; exit 77; }
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
services=$scratch/share/dbus-1/services
mkdir -p "$services" "$scratch"/{data,config,cache,state,run}
chmod 700 "$scratch/run"
# The service file as it will be installed, but for the place of the program.
sed "s|^Exec=.*/runnel |Exec=$runnel |" "$build/data/$id.service" >"$services/$id.service"
export XDG_DATA_DIRS=$scratch/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
export XDG_DATA_HOME=$scratch/data XDG_CONFIG_HOME=$scratch/config XDG_CACHE_HOME=$scratch/cache
export XDG_STATE_HOME=$scratch/state XDG_RUNTIME_DIR=$scratch/run
unset WAYLAND_DISPLAY
timeout 150 dbus-run-session -- "$0" "$@" --in-session

#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# broadway.sh SOURCE BUILD: ./run without a display shows the window in a browser. Leaves broadway.png in
# BUILD/meson-logs to look at.
set -uo pipefail
source=$1 build=$2
picture=$build/meson-logs/broadway.png

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
  { echo "chromium is not installed"; exit 77; }
command -v gtk4-broadwayd >/dev/null || { echo "gtk4-broadwayd is not installed"; exit 77; }

scratch=$(mktemp -d)
program=
# shellcheck disable=SC2317 # reached by the trap
clean_up ()
{
  [ -z "$program" ] || { kill "$program"; wait "$program"; } 2>/dev/null
  rm -rf "$scratch"
}
trap clean_up EXIT

unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XDG_RUNTIME_DIR GDK_BACKEND
export RUNNEL_BUILD_DIR=$build XDG_DATA_HOME=$scratch/data XDG_CONFIG_HOME=$scratch/config GSETTINGS_BACKEND=memory
"$source/run" >"$scratch/out" 2>"$scratch/err" &
program=$!

address=
for ((i = 0; i < 3000; i++)); do
  address=$(grep -o 'http://127\.0\.0\.1:[0-9]*/' "$scratch/out" | head -n1)
  [ -n "$address" ] && break
  kill -0 "$program" 2>/dev/null || break
  sleep 0.1
done
[ -n "$address" ] || { echo "./run printed no address"; cat "$scratch/out" "$scratch/err"; exit 1; }
[ "$(wc -l <"$scratch/out")" = 1 ] || { echo "./run printed more than one line"; cat "$scratch/out"; exit 1; }

# Broadway's page has a single white page before the window is there; try until it is.
status=1
for ((i = 0; i < 5; i++)); do
  rm -f "$picture"
  timeout 90 "$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars \
    "--user-data-dir=$scratch/browser" --window-size=1200,800 --virtual-time-budget=8000 \
    "--screenshot=$picture" "$address" >"$scratch/browser.log" 2>&1
  python3 "$source/tests/data-files/picture-shows-something.py" "$picture" && status=0 && break
done
kill -0 "$program" 2>/dev/null || { echo "./run ended by itself"; cat "$scratch/err"; exit 1; }
[ $status = 0 ] || { echo "nothing to be seen in $picture"; cat "$scratch/browser.log" "$scratch/err"; exit 1; }

# Ctrl+C takes the daemon along.
kill "$program"; wait "$program" 2>/dev/null; program=
port=${address##*:}; port=${port%/}
for ((i = 0; i < 50; i++)); do
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || exit 0
  sleep 0.1
done
echo "gtk4-broadwayd is still there"
exit 1

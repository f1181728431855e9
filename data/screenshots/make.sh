#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# make.sh [BUILD [NAME...]]: takes the pictures of the README and the metainfo, each in a home of its own under Xvfb,
# with the offline helper. Needs: xvfb, xdotool, imagemagick, dbus.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${1:-$here/../../build}" && pwd)
shift || true
names=("$@")
[ ${#names[@]} -gt 0 ] || names=(empty streaming dark narrow error preferences)
width=1000 height=700

key () { xdotool key --delay 40 "$@"; }
say () { xdotool type --delay 4 "$1"; sleep 0.3; key Return; }
newest () { xdotool search --onlyvisible --name . | tail -1; }

# Waits for a window and lets it fill the screen; without a compositor GTK draws a border, which is left outside.
fill ()
{
  local window deadline=$((SECONDS + 30))
  until window=$(newest) && [ -n "$window" ]; do
    [ $SECONDS -lt $deadline ] || { echo "no window appeared" >&2; exit 1; }
    sleep 0.1
  done
  sleep 1
  xdotool windowmove "$window" -5 -5 windowsize "$window" $((width + 10)) $((height + 10))
  xdotool mousemove $((width - 1)) $((height / 2))
  sleep 0.5
  xdotool windowfocus "$window"
  sleep 0.5
}

shoot () { import -window root -strip -define png:compression-level=9 "$here/$1.png"; }

# Chats of before, for the list on the left.
fill_library ()
{
  local question
  for question in "Which keyboard shortcuts does Runnel have?" "Convert 5 miles to km" "What time is it in Tokyo?" \
    "What is (10 + 10) * 3?"; do
    RUNNEL_OFFLINE_PACE=0 "$build/src/cli/runnel-cli" ask --model offline/helper --save "$question" >/dev/null
  done
}

set_keys ()
{
  mkdir -p "$XDG_CONFIG_HOME/glib-2.0/settings"
  printf '[io/github/runnel_chat/Runnel]\n%s\n' "$1" >"$XDG_CONFIG_HOME/glib-2.0/settings/keyfile"
}

start () { "$build/src/runnel" & program=$!; fill; }

take ()
{
  case $1 in
    empty) start; shoot empty ;;
    streaming)
      fill_library; export RUNNEL_OFFLINE_PACE=60; start
      say "Where is the cat hiding, and what items are there?"; sleep "${STREAMING_AT:-5}"; shoot streaming ;;
    dark)
      fill_library; export ADW_DEBUG_COLOR_SCHEME=prefer-dark RUNNEL_OFFLINE_PACE=2; start
      say "Which keyboard shortcuts does Runnel have?"; sleep 4; shoot dark ;;
    narrow)
      width=360 height=640; fill_library; export RUNNEL_OFFLINE_PACE=2; start
      say "What is (10 + 10) * 3?"; sleep 4; shoot narrow ;;
    error)
      fill_library
      set_keys "model='offline/script:$here/error.json'"; start
      say "Why is the sky blue?"; sleep 4; shoot error ;;
    preferences)
      fill_library
      set_keys "accounts=[('a', 'Ollama', 'openai-chat', 'http://127.0.0.1:11434/v1'), ('b', 'OpenRouter', 'openai-chat', 'https://openrouter.ai/api/v1')]"
      start; key ctrl+comma; sleep 2
      xdotool windowmove "$(newest)" 180 40; sleep 1; shoot preferences ;;
  esac
  kill "$program"
}

if [ -n "${RUNNEL_SCREENSHOT:-}" ]; then
  [ "$RUNNEL_SCREENSHOT" != narrow ] || width=360 height=640
  take "$RUNNEL_SCREENSHOT"
  exit
fi

for name in "${names[@]}"; do
  home=$(mktemp -d)
  mkdir -p "$home"/{data,config/gtk-4.0,cache,run}
  chmod 700 "$home/run"
  printf '[Settings]\ngtk-decoration-layout=:close\ngtk-font-name=Cantarell 11\n' >"$home/config/gtk-4.0/settings.ini"
  size=1000x700
  [ "$name" != narrow ] || size=360x640
  env -u WAYLAND_DISPLAY RUNNEL_SCREENSHOT="$name" HOME="$home" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" \
    XDG_CACHE_HOME="$home/cache" XDG_RUNTIME_DIR="$home/run" GSETTINGS_BACKEND=keyfile GSETTINGS_SCHEMA_DIR="$build/data" \
    GSK_RENDERER=cairo GTK_A11Y=none GIO_USE_VFS=local LC_ALL=C.UTF-8 G_DEBUG=fatal-criticals OLLAMA_HOST=127.0.0.1:1 \
    xvfb-run -a -s "-screen 0 ${size}x24" dbus-run-session -- "$0" "$build"
  rm -rf "$home"
  echo "$name.png"
done

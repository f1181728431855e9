#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# make.sh [-l LOOK[,LOOK...]] [-o FOLDER] [BUILD [STATE...]]: takes pictures of the window, each in a home of its own under
# Xvfb, with the offline models. Without -o the pictures of the README and the metainfo and the recording are made anew, here;
# with it every state in every look goes to FOLDER as STATE-LOOK.png. Needs: xvfb, xcompmgr, xdotool, imagemagick, x11-apps, x11-xserver-utils, webp, dbus.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
states=(empty streaming answer details approval error find search commands edit queue parameters model preferences shortcuts menu
  temporary inspector spelling)
looks=(light dark contrast narrow large rtl)
# Those that are kept here.
declare -A kept=([empty.png]=empty-light [streaming.png]=streaming-light [streaming.webp]=streaming-light [dark.png]=answer-dark
  [narrow.png]=answer-narrow [error.png]=error-light [preferences.png]=preferences-light)

key () { xdotool key --delay 40 "$@"; sleep 0.4; }
say () { xdotool type --delay 4 "$1"; sleep 0.3; key Return; }
newest () { xdotool search --onlyvisible --name . | tail -1; }
shoot () { import -window root -strip -define png:compression-level=9 "$RUNNEL_PICTURE"; }

# What happens in the next seconds, each frame for as long as it was to be seen.
record ()
{
  local frames=() begin now before
  begin=$(date +%s%3N) before=$begin
  while ((before - begin < 12000)); do
    xwd -silent -root -out "$HOME/$before.xwd"
    sleep 0.05
    now=$(date +%s%3N)
    frames+=(-d $((now - before)) "$HOME/$before.png")
    before=$now
  done
  mogrify -format png -strip -define png:compression-level=1 "$HOME"/*.xwd
  img2webp -loop 0 -min_size -lossy -q 70 "${frames[@]}" -o "$RUNNEL_PICTURE" >/dev/null
}

# Waits for a window and lets it fill the screen; without a window manager GTK draws a border, which is left outside.
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
  first=$window
}

# A window over the first one: where it is seen.
place ()
{
  local size deadline=$((SECONDS + 20))
  until [ "$(newest)" != "$first" ]; do
    [ $SECONDS -lt $deadline ] || { echo "no second window appeared" >&2; exit 1; }
    sleep 0.1
  done
  rest
  size=$(xdotool getwindowgeometry --shell "$(newest)" | sed -n 's/^WIDTH=//p')
  xdotool windowmove "$(newest)" $((width > size ? (width - size) / 2 : 0)) 20
  sleep 1
}

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
  {
    printf "[io/github/runnel_chat/Runnel]\nname-chats=false\nmodel='offline/script:%s'\n" "$here/demo.json"
    printf '%s\n' "$@"
  } >"$XDG_CONFIG_HOME/glib-2.0/settings/keyfile"
}

start ()
{
  [ -f "$XDG_CONFIG_HOME/glib-2.0/settings/keyfile" ] || set_keys
  "$build/src/runnel" &
  program=$!
  fill
}

# Waits until nothing moves any more.
rest ()
{
  local before='' now
  for _ in $(seq 60); do
    sleep 0.6
    now=$(import -window root -depth 8 rgb:- | md5sum)
    [ "$now" != "$before" ] || return 0
    before=$now
  done
}

ask_cat () { say "Where is the cat hiding, and what items are there?"; }
ask_rainbow () { say "Why does a rainbow have this angle?"; rest; }

take ()
{
  # What is transparent is mixed with what is below it.
  xcompmgr & mixer=$!
  [ -z "${RUNNEL_DPI:-}" ] || xrdb -merge <<<"Xft.dpi: $RUNNEL_DPI"
  [ "$1" = empty ] || fill_library
  case $1 in
    empty) set_keys "model='offline/helper'"; start ;;
    streaming)
      set_keys "model='offline/helper'"; RUNNEL_OFFLINE_PACE=60 start; ask_cat
      [[ $RUNNEL_PICTURE == *.webp ]] || sleep "${STREAMING_AT:-5}" ;;
    answer) start; ask_rainbow ;;
    details) start; ask_cat; rest; key alt+Up; key Tab Tab Return; rest ;;
    approval) start; say "What is the weather in Vienna?"; rest ;;
    error) start; say "Why is the sky blue?"; rest ;;
    find) start; ask_rainbow; key ctrl+f; xdotool type the; rest ;;
    search) start; key ctrl+k; xdotool type to; rest ;;
    commands) start; xdotool type /; rest ;;
    edit) start; say "Why is the sky green?"; rest; key Up; xdotool type " And the sea?"; rest ;;
    queue) start; ask_cat; sleep 1; say "And the dog?"; sleep 0.5 ;;
    parameters) start; xdotool type /par; sleep 1; key Return; rest; place ;;
    model) start; xdotool type /model; sleep 1; key Return; rest ;;
    preferences)
      set_keys "accounts=[('a', 'Ollama', 'openai-chat', 'http://127.0.0.1:11434/v1'), ('b', 'OpenRouter', 'openai-chat', 'https://openrouter.ai/api/v1')]"
      start; key ctrl+comma; rest; place ;;
    shortcuts) start; key ctrl+question; rest; place ;;
    menu) start; ask_rainbow; key F10; rest ;;
    temporary) start; key ctrl+shift+t; rest ;;
    inspector) start; ask_cat; rest; key F12; key Down Down; rest ;;
    # With a dictionary of English, which has to be installed.
    spelling)
      set_keys "spelling-languages=['en_US']"; start
      xdotool type --delay 15 "Please corect my speling in src/mian.c, and explain teh \`git comit\` line "
      key ctrl+Home ctrl+Right ctrl+Right; rest; key shift+F10; rest ;;
    *) echo "no such state: $1" >&2; exit 2 ;;
  esac
  case $RUNNEL_PICTURE in
    *.webp) record ;;
    *) shoot ;;
  esac
  kill "$program" "$mixer"
}

# One picture: STATE LOOK FILE
picture ()
{
  local home more=() size=1000x700
  home=$(mktemp -d)
  mkdir -p "$home"/{data,config/gtk-4.0,cache,run}
  chmod 700 "$home/run"
  case $2 in
    light) ;;
    dark) more=(ADW_DEBUG_COLOR_SCHEME=prefer-dark) ;;
    contrast) more=(ADW_DEBUG_HIGH_CONTRAST=1) ;;
    narrow) size=360x640 ;;
    large) more=(RUNNEL_DPI=192) ;;
    # From right to left in no language that anybody speaks: every letter that can be translated has an accent.
    rtl)
      "$here/../../tests/ui/pseudo_locale.py" "$here/../../po/de.po" "$home/locale" ar
      more=(LANGUAGE=ar RUNNEL_LOCALEDIR="$home/locale") ;;
    *) echo "no such look: $2" >&2; exit 2 ;;
  esac
  printf '[Settings]\ngtk-decoration-layout=:close\ngtk-font-name=Cantarell 11\n' >"$home/config/gtk-4.0/settings.ini"
  env -u WAYLAND_DISPLAY RUNNEL_PICTURE="$3" RUNNEL_STATE="$1" RUNNEL_SIZE="$size" "${more[@]}" HOME="$home" \
    XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache" XDG_RUNTIME_DIR="$home/run" \
    GSETTINGS_BACKEND=keyfile GSETTINGS_SCHEMA_DIR="$build/data" GSK_RENDERER=cairo GTK_A11Y=none GIO_USE_VFS=local \
    LC_ALL=C.UTF-8 G_DEBUG=fatal-criticals OLLAMA_HOST=127.0.0.1:1 \
    xvfb-run -a -s "-screen 0 ${size}x24" dbus-run-session -- "$here/make.sh" "$build"
  rm -rf "$home"
  echo "$3"
}

folder=''
while getopts l:o: option; do
  case $option in
    l) IFS=, read -ra looks <<<"$OPTARG" ;;
    o) mkdir -p "$OPTARG"; folder=$(cd "$OPTARG" && pwd) ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
build=$(cd "${1:-$here/../../build}" && pwd)
shift || true

if [ -n "${RUNNEL_STATE:-}" ]; then
  width=${RUNNEL_SIZE%x*} height=${RUNNEL_SIZE#*x}
  take "$RUNNEL_STATE"
elif [ -n "$folder" ]; then
  [ $# -eq 0 ] || states=("$@")
  for state in "${states[@]}"; do
    for look in "${looks[@]}"; do picture "$state" "$look" "$folder/$state-$look.png"; done
  done
else
  for name in "${!kept[@]}"; do picture "${kept[$name]%-*}" "${kept[$name]##*-}" "$here/$name"; done
fi

#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# desktop-files.sh CHECK SOURCE BUILD: has the tool of each format judge our data files.
set -euo pipefail
check=$1 source=$2 build=$3
id=io.github.runnel_chat.Runnel

tool ()
{
  command -v "$1" >/dev/null || { echo "$1 is not installed"; exit 77; }
}

case $check in
  desktop)
    tool desktop-file-validate
    # Hints count too.
    output=$(desktop-file-validate "$build/data/$id.desktop" 2>&1) || { echo "$output"; exit 1; }
    [ -z "$output" ] || { echo "$output"; exit 1; }
    # Each action listed has its group, and the service file answers to the same name.
    for action in $(sed -n 's/^Actions=//p' "$build/data/$id.desktop" | tr ';' ' '); do
      grep -qxF "[Desktop Action $action]" "$build/data/$id.desktop" || { echo "no group for $action"; exit 1; }
    done
    grep -qxF "DBusActivatable=true" "$build/data/$id.desktop"
    grep -qxF "Name=$id" "$build/data/$id.service"
    ;;
  metainfo)
    tool appstreamcli
    appstreamcli validate --no-net "$build/data/$id.metainfo.xml"
    ;;
  schema)
    tool glib-compile-schemas
    glib-compile-schemas --strict --dry-run "$source/data"
    ;;
  icons)
    tool rsvg-convert
    for icon in "$source"/data/icons/hicolor/*/apps/*.svg; do
      rsvg-convert -w 32 "$icon" >/dev/null
    done
    # Drawn beforehand with "rsvg-convert -w 96": who has these does without the library for SVG.
    for size in 48 96; do
      [ -e "$source/data/icons/hicolor/${size}x$size/apps/$id.png" ]
    done
    [ -e "$source/data/icons/hicolor/16x16/actions/rnl-branch-symbolic.symbolic.png" ] # gtk4-encode-symbolic-svg
    [ -e "$source/data/icons/hicolor/scalable/apps/$id.svg" ]
    [ -e "$source/data/icons/hicolor/symbolic/apps/$id-symbolic.svg" ]
    ;;
  *)
    echo "unknown check $check"; exit 99 ;;
esac

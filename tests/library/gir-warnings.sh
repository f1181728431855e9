#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# gir-warnings.sh BUILD GIR: the scanner has nothing to complain about. Runs the build's own command again.
set -euo pipefail
build=$1 gir=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

ninja=$(command -v ninja || command -v ninja-build) || { echo "no ninja"; exit 77; }
command=$("$ninja" -C "$build" -t commands "$gir" | tail -n 1)
case $command in
  *--output\ "$gir"*) ;;
  *) echo "not the scanner: $command"; exit 1 ;;
esac
cd "$build"
bash -c "${command/--output $gir/--warn-error --output $scratch/Runnel-1.gir}" 2>&1 | tee "$scratch/said"
if grep -E 'Warning|Error' "$scratch/said"; then
  exit 1
fi

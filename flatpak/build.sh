#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# flatpak/build.sh DIR [FLATPAK-BUILDER OPTION...]: builds the Flatpak in DIR without downloading anything
# itself; what the manifest pins is fetched first, from the Debian archive this machine uses or from upstream.
set -euo pipefail

here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
manifest=$here/io.github.runnel_chat.Runnel.json
dir=$(realpath -m -- "${1:?usage: flatpak/build.sh DIR [OPTION...]}"); shift
state=$dir/state
mkdir -p "$state"

# The archive mirrors of this machine, for the machine that reaches nothing else.
mirrors ()
{
  sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/*.sources 2>/dev/null | tr ' ' '\n'
  awk '$1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /^http/) { print $i; break } }' /etc/apt/sources.list 2>/dev/null
}

# fetch URL SHA256 [POOL-PATH]: puts the file where flatpak-builder looks for what it has downloaded.
fetch ()
{
  local url=$1 sum=$2 pool=${3:-} target candidate mirror
  target=$state/downloads/$sum/${url##*/}
  [ -e "$target" ] && return 0
  mkdir -p "${target%/*}"
  local -a candidates=()
  if [ -n "$pool" ]; then
    while read -r mirror; do
      candidates+=("${mirror%/}/pool/$pool")
    done < <(mirrors)
  fi
  candidates+=("$url")
  for candidate in "${candidates[@]}"; do
    if curl --fail --silent --location --connect-timeout 10 --max-time 120 --output "$target.part" "$candidate" &&
       sha256sum --check --status <<<"$sum  $target.part"; then
      mv "$target.part" "$target"
      return 0
    fi
  done
  echo "Cannot fetch ${url##*/} from any of: ${candidates[*]}" >&2
  echo "Get it in some other way (sha256 $sum) and put it at $target" >&2
  return 1
}

while read -r url sum pool; do
  fetch "$url" "$sum" "$pool"
done < <(python3 - "$manifest" <<'PYTHON'
import json, sys
for module in json.load(open(sys.argv[1], encoding='utf-8'))['modules']:
    for source in module['sources']:
        if 'url' in source:
            print(source['url'], source['sha256'], source.get('x-debian-pool', ''))
PYTHON
)

# flatpak-builder before 1.4 runs the SDK's own appstream-compose; an SDK may no longer have one.
sdk_has_compose ()
{
  flatpak run --command=sh "$(field sdk)//$(field runtime-version)" -c 'command -v appstream-compose' >/dev/null 2>&1
}

field ()
{
  python3 -c 'import json, sys; print (json.load (open (sys.argv[1]))[sys.argv[2]])' "$manifest" "$1"
}

# What this machine lacks for a release is left out: the program is the same.
lacks=()
command -v eu-strip >/dev/null || lacks+=(eu-strip)
if [[ $(flatpak-builder --version) == *1.[0-3].* ]]; then
  sdk_has_compose || lacks+=(appstream-compose)
elif ! command -v appstreamcli >/dev/null; then
  lacks+=(appstream-compose)
fi
if [ ${#lacks[@]} != 0 ]; then
  echo "Missing here: ${lacks[*]}; building without separate debug information or catalogue data" >&2
  python3 - "$manifest" "${lacks[@]}" >"$dir/manifest.json" <<'PYTHON'
import json, sys
from pathlib import Path
path, lacks = Path(sys.argv[1]), sys.argv[2:]
manifest = json.loads(path.read_text(encoding='utf-8'))
if 'appstream-compose' in lacks:
    manifest['appstream-compose'] = False
if 'eu-strip' in lacks:
    manifest['build-options'] = {'no-debuginfo': True, 'strip': False}
for module in manifest['modules']:
    for source in module['sources']:
        if 'path' in source:
            source['path'] = str((path.parent / source['path']).resolve())
json.dump(manifest, sys.stdout, indent=2)
PYTHON
  manifest=$dir/manifest.json
fi

# rofiles-fuse needs /dev/fuse, which containers lack.
options=(--force-clean --disable-download "--state-dir=$state")
[ -w /dev/fuse ] && command -v fusermount >/dev/null || options+=(--disable-rofiles-fuse)
exec flatpak-builder "${options[@]}" "$@" "$dir/app" "$manifest"

#!/usr/bin/env bash
# Packs the extension: pack.sh OUT.vsix [HOST], where HOST is the folder of a built host; without it one is published.
# PUBLISHER in the environment is the publisher of your own, which takes the place of the one in the manifest.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$(realpath -m "${1:?"Say where the extension shall be written: pack.sh OUT.vsix [HOST]"}")
host=${2:-}

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -r "$here"/{vss-extension.json,overview.md,icon.png,task} "$stage"
[ -d "$stage/task/node_modules" ] || npm ci --omit=dev --silent --prefix "$stage/task"

if [ -n "$host" ]; then
    cp -r "$host" "$stage/task/host"
else
    # An advisory of NuGet or a newer compiler may warn of what was fine when this was pinned.
    dotnet publish "$here/../../../build" --configuration Release -p:TreatWarningsAsErrors=false --output "$stage/task/host" -nologo -v quiet
fi
find "$stage/task/host" \( -name '*.pdb' -o -name '*.xml' \) -delete

tfx=tfx
command -v tfx >/dev/null || tfx="npx --yes tfx-cli@0.23.1"
$tfx extension create --root "$stage" --manifests vss-extension.json --output-path "$out" --no-prompt ${PUBLISHER:+--publisher "$PUBLISHER"}

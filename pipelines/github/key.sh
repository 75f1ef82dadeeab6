#!/usr/bin/env bash
# Names the host by the content of everything that it is built from, and the folder where it is kept.
set -euo pipefail
cd "$GITHUB_ACTION_PATH"

hash=$(find build tasks sandbox examples/reference.yml Directory.Build.props Directory.Packages.props global.json \
    -type f -not -path '*/obj/*' -not -path 'build/bin/*' -not -path 'tasks/*/bin/*' -not -path 'sandbox/bin/*' -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-64)

{
    echo "key=dss-pipeline-$RUNNER_OS-$RUNNER_ARCH-$hash"
    echo "path=${DSS_PIPELINE_HOST:-${XDG_CACHE_HOME:-$HOME/.cache}/dss-pipeline/$hash}"
} >>"$GITHUB_OUTPUT"

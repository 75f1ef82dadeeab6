#!/usr/bin/env bash
# Stops a fleet with more rings than the workflow has jobs for, before the first of them is touched.
set -euo pipefail

rings=$(jq -e '.rings | length' <<<"$FLEET")
if [ "$rings" -gt 5 ]; then
    echo "::error title=Fleet has too many rings::There are $rings folders with manifests, and this workflow deploys at most 5 rings. Nothing was touched. Put some of the folders together, or call it once for each part of the fleet."
    exit 3
fi

#!/usr/bin/env bash
# Builds the host into DSS_PIPELINE_HOST, unless a runner that lives longer than its jobs has it there already.
set -euo pipefail
cd "$GITHUB_ACTION_PATH"

if [ -e "$DSS_PIPELINE_HOST/DssPipeline.Build.dll" ]; then
    echo "The host is in $DSS_PIPELINE_HOST already."
    exit 0
fi

# Beside and renamed: a build that is cut leaves nothing behind that looks like a host.
mkdir -p "$(dirname "$DSS_PIPELINE_HOST")"
fresh=$(mktemp -d "${DSS_PIPELINE_HOST%/}.XXXXXX")
trap 'rm -rf "$fresh"' EXIT
# An advisory of NuGet or a newer compiler may warn of what was fine when this was pinned.
# Where the action lies in the folder of a caller, what the caller tells his own builds is not for this one.
dotnet publish build -c Release -o "$fresh/host" -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false -p:ImportDirectoryBuildTargets=false -nologo -v quiet
mv "$fresh/host" "$DSS_PIPELINE_HOST"

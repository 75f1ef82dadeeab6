#!/usr/bin/env bash
# Installs what the tests need, builds everything, runs all tests. The last line is: N passed, N failed, N skipped.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

need() { # command package: installs the Debian package when the command is missing and we may
    command -v "$1" >/dev/null && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2" >/dev/null
    else
        echo "tests/run.sh: $1 is missing; install the package $2" >&2
    fi
}

count() { # attribute: its sum over all results
    cat "$results"/*.trx 2>/dev/null | grep -oE '<Counters [^>]*>' | grep -oE " $1=\"[0-9]+\"" | grep -oE '[0-9]+' | awk '{ sum += $1 } END { print sum + 0 }'
}

need curl curl
need git git
need shellcheck shellcheck
need dockerd docker.io
need docker-registry docker-registry
need skopeo skopeo

broken=0
step() { # title command...: a check that is no unit test; a failing one counts as one failed test
    local title=$1
    shift
    echo "== $title"
    "$@" || { echo "FAILED: $title"; broken=$((broken + 1)); }
}

step "Build, all analyzers on" dotnet build DssPipeline.sln -nologo -v quiet
if [ "$broken" = 0 ]; then
    for project in tests/*.Tests/*.Tests.csproj; do
        name=$(basename "$project" .csproj)
        echo "== $name"
        dotnet test "$project" --no-build --nologo -v quiet --logger "trx;LogFileName=$name.trx" --results-directory "$results" \
            --blame-hang --blame-hang-timeout 6min --blame-hang-dump-type none || failed_projects="${failed_projects:-} $name"
        [ -s "$results/$name.trx" ] || { echo "FAILED: $name told no results"; broken=$((broken + 1)); }
    done
    step "Formatting" dotnet format DssPipeline.sln --verify-no-changes --no-restore
fi
step "Shell scripts" shellcheck tests/run.sh .ci/run

passed=$(count passed)
failed=$(($(count failed) + broken))
skipped=$(count notExecuted)
[ -z "${failed_projects:-}" ] || echo "Failed:${failed_projects}"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ] && [ -z "${failed_projects:-}" ]

#!/usr/bin/env bash
# Installs what the tests need, builds everything, runs all tests. The last line is: N passed, N failed, N skipped.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

results=$(mktemp -d)
place=$(mktemp -d "${TMPDIR:-/tmp}/tXXXXX")
chmod 1777 "$place" # A place like /tmp.
rehearsing=''
trap '[ -z "$rehearsing" ] || kill "$rehearsing" 2>/dev/null; rm -rf "$results" "$place"' EXIT

missing=()
need() { # command package: notes the Debian package when the command is missing
    command -v "$1" >/dev/null || missing+=("$2")
}

get() { # installs what was noted, when we may
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    else
        echo "tests/run.sh: something is missing; install the packages ${missing[*]}" >&2
    fi
}

reasons() { # file of results: each failed test with the first lines of why
    python3 - "$1" <<'EOF'
import sys, xml.etree.ElementTree as tree
for result in tree.parse(sys.argv[1]).findall(".//{*}UnitTestResult"):
    if result.get("outcome") == "Failed":
        print("FAILED:", result.get("testName"))
        for line in (result.findtext(".//{*}Message") or "").splitlines()[:25]:
            print("   ", line)
EOF
}

count() { # attribute: its sum over all results
    cat "$results"/*.trx 2>/dev/null | grep -oE '<Counters [^>]*>' | grep -oE " $1=\"[0-9]+\"" | grep -oE '[0-9]+' | awk '{ sum += $1 } END { print sum + 0 }'
}

need curl curl
need git git
need jq jq
need python3 python3
need openssl openssl
need gpg gnupg
need shellcheck shellcheck
# A machine in namespaces, with its disks, its people and its sshd.
need unshare util-linux
need mount mount
need ip iproute2
need ps procps
need useradd passwd
need setfacl acl
need mkfs.xfs xfsprogs
need mkfs.ext4 e2fsprogs
need sshd openssh-server
need ssh openssh-client
# Packages, through the real dnf.
need dnf dnf
need rpmbuild rpm
need createrepo_c createrepo-c
[ -e /usr/lib/python3/dist-packages/dnf-plugins/versionlock.py ] || missing+=(dnf-plugins-core)
# Images, through the real engine.
need dockerd docker.io
need docker-registry docker-registry
need skopeo skopeo
# The inside of clusters. The package of pkgs.k8s.io is called kubectl; Debian's own brings an older one.
if apt-cache show kubectl >/dev/null 2>&1; then need kubectl kubectl; else need kubectl kubernetes-client; fi
# Action, task and workflows, through the linters of npm.
need node nodejs
need npm npm
get

run() { # threads project: its tests; who failed, and what told nothing, is written down
    local name
    name=$(basename "$2" .csproj)
    echo "== $name"
    # A job in the background is started to ignore Ctrl-C, and so would be what the tests start.
    env --default-signal=INT,QUIT dotnet test "$2" --no-build --nologo -v quiet --logger "trx;LogFileName=$name.trx" --results-directory "$results" \
        --blame-hang --blame-hang-timeout 6min --blame-hang-dump-type none -- xUnit.MaxParallelThreads="$1" || echo "$name" >>"$results/failed"
    if [ -s "$results/$name.trx" ]; then
        reasons "$results/$name.trx"
    else
        echo "FAILED: $name told no results"
        echo "$name" >>"$results/silent"
    fi
}

broken=0
step() { # title command...: a check that is no unit test; a failing one counts as one failed test
    local title=$1
    shift
    echo "== $title"
    "$@" || { echo "FAILED: $title"; broken=$((broken + 1)); }
}

step "Tools of npm" npm ci --prefix tests/Pipelines.Tests --no-audit --no-fund --loglevel error
step "What the task of Azure Pipelines needs" npm ci --omit dev --prefix pipelines/azure-devops/extension/task --no-audit --no-fund --loglevel error
step "Build, all analyzers on" dotnet build DssPipeline.sln -nologo -v quiet
if [ "$broken" = 0 ]; then
    # The longest runs beside all others, which have a folder of their own for what is temporary. So no processor waits for the last test of each.
    rehearsal=tests/Rehearsal.Tests/Rehearsal.Tests.csproj
    run 1.5x "$rehearsal" >"$results/rehearsal.txt" 2>&1 &
    rehearsing=$!
    for project in tests/*.Tests/*.Tests.csproj; do
        [ "$project" = "$rehearsal" ] || TMPDIR=$place run 1x "$project"
    done
    # Style and naming are rules of the build; white space is none of them.
    step "Formatting" dotnet format whitespace DssPipeline.sln --verify-no-changes --no-restore
fi
mapfile -t scripts < <(git ls-files -z | xargs -0 awk 'FNR == 1 && /^(#!.*[\/ ](ba|da)?sh( |$)|# shellcheck shell=)/ { print FILENAME } { nextfile }')
step "Shell scripts (${#scripts[@]})" shellcheck -s bash "${scripts[@]}"

if [ -n "$rehearsing" ]; then
    wait "$rehearsing"
    rehearsing=''
    cat "$results/rehearsal.txt"
fi

lines() { cat "$results/$1" 2>/dev/null; } # file: what is written down in it, if anything
failed_projects=$(lines failed | sort | tr '\n' ' ')
broken=$((broken + $(lines silent | wc -l)))
passed=$(count passed)
failed=$(($(count failed) + broken))
skipped=$(count notExecuted)
[ -z "$failed_projects" ] || echo "Failed: $failed_projects"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ] && [ -z "$failed_projects" ]

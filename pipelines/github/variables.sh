#!/usr/bin/env bash
# Hands the secret VARIABLES, one NAME=value on a line, to the steps after this one. No value is printed.
set -euo pipefail

while IFS= read -r line; do
    line=${line%$'\r'}
    [ -n "$line" ] || continue
    name=${line%%=*}
    if [[ $line != *=* || ! $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ || $name =~ ^(GITHUB|RUNNER|ACTIONS)_ ]]; then
        echo "::error title=Secret variables badly formed::Each line of the secret variables must be NAME=value, and no name may begin with GITHUB_, RUNNER_ or ACTIONS_."
        exit 3
    fi
    # The mask is a command to the runner; the line itself is not shown.
    # A shorter value hides nothing: it would blank the log, and GitHub drops outputs that hold it.
    value=${line#*=}
    [ "${#value}" -lt 4 ] || printf '::add-mask::%s\n' "${value//%/%25}"
    printf '%s\n' "$line" >>"$GITHUB_ENV"
done <<<"$VARIABLES"

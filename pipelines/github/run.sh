#!/usr/bin/env bash
# Turns the inputs of action.yml into one command line. They come as INPUT_* variables and are never read as shell text.
set -euo pipefail

words=()

option() { # name value: nothing when the value is empty
    [ -z "$2" ] || words+=("$1=$2")
}

lines() { # text: its lines without blanks around them, one a line; empty ones are left out
    printf '%s\n' "$1" | sed -e 's/\r$//' -e 's/^[[:blank:]]*//' -e 's/[[:blank:]]*$//' -e '/^$/d'
}

# Fleet is told of many manifests, by --manifests among the arguments; Init writes the first one.
case "${INPUT_TARGET,,}" in
    fleet | init) ;;
    *) option --manifest "$INPUT_MANIFEST" ;;
esac
option --environment "$INPUT_ENVIRONMENT"
option --target "$INPUT_TARGET"
option --plan-file "$INPUT_PLAN_FILE"
option --approve "$INPUT_APPROVE"
option --label "$INPUT_LABEL"
option --parallelism "$INPUT_PARALLELISM"
while IFS= read -r wish; do words+=("--set=$wish"); done < <(lines "$INPUT_SET")

case "${INPUT_SANDBOX,,}" in
    '' | false) ;;
    true) words+=(--sandbox) ;;
    *) words+=("--sandbox=$INPUT_SANDBOX") ;;
esac

case "${INPUT_COMMENT,,}" in
    '' | false) ;;
    true) words+=(--comment) ;;
    *)
        echo "::error title=Input wrong::comment takes true or false."
        echo "failure-reason=usage" >>"$GITHUB_OUTPUT"
        exit 3
        ;;
esac

# Where nobody names a folder, each use has its own: what an earlier one handed out stays what it was.
option --report "${INPUT_REPORT:-$(mktemp -d "$RUNNER_TEMP/dss-pipeline-XXXXXX")}"
while IFS= read -r word; do words+=("$word"); done < <(lines "$INPUT_ARGUMENTS")

# GitHub signals this script alone when a run is cancelled; the host ends what it is writing and says what is left.
# A second signal would end the host at once, and the runner sends one after 7.5 seconds: only the first is handed on.
dotnet "$DSS_PIPELINE_HOST/DssPipeline.Build.dll" "${words[@]}" &
host=$!
trap 'trap "" INT TERM; kill -TERM "$host" 2>/dev/null || true' INT TERM
code=0
wait "$host" || code=$?
while kill -0 "$host" 2>/dev/null; do
    code=0
    wait "$host" || code=$?
done

# A plan that found something is a good plan; the output changes says so.
if [ "$code" = 2 ] && [ "${INPUT_TARGET,,}" = plan ]; then code=0; fi
exit "$code"

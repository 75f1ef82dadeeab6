#!/usr/bin/env bash
# Refuses a CONFIRM with a line end: it becomes one of the arguments, which stand one on a line, and would add others.
set -euo pipefail

case "$CONFIRM" in
    *$'\n'* | *$'\r'*)
        echo "failure-reason=usage" >>"$GITHUB_OUTPUT"
        echo "::error title=Confirmation badly formed::confirm takes the name of the deployment on one line. Nothing was touched. Give the name as the manifest has it, without a line end."
        exit 3
        ;;
esac

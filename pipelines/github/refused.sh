#!/usr/bin/env bash
# Ends a plan with refused changes before anybody is asked to approve it: its deploy would end without touching anything.
set -euo pipefail

[ "${REFUSED:-0}" != 0 ] || exit 0
echo "failure-reason=refused" >>"$GITHUB_OUTPUT"
echo "::error title=Plan has refused changes::Nobody is asked to approve it, for a deploy would touch nothing: $REFUSED of its changes are refused. The plan says why for each. Put the old values back in the manifest, or name the resource under policy.allowReplace or policy.allowDelete."
exit 4

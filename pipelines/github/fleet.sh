#!/usr/bin/env bash
# Tells what became of each ring of a fleet, from RESULTS, the needs of the job. One bad ring makes it fail.
set -euo pipefail

jq -r '
    (.fleet.outputs.fleet // "" | if . == "" then {rings: []} else fromjson end) as $fleet
    | [$fleet.rings | to_entries[] | {name: .value.name, members: [.value.github.include[].name], result: ($needs["ring-\(.key + 1)"].result // "none")}] as $rings
    | "## Fleet\n", "| ring | deployments | ended |", "| --- | --- | --- |",
      ($rings[] | "| \(.name) | \(.members | join(", ")) | \(if .result == "success" then "as wished" elif .result == "skipped" or .result == "none" then "not begun" else .result end) |")
' --argjson needs "$RESULTS" <<<"$RESULTS" >>"$GITHUB_STEP_SUMMARY"

# A ring that is there has to be as wished; one that was never begun is not.
jq -e '
    . as $needs
    | .fleet.result == "success" and all(range(1; ((.fleet.outputs.fleet | fromjson).rings | length) + 1); $needs["ring-\(.)"].result == "success")
' >/dev/null <<<"$RESULTS"

#!/usr/bin/env bash
# Tells what became of each ring of a fleet, from RESULTS, the needs of the job. One bad ring makes it fail.
set -euo pipefail

jq -r '
    (.fleet.outputs.fleet // "" | if . == "" then {rings: []} else fromjson end) as $fleet
    | [$fleet.rings | to_entries[] | {name: .value.name, members: [.value.github.include[].name], result: ($needs["ring-\(.key + 1)"].result // "none")}] as $rings
    | "## Fleet\n", "| ring | deployments | ended |", "| --- | --- | --- |",
      ($rings[] | "| \(.name) | \(.members | join(", ")) | \(if .result == "success" then "as wished" elif .result == "skipped" then "not begun" elif .result == "none" then "not begun: rings after the fifth are not run" else .result end) |")
' --argjson needs "$RESULTS" <<<"$RESULTS" >>"$GITHUB_STEP_SUMMARY"

jq -e 'all(.[]; .result == "success" or .result == "skipped") and .fleet.result == "success" and ((.fleet.outputs.fleet | fromjson).rings | length <= 5)' >/dev/null <<<"$RESULTS"

#!/usr/bin/env bash
# tools/bless_help.sh [PROGRAM]   Writes the help texts that the tests compare with, from the built program
# (build/release/bin/tendik unless named). Look at the difference before you commit it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=${1:-build/release/bin/tendik}
[ -x "$program" ] || {
    printf "error: no program at '%s'\nhint: build it first: cmake --workflow --preset release\n" "$program" >&2
    exit 1
}
folder=tests/cli/help
mkdir -p "$folder"
"$program" help >"$folder/tendik.txt"
# The commands are what the overview lists.
for command in $("$program" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
    "$program" help "$command" >"$folder/$command.txt"
done
"$program" help regions match >"$folder/regions_match.txt"
git diff --stat -- "$folder" 2>/dev/null || true

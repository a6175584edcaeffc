#!/usr/bin/env bash
# tools/make_man.sh PROGRAM FOLDER   Writes FOLDER/man/man1/*.1 and FOLDER/bash-completion/completions/tendik, as the
# built program prints them; the build runs it, the install rules put them in place.
set -euo pipefail
program=$1
folder=$2
rm -rf "$folder/man" "$folder/bash-completion"
mkdir -p "$folder/man/man1" "$folder/bash-completion/completions"
"$program" help --man >"$folder/man/man1/tendik.1"
# The commands are what the overview lists.
for command in $("$program" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
    "$program" help --man "$command" >"$folder/man/man1/tendik-$command.1"
done
"$program" help --completion bash >"$folder/bash-completion/completions/tendik"

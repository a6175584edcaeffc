#!/usr/bin/env bash
# check_manual.sh PROGRAM FOLDER   Every manual page renders without a warning and holds what a reader looks for;
# bash completes commands, options and words to choose from. FOLDER: where the build put pages and script.
set -euo pipefail
program=$1
folder=$2
fail() {
    printf 'error: %s\n' "$1" >&2
    exit 1
}
command -v groff >/dev/null || {
    echo "not here: groff"
    exit 77
}

commands=$("$program" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
for command in $commands; do
    page=$folder/man/man1/tendik-$command.1
    [ -f "$page" ] || fail "no page of $command"
    cmp -s "$page" <("$program" help --man "$command") || fail "the page of $command is older than the program"
    warnings=$(groff -man -ww -Kutf8 -Tutf8 -z "$page" 2>&1)
    [ -z "$warnings" ] || fail "the page of $command: $warnings"
    text=$(groff -man -Kutf8 -Tascii -P-cbou "$page" 2>/dev/null)
    for heading in NAME SYNOPSIS OPTIONS EXAMPLE "EXIT STATUS"; do
        grep -q "^$heading" <<<"$text" || fail "the page of $command has no $heading"
    done
    grep -q -- "--fail-on" <<<"$text" || fail "the page of $command lacks --fail-on"
    grep -q "tendik-$command" <("$program" help --man | groff -man -Kutf8 -Tascii -P-cbou 2>/dev/null) ||
        fail "tendik(1) does not name $command"
done
[ "$("$program" help --man regions)" = "$("$program" help --man regions)" ] || fail "a page changes from call to call"

# shellcheck source=/dev/null
source "$folder/bash-completion/completions/tendik"
completed() {
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    _tendik
    printf '%s ' "${COMPREPLY[@]}"
}
expect() {
    local wanted=$1
    shift
    local got
    got=$(completed "$@")
    [ "$got" = "$wanted" ] || fail "completing '$*' gives '$got', expected '$wanted'"
}
expect "measure " tendik me
expect "--format " tendik measure --form
expect "text json csv " tendik measure --format ""
expect "json " tendik measure --format j
expect "kk " tendik run --language k
expect "bash " tendik help --completion b
expect "classify " tendik help class
expect "$folder/man/man1/tendik-measure.1 " tendik inspect "$folder/man/man1/tendik-meas"
complete -p tendik >/dev/null || fail "completion is not registered"
echo "all pages and completions hold"

#!/bin/sh
# run-tests.sh - run test programs, as many at once as there are processors; keep quiet about what passed.
# Usage: run-tests.sh PROGRAM...   Last line: "N passed, N failed, N skipped".
# One that takes longer than KAKEHASHI_TEST_SECONDS (400) hangs: where it stands is printed and it is ended with all
# that it started, then run once more; what hangs twice has failed.
set -u
kept=$(mktemp -d)
trap 'rm -rf "$kept"' EXIT
export kept
# shellcheck disable=SC2016
printf '%s\n' "$@" | xargs -P "$(nproc)" -I PROGRAM sh -c '
    . tools/watched.sh
    name=$(printf "%s" "$1" | tr / _)
    watched "$1" "$kept/$name"
    if [ "$code" = hung ]; then
        cp "$kept/$name" "$kept/$name.hung"
        watched "$1" "$kept/$name"
    fi
    echo "$code" >"$kept/$name.code"' run PROGRAM

passed=0 failed=0 skipped=0
for t in "$@"; do
    out=$kept/$(printf '%s' "$t" | tr / _)
    code=$(cat "$out.code")
    line=$(tail -n 1 "$out")
    [ ! -e "$out.hung" ] || { echo "$t: hung, and was run again; where it stood:"; tail -n 400 "$out.hung"; }
    case $code$line in
    [0-9]*" passed, "*" failed, "*" skipped")
        set -- $line
        passed=$((passed + $1)) failed=$((failed + $3)) skipped=$((skipped + $5))
        grep '^skipped: ' "$out"
        [ "$code" -eq 0 ] || { echo "$t: failed"; grep -v '^\[ *\(RUN\|OK\) *\]' "$out"; }
        ;;
    *)
        failed=$((failed + 1))
        echo "$t: ended with $code"
        cat "$out"
        ;;
    esac
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]

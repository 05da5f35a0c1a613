#!/bin/sh
# run-tests.sh - run test programs, as many at once as there are processors; keep quiet about what passed.
# Usage: run-tests.sh PROGRAM...   Last line: "N passed, N failed, N skipped".
set -u
kept=$(mktemp -d)
trap 'rm -rf "$kept"' EXIT
export kept
# shellcheck disable=SC2016
printf '%s\n' "$@" | xargs -P "$(nproc)" -I PROGRAM sh -c '
    name=$(printf "%s" "$1" | tr / _)
    "$1" >"$kept/$name" 2>&1
    echo $? >"$kept/$name.code"' run PROGRAM

passed=0 failed=0 skipped=0
for t in "$@"; do
    out=$kept/$(printf '%s' "$t" | tr / _)
    code=$(cat "$out.code")
    line=$(tail -n 1 "$out")
    case $line in
    *" passed, "*" failed, "*" skipped")
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

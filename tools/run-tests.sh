#!/bin/sh
# run-tests.sh - run test programs one after another; keep quiet about what passed.
# Usage: run-tests.sh PROGRAM...   Last line: "N passed, N failed, N skipped".
set -u
passed=0 failed=0 skipped=0
out=$(mktemp)
trap 'rm -f "$out"' EXIT
for t in "$@"; do
    "$t" >"$out" 2>&1
    code=$?
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

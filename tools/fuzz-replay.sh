#!/bin/sh
# fuzz-replay.sh - every fuzz target once over its corpus, in the tests' own build; `make soak` fuzzes.
# Last line: "N passed, N failed, N skipped".
set -u
make -s V=dev -j"$(nproc)" replays || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
passed=0 failed=0
for target in tests/fuzz/*_fuzz.c; do
    name=$(basename "$target" _fuzz.c)
    out=$(mktemp)
    if "build/dev/tests/fuzz/${name}_replay" "tests/fuzz/corpus/$name" >"$out" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$name: failed"
        tail -n 40 "$out"
    fi
    rm -f "$out"
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]

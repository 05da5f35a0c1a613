#!/bin/sh
# fuzz-replay.sh - every fuzz target once over its corpus; `make soak` runs them for long.
# Last line: "N passed, N failed, N skipped".
set -u
if ! command -v clang-14 >/dev/null 2>&1 && ! command -v clang >/dev/null 2>&1; then
    echo "skipped: fuzz targets: clang is not installed"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
make -s V=fuzz -j"$(nproc)" fuzzers || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
passed=0 failed=0
for bin in build/fuzz/tests/fuzz/*_fuzz; do
    name=$(basename "$bin" _fuzz)
    out=$(mktemp)
    if "$bin" -runs=0 "tests/fuzz/corpus/$name" >"$out" 2>&1; then
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

#!/bin/sh
# fuzz.sh - every fuzz target for a share of the time, from its corpus and what it finds itself.
# Usage: tests/soak/fuzz.sh SECONDS     (from the root)
# What was found stays in build/soak/fuzz/NAME, for the next run; a crash, too.
set -eu
seconds=$1
make -s V=fuzz -j"$(nproc)" fuzzers
set -- build/fuzz/tests/fuzz/*_fuzz
share=$((seconds * $(nproc) / $#))
[ "$share" -ge 5 ] || share=5
# Addresses, fields and numbers that the whole application knows.
dictionary() {
    {
        grep -rhoE '"/(\{lang\}|api/v1)[^"]*"' src/web --include='*.c' | sed 's/{lang}/en/; s/{}/58013379/g'
        grep -rhoE '(name = S_INIT|LINE|TEXT|BOOL)\("[a-z_]+"' src/app --include='*.c' | grep -oE '"[a-z_]+"'
        printf '"%s"\n' 98713461 17258020 application/json 'If-Match: \x221\x22' 'Idempotency-Key: 12345678'
    } | sort -u
}
one() {
    name=$(basename "$1" _fuzz)
    found=build/soak/fuzz/$name
    mkdir -p "$found"
    echo '"\x00"' >"$found.dict" # an empty one is refused
    [ "$name" != web ] || dictionary >"$found.dict"
    if "$1" -dict="$found.dict" -max_total_time="$2" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$found/" \
        "$found" "tests/fuzz/corpus/$name" >"$found.log" 2>&1; then
        echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$found.log") runs in $2 s"
    else
        echo "$name: failed"
        tail -n 30 "$found.log"
    fi
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
running=0
for target; do
    one "$target" "$share" >>"$log" &
    running=$((running + 1))
    if [ "$running" -eq "$(nproc)" ]; then wait; running=0; fi
done
wait
cat "$log"
failed=$(grep -c ': failed$' "$log" || true)
echo "$(($# - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]

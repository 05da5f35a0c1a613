#!/bin/sh
# migrate.sh - migrations are killed in between: the next start finishes them.
# Usage: tests/soak/migrate.sh SECONDS [POSTGRES_URL]     (from the root; without one: SQLite)
# A fresh database each time; `kakehashi migrate` is killed at some moment of the time that it
# takes when nobody kills it.
set -eu
seconds=$1 url=${2:-}
binary=build/release/kakehashi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fresh() {
    n=$((n + 1))
    data=$work/$n
    mkdir -p "$data"
    if [ -n "$url" ]; then
        psql -q "$url" -c "CREATE DATABASE soak_$n" >/dev/null
        database=$(printf '%s' "$url" | sed "s|/postgres?|/soak_$n?|")
    else
        database=sqlite:$data/kakehashi.db
    fi
}
drop() {
    rm -rf "$data"
    [ -z "$url" ] || psql -q "$url" -c "DROP DATABASE soak_$n WITH (FORCE)" >/dev/null
}

n=0 killed=0 finished=0 failed=0
fresh
since=$(date +%s%N)
"$binary" migrate --data "$data" --database "$database" >/dev/null
whole=$((($(date +%s%N) - since) / 1000))
drop
end=$(($(date +%s) + seconds))
while [ "$(date +%s)" -lt "$end" ]; do
    fresh
    moment=$(shuf -n 1 -i 0-"$whole")
    "$binary" migrate --data "$data" --database "$database" >/dev/null 2>&1 &
    pid=$!
    sleep "$((moment / 1000000)).$(printf '%06d' $((moment % 1000000)))"
    if kill -KILL "$pid" 2>/dev/null; then killed=$((killed + 1)); else finished=$((finished + 1)); fi
    wait "$pid" 2>/dev/null || true
    if ! "$binary" migrate --data "$data" --database "$database" >"$work/out" 2>&1 ||
        ! "$binary" migrate --check --data "$data" --database "$database" >>"$work/out" 2>&1 ||
        ! "$binary" check --data "$data" --database "$database" >>"$work/out" 2>&1; then
        failed=$((failed + 1))
        echo "after a kill at $moment us:"
        cat "$work/out"
    fi
    drop
done
echo "a migration takes $whole us; $killed were killed in between, $finished were done before; each was finished and used"
[ "$killed" -gt 0 ] || failed=1
echo "$((failed == 0)) passed, $((failed != 0)) failed"
[ "$failed" -eq 0 ]

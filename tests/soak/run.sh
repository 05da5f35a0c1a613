#!/bin/sh
# run.sh - what takes too long for ./check: kills, hostile requests and fuzzing, for SOAK_SECONDS.
# Usage: make soak     SOAK_SECONDS=3600 (default 600); SOAK="kill migrate hostile levels fuzz" for parts
# Last line: "N passed, N failed".
set -u
cd "$(dirname "$0")/../.."
seconds=${SOAK_SECONDS:-600}
parts=${SOAK:-kill migrate hostile levels fuzz}
export LANG=C.UTF-8 LC_ALL=C.UTF-8
mkdir -p build/soak
make -s -j"$(nproc)" all || exit 1

# As it is in operation: fsync and all.
pg=$(TMPDIR=${TMPDIR:-/tmp} PG_TEST_OPTIONS="-c fsync=on -c synchronous_commit=on -c full_page_writes=on" tools/pg-test.sh start $$) || pg=
[ -n "$pg" ] || echo "skipped: PostgreSQL 15 is not installed"

passed=0 failed=0
part() {
    name=$1
    shift
    case " $parts " in *" ${name%-*} "*) ;; *) return 0 ;; esac
    since=$(date +%s)
    "$@" >"build/soak/$name.log" 2>&1
    line=$(tail -n 1 "build/soak/$name.log")
    p=$(printf '%s' "$line" | sed -n 's/^\([0-9]*\) passed, [0-9]* failed.*/\1/p')
    f=$(printf '%s' "$line" | sed -n 's/^[0-9]* passed, \([0-9]*\) failed.*/\1/p')
    [ -n "$p" ] || { p=0 f=1; }
    passed=$((passed + p)) failed=$((failed + f))
    echo "$name: $p passed, $f failed in $(($(date +%s) - since)) s"
    sed '$d; s/^/  /' "build/soak/$name.log" | tail -n 30
}

part kill-sqlite node tests/soak/kill.mjs $((seconds * 15 / 100)) build/release/kakehashi
part migrate-sqlite tests/soak/migrate.sh $((seconds * 5 / 100))
if [ -n "$pg" ]; then
    psql -q "$pg" -c "CREATE DATABASE soak"
    part kill-postgresql node tests/soak/kill.mjs $((seconds * 15 / 100)) build/release/kakehashi "$(printf '%s' "$pg" | sed 's|/postgres?|/soak?|')"
    part migrate-postgresql tests/soak/migrate.sh $((seconds * 5 / 100)) "$pg"
fi
part hostile tests/soak/hostile.sh $((seconds * 20 / 100))

# A thousand CSAF documents over all TLP levels, public and not, against all requirements.
levels() {
    make -s V=dev build/dev/tests/web/provider_thousand_test &&
        KAKEHASHI_SOAK=1 build/dev/tests/web/provider_thousand_test
}
part levels levels
part fuzz tests/soak/fuzz.sh $((seconds * 40 / 100))
[ -z "$pg" ] || tools/pg-test.sh stop "$pg" >/dev/null 2>&1
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

#!/bin/sh
# hostile.sh - the hostile requests against the release binary in its sandbox, again and again.
# Usage: tests/soak/hostile.sh SECONDS     (from the root)
# Between the rounds pages are asked for as fast as they come.  At the end the server is the same
# process, its memory is what it was after the first rounds, and so are its descriptors.
set -eu
seconds=$1
binary=build/release/kakehashi
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill -TERM "$pid" 2>/dev/null; rm -rf "$work"' EXIT
make -s V=release build/release/tests/io/hostile_test build/release/bench/load

"$binary" serve --demo --no-limits --data "$work/data" --listen 127.0.0.1:0 --log "$work/log" --sandbox=require >"$work/out" &
pid=$!
until grep -q '^listening' "$work/out"; do
    kill -0 "$pid" 2>/dev/null || { echo "the server did not start"; echo "0 passed, 1 failed"; exit 1; }
    sleep 0.05
done
port=$(sed 's|.*:\([0-9]*\)/$|\1|' "$work/out")

memory() { awk '/^VmRSS/ { print $2 }' "/proc/$pid/status"; }
files() { ls "/proc/$pid/fd" | wc -l; }
ask() { build/release/bench/load -c 16 -d 3 "127.0.0.1:$port" "$1" >/dev/null || true; }

round=0 failed=0 first=0 most=0
end=$(($(date +%s) + seconds))
while [ "$(date +%s)" -lt "$end" ] || [ "$round" -lt 3 ]; do
    round=$((round + 1))
    HOSTILE_PORT=$port HOSTILE_ADDRESS=127.0.0.1 build/release/tests/io/hostile_test >"$work/round" 2>&1 ||
        { failed=1; tail -n 20 "$work/round"; }
    for path in /en/ /ja/ /api/v1/openapi.json /en/sign-in /en/report /nothing/here; do ask "$path"; done
    now=$(memory)
    [ "$round" -ne 2 ] || first=$now files_first=$(files)
    [ "$now" -le "$most" ] || most=$now
done
sleep 2
last=$(memory) files_last=$(files)
echo "$round rounds; VmRSS ${first} kB after two, ${last} kB at the end, ${most} kB at most; descriptors $files_first, then $files_last"
[ "$((last - first))" -le 4096 ] || { failed=1; echo "memory grew by more than 4 MB"; }
[ "$files_last" -le "$((files_first + 4))" ] || { failed=1; echo "descriptors are left open"; }
! grep -q '"event":"crash"' "$work/log" || { failed=1; grep '"event":"crash"' "$work/log"; }
kill -TERM "$pid"
wait "$pid" || { failed=1; echo "SIGTERM ended it with $?"; }
pid=
echo "$((failed == 0)) passed, $failed failed"
[ "$failed" -eq 0 ]

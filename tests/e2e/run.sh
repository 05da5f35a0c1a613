#!/bin/sh
# run.sh - people, reports and cases over HTTP against the release binary, on SQLite and on PostgreSQL.
# Usage: tests/e2e/run.sh [WORD...]   only the parts whose name holds a WORD; last line "N passed, N failed".
# KAKEHASHI_PG: a PostgreSQL server, as tools/pg-test.sh start prints it; without it that half is skipped.
set -eu
cd "$(dirname "$0")/../.."
[ -x "${KAKEHASHI:-build/release/kakehashi}" ] || make -s all
exec node tests/e2e/main.mjs "$@"

#!/bin/sh
# check-part.sh - one part of ./check: builds what it needs and runs it; ./check says which parts there are.
# Usage: tools/check-part.sh PART    What it prints ends with "N passed, N failed[, N skipped]", or says nothing of that.
set -u
cd "$(dirname "$0")/.."
jobs=$(nproc)

# One PostgreSQL for all programs, on a free port, stopped again.
with_postgres() {
    KAKEHASHI_PG=$(tools/pg-test.sh start $$) || KAKEHASHI_PG=
    export KAKEHASHI_PG
    "$@"
    result=$?
    [ -z "$KAKEHASHI_PG" ] || tools/pg-test.sh stop "$KAKEHASHI_PG" >/dev/null 2>&1
    unset KAKEHASHI_PG
    return $result
}

case ${1:-} in
format) make -s fmt-check ;;
layers) make -s V=dev -j"$jobs" layers ;;
lint) make -s V=dev -j"$jobs" lint ;;
tools) make -s test-tools ;;
unit) make -s V=dev -j"$jobs" tests && with_postgres make -s V=dev test ;;
# What the sanitizers cannot run: memory limits, bad-memory signals, the real sandbox.  And that a command does not
# begin with libraries that are opened when they are called (docs/adr/0040).
release)
    make -s -j"$jobs" all &&
        ! readelf -d build/release/kakehashi | grep -E 'NEEDED.*lib(curl|pq|microhttpd|ssl|gnutls|hunspell|cairo)' &&
        with_postgres make -s V=release -j"$jobs" test T="io/jail io/sandbox io/crash io/effects io/smtp io/httpd_body io/hostile"
    ;;
fuzz) tools/fuzz-replay.sh ;;
process) build/release/kakehashi process --check ;;
demo) node tests/demo/demo_test.mjs ;;
http) with_postgres tests/e2e/run.sh ;;
browser) tests/browser/run.sh ;;
feeds) tests/feeds/run.sh ;;
*)
    echo "there is no part \"${1:-}\""
    exit 2
    ;;
esac

#!/bin/sh
# run.sh - the tests that click through the pages in Debian's Chromium; ./check calls it.
# Usage: tests/browser/run.sh [NAME...]   NAME: pages plain keyboard spine
# SHOTS=DIR keeps a screenshot of every page that is visited.
set -eu
cd "$(dirname "$0")/../.."
[ -x build/release/kakehashi ] || make -s -j"$(nproc)" all
modules=build/browser
if ! cmp -s tests/browser/package-lock.json "$modules/package-lock.json" || [ ! -d "$modules/node_modules/axe-core" ]; then
    mkdir -p "$modules"
    cp tests/browser/package.json "$modules/"
    if ! (cd "$modules" && cp ../../tests/browser/package-lock.json . && npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1); then
        cat "$modules/npm.log"
        rm -f "$modules/package-lock.json"
        echo "The driver of the browser tests could not be fetched from the npm registry: check the network, then run this again."
        echo "0 passed, 1 failed"
        exit 1
    fi
fi
exec node tests/browser/main.mjs "$@"

#!/bin/sh
# run.sh - the tests that click through the pages in Debian's Chromium; ./check calls it.
# Usage: tests/browser/run.sh [NAME...]   NAME: pages plain keyboard spine beside
# SHOTS=DIR keeps a screenshot of every page that is visited.
set -eu
cd "$(dirname "$0")/../.."
. tests/help/npm.sh
[ -x build/release/kakehashi ] || make -s -j"$(nproc)" all
npm_fetch browser axe-core "The driver of the browser tests"
exec node tests/browser/main.mjs "$@"

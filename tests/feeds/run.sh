#!/bin/sh
# run.sh - our feeds as other people's programs read them: sfeed, rss-parser, feedsmith; ./check calls it.
set -eu
cd "$(dirname "$0")/../.."
. tests/help/npm.sh
[ -x build/release/kakehashi ] || make -s -j"$(nproc)" all
npm_fetch feeds feedsmith "The readers of the feed tests"
exec node tests/feeds/main.mjs

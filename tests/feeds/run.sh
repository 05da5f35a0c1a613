#!/bin/sh
# run.sh - our feeds as other people's programs read them: sfeed, rss-parser, feedsmith; ./check calls it.
set -eu
cd "$(dirname "$0")/../.."
[ -x build/release/kakehashi ] || make -s -j"$(nproc)" all
modules=build/feeds
if ! cmp -s tests/feeds/package-lock.json "$modules/package-lock.json" || [ ! -d "$modules/node_modules/feedsmith" ]; then
    mkdir -p "$modules"
    cp tests/feeds/package.json "$modules/"
    if ! (cd "$modules" && cp ../../tests/feeds/package-lock.json . && npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1); then
        cat "$modules/npm.log"
        rm -f "$modules/package-lock.json"
        echo "The readers of the feed tests could not be fetched from the npm registry: check the network, then run this again."
        echo "0 passed, 1 failed"
        exit 1
    fi
fi
exec node tests/feeds/main.mjs

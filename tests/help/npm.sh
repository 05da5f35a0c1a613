# npm.sh - sourced by tests that run on Node, at the top of the repository: what they fetch from npm.
# npm_fetch NAME PACKAGE WHAT: tests/NAME/package-lock.json into build/NAME, once for each lockfile; PACKAGE is there
# when all is.  Ends the test where it cannot be fetched.
npm_fetch() {
    modules=build/$1
    if cmp -s "tests/$1/package-lock.json" "$modules/package-lock.json" && [ -d "$modules/node_modules/$2" ]; then
        return 0
    fi
    mkdir -p "$modules"
    cp "tests/$1/package.json" "tests/$1/package-lock.json" "$modules/"
    if ! (cd "$modules" && npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1); then
        cat "$modules/npm.log"
        rm -f "$modules/package-lock.json"
        echo "$3 could not be fetched from the npm registry: check the network, then run this again."
        echo "0 passed, 1 failed"
        exit 1
    fi
}

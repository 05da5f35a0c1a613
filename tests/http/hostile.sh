#!/bin/sh
# hostile.sh - send every file of tests/http/hostile/ to a server that runs already.
# Usage: tests/http/hostile.sh PORT [ADDRESS]     Takes as long as the server's idle timeout.
set -eu
: "${1:?usage: hostile.sh PORT [ADDRESS]}"
cd "$(dirname "$0")/../.."
HOSTILE_PORT=$1 HOSTILE_ADDRESS=${2:-127.0.0.1} exec "build/${V:-dev}/tests/io/hostile_test"

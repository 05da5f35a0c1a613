#!/bin/sh
# pg-test.sh - a throw-away PostgreSQL 15 for tests, on a unix socket in a temporary folder.
# Usage: pg-test.sh start [PID]   prints its URL; it ends with the process PID, or by stop
#        pg-test.sh stop URL
# Exit 77: PostgreSQL 15 is not installed.  PG_TEST_OPTIONS: more for the server's command line,
# such as "-c fsync=on" (then set TMPDIR to a disk).  The cluster is made once and kept under build/.
set -eu
cd "$(dirname "$0")/.."

die() {
    echo "pg-test.sh: $1" >&2
    exit "${2:-1}"
}

# Run as the user that the server runs as; PostgreSQL refuses root.
as() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --clear-groups "$@"
    else
        "$@"
    fi
}

find_bin() {
    for bin in "${PG_BIN:-}" /usr/lib/postgresql/15/bin /usr/pgsql-15/bin /usr/bin; do
        if [ -n "$bin" ] && [ -x "$bin/initdb" ] && [ -x "$bin/pg_ctl" ]; then
            version=$("$bin/postgres" --version)
            case $version in *" 15."*) return ;; esac
        fi
    done
    die "PostgreSQL 15 is not installed" 77
}

# In memory where there is room: a database then takes 25 ms to make, on a busy disk half a second.
temp_folder() {
    base=${TMPDIR:-/tmp}
    free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
    if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] && [ "${free:-0}" -gt 1000000 ]; then
        base=/dev/shm
    fi
    folder=$(mktemp -d "$base/kakehashi-pg.XXXXXX")
    if [ "$(id -u)" = 0 ]; then
        chown postgres:postgres "$folder"
    fi
}

# initdb takes seconds, unpacking what it made does not.
make_cluster() {
    cluster=build/pg-test/$(echo "$version" | tr -c 'A-Za-z0-9.\n' _).tar
    [ -e "$cluster" ] && return
    mkdir -p build/pg-test
    temp_folder
    as "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync \
        --wal-segsize=1 >"$folder/log" 2>&1 || die "initdb failed: $(cat "$folder/log")"
    tar -cf "$cluster.$$" -C "$folder" data
    mv "$cluster.$$" "$cluster"
    rm -rf "$folder"
}

start() {
    find_bin
    make_cluster
    temp_folder
    as tar -xf - -C "$folder" <"$cluster"
    touch "$folder/kakehashi-pg-test"
    as "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -s -w -t 30 -o "-k $folder \
        -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
        -c wal_level=minimal -c max_wal_senders=0 -c shared_buffers=64MB -c max_connections=200 \
        -c max_wal_size=256MB -c autovacuum=off -c deadlock_timeout=100ms ${PG_TEST_OPTIONS:-}" \
        start >/dev/null 2>&1 || die "the server did not start: $(cat "$folder/log")"
    if [ $# -gt 0 ]; then
        setsid "$PWD/tools/pg-test.sh" watch "$1" "$folder" </dev/null >/dev/null 2>&1 &
    fi
    echo "postgresql://postgres@/postgres?host=$folder"
}

# Nothing in it is worth an orderly shutdown.
stop() {
    folder=${1#*host=}
    [ -e "$folder/kakehashi-pg-test" ] || exit 0
    pid=$(head -n 1 "$folder/data/postmaster.pid" 2>/dev/null || true)
    if [ -n "$pid" ]; then
        kill -QUIT "$pid" 2>/dev/null || true
        while readlink "/proc/$pid/exe" >/dev/null 2>&1; do sleep 0.02; done
    fi
    rm -rf "$folder"
}

# However the tests end, the server does not outlive them.
watch() {
    while [ -e "/proc/$1" ] && [ -e "$2" ]; do sleep 0.5; done
    stop "host=$2"
}

case ${1:-} in
start) shift && start "$@" ;;
stop) stop "${2:?}" ;;
watch) watch "$2" "$3" ;;
*) die "usage: pg-test.sh start [PID] | stop URL" 2 ;;
esac

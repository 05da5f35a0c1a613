#!/bin/sh
# http.sh - what our server costs beside nginx and beside libmicrohttpd alone, on loopback.
# Usage: bench/http.sh [BYTES]     Prints one JSON object a line.  SECONDS_EACH=2 ROUNDS=3
#
# A page of 20 kB from the cache against nginx with the same bytes as a static file; the same
# page made by a worker, and a small answer made by a worker, against a bare libmicrohttpd page
# of the same size.  The rounds of the two sides alternate; the ratio is of the medians.
set -eu
cd "$(dirname "$0")/.."
bytes=${1:-20480} each=${SECONDS_EACH:-2} rounds=${ROUNDS:-3}
bin=build/${V:-release}/bench
make -s V="${V:-release}" "$bin/load" "$bin/pages" "$bin/bare" >&2
dir=$(mktemp -d)
pids=
finish() {
    for p in $pids; do kill "$p" 2>/dev/null || true; done
    wait
    rm -rf "$dir"
}
trap finish EXIT
port=${PORT:-18400}

"$bin/pages" "$port" "$bytes" & ours=$!
"$bin/bare" $((port + 1)) "$bytes" & bare=$!
"$bin/bare" $((port + 2)) 11 & tiny=$!
pids="$ours $bare $tiny"
if command -v nginx >/dev/null; then
    mkdir "$dir/www"
    head -c "$bytes" /dev/zero | tr '\0' a >"$dir/www/page"
    temps=$(for t in client_body proxy fastcgi uwsgi scgi; do printf '%s_temp_path %s/%s; ' $t "$dir" $t; done)
    cat >"$dir/conf" <<EOF
daemon off; worker_processes 2; pid $dir/pid;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
open_file_cache max=100; default_type text/html; $temps
server { listen 127.0.0.1:$((port + 3)); root $dir/www; } }
EOF
    chmod -R a+rX "$dir"
    nginx -c "$dir/conf" -e "$dir/error" 2>/dev/null & pids="$pids $!"
fi
sleep 1

one() { "$bin/load" -c 64 -d "$each" "127.0.0.1:$1" "$2"; }
field() { sed "s/.*\"$1\":\([0-9.]*\).*/\1/"; }
median() { sort -n | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }
compare() { # NAME PORT PATH YARDSTICK PORT PATH
    : >"$dir/a"; : >"$dir/b"
    for _ in $(seq "$rounds"); do
        one "$2" "$3" >>"$dir/a"
        one "$5" "$6" >>"$dir/b"
    done
    a=$(field per_second <"$dir/a" | median) b=$(field per_second <"$dir/b" | median)
    p50=$(field p50_us <"$dir/a" | median) p99=$(field p99_us <"$dir/a" | median)
    echo "$a $b" | awk -v n="$1" -v y="$4" -v p50="$p50" -v p99="$p99" '{
        printf "{\"bench\":\"%s\",\"per_second\":%d,\"p50_us\":%d,\"p99_us\":%d,\"yardstick\":\"%s\",\"yardstick_per_second\":%d,\"ratio\":%.2f}\n",
               n, $1, p50, p99, y, $2, $1 / $2 }'
}

if command -v nginx >/dev/null; then
    compare http_cached_page "$port" /cached "nginx static file" $((port + 3)) /page
fi
compare http_cached_page "$port" /cached "bare libmicrohttpd" $((port + 1)) /
compare http_worker_page "$port" /page "bare libmicrohttpd" $((port + 1)) /
compare http_worker_small "$port" /small "bare libmicrohttpd" $((port + 2)) /
awk '/VmRSS/ {printf "{\"bench\":\"http_memory\",\"rss_kb\":%d}\n", $2}' "/proc/$ours/status"

#!/bin/sh
# run.sh - what the program costs beside yardsticks of the same run, on loopback: make bench.
# Usage: bench/run.sh [PART...]    parts: a b c d e f-json f-schema f-validate, all of them when none is named
#
# Prints one JSON object a line:
#   {"bench":"a","what":…,"value":…,"yardstick":…,"ratio":…,"target":…,"ok":true, …}
# a  the public page of an advisory, beside nginx with the same bytes as a file: requests/s
# b  the signed-in page of a case with 200 history entries, beside bare libmicrohttpd: requests/s
# c  reports handed in by 16 clients, beside one-row commits: a second
# d  processor time of pages, lists and searches with LARGE cases, beside that with SMALL cases
# e  milliseconds from start to first answer with LARGE cases, and VmRSS after a to c
# f-json    reading CSAF documents, beside jansson: MB/s of processor time
# f-schema  reading and checking their form strictly, beside the npm package
# f-validate  the same with the mandatory tests, and with all tests; memory; two threads beside one, over
#           FILES (20,000) files, and beside it what two processes over half of them each gain
#           @secvisogram/csaf-validator-lib where npm reaches it: documents a second of processor time
#           (the .json files of the folder FOLDER, or KAKEHASHI_TESTDATA/real-advisories)
#
# g-rebuild all public files of ENTRIES (10,000) advisories: from nothing, and anew with the signatures
#           of what did not change; seconds
# g-one     one more advisory among them: milliseconds from its commit to its generation being visible;
#           until checksum.txt of both languages is there after that, for which JVN's files are made;
#           and both together
# h-myjvn   overviews of MyJVN over MYJVN_ENTRIES (200,000) advisories, each line of bench/myjvn.txt and
#           bench/myjvn_oka.txt: the slowest of them; milliseconds, the least of ROUNDS each.  g: SQLite
#
# SIZE=full: a million cases in d and e (an hour and 50 GB); ENGINE=postgresql: c and d on
# PostgreSQL 15; ROUNDS=5, SECONDS_EACH=2: both sides take turns, and the best of each counts (beside npm the middle pair),
# because on a machine that others use too everything else is noise.  BENCH_DIR (build/bench)
# keeps the seeded installations for the next run.
set -eu
cd "$(dirname "$0")/.."
. tools/packages.sh
install_packages "the measurement" debian-packages.txt debian-packages-bench.txt >&2
parts=${*:-a b c d e f-json f-schema f-validate g-rebuild g-one h-myjvn}
engine=${ENGINE:-sqlite} rounds=${ROUNDS:-5} each=${SECONDS_EACH:-2}
small=${SMALL:-1000} large=${LARGE:-100000}
[ "${SIZE:-}" != full ] || large=1000000
bin=build/release/bench port=${PORT:-18400}
make -s -j"$(nproc)" V=release all "$bin/load" "$bin/bare" "$bin/commits" "$bin/seed" "$bin/first_answer" "$bin/forms_bench" \
    "$bin/public_files" "$bin/queries" >&2
base=${BENCH_DIR:-build/bench}
mkdir -p "$base"
base=$(cd "$base" && pwd)
tmp=$(mktemp -d "$base/run.XXXXXX")
pids='' pg=''
finish() {
    for p in $pids; do kill "$p" 2>/dev/null || true; done
    wait
    [ -z "$pg" ] || tools/pg-test.sh stop "$pg"
    rm -rf "$tmp"
}
trap finish EXIT
trap 'exit 130' INT TERM

# --- helpers ---------------------------------------------------------------------------------------

field() { sed -n "s/.*\"$1\":\"*\([^,\"}]*\).*/\1/p"; }
best() { sort -n | tail -n 1; }
least() { sort -n | head -n 1; }
say() { echo "bench: $*" >&2; }
# emit PART WHAT VALUE YARDSTICK TARGET(">=0.7" or "<=2") [,"more":…]
emit() {
    awk -v b="$1" -v w="$2" -v v="$3" -v y="$4" -v t="$5" -v more="${6:-}" -v engine="$engine" 'BEGIN {
        r = v / y; op = substr(t, 1, 2); limit = substr(t, 3) + 0
        ok = op == ">=" ? r >= limit : r <= limit
        printf "{\"bench\":\"%s\",\"what\":\"%s\",\"engine\":\"%s\",\"value\":%.4g,\"yardstick\":%.4g,\"ratio\":%.3g,\"target\":\"%s\",\"ok\":%s%s}\n",
               b, w, engine, v, y, r, t, ok ? "true" : "false", more }'
}

start_pg() {
    [ -z "$pg" ] || return 0
    mkdir -p "$base/pg"
    chmod 755 "$base" "$base/pg"
    [ "$(id -u)" != 0 ] || chown postgres "$base/pg"
    pg=$(TMPDIR=$base/pg PG_TEST_OPTIONS="-c fsync=on -c synchronous_commit=on -c full_page_writes=on \
        -c shared_buffers=512MB -c max_wal_size=4GB -c autovacuum=on" tools/pg-test.sh start $$)
}
# Where the installation with N cases has its rows.
database_of() {
    if [ "$engine" = sqlite ]; then echo "sqlite:$base/$1/kakehashi.db"; else echo "$pg" | sed "s|/postgres?|/bench_$2?|"; fi
}
# Sets dir and db to an installation with N cases, made when it is not there or is of another schema.
seed() {
    stamp=$(cat sql/schema/*.sql demo/orgs.json demo/cases/*.json bench/seed.c bench/lib/*.c | cksum | cut -d' ' -f1)
    [ "$engine" = sqlite ] || start_pg
    dir=$base/$engine-$1 db=$(database_of "$engine-$1" "$1")
    [ "$(cat "$dir/stamp" 2>/dev/null)" = "$stamp" ] && [ "$engine" = sqlite ] && return 0
    say "making an installation with $1 cases"
    rm -rf "$dir" && mkdir -p "$dir"
    [ "$engine" = sqlite ] || psql -q "$pg" -c "CREATE DATABASE bench_$1" >&2
    since=$(date +%s)
    "$bin/seed" make "$dir" "$db" "$1" >"$dir/made"
    say "  made in $(($(date +%s) - since)) s"
    echo "$stamp" >"$dir/stamp"
}

# serve PORT DIR DATABASE [OPTION]: sets server to its pid.
serve() {
    build/release/kakehashi serve --listen "127.0.0.1:$1" --data "$2" --database "$3" --no-limits \
        ${4:+"$4"} --log "$tmp/log" >"$tmp/said.$1" 2>&1 &
    server=$!
    pids="$pids $server"
    n=0
    until grep -q listening "$tmp/said.$1"; do
        n=$((n + 1))
        [ $n -lt 600 ] && kill -0 "$server" 2>/dev/null || { cat "$tmp/said.$1" >&2; exit 1; }
        sleep 0.1
    done
}
load() { "$bin/load" "$@" || { say "wrong answers: load $*"; return 0; }; }
page_size() { curl -s "$@" | wc -c; }

# --- a: the public page ------------------------------------------------------------------------------

start_nginx() {
    mkdir -p "$tmp/www"
    user=
    [ "$(id -u)" != 0 ] || user='user root;'
    temps=$(for t in client_body proxy fastcgi uwsgi scgi; do printf '%s_temp_path %s/%s; ' $t "$tmp" $t; done)
    cat >"$tmp/conf" <<END
daemon off; $user worker_processes 2; pid $tmp/pid;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
open_file_cache max=100; default_type text/html; $temps
server { listen 127.0.0.1:$((port + 3)); root $tmp/www; } }
END
    nginx -c "$tmp/conf" -e "$tmp/error" 2>/dev/null &
    pids="$pids $!"
    sleep 0.5
}
part_a() {
    path=/ja/advisories/$(field advisory <"$base/$engine-$small/made")
    start_nginx
    curl -s "http://127.0.0.1:$port$path" >"$tmp/www/page"
    rm -f "$tmp/ours" "$tmp/theirs"
    for _ in $(seq "$rounds"); do
        load -c 64 -d "$each" "127.0.0.1:$port" "$path" >>"$tmp/ours"
        load -c 64 -d "$each" "127.0.0.1:$((port + 3))" /page >>"$tmp/theirs"
    done
    emit a "public advisory page, requests/s; nginx with the same bytes" "$(field per_second <"$tmp/ours" | best)" \
        "$(field per_second <"$tmp/theirs" | best)" ">=0.7" ",\"bytes\":$(wc -c <"$tmp/www/page")"
}

# --- b: the case page ---------------------------------------------------------------------------------

part_b() {
    path=/ja/cases/$(field long_case <"$base/$engine-$small/made")
    bytes=$(page_size -H "Cookie: kk=$coordinator" "http://127.0.0.1:$port$path")
    "$bin/bare" $((port + 2)) "$bytes" &
    pids="$pids $!"
    sleep 0.2
    rm -f "$tmp/ours" "$tmp/theirs"
    for _ in $(seq "$rounds"); do
        load -c 16 -d "$each" -H "Cookie: kk=$coordinator" "127.0.0.1:$port" "$path" >>"$tmp/ours"
        load -c 16 -d "$each" "127.0.0.1:$((port + 2))" / >>"$tmp/theirs"
    done
    emit b "case page with 200 history entries, requests/s; bare libmicrohttpd page of that size" \
        "$(field per_second <"$tmp/ours" | best)" "$(field per_second <"$tmp/theirs" | best)" ">=0.1" ",\"bytes\":$bytes"
    # of the round with the best p99
    line=$(sed 's/.*"p50_us":\([0-9]*\).*"p99_us":\([0-9]*\).*/\2 \1/' "$tmp/ours" | sort -n | head -n 1)
    emit b "case page, p99; p50 (ms)" "$(echo "$line" | awk '{print $1 / 1000}')" \
        "$(echo "$line" | awk '{print $2 / 1000}')" "<=10"
}

# --- c: durable reports -------------------------------------------------------------------------------

report_body() {
    cat <<'END'
{"kind":"product","lang":"ja","name":"見本 太郎","email":"finder{n}@example.com","product":"見本ルータ MR-{n}","maker":"見本電機","environment":"ファームウェア 1.2.3、初期設定。","steps":"管理画面に続けて要求を送ると、認証を経ずに設定が書き換えられます。","result":"管理者でない者が設定を変更できます。","tell_vendor":true,"direct_contact":false,"publish_name":true,"told_others":false,"personal_data":true}
END
}
part_c() {
    report_body | tr -d '\n' >"$tmp/report.json"
    if [ "$engine" = sqlite ]; then bare=$tmp/bare.db; else bare=$pg; fi
    rm -f "$tmp/ours" "$tmp/theirs"
    for _ in $(seq "$rounds"); do
        load -c 16 -d "$each" -m POST -s 201 -H 'Content-Type: application/json' -b "@$tmp/report.json" \
            "127.0.0.1:$port" /api/v1/reports >>"$tmp/ours"
        "$bin/commits" "$bare" "$each" >>"$tmp/theirs"
    done
    emit c "durable reports of 16 clients a second; one-row commits a second" \
        "$(field per_second <"$tmp/ours" | best)" "$(field per_second <"$tmp/theirs" | best)" ">=1" \
        ",\"p50_ms\":$(field p50_us <"$tmp/ours" | least | awk '{print $1 / 1000}')"
}

# --- d: cost by size ----------------------------------------------------------------------------------

# Nanoseconds of processor time of a server, and of PostgreSQL's processes: of ours alone.
cpu_of() {
    list="/proc/$1/task/*/schedstat"
    if [ "$engine" != sqlite ]; then
        master=$(head -n 1 "$(echo "$pg" | sed 's/.*host=//; s/&.*//')/data/postmaster.pid")
        list="$list $(ps -eo pid=,ppid= | awk -v m="$master" '$1 == m || $2 == m { printf "/proc/%s/schedstat ", $1 }')"
    fi
    # shellcheck disable=SC2086
    cat $list 2>/dev/null | awk '{ n += $1 } END { printf "%.0f", n }'
}
# cost SERVER PORT N ARGUMENTS... : microseconds of processor time a request
cost() {
    of=$1 n=$2
    shift 2
    before=$(cpu_of "$of")
    done=$(load -c 4 -d 60 -n "$n" "$@" | field requests)
    awk -v a="$before" -v b="$(cpu_of "$of")" -v n="$done" 'BEGIN { printf "%.1f\n", (b - a) / 1000 / n }'
}
# compare_sizes WHAT N TOKEN_SMALL TOKEN_LARGE PATH_SMALL PATH_LARGE
compare_sizes() {
    rm -f "$tmp/small" "$tmp/large"
    for _ in 0 $(seq "$rounds"); do
        cost "$server_small" "$2" -H "$(as "$3")" "127.0.0.1:$port" "$5" >>"$tmp/small"
        cost "$server_large" "$2" -H "$(as "$4")" "127.0.0.1:$((port + 1))" "$6" >>"$tmp/large"
    done
    emit d "$1, us of processor time with $large cases; with $small" "$(least <"$tmp/large")" \
        "$(least <"$tmp/small")" "<=2"
}
as() { case $path_kind in page) echo "Cookie: kk=$1" ;; *) echo "Authorization: Bearer $1" ;; esac; }
session() { "$bin/seed" session "$1" "$2" "$3"; }
part_d() {
    seed "$small"
    small_dir=$dir small_db=$db
    seed "$large"
    large_dir=$dir large_db=$db
    cs=$(session "$small_dir" "$small_db" "$(field coordinator <"$small_dir/made")")
    cl=$(session "$large_dir" "$large_db" "$(field coordinator <"$large_dir/made")")
    vs=$(session "$small_dir" "$small_db" "$(field vendor <"$small_dir/made")")
    vl=$(session "$large_dir" "$large_db" "$(field vendor <"$large_dir/made")")
    [ -z "${server:-}" ] || kill "$server"
    [ -z "${server:-}" ] || wait "$server" || true
    serve "$port" "$small_dir" "$small_db" && server_small=$server
    serve $((port + 1)) "$large_dir" "$large_db" && server_large=$server
    common=$(printf '脆弱性' | od -An -tx1 | tr -d '\n' | tr ' ' '%')
    rare=MELSEC

    path_kind=page
    compare_sizes "pages of many cases" 400 "$cs" "$cl" "@$small_dir/cases" "@$large_dir/cases"
    compare_sizes "page of one case" 200 "$cs" "$cl" \
        "/ja/cases/$(field long_case <"$small_dir/made")" "/ja/cases/$(field long_case <"$large_dir/made")"
    path_kind=api
    for list in cases "cases?phase=4" tasks reports advisories; do
        compare_sizes "list of $list" 200 "$cs" "$cl" "/api/v1/$list" "/api/v1/$list"
    done
    compare_sizes "list of cases of a vendor with 30" 200 "$vs" "$vl" /api/v1/cases /api/v1/cases
    compare_sizes "newest-first search, common word" 100 "$cs" "$cl" "/api/v1/search/cases?q=$common" "/api/v1/search/cases?q=$common"
    compare_sizes "newest-first search, rarer word" 100 "$cs" "$cl" "/api/v1/search/cases?q=$rare" "/api/v1/search/cases?q=$rare"
    # its cases are in English: the first word stands in all of them, the other in none
    compare_sizes "search by a vendor with 30 cases, common word" 100 "$vs" "$vl" "/api/v1/search/cases?q=update" "/api/v1/search/cases?q=update"
    compare_sizes "search by a vendor with 30 cases, word of others" 100 "$vs" "$vl" "/api/v1/search/cases?q=$common" "/api/v1/search/cases?q=$common"
    compare_sizes "public search, common word" 100 "$cs" "$cl" "/api/v1/search?lang=ja&q=$common" "/api/v1/search?lang=ja&q=$common"
    compare_sizes "public search, common word of the other language" 100 "$cs" "$cl" "/api/v1/search?lang=en&q=$common" "/api/v1/search?lang=en&q=$common"
    emit d "VmRSS in MB after that with $large cases; limit" "$(rss "$server_large")" 40 "<=1"
}

# --- e: start and memory -------------------------------------------------------------------------------

rss() { awk '/VmRSS/ { printf "%.1f", $2 / 1000 }' "/proc/$1/status"; }
part_e() {
    seed "$large"
    took=$("$bin/first_answer" $((rounds * 2 + 1)) $((port + 4)) /ja build/release/kakehashi serve --data "$dir" \
        --database "$db" --listen "127.0.0.1:$((port + 4))" --log "$tmp/log")
    emit e "start to first answer in ms with $large cases; limit" "$(echo "$took" | field least_ms)" 100 "<=1" \
        ",\"median_ms\":$(echo "$took" | field median_ms)"
}

# --- f: documents of others --------------------------------------------------------------------------

csaf_folder() {
    folder=${FOLDER:-${KAKEHASHI_TESTDATA:-/none}/real-advisories}
    turn_s=$(awk -v s="$each" 'BEGIN { print s / 8 }') npm_turns=$((rounds * 8 + 1))
    [ -d "$folder" ] || { say "$1: no folder of CSAF documents: say FOLDER=… or KAKEHASHI_TESTDATA=…"; return 1; }
    folder=$(cd "$folder" && pwd)
    [ -s "$tmp/forms" ] || "$bin/forms_bench" "$folder" $((rounds * each)) >"$tmp/forms"
}
# The npm package, kept for the next run; fails where there is no npm or no way to it.
csaf_npm() {
    npm_lib=$base/npm/node_modules/@secvisogram/csaf-validator-lib
    [ -d "$npm_lib" ] && return 0
    command -v npm >/dev/null || return 1
    mkdir -p "$base/npm"
    (cd "$base/npm" && npm install --silent --no-audit --no-fund --no-save @secvisogram/csaf-validator-lib@2.0.10) >&2
}
part_f_json() {
    csaf_folder f-json || return 0
    line=$(grep '"json"' "$tmp/forms")
    emit f-json "JSON read, MB/s; jansson" "$(echo "$line" | field mb_per_s)" "$(echo "$line" | field jansson)" ">=15" \
        ",\"files\":$(echo "$line" | field files)"
    emit f-json "JSON read, MB/s; limit" "$(echo "$line" | field mb_per_s)" 800 ">=1"
}
# Both sides on one processor, in turns shorter than the spells in which a machine that others use
# too is slow or fast (seconds, and not the same on each processor): both meet the same ones.
one_cpu() {
    command -v taskset >/dev/null || { "$@"; return; }
    taskset -c "$(taskset -cp $$ | sed 's/.*[-, ]//')" "$@"
}
# part, what it does, the preset (ours and the package's), the folder, what is wanted, and what is without npm
beside_npm() {
    if csaf_npm && turns=$(one_cpu node bench/csaf_npm.mjs "$npm_lib" "$3" "$4" "$turn_s" "$npm_turns" "$bin/forms_bench"); then
        emit "$1" "$2, documents/s; csaf-validator-lib" "$(echo "$turns" | field ours)" "$(echo "$turns" | field theirs)" \
            ">=$5" ",$(echo "$turns" | sed 's/.*\("pairs":.*\)}/\1/')"
    else
        say "$1: csaf-validator-lib cannot be had here: compared with the figure of another machine"
        emit "$1" "$2, documents/s; limit" "$("$bin/forms_bench" "$4" $((rounds * each)) "$3" | field documents_per_s)" "$6" ">=1"
    fi
}
part_f_schema() {
    csaf_folder f-schema || return 0
    beside_npm f-schema "strict schema" schema "$folder" 8 40000
}
part_f_validate() {
    csaf_folder f-validate || return 0
    beside_npm f-validate "schema and mandatory tests" basic "$folder" 13 25000
    beside_npm f-validate "full validation" full "$folder" 21 15000
    emit f-validate "memory of full validation beside the documents in MB; limit" \
        "$(grep '"memory"' "$tmp/forms" | field more_mb)" 10 "<=1"
    mkdir -p "$tmp/largest"
    find "$folder" -name '*.json' -printf '%s %p\n' | sort -n | tail -n 1 | cut -d' ' -f2- |
        while read -r path; do cp "$path" "$tmp/largest/"; done
    beside_npm f-validate "full validation of the largest" full "$tmp/largest" 13 1
    two_threads
}
# One thread, two, and two processes of one thread with half of the files each take turns; the figures are
# those of the pair of turns with the median ratio.  What two processes gain is what the machine has to give.
two_threads() {
    many=$tmp/many
    copies=$((${FILES:-20000} / 2 / $(find "$folder" -name '*.json' | wc -l) + 1))
    for half in a b; do
        for i in $(seq "$copies"); do
            mkdir -p "$many/$half/$i"
            ln -s "$folder"/*.json "$many/$half/$i/"
        done
    done
    n=$(find "$many" -name '*.json' | wc -l)
    for _ in $(seq $((rounds * 2 + 1))); do
        one=$(seconds_of validate_many --jobs 1 "$many")
        two=$(seconds_of validate_many --jobs 2 "$many")
        echo "$one $two $(seconds_of validate_halves)" | awk '{ print $1 / $2, $1 / $3, $1, $2 }'
    done >"$tmp/turns"
    middle=$(sort -n "$tmp/turns" | sed -n "$((rounds + 1))p")
    apart=$(awk '{ print $2 }' "$tmp/turns" | sort -n | sed -n "$((rounds + 1))p")
    emit f-validate "files/s with two threads; with one" "$(echo "$middle" | awk -v n="$n" '{ print n / $4 }')" \
        "$(echo "$middle" | awk -v n="$n" '{ print n / $3 }')" ">=1.8" \
        ",\"files\":$n,\"pairs\":$(wc -l <"$tmp/turns"),\"pairs_least\":$(sort -n "$tmp/turns" | head -n 1 | cut -d' ' -f1),\"pairs_most\":$(
            sort -n "$tmp/turns" | tail -n 1 | cut -d' ' -f1),\"two_processes_median\":$apart"
}
validate_many() { build/release/kakehashi csaf validate --json "$@" >/dev/null || true; }
validate_halves() {
    validate_many "$many/a" &
    validate_many "$many/b"
    wait $!
}
seconds_of() {
    from=$(date +%s%N)
    "$@"
    echo "$from $(date +%s%N)" | awk '{ print ($2 - $1) / 1e9 }'
}

# --- g: public files ------------------------------------------------------------------------------------

# Released advisories with their public files made twice; not kept: it is more than 100,000 files.
public_all() {
    [ -z "${public:-}" ] || return 0
    public=$tmp/public-files
    mkdir "$public"
    "$bin/seed" public "$public" "sqlite:$public/kakehashi.db" "${ENTRIES:-10000}" >&2
    public_made=$("$bin/public_files" all "$public" "sqlite:$public/kakehashi.db")
}
part_g_rebuild() {
    public_all
    again=${public_made#*again}
    emit g-rebuild "all public files of ${ENTRIES:-10000} advisories anew with their signatures, s; limit" \
        "$(echo "$again" | field seconds)" 30 "<=1" \
        ",\"documents\":$(echo "$again" | field documents),\"signed\":$(echo "$again" | field signed),$(
            echo "${public_made%%again*}" |
                sed 's/.*"seconds":\([0-9.]*\),"signing":\([0-9.]*\).*/"from_nothing_s":\1,"of_which_signing_s":\2/')"
}
part_g_one() {
    public_all
    took=$("$bin/public_files" more "$public" "sqlite:$public/kakehashi.db" 10)
    emit g-one "one more advisory: its public files visible after its commit, ms, median; limit" \
        "$(echo "$took" | field visible_median_ms)" 300 "<=1" \
        ",\"best_ms\":$(echo "$took" | field visible_best_ms),\"worst_ms\":$(echo "$took" | field visible_worst_ms)"
    jvn_files_after
}
# JVN's files are made for who asks, or by the server's keeper: all of them for checksum.txt.
jvn_sums() {
    for lang in ja en; do
        curl -s -o "$tmp/sums" -w '%{time_total}\n' "http://127.0.0.1:$((port + 6))/$lang/feed/checksum.txt"
    done | awk '{ s += $1 } END { print s * 1000 }'
}
# nth FILE COLUMN PART: of the sorted numbers the one at that part of them: 0 least, 0.5 median, 1 most.
nth() { awk -v c="$2" '{ print $c }' "$1" | sort -n | awk -v p="$3" '{ v[NR] = $1 } END { print v[int((NR - 1) * p + 1.5)] }'; }
# Asked as soon as the public files are there: what the keeper did by then is not waited for.
jvn_files_after() {
    serve $((port + 6)) "$public" "sqlite:$public/kakehashi.db" --no-public-files
    from_nothing=$(jvn_sums)
    rm -f "$tmp/after" "$tmp/next" "$tmp/done"
    mkfifo "$tmp/next" "$tmp/done"
    "$bin/public_files" each "$public" "sqlite:$public/kakehashi.db" <"$tmp/next" >"$tmp/done" &
    maker=$!
    exec 8>"$tmp/next" 9<"$tmp/done"
    for _ in 0 1 2 3 4 5 6 7 8 9 10; do
        before="$(cpu_of "$server") $(cpu_of "$maker")"
        echo >&8
        read -r visible <&9
        sums=$(jvn_sums)
        echo "$visible $sums $before $(cpu_of "$server") $(cpu_of "$maker")" |
            awk '{ print $1, $2, $1 + $2, ($5 - $3) / 1e6, ($5 - $3 + $6 - $4) / 1e6 }' >>"$tmp/after"
    done
    exec 8>&- 9<&-
    sed -i 1d "$tmp/after" # the first of a process that just started
    emit g-one "one more advisory: JVN's files and checksum.txt of both languages asked for after it, ms, median; limit" \
        "$(nth "$tmp/after" 2 0.5)" 300 "<=1" \
        ",\"best_ms\":$(nth "$tmp/after" 2 0),\"worst_ms\":$(nth "$tmp/after" 2 1),\"cpu_ms\":$(
            nth "$tmp/after" 4 0.5),\"from_nothing_ms\":$from_nothing"
    emit g-one "one more advisory: both, all that it made stale: public files and then JVN's, ms, median; limit" \
        "$(nth "$tmp/after" 3 0.5)" 300 "<=1" \
        ",\"best_ms\":$(nth "$tmp/after" 3 0),\"worst_ms\":$(nth "$tmp/after" 3 1),\"cpu_ms\":$(
            nth "$tmp/after" 5 0.5)"
    kill "$server"
}

# --- h: MyJVN -------------------------------------------------------------------------------------------

part_h_myjvn() {
    entries=${MYJVN_ENTRIES:-200000}
    stamp=$(cat sql/schema/*.sql demo/orgs.json demo/cases/*.json bench/seed.c bench/lib/*.c | cksum | cut -d' ' -f1)
    if [ "$engine" = sqlite ]; then
        dir=$base/public-$entries db=sqlite:$base/public-$entries/kakehashi.db
    else
        start_pg
        dir=$tmp/public-$entries db=$(echo "$pg" | sed "s|/postgres?|/bench_public?|")
        psql -q "$pg" -c "CREATE DATABASE bench_public" >&2
    fi
    if [ "$(cat "$dir/stamp" 2>/dev/null)" != "$stamp" ]; then
        say "making an installation with $entries released advisories"
        rm -rf "$dir" && mkdir -p "$dir"
        "$bin/seed" public "$dir" "$db" "$entries" >&2
        echo "$stamp" >"$dir/stamp"
    fi
    rm -f "$dir"/myjvn-*.asked # else the index is made before it is asked for
    serve $((port + 5)) "$dir" "$db" --no-public-files
    overview='/myjvn?method=getVulnOverviewList'
    open='&feed=hnd&rangeDatePublic=n&rangeDatePublished=n&rangeDateFirstPublished=n'
    first=$(curl -s -o "$tmp/first" -w '%{time_total}' "http://127.0.0.1:$((port + 5))$overview$open")
    { sed "s/^/$(echo "$open" | sed 's/&/\\&/g')/" bench/myjvn.txt; sed 's/^/\&feed=oka/' bench/myjvn_oka.txt; } >"$tmp/queries"
    took=$("$bin/queries" "$rounds" $((port + 5)) "$overview" "$server" <"$tmp/queries")
    emit h-myjvn "overviews of $entries advisories, the slowest of $(echo "$took" | field queries) combinations, ms; limit" \
        "$(echo "$took" | field worst_ms)" 20 "<=1" \
        ",\"median_ms\":$(echo "$took" | field median_ms),\"slowest\":\"$(echo "$took" | field worst_ms_of)\",\"cpu_ms\":$(
            echo "$took" | field worst_cpu_ms),\"cpu_median_ms\":$(echo "$took" | field median_cpu_ms),\"first_s\":$first,\"rss_mb\":$(rss "$server")"
    kill "$server"
}

# a, b and c write: they get a copy of the small installation.
case " $parts " in
*" a "* | *" b "* | *" c "*)
    seed "$small"
    if [ "$engine" = sqlite ]; then
        mkdir "$tmp/data"
        cp "$dir/kakehashi.db" "$tmp/data/"
        data=$tmp/data db=sqlite:$tmp/data/kakehashi.db
    else
        data=$dir
    fi
    coordinator=$("$bin/seed" session "$data" "$db" "$(field coordinator <"$dir/made")")
    serve "$port" "$data" "$db"
    for p in a b c; do
        case " $parts " in *" $p "*) "part_$p" ;; esac
    done
    case " $parts " in *" e "*) emit e "VmRSS in MB after a to c; limit" "$(rss "$server")" 40 "<=1" ;; esac
    ;;
esac
for p in d e; do
    case " $parts " in *" $p "*) "part_$p" ;; esac
done
case " $parts " in *" f-json "*) part_f_json ;; esac
case " $parts " in *" f-schema "*) part_f_schema ;; esac
case " $parts " in *" f-validate "*) part_f_validate ;; esac
for p in g-rebuild g-one h-myjvn; do
    case " $parts " in *" $p "*) "part_$(echo "$p" | tr - _)" ;; esac
done

# watched.sh - sourced: watched PROGRAM OUT runs it in a session of its own, what it prints into OUT, for at most
# KAKEHASHI_TEST_SECONDS (400); sets code to its exit code or to "hung".  Then OUT ends with where its threads stood.
# shellcheck shell=sh

of_session() { # its processes that still run
    ps -e -o sid=,stat=,pid= | awk -v s="$1" '$1 == s && $2 !~ /^[ZX]/ { print $3 }'
}

where_it_stands() {
    for p in $(of_session "$1"); do
        echo "--- process $p: $(tr '\0' ' ' <"/proc/$p/cmdline")"
        if command -v gdb >/dev/null 2>&1; then
            timeout 60 gdb -p "$p" -batch -ex 'thread apply all bt 30' 2>/dev/null | grep '^Thread\|^#'
        else
            for t in /proc/"$p"/task/*; do echo "$(cat "$t/comm") $(cat "$t/wchan") $(cat "$t/syscall")"; done
        fi
    done
}

watched() {
    setsid "$1" >"$2" 2>&1 &
    pid=$!
    (
        trap 'kill $nap 2>/dev/null; exit' TERM
        sleep "${KAKEHASHI_TEST_SECONDS:-400}" >/dev/null &
        nap=$!
        wait $nap
        trap '' TERM # what was begun is finished: the program ends first, and what it started after it
        where_it_stands $pid >"$2.where" 2>&1
        until [ -z "$(of_session $pid)" ]; do
            for p in $(of_session $pid); do kill -KILL "$p" 2>/dev/null; done
        done
    ) &
    watch=$!
    wait $pid
    code=$?
    kill $watch 2>/dev/null
    wait $watch 2>/dev/null
    if [ -e "$2.where" ]; then
        code=hung
        cat "$2.where" >>"$2"
        rm "$2.where"
    fi
}

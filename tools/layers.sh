#!/bin/sh
# layers.sh - proves from the compiler's output that each layer keeps to itself.
# Usage: layers.sh BUILD_DIR   (run it where src/ is, after the objects were built)
#  a  includes, from the .d files, against the table below
#  b  what base, formats and domain call, against pure-symbols.txt: they are pure
#  c  what no object may call, against banned-symbols.txt
set -eu
build=$1
tools=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: >"$work/wrong"

# The objects that belong to the sources that are there now, without .o.
find src -name '*.c' | sed 's/\.c$//' | sort >"$work/units"
(cd "$build" && find gen -name '*.c' 2>/dev/null | sed 's/\.c$//' | sort) >>"$work/units"
while read -r unit; do
    [ -f "$build/$unit.o" ] && [ -f "$build/$unit.d" ] ||
        echo "$unit.c: was not built into $build: run make first" >>"$work/wrong"
done <"$work/units"
if [ -s "$work/wrong" ]; then
    cat "$work/wrong" >&2
    exit 1
fi

# a. What each layer may include.
cat >"$work/table" <<'TABLE'
base    base
formats base formats
domain  base formats domain
store   base formats domain store gen/sql.h gen/schema.h
io      base formats domain io
app     base formats domain store io app gen/sql.h
web     base formats domain store io app web
cli     base formats domain store io app cli
main    base formats domain store io app web cli
TABLE
while read -r unit; do
    tr -s ' \\\n' '\n\n\n' <"$build/$unit.d" | sed -n "/:/d; s|^$build/||; s|^|$unit.c |p"
done <"$work/units" | awk -v table="$work/table" '
    function layer_of(path) {
        if (path == "gen/words.h" || path ~ /^gen\/(words|schema)\.c$/) return "base"
        if (path ~ /^gen\/(forms|facts)\.c$/) return "formats"
        if (path == "gen/sql.c") return "store"
        if (path ~ /^gen\/tpl\//) return "web"
        if (path ~ /^gen\//) return path
        if (path ~ /^src\/[a-z]+\.[ch]$/) return "main"
        if (path !~ /^src\/[a-z]+\//) return ""
        split(path, part, "/")
        return part[2]
    }
    BEGIN {
        while ((getline line <table) > 0) {
            n = split(line, word, " ")
            known[word[1]] = 1
            for (i = 2; i <= n; i++) may[word[1], word[i]] = 1
        }
        may["base", "gen/schema.h"] = 0
    }
    {
        from = layer_of($1); to = layer_of($2)
        if (!(from in known)) { print $1 ": a layer that tools/layers.sh does not know"; next }
        if ($1 == "gen/schema.c" && to == "gen/schema.h") next
        if (to == "" || to == from || may[from, to]) next
        if (to == "gen/sql.h" && (from == "web" || from == "cli"))
            print $1 ": includes gen/sql.h, itself or through a header: " from "/ calls app/, which runs the SQL"
        else
            print $1 ": includes " $2 ": " from "/ may not include what belongs to " to
    }' | sort -u >>"$work/wrong"

grep -rnE '(\.|->)box\>' src --include='*.[ch]' | grep -v '^src/app/text\.c:' |
    sed 's/^\([^:]*:[0-9]*\):.*/\1: looks inside a sealed value: only app\/text.c does/' >>"$work/wrong" || true

# b and c. What objects call; _chk forms of the hardened library count as the plain ones.
calls() {
    sed "s|.*|$build/&.o|" | xargs -r nm -A -u | sed "s|^$build/||; s|\.o:| |" |
        awk '{ s = $3; sub(/^__isoc[0-9x]*_/, "", s); if (s ~ /^__.*_chk$/) { sub(/^__/, "", s); sub(/_chk$/, "", s) }
               u = $1; sub(/^src\//, "", u); print u, s }' | sort -u
}
# Rows of a list: name or pattern, then the units that may; * at the end stands for any rest.
matcher='
    function match_any(s, pattern) {
        if (pattern ~ /\*$/) return index(s, substr(pattern, 1, length(pattern) - 1)) == 1
        return s == pattern
    }
    BEGIN {
        while ((getline line <list) > 0) {
            if (line ~ /^#/ || line == "") continue
            n = split(line, word, " "); rows++
            name[rows] = word[1]; count[rows] = n - 1
            for (i = 2; i <= n; i++) unit[rows, i - 1] = word[i]
        }
    }
    function row_of(s,  r) {
        for (r = 1; r <= rows; r++) if (match_any(s, name[r])) return r
        return 0
    }
    function is_listed(r, u,  i) {
        for (i = 1; i <= count[r]; i++) if (match_any(u, unit[r, i])) return 1
        return 0
    }'
grep -E '^(src/(base|formats|domain)/|gen/(words|forms|facts)$)' "$work/units" >"$work/pure" || true
sed "s|.*|$build/&.o|" "$work/pure" | xargs -r nm --defined-only -g | awk 'NF == 3 { print $3 }' | sort -u >"$work/own"
calls <"$work/pure" | awk -v own="$work/own" -v list="$tools/pure-symbols.txt" "$matcher"'
    BEGIN { while ((getline line <own) > 0) mine[line] = 1 }
    $2 in mine { next }
    {
        r = row_of($2)
        if (r == 0)
            print "src/" $1 ".c: calls " $2 ": base, formats and domain are pure (tools/pure-symbols.txt)"
        else if (count[r] > 0 && !is_listed(r, $1))
            print "src/" $1 ".c: calls " $2 ", which only " unit[r, 1] " may (tools/pure-symbols.txt)"
    }' >>"$work/wrong"
calls <"$work/units" | awk -v list="$tools/banned-symbols.txt" "$matcher"'
    {
        r = row_of($2)
        if (r > 0 && !is_listed(r, $1))
            print ($1 ~ /^gen\// ? "" : "src/") $1 ".c: calls " $2 ", which is banned (tools/banned-symbols.txt)"
    }' >>"$work/wrong"

if [ -s "$work/wrong" ]; then
    sort -u "$work/wrong" >&2
    exit 1
fi
echo "layers: $(wc -l <"$work/units") units keep to their layers"

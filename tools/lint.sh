#!/bin/sh
# lint.sh - what can be wrong with a text and no compiler says.
# Usage: lint.sh BUILD_DIR   (from the root; CLANG_FLAGS: the compiler's flags for clang-tidy)
# Each finding is one line "file:line: sentence".  Ends with 1 when there is one.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wrong=$work/wrong
: >"$wrong"

tracked() { git ls-files --cached --others --exclude-standard -- "$@" | while read -r f; do [ -f "$f" ] && echo "$f"; done; }
tracked 'src/*.[ch]' 'tests/*.[ch]' 'tools/*.[ch]' | grep -v '^tests/tools/' >"$work/c"
tracked 'src/*.[ch]' 'tools/*.[ch]' >"$work/ours"
tracked '*.sh' run check .ci/run >"$work/sh"
tracked | grep -vE '\.(png|jpg|ico|woff2?|bin|gz|zip|pdf)$|^tests/.*/(corpus|hostile|golden|data)/|^tests/.*\.tsv$|\.bad\.|\.golden$' >"$work/text"

# find_lines SENTENCE PATTERN <files: grep -E in each, one finding a line.
find_lines() {
    xargs -r grep -nHE -e "$2" -- 2>/dev/null | sed "s|^\([^:]*:[0-9]*\):.*|\1: $1|" >>"$wrong" || true
}

words() {
    "$build/tools/wordgen" -h po/en.po po/ja.po >/dev/null 2>>"$wrong" || true
    if command -v msgfmt >/dev/null; then
        for po in po/*.po; do
            msgfmt --check-format --check-domain -o /dev/null "$po" 2>>"$wrong" || true
        done
    fi
    echo po/ja.po | find_lines 'no exclamation and no apology in Japanese' '^(msgstr.*|")[^#]*(!|！|申し訳|お詫び|すみません|ごめん)'
    echo po/en.po | find_lines 'no exclamation and no apology in English' '^(msgstr.*|")[^#]*(![^=]|[Ss]orry|[Aa]polog|[Oo]ops)'
    sed -n 's/^msgid "\(..*\)"$/\1/p' po/en.po | sort -u >"$work/keys"
    tracked 'src/*.[ch]' 'templates/*.html' |
        xargs -r grep -ohE 'WP?_[a-z0-9_]+|words_[a-z0-9_]+|\{@ *[a-z0-9_]+' |
        sed 's/^WP*_//; s/^words_//; s/^{@ *//' | sort -u >"$work/used"
    sed -n 's/^\([a-z0-9_]*\)  *.*/^\1/p' tools/dynamic-words.txt >"$work/dynamic"
    comm -23 "$work/keys" "$work/used" | grep -vE -f "$work/dynamic" |
        sed 's|.*|po/en.po: the word & is used nowhere (made at run time: tools/dynamic-words.txt)|' >>"$wrong" || true
}

texts() {
    find_lines 'unfinished' '\b(TO''DO|FIX''ME|XX''X|HA''CK)\b' <"$work/text"
    # but for tables: their last cell may be empty, and a name of others' may end so
    grep -v '\.tsv$' "$work/text" | find_lines 'white space at the end of the line' '[ 	]+$'
    find_lines 'a path of one machine' '(^|[^A-Za-z0-9./])/(work|tmp/kk|root)/' <"$work/text"
    css=$(cat static/*.css 2>/dev/null | wc -c)
    [ "$css" -lt 30000 ] || echo "static/kakehashi.css:1: $css bytes; everybody loads it before anything is seen: less than 30000" >>"$wrong"
    find_lines 'a tab' '	' <"$work/c"
    while read -r f; do
        sh -n "$f" 2>>"$wrong" || true
    done <"$work/sh"
}

# Lines that name a file as its own first line must: name - one sentence.
shape() {
    while read -r f; do [ -s "$f" ] || echo "$f:1: it is empty"; done <"$work/c" >>"$wrong"
    xargs -r awk '
        FNR == 1 {
            name = FILENAME; sub(/.*\//, "", name); begin = "/* " name " - "
            if (index($0, begin) != 1 || length($0) <= length(begin))
                print FILENAME ":1: the first line must be /* " name " - one sentence. */"
        }
        { lines[FILENAME] = FNR }
        END {
            for (f in lines) {
                most = f ~ /^tests\// ? 600 : 500
                if (lines[f] > most) print f ":" lines[f] ": longer than " most " lines"
            }
        }' <"$work/c" >>"$wrong"
    grep '\.c$' "$work/ours" | grep -vE '^(src/store|tools)/' |
        find_lines 'SQL stands in sql/, not in C' '"[^"]*\b(SELECT .* FROM|INSERT INTO|UPDATE .* SET|DELETE FROM|CREATE (TABLE|INDEX)|ALTER TABLE|DROP TABLE)\b'
}

# clang-tidy where something changed since it had nothing to say.
tidy() {
    command -v clang-tidy >/dev/null || { echo 'lint: clang-tidy is not installed' >>"$wrong"; return; }
    mkdir -p "$build/tidy"
    state=$( (echo "$CLANG_FLAGS"; clang-tidy --version; cat .clang-tidy; tracked '*.h' | xargs cat
        cat "$build"/gen/*.h) | sha256sum | cut -c 1-16)
    grep '\.c$' "$work/c" | xargs -r sha256sum |
        awk -v state="$state" '{ name = $2; gsub(/\//, "_", name); print $2, state "-" $1 "-" name }' |
        while read -r f key; do [ -e "$build/tidy/$key" ] || echo "$f $key"; done >"$work/tidy"
    export CLANG_FLAGS build work
    # The analyzer stops early on purpose: it finds nearly all in the first nodes.  It does not
    # read tests, where it cannot know that a failed check does not return.
    xargs -r -P "$(nproc)" -n 2 sh -c '
        out=$work/tidy.$2
        case $1 in tests/*) less=--checks=-clang-analyzer-* ;; *) less= ;; esac
        if eval clang-tidy --quiet $less "$1" -- "$CLANG_FLAGS" \
            -Xclang -analyzer-config -Xclang max-nodes=4000 >"$out" 2>/dev/null
        then : >"$build/tidy/$2"
        else grep -E "(error|warning):" "$out" | sed "s|^$PWD/||; s/,-warnings-as-errors//" || echo "$1: clang-tidy failed"
        fi' sh <"$work/tidy" >>"$wrong"
}

words
texts
shape
tidy
if [ -s "$wrong" ]; then
    sort -u "$wrong" >&2
    exit 1
fi
echo "lint: $(wc -l <"$work/text") files read, $(wc -l <"$work/tidy") given to clang-tidy: nothing to say"

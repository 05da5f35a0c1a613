#!/bin/sh
# run.sh - the generators and layers.sh against files that must pass and files that must not.
# Usage: tests/tools/run.sh [PART]   Last line: "N passed, N failed, N skipped".
#
# NAME.bad.EXT must be refused with the message of its first line: "expect LINE: text"; where
# it says "compile LINE: text", the generator takes it and the C compiler must refuse the C.
# The generators run under ASan and UBSan.
set -u
cd "$(dirname "$0")/../.." || exit 1
part=${1:-}
here=tests/tools
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0

ok() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    echo "failed: $1"
    [ ! -s "$work/err" ] || head -n 12 "$work/err" | sed 's/^/    /'
}
is() { [ "$2" -eq 0 ] && ok || bad "$1"; }
wants() { [ -z "$part" ] || [ "$part" = "$1" ]; }

FLAGS='-std=gnu2x -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror -Wconversion -Wmissing-prototypes -Wshadow
       -Wredundant-decls -Wswitch-enum -Wno-missing-field-initializers -Wno-override-init -fsanitize=address,undefined -fno-sanitize-recover=all'
cc() { gcc $FLAGS -g -O1 -Isrc -I"$work" -I"$work/gen" "$@"; }

# The generators, sanitized.
build() {
    mkdir -p "$work/o" "$work/gen/gen"
    for c in tools/*.c src/base/arena.c src/base/str.c src/base/vec.c src/base/utf8.c src/base/phrase.c \
        src/formats/json*.c src/formats/regex*.c src/formats/schema_*.c; do
        echo "$c $work/o/$(basename "$c" .c).o"
    done | xargs -P 4 -n 2 sh -c 'gcc -std=gnu2x -D_GNU_SOURCE -g -O1 -w -fsanitize=address,undefined -fno-sanitize-recover=all -Isrc -c -o "$2" "$1"' sh
    base="$work/o/arena.o $work/o/str.o $work/o/vec.o $work/o/utf8.o"
    for t in sqlgen schemagen wordgen tplgen embed; do
        gcc -fsanitize=address,undefined -o "$work/$t" "$work/o/$t.o" $(ls "$work/o/${t}_"*.o 2>/dev/null) \
            "$work/o/gen.o" "$work/o/sqltok.o" $base || exit 1
    done
    gcc -fsanitize=address,undefined -o "$work/formgen" "$work/o/"formgen*.o "$work/o/gen.o" \
        "$work/o/"json*.o "$work/o/"regex*.o "$work/o/"schema_*.o $base || exit 1
    "$work/wordgen" -h po/en.po po/ja.po >"$work/gen/gen/words.h" || exit 1
}

# refused FILE EXPECTED CMD…: the command must end with 1 and say "FILE:LINE: text".
refused() {
    file=$1 want=$2
    shift 2
    "$@" >"$work/out" 2>"$work/err"
    code=$?
    if [ "$code" -eq 1 ] && [ ! -s "$work/out" ] && grep -qF -- "$want" "$work/err"; then
        ok
    else
        bad "$file: ended with $code, want 1 and \"$want\""
    fi
}
# What the first line of a file says behind a word: "LINE: text".
# In HTML comments [% and [[ stand for what may not stand there.
says() { sed -n "1s/^[^a-z]*$2 \(.*\)/\1/p" "$1" | sed 's/ -->$//; s/ \*\/$//; s/\[%/{%/g; s/\[\[/{{/g'; }

# Two .po files in one, cut at "=== ja.po".
cut_po() {
    mkdir -p "$2"
    awk -v d="$2" 'NR == 1 && /expect/ { next } /^=== ja.po$/ { ja = 1; next }
        { print >(d (ja ? "/ja.po" : "/en.po")) }' "$1"
    case $1 in *no_newline*) truncate -s -1 "$2/ja.po" ;; esac
}

test_sqlgen() {
    for f in $here/sqlgen/*.bad.sql; do
        refused "$f" "$f:$(says "$f" expect)" "$work/sqlgen" -c "$f"
    done
    for x in h c; do
        "$work/sqlgen" -$x $here/sqlgen/good.sql >"$work/gen/gen/sql.$x" 2>"$work/err"
        diff -u $here/sqlgen/good.$x.golden "$work/gen/gen/sql.$x" >"$work/err"
        is "sqlgen: good.$x is not golden" $?
    done
    for f in $here/sqlgen/*.bad.c; do
        cc -fsyntax-only "$f" >"$work/err" 2>&1
        [ $? -ne 0 ] && grep -qF -- "$(says "$f" compile)" "$work/err"
        is "$f: compiles, or fails for another reason" $?
    done
    "$work/schemagen" -h $here/schemagen/0*_*.good.sql >"$work/gen/gen/schema.h"
    "$work/schemagen" -c $here/schemagen/0*_*.good.sql >"$work/gen/gen/schema.c"
    cc -o "$work/good" $here/sqlgen/good.c "$work/gen/gen/sql.c" "$work/gen/gen/schema.c" -lsqlite3 2>"$work/err" &&
        "$work/good" 2>"$work/err"
    is 'sqlgen: SQLite does not take what was made' $?
    for x in h c; do "$work/sqlgen" -$x >"$work/gen/gen/sql.$x"; done
    cc -c -o "$work/none.o" "$work/gen/gen/sql.c" 2>"$work/err"
    is 'sqlgen: no statements at all do not compile' $?
}

test_schemagen() {
    for f in $here/schemagen/*.bad.sql; do
        refused "$f" "$f:$(says "$f" expect)" "$work/schemagen" -c "$f"
    done
    echo 'CREATE TABLE t (a TEXT);' >"$work/0001_a.sql"
    cp "$work/0001_a.sql" "$work/0001_b.sql"
    cp "$work/0001_a.sql" "$work/0003_c.sql"
    cp "$work/0001_a.sql" "$work/1_d.sql"
    refused 'a gap' '0003_c.sql:1: the number 0003 is out of order: want 0002' \
        "$work/schemagen" -h "$work/0001_a.sql" "$work/0003_c.sql"
    refused 'a duplicate' 'the number 0001 is there twice' "$work/schemagen" -h "$work/0001_a.sql" "$work/0001_b.sql"
    refused 'a name' "1_d.sql:1: the file's name must be NNNN_name.sql" "$work/schemagen" -h "$work/1_d.sql"
    "$work/schemagen" -c $here/schemagen/0*_*.good.sql >"$work/schema.c" 2>"$work/err"
    diff -u $here/schemagen/good.c.golden "$work/schema.c" >"$work/err"
    is 'schemagen: good.c is not golden' $?
    for x in h c; do "$work/schemagen" -$x >"$work/gen/gen/schema.$x"; done
    cc -c -o "$work/none.o" "$work/gen/gen/schema.c" 2>"$work/err"
    is 'schemagen: no migrations at all do not compile' $?
}

test_wordgen() {
    for f in $here/wordgen/*.bad.po; do
        d=$work/po/$(basename "$f" .bad.po)
        cut_po "$f" "$d"
        refused "$f" "$d/$(says "$f" expect)" "$work/wordgen" -h "$d/en.po" "$d/ja.po"
    done
    mkdir -p "$work/words/gen"
    cut_po $here/wordgen/good.po "$work/po/good"
    for x in h c; do
        "$work/wordgen" -$x "$work/po/good/en.po" "$work/po/good/ja.po" >"$work/words/gen/words.$x" 2>"$work/err"
        is "wordgen: good.po is refused" $?
    done
    cc -I"$work/words" -o "$work/good" -iquote "$work/words" $here/wordgen/good.c "$work/words/gen/words.c" \
        src/base/phrase.c $base 2>"$work/err" && "$work/good" >"$work/err" 2>&1
    is 'wordgen: good.c does not hold' $?
    for f in $here/wordgen/*.bad.c; do
        gcc $FLAGS -I"$work/words" -Isrc -fsyntax-only "$f" >"$work/err" 2>&1
        [ $? -ne 0 ] && grep -qF -- "$(says "$f" compile)" "$work/err"
        is "$f: compiles, or fails for another reason" $?
    done
}

test_tplgen() {
    mkdir -p "$work/words/gen"
    cut_po $here/wordgen/good.po "$work/po/good"
    for x in h c; do
        "$work/wordgen" -$x "$work/po/good/en.po" "$work/po/good/ja.po" >"$work/words/gen/words.$x"
    done
    for f in $here/tplgen/*.bad.html; do
        want=$(says "$f" compile)
        if [ -z "$want" ]; then
            refused "$f" "$f:$(says "$f" expect)" "$work/tplgen" "$f"
            continue
        fi
        "$work/tplgen" "$f" >"$work/bad.c" 2>"$work/err" &&
            ! gcc $FLAGS -I"$work/words" -Isrc -I$here/tplgen -fsyntax-only "$work/bad.c" 2>"$work/err" &&
            grep -qF -- "$f:${want%%: *}:" "$work/err" && grep -qF -- "${want#*: }" "$work/err"
        is "$f: its C compiles, or fails for another reason than \"$want\"" $?
    done
    "$work/tplgen" $here/tplgen/good.html >"$work/good_tpl.c" 2>"$work/err" &&
        gcc $FLAGS -g -O1 -I"$work/words" -Isrc -I$here/tplgen -o "$work/good" $here/tplgen/good.c \
            "$work/good_tpl.c" "$work/words/gen/words.c" src/web/html.c src/base/phrase.c $base 2>"$work/err" &&
        "$work/good" >"$work/good.html" 2>"$work/err" &&
        diff -u $here/tplgen/good.golden "$work/good.html" >"$work/err"
    is 'tplgen: good.html is not golden' $?
    [ "$(grep -c 'html_raw' "$work/good_tpl.c")" -le "$(grep -cE 'html_(put|plain|url|text|word|fragment)|tpl_|if \(|\} else|    }$' "$work/good_tpl.c")" ]
    is 'tplgen: literals are not joined' $?
}

# forms_of LIST SCHEMA: a folder with one schema, compiled; \n in both are newlines.
forms_of() {
    mkdir -p "$work/forms"
    printf '%b' "$1" >"$work/forms/list.txt"
    printf '%b' "$2" >"$work/forms/x.json"
    ASAN_OPTIONS=detect_leaks=0 "$work/formgen" "$work/forms"
}
test_formgen() {
    one='CSAF_2_0 x.json https://example.com/x\n'
    while IFS='|' read -r list schema want; do
        refused "formgen: $want" "$want" forms_of "${list:-$one}" "$schema"
    done <<'CASES'
CSAF_2_0 x.json\n|{}\n|list.txt:1: want "NAME file uri"
A x.json u:a\nB x.json u:a\n|{}\n|list.txt:2: the URI is there twice
A none.json u:a\n|{}\n|none.json: No such file
|{"a":1,\n"a":2}\n|x.json:2: not JSON: json_duplicate
|{"properties":{"a":{"type":"text"}}}\n|schema_form at /properties/a/type
|{"properties":{"a":{"$ref":"#/$defs/b"}}}\n|schema_ref at /properties/a/$ref: #/$defs/b
|{"$ref":"https://example.com/missing"}\n|schema_ref at /$ref: https://example.com/missing
|{"pattern":"(a)\\\\1"}\n|schema_pattern at /pattern
|{"minLength":-1}\n|schema_form at /minLength
|{"required":{}}\n|schema_form at /required
CASES
    ASAN_OPTIONS=detect_leaks=0 "$work/formgen" schemas >"$work/forms.c" 2>"$work/err" &&
        cc -O1 -c -o "$work/forms.o" "$work/forms.c" 2>"$work/err"
    is 'formgen: the tables of schemas/ do not compile' $?
}

test_embed() {
    "$work/embed" >"$work/none.S" 2>"$work/err" && gcc -c -o "$work/none.o" "$work/none.S" 2>"$work/err"
    is 'embed: no files at all do not assemble' $?
    refused 'a missing file' 'no/such/file:1: cannot be read' "$work/embed" no/such/file
    refused 'a file twice' 'this file is given twice' "$work/embed" Makefile Makefile
    mkdir -p "$work/a b" && : >"$work/a b/c"
    refused 'a space in a path' 'a path is made of letters' "$work/embed" "$work/a b/c"
    "$work/embed" Makefile ARCHITECTURE.md >"$work/two.S" &&
        gcc -c -fcf-protection -o "$work/two.o" "$work/two.S" 2>"$work/err" &&
        gcc -shared -Wl,-z,text -o "$work/two.so" "$work/two.o" 2>"$work/err" &&
        readelf -n "$work/two.o" | grep -q 'IBT, SHSTK' && ! readelf -SW "$work/two.o" | grep -q ' WAX '
    is 'embed: the table is not fit for a hardened program' $?
}

# Each NAME.*.c says where it would stand: "expect src/…/x.c: text" or "stands src/…/x.c".
# It is compiled there, in a tree of its own.
layers_of() {
    tree=$work/layers
    rm -rf "$tree"
    mkdir -p "$tree/tools" "$tree/b/gen" "$tree/$(dirname "$2")"
    cp tools/layers.sh tools/*.txt "$tree/tools/"
    for d in base formats domain store io app web cli; do
        mkdir -p "$tree/src/$d"
        echo "int ${d}_thing(void);" >"$tree/src/$d/thing.h"
    done
    for h in words sql schema; do echo "enum { A_$h };" >"$tree/b/gen/$h.h"; done
    cp "$1" "$tree/$2"
    (cd "$tree" && mkdir -p "b/$(dirname "$2")" &&
        gcc -std=gnu2x -D_GNU_SOURCE -w -O2 -D_FORTIFY_SOURCE=2 -Isrc -Ib -MMD -c -o "b/${2%.c}.o" "$2") || return 2
    (cd "$tree" && tools/layers.sh b)
}

test_layers() {
    for f in $here/layers/*.bad.c; do
        want=$(says "$f" expect)
        refused "$f" "$want" layers_of "$f" "${want%%:*}"
    done
    for f in $here/layers/*.good.c; do
        layers_of "$f" "$(says "$f" stands)" >"$work/out" 2>"$work/err"
        is "$f: refused" $?
    done
}

# lint_of FILE TEXT: a clean tree to which FILE with TEXT was added; -: none.
lint_of() {
    tree=$work/lint
    rm -rf "$tree"
    mkdir -p "$tree/tools" "$tree/src/app" "$tree/po" "$tree/b/tools" "$tree/b/gen"
    cp tools/lint.sh tools/dynamic-words.txt "$tree/tools/"
    cp .clang-tidy "$tree/"
    cp "$work/wordgen" "$tree/b/tools/"
    cp "$work/po/good/"*.po "$tree/po/"
    echo 'enum { A };' >"$tree/b/gen/words.h"
    {
        echo '/* use.c - uses the words. */'
        for w in 0first for greeting long plain things; do echo "int W_$w;"; done
    } >"$tree/src/app/use.c"
    [ "$1" = - ] || printf '%b' "$2" >>"$tree/$1"
    (cd "$tree" && git init -q && CLANG_FLAGS=-std=gnu2x sh tools/lint.sh b)
}

test_lint() {
    cut_po $here/wordgen/good.po "$work/po/good"
    lint_of - >"$work/out" 2>"$work/err"
    is 'lint: a clean tree is refused' $?
    # \0NNN hides from lint.sh what it would find in this file.
    while IFS='|' read -r file text want; do
        refused "lint of $want" "$want" lint_of "$file" "$text"
    done <<'CASES'
src/app/x.c|/* x.c - x. */\nint x; /* TO\0104O */\n|src/app/x.c:2: unfinished
src/app/x.c|/* x.c - x. */\nint x;\0040\n|src/app/x.c:2: white space at the end of the line
src/app/x.c|/* x.c - x. */\n\tint x;\n|src/app/x.c:2: a tab
src/app/x.c|/* x.c - x. */\nconst char *p = "/tmp\0057kk/x";\n|src/app/x.c:2: a path of one machine
src/app/x.c|/* y.c - x. */\nint x;\n|src/app/x.c:1: the first line must be /* x.c - one sentence. */
src/app/x.c|/* x.c - x. */\nconst char *q = "SELECT id FROM t";\n|src/app/x.c:2: SQL stands in sql/, not in C
src/app/x.c|/* x.c - x. */\nint f(int a);\nint f(int a)\n{\n    if (a > 0);\n        return a;\n    return 1;\n}\n|src/app/x.c:5:15: error: potentially unintended semicolon
tools/x.sh|if true; then\n|x.sh
po/en.po|\nmsgid "unused"\nmsgstr "U"\n|the key unused of
po/ja.po|\nmsgid "more"\nmsgstr "U"\n|the key more is missing in po/en.po
po/ja.po|"\0357\0274\0201"\n|no exclamation and no apology in Japanese
CASES
    printf 'msgid "idle"\nmsgstr "U"\n' | tee -a "$work/po/good/en.po" >>"$work/po/good/ja.po"
    refused 'lint of an unused word' 'po/en.po: the word idle is used nowhere' lint_of -
}

# A program that never ends, with a child, the first time that it runs.
test_hang() {
    export again="$work/again"
    cat >"$work/hangs" <<'PROGRAM'
#!/bin/sh
echo "begun"
if [ ! -e "$again" ] || [ "${always:-}" = yes ]; then
    touch "$again"
    sleep 1234567 &
    wait
fi
echo "1 passed, 0 failed, 0 skipped"
PROGRAM
    chmod +x "$work/hangs"
    KAKEHASHI_TEST_SECONDS=1 tools/run-tests.sh "$work/hangs" >"$work/out" 2>"$work/err"
    is 'run-tests: what hung once is not run again' $?
    grep -q 'hangs: hung, and was run again' "$work/out" && grep -q 'process .*sleep 1234567' "$work/out"
    is 'run-tests: a hang is not named' $?
    [ "$(tail -n 1 "$work/out")" = "1 passed, 0 failed, 0 skipped" ]
    is 'run-tests: the second run does not count' $?
    always=yes KAKEHASHI_TEST_SECONDS=1 tools/run-tests.sh "$work/hangs" >"$work/out" 2>"$work/err"
    [ $? -eq 1 ] && [ "$(tail -n 1 "$work/out")" = "0 passed, 1 failed, 0 skipped" ]
    is 'run-tests: what hangs twice has not failed' $?
    ! pgrep -f 'sleep 1234567' >/dev/null
    is 'run-tests: what a hanging program started lives on' $?
}

build
for t in sqlgen schemagen wordgen tplgen formgen embed layers lint hang; do
    : >"$work/err"
    ! wants $t || test_$t
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]

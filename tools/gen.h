/* gen.h - what the generators share: reading a source, refusing with file and line, writing C.
 *
 * A str cut out of a source's text knows its place: errors take a pointer into the text.
 * Every generator reads all, complains of all it can, and writes only when nothing was wrong. */
#ifndef TOOLS_GEN_H
#define TOOLS_GEN_H

#include "base/str.h"
#include "base/vec.h"

struct source {
    str path, text;
};

/* Lives as long as the program. */
struct arena *gen_arena(void);

/* Ends the program when the file cannot be read, is not UTF-8, or holds a tab, a carriage
 * return, a NUL byte or no newline at its end. */
struct source *gen_read(const char *path);

/* The same of a file that is no source: its bytes as they are. */
struct source *gen_read_bytes(const char *path);

int gen_line(const struct source *src, const char *at);

/* "path:line: sentence" on stderr; the program will end with 1. */
PRINTF(3, 4) void gen_error(const struct source *src, const char *at, const char *fmt, ...);

/* The same, and ends at once. */
[[gnu::noreturn]] PRINTF(3, 4) void gen_die(const struct source *src, const char *at,
                                            const char *fmt, ...);

/* Ends the program when there were errors. */
void gen_check(void);

/* Write b to stdout, unless there were errors. */
[[gnu::noreturn]] void gen_end(const buf *b);

/* The next line without its newline, which is removed from *rest with it. */
str gen_cut_line(str *rest);

/* Whether s is a name as we write them: [a-z][a-z0-9_]*, and no word of C. */
bool gen_is_name(str s);
bool gen_is_letter(char c); /* ASCII, or _ */
bool gen_is_digit(char c);
bool gen_is_space(char c);

/* The name that s begins with, of letters, digits and _; may be empty. */
str gen_word(str s);

/* s as a C string literal with its quotes; a newline in s breaks the literal's line, too,
 * with `indent` spaces before the next part. */
void gen_c_string(buf *b, str s, int indent);

/* The last part of a path without its suffix: "en" of po/en.po. */
str gen_stem(str path);

#endif

/* gen.c - see gen.h. */
#include "gen.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int errors;

struct arena *gen_arena(void)
{
    static struct arena *a;
    if (a == NULL)
        a = arena_new();
    return a;
}

int gen_line(const struct source *src, const char *at)
{
    int line = 1;
    for (const char *p = src->text.p; p < at; p++)
        line += *p == '\n';
    return line;
}

static void complain(const struct source *src, const char *at, const char *fmt, va_list ap)
{
    (void)fprintf(stderr, "%.*s:%d: ", SV(src->path), gen_line(src, at));
    (void)vfprintf(stderr, fmt, ap);
    (void)fputc('\n', stderr);
    errors++;
}

void gen_error(const struct source *src, const char *at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    complain(src, at, fmt, ap);
    va_end(ap);
}

void gen_die(const struct source *src, const char *at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    complain(src, at, fmt, ap);
    va_end(ap);
    exit(1);
}

void gen_check(void)
{
    if (errors != 0)
        exit(1);
}

void gen_end(const buf *b)
{
    if (errors == 0 && (fwrite(b->p ? b->p : "", 1, b->n, stdout) != b->n || fflush(stdout) != 0)) {
        perror("cannot write");
        errors++;
    }
    exit(errors != 0);
}

static void check_bytes(const struct source *src)
{
    str t = src->text;
    size_t good = utf8_valid_prefix(t);
    if (good < t.n)
        gen_die(src, t.p + good, "this is not UTF-8");
    for (size_t i = 0; i < t.n; i++)
        if (t.p[i] == '\t' || t.p[i] == '\r' || t.p[i] == '\0')
            gen_die(src, t.p + i, "tabs, carriage returns and NUL bytes do not belong here");
    if (t.n == 0 || t.p[t.n - 1] != '\n')
        gen_die(src, t.p + t.n, "the file does not end with a newline");
}

struct source *gen_read_bytes(const char *path)
{
    struct source *src = NEW(gen_arena(), struct source);
    buf b = {.a = gen_arena()};
    size_t got;
    FILE *f = fopen(path, "r");
    if (f == NULL) {
        perror(path);
        exit(1);
    }
    while ((got = fread(buf_room(&b, 1 << 16), 1, 1 << 16, f)) > 0)
        b.n += got;
    if (ferror(f)) {
        perror(path);
        exit(1);
    }
    (void)fclose(f);
    *src = (struct source){str_z(path), buf_str(&b)};
    return src;
}

struct source *gen_read(const char *path)
{
    struct source *src = gen_read_bytes(path);
    check_bytes(src);
    return src;
}

str gen_cut_line(str *rest)
{
    return str_cut(rest, '\n');
}

bool gen_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool gen_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool gen_is_space(char c)
{
    return c == ' ' || c == '\n';
}

str gen_word(str s)
{
    size_t n = 0;
    while (n < s.n && (gen_is_letter(s.p[n]) || gen_is_digit(s.p[n])))
        n++;
    return str_sub(s, 0, n);
}

static bool is_c_word(str s)
{
    static const char *const words[] = {
        "alignas",  "alignof",  "asm",     "auto",   "bool",   "break",    "case",   "char",
        "const",    "continue", "default", "do",     "double", "else",     "enum",   "extern",
        "false",    "float",    "for",     "goto",   "if",     "inline",   "int",    "long",
        "register", "restrict", "return",  "short",  "signed", "sizeof",   "static", "struct",
        "switch",   "true",     "typedef", "typeof", "union",  "unsigned", "void",   "volatile",
        "while",    "linux",    "unix",
    };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(s, str_z(words[i])))
            return true;
    return false;
}

bool gen_is_name(str s)
{
    if (s.n == 0 || s.n > 63 || s.p[0] < 'a' || s.p[0] > 'z')
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !gen_is_digit(s.p[i]) && s.p[i] != '_')
            return false;
    return !is_c_word(s);
}

void gen_c_string(buf *b, str s, int indent)
{
    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            buf_putf(b, "\\%c", c);
        else if (c == '\n')
            buf_putf(b, i + 1 < s.n ? "\\n\"\n%*s\"" : "\\n", indent, "");
        else if (c < ' ' || c == 0x7F)
            buf_putf(b, "\\%03o", c);
        else
            buf_char(b, (char)c);
    }
    buf_char(b, '"');
}

str gen_stem(str path)
{
    for (ptrdiff_t at; (at = str_find_char(path, '/')) >= 0;)
        path = str_from(path, (size_t)at + 1);
    return str_cut(&path, '.');
}

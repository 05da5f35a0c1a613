/* embed.c - makes an assembler file that puts files into the program, as src/base/asset.h says.
 *
 * Usage: embed FILE...   The paths stand as they are given; they are sorted here. */
#include "gen.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int by_path(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

static void check_path(const struct source *list, str path)
{
    for (size_t i = 0; i < path.n; i++)
        if (!gen_is_letter(path.p[i]) && !gen_is_digit(path.p[i]) &&
            str_find_char(S("/.-"), path.p[i]) < 0)
            gen_die(list, list->text.p, "a path is made of letters, digits and _ . - /");
    if (access(str_to_z(gen_arena(), path), R_OK) != 0)
        gen_die(list, list->text.p, "cannot be read");
}

static void put_file(buf *b, str path, size_t i)
{
    buf_putf(b, "path%zu: .ascii \"%.*s\"\nfile%zu: .incbin \"%.*s\"\nend%zu: .byte 0\n", i,
             SV(path), i, SV(path), i);
}

static void put_table(buf *b, const str *paths, size_t n)
{
    buf_put(b, S("\n.section .data.rel.ro, \"aw\", @progbits\n.balign 16\n"
                 ".globl assets\n.type assets, @object\nassets:\n"));
    for (size_t i = 0; i < n; i++)
        buf_putf(b, "WORD path%zu, %zu, file%zu, end%zu - file%zu\n", i, paths[i].n, i, i, i);
    buf_putf(b,
             "WORD 0, 0, 0, 0\n.size assets, . - assets\n\n"
             ".section .rodata\n.balign 16\n.globl asset_count\n.type asset_count, @object\n"
             "asset_count: WORD %zu\n.size asset_count, . - asset_count\n\n"
             ".section .note.GNU-stack, \"\", @progbits\n",
             n);
}

int main(int argc, char **argv)
{
    buf b = {.a = gen_arena()};
    size_t n = (size_t)argc - 1;
    str *paths = NEWS(gen_arena(), str, n + 1);
    for (size_t i = 0; i < n; i++) {
        paths[i] = str_z(argv[i + 1]);
        check_path(&(struct source){paths[i], paths[i]}, paths[i]);
    }
    qsort(paths, n, sizeof *paths, by_path);
    for (size_t i = 1; i < n; i++)
        if (str_eq(paths[i], paths[i - 1]))
            gen_die(&(struct source){paths[i], paths[i]}, paths[i].p, "this file is given twice");
    buf_put(
        &b,
        S("/* assets.S - files in the program.  Made by tools/embed. */\n"
          "#ifdef __CET__\n#include <cet.h>\n#endif\n"
          "#if __SIZEOF_POINTER__ == 8\n#define WORD .quad\n#else\n#define WORD .long\n#endif\n\n"
          ".section .rodata\n.balign 16\n"));
    for (size_t i = 0; i < n; i++)
        put_file(&b, paths[i], i);
    put_table(&b, paths, n);
    gen_end(&b);
}

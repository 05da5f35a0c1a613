/* paper.c - see paper.h. */
#include "help/paper.h"

#include "help/store.h"
#include "io/files.h"

#include <stdio.h>

str paper_text(struct arena *a, str pdf)
{
    str dir = help_folder(a), path = str_fmt(a, "%.*s/x.pdf", SV(dir));
    struct fault f = {0};
    must(file_write(a, str_to_z(a, path), pdf, 0600, &f) == OK);
    FILE *in = popen(str_to_z(a, str_fmt(a, "pdftotext %.*s -", SV(path))), "r");
    buf b = {.a = a};
    char some[4096];
    for (size_t n = 1; in != NULL && n > 0;) {
        n = fread(some, 1, sizeof some, in);
        buf_put(&b, (str){some, n});
    }
    must(in != NULL && pclose(in) == 0);
    return buf_str(&b);
}

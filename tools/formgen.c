/* formgen.c - makes gen/forms.c, the tables of the kept JSON schemas.
 *
 * Usage: formgen FOLDER   FOLDER/list.txt says which schemas there are: "NAME file uri" a line;
 * SCHEMA_NAME is the place in the table, "-" a schema that only others refer to. */
#include "formgen.h"

#include <stdio.h>
#include <string.h>

static struct form_files files;

const struct json *form_find(struct arena *a, void *arg, str uri)
{
    (void)a, (void)arg;
    for (size_t i = 0; i < files.n; i++)
        if (str_eq(files.v[i].uri, uri))
            return files.v[i].document;
    return NULL;
}

static void read_file(const struct source *list, str line, const char *folder, struct form_file *f)
{
    struct json_error e;
    f->line = line.p;
    f->name = str_cut(&line, ' ');
    f->file = str_cut(&line, ' ');
    f->uri = line;
    if (f->name.n == 0 || f->file.n == 0 || f->uri.n == 0 || str_find_char(f->uri, ' ') >= 0)
        gen_die(list, f->line, "want \"NAME file uri\"");
    if (form_find(NULL, NULL, f->uri) != NULL)
        gen_die(list, f->line, "the URI is there twice");
    str path = str_fmt(gen_arena(), "%s/%.*s", folder, SV(f->file));
    f->source = gen_read(str_to_z(gen_arena(), path));
    if (json_read(gen_arena(), f->source->text, &f->document, &e) != OK)
        gen_die(f->source, f->source->text.p + e.byte, "not JSON: %.*s", SV(e.code));
}

static void read_list(const char *folder, const struct source *list)
{
    for (str rest = list->text; rest.n > 0;) {
        str line = gen_cut_line(&rest);
        struct form_file f = {0};
        if (line.n == 0 || line.p[0] == '#')
            continue;
        read_file(list, line, folder, &f);
        *PUSH(gen_arena(), &files) = f;
    }
}

static void compile(struct schema_maker *m, const struct schema_refusal *why)
{
    for (size_t i = 0; i < files.n; i++) {
        struct form_file *f = &files.v[i];
        struct schema_source s = {f->uri, f->document};
        if (str_eq(f->name, S("-")))
            continue;
        if (schema_maker_add(m, s, &f->root) != OK)
            gen_die(f->source, f->source->text.p, "%.*s at %.*s: %.*s", SV(why->code),
                    SV(why->path), SV(why->text));
    }
}

int main(int argc, char **argv)
{
    struct schema_options options = {.formats = true, .find = form_find};
    struct schema_refusal why = {0};
    if (argc != 2) {
        (void)fprintf(stderr, "usage: formgen FOLDER\n");
        return 2;
    }
    str path = str_fmt(gen_arena(), "%s/list.txt", argv[1]);
    const struct source *list = gen_read(str_to_z(gen_arena(), path));
    struct schema_maker *m = schema_maker_new(gen_arena(), &options, &why);
    read_list(argv[1], list);
    compile(m, &why);
    gen_check();
    must(schema_maker_done(m) != NULL);
    buf b = {.a = gen_arena()};
    form_write(&b, m, &files);
    gen_end(&b);
}

/* csaf_diff.c - kakehashi csaf diff: what two CSAF documents say differently. */
#include "formats/csaf_diff.h"
#include "cli/csaf.h"
#include "cli/csaf_commands.h"

#include <stdio.h>

enum { EXIT_DIFFERENT = 1, EXIT_UNREADABLE = 2, LONG = 160 };

const struct cli_option csaf_diff_cli[CSAF_DIFF_OPTIONS] = {
    {"--json", NULL, "one JSON object a difference and line"},
    {"--lang", "en|ja", "language of the report (default: of the environment)"},
};

static void put_or_null(struct json_out *o, str key, str value)
{
    json_put_key(o, key);
    json_put_str(o, value);
}

static void report_json(struct arena *a, const struct csaf_differences *all)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct csaf_difference *d = &all->v[i];
        buf b = {.a = a};
        struct json_out o = {.b = &b};
        json_put_object(&o);
        put_or_null(&o, S("path_a"), d->path_a);
        put_or_null(&o, S("path_b"), d->path_b);
        json_put_member(&o, S("kind"), csaf_diff_kind_name(d->kind));
        json_put_member(&o, S("what"), d->what);
        put_or_null(&o, S("old"), d->old);
        put_or_null(&o, S("new"), d->now);
        json_put_end(&o);
        (void)printf("%.*s\n", SV(buf_str(&b)));
    }
}

/* One line, not too long. */
static str line_of(struct arena *a, str text)
{
    buf b = {.a = a};
    for (size_t i = 0; i < text.n; i++) {
        bool begins = ((unsigned char)text.p[i] & 0xc0) != 0x80;
        if (begins && b.n >= LONG) {
            buf_put(&b, S(" …"));
            break;
        }
        buf_char(&b, text.p[i] == '\n' ? ' ' : text.p[i]);
    }
    return b.n > 0 ? buf_str(&b) : S("");
}

static void put_one(struct arena *a, const struct csaf_difference *d)
{
    bool old = d->path_a.p != NULL, now = d->path_b.p != NULL;
    (void)printf("  %s %.*s\n", !old ? "+" : !now ? "−" : "~", SV(d->what));
    if (old && d->old.n > 0 && !str_eq(d->old, d->what))
        (void)printf("      − %.*s\n", SV(line_of(a, d->old)));
    if (now && d->now.n > 0 && !str_eq(d->now, d->what))
        (void)printf("      + %.*s\n", SV(line_of(a, d->now)));
}

static void report_people(struct arena *a, const struct csaf_differences *all, enum lang lang)
{
    enum word w;
    for (size_t i = 0; i < all->n; i++) {
        str kind = csaf_diff_kind_name(all->v[i].kind);
        if (i == 0 || all->v[i].kind != all->v[i - 1].kind) {
            must(word_find(str_fmt(a, "csafdiff_kind_%.*s", SV(kind)), &w));
            (void)printf("%.*s\n", SV(word(lang, w)));
        }
        put_one(a, &all->v[i]);
    }
    str end = all->n == 0 ? word(lang, W_csafdiff_same)
                          : words_csafdiff_count(a, lang, .n_count = (i64)all->n);
    (void)printf("%.*s\n", SV(end));
}

int csaf_diff_run(struct cli_args *args)
{
    struct arena *a = args->a;
    const struct json *documents[2];
    struct csaf_differences all;
    bool json = cli_flag(args, "--json");
    enum lang lang;
    int wrong;
    str why;
    if (csaf_lang_of(args, json, &lang) != OK)
        return EXIT_UNREADABLE;
    if (args->nrest != 2) {
        (void)cli_fail(E_INVALID, "csaf diff wants two files");
        return EXIT_UNREADABLE;
    }
    for (size_t i = 0; i < 2; i++)
        if (!csaf_file_read(a, lang, args->rest[i], &documents[i], &why)) {
            (void)fprintf(stderr, "kakehashi: %s: %.*s\n", args->rest[i], SV(why));
            return EXIT_UNREADABLE;
        }
    if (csaf_diff(a, documents[0], documents[1], &all, &wrong) != OK) {
        str said = words_csafdiff_version(a, lang, .file = str_z(args->rest[wrong]));
        (void)fprintf(stderr, "kakehashi: %.*s\n", SV(said));
        return EXIT_UNREADABLE;
    }
    if (json)
        report_json(a, &all);
    else
        report_people(a, &all, lang);
    return all.n > 0 ? EXIT_DIFFERENT : 0;
}

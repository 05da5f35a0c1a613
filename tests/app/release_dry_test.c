/* release_dry_test.c - a release rehearsed: built, checked, compared, and nothing written. */
#include "app/release_dry.h"
#include "app/statuses.h"
#include "help/released.h"
#include "t.h"

static struct release_dry rehearsed(struct walk *w, enum lang lang)
{
    struct ctx *cx = walk_as(w, "coordinator");
    struct release_wish wish = {.lang = lang};
    struct release_dry d;
    CHECK_OK(cx, release_kind_next(cx, w->case_id, lang, &wish.kind));
    wish.text[LANG_JA] = S("対象製品を追記しました");
    wish.text[LANG_EN] = S("Products were added");
    CHECK_OK(cx, release_dry_run(cx, w->case_id, &wish, &d));
    for (size_t i = 0; i < d.findings.n; i++) {
        const struct release_finding *f = &d.findings.v[i];
        (void)printf("%.*s %.*s %.*s %.*s %.*s %.*s\n", SV(f->artefact),
                     SV(release_level_name(f->level)), SV(f->test), SV(f->path), SV(f->word),
                     SV(release_finding_words(w->st->a, f, LANG_EN)));
    }
    return d;
}

/* Both languages written, one vulnerability; nothing is public yet. */
static struct walk *written(struct stage *st)
{
    struct walk *w = undrafted(st);
    vulnerability_add(w);
    i64 rev = draft_save(w, draft_save(w, 0, draft_ja(st->a)), draft_en(st->a));
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_ask(cx, w->case_id, rev));
    (void)stage_later(st, MINUTE);
    return w;
}

APP_TEST(every_form_is_built_in_both_languages_with_its_digest)
{
    static const char *const names[] = {"page",     "json-ld",    "atom",         "csaf-2.0",
                                        "csaf-2.1", "jvnrss-3.2", "jvnrss-2.0",   "jvnrss-own",
                                        "vuldef",   "myjvn",      "CVE-2023-5915"};
    struct walk *w = written(st);
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        struct release_dry d = rehearsed(w, g);
        CHECK_I64(g == LANG_EN ? COUNT(names) : COUNT(names) - 1, (i64)d.artefacts.n);
        for (size_t i = 0; i < d.artefacts.n; i++) {
            CHECK_STR(str_z(names[i]), d.artefacts.v[i].name);
            CHECK(d.artefacts.v[i].bytes.n > 0);
            CHECK_I64(64, (i64)d.artefacts.v[i].sha256.n);
        }
        CHECK(d.ready);
        (void)stage_later(st, 40 * DAY);
        CHECK_STR(d.digest, rehearsed(w, g).digest);
    }
    (void)a;
}

/* tables.c - see tables.h. */
#include "app/tables.h"

str department_word(enum actor kind, enum lang lang)
{
    /* clang-format off */
    static const enum word words[ACTOR_COUNT] = {
        [ACTOR_FINDER] = W_actor_finder, [ACTOR_SOURCE] = W_actor_source,
        [ACTOR_RECEPTION] = W_actor_reception, [ACTOR_COORDINATOR] = W_actor_coordinator,
        [ACTOR_OVERSEAS] = W_actor_overseas_coordinator, [ACTOR_POC] = W_actor_poc,
        [ACTOR_DESIGN] = W_actor_design, [ACTOR_RND] = W_actor_rnd,
        [ACTOR_QUALITY] = W_actor_quality, [ACTOR_SI_MFG] = W_actor_si_mfg,
        [ACTOR_SI_SYS] = W_actor_si_sys, [ACTOR_CARE] = W_actor_care,
        [ACTOR_SALES] = W_actor_sales, [ACTOR_RISK_LEGAL] = W_actor_risk_legal,
        [ACTOR_PR] = W_actor_pr,
    };
    /* clang-format on */
    return word(lang, words[kind]);
}

/* A vendor's report on its own product ends as other reports on products do. */
bool disposition_is(const struct tables *t, str id, str kind, str stage)
{
    static const str stages[DISPOSITION_STAGE_COUNT] = {S_INIT("refuse"), S_INIT("stop"),
                                                        S_INIT("end")};
    const struct disposition *d = disposition_find(&t->dispositions, id);
    enum disposition_kind of = str_eq(kind, S("website")) ? OF_WEBSITE : OF_PRODUCT;
    return d != NULL && (d->kinds >> of & 1) && str_eq(stages[d->stage], stage);
}

/* Being handled is no end, and a refusal has stages of its own. */
bool disposition_ends(const struct tables *t, str id, str kind)
{
    if (str_eq(id, S("end_open")) || str_eq(id, S("end_refused")))
        return false;
    return disposition_is(t, id, kind, S("end")) || disposition_is(t, id, kind, S("stop"));
}

str disposition_word(const struct tables *t, str id, enum lang lang)
{
    const struct disposition *d = disposition_find(&t->dispositions, id);
    return d ? d->word[lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT] : S("");
}

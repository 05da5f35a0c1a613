/* release_dry_words.c - what a rehearsal found, as sentences. */
#include "app/release_dry.h"

static str sentence(struct arena *a, const struct release_finding *f, const char *suffix,
                    enum lang lang)
{
    const struct phrase_arg args[] = {{.name = S("a"), .s = f->arg[0]},
                                      {.name = S("b"), .s = f->arg[1]},
                                      {.name = S("c"), .s = f->arg[2]},
                                      {.name = S("got"), .s = f->arg[0]},
                                      {.name = S("limit"), .s = f->arg[1]}};
    enum word w;
    if (!word_find(str_fmt(a, "%.*s%s", SV(f->word), suffix), &w))
        return S("");
    return phrase_fill(a, word(lang, w), args, COUNT(args));
}

str release_finding_words(struct arena *a, const struct release_finding *f, enum lang lang)
{
    str text = sentence(a, f, "", lang);
    return text.n > 0 ? text : f->word;
}

str release_finding_mend(struct arena *a, const struct release_finding *f, enum lang lang)
{
    return sentence(a, f, "_mend", lang);
}

str release_field_words(enum said_field f, enum lang lang)
{
    static const enum word words[SAID_FIELDS] = {[SAID_TITLE] = W_release_field_title,
                                                 [SAID_NUMBER] = W_release_field_number,
                                                 [SAID_OTHER_ID] = W_release_field_other_id,
                                                 [SAID_CVES] = W_release_field_cves,
                                                 [SAID_CWES] = W_release_field_cwes,
                                                 [SAID_PRODUCTS] = W_release_field_products,
                                                 [SAID_IDENTIFIERS] = W_release_field_identifiers,
                                                 [SAID_STATUS] = W_release_field_status,
                                                 [SAID_SCORES] = W_release_field_scores,
                                                 [SAID_PUBLISHED] = W_release_field_published,
                                                 [SAID_UPDATED] = W_release_field_updated,
                                                 [SAID_HISTORY] = W_release_field_history,
                                                 [SAID_CREDITS] = W_release_field_credits,
                                                 [SAID_ADDRESS] = W_release_field_address,
                                                 [SAID_LINKS] = W_release_field_links,
                                                 [SAID_SUMMARY] = W_release_field_summary,
                                                 [SAID_SOLUTION] = W_release_field_solution};
    return word(lang, words[f]);
}

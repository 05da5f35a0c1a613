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

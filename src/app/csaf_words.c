/* csaf_words.c - see csaf_words.h. */
#include "app/csaf_words.h"

static str sentence(struct arena *a, const struct csaf_finding *f, const char *suffix,
                    enum lang lang)
{
    const struct phrase_arg args[CSAF_ARGS] = {
        {.name = S("a"), .s = f->arg[0]},
        {.name = S("b"), .s = f->arg[1]},
        {.name = S("c"), .s = f->arg[2]},
    };
    enum word w;
    if (!word_find(str_fmt(a, "csaf_%.*s%s", SV(f->word), suffix), &w))
        return f->word;
    return phrase_fill(a, word(lang, w), args, COUNT(args));
}

str csaf_message(struct arena *a, const struct csaf_finding *f, enum lang lang)
{
    return sentence(a, f, "", lang);
}

str csaf_mend(struct arena *a, const struct csaf_finding *f, enum lang lang)
{
    return sentence(a, f, "_mend", lang);
}

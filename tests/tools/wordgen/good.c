/* good.c - what the words of good.po are in C. */
#include "gen/words.h"

#include <stdio.h>

static int bad;

static void want(const char *text, str got)
{
    if (str_eq(str_z(text), got))
        return;
    printf("want \"%s\", got \"%.*s\"\n", text, SV(got));
    bad++;
}

static void texts(struct arena *a)
{
    want("Plain & simple", word(LANG_EN, W_plain));
    want("普通", word(LANG_JA, W_plain));
    want("A \"quoted\" word,\na back\\slash and a line.", word(LANG_EN, W_long));
    want("Zero", word(LANG_EN, W_0first));
    want("For", word(LANG_EN, W_for));
    want("Hello {who}, {who}; you have {n_left} left.", word(LANG_EN, WP_greeting));
    want("Hello {Ann}, {Ann}; you have -3 left.",
         words_greeting(a, LANG_EN, .who = S("{Ann}"), .n_left = -3));
    want("残り12件です、山田さん。", words_greeting(a, LANG_JA, .n_left = 12, .who = S("山田")));
    want("残り0件です、さん。", words_greeting(a, LANG_JA, .n_left = 0));
}

static void counted(struct arena *a)
{
    want("one thing", words_things(a, LANG_EN, .n = 1));
    want("0 things", words_things(a, LANG_EN, .n = 0));
    want("-1 things", words_things(a, LANG_EN, .n = -1));
    want("9223372036854775807 things", words_things(a, LANG_EN, .n = INT64_MAX));
    want("1個", words_things(a, LANG_JA, .n = 1));
    want("{n} things", word(LANG_EN, WP_things));
    want("one thing", word_for(LANG_EN, WP_things, 1));
}

static void found(struct arena *a)
{
    enum word w;
    enum lang l;
    for (size_t i = 0; i < WORD_COUNT; i++) {
        bad += !word_find(word_key((enum word)i), &w) || (size_t)w != i;
        bad += word_find(str_join(a, word_key((enum word)i), S("x")), &w);
    }
    bad += word_find(S(""), &w) || word_find(S("~"), &w) || word_find(S("problem_"), &w);
    bad +=
        !lang_find(S("ja"), &l) || l != LANG_JA || lang_find(S("fr"), &l) || lang_find(S(""), &l);
    want("en", lang_tag(LANG_EN));
    bad += !word_find(S("problem_too_long"), &w);
    const struct phrase_arg args[] = {{S_INIT("limit"), true, 30, NO_STR},
                                      {S_INIT("got"), false, 0, S_INIT("31")}};
    want("At most 30 characters, not 31.", phrase_fill(a, word(LANG_EN, w), args, COUNT(args)));
    want("At most 30 characters, not .", phrase_fill(a, word(LANG_EN, w), args, 1));
}

int main(void)
{
    struct arena *a = arena_new();
    texts(a);
    counted(a);
    found(a);
    arena_free(a);
    return bad != 0;
}

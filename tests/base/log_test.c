/* log_test.c - one line of JSON for each event, whatever the texts are. */
#include "base/log.h"
#include "formats/json.h"
#include "t.h"

TEST(a_line_has_time_level_event_and_what_was_added)
{
    struct log_line l = log_begin(a, 1795219200123, LOG_LEVEL_WARN, S("slow"));
    log_str(&l, S("route"), S("/ja/cases/{}"));
    log_str(&l, S("absent"), NO_STR);
    log_str(&l, S("empty"), S(""));
    log_i64(&l, S("us"), -5);
    CHECK_STR(S("{\"at\":\"2026-11-21T00:00:00.123Z\",\"level\":\"warn\",\"event\":\"slow\","
                "\"route\":\"/ja/cases/{}\",\"empty\":\"\",\"us\":-5}\n"),
              log_end(&l));
}

TEST(no_text_can_end_the_line_or_break_the_json)
{
    static const str texts[] = {S_INIT("a\"b\\c"), S_INIT("x\ny\r\t\x1B[0m\0z"), S_INIT("橋\x7F"),
                                S_INIT("bad \xFF rest")};
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct log_line l = log_begin(a, 0, LOG_LEVEL_ERROR, S("e"));
        log_str(&l, S("text"), texts[i]);
        str line = log_end(&l);
        CHECK(str_find_char(line, '\n') == (ptrdiff_t)line.n - 1);
        const struct json *j;
        struct json_error e;
        if (str_find_char(texts[i], '\0') >= 0)
            continue; /* \u0000 is JSON, but our reader refuses it */
        CHECK_ERR(OK, json_read(a, line, &j, &e));
        str want = texts[i], got = json_get_text(j, S("text"));
        CHECK(str_has_prefix(want, got) && (got.n == want.n || want.p[got.n] == '\xFF'));
    }
}

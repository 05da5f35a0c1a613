/* web.h - for tests: pages and the API in process, without a socket, as whoever asks.
 *
 *     APP_TEST(a_vendor_sees_its_own_lane_alone)
 *     {
 *         stage_cast(st);
 *         struct visitor *poc = visit_as(st, "mihon.poc");
 *         struct page p = visit(poc, "/ja/cases");
 *         CHECK_STATUS(200, p);
 *         CHECK_HAS(p, "案件");
 *         p = visit_post(poc, "/ja/cases/12345678/messages", "text", "了解しました", NULL);
 *         CHECK_GOES(p, "/ja/cases/12345678?done=message#talk");
 *     } */
#ifndef HELP_WEB_H
#define HELP_WEB_H

#include "help/app.h"
#include "web/web.h"

/* Somebody at a browser, or a program at the API. */
struct visitor {
    struct stage *st;
    struct web *web;
    str session; /* token of the cookie; absent: not signed in */
    str bearer;  /* token of an Authorization header; absent: none */
};

/* Sign in a person by login, past the password; a finder of a report, past the key. */
struct visitor *visit_as(struct stage *st, const char *login);
struct visitor *visit_finder(struct stage *st, str report_id);
struct visitor *visit_nobody(struct stage *st);

/* What came back. */
struct page {
    int status;
    str body;
    str location; /* of a redirect; absent: none */
    str type;     /* Content-Type */
    struct http_response rs;
};

struct page visit(struct visitor *v, const char *path_and_query);
struct page visit_url(struct visitor *v, str path_and_query);

/* A form: names and values, NULL behind the last.  The session's token goes along; a further
 * "_csrf" takes its place. */
[[gnu::sentinel]] struct page visit_post(struct visitor *v, str path, ...);
struct page visit_send(struct visitor *v, str path, const struct input *in);

/* Any request; type: of the body, absent with no body.  headers: lower-case names and values,
 * NULL behind the last. */
[[gnu::sentinel]] struct page visit_raw(struct visitor *v, enum http_method m, str path_and_query,
                                        str type, str body, ...);

/* JSON to the API. */
struct page visit_json(struct visitor *v, enum http_method m, str path, const char *json);

/* The page as a reader sees it: tags out, entities resolved, white space as one blank. */
str page_words(struct arena *a, struct page p);

/* The value of the first hidden or other input of that name; absent: none. */
str page_input(struct arena *a, struct page p, const char *name);

/* Whether every element that is opened is closed, in order, and no attribute is empty of its
 * quotes; *why: the first that is not. */
bool page_is_nested(struct page p, str *why);

bool page_holds(struct page p, str text); /* in its words */

#define CHECK_STATUS(want, p)                                                                      \
    do {                                                                                           \
        struct page got_page_ = (p);                                                               \
        if (got_page_.status != (want)) {                                                          \
            (void)printf("%s:%d: want status %d, got %d: %.*s\n", __FILE__, __LINE__, (want),      \
                         got_page_.status, SV(page_words(got_page_.rs.out.a, got_page_)));         \
            _fail(__FILE__, __LINE__);                                                             \
        }                                                                                          \
    } while (0)
#define CHECK_HAS(p, text)                                                                         \
    do {                                                                                           \
        if (!page_holds((p), str_z(text))) {                                                       \
            (void)printf("%s:%d: \"%s\" is not in: %.*s\n", __FILE__, __LINE__, (text),            \
                         SV(page_words((p).rs.out.a, (p))));                                       \
            _fail(__FILE__, __LINE__);                                                             \
        }                                                                                          \
    } while (0)
#define CHECK_LACKS(p, text)                                                                       \
    do {                                                                                           \
        if (page_holds((p), str_z(text)) || str_find((p).body, str_z(text)) >= 0) {                \
            (void)printf("%s:%d: \"%s\" stands in: %.*s\n", __FILE__, __LINE__, (text),            \
                         SV(page_words((p).rs.out.a, (p))));                                       \
            _fail(__FILE__, __LINE__);                                                             \
        }                                                                                          \
    } while (0)
#define CHECK_GOES(p, to)                                                                          \
    do {                                                                                           \
        struct page went_page_ = (p);                                                              \
        CHECK_STATUS(303, went_page_);                                                             \
        CHECK_STR(str_z(to), went_page_.location);                                                 \
    } while (0)
#define CHECK_NESTED(p)                                                                            \
    do {                                                                                           \
        str why_ = {0};                                                                            \
        if (!page_is_nested((p), &why_)) {                                                         \
            (void)printf("%s:%d: markup: %.*s\n", __FILE__, __LINE__, SV(why_));                   \
            _fail(__FILE__, __LINE__);                                                             \
        }                                                                                          \
    } while (0)

#endif

/* account_page.h - one's own account: names, language, zone, mail, password, sessions, tokens. */
#ifndef WEB_PAGES_ACCOUNT_PAGE_H
#define WEB_PAGES_ACCOUNT_PAGE_H

#include "app/sessions.h"
#include "web/pages/people_page.h"

extern const struct routes account_routes;

struct session_row {
    i64 created, seen;
    bool here;
    html hidden;
};
struct account_view {
    const struct person_view *person;
    str name;
    const struct fact_line *facts;
    size_t nfacts;
    const struct seat_line *seats;
    const struct session_row *sessions;
    size_t nsessions;
    struct tokens_view tokens;
    url edit, password, token_new, certificate_new, session_end, people;
    struct act_view others;
};
void tpl_account(struct html_out *o, const struct account_view *v);
void tpl_account_sessions(struct html_out *o, const struct account_view *v);
void tpl_account_tokens(struct html_out *o, const struct account_view *v);

#endif

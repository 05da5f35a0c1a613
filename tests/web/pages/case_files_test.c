/* case_files_test.c - files in the talk of a case go to those who read it, as downloads. */
#include "help/case_walk.h"
#include "help/forms.h"
#include "t.h"

static str at(struct walk *w, const char *rest)
{
    str number = help_sql_value(w->st->a, w->st->url, "SELECT number FROM cases");
    return str_fmt(w->st->a, "/en/cases/%.*s%s", SV(number), rest);
}

static struct page send(struct walk *w, const char *who, const char *name, str bytes)
{
    struct form_file file = {"files", name, "image/svg+xml", bytes};
    str to = str_join(w->st->a, S("coordination:"), walk_lane(w, "mihon"));
    struct input *in =
        stage_input(w->st->a, "to", str_to_z(w->st->a, to), "text", "See the file.", NULL);
    return visit_form(visit_as(w->st, who), at(w, "/messages"), in, &file, 1);
}

APP_TEST(a_file_to_the_coordinator_is_for_the_two_who_talk_and_never_opens_in_a_page)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    CHECK_STATUS(303, send(w, "mihon.poc", "plan.svg", S("<svg onload=\"alert(1)\"/>")));
    str id = help_sql_value(a, st->url, "SELECT id FROM attachment");
    str path = at(w, str_to_z(a, str_fmt(a, "/files/%.*s", SV(id))));
    static const char *const readers[] = {"coordinator", "mihon.poc"};
    static const char *const others[] = {"reiji.poc", "mihon.design", "mihon.quality", "reception",
                                         "certx",     "operator",     "auditor"};
    for (size_t i = 0; i < COUNT(readers); i++) {
        struct page p = visit_url(visit_as(st, readers[i]), path);
        CHECK_STATUS(200, p);
        CHECK_STR(S("application/octet-stream"), p.type);
        CHECK_STR(S("attachment; filename=\"plan.svg\"; filename*=UTF-8''plan.svg"),
                  http_answer_header(&p.rs, S("Content-Disposition")));
        CHECK_STR(S("nosniff"), http_answer_header(&p.rs, S("X-Content-Type-Options")));
        CHECK_I64(24, p.rs.fd_size);
    }
    for (size_t i = 0; i < COUNT(others); i++)
        CHECK_STATUS(404, visit_url(visit_as(st, others[i]), path));
    CHECK_STATUS(303, visit_url(visit_nobody(st), path));
    CHECK_STATUS(404, visit_url(visit_as(st, "coordinator"), at(w, "/files/nothing")));
}

APP_TEST(an_empty_file_is_refused_and_the_message_is_not_sent)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    str before = help_sql_value(a, st->url, "SELECT count(*) FROM text");
    struct page p = send(w, "mihon.poc", "void.svg", S(""));
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "“void.svg” is empty: there is nothing in it.");
    CHECK(str_find(p.body, S("See the file.</textarea>")) >= 0);
    CHECK_STR(before, help_sql_value(a, st->url, "SELECT count(*) FROM text"));
}

APP_TEST(who_does_not_read_a_talk_cannot_put_a_file_into_it)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct page p = send(w, "reiji.poc", "plan.svg", S("x"));
    CHECK(p.status == 404 || p.status == 403 || p.status == 422);
    p = send(w, "kamei.poc", "plan.svg", S("x"));
    CHECK_STATUS(404, p);
    CHECK_STR(S("0"), help_sql_value(a, st->url,
                                     "SELECT count(*) FROM attachment WHERE text_id IS NOT NULL"));
}

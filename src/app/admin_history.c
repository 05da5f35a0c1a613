/* admin_history.c - what was done to organisations, people and settings, as sentences. */
#include "app/admin_own.h"

#include "app/history.h"
#include "app/people_may.h"
#include "app/settings.h"
#include "app/tables.h"
#include "base/phrase.h"
#include "formats/json.h"

enum err admin_note(struct ctx *cx, str org_id, const char *act, const struct note_pair *pairs)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    for (; pairs != NULL && pairs->name != NULL; pairs++)
        json_put_member(&o, str_z(pairs->name), pairs->value);
    if (cx->door == DOOR_CLI)
        json_put_member(&o, S("door"), S("cli"));
    json_put_end(&o);
    struct history_note note = {.org_id = org_id,
                                .act = str_z(act),
                                .place = {.audience = AUD_CASE},
                                .content = buf_str(&b)};
    return history_add(cx, &note);
}

enum { MOST_ARGS = 16 };

static str kind_words(struct ctx *cx, str kinds)
{
    buf b = {.a = cx->a};
    while (kinds.n > 0) {
        enum actor k;
        str kind = str_trim(str_cut(&kinds, ','));
        buf_putf(&b, "%s%.*s", b.n ? (cx->lang == LANG_JA ? "、" : ", ") : "",
                 SV(actor_find(kind, &k) ? department_word(k, cx->lang) : kind));
    }
    return buf_str(&b);
}

/* Words of ours stand for values of ours: the kinds of departments, a role, a setting. */
static str said(struct ctx *cx, str name, str value)
{
    struct field_rule role = {.name = S("role"), .choices = member_roles, .nchoices = MEMBER_ROLES};
    enum setting s;
    if (str_eq(name, S("kind")) || str_eq(name, S("kinds")))
        return kind_words(cx, value);
    for (size_t i = 0; str_eq(name, S("role")) && i < MEMBER_ROLES; i++)
        if (str_eq(member_roles[i].value, value))
            return choice_label(cx->a, &role, i, cx->lang);
    if (str_eq(name, S("key")) && setting_find(value, &s))
        return field_label(cx->a, &setting_rules[s], cx->lang);
    return value;
}

/* The word of the act, with its places filled; NAME_ja and NAME_en fill {NAME}. */
static str sentence(struct ctx *cx, str act, const struct json *content)
{
    struct phrase_arg args[MOST_ARGS];
    str other = cx->lang == LANG_JA ? S("_en") : S("_ja");
    enum word w;
    size_t n = 0;
    for (size_t i = 0; i < json_count(content) && n < MOST_ARGS; i++) {
        str name = json_key(content, i);
        if (str_has_suffix(name, other))
            continue;
        if (str_has_suffix(name, S("_ja")) || str_has_suffix(name, S("_en")))
            name = str_sub(name, 0, name.n - 3);
        str value = json_text(json_value(content, i));
        args[n++] = (struct phrase_arg){.name = name, .s = said(cx, name, value)};
    }
    if (!word_find(str_fmt(cx->a, "history_%.*s", SV(act)), &w))
        return act;
    return phrase_fill(cx->a, word(cx->lang, w), args, n);
}

static enum err to_line(struct ctx *cx, const struct q_history_of_org *row, struct admin_line *out)
{
    const struct json *content = NULL;
    struct json_error bad;
    if (json_read(cx->a, text_open_inside(row->content), &content, &bad) != OK)
        return fail(cx, E_IO, "a history entry is not JSON");
    bool cli = str_eq(json_get_text(content, S("door")), S("cli"));
    str who = pick(cx, row->person_ja, row->person_en);
    if (who.n == 0)
        who = word(cx->lang, cli ? W_by_command_line : W_by_program);
    *out = (struct admin_line){row->id, row->at, who, sentence(cx, row->act, content)};
    return OK;
}

enum err admin_may_read_history(const struct ctx *cx, const struct q_org_get *org)
{
    enum err e = admin_may(cx, org, ADMIN_PEOPLE);
    if (e != E_DENIED || !cx->who.is_auditor)
        return e;
    for (size_t i = 0; i < cx->who.nseats; i++)
        if (str_eq(cx->who.seats[i].org_id, org->id))
            return OK;
    return e;
}

static enum err may_read(struct ctx *cx, str org_id)
{
    struct q_org_get org;
    TRY(app_read(cx));
    if (org_id.p == NULL)
        return admin_is_operator(cx) ? OK : E_DENIED;
    TRY(q_org_get(cx->db, &org, .id = org_id));
    return admin_may_read_history(cx, &org);
}

enum err admin_history(struct ctx *cx, str org_id, struct list_window *w, struct admin_line **out,
                       size_t *n)
{
    struct list_page page = window_page(w, 0);
    struct q_history_of_org *rows;
    struct q_history_of_office *office;
    TRY(may_read(cx, org_id));
    if (org_id.p != NULL) {
        TRY(q_history_of_org_count(cx->db, &w->total, .org_id = org_id));
        TRY(q_history_of_org(cx->db, &page, &rows, n, .org_id = org_id));
    } else {
        TRY(q_history_of_office_count(cx->db, &w->total));
        TRY(q_history_of_office(cx->db, &page, &office, n));
        rows = NEWS(cx->a, struct q_history_of_org, *n + 1);
        for (size_t i = 0; i < *n; i++)
            rows[i] = (struct q_history_of_org){.id = office[i].id,
                                                .at = office[i].at,
                                                .person_ja = office[i].person_ja,
                                                .person_en = office[i].person_en,
                                                .act = office[i].act,
                                                .content = office[i].content};
    }
    w->next = page.next;
    *out = NEWS(cx->a, struct admin_line, *n + 1);
    for (size_t i = 0; i < *n; i++)
        TRY(to_line(cx, &rows[i], &(*out)[i]));
    return OK;
}

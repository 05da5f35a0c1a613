/* case_acts.c - see case_acts.h. */
#include "app/case_acts.h"

#include "app/case_file.h"
#include "app/history.h"
#include "app/notice.h"
#include "app/texts.h"
#include "formats/json.h"

/* clang-format off */
static const struct field_choice tlp_choices[] = {
    {.value = S_INIT("CLEAR"),        .label = {S_INIT("TLP:CLEAR"), S_INIT("TLP:CLEAR")}},
    {.value = S_INIT("GREEN"),        .label = {S_INIT("TLP:GREEN"), S_INIT("TLP:GREEN")}},
    {.value = S_INIT("AMBER"),        .label = {S_INIT("TLP:AMBER"), S_INIT("TLP:AMBER")}},
    {.value = S_INIT("AMBER+STRICT"), .label = {S_INIT("TLP:AMBER+STRICT"), S_INIT("TLP:AMBER+STRICT")}},
    {.value = S_INIT("RED"),          .label = {S_INIT("TLP:RED"), S_INIT("TLP:RED")}},
};
static const struct field_choice level_choices[] = {
    {.value = S_INIT("none")}, {.value = S_INIT("overview")}, {.value = S_INIT("details")}};

const struct field_rule title_rules[2] = {
    {.name = S_INIT("title_ja"), .type = FIELD_LINE},
    {.name = S_INIT("title_en"), .type = FIELD_LINE}};
const struct field_rule tlp_rules[1] = {
    {.name = S_INIT("tlp"), .type = FIELD_CHOICE, .required = true, .choices = tlp_choices, .nchoices = COUNT(tlp_choices)}};
const struct field_rule date_rules[2] = {
    {.name = S_INIT("date"), .type = FIELD_INSTANT, .required = true},
    {.name = S_INIT("reason"), .type = FIELD_TEXT, .required = true}};
const struct field_rule named_rules[1] = {
    {.name = S_INIT("named"), .type = FIELD_BOOL, .required = true}};
const struct field_rule vendors_rules[1] = {
    {.name = S_INIT("vendors"), .type = FIELD_IDS, .required = true}};
const struct field_rule share_rules[3] = {
    {.name = S_INIT("org"), .type = FIELD_ID, .required = true},
    {.name = S_INIT("level"), .type = FIELD_CHOICE, .required = true, .choices = level_choices, .nchoices = COUNT(level_choices)},
    {.name = S_INIT("delegated"), .type = FIELD_BOOL}};
const struct field_rule analyst_rules[1] = {
    {.name = S_INIT("person"), .type = FIELD_ID, .required = true}};
const struct field_rule reason_rules[1] = {
    {.name = S_INIT("reason"), .type = FIELD_TEXT, .required = true}};
/* clang-format on */

struct case_call {
    str case_id, lane;
    const struct input *in;
    bool reopen;
    /* found on the way */
    struct case_file cf;
    str dept_id; /* for which the actor acts */
};

/* --- who ---------------------------------------------------------------------------------------- */

static enum actor leader_of(const struct case_file *cf)
{
    return cf->flow == FLOW_DIRECT ? ACTOR_POC : ACTOR_COORDINATOR;
}

static int leader_lane(const struct case_file *cf)
{
    return cf->flow == FLOW_DIRECT && cf->nlanes > 1 ? 1 : 0;
}

void case_may(const struct ctx *cx, const struct case_file *cf, struct case_may *out)
{
    bool leads = case_may_act(cx, cf, leader_lane(cf), leader_of(cf));
    bool coordinates = leads && cf->flow == FLOW_COORDINATED;
    *out = (struct case_may){.title = leads, .tlp = leads, .date = leads};
    out->name_vendors = out->share = out->close_lane = coordinates;
    out->analyst =
        coordinates || (cf->flow == FLOW_COORDINATED && case_may_act(cx, cf, 0, ACTOR_RECEPTION));
}

enum allowed { LEADER, COORDINATOR_ALONE, VERIFIER };

static enum err open_for(struct ctx *cx, struct case_call *c, enum allowed who)
{
    const struct access *acc;
    struct case_may may;
    TRY(case_open(cx, c->case_id, &c->cf, &acc));
    case_may(cx, &c->cf, &may);
    bool ok = who == LEADER ? may.title : who == VERIFIER ? may.analyst : may.share;
    if (!ok)
        return E_DENIED;
    c->dept_id = case_acting_dept(cx, &c->cf, leader_lane(&c->cf), leader_of(&c->cf));
    if (c->dept_id.n == 0)
        c->dept_id = case_acting_dept(cx, &c->cf, 0, ACTOR_RECEPTION);
    return OK;
}

/* --- what is written -------------------------------------------------------------------------------- */

static str content_of(struct ctx *cx, const char *name, str value)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, str_z(name), value);
    json_put_end(&o);
    return buf_str(&b);
}

static enum err note(struct ctx *cx, const struct case_call *c, const char *act,
                     enum audience audience, str content)
{
    struct history_note h = {.case_id = c->case_id,
                             .act = str_z(act),
                             .dept_id = c->dept_id,
                             .place = {.audience = audience, .lane = c->lane},
                             .content = content};
    return history_add(cx, &h);
}

static enum err say(struct ctx *cx, const struct case_call *c, enum audience audience,
                    const char *kind, str body)
{
    struct text_new t = {.case_id = c->case_id,
                         .place = {.audience = audience, .lane = c->lane},
                         .kind = str_z(kind),
                         .dept_id = c->dept_id,
                         .body = body};
    return text_put(cx, &t, NULL);
}

/* --- title, label, date --------------------------------------------------------------------------- */

static enum err put_title(struct ctx *cx, const struct case_call *c, const struct value *v,
                          const char *lang, bool *changed)
{
    struct q_text_of_kind *rows;
    size_t n;
    if (!v->is || v->text.n == 0)
        return OK;
    TRY(q_text_of_kind(cx->db, &rows, &n, .case_id = c->case_id, .kind = S("title")));
    while (n-- > 0)
        if (str_eq(rows[n].lang, str_z(lang))) {
            if (str_eq(text_open_inside(rows[n].body), v->text))
                return OK;
            break;
        }
    *changed = true;
    struct text_new t = {.case_id = c->case_id,
                         .place = {.audience = AUD_TITLE},
                         .kind = S("title"),
                         .lang = str_z(lang),
                         .dept_id = c->dept_id,
                         .body = v->text};
    return text_put(cx, &t, NULL);
}

static enum err set_title(struct ctx *cx, void *arg)
{
    struct case_call *c = arg;
    struct value v[2];
    bool changed = false;
    TRY(open_for(cx, c, LEADER));
    TRY(form_read(cx, title_rules, 2, c->in, v));
    if (v[0].text.n == 0 && v[1].text.n == 0)
        return wrong(cx, S("title_ja"), S("required"));
    TRY(put_title(cx, c, &v[0], "ja", &changed));
    TRY(put_title(cx, c, &v[1], "en", &changed));
    if (!changed)
        return OK;
    TRY(note(cx, c, "title", AUD_TITLE, NO_STR));
    return case_settle(cx, c->case_id);
}

enum err case_set_title(struct ctx *cx, str case_id, const struct input *in)
{
    struct case_call c = {.case_id = case_id, .lane = S(""), .in = in};
    return db_write(cx, set_title, &c);
}

static enum err set_tlp(struct ctx *cx, void *arg)
{
    struct case_call *c = arg;
    struct value v[1];
    TRY(open_for(cx, c, LEADER));
    TRY(form_read(cx, tlp_rules, 1, c->in, v));
    if (str_eq(v[0].text, c->cf.row.tlp))
        return OK;
    TRY(q_case_tlp(cx->db, .id = c->case_id, .tlp = v[0].text));
    TRY(note(cx, c, "tlp", AUD_CASE, content_of(cx, "tlp", v[0].text)));
    return case_settle(cx, c->case_id);
}

enum err case_set_tlp(struct ctx *cx, str case_id, const struct input *in)
{
    struct case_call c = {.case_id = case_id, .lane = S(""), .in = in};
    return db_write(cx, set_tlp, &c);
}

static enum err set_date(struct ctx *cx, void *arg)
{
    struct case_call *c = arg;
    struct value v[2];
    TRY(open_for(cx, c, LEADER));
    TRY(form_read(cx, date_rules, 2, c->in, v));
    if (v[0].n < cx->now - DAY)
        return wrong(cx, S("date"), S("date_past"));
    TRY(q_planned_add(cx->db, .id = new_id(cx), .case_id = c->case_id, .planned = v[0].n,
                      .at = cx->now, .person_id = cx->who.person_id));
    c->lane = c->cf.flow == FLOW_DIRECT ? c->cf.lanes[1].id : S("");
    TRY(say(cx, c, c->cf.flow == FLOW_DIRECT ? AUD_INTERNAL : AUD_ALL, "message", v[1].text));
    c->lane = S("");
    str when = time_minute(cx->a, v[0].n, zone_tokyo);
    TRY(note(cx, c, "date", AUD_CASE, content_of(cx, "date", when)));
    TRY(notice_date(cx, &c->cf, v[0].n));
    return case_settle(cx, c->case_id);
}

enum err case_set_date(struct ctx *cx, str case_id, const struct input *in)
{
    struct case_call c = {.case_id = case_id, .lane = S(""), .in = in};
    return db_write(cx, set_date, &c);
}

/* --- who else --------------------------------------------------------------------------------------- */

static enum err name_vendors(struct ctx *cx, void *arg)
{
    struct case_call *c = arg;
    struct value v[1];
    TRY(open_for(cx, c, COORDINATOR_ALONE));
    TRY(form_read(cx, named_rules, 1, c->in, v));
    bool named = v[0].n != 0;
    if (named == c->cf.row.vendors_named)
        return OK;
    TRY(q_case_vendors_named(cx->db, .id = c->case_id, .named = named));
    TRY(note(cx, c, named ? "vendors_named" : "vendors_unnamed", AUD_OFFICE, NO_STR));
    return case_settle(cx, c->case_id);
}

enum err case_name_vendors(struct ctx *cx, str case_id, const struct input *in)
{
    struct case_call c = {.case_id = case_id, .lane = S(""), .in = in};
    return db_write(cx, name_vendors, &c);
}

static const struct q_case_parties *party_in(const struct case_file *cf, str org_id, str role)
{
    for (size_t i = 0; i < cf->nparties; i++)
        if (str_eq(cf->parties[i].org_id, org_id) && str_eq(cf->parties[i].role, role))
            return &cf->parties[i];
    return NULL;
}

static enum err put_share(struct ctx *cx, const struct case_call *c, str org_id, str role,
                          str level, bool delegated)
{
    const struct q_case_parties *p = party_in(&c->cf, org_id, role);
    if (p != NULL)
        return q_party_level(cx->db, .id = p->id, .level = level, .delegated = delegated);
    return q_party_add(cx->db, .id = new_id(cx), .case_id = c->case_id, .org_id = org_id,
                       .role = role, .level = level, .delegated = delegated, .added = cx->now);
}

static enum err share(struct ctx *cx, void *arg)
{
    struct case_call *c = arg;
    struct value v[3];
    struct q_org_get org;
    TRY(open_for(cx, c, COORDINATOR_ALONE));
    TRY(form_read(cx, share_rules, 3, c->in, v));
    enum err e = q_org_get(cx->db, &org, .id = v[0].text);
    if (e == E_NOT_FOUND)
        return wrong(cx, S("org"), S("choice"));
    TRY(e);
    bool peer = str_eq(org.kind, S("overseas"));
    if ((!peer && !str_eq(org.kind, S("priority"))) || org.disabled.is)
        return wrong(cx, S("org"), S("choice"));
    bool none = str_eq(v[1].text, S("none"));
    TRY(put_share(cx, c, org.id, peer ? S("peer") : S("priority"), none ? S("named") : v[1].text,
                  peer && !none && v[2].n != 0));
    TRY(note(cx, c, none ? "unshared" : "shared", AUD_OFFICE,
             content_of(cx, "org", pick(cx, org.name_ja, org.name_en))));
    return case_settle(cx, c->case_id);
}

enum err case_share(struct ctx *cx, str case_id, const struct input *in)
{
    struct case_call c = {.case_id = case_id, .lane = S(""), .in = in};
    return db_write(cx, share, &c);
}

static enum err name_analyst(struct ctx *cx, void *arg)
{
    struct case_call *c = arg;
    struct value v[1];
    struct q_person_seat_kind seat;
    struct q_dept_org org;
    TRY(open_for(cx, c, VERIFIER));
    TRY(form_read(cx, analyst_rules, 1, c->in, v));
    enum err e = q_person_seat_kind(cx->db, &seat, .person_id = v[0].text,
                                    .org_kind = S("analysis"), .now = cx->now);
    if (e == E_NOT_FOUND)
        return wrong(cx, S("person"), S("choice"));
    TRY(e);
    TRY(q_dept_org(cx->db, &org, .id = seat.dept_id));
    if (party_in(&c->cf, org.org_id, S("analyst")) != NULL)
        return wrong(cx, S("person"), S("analyst_there"));
    TRY(q_party_add(cx->db, .id = new_id(cx), .case_id = c->case_id, .org_id = org.org_id,
                    .role = S("analyst"), .person_id = v[0].text, .level = S("details"),
                    .added = cx->now));
    TRY(note(cx, c, "analyst", AUD_RECEPTION,
             content_of(cx, "org", pick(cx, org.org_ja, org.org_en))));
    TRY(notice_task(cx, v[0].text, c->cf.row.number));
    return case_settle(cx, c->case_id);
}

enum err case_name_analyst(struct ctx *cx, str case_id, const struct input *in)
{
    struct case_call c = {.case_id = case_id, .lane = S(""), .in = in};
    return db_write(cx, name_analyst, &c);
}

static enum err add_vendors(struct ctx *cx, void *arg)
{
    struct case_call *c = arg;
    struct value v[1];
    TRY(open_for(cx, c, COORDINATOR_ALONE));
    TRY(form_read(cx, vendors_rules, 1, c->in, v));
    for (size_t i = 0; i < v[0].list.n; i++) {
        struct q_org_get org;
        enum err e = q_org_get(cx->db, &org, .id = v[0].list.v[i]);
        if (e == E_NOT_FOUND || (e == OK && (!str_eq(org.kind, S("vendor")) || org.disabled.is)))
            return wrong(cx, S("vendors"), S("vendor"));
        TRY(e);
        if (party_in(&c->cf, org.id, S("vendor")) != NULL)
            return problem_got(cx->a, &cx->problems, S("vendors"), S("vendor_there"),
                               pick(cx, org.name_ja, org.name_en));
        TRY(q_party_add(cx->db, .id = new_id(cx), .case_id = c->case_id, .org_id = org.id,
                        .role = S("vendor"), .level = S(""), .added = cx->now));
    }
    TRY(note(cx, c, "vendors_added", AUD_OFFICE, NO_STR));
    return case_settle(cx, c->case_id);
}

enum err case_add_vendors(struct ctx *cx, str case_id, const struct input *in)
{
    struct case_call c = {.case_id = case_id, .lane = S(""), .in = in};
    return db_write(cx, add_vendors, &c);
}

/* --- a vendor's lane ends ------------------------------------------------------------------------------ */

static enum err end_lane(struct ctx *cx, void *arg)
{
    struct case_call *c = arg;
    struct value v[1];
    TRY(open_for(cx, c, COORDINATOR_ALONE));
    int lane = case_lane(&c->cf, c->lane);
    if (lane <= 0)
        return E_NOT_FOUND;
    if (c->cf.in.lanes[lane].closed != c->reopen)
        return fail(cx, E_CONFLICT, "the lane is in that state already");
    TRY(form_read(cx, reason_rules, 1, c->in, v));
    TRY(c->reopen ? q_party_reopen(cx->db, .id = c->lane)
                  : q_party_close(cx->db, .id = c->lane, .at = cx->now));
    TRY(say(cx, c, AUD_COORDINATION, "message", v[0].text));
    TRY(note(cx, c, c->reopen ? "lane_reopened" : "lane_closed", AUD_COORDINATION, NO_STR));
    return case_settle(cx, c->case_id);
}

enum err case_close_lane(struct ctx *cx, str case_id, str lane, const struct input *in)
{
    struct case_call c = {.case_id = case_id, .lane = lane, .in = in};
    return db_write(cx, end_lane, &c);
}

enum err case_reopen_lane(struct ctx *cx, str case_id, str lane, const struct input *in)
{
    struct case_call c = {.case_id = case_id, .lane = lane, .in = in, .reopen = true};
    return db_write(cx, end_lane, &c);
}

/* process_json.c - the steps as one JSON array, word for word as the tables have them. */
#include "domain/process.h"

#include "formats/json.h"

static void put_step(struct json_out *o, struct arena *a, const struct step *s)
{
    const struct {
        str key, value;
    } members[] = {
        {S("flow"), flow_name(s->flow)},
        {S("phase"), str_fmt(a, "%d", s->phase)},
        {S("step"), s->id},
        {S("kind"), step_kind_name(s->kind)},
        {S("title_ja"), s->title[LANG_JA_AT]},
        {S("title_en"), s->title[LANG_EN_AT]},
        {S("from"), s->from},
        {S("to"), s->to},
        {S("lead"), s->lead_text},
        {S("with"), s->with_text},
        {S("share"), s->share_text},
    };
    json_put_object(o);
    for (size_t i = 0; i < COUNT(members); i++)
        json_put_member(o, members[i].key, members[i].value);
    json_put_end(o);
}

str process_json(struct arena *a, const struct process *p)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b, .pretty = true};
    json_put_array(&o);
    for (enum flow f = 0; f < FLOW_COUNT; f++)
        for (size_t i = 0; i < p->flow[f].n; i++)
            put_step(&o, a, &p->flow[f].steps[i]);
    json_put_end(&o);
    buf_char(&b, '\n');
    return buf_str(&b);
}

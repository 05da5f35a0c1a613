/* release_json.c - what was rehearsed, for machines. */
#include "app/portal_machine.h"
#include "cli/release_own.h"

static void put_artefacts(struct json_out *o, const struct release_report *r)
{
    json_put_key(o, S("artefacts"));
    json_put_array(o);
    for (size_t i = 0; i < r->d->artefacts.n; i++) {
        const struct release_artefact *x = &r->d->artefacts.v[i];
        json_put_object(o);
        json_put_member(o, S("name"), x->name);
        json_put_member(o, S("url"), x->url);
        json_put_member(o, S("media"), x->media);
        json_put_member_i64(o, S("bytes"), (i64)x->bytes.n);
        json_put_member(o, S("sha256"), x->sha256);
        json_put_member_bool(o, S("public"), !x->aside);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_findings(struct json_out *o, const struct release_report *r)
{
    json_put_key(o, S("findings"));
    json_put_array(o);
    for (size_t i = 0; i < r->d->findings.n; i++) {
        const struct release_finding *f = &r->d->findings.v[i];
        str mend = release_finding_mend(o->b->a, f, r->lang);
        json_put_object(o);
        json_put_member(o, S("artefact"), f->artefact.n > 0 ? f->artefact : S(""));
        json_put_member(o, S("level"), release_level_name(f->level));
        json_put_member(o, S("test"), f->test);
        json_put_member(o, S("path"), f->path.n > 0 ? f->path : S(""));
        json_put_member(o, S("message"), release_finding_words(o->b->a, f, r->lang));
        json_put_member(o, S("mend"), mend.n > 0 ? mend : NO_STR);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_list(struct json_out *o, str key, struct strs list)
{
    json_put_key(o, key);
    json_put_array(o);
    for (size_t i = 0; i < list.n; i++)
        json_put_str(o, list.v[i]);
    json_put_end(o);
}

static void put_cell(struct json_out *o, enum said_format f, const struct said_cell *c)
{
    json_put_object(o);
    json_put_member(o, S("format"), said_format_name(f));
    json_put_member(o, S("verdict"), said_verdict_name(c->verdict));
    json_put_member(o, S("where"), str_z(c->carry.where));
    put_list(o, S("values"), c->values);
    if (c->verdict == SAID_DIFFERS)
        put_list(o, S("expected"), c->expected);
    json_put_end(o);
}

static void put_rows(struct json_out *o, const struct release_report *r)
{
    json_put_key(o, S("fields"));
    json_put_array(o);
    for (size_t i = 0; i < SAID_FIELDS; i++) {
        const struct said_row *row = &r->d->rows[i];
        json_put_object(o);
        json_put_member(o, S("field"), said_field_name(row->field));
        json_put_key(o, S("formats"));
        json_put_array(o);
        for (enum said_format f = 0; f < SAID_FORMATS; f++)
            if (row->cell[f].verdict != SAID_NOT_BUILT)
                put_cell(o, f, &row->cell[f]);
        json_put_end(o);
        json_put_end(o);
    }
    json_put_end(o);
}

void release_report_json(const struct release_report *r)
{
    struct json_out w = {.b = r->b, .pretty = true}, *o = &w;
    const struct release_dry *d = r->d;
    json_put_object(o);
    json_put_member(o, S("number"), portal_public_number(r->cx, d->number));
    json_put_member(o, S("lang"), d->wish.lang == LANG_JA ? S("ja") : S("en"));
    json_put_member(o, S("kind"), release_kind_name(d->wish.kind));
    json_put_member(o, S("at"), time_rfc3339(r->b->a, d->at, r->cx->zone));
    json_put_member_bool(o, S("ready"), d->ready);
    json_put_member_i64(o, S("errors"), (i64)d->count[RELEASE_ERROR]);
    json_put_member_i64(o, S("warnings"), (i64)d->count[RELEASE_WARNING]);
    json_put_member(o, S("digest"), d->digest);
    put_artefacts(o, r);
    put_findings(o, r);
    put_rows(o, r);
    json_put_member(o, S("reader"), r->reader);
    json_put_end(o);
    buf_char(r->b, '\n');
}

/* case_out.c - see case_out.h. */
#include "web/api/case_out.h"

/* --- words ---------------------------------------------------------------------------------------- */

str flow_word(unsigned v)
{
    return flow_name((enum flow)v);
}

str actor_word(unsigned v)
{
    return actor_name((enum actor)v);
}

static str question_word(unsigned v)
{
    return question_type_name((enum question_type)v);
}

str chip_name(unsigned v)
{
    static const str names[CHIP_COUNT] = {
        [CHIP_DONE] = S_INIT("done"),         [CHIP_OPEN] = S_INIT("open"),
        [CHIP_LATE] = S_INIT("overdue"),      [CHIP_WAITING] = S_INIT("waiting"),
        [CHIP_OPTIONAL] = S_INIT("optional"), [CHIP_SKIPPED] = S_INIT("skipped"),
        [CHIP_TOLD] = S_INIT("told"),         [CHIP_NOT_APPLICABLE] = S_INIT("not_applicable")};
    return names[v];
}

static str clock_kind_name(unsigned v)
{
    static const str names[CLOCK_KIND_COUNT] = {
        [CLOCK_DUTY] = S_INIT("duty"),
        [CLOCK_TARGET] = S_INIT("target"),
        [CLOCK_RIGHT] = S_INIT("right"),
        [CLOCK_INTERVAL] = S_INIT("interval"),
    };
    return names[v];
}

static str clock_state_name(unsigned v)
{
    return v == CLOCK_MET ? S("met") : v == CLOCK_OVERDUE ? S("overdue") : S("running");
}

/* --- answers and files ---------------------------------------------------------------------------- */

static const struct out_field product_fields[] = {
    OUT(struct product_view, name, OUT_STR),       OUT(struct product_view, versions, OUT_STR),
    OUT(struct product_view, status, OUT_STR),     OUT(struct product_view, vulnerability, OUT_STR),
    OUT(struct product_view, flag, OUT_STR),       OUT(struct product_view, cpe, OUT_STR),
    OUT(struct product_view, purl, OUT_STR),       OUT(struct product_view, remedy, OUT_STR),
    OUT(struct product_view, remedy_url, OUT_STR), OUT(struct product_view, remedy_date, OUT_STR)};
OUT_SCHEMA(product_schema, "Product", struct product_view, product_fields);

static const struct out_field answer_fields[] = {
    OUT(struct answer_view, field, OUT_STR),
    OUT(struct answer_view, label, OUT_STR),
    OUT_ENUM(struct answer_view, type, "type", question_word),
    OUT(struct answer_view, text, OUT_STR),
    OUT(struct answer_view, lang, OUT_STR),
    OUT_ITEMS(struct answer_view, products, nproducts, &product_schema),
};
const struct out_schema answer_schema = {"Answer", answer_fields, COUNT(answer_fields),
                                         sizeof(struct answer_view)};

static const struct out_field file_fields[] = {
    OUT(struct attachment, id, OUT_STR),    OUT(struct attachment, name, OUT_STR),
    OUT(struct attachment, type, OUT_STR),  OUT_AS(struct attachment, hash, "sha256", OUT_STR),
    OUT(struct attachment, size, OUT_I64),  OUT(struct attachment, text_id, OUT_STR),
    OUT(struct attachment, at, OUT_INSTANT)};
const struct out_schema file_schema = {"File", file_fields, COUNT(file_fields),
                                       sizeof(struct attachment)};

/* --- questions ------------------------------------------------------------------------------------ */

static const struct out_field choice_fields[] = {OUT(struct choice_out, value, OUT_STR),
                                                 OUT(struct choice_out, label, OUT_STR)};
OUT_SCHEMA(choice_schema, "Choice", struct choice_out, choice_fields);

static const struct out_field field_fields[] = {
    OUT(struct field_out, name, OUT_STR),
    OUT(struct field_out, type, OUT_STR),
    OUT(struct field_out, label, OUT_STR),
    OUT(struct field_out, hint, OUT_STR),
    OUT(struct field_out, required, OUT_BOOL),
    OUT(struct field_out, max, OUT_I64),
    OUT(struct field_out, audience, OUT_STR),
    OUT_ITEMS(struct field_out, choices, nchoices, &choice_schema),
};
const struct out_schema field_schema = {"Field", field_fields, COUNT(field_fields),
                                        sizeof(struct field_out)};

static const struct choice_out *choices_out(struct ctx *cx, const struct field_rule *r)
{
    struct choice_out *out = NEWS(cx->a, struct choice_out, r->nchoices + 1);
    for (size_t i = 0; i < r->nchoices; i++)
        out[i] = (struct choice_out){r->choices[i].value, choice_label(cx->a, r, i, cx->lang)};
    return out;
}

const struct field_out *fields_out(struct ctx *cx, const struct field_rule *rules, size_t n,
                                   const struct question **questions)
{
    struct field_out *out = NEWS(cx->a, struct field_out, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct field_rule *r = &rules[i];
        const struct question *q = questions ? questions[i] : NULL;
        out[i] = (struct field_out){.name = r->name,
                                    .type = field_type_name(r->type),
                                    .label = field_label(cx->a, r, cx->lang),
                                    .hint = field_hint(cx->a, r, cx->lang),
                                    .required = r->required,
                                    .max = field_max(r),
                                    .choices = choices_out(cx, r),
                                    .nchoices = r->nchoices,
                                    .audience = q ? audience_name(q->audience) : NO_STR};
    }
    return out;
}

/* --- steps ---------------------------------------------------------------------------------------- */

static const struct out_field step_line_fields[] = {
    OUT(struct step_view, phase, OUT_INT),
    OUT(struct step_view, lane, OUT_STR),
    OUT(struct step_view, lane_name, OUT_STR),
    OUT(struct step_view, step, OUT_STR),
    OUT(struct step_view, title, OUT_STR),
    OUT_ENUM(struct step_view, is, "state", chip_name),
    OUT_AS(struct step_view, missing, "waits_for", OUT_PHRASES),
    OUT(struct step_view, conditions, OUT_PHRASES),
    OUT(struct step_view, round, OUT_I64),
    OUT(struct step_view, hop, OUT_I64),
    OUT(struct step_view, since, OUT_INSTANT_0),
    OUT(struct step_view, due, OUT_OPT_INSTANT),
    OUT_AS(struct step_view, done_at, "done", OUT_INSTANT_0),
    OUT(struct step_view, may_perform, OUT_BOOL),
    OUT(struct step_view, may_sign, OUT_BOOL),
};
const struct out_schema step_line_schema = {"StepState", step_line_fields, COUNT(step_line_fields),
                                            sizeof(struct step_view)};

static const struct out_field act_fields[] = {
    OUT(struct step_act, round, OUT_I64),
    OUT(struct step_act, hop, OUT_I64),
    OUT(struct step_act, at, OUT_INSTANT),
    OUT(struct step_act, who, OUT_STR),
    OUT(struct step_act, person, OUT_STR),
    OUT_ITEMS_AS(struct step_act, answers.v, answers.n, "answers", &answer_schema),
};
OUT_SCHEMA(act_schema, "StepAct", struct step_act, act_fields);

static const struct out_field source_fields[] = {
    OUT(struct step_source, head, OUT_STR),
    OUT(struct step_source, at, OUT_INSTANT_0),
    OUT_ITEMS_AS(struct step_source, answers.v, answers.n, "answers", &answer_schema),
};
OUT_SCHEMA(source_schema, "StepSource", struct step_source, source_fields);

static const struct out_field signer_fields[] = {
    OUT_ENUM(struct step_signer, kind, "kind", actor_word),
    OUT_AS(struct step_signer, who, "name", OUT_STR),
    OUT_AS(struct step_signer, dept, "department", OUT_STR),
    OUT(struct step_signer, person, OUT_STR),
    OUT(struct step_signer, required, OUT_BOOL),
    OUT_AS(struct step_signer, signed_, "signed", OUT_BOOL),
    OUT(struct step_signer, own, OUT_BOOL),
    OUT(struct step_signer, at, OUT_INSTANT_0),
};
OUT_SCHEMA(signer_schema, "StepSigner", struct step_signer, signer_fields);

static const struct out_field way_fields[] = {
    OUT(struct step_way, who, OUT_STR),
    OUT(struct step_way, done, OUT_BOOL),
    OUT(struct step_way, here, OUT_BOOL),
};
OUT_SCHEMA(way_schema, "StepHop", struct step_way, way_fields);

static const struct out_field remark_fields[] = {
    OUT(struct step_remark, kind, OUT_STR),   OUT(struct step_remark, who, OUT_STR),
    OUT(struct step_remark, person, OUT_STR), OUT_AS(struct step_remark, body, "text", OUT_STR),
    OUT(struct step_remark, lang, OUT_STR),   OUT(struct step_remark, at, OUT_INSTANT)};
OUT_SCHEMA(remark_schema, "StepRemark", struct step_remark, remark_fields);

static const struct out_field preset_fields[] = {OUT(struct input_item, name, OUT_STR),
                                                 OUT(struct input_item, value, OUT_STR)};
OUT_SCHEMA(preset_schema, "Preset", struct input_item, preset_fields);

static const struct out_field step_fields[] = {
    OUT_AS(struct step_out, ident.id, "case", OUT_STR),
    OUT_AS(struct step_out, ident.number, "number", OUT_STR),
    OUT_AS(struct step_out, v.phase, "phase", OUT_INT),
    OUT_AS(struct step_out, v.lane, "lane", OUT_STR),
    OUT_AS(struct step_out, v.lane_name, "lane_name", OUT_STR),
    OUT_AS(struct step_out, v.step, "step", OUT_STR),
    OUT_AS(struct step_out, v.title, "title", OUT_STR),
    OUT_ENUM(struct step_out, v.is, "state", chip_name),
    OUT_AS(struct step_out, v.missing, "waits_for", OUT_PHRASES),
    OUT_AS(struct step_out, v.conditions, "conditions", OUT_PHRASES),
    OUT_AS(struct step_out, v.round, "round", OUT_I64),
    OUT_AS(struct step_out, v.hop, "hop", OUT_I64),
    OUT_AS(struct step_out, v.since, "since", OUT_INSTANT_0),
    OUT_AS(struct step_out, v.due, "due", OUT_OPT_INSTANT),
    OUT_AS(struct step_out, v.done_at, "done", OUT_INSTANT_0),
    OUT_AS(struct step_out, v.may_perform, "may_perform", OUT_BOOL),
    OUT_AS(struct step_out, v.may_sign, "may_sign", OUT_BOOL),
    OUT_AS(struct step_out, v.may_skip, "may_skip", OUT_BOOL),
    OUT_AS(struct step_out, v.may_due, "may_set_due", OUT_BOOL),
    OUT_AS(struct step_out, v.again, "again", OUT_BOOL),
    OUT_ITEMS(struct step_out, questions, nquestions, &field_schema),
    OUT_ITEMS_AS(struct step_out, v.preset.v, v.preset.n, "preset", &preset_schema),
    OUT_AS(struct step_out, v.draft_rev, "draft_rev", OUT_I64),
    OUT_AS(struct step_out, v.sees, "will_be_read_by", OUT_PHRASES),
    OUT_AS(struct step_out, v.told, "told", OUT_PHRASES),
    OUT_ITEMS(struct step_out, invite, ninvite, &field_schema),
    OUT_ITEMS_AS(struct step_out, v.way, v.nway, "hops", &way_schema),
    OUT_ITEMS_AS(struct step_out, v.acts, v.nacts, "acts", &act_schema),
    OUT_ITEMS_AS(struct step_out, v.sources, v.nsources, "sources", &source_schema),
    OUT_ITEMS_AS(struct step_out, v.signers, v.nsigners, "signers", &signer_schema),
    OUT_ITEMS_AS(struct step_out, v.remarks, v.nremarks, "remarks", &remark_schema),
};
const struct out_schema step_schema = {"Step", step_fields, COUNT(step_fields),
                                       sizeof(struct step_out)};

/* --- cases ---------------------------------------------------------------------------------------- */

static const struct out_field case_line_fields[] = {
    OUT_AS(struct case_line_out, line.id, "id", OUT_STR),
    OUT_AS(struct case_line_out, line.number, "number", OUT_STR),
    OUT_AS(struct case_line_out, line.title, "title", OUT_STR),
    OUT_AS(struct case_line_out, line.title_lang, "title_lang", OUT_STR),
    OUT_ENUM(struct case_line_out, line.flow, "flow", flow_word),
    OUT_AS(struct case_line_out, line.entry, "entry", OUT_STR),
    OUT_AS(struct case_line_out, waits.phase, "phase", OUT_OPT_I64),
    OUT_AS(struct case_line_out, waits.own, "waits_for_you", OUT_PHRASES),
    OUT_AS(struct case_line_out, waits.others, "waits_for", OUT_PHRASES),
    OUT_AS(struct case_line_out, waits.due, "due", OUT_OPT_INSTANT),
    OUT_AS(struct case_line_out, line.opened, "opened", OUT_INSTANT),
    OUT_AS(struct case_line_out, line.planned, "planned", OUT_OPT_INSTANT),
    OUT_AS(struct case_line_out, line.published, "published", OUT_OPT_INSTANT),
};
const struct out_schema case_line_schema = {"CaseLine", case_line_fields, COUNT(case_line_fields),
                                            sizeof(struct case_line_out)};

static const struct out_field history_fields[] = {
    OUT(struct history_line, id, OUT_STR),
    OUT(struct history_line, at, OUT_INSTANT),
    OUT(struct history_line, who, OUT_STR),
    OUT_AS(struct history_line, dept, "department", OUT_STR),
    OUT_AS(struct history_line, behalf, "on_behalf_of", OUT_STR),
    OUT(struct history_line, sentence, OUT_STR),
    OUT(struct history_line, lane_name, OUT_STR),
};
const struct out_schema history_schema = {"HistoryLine", history_fields, COUNT(history_fields),
                                          sizeof(struct history_line)};

static const struct out_field vendor_fields[] = {
    OUT(struct vendor_line, lane, OUT_STR),
    OUT(struct vendor_line, name, OUT_STR),
    OUT(struct vendor_line, own, OUT_BOOL),
    OUT(struct vendor_line, closed, OUT_BOOL),
    OUT(struct vendor_line, status, OUT_STR),
    OUT(struct vendor_line, at, OUT_INSTANT_0),
    OUT(struct vendor_line, statement, OUT_STR),
    OUT(struct vendor_line, url, OUT_STR),
    OUT_ITEMS(struct vendor_line, products, nproducts, &product_schema),
};
const struct out_schema vendor_schema = {"CaseVendor", vendor_fields, COUNT(vendor_fields),
                                         sizeof(struct vendor_line)};

static const struct out_field share_fields[] = {
    OUT(struct share_line, name, OUT_STR), OUT(struct share_line, role, OUT_STR),
    OUT(struct share_line, level, OUT_STR), OUT(struct share_line, delegated, OUT_BOOL)};
OUT_SCHEMA(share_schema, "Share", struct share_line, share_fields);

static const struct out_field phase_fields[] = {OUT(struct phase_out, phase, OUT_I64),
                                                OUT(struct phase_out, state, OUT_STR)};
OUT_SCHEMA(phase_schema, "Phase", struct phase_out, phase_fields);

static const struct out_field now_fields[] = {
    OUT(struct now_item, own, OUT_BOOL),        OUT(struct now_item, lane, OUT_STR),
    OUT(struct now_item, lane_name, OUT_STR),   OUT(struct now_item, step, OUT_STR),
    OUT(struct now_item, title, OUT_STR),       OUT(struct now_item, asks, OUT_STR),
    OUT(struct now_item, who, OUT_STR),         OUT(struct now_item, round, OUT_I64),
    OUT(struct now_item, hop, OUT_I64),         OUT(struct now_item, since, OUT_INSTANT_0),
    OUT(struct now_item, due, OUT_OPT_INSTANT),
};
OUT_SCHEMA(now_schema, "WaitsFor", struct now_item, now_fields);

static const struct out_field clock_fields[] = {
    OUT_AS(struct clock_line, word, "name", OUT_STR),
    OUT(struct clock_line, source, OUT_STR),
    OUT(struct clock_line, lane_name, OUT_STR),
    OUT_ENUM(struct clock_line, kind, "kind", clock_kind_name),
    OUT_ENUM(struct clock_line, is, "state", clock_state_name),
    OUT(struct clock_line, moved, OUT_BOOL),
    OUT(struct clock_line, start, OUT_INSTANT_0),
    OUT(struct clock_line, due, OUT_INSTANT_0),
    OUT_AS(struct clock_line, met_at, "met", OUT_INSTANT_0),
};
OUT_SCHEMA(clock_schema, "Clock", struct clock_line, clock_fields);

static const struct out_field may_fields[] = {
    OUT(struct case_may, title, OUT_BOOL),      OUT_AS(struct case_may, tlp, "label", OUT_BOOL),
    OUT(struct case_may, date, OUT_BOOL),       OUT(struct case_may, name_vendors, OUT_BOOL),
    OUT(struct case_may, share, OUT_BOOL),      OUT(struct case_may, analyst, OUT_BOOL),
    OUT(struct case_may, close_lane, OUT_BOOL),
};
OUT_SCHEMA(may_schema, "CaseRights", struct case_may, may_fields);

#define IDENT(m, name, type) OUT_AS(struct case_out, v.ident.m, name, type)
static const struct out_field case_fields[] = {
    IDENT(id, "id", OUT_STR),
    IDENT(number, "number", OUT_STR),
    IDENT(title, "title", OUT_STR),
    IDENT(title_lang, "title_lang", OUT_STR),
    IDENT(other, "other_title", OUT_STR),
    IDENT(other_lang, "other_title_lang", OUT_STR),
    OUT_ENUM(struct case_out, v.ident.flow, "flow", flow_word),
    IDENT(entry, "entry", OUT_STR),
    IDENT(tlp, "label", OUT_STR),
    IDENT(opened, "opened", OUT_INSTANT),
    IDENT(phase, "phase", OUT_INT),
    IDENT(planned, "planned", OUT_OPT_INSTANT),
    IDENT(published, "published", OUT_OPT_INSTANT),
    IDENT(overview_at, "overview_notified", OUT_OPT_INSTANT),
    IDENT(score, "score", OUT_SCORE),
    IDENT(cves, "cves", OUT_STR),
    IDENT(finder, "finder", OUT_STR),
    IDENT(names_vendors, "vendors_named", OUT_BOOL),
    OUT_AS(struct case_out, v.advisory, "advisory", OUT_STR),
    OUT_ITEMS_AS(struct case_out, all_phases, nphases, "phases", &phase_schema),
    OUT_ITEMS_AS(struct case_out, v.now.v, v.now.n, "waits_for", &now_schema),
    OUT_ITEMS_AS(struct case_out, v.vendors, v.nvendors, "vendors", &vendor_schema),
    OUT_ITEMS_AS(struct case_out, v.shares, v.nshares, "shares", &share_schema),
    OUT_ITEMS_AS(struct case_out, v.clocks.v, v.clocks.n, "clocks", &clock_schema),
    OUT_AS(struct case_out, v.talk.unread, "unread_messages", OUT_I64),
    {"may", OUT_OBJECT, offsetof(struct case_out, v.may), 0, &may_schema, NULL},
};
const struct out_schema case_schema = {"Case", case_fields, COUNT(case_fields),
                                       sizeof(struct case_out)};

/* process_names.c - the closed lists, as the tables write them. */
#include "domain/process_names.h"

/* clang-format off */
const str flow_names[FLOW_COUNT] = {S_INIT("coordinated"), S_INIT("direct")};
const str actor_names[ACTOR_COUNT] = {
    S_INIT("finder"), S_INIT("source"), S_INIT("reception"), S_INIT("coordinator"),
    S_INIT("overseas_coordinator"), S_INIT("poc"), S_INIT("design"), S_INIT("rnd"),
    S_INIT("quality"), S_INIT("si_mfg"), S_INIT("si_sys"), S_INIT("care"), S_INIT("sales"),
    S_INIT("risk_legal"), S_INIT("pr"),
};
const str step_kind_names[STEP_KIND_COUNT] = {
    S_INIT("message"), S_INIT("task"), S_INIT("decision")};
const str effect_names[EFFECT_COUNT] = {
    S_INIT("accept"), S_INIT("add_vendors"), S_INIT("overview"), S_INIT("details"),
    S_INIT("spread_overview"), S_INIT("spread_details"), S_INIT("ask_finder"), S_INIT("answer"),
    S_INIT("status"), S_INIT("tell_finder"), S_INIT("notice"), S_INIT("date"),
    S_INIT("agree_draft"), S_INIT("publish"), S_INIT("vendor_publish"), S_INIT("support"),
    S_INIT("mediate"), S_INIT("close"),
};
const str audience_names[AUDIENCE_COUNT] = {
    S_INIT("case"), S_INIT("title"), S_INIT("report"), S_INIT("identity"), S_INIT("finder"),
    S_INIT("reception"), S_INIT("overview"), S_INIT("details"), S_INIT("coordination"),
    S_INIT("all"), S_INIT("office"), S_INIT("internal"), S_INIT("notice"), S_INIT("draft"),
    S_INIT("draft_own"), S_INIT("vendor_draft"), S_INIT("vendors"), S_INIT("release"),
};
const str relation_names[RELATION_COUNT] = {
    S_INIT("finder"), S_INIT("reception"), S_INIT("analyst"), S_INIT("coordinator"),
    S_INIT("peer"), S_INIT("priority"), S_INIT("vendor_poc"), S_INIT("vendor_dept"),
};
const str reach_names[REACH_COUNT] = {S_INIT("case"), S_INIT("lane"), S_INIT("every")};
const str question_type_names[QUESTION_TYPE_COUNT] = {
    S_INIT("line"), S_INIT("text"), S_INIT("choice"), S_INIT("confirm"), S_INIT("instant"),
    S_INIT("departments"), S_INIT("vendors"), S_INIT("products"), S_INIT("vector"),
    S_INIT("cwe"), S_INIT("url"),
};
const str known_names[KNOWN_COUNT] = {
    S_INIT("from_finder"), S_INIT("from_overseas"), S_INIT("finder_asked"),
    S_INIT("asked_findings"), S_INIT("asked_date"), S_INIT("draft_asked"),
    S_INIT("date_reached"), S_INIT("shared_overview"), S_INIT("shared_details"),
    S_INIT("delegated"), S_INIT("named"), S_INIT("vendors_named"), S_INIT("wish_vendor"),
    S_INIT("wish_coordinator"),
};
/* clang-format on */

int name_find(const str *names, size_t n, str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(names[i], name))
            return (int)i;
    return -1;
}

str flow_name(enum flow f)
{
    return flow_names[f];
}

bool flow_find(str name, enum flow *out)
{
    int i = name_find(flow_names, FLOW_COUNT, name);
    if (i >= 0)
        *out = (enum flow)i;
    return i >= 0;
}

str actor_name(enum actor a)
{
    return actor_names[a];
}

bool actor_find(str name, enum actor *out)
{
    int i = name_find(actor_names, ACTOR_COUNT, name);
    if (i >= 0)
        *out = (enum actor)i;
    return i >= 0;
}

str audience_name(enum audience a)
{
    return audience_names[a];
}

str relation_name(enum relation r)
{
    return relation_names[r];
}

str question_type_name(enum question_type t)
{
    return question_type_names[t];
}

str step_kind_name(enum step_kind k)
{
    return step_kind_names[k];
}

str known_name(enum known k)
{
    return known_names[k];
}

int process_step(const struct process *p, enum flow flow, str id)
{
    for (size_t i = 0; i < p->flow[flow].n; i++)
        if (str_eq(p->flow[flow].steps[i].id, id))
            return (int)i;
    return -1;
}

int process_fact(const struct process *p, str id)
{
    for (size_t i = 0; i < p->nfacts; i++)
        if (str_eq(p->facts[i].id, id))
            return (int)i;
    return -1;
}

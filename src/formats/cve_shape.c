/* cve_shape.c - see cve_own.h: the members of a record in the order they are written. */
#include "formats/cve_own.h"

/* clang-format off */
#define MEMBER(T, json, k, field, ...) {.name = S_INIT(json), .kind = k, .at = offsetof(T, field), __VA_ARGS__}
#define MUST .required = true
#define SHAPE(members, T) {members, COUNT(members), sizeof(T)}

static const struct cve_member text[] = {
    MEMBER(struct cve_text, "lang", CVE_STR, lang, MUST),
    MEMBER(struct cve_text, "value", CVE_STR, value, MUST)};
const struct cve_shape cve_texts_shape = SHAPE(text, struct cve_text);

static const struct cve_member change[] = {
    MEMBER(struct cve_change, "at", CVE_STR, at, MUST),
    MEMBER(struct cve_change, "status", CVE_STR, status, MUST)};
static const struct cve_shape changes = SHAPE(change, struct cve_change);

static const struct cve_member version[] = {
    MEMBER(struct cve_version, "version", CVE_STR, version, MUST),
    MEMBER(struct cve_version, "status", CVE_STR, status, MUST),
    MEMBER(struct cve_version, "lessThan", CVE_STR, less_than),
    MEMBER(struct cve_version, "lessThanOrEqual", CVE_STR, up_to),
    MEMBER(struct cve_version, "versionType", CVE_STR, type),
    MEMBER(struct cve_version, "changes", CVE_LIST, changes, .of = &changes)};
static const struct cve_shape versions = SHAPE(version, struct cve_version);

static const struct cve_member product[] = {
    MEMBER(struct cve_product, "vendor", CVE_STR, vendor),
    MEMBER(struct cve_product, "product", CVE_STR, product),
    MEMBER(struct cve_product, "collectionURL", CVE_STR, collection),
    MEMBER(struct cve_product, "packageName", CVE_STR, package),
    MEMBER(struct cve_product, "packageURL", CVE_STR, package_url, .newer = true),
    MEMBER(struct cve_product, "cpes", CVE_STRS, cpes),
    MEMBER(struct cve_product, "modules", CVE_STRS, modules),
    MEMBER(struct cve_product, "programFiles", CVE_STRS, files),
    MEMBER(struct cve_product, "programRoutines", CVE_NAMES, routines),
    MEMBER(struct cve_product, "platforms", CVE_STRS, platforms),
    MEMBER(struct cve_product, "repo", CVE_STR, repo),
    MEMBER(struct cve_product, "defaultStatus", CVE_STR, default_status),
    MEMBER(struct cve_product, "versions", CVE_LIST, versions, .of = &versions)};
static const struct cve_shape products = SHAPE(product, struct cve_product);

static const struct cve_member weakness_text[] = {
    MEMBER(struct cve_weakness_text, "lang", CVE_STR, lang, MUST),
    MEMBER(struct cve_weakness_text, "description", CVE_STR, description, MUST),
    MEMBER(struct cve_weakness_text, "cweId", CVE_STR, cwe),
    MEMBER(struct cve_weakness_text, "type", CVE_STR, type)};
static const struct cve_shape weakness_texts = SHAPE(weakness_text, struct cve_weakness_text);
static const struct cve_member weakness[] = {
    MEMBER(struct cve_weakness, "descriptions", CVE_LIST, texts, .of = &weakness_texts, MUST)};
static const struct cve_shape weaknesses = SHAPE(weakness, struct cve_weakness);

static const struct cve_member reference[] = {
    MEMBER(struct cve_reference, "url", CVE_STR, url, MUST),
    MEMBER(struct cve_reference, "name", CVE_STR, name),
    MEMBER(struct cve_reference, "tags", CVE_STRS, tags)};
static const struct cve_shape references = SHAPE(reference, struct cve_reference);

static const struct cve_member impact[] = {
    MEMBER(struct cve_impact, "capecId", CVE_STR, capec),
    MEMBER(struct cve_impact, "descriptions", CVE_LIST, texts, .of = &cve_texts_shape, MUST)};
static const struct cve_shape impacts = SHAPE(impact, struct cve_impact);

static const struct cve_member event[] = {
    MEMBER(struct cve_event, "time", CVE_STR, time, MUST),
    MEMBER(struct cve_event, "lang", CVE_STR, lang, MUST),
    MEMBER(struct cve_event, "value", CVE_STR, value, MUST)};
static const struct cve_shape events = SHAPE(event, struct cve_event);

static const struct cve_member credit[] = {
    MEMBER(struct cve_credit, "lang", CVE_STR, lang, MUST),
    MEMBER(struct cve_credit, "value", CVE_STR, value, MUST),
    MEMBER(struct cve_credit, "user", CVE_STR, user),
    MEMBER(struct cve_credit, "type", CVE_STR, type)};
static const struct cve_shape credits = SHAPE(credit, struct cve_credit);

#define RECORD(json, k, field, ...) MEMBER(struct cve_record, json, k, field, __VA_ARGS__)
#define TEXTS(json, field, ...) RECORD(json, CVE_LIST, field, .of = &cve_texts_shape, __VA_ARGS__)

static const struct cve_member published[] = {
    RECORD("dateAssigned", CVE_STR, assigned),
    RECORD("datePublic", CVE_STR, made_public),
    RECORD("title", CVE_STR, title),
    TEXTS("descriptions", descriptions, MUST),
    RECORD("affected", CVE_LIST, products, .of = &products, MUST),
    RECORD("problemTypes", CVE_LIST, weaknesses, .of = &weaknesses),
    RECORD("references", CVE_LIST, references, .of = &references, MUST),
    RECORD("impacts", CVE_LIST, impacts, .of = &impacts),
    RECORD("metrics", CVE_METRICS, metrics),
    TEXTS("configurations", configurations),
    TEXTS("workarounds", workarounds),
    TEXTS("solutions", solutions),
    TEXTS("exploits", exploits),
    RECORD("timeline", CVE_LIST, timeline, .of = &events),
    RECORD("credits", CVE_LIST, credits, .of = &credits),
    RECORD("source", CVE_OBJECT, source),
    RECORD("tags", CVE_STRS, tags),
    RECORD("taxonomyMappings", CVE_ARRAY, taxonomy)};
const struct cve_shape cve_published_shape = SHAPE(published, struct cve_record);

static const struct cve_member rejected[] = {
    TEXTS("rejectedReasons", reasons, MUST),
    RECORD("replacedBy", CVE_STRS, replaced_by)};
const struct cve_shape cve_rejected_shape = SHAPE(rejected, struct cve_record);

const str cve_cvss_names[4] = {S_INIT("cvssV2_0"), S_INIT("cvssV3_0"), S_INIT("cvssV3_1"),
                               S_INIT("cvssV4_0")};
/* clang-format on */

/* orgs_test.c - organisations, departments, and who may change them. */
#include "t.h"

#include "app/cases.h"
#include "app/orgs.h"
#include "help/admin.h"

static struct input *vendor_input(struct arena *a, const char *slug)
{
    return stage_input(a, "kind", "vendor", "slug", slug, "name_ja", "新しい開発者", "name_en",
                       "New Vendor", "registration", "general", "keywords",
                       "OpenSSL、 HTTP, openssl\nModbus", "region", "JP", NULL);
}

static i64 rev_of(struct ctx *cx, str id)
{
    struct org_view v;
    CHECK_OK(cx, org_view(cx, id, &v));
    app_read_end(cx);
    return v.rev;
}

APP_TEST(the_operator_makes_a_vendor_that_can_be_used_at_once)
{
    str id;
    struct org_view v;
    admin_cast(st);
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_OK(cx, org_create(cx, vendor_input(a, "atarashii"), &id));
    CHECK_OK(cx, org_view(cx, S("atarashii"), &v));
    CHECK_STR(S("New Vendor"), v.name_en);
    CHECK_STR(S("OpenSSL,HTTP,Modbus"), v.keywords); /* each once, tidied */
    CHECK_I64(1, (i64)v.ndepts);
    CHECK_I64(1, (i64)v.depts[0].kinds.n);
    CHECK_STR(S("poc"), v.depts[0].kinds.v[0]);
    CHECK_I64(9, (i64)v.unanswered.n); /* the contact stands in for nine */
    CHECK(v.few_at_poc);               /* a warning, not an error */
}

APP_TEST(only_operator_and_coordinators_lead_make_organisations)
{
    static const char *const others[] = {"mihon.poc", "mihon.design", "reception", "certx",
                                         "analyst",   "operator",     "auditor",   "kamei.poc"};
    str id;
    admin_cast(st);
    for (size_t i = 0; i < COUNT(others); i++) {
        struct ctx *cx = stage_as(st, others[i]);
        CHECK_ERR(E_DENIED, org_create(cx, vendor_input(a, "x1"), &id));
    }
    struct ctx *cx = stage_nobody(st);
    CHECK_ERR(E_DENIED, org_create(cx, vendor_input(a, "x1"), &id));
    cx = stage_as(st, "coordinator");
    CHECK_OK(cx, org_create(cx, vendor_input(a, "x1"), &id));
    CHECK_ERR(E_DENIED, org_create(cx,
                                   stage_input(a, "kind", "reception", "slug", "x2", "name_ja",
                                               "受付", "name_en", "Reception", NULL),
                                   &id));
    admin_sql(st, "UPDATE membership SET role = 'member';");
    cx = stage_as(st, "coordinator"); /* not its lead any more */
    CHECK_ERR(E_DENIED, org_create(cx, vendor_input(a, "x3"), &id));
}

APP_TEST(every_field_of_an_organisation_is_checked)
{
    static const struct {
        const char *field, *value, *code;
    } bad[] = {
        {"kind", "bank", "choice"},
        {"kind", "", "required"},
        {"slug", "", "required"},
        {"slug", "A b", "login"},
        {"slug", "mihon", "taken"},
        {"slug", "0190f0b8-7a5e-7000-8000-000000000001", "login"},
        {"name_ja", "", "required"},
        {"name_en", "", "required"},
        {"name_ja", "a\nb", "one_line"},
        {"name_en", "\x01", "control"},
        {"name_en", "\xFF", "encoding"},
        {"region", "jp", "region"},
        {"region", "JPN", "too_long"},
        {"parent", "nobody", "no_org"},
        {"registration", "", "required"},
        {"registration", "both", "choice"},
        {"contact", "call us", "contact"},
        {"contact", "javascript:alert(1)", "contact"},
        {"poc_seat", "cellar", "choice"},
        {"poc_scope", "world", "choice"},
        {"takes_reports", "maybe", "bool"},
    };
    str id;
    admin_cast(st);
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ctx *cx = stage_as(st, "sysop");
        struct input *in = vendor_input(a, "fine"), one = {0};
        input_put(a, &one, str_z(bad[i].field), str_z(bad[i].value));
        struct input all = admin_over(cx, &one, in);
        CHECK_ERR(E_INVALID, org_create(cx, &all, &id));
        CHECK(has_problem(cx, bad[i].field, bad[i].code));
    }
    struct ctx *cx = stage_as(st, "sysop");
    char *big = NEWS(a, char, 20001);
    memset(big, 'x', 20001);
    struct input one = {0};
    input_put(a, &one, S("policy_en"), (str){big, 20001});
    struct input all = admin_over(cx, &one, vendor_input(a, "fine"));
    CHECK_ERR(E_INVALID, org_create(cx, &all, &id));
    CHECK(has_problem(cx, "policy_en", "too_long"));
    cx = stage_as(st, "sysop");
    CHECK_ERR(E_NOT_FOUND, org_id_of(cx, S("fine"), &id)); /* nothing was half written */
}

APP_TEST(what_only_vendors_have_is_refused_elsewhere)
{
    str id;
    admin_cast(st);
    struct ctx *cx = stage_as(st, "sysop");
    struct input *in =
        stage_input(a, "kind", "operator", "slug", "shop2", "name_ja", "店", "name_en", "Shop",
                    "registration", "general", "takes_reports", "yes", NULL);
    CHECK_ERR(E_INVALID, org_create(cx, in, &id));
    CHECK(has_problem(cx, "registration", "vendor_only"));
    CHECK(has_problem(cx, "takes_reports", "vendor_only"));
}

APP_TEST(an_edit_changes_what_it_names_and_nothing_else)
{
    struct org_view v;
    admin_cast(st);
    str id = stage_org_id(st, "mihon");
    struct ctx *cx = stage_as(st, "mihon.poc");
    CHECK_OK(cx, org_edit(cx, id, rev_of(cx, id),
                          stage_input(a, "keywords", "PLC", "policy_en", "# Policy", NULL)));
    CHECK_OK(cx, org_view(cx, id, &v));
    CHECK_STR(S("PLC"), v.keywords);
    CHECK_STR(S("# Policy"), v.policy_en);
    CHECK_STR(S("mihon Inc."), v.name_en);
    CHECK(v.takes_reports);
    app_read_end(cx);
    CHECK_OK(cx, org_edit(cx, id, v.rev, stage_input(a, "policy_en", "", NULL)));
    CHECK_OK(cx, org_view(cx, id, &v));
    CHECK_STR(S(""), v.policy_en);
}

APP_TEST(an_organisation_changed_meanwhile_is_a_conflict)
{
    admin_cast(st);
    str id = stage_org_id(st, "mihon");
    struct ctx *cx = stage_as(st, "mihon.poc"), *other = stage_as(st, "sysop");
    i64 rev = rev_of(cx, id);
    CHECK_OK(other, org_edit(other, id, rev, stage_input(a, "name_en", "Mihon Ltd", NULL)));
    CHECK_ERR(E_CONFLICT, org_edit(cx, id, rev, stage_input(a, "name_en", "Mihon KK", NULL)));
}

APP_TEST(a_contacts_lead_edits_its_own_organisation_alone)
{
    admin_cast(st);
    str own = stage_org_id(st, "mihon"), other = stage_org_id(st, "reiji");
    struct input *in = stage_input(a, "name_en", "Other", NULL);
    struct ctx *cx = stage_as(st, "mihon.poc");
    CHECK_ERR(E_NOT_FOUND, org_edit(cx, other, 1, in));
    CHECK_OK(cx, org_edit(cx, own, 1, in));
    cx = stage_as(st, "mihon.design"); /* knows it, and may not */
    CHECK_ERR(E_DENIED, org_edit(cx, own, 2, in));
    cx = stage_as(st, "reiji.poc"); /* a member, not a lead */
    CHECK_ERR(E_DENIED, org_edit(cx, other, 1, in));
    cx = stage_as(st, "reception");
    CHECK_ERR(E_DENIED, org_edit(cx, other, 1, in));
    cx = stage_as(st, "coordinator"); /* its lead: vendors, nobody else */
    CHECK_OK(cx, org_edit(cx, other, 1, in));
    CHECK_ERR(E_DENIED, org_edit(cx, stage_org_id(st, "reception"), 1, in));
}

APP_TEST(registration_and_short_name_are_not_the_contacts_to_change)
{
    admin_cast(st);
    str id = stage_org_id(st, "mihon");
    struct ctx *cx = stage_as(st, "mihon.poc");
    CHECK_ERR(E_INVALID, org_edit(cx, id, 1,
                                  stage_input(a, "registration", "individual", "slug", "m2",
                                              "parent", "reiji", NULL)));
    CHECK(has_problem(cx, "registration", "not_yours"));
    CHECK(has_problem(cx, "slug", "not_yours"));
    CHECK(has_problem(cx, "parent", "not_yours"));
    cx = stage_as(st, "coordinator");
    CHECK_OK(cx, org_edit(cx, id, 1, stage_input(a, "registration", "individual", NULL)));
    CHECK_ERR(E_INVALID, org_edit(cx, id, 2, stage_input(a, "kind", "operator", NULL)));
}

APP_TEST(an_organisation_cannot_be_its_own_ancestor)
{
    admin_cast(st);
    str mihon = stage_org_id(st, "mihon"), reiji = stage_org_id(st, "reiji");
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_OK(cx, org_edit(cx, reiji, 1, stage_input(a, "parent", "mihon", NULL)));
    CHECK_ERR(E_INVALID, org_edit(cx, mihon, 1, stage_input(a, "parent", "reiji", NULL)));
    CHECK(has_problem(cx, "parent", "no_org"));
    CHECK_ERR(E_INVALID, org_edit(cx, mihon, 1, stage_input(a, "parent", "mihon", NULL)));
}

APP_TEST(people_of_a_disabled_organisation_act_for_it_no_longer)
{
    admin_cast(st);
    str id = stage_org_id(st, "mihon");
    struct ctx *cx = stage_as(st, "mihon.poc");
    CHECK_ERR(E_DENIED, org_disable(cx, id, 1, true));
    cx = stage_as(st, "mihon.design");
    CHECK_ERR(E_DENIED, org_disable(cx, id, 1, true));
    cx = stage_as(st, "reiji.poc");
    CHECK_ERR(E_NOT_FOUND, org_disable(cx, id, 1, true));
    cx = stage_as(st, "sysop");
    CHECK_OK(cx, org_disable(cx, id, 1, true));
    CHECK_ERR(E_CONFLICT, org_disable(cx, id, 1, false));
    CHECK_I64(0, (i64)stage_as(st, "mihon.design")->who.nseats);
    CHECK_OK(cx, org_disable(cx, id, 2, false));
    CHECK_I64(1, (i64)stage_as(st, "mihon.design")->who.nseats);
}

APP_TEST(lists_show_what_their_reader_may_look_at)
{
    struct org_filter f = {0};
    struct org_line *rows;
    size_t n;
    admin_cast(st);
    struct list_window w = {.limit = 100};
    struct ctx *cx = stage_as(st, "coordinator");
    CHECK_OK(cx, org_list(cx, &f, &w, &rows, &n));
    CHECK_I64(8, (i64)n);
    CHECK_I64(8, w.total);
    cx = stage_as(st, "mihon.design");
    CHECK_OK(cx, org_list(cx, &f, &w, &rows, &n));
    CHECK_I64(1, (i64)n);
    CHECK_STR(S("mihon"), rows[0].slug);
    cx = stage_nobody(st);
    CHECK_OK(cx, org_list(cx, &f, &w, &rows, &n));
    CHECK_I64(0, (i64)n);
    CHECK_I64(0, w.total);
}

APP_TEST(vendors_are_found_by_name_part_and_by_keyword)
{
    struct org_filter f = {.kind = S("vendor"), .part = S(" MIHO "), .enabled = true};
    struct org_line *rows;
    size_t n;
    admin_cast(st);
    struct list_window w = {.limit = 100};
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_OK(cx, org_edit(cx, stage_org_id(st, "reiji"), 1,
                          stage_input(a, "keywords", "PLC,IEEE 802.11", NULL)));
    CHECK_OK(cx, org_list(cx, &f, &w, &rows, &n));
    CHECK_I64(1, (i64)n);
    CHECK_STR(S("mihon"), rows[0].slug);
    f.part = S("（日本語）");
    CHECK_OK(cx, org_list(cx, &f, &w, &rows, &n));
    CHECK_I64(3, (i64)n);
    f = (struct org_filter){.keyword = S("ieee 802.11")};
    CHECK_OK(cx, org_list(cx, &f, &w, &rows, &n));
    CHECK_I64(1, (i64)n);
    CHECK_STR(S("reiji"), rows[0].slug);
    f.keyword = S("IEEE"); /* a keyword is matched whole */
    CHECK_OK(cx, org_list(cx, &f, &w, &rows, &n));
    CHECK_I64(0, (i64)n);
    f = (struct org_filter){.part = S("%")}; /* no pattern */
    CHECK_OK(cx, org_list(cx, &f, &w, &rows, &n));
    CHECK_I64(0, (i64)n);
}

APP_TEST(a_list_of_organisations_goes_on_where_it_stopped)
{
    struct org_filter f = {.kind = S("vendor")};
    struct org_line *rows;
    size_t n, seen = 0;
    admin_cast(st);
    struct list_window w = {.limit = 2};
    struct ctx *cx = stage_as(st, "sysop");
    str last = S("");
    do {
        CHECK_OK(cx, org_list(cx, &f, &w, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            CHECK(str_cmp(last, rows[i].name) < 0);
            last = rows[i].name;
            seen++;
        }
        w.after = w.next;
    } while (w.next.n > 0);
    CHECK_I64(3, (i64)seen);
}

APP_TEST(everyone_may_know_which_vendors_take_reports)
{
    struct org_line *rows;
    size_t n;
    admin_cast(st);
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_OK(cx, org_edit(cx, stage_org_id(st, "reiji"), 1,
                          stage_input(a, "takes_reports", "no", "keywords", "x", NULL)));
    CHECK_OK(cx, org_edit(cx, stage_org_id(st, "mihon"), 1, stage_input(a, "keywords", "x", NULL)));
    struct list_window w = {.limit = 10};
    cx = stage_nobody(st);
    CHECK_OK(cx, org_takers(cx, &w, &rows, &n));
    CHECK_I64(2, (i64)n);
    CHECK_STR(S("kamei"), rows[0].slug);
    CHECK_STR(S(""), rows[1].keywords);
}

APP_TEST(the_history_says_who_changed_an_organisation)
{
    struct admin_line *rows;
    size_t n;
    admin_cast(st);
    str id = stage_org_id(st, "mihon");
    struct ctx *cx = stage_as(st, "mihon.poc");
    CHECK_OK(cx, org_edit(cx, id, 1, stage_input(a, "contact", "psirt@mihon.example", NULL)));
    struct ctx *cli = stage_nobody(st);
    admin_at_command_line(cli);
    CHECK_OK(cli, org_disable(cli, id, 2, true));
    CHECK_OK(cli, org_disable(cli, id, 3, false));
    struct list_window w = {.limit = 10};
    cx = stage_as(st, "mihon.poc");
    CHECK_OK(cx, admin_history(cx, id, &w, &rows, &n));
    CHECK_I64(3, (i64)n);
    CHECK_STR(S("Command line"), rows[0].who);
    CHECK_STR(S("mihon Inc. was enabled"), rows[0].sentence);
    CHECK_STR(S("P. mihon.poc"), rows[2].who);
    CHECK_STR(S("The data of mihon Inc. were changed"), rows[2].sentence);
    cx->lang = LANG_JA;
    CHECK_OK(cx, admin_history(cx, id, &w, &rows, &n));
    CHECK_STR(S("mihon（日本語）を有効にしました"), rows[0].sentence);
    CHECK_ERR(E_DENIED, admin_history(cx, NO_STR, &w, &rows, &n));
    cx = stage_as(st, "mihon.design");
    CHECK_ERR(E_DENIED, admin_history(cx, id, &w, &rows, &n));
    cx = stage_as(st, "reiji.poc");
    CHECK_ERR(E_NOT_FOUND, admin_history(cx, id, &w, &rows, &n));
}

APP_TEST(an_auditor_reads_the_history_of_the_own_organisation)
{
    struct admin_line *rows;
    size_t n;
    admin_cast(st);
    struct list_window w = {.limit = 10};
    (void)stage_person(st, "eye", stage_dept_id(st, "mihon", "pr"));
    admin_sql(st, "UPDATE person SET is_auditor = 1 WHERE login = 'eye';");
    struct ctx *cx = stage_as(st, "eye");
    CHECK_OK(cx, admin_history(cx, stage_org_id(st, "mihon"), &w, &rows, &n));
    CHECK_ERR(E_NOT_FOUND, admin_history(cx, stage_org_id(st, "reiji"), &w, &rows, &n));
    CHECK_ERR(E_DENIED, admin_history(cx, NO_STR, &w, &rows, &n));
}

/* --- the key, and what everybody may see --------------------------------------------------- */

static str pgp_file(struct arena *a, const char *name)
{
    char *text = NEWS(a, char, 20000);
    FILE *f = fopen(str_to_z(a, str_fmt(a, "tests/formats/pgp/%s.asc", name)), "re");
    must(f != NULL);
    size_t n = fread(text, 1, 20000, f);
    (void)fclose(f);
    return (str){text, n};
}

APP_TEST(a_key_is_read_when_it_comes_and_can_be_taken_away)
{
    struct org_view v;
    admin_cast(st);
    struct ctx *cx = stage_as(st, "mihon.poc");
    str id = stage_org_id(st, "mihon");
    struct input in = {0};
    input_put(a, &in, S("org_key"), pgp_file(a, "ed25519"));
    CHECK_OK(cx, org_edit(cx, id, 1, &in));
    CHECK_OK(cx, org_view(cx, id, &v));
    CHECK_I64(40, (i64)v.fingerprint.n);
    str first = v.fingerprint;
    CHECK_OK(cx, org_edit(cx, id, 2, stage_input(a, "name_en", "Mihon", NULL))); /* it stays */
    CHECK_OK(cx, org_view(cx, id, &v));
    CHECK_STR(first, v.fingerprint);
    CHECK_ERR(E_INVALID, org_edit(cx, id, 3, stage_input(a, "org_key", "not a key", NULL)));
    CHECK(has_problem(cx, "org_key", "pgp_not_a_key"));
    input_put(a, &in, S("org_key"), S(""));
    struct input bad = {0};
    input_put(a, &bad, S("org_key"), pgp_file(a, "revoked"));
    cx = stage_as(st, "mihon.poc");
    CHECK_ERR(E_INVALID, org_edit(cx, id, 3, &bad));
    CHECK(has_problem(cx, "org_key", "pgp_no_encryption"));
    cx = stage_as(st, "mihon.poc");
    CHECK_OK(cx, org_edit(cx, id, 3, stage_input(a, "org_key", "", NULL)));
    CHECK_OK(cx, org_view(cx, id, &v));
    CHECK_STR(S(""), v.fingerprint);
    CHECK_STR(S(""), v.org_key);
}

APP_TEST(everybody_sees_who_agreed_to_be_listed_or_takes_reports)
{
    struct vendor_page p;
    struct list_window w = {.limit = 10};
    struct org_line *rows;
    size_t n;
    admin_cast(st);
    struct ctx *cx = stage_as(st, "sysop");
    str kamei = stage_org_id(st, "kamei");
    CHECK_OK(cx, org_edit(cx, kamei, 1,
                          stage_input(a, "takes_reports", "no", "policy_ja", "方針", NULL)));
    cx = stage_nobody(st);
    CHECK_ERR(E_NOT_FOUND, vendor_public(cx, S("kamei"), &p));
    CHECK_ERR(E_NOT_FOUND, vendor_public(cx, S("reception"), &p));
    CHECK_OK(cx, vendor_public(cx, S("mihon"), &p)); /* takes reports */
    CHECK_OK(cx, org_listed(cx, &w, &rows, &n));
    CHECK_I64(0, (i64)n);

    cx = stage_as(st, "coordinator");
    CHECK_OK(cx, org_edit(cx, kamei, 2, stage_input(a, "listed", "yes", "keywords", "x", NULL)));
    cx = stage_nobody(st);
    CHECK_OK(cx, org_listed(cx, &w, &rows, &n));
    CHECK_I64(1, (i64)n);
    CHECK_STR(S("kamei"), rows[0].slug);
    CHECK_STR(S(""), rows[0].keywords);
    CHECK_OK(cx, vendor_public(cx, S("kamei"), &p));
    CHECK_STR(S("方針"), p.policy); /* there is none in English */
    CHECK_STR(S("ja"), p.policy_lang);

    cx = stage_as(st, "sysop");
    CHECK_OK(cx, org_disable(cx, kamei, 3, true));
    cx = stage_nobody(st);
    CHECK_ERR(E_NOT_FOUND, vendor_public(cx, S("kamei"), &p));
    CHECK_OK(cx, org_listed(cx, &w, &rows, &n));
    CHECK_I64(0, (i64)n);
}

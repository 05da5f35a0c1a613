/* rights_test.c - the matrix "who reads what" of the domain's description, cell by cell: for
 * each audience and each relation the situation from which it may be read. */
#include "t.h"

#include "base/time.h"
#include "help/scene.h"

/* What happens in the coordinated case, one after the other. */
enum situation {
    NEVER,
    REPORTED,     /* 0.1.1: the finder has sent it, reception has not decided */
    ACCEPTED,     /* reception handed it to the coordinator */
    SELECTED,     /* 1.1 */
    NOTIFIED,     /* 1.2.1 to the first vendor */
    SPREAD,       /* 1.3.1: its contact gave the overview to design and R&D, told quality */
    WANTED,       /* 1.4.1 */
    DETAILED,     /* 1.5.1 */
    SPREAD_MORE,  /* 1.5.2: details to design and SI (manufacturing) */
    NOTIFIED_2,   /* 1.2.1 to the second vendor, which stays there */
    PLANNING,     /* 3.1.1 is open */
    WORKING,      /* 3.2.1 is open */
    NOTICING,     /* 4.2.2 is open */
    NOTICED,      /* 4.2.2 is done; PR was told */
    DRAFTING,     /* 5.1.1 is open */
    ANNOUNCED,    /* 5.1.1 is done; care was told */
    DRAFT_SENT,   /* the vendors were asked to agree to the portal's text; PR was asked, too */
    DRAFT_SHARED, /* 5.2.1 is done; sales was told */
    SITUATIONS
};

enum who {
    FINDER,
    RECEPTION,
    ANALYST,
    ANALYST_NAMED,
    COORDINATOR,
    COORDINATOR_WISHED, /* the finder allows its name to be passed on */
    PEER,
    PEER_OVERVIEW,
    PEER_DETAILS,
    PEER_DELEGATED,
    PRIORITY,
    PRIORITY_OVERVIEW,
    PRIORITY_DETAILS,
    POC,
    POC_WISHED,
    POC_NAMED, /* may know the other vendors */
    DESIGN,
    RND,
    QUALITY,
    SI_MFG,
    SI_SYS,
    CARE,
    SALES,
    RISK,
    PR,
    POC_2,
    DESIGN_2,
    NOBODY,
    WHO_COUNT
};

static const struct holder people[WHO_COUNT] = {
    [FINDER] = {.relation = REL_FINDER},
    [RECEPTION] = {.relation = REL_RECEPTION},
    [ANALYST] = {.relation = REL_ANALYST},
    [ANALYST_NAMED] = {.relation = REL_ANALYST, .known = 1u << KNOW_NAMED},
    [COORDINATOR] = {.relation = REL_COORDINATOR},
    [COORDINATOR_WISHED] = {.relation = REL_COORDINATOR, .known = 1u << KNOW_WISH_COORDINATOR},
    [PEER] = {.relation = REL_PEER},
    [PEER_OVERVIEW] = {.relation = REL_PEER, .known = 1u << KNOW_SHARED_OVERVIEW},
    [PEER_DETAILS] = {.relation = REL_PEER,
                      .known = 1u << KNOW_SHARED_OVERVIEW | 1u << KNOW_SHARED_DETAILS},
    [PEER_DELEGATED] = {.relation = REL_PEER,
                        .known = 1u << KNOW_SHARED_OVERVIEW | 1u << KNOW_DELEGATED},
    [PRIORITY] = {.relation = REL_PRIORITY},
    [PRIORITY_OVERVIEW] = {.relation = REL_PRIORITY, .known = 1u << KNOW_SHARED_OVERVIEW},
    [PRIORITY_DETAILS] = {.relation = REL_PRIORITY,
                          .known = 1u << KNOW_SHARED_OVERVIEW | 1u << KNOW_SHARED_DETAILS},
    [POC] = {.relation = REL_VENDOR_POC, .lane = 1},
    [POC_WISHED] = {.relation = REL_VENDOR_POC, .lane = 1, .known = 1u << KNOW_WISH_VENDOR},
    [POC_NAMED] = {.relation = REL_VENDOR_POC, .lane = 1, .known = 1u << KNOW_VENDORS_NAMED},
    [DESIGN] = {.relation = REL_VENDOR_DEPT, .lane = 1, .dept = ACTOR_DESIGN},
    [RND] = {.relation = REL_VENDOR_DEPT, .lane = 1, .dept = ACTOR_RND},
    [QUALITY] = {.relation = REL_VENDOR_DEPT, .lane = 1, .dept = ACTOR_QUALITY},
    [SI_MFG] = {.relation = REL_VENDOR_DEPT, .lane = 1, .dept = ACTOR_SI_MFG},
    [SI_SYS] = {.relation = REL_VENDOR_DEPT, .lane = 1, .dept = ACTOR_SI_SYS},
    [CARE] = {.relation = REL_VENDOR_DEPT, .lane = 1, .dept = ACTOR_CARE},
    [SALES] = {.relation = REL_VENDOR_DEPT, .lane = 1, .dept = ACTOR_SALES},
    [RISK] = {.relation = REL_VENDOR_DEPT, .lane = 1, .dept = ACTOR_RISK_LEGAL},
    [PR] = {.relation = REL_VENDOR_DEPT, .lane = 1, .dept = ACTOR_PR},
    [POC_2] = {.relation = REL_VENDOR_POC, .lane = 2},
    [DESIGN_2] = {.relation = REL_VENDOR_DEPT, .lane = 2, .dept = ACTOR_DESIGN},
};
static const char *const names[WHO_COUNT] = {
    [FINDER] = "finder",
    [RECEPTION] = "reception",
    [ANALYST] = "analyst",
    [ANALYST_NAMED] = "analyst, named",
    [COORDINATOR] = "coordinator",
    [COORDINATOR_WISHED] = "coordinator, as the finder wishes",
    [PEER] = "peer",
    [PEER_OVERVIEW] = "peer, overview shared",
    [PEER_DETAILS] = "peer, details shared",
    [PEER_DELEGATED] = "peer, delegated",
    [PRIORITY] = "priority",
    [PRIORITY_OVERVIEW] = "priority, overview given",
    [PRIORITY_DETAILS] = "priority, details given",
    [POC] = "contact",
    [POC_WISHED] = "contact, as the finder wishes",
    [POC_NAMED] = "contact, vendors named",
    [DESIGN] = "design",
    [RND] = "rnd",
    [QUALITY] = "quality",
    [SI_MFG] = "si_mfg",
    [SI_SYS] = "si_sys",
    [CARE] = "care",
    [SALES] = "sales",
    [RISK] = "risk_legal",
    [PR] = "pr",
    [POC_2] = "second vendor's contact",
    [DESIGN_2] = "second vendor's design",
    [NOBODY] = "nobody",
};

/* lane 0: a text of the case; 1, 2: of that vendor's lane.  What is not written is NEVER. */
struct cell_row {
    enum audience audience;
    int lane;
    int from[WHO_COUNT]; /* enum situation, or direct_situation */
};

/* clang-format off */
#define COORDINATORS(x) [COORDINATOR] = x, [COORDINATOR_WISHED] = x
#define CONTACTS(x) [POC] = x, [POC_WISHED] = x, [POC_NAMED] = x
#define PEERS(x) [PEER_OVERVIEW] = x, [PEER_DETAILS] = x, [PEER_DELEGATED] = x
#define PRIORITIES(x) [PRIORITY_OVERVIEW] = x, [PRIORITY_DETAILS] = x

static const struct cell_row coordinated[] = {
    {AUD_REPORT, 0, {[FINDER] = REPORTED, [RECEPTION] = REPORTED, [ANALYST_NAMED] = REPORTED,
                     COORDINATORS(ACCEPTED)}},
    {AUD_IDENTITY, 0, {[FINDER] = REPORTED, [RECEPTION] = REPORTED,
                       [COORDINATOR_WISHED] = ACCEPTED, [POC_WISHED] = DETAILED}},
    {AUD_FINDER, 0, {[FINDER] = REPORTED, [RECEPTION] = REPORTED}},
    /* what was relayed or told to reception, and what it relayed */
    {AUD_RECEPTION, 0, {[RECEPTION] = REPORTED, COORDINATORS(ACCEPTED)}},
    /* who gets the details (SI) may read the overview, too */
    {AUD_OVERVIEW, 0, {[RECEPTION] = REPORTED, COORDINATORS(ACCEPTED), PEERS(REPORTED),
                       PRIORITIES(REPORTED), CONTACTS(NOTIFIED), [POC_2] = NOTIFIED_2,
                       [DESIGN] = SPREAD, [RND] = SPREAD, [SI_MFG] = SPREAD_MORE}},
    {AUD_DETAILS, 0, {[RECEPTION] = REPORTED, [ANALYST_NAMED] = REPORTED, COORDINATORS(ACCEPTED),
                      [PEER_DETAILS] = REPORTED, [PRIORITY_DETAILS] = REPORTED,
                      CONTACTS(DETAILED), [DESIGN] = SPREAD_MORE, [SI_MFG] = SPREAD_MORE}},
    {AUD_COORDINATION, 1, {COORDINATORS(ACCEPTED), [PEER_DELEGATED] = REPORTED,
                           CONTACTS(NOTIFIED)}},
    {AUD_COORDINATION, 2, {COORDINATORS(ACCEPTED), [PEER_DELEGATED] = REPORTED,
                           [POC_2] = NOTIFIED_2}},
    {AUD_ALL, 0, {COORDINATORS(ACCEPTED), PEERS(REPORTED), CONTACTS(NOTIFIED),
                  [POC_2] = NOTIFIED_2}},
    {AUD_OFFICE, 0, {COORDINATORS(ACCEPTED)}},
    {AUD_RELEASE, 0, {COORDINATORS(ACCEPTED)}},
    {AUD_NOTICE, 1, {CONTACTS(NOTIFIED), [SI_SYS] = NOTICING, [CARE] = NOTICING,
                     [SALES] = NOTICING, [PR] = NOTICED}},
    {AUD_NOTICE, 2, {[POC_2] = NOTIFIED_2}},
    {AUD_DRAFT, 0, {[RECEPTION] = REPORTED, COORDINATORS(ACCEPTED), PEERS(REPORTED),
                    CONTACTS(DRAFT_SENT), [POC_2] = DRAFT_SENT, [PR] = DRAFT_SENT,
                    [SALES] = DRAFT_SHARED}},
    {AUD_DRAFT_OWN, 1, {COORDINATORS(ACCEPTED), CONTACTS(DRAFT_SENT), [PR] = DRAFT_SENT,
                        [SALES] = DRAFT_SHARED}},
    {AUD_DRAFT_OWN, 2, {COORDINATORS(ACCEPTED), [POC_2] = DRAFT_SENT}},
    {AUD_VENDOR_DRAFT, 1, {CONTACTS(NOTIFIED), [PR] = DRAFTING, [CARE] = ANNOUNCED}},
    {AUD_VENDOR_DRAFT, 2, {[POC_2] = NOTIFIED_2}},
    {AUD_VENDORS, 0, {COORDINATORS(ACCEPTED), [POC_NAMED] = NOTIFIED}},
    /* a text, too: for those who read or do something; 4.4.1, PR's, opens with 4.2.1 */
    {AUD_TITLE, 0, {[RECEPTION] = REPORTED, [ANALYST_NAMED] = REPORTED, COORDINATORS(ACCEPTED),
                    PEERS(REPORTED), PRIORITIES(REPORTED), CONTACTS(NOTIFIED),
                    [POC_2] = NOTIFIED_2, [DESIGN] = SPREAD, [RND] = SPREAD,
                    [SI_MFG] = SPREAD_MORE, [SI_SYS] = PLANNING, [CARE] = WORKING,
                    [SALES] = NOTICING, [PR] = NOTICING}},
    {AUD_CASE, 0, {[FINDER] = REPORTED, [RECEPTION] = REPORTED, [ANALYST_NAMED] = REPORTED,
                   COORDINATORS(ACCEPTED), PEERS(REPORTED), PRIORITIES(REPORTED),
                   CONTACTS(NOTIFIED), [POC_2] = NOTIFIED_2, [DESIGN] = SPREAD, [RND] = SPREAD, [QUALITY] = SPREAD,
                   [SI_MFG] = SPREAD_MORE, [SI_SYS] = PLANNING, [CARE] = WORKING,
                   [SALES] = NOTICING, [PR] = NOTICING}},
};
/* clang-format on */

static struct grants *grants_for(struct scene *s, unsigned audiences)
{
    struct grants *out = NEW(s->a, struct grants);
    struct holder *holders = NEWS(s->a, struct holder, WHO_COUNT);
    size_t n = 0;
    for (int who = 0; who < NOBODY; who++) {
        holders[n] = people[who];
        holders[n++].principal = str_z(names[who]);
    }
    rights_of(s->a, scene_now(s), holders, n, audiences, out);
    return out;
}

static struct grants *grants_of(struct scene *s)
{
    return grants_for(s, ~0u);
}

static bool may(const struct grants *all, const char *who, int lane, int step, enum audience what)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct grant *g = &all->v[i];
        if (str_eq(g->principal, str_z(who)) && (g->audiences >> what & 1) &&
            (g->lane == lane || g->lane == LANE_EVERY) &&
            (g->step == STEP_EVERY || g->step == step))
            return true;
    }
    return false;
}

enum { ANY_STEP = -2 }; /* granted for all steps alone */

static int check_situation(struct scene *s, const struct cell_row *rows, size_t n, int now)
{
    const struct grants *all = grants_of(s);
    int wrong = 0;
    for (size_t i = 0; i < n; i++)
        for (int who = 0; who < WHO_COUNT; who++) {
            int from = rows[i].from[who];
            bool want = from != NEVER && now >= from;
            bool got = may(all, names[who], rows[i].lane, ANY_STEP, rows[i].audience);
            if (want == got)
                continue;
            (void)printf("situation %d: %s %s %.*s of lane %d\n", now, names[who],
                         got ? "reads" : "does not read", SV(audience_name(rows[i].audience)),
                         rows[i].lane);
            wrong++;
        }
    return wrong;
}

static void reach(struct scene *s, int situation)
{
    switch (situation) {
    case REPORTED: scene_hop(s, 0, "0.1.1", ""); break;
    case ACCEPTED: scene_hop(s, 0, "0.1.1", ""); break;
    case SELECTED: scene_do(s, 0, "1.1", ""); break;
    case NOTIFIED: scene_do(s, 1, "1.2.1", ""); break;
    case SPREAD: scene_hop(s, 1, "1.3.1", "spread=design,rnd tell=quality"); break;
    case WANTED:
        scene_do(s, 1, "1.3.1", "details=yes");
        scene_do(s, 1, "1.4.1", "");
        break;
    case DETAILED: scene_do(s, 1, "1.5.1", ""); break;
    case SPREAD_MORE: scene_do(s, 1, "1.5.2", "spread=design,si_mfg"); break;
    case NOTIFIED_2: scene_do(s, 2, "1.2.1", ""); break;
    case PLANNING: scene_until(s, 1, "3.1.1"); break;
    case WORKING: scene_until(s, 1, "3.2.1"); break;
    case NOTICING: scene_until(s, 1, "4.2.2"); break;
    case NOTICED:
        scene_do(s, 1, "4.2.2", "");
        scene_mark(s, MARK_TOLD, 1, "4.2.2", ACTOR_PR);
        break;
    case DRAFTING: scene_until(s, 1, "5.1.1"); break;
    case ANNOUNCED:
        scene_do(s, 1, "5.1.1", "");
        scene_mark(s, MARK_TOLD, 1, "5.1.1", ACTOR_CARE);
        break;
    case DRAFT_SENT:
        scene_ask(s, KNOW_DRAFT_ASKED);
        scene_mark(s, MARK_ASKED, 1, "5.2.1", ACTOR_PR);
        break;
    case DRAFT_SHARED:
        scene_do(s, 1, "5.2.1", "");
        scene_mark(s, MARK_TOLD, 1, "5.2.1", ACTOR_SALES);
        break;
    default: break;
    }
}

TEST(in_every_situation_everybody_reads_what_the_matrix_says_and_no_more)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 2);
    int wrong = 0;
    for (int now = REPORTED; now < SITUATIONS; now++) {
        reach(s, now);
        wrong += check_situation(s, coordinated, COUNT(coordinated), now);
    }
    CHECK_I64(0, wrong);
}

TEST(every_audience_stands_in_the_matrix)
{
    unsigned seen = AUD_BIT(AUD_INTERNAL); /* step by step, below */
    for (size_t i = 0; i < COUNT(coordinated); i++)
        seen |= AUD_BIT(coordinated[i].audience);
    CHECK_I64((1 << AUDIENCE_COUNT) - 1, (i64)seen);
}

TEST(before_a_report_is_accepted_the_coordinator_does_not_know_of_it)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 0);
    scene_hop(s, 0, "0.1.1", "");
    const struct grants *all = grants_of(s);
    for (size_t i = 0; i < all->n; i++)
        CHECK(!str_has_prefix(all->v[i].principal, S("coordinator")));
}

TEST(a_case_from_an_overseas_coordinator_is_the_coordinators_from_its_notice_on)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 0);
    s->in.known = 1u << KNOW_FROM_OVERSEAS;
    CHECK(!may(grants_of(s), "coordinator", 0, ANY_STEP, AUD_REPORT));
    scene_do(s, 0, "0.2.1", "");
    CHECK(may(grants_of(s), "coordinator", 0, ANY_STEP, AUD_REPORT));
}

/* --- inside the vendor ------------------------------------------------------------------ */

/* The steps of lane 1 whose inner text it may read: "1.3.1 2.1.1"; "*": all of them. */
static str inner(struct scene *s, const char *who)
{
    const struct grants *all = grants_of(s);
    buf b = {.a = s->a};
    if (may(all, who, 1, ANY_STEP, AUD_INTERNAL))
        return S("*");
    for (int step = 0; step < (int)s->p->flow[s->in.flow].n; step++)
        if (may(all, who, 1, step, AUD_INTERNAL))
            buf_putf(&b, "%s%.*s", b.n > 0 ? " " : "", SV(s->p->flow[s->in.flow].steps[step].id));
    return b.n > 0 ? buf_str(&b) : S("");
}

TEST(a_department_reads_its_own_steps_and_while_one_is_open_what_that_rests_on)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 2);
    scene_until(s, 1, "1.3.1");
    CHECK_STR(S(""), inner(s, "design")); /* it is the contact's turn to choose */
    scene_hop(s, 1, "1.3.1", "spread=design,rnd tell=quality");
    CHECK_STR(S("1.3.1"), inner(s, "design"));
    CHECK_STR(S("1.3.1"), inner(s, "rnd"));
    CHECK_STR(S(""), inner(s, "quality")); /* learns only that it was received */
    CHECK_STR(S(""), inner(s, "si_sys"));
    CHECK_STR(S("*"), inner(s, "contact"));

    scene_until(s, 1, "1.5.2");
    CHECK_STR(S(""), inner(s, "quality")); /* also now that the step is done */
    scene_do(s, 1, "1.5.2", "spread=design,quality");
    CHECK_STR(S("1.3.1 1.5.2 2.1.1 2.3.2"), inner(s, "design"));
    CHECK_STR(S("1.5.2"), inner(s, "quality"));
    scene_do(s, 1, "2.1.1", "");
    CHECK_STR(S("1.3.1 2.1.1 2.2.1 2.3.2 2.4.1"), inner(s, "design"));
    scene_mark(s, MARK_TOLD, 1, "2.1.1", ACTOR_QUALITY);
    CHECK_STR(S("1.5.2 2.1.1"), inner(s, "quality"));

    scene_until(s, 1, "3.1.1");
    CHECK_STR(S("2.5.1 3.1.1"), inner(s, "si_sys"));
    CHECK_STR(S(""), inner(s, "care"));
    scene_until(s, 1, "3.2.1");
    CHECK_STR(S("2.2.1 2.4.1 2.5.1 3.1.1 3.2.1 3.2.2"), inner(s, "care"));
    CHECK_STR(S("2.2.1 2.4.1 2.5.1 3.1.1 3.2.1 3.2.2"), inner(s, "si_sys"));
    scene_until(s, 1, "4.2.2");
    CHECK_STR(S("3.2.1 3.2.2 4.1.1 4.2.2"), inner(s, "sales"));
    CHECK_STR(S(""), inner(s, "risk_legal"));
    scene_do(s, 1, "4.2.2", "");
    CHECK_STR(S("4.2.2"), inner(s, "sales")); /* the inputs were lent for the work */
    CHECK_STR(S("4.1.1 4.4.1"), inner(s, "pr"));
}

TEST(the_answer_to_a_question_reaches_design_while_it_reproduces)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "2.1.1");
    scene_do(s, 1, "2.3.1", "");
    scene_do(s, 1, "2.3.2", "");
    CHECK(may(grants_of(s), "design", 1, scene_step(s, "2.3.2"), AUD_INTERNAL));
    CHECK(may(grants_of(s), "design", 1, scene_step(s, "2.3.1"), AUD_INTERNAL)); /* its own */
}

TEST(a_question_that_nobody_began_gives_nobody_a_part)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "2.1.1");
    CHECK(scene_at(s, 1, "2.3.1")->status == STEP_OPEN);
    CHECK(!may(grants_of(s), "design", 1, scene_step(s, "2.3.1"), AUD_INTERNAL));
}

TEST(inside_work_is_for_its_vendor_alone)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 2);
    scene_until(s, 1, "4.1.1");
    scene_until(s, 2, "1.3.1");
    const struct grants *all = grants_of(s);
    for (int step = 0; step < (int)s->p->flow[FLOW_COORDINATED].n; step++)
        for (int who = 0; who < WHO_COUNT; who++) {
            int lane = people[who].lane;
            if (lane != 1)
                CHECK(!may(all, names[who], 1, step, AUD_INTERNAL));
            if (lane != 2)
                CHECK(!may(all, names[who], 2, step, AUD_INTERNAL));
        }
}

TEST(one_department_that_answers_for_several_kinds_has_the_rights_of_all_of_them_once)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    struct holder h[] = {
        {.principal = S("office"), .relation = REL_VENDOR_POC, .lane = 1},
        {.principal = S("works"), .relation = REL_VENDOR_DEPT, .lane = 1, .dept = ACTOR_DESIGN},
        {.principal = S("works"), .relation = REL_VENDOR_DEPT, .lane = 1, .dept = ACTOR_CARE},
    };
    struct grants all;
    scene_until(s, 1, "2.1.1");
    rights_compute(a, scene_now(s), h, COUNT(h), &all);
    for (size_t i = 1; i < all.n; i++) { /* sorted, each place once */
        int c = str_cmp(all.v[i - 1].principal, all.v[i].principal);
        bool later = all.v[i - 1].lane < all.v[i].lane ||
                     (all.v[i - 1].lane == all.v[i].lane && all.v[i - 1].step < all.v[i].step);
        CHECK(c < 0 || (c == 0 && later));
    }
    CHECK(may(&all, "works", 0, ANY_STEP, AUD_DETAILS));
}

/* The places of one audience, in their order. */
static str readers_of(struct arena *a, const struct grants *all, enum audience what)
{
    buf b = {.a = a};
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].audiences >> what & 1)
            buf_putf(&b, "%.*s/%d/%d ", SV(all->v[i].principal), all->v[i].lane, all->v[i].step);
    return buf_str(&b);
}

TEST(the_readers_of_one_audience_are_the_same_as_among_all)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 2);
    for (int now = REPORTED; now < SITUATIONS; now++) {
        reach(s, now);
        for (int what = 0; what < AUDIENCE_COUNT; what++)
            CHECK_STR(readers_of(a, grants_of(s), (enum audience)what),
                      readers_of(a, grants_for(s, AUD_BIT(what)), (enum audience)what));
    }
    CHECK(readers_of(a, grants_of(s), AUD_DETAILS).n > 0);
}

TEST(a_vendor_without_a_lane_in_the_case_reads_nothing)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 2);
    struct holder h[] = {
        {.principal = S("a"), .relation = REL_VENDOR_POC},
        {.principal = S("b"), .relation = REL_VENDOR_DEPT, .dept = ACTOR_DESIGN},
    };
    struct grants all;
    scene_until(s, 1, "5.1.1");
    rights_compute(a, scene_now(s), h, COUNT(h), &all);
    CHECK_I64(0, (i64)all.n);
}

/* --- the direct flow -------------------------------------------------------------------- */

enum direct_situation {
    D_SENT = 1,  /* 1.1.1: the source has sent it */
    D_SPREAD,    /* the contact has taken it and spread it to design and R&D */
    D_SUPPORT,   /* 1.2.1 */
    D_MEDIATED,  /* 1.2.2: the source accepted */
    D_WORKING,   /* 3.2.1 is open */
    D_NOTICING,  /* 4.2.1 is open */
    D_ANNOUNCING /* 5.1.1 is open */
};

/* clang-format off */
static const struct cell_row direct[] = {
    {AUD_REPORT, 0, {[FINDER] = D_SENT, CONTACTS(D_SENT)}},
    {AUD_IDENTITY, 0, {[FINDER] = D_SENT, CONTACTS(D_SENT)}},
    {AUD_FINDER, 0, {[FINDER] = D_SENT, CONTACTS(D_SENT), COORDINATORS(D_MEDIATED)}},
    {AUD_RECEPTION, 0, {[RECEPTION] = NEVER}},
    {AUD_OVERVIEW, 0, {CONTACTS(D_SENT), [DESIGN] = D_SPREAD, [RND] = D_SPREAD}},
    {AUD_DETAILS, 0, {CONTACTS(D_SENT), [DESIGN] = D_SPREAD, [RND] = D_SPREAD}},
    {AUD_COORDINATION, 1, {CONTACTS(D_SENT), COORDINATORS(D_SUPPORT)}},
    {AUD_ALL, 0, {[RECEPTION] = NEVER}},
    {AUD_OFFICE, 0, {[RECEPTION] = NEVER}},
    {AUD_RELEASE, 0, {[RECEPTION] = NEVER}},
    {AUD_NOTICE, 1, {CONTACTS(D_SENT), [SI_SYS] = D_NOTICING, [CARE] = D_NOTICING,
                     [SALES] = D_NOTICING}},
    {AUD_DRAFT, 0, {[RECEPTION] = NEVER}},
    {AUD_DRAFT_OWN, 1, {[RECEPTION] = NEVER}},
    {AUD_VENDOR_DRAFT, 1, {CONTACTS(D_SENT), [PR] = D_ANNOUNCING}},
    {AUD_VENDORS, 0, {[RECEPTION] = NEVER}},
    /* 4.3.1, PR's, opens with 4.2.1 */
    {AUD_TITLE, 0, {CONTACTS(D_SENT), COORDINATORS(D_MEDIATED), [DESIGN] = D_SPREAD,
                    [RND] = D_SPREAD, [SI_MFG] = D_WORKING, [SI_SYS] = D_WORKING,
                    [CARE] = D_WORKING, [SALES] = D_NOTICING, [PR] = D_NOTICING}},
    {AUD_CASE, 0, {[FINDER] = D_SENT, CONTACTS(D_SENT), COORDINATORS(D_SUPPORT),
                   [DESIGN] = D_SPREAD, [RND] = D_SPREAD, [SI_MFG] = D_WORKING,
                   [SI_SYS] = D_WORKING, [CARE] = D_WORKING, [SALES] = D_NOTICING,
                   [PR] = D_NOTICING}},
};
/* clang-format on */

static void reach_direct(struct scene *s, int situation)
{
    switch (situation) {
    case D_SENT: scene_hop(s, 1, "1.1.1", ""); break;
    case D_SPREAD: scene_hop(s, 1, "1.1.1", "spread=design,rnd"); break;
    case D_SUPPORT: scene_do(s, 1, "1.2.1", ""); break;
    case D_MEDIATED: scene_do(s, 1, "1.2.2", "accept=yes"); break;
    case D_WORKING: scene_until(s, 1, "3.2.1"); break;
    case D_NOTICING: scene_until(s, 1, "4.2.1"); break;
    case D_ANNOUNCING:
        s->in.known |= 1u << KNOW_DATE_REACHED;
        scene_until(s, 1, "5.1.1");
        break;
    default: break;
    }
}

TEST(in_a_direct_case_reception_has_no_rights_and_the_coordinator_what_it_was_given)
{
    struct scene *s = scene_new(a, FLOW_DIRECT, 1);
    int wrong = 0;
    for (int now = D_SENT; now <= D_ANNOUNCING; now++) {
        reach_direct(s, now);
        wrong += check_situation(s, direct, COUNT(direct), now);
    }
    CHECK_I64(0, wrong);
}

TEST(a_refused_mediation_gives_the_coordinator_nothing_of_the_talk_with_the_source)
{
    struct scene *s = scene_new(a, FLOW_DIRECT, 1);
    scene_until(s, 1, "2.1.1");
    scene_do(s, 1, "1.2.1", "");
    scene_do(s, 1, "1.2.2", "accept=no");
    CHECK(!may(grants_of(s), "coordinator", 0, ANY_STEP, AUD_FINDER));
    CHECK(!may(grants_of(s), "coordinator", 0, ANY_STEP, AUD_TITLE));
    CHECK(may(grants_of(s), "coordinator", 1, ANY_STEP, AUD_COORDINATION));
}

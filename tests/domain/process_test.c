/* process_test.c - the tables load as the source texts say, and a bad table says where. */
#include "t.h"

#include "help/scene.h"

/* --- the real tables -------------------------------------------------------------------- */

static str read_whole(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        SKIP("not run from the repository's root");
    buf b = {.a = a};
    size_t n;
    while ((n = fread(buf_room(&b, 4096), 1, 4096, f)) > 0)
        b.n += n;
    (void)fclose(f);
    return buf_str(&b);
}

static void check_row(str line, const struct step *s)
{
    str want[11];
    for (size_t i = 0; i < COUNT(want); i++)
        want[i] = str_cut(&line, '\t');
    char phase[2] = {(char)('0' + s->phase), 0};
    const str got[11] = {
        flow_name(s->flow),   str_z(phase),         s->id,        step_kind_name(s->kind),
        s->title[LANG_JA_AT], s->title[LANG_EN_AT], s->from,      s->to,
        s->lead_text,         s->with_text,         s->share_text};
    for (size_t i = 0; i < COUNT(want); i++)
        if (!str_eq(want[i], got[i])) {
            (void)printf("%.*s, column %zu: want \"%.*s\", got \"%.*s\"\n", SV(s->id), i + 1,
                         SV(want[i]), SV(got[i]));
            CHECK(false);
        }
}

TEST(the_53_steps_are_those_of_the_source_texts_word_for_word)
{
    const struct process *p = scene_process(a);
    str rest = read_whole(a, "tests/domain/steps_expected.tsv");
    size_t at[FLOW_COUNT] = {0};
    (void)str_cut(&rest, '\n'); /* the comment */
    (void)str_cut(&rest, '\n'); /* the header */
    while (rest.n > 0) {
        str line = str_cut(&rest, '\n');
        enum flow f = str_has_prefix(line, S("direct")) ? FLOW_DIRECT : FLOW_COORDINATED;
        CHECK(at[f] < p->flow[f].n);
        check_row(line, &p->flow[f].steps[at[f]++]);
    }
    CHECK_I64(33, (i64)at[FLOW_COORDINATED]);
    CHECK_I64(20, (i64)at[FLOW_DIRECT]);
    CHECK_I64(33, (i64)p->flow[FLOW_COORDINATED].n);
    CHECK_I64(20, (i64)p->flow[FLOW_DIRECT].n);
}

/* What the program adds to the columns above is read from these by hand: "a>b>c" is relayed by
 * b to c, so its acts are a, b, …; the last one only receives. */
TEST(the_hops_of_a_relayed_step_are_its_senders)
{
    const struct process *p = scene_process(a);
    static const struct {
        enum flow flow;
        const char *step;
        enum actor hops[4];
        size_t n;
    } want[] = {
        {FLOW_COORDINATED, "0.1.1", {ACTOR_FINDER, ACTOR_RECEPTION}, 2},
        {FLOW_COORDINATED,
         "2.3.1",
         {ACTOR_DESIGN, ACTOR_POC, ACTOR_COORDINATOR, ACTOR_RECEPTION},
         4},
        {FLOW_COORDINATED,
         "2.3.2",
         {ACTOR_FINDER, ACTOR_RECEPTION, ACTOR_COORDINATOR, ACTOR_POC},
         4},
        {FLOW_COORDINATED, "3.1.2", {ACTOR_COORDINATOR, ACTOR_RECEPTION}, 2},
        {FLOW_COORDINATED, "4.3.3", {ACTOR_COORDINATOR, ACTOR_RECEPTION}, 2},
        {FLOW_DIRECT, "2.3.1", {ACTOR_DESIGN, ACTOR_POC, ACTOR_COORDINATOR}, 3},
        {FLOW_DIRECT, "2.3.2", {ACTOR_SOURCE, ACTOR_COORDINATOR, ACTOR_POC}, 3},
    };
    for (size_t i = 0; i < COUNT(want); i++) {
        int at = process_step(p, want[i].flow, str_z(want[i].step));
        const struct step *s = &p->flow[want[i].flow].steps[at];
        CHECK_I64((i64)want[i].n, (i64)s->nhops);
        for (size_t h = 0; h < s->nhops; h++)
            CHECK_I64((i64)want[i].hops[h], (i64)s->hops[h].actor);
    }
}

TEST(si_without_a_side_means_both_sides)
{
    const struct process *p = scene_process(a);
    const struct step *s =
        &p->flow[FLOW_COORDINATED].steps[process_step(p, FLOW_COORDINATED, S("1.3.1"))];
    CHECK_I64((i64)(ACTOR_BIT(ACTOR_RND) | ACTOR_BIT(ACTOR_SI_MFG) | ACTOR_BIT(ACTOR_SI_SYS)),
              (i64)s->with_asked);
    CHECK_I64(0, (i64)s->with);
    CHECK_I64((i64)ACTOR_BIT(ACTOR_QUALITY), (i64)s->share_asked);
}

TEST(what_belongs_to_the_case_and_not_to_one_vendor)
{
    const struct process *p = scene_process(a);
    str case_steps = S("0.1.1 0.2.1 1.1 4.3.3 5.2.2 5.2.3");
    for (size_t i = 0; i < p->flow[FLOW_COORDINATED].n; i++) {
        const struct step *s = &p->flow[FLOW_COORDINATED].steps[i];
        bool of_case = false;
        for (str rest = case_steps; rest.n > 0;)
            of_case |= str_eq(str_cut(&rest, ' '), s->id);
        CHECK(s->per_lane == !of_case);
    }
}

/* --- bad tables ------------------------------------------------------------------------- */

/* A table with one text replaced at its first place; the place must be there. */
static str put(struct arena *a, str text, const char *old, const char *new)
{
    ptrdiff_t at = str_find(text, str_z(old));
    must(at >= 0);
    buf b = {.a = a};
    buf_put(&b, str_sub(text, 0, (size_t)at));
    buf_put(&b, str_z(new));
    buf_put(&b, str_from(text, (size_t)at + strlen(old)));
    return buf_str(&b);
}

/* In which line that place stands. */
static int line_of(str text, const char *what)
{
    int line = 1;
    for (ptrdiff_t i = 0, at = str_find(text, str_z(what)); i < at; i++)
        line += text.p[i] == '\n';
    return line;
}

/* Two small flows that a fault can be planted in. */
#define STEP_COLUMNS                                                                               \
    "flow\tphase\tstep\tkind\ttitle_ja\ttitle_en\tfrom\tto\tlead\twith\tshare\tnote\tscope\t"      \
    "hops\tneeds\twhen\tuntil\tfollows\tskip\tredo\tdays\tinputs\tthen\n"
static const struct process_text small = {
    .coordinated = S_INIT(
        "# a comment\n" STEP_COLUMNS
        "coordinated\t0\t0.1\tmessage\t届出\tReport\tfinder\treception\tfinder\t-\t-\t-\tcase\t"
        "finder reception\t-\t-\t-\t-\t-\t-\t7\t-\taccept\n"
        "\n"
        "coordinated\t1\t1.1\tdecision\t判断\tDecide\tpoc\tdesign\tdesign\trnd?,si\tquality?\t-\t"
        "lane\tpoc design?in\t0.1\t-\t-\t-\tpoc\tagree=no\t3\t-\tspread_overview\n"
        "coordinated\t2\t2.1\ttask\t作業\tWork\t-\t-\tpoc\t-\t-\t-\tlane\tpoc\t1.1\twanted\t-\t1."
        "1\t"
        "-\t-\t0\t1.1\t-\n"),
    .direct = S_INIT(STEP_COLUMNS
                     "direct\t1\t1.1\tmessage\t届出\tReport\tsource\tpoc\tsource\t-\t-\t-\tlane\t"
                     "source\t-\t-\t-\t-\t-\t-\t0\t-\t-\n"),
    .questions = S_INIT(
        "flow\tstep\thop\tfield\ttype\trequired\toptions\taudience\tlabel_ja\tlabel_en\thint_ja\t"
        "hint_en\n"
        "coordinated\t0.1\t2\tnote\ttext\tno\t-\treception\t記録\tNote\t-\t-\n"
        "coordinated\t1.1\t1\tspread\tdepartments\tyes\tdesign;rnd\tinternal\t部門\tTo\t-\t-\n"
        "coordinated\t1.1\t2\tagree\tchoice\tyes\tyes=はい=Yes;no=いいえ=No\tinternal\t判断\tIs it?"
        "\t注\tHint\n"
        "coordinated\t1.1\t2\twant\tchoice\tyes\tyes=はい=Yes;no=いいえ=No\tinternal\t要否\tNeeded?"
        "\t-\t-\n"),
    .facts = S_INIT("fact\tflow\trule\tja\ten\n"
                    "in\tcoordinated\tdone:0.1\t届いた\tit came\n"
                    "wanted\tcoordinated\t1.1.2:want=yes\t要る\twanted\n"),
    .rights = S_INIT("flow\trelation\taudience\treach\twhen\n"
                     "coordinated\tvendor_dept\tinternal\tlane\town:*\n"
                     "coordinated\tvendor_poc\tdetails\tcase\tdone:1.1\n"),
};

struct plant {
    const char *table, *old, *new; /* the fault stands in the line of `new` */
    const char *sentence;
};

static const struct plant plants[] = {
    {"coordinated", "\tpoc design?in", "\tpsirt design?in", "unknown actor psirt"},
    {"coordinated", "design?in", "design?wish", "unknown fact wish"},
    {"coordinated", "\tfinder reception", "\tfinder?in reception",
     "a step begins with a hop that always stands"},
    {"coordinated", "\tpoc design?in", "\t-", "unknown actor -"},
    {"coordinated", "rnd?,si", "rnd?,office", "unknown department office"},
    {"coordinated", "rnd?,si", "rnd?,finder", "unknown department finder"},
    {"coordinated", "\tlane\tpoc\t1.1\twanted", "\tlane\tpoc\t1.2\twanted",
     "no step 1.2 in the coordinated flow"},
    {"coordinated", "\t1.1\twanted", "\t1.1\tneeded", "unknown fact needed"},
    {"coordinated", "\t1.1\twanted", "\t1.1\tdone:9.9", "no step 9.9 in the coordinated flow"},
    {"coordinated", "\t1.1\twanted", "\t1.1\tonce:1.1", "unknown word once in a rule"},
    {"coordinated", "\t1.1\twanted", "\t1.1\tdone:wanted", "done: wants a step, got wanted"},
    {"coordinated", "\t1.1\twanted", "\t1.1\t@wished", "unknown @wished"},
    {"coordinated", "\t1.1\twanted", "\t1.1\twanted|", "an empty term in a rule"},
    {"coordinated", "\t1.1\twanted", "\t1.1\twanted  in", "an empty term in a rule"},
    {"coordinated", "\t1.1\twanted", "\t1.1\t1.1:want=yes", "no step 1 in the coordinated flow"},
    {"coordinated", "\t1.1\twanted", "\t1.1\t1.1.3:want=yes",
     "1.1.3:want=yes: the step has no hop 3"},
    {"coordinated", "\t1.1\twanted", "\t1.1\t1.1.x:want=yes",
     "want STEP.HOP:FIELD=VALUE, got 1.1.x:want=yes"},
    {"coordinated", "\t1.1\twanted", "\t1.1\t1.1.2:=yes",
     "want STEP.HOP:FIELD=VALUE, got 1.1.2:=yes"},
    {"coordinated", "\t1.1\twanted", "\t1.1\tspread:1.1", "spread: belongs to rights alone"},
    {"coordinated", "\t1.1\twanted", "\t1.1\town:*", "own: belongs to rights alone"},
    {"coordinated", "\t1.1\twanted", "\t1.1\tall:0.1", "all: wants a step of the lanes, got 0.1"},
    {"coordinated", "\tfinder reception\t-", "\tfinder reception\t1.1",
     "0.1 is a step of the case: say all:1.1"},
    {"coordinated", "\tfinder reception\t-\t-", "\tfinder reception\t-\t1.1.2:want=yes",
     "0.1 is a step of the case: say all:1.1"},
    {"coordinated", "\tfinder reception\t-\t-\t-", "\tfinder reception\t-\t-\tdone:1.1",
     "0.1 is a step of the case: say all:1.1"},
    {"coordinated", "wanted\t-\t1.1", "wanted\t-\t1.9", "follows: no step 1.9"},
    {"coordinated", "wanted\t-\t1.1", "wanted\t-\t2.1",
     "follows: wants another step of the same scope"},
    {"coordinated", "wanted\t-\t1.1", "wanted\t-\t0.1",
     "follows: wants another step of the same scope"},
    {"coordinated", "\t0\t1.1\t-\n", "\t0\t1.7\t-\n", "inputs: no step 1.7"},
    {"coordinated", "spread_overview", "spread_butter", "unknown word spread_butter"},
    {"coordinated", "agree=no", "agree", "redo wants FIELD=VALUE"},
    {"coordinated", "\tpoc\tagree=no", "\tboss\tagree=no", "unknown word boss"},
    {"coordinated", "\tdecision\t", "\tguess\t", "unknown kind guess"},
    {"coordinated", "coordinated\t2\t2.1", "coordinated\t6\t2.1", "phase wants 0 to 5"},
    {"coordinated", "coordinated\t2\t2.1", "coordinated\t-\t2.1", "phase wants 0 to 5"},
    {"coordinated", "\t7\t-\taccept", "\tsoon\t-\taccept", "days wants 0 to 3650"},
    {"coordinated", "\t7\t-\taccept", "\t3651\t-\taccept", "days wants 0 to 3650"},
    {"coordinated", "\tlane\tpoc design", "\tvendor\tpoc design", "scope wants case or lane"},
    {"coordinated", "\treception\tfinder\t", "\treception\tfriend\t", "unknown lead friend"},
    {"coordinated", "coordinated\t2\t2.1", "coordinated\t2\t1.1", "step 1.1 stands twice"},
    {"coordinated", "coordinated\t2\t2.1", "direct\t2\t2.1", "flow is direct"},
    {"coordinated", "flow\tphase", "flow", "column phase is missing"},
    {"coordinated", "flow\tphase", "flow\tflow\tphase", "column flow stands twice"},
    {"coordinated", "\tthen\n", "\tthen\tcolour\n", "unknown column colour"},
    {"coordinated", "\t0\t1.1\t-\n", "\t0\t1.1\n", "22 cells in place of 23"},
    {"questions", "\ttext\t", "\tpoem\t", "unknown word poem"},
    {"questions", "\treception\t記録", "\teverybody\t記録", "unknown word everybody"},
    {"questions", "\tyes\tdesign;rnd", "\tperhaps\tdesign;rnd", "required wants yes or no"},
    {"questions", "0.1\t2\tnote", "0.1\t3\tnote", "step 0.1 has no hop 3"},
    {"questions", "0.1\t2\tnote", "0.1\t0\tnote", "hop wants a number from 1"},
    {"questions", "0.1\t2\tnote", "0.9\t2\tnote", "no step 0.9 in that flow"},
    {"questions", "coordinated\t0.1\t2", "direct\t0.1\t2", "no step 0.1 in that flow"},
    {"questions", "2\twant\t", "2\tagree\t", "field agree stands twice in a hop"},
    {"questions", "yes=はい=Yes;no", "yes=はい;no", "an option wants value=ja=en"},
    {"questions", "yes=はい=Yes;no", "=はい=Yes;no", "an option wants value=ja=en"},
    {"questions", "\tchoice\tyes\tyes=はい=Yes;no=いいえ=No\t", "\tchoice\tyes\t-\t",
     "options belong to type choice, and to it alone"},
    {"questions", "\ttext\tno\t-\t", "\ttext\tno\ta=あ=A\t",
     "options belong to type choice, and to it alone"},
    {"questions", "design;rnd", "design,rnd", "unknown word design,rnd"},
    {"questions", "design;rnd", "design;finder",
     "type departments wants kinds of departments as its options"},
    {"facts", "wanted\tcoordinated", "in\tcoordinated", "fact in stands twice"},
    {"facts", "in\tcoordinated", "in\tsideways", "unknown flow sideways"},
    {"facts", "\tdone:0.1\t", "\tdone:0.2\t", "no step 0.2 in the coordinated flow"},
    {"facts", "\tdone:0.1\t", "\twanted\t", "fact wanted must stand above the rule that names it"},
    {"facts", "\tdone:0.1\t", "\tin\t", "fact in must stand above the rule that names it"},
    {"facts", "\tdone:0.1\t", "\tspread:1.1\t", "spread: belongs to rights alone"},
    {"rights", "\tvendor_poc\t", "\tmanager\t", "unknown word manager"},
    {"rights", "\tdetails\t", "\tsecrets\t", "unknown word secrets"},
    {"rights", "\tcase\tdone:1.1", "\tworld\tdone:1.1", "unknown word world"},
    {"rights", "done:1.1", "done:1.2", "no step 1.2 in the coordinated flow"},
    {"facts", "it came", "it\x01 came", "a control character in column en"},
    {"facts", "it came", "it \xff came", "this is not UTF-8"},
    {"rights", "coordinated\tvendor_poc", "direct\tvendor_poc\t", "6 cells in place of 5"},
};

static str *table_of(struct process_text *t, const char *name)
{
    return strcmp(name, "coordinated") == 0 ? &t->coordinated
           : strcmp(name, "direct") == 0    ? &t->direct
           : strcmp(name, "questions") == 0 ? &t->questions
           : strcmp(name, "facts") == 0     ? &t->facts
                                            : &t->rights;
}

TEST(every_kind_of_bad_table_gives_its_line_and_a_sentence)
{
    struct process p;
    struct process_fault fault;
    CHECK_ERR(OK, process_load(a, &small, &p, &fault));
    for (size_t i = 0; i < COUNT(plants); i++) {
        const struct plant *x = &plants[i];
        struct process_text text = small;
        str *table = table_of(&text, x->table);
        str good = *table;
        *table = put(a, good, x->old, x->new);
        (void)printf("  %s: %s\n", x->table, x->sentence);
        CHECK_ERR(E_INVALID, process_load(a, &text, &p, &fault));
        CHECK_STR(str_z(x->sentence), fault.what);
        CHECK_STR(str_z(x->table), fault.table);
        CHECK_I64(line_of(good, x->old), fault.line);
    }
}

TEST(an_empty_table_has_no_header)
{
    struct process p;
    struct process_fault fault;
    struct process_text text = small;
    text.rights = S("# nothing\n");
    CHECK_ERR(E_INVALID, process_load(a, &text, &p, &fault));
    CHECK_STR(S("there is no header line"), fault.what);
    CHECK_I64(0, fault.line);
}

TEST(a_fact_of_one_flow_is_unknown_to_the_other)
{
    struct process p;
    struct process_fault fault;
    struct process_text text = small;
    text.direct = put(a, text.direct, "lane\tsource\t-\t-", "lane\tsource\t-\tin");
    CHECK_ERR(E_INVALID, process_load(a, &text, &p, &fault));
    CHECK_STR(S("fact in is not one of the direct flow"), fault.what);
    CHECK_STR(S("direct"), fault.table);
}

TEST(a_dash_stands_for_nothing_in_words_too)
{
    struct process p;
    struct process_fault fault;
    struct process_text text = small;
    text.coordinated = put(a, text.coordinated, "\tReport\t", "\t-\t");
    CHECK_ERR(OK, process_load(a, &text, &p, &fault));
    CHECK_STR(S(""), p.flow[FLOW_COORDINATED].steps[0].title[LANG_EN_AT]);
}

/* --- proofs ----------------------------------------------------------------------------- */

static const struct findings *check_with(struct arena *a, const char *table, const char *old,
                                         const char *new)
{
    struct process_text text = scene_tables();
    struct process p;
    struct process_fault fault;
    struct findings *found = NEW(a, struct findings);
    if (table != NULL)
        *table_of(&text, table) = put(a, *table_of(&text, table), old, new);
    enum err e = process_load(a, &text, &p, &fault);
    if (e != OK)
        (void)printf("%.*s:%d: %.*s\n", SV(fault.table), fault.line, SV(fault.what));
    CHECK_ERR(OK, e);
    process_check(a, &p, found);
    return found;
}

static void must_find(const struct findings *found, const char *sentence)
{
    for (size_t i = 0; i < found->n; i++)
        if (str_has_prefix(found->v[i], str_z(sentence)))
            return;
    (void)printf("not found: %s\n", sentence);
    for (size_t i = 0; i < found->n; i++)
        (void)printf("  found: %.*s\n", SV(found->v[i]));
    CHECK(false);
}

TEST(nothing_is_wrong_with_the_shipped_process)
{
    const struct findings *found = check_with(a, NULL, NULL, NULL);
    for (size_t i = 0; i < found->n; i++)
        (void)printf("%.*s\n", SV(found->v[i]));
    CHECK_I64(0, (i64)found->n);
}

TEST(a_step_that_waits_for_what_never_comes_is_a_dead_end_told_once_with_its_answers)
{
    const struct findings *found =
        check_with(a, "coordinated", "\tlane\tpoc\t1.3.1\tdetails_wanted",
                   "\tlane\tpoc\t1.3.1 @shared_details\tdetails_wanted");
    must_find(found, "coordinated 1.4.1: a dead end: it waits for ever with "
                     "1.3.1.2:details=yes");
    CHECK_I64(1, (i64)found->n);
}

TEST(a_lane_fact_that_a_step_of_the_case_asks_for_is_a_dead_end)
{
    must_find(
        check_with(a, "coordinated", "all:5.2.1 date_reached", "all:5.2.1 date_reached affected"),
        "coordinated 5.2.2: a dead end");
}

TEST(a_step_whose_condition_cannot_hold_is_found)
{
    must_find(check_with(a, "coordinated", "\t4.1.2\tcustomers_unspecified\t",
                         "\t4.1.2\tcustomers_unspecified customers_all_known "
                         "nonpublication_agreed\t"),
              "coordinated 4.2.1: it can never be done");
}

TEST(a_condition_that_always_holds_is_found)
{
    must_find(check_with(a, "coordinated", "\t1.1\t-\t-\t-\t-\t-\t3\t-\toverview",
                         "\t1.1\tcame_from_finder|came_from_overseas\t-\t-\t-\t-\t3\t-\toverview"),
              "coordinated 1.2.1: its condition never fails");
}

TEST(a_missing_word_is_found_in_every_place)
{
    must_find(check_with(a, "coordinated", "Report the vulnerability", "-"),
              "0.1.1: a title is missing in one language");
    must_find(check_with(a, "facts", "a finder reported it to reception", "-"),
              "came_from_finder: a word is missing in one language");
    must_find(check_with(a, "questions", "All mandatory items are there", "-"),
              "0.1.1 complete: a label is missing in one language");
    must_find(
        check_with(a, "questions", "What is missing is first completed with the finder.", "-"),
        "0.1.1 complete: the hint is in one language only");
}

TEST(an_answer_that_nobody_gives_is_found)
{
    must_find(check_with(a, "facts", "1.3.1.2:details=yes", "1.3.1.2:details=perhaps"),
              "details_wanted: 1.3.1 never answers details=perhaps");
    must_find(check_with(a, "facts", "1.3.1.2:details=yes", "1.3.1.1:details=yes"),
              "details_wanted: 1.3.1 never answers details=yes");
    must_find(check_with(a, "coordinated", "agree=no\t7", "agree=never\t7"),
              "3.1.1: its last hop never answers agree=never");
}

TEST(a_relay_that_asks_nothing_is_found)
{
    must_find(check_with(a, "questions", "coordinated\t2.3.1\t3\tquestion",
                         "coordinated\t2.3.1\t4\tquestion2"),
              "2.3.1: hop 3 asks nothing");
}

TEST(steps_that_need_each_other_are_found_with_the_way_round)
{
    must_find(check_with(a, "coordinated", "\tlane\tdesign\t1.5.2\tdetails_wanted\t-\t-\t-\t-\t7",
                         "\tlane\tdesign\t1.5.2 2.2.1\tdetails_wanted\t-\t-\t-\t-\t7"),
              "coordinated 2.1.1: it needs itself: 2.1.1 → 2.2.1 → 2.1.1");
}

TEST(a_cycle_through_a_fact_is_found)
{
    must_find(check_with(a, "coordinated", "\t1.3.1\tdetails_wanted\t-\t-\t-\t-\t2",
                         "\t1.3.1\tdetails_wanted !affected\t-\t-\t-\t-\t2"),
              "coordinated 1.4.1: it needs itself: 1.4.1 → affected → 2.4.1 → 2.1.1 → 1.5.2 → "
              "1.5.1 → 1.4.1");
}

TEST(a_refusal_that_can_never_end_is_found)
{
    must_find(
        check_with(a, "questions",
                   "3.1.1\t2\tagree\tchoice\tyes\tyes=了解する=Agree;no=了解しない=Do not agree",
                   "3.1.1\t2\tagree\tchoice\tyes\tno=了解しない=Do not agree"),
        "coordinated 3.1.1: it is never finished");
}

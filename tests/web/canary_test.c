/* canary_test.c - nothing unpublished appears where there is no right to it: not in any answer
 * of any route, header, file, found text, mail or line of the log. */
#include "app/outbox.h"
#include "help/tour.h"
#include "t.h"

#include <unistd.h>

#define W(x) (1u << WHO_##x)
#define INTAKE (W(RECEPTION) | W(COORDINATOR) | W(ANALYST))
#define LANE (W(POC) | W(DEPT))

/* Each text of rights.h's stage with who may read it, by process/rights.tsv.  The reports of A
 * and D are alike: the vendor's contact has D's. */
static const struct {
    const char *text;
    unsigned readers;
} canaries[] = {
    /* the original, and who sent it */
    {"report/steps", INTAKE | W(FINDER_A) | W(FINDER_D) | LANE}, /* the first details, too */
    {"taro@finder.example", W(RECEPTION) | W(FINDER_A) | W(FINDER_D) | W(POC)},
    {"w/circumstances", W(RECEPTION) | W(FINDER_W)},
    {"w/details", W(RECEPTION) | W(SITE)},
    /* words with the finder */
    {"a/finder", W(RECEPTION) | W(FINDER_A)},
    {"d/finder", W(POC) | W(FINDER_D)},
    {"0.1.1/2/to_finder", W(RECEPTION) | W(FINDER_A)},
    /* between the offices */
    {"0.1.1/2/note", W(RECEPTION) | W(COORDINATOR)},
    {"a/message", W(COORDINATOR) | W(POC)},
    {"To the contact of mihon", W(COORDINATOR) | W(POC)},
    /* of the case */
    {"a/title", INTAKE | W(PEER) | W(PRIORITY) | LANE | W(OTHER_VENDOR)},
    {"A gateway can be taken over",
     W(RECEPTION) | W(COORDINATOR) | W(PEER) | W(PRIORITY) | LANE | W(OTHER_VENDOR)},
    {"How to reproduce it", INTAKE | LANE},
    {"a/vulnerability", INTAKE | LANE},
    {"a/unreleased", W(RECEPTION) | W(COORDINATOR) | W(PEER)},
    /* inside the vendor */
    {"Please look", LANE},
    {"an unchecked length", LANE},
    {"serious", LANE},
};

struct watch {
    const struct rights_stage *r;
    size_t seen[COUNT(canaries)], leaks;
};

static void look(struct watch *x, str bytes, enum who w, const char *where, str place)
{
    for (size_t i = 0; i < COUNT(canaries); i++) {
        if (str_find(bytes, str_z(canaries[i].text)) < 0)
            continue;
        if (canaries[i].readers >> w & 1) {
            x->seen[i]++;
            continue;
        }
        x->leaks++;
        (void)printf("\"%s\" is read by %s in %s %.*s\n", canaries[i].text, who_name(w), where,
                     SV(place));
    }
}

static void look_at_page(struct watch *x, struct page p, enum who w, const char *where, str place)
{
    look(x, p.body, w, where, place);
    for (size_t i = 0; i < p.rs.headers.n; i++)
        look(x, p.rs.headers.v[i].value, w, where, place);
    if (p.rs.fd < 0)
        return;
    char bytes[4096];
    ssize_t n = pread(p.rs.fd, bytes, sizeof bytes, 0);
    look(x, (str){bytes, n > 0 ? (size_t)n : 0}, w, where, place);
    (void)close(p.rs.fd);
}

static void visit_route(struct watch *x, const struct route *route)
{
    for (enum target t = tour_first(route); t <= tour_last(route); t++)
        for (enum who w = 0; w < WHO_COUNT; w++) {
            struct arena *a = arena_new();
            str path;
            struct page p = tour_ask(x->r, a, route, t, w, &path);
            look_at_page(x, p, w, method_names[route->method], path);
            arena_free(a);
        }
}

/* By the API, whose answer does not repeat what was typed. */
static void search_all(struct watch *x, const char *route)
{
    for (size_t i = 0; i < COUNT(canaries); i++)
        for (enum who w = 0; w < WHO_COUNT; w++) {
            struct arena *a = arena_new();
            x->r->st->n++;
            struct stage own = *x->r->st;
            own.a = a;
            struct visitor *v = visit_who(x->r, &own, w, true);
            buf b = {.a = a};
            buf_put(&b, str_z(route));
            for (const char *c = canaries[i].text; *c != '\0'; c++)
                if (*c == ' ')
                    buf_char(&b, '+');
                else
                    buf_char(&b, *c);
            look_at_page(x, visit_url(v, buf_str(&b)), w, "search", buf_str(&b));
            arena_free(a);
        }
}

/* --- what leaves the program ------------------------------------------------------------------ */

static struct {
    struct arena *a;
    buf log, mails;
    size_t lines, nmails;
} out;

static void keep_line([[maybe_unused]] const struct app *app, str line)
{
    buf_put(&out.log, line);
    out.lines++;
}

static enum err keep_mail([[maybe_unused]] void *arg, [[maybe_unused]] struct arena *a,
                          [[maybe_unused]] struct fault *f, const struct smtp_mail *m,
                          struct smtp_answer *answer)
{
    str rest = m->bytes;
    while (rest.n > 0) { /* whom it is for stands in it by right */
        str line = str_cut(&rest, '\n');
        if (!str_has_prefix(line, S("To:")))
            buf_putf(&out.mails, "%.*s\n", SV(line));
    }
    out.nmails++;
    *answer = (struct smtp_answer){.outcome = SMTP_SENT};
    return OK;
}

static void send_mails(struct stage *st)
{
    struct outbox_mailer mailer = {keep_mail, NULL};
    struct outbox_count count = {0};
    struct fault fault = {0};
    bool more;
    for (int i = 0; i < 10; i++) /* notices become mails, which are sent */
        CHECK_ERR(OK, outbox_work(st->app, &mailer, 100, NULL, &fault, &count, &more));
}

TEST(no_unpublished_text_appears_where_there_is_no_right_to_it)
{
    struct stage *st = stage_open(a, "sqlite");
    out.log.a = out.mails.a = a;
    st->app->log = keep_line;
    struct watch x = {.r = rights_stage(st)};
    for (int unsafe = 0; unsafe <= 1; unsafe++)
        for (size_t i = 0; i < all_routes_count; i++)
            for (size_t k = 0; k < all_routes[i]->n; k++)
                if ((all_routes[i]->v[k].method != GET) == unsafe)
                    visit_route(&x, &all_routes[i]->v[k]);
    search_all(&x, "/api/v1/search/cases?q=");
    search_all(&x, "/api/v1/search?q=");
    send_mails(st);
    look(&x, buf_str(&out.log), WHO_NOBODY, "the log", S(""));
    look(&x, buf_str(&out.mails), WHO_NOBODY, "mails", S(""));
    CHECK(out.nmails > 5);
    for (size_t i = 0; i < COUNT(canaries); i++) {
        if (x.seen[i] == 0)
            (void)printf("nobody saw \"%s\"\n", canaries[i].text);
        CHECK(x.seen[i] > 0);
    }
    CHECK_I64(0, (i64)x.leaks);
}

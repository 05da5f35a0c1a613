/* rights.h - for tests: one actor of every role, in every relation to a case that there is.
 *
 * Case A is coordinated: a finder's report, two vendors of which one has the details, an
 * overseas coordinator with the overview, a priority body, a named analyst.  Case D is direct,
 * by another finder, to the first of these vendors.  Report W is about a website, handed to its
 * operator. */
#ifndef HELP_RIGHTS_H
#define HELP_RIGHTS_H

#include "help/case_walk.h"
#include "help/web.h"

/* clang-format off */
enum who {
    WHO_NOBODY, WHO_FINDER_A, WHO_FINDER_D, WHO_FINDER_W, WHO_RECEPTION, WHO_COORDINATOR, WHO_PEER,
    WHO_PRIORITY, WHO_ANALYST, WHO_SITE, WHO_POC, WHO_DEPT, WHO_TOLD, WHO_OTHER_DEPT,
    WHO_OTHER_VENDOR, WHO_STRANGER, WHO_AUDITOR, WHO_OPERATOR, WHO_COUNT
};
/* clang-format on */

struct rights_stage {
    struct stage *st;
    struct walk *a, *d;
    str report_a, report_d, report_w; /* ids */
    str case_a, case_d;               /* numbers */
    str lane;                         /* of the first vendor in A */
    str text_a, file_a;               /* a message to that vendor in A, and its file */
    str file_report_a;                /* a file that A's finder sent to reception */
    str vuln_a;
    str dept; /* of the first vendor: customer care */
};
struct rights_stage *rights_stage(struct stage *st);

const char *who_name(enum who w);

/* The ids of the cases and reports that an actor may know of, by domain.md. */
bool who_knows_case(enum who w, bool direct);

/* Signed in anew: at the browser, or for the API with a bearer. */
struct visitor *visit_who(const struct rights_stage *r, struct stage *st, enum who w, bool api);

#endif

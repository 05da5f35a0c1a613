/* released.h - for tests: a case up to its advisory, and over it. */
#ifndef HELP_RELEASED_H
#define HELP_RELEASED_H

#include "app/advisory.h"
#include "help/walk.h"

/* Two vendors; reiji needs no details; all is done but the agreement and the publication. */
struct walk *undrafted(struct stage *st);

/* The required sections: "ja.title" = "Gateway X における脆弱性", and the same in English. */
struct input *draft_ja(struct arena *a);
struct input *draft_en(struct arena *a);

/* The coordinator saves; the new rev. */
i64 draft_save(struct walk *w, i64 rev, const struct input *in);

/* CVE-2023-5915, CWE-400, CVSS 5.3. */
void vulnerability_add(struct walk *w);

/* Both languages written, one vulnerability; nothing is public yet. */
struct walk *drafted(struct stage *st);

/* Both languages, one vulnerability, mihon agreed, all public. */
struct walk *released(struct stage *st);

/* The same with two: CVE-2026-10002, CWE-79, CVSS 6.1 beside it. */
struct walk *released_two(struct stage *st);

/* mihon of those two: X before 2.4 is affected, but not by the vulnerability `clear`; Y is affected
 * by the one of `only` alone.  Each by ordinal or CVE number. */
void two_said(struct walk *w, const char *clear, const char *only);

/* The advisory's number. */
str number_of(struct walk *w);

#endif

/* process_load.h - between the files of the loader. */
#ifndef DOMAIN_PROCESS_LOAD_H
#define DOMAIN_PROCESS_LOAD_H

#include "domain/process_names.h"
#include "formats/tsv.h"

/* What one program can follow from rule to rule without running out of stack. */
enum { MOST_STEPS = 128, MOST_FACTS = 128 };

struct loader {
    struct arena *a;
    struct process *p;
    struct process_fault *fault;
    str table; /* being read */
    int line;
    size_t facts; /* how many of them a rule may name: those above it */
};

/* Always E_INVALID; the sentence is kept. */
PRINTF(2, 3) enum err load_bad(struct loader *l, const char *fmt, ...);

/* "-" stands for nothing. */
str load_cell(str cell);

/* Words separated by sep, looked up in a closed list, as bits. */
enum err load_bits(struct loader *l, str list, char sep, const str *names, size_t n, unsigned *out);

/* "*", or one flow's name, as bits. */
enum err load_flows(struct loader *l, str cell, unsigned *out);

/* A rule as one flow understands it.  rights: department terms are allowed. */
enum err load_rule(struct loader *l, str text, enum flow flow, bool rights, struct rule *out);

/* A fact of that flow that the table being read may name. */
enum err load_fact_at(struct loader *l, str id, enum flow flow, int *out);

enum err load_table(struct loader *l, str name, str text, const str *columns, size_t n,
                    struct tsv *out);
/* Both languages of a word, into an empty place. */
enum err load_word(struct loader *l, str id, str ja, str en, str word[LANGS]);

/* E_INVALID: one of a closed list is not there. */
enum err load_all(struct loader *l, const str *names, size_t n, const bool *there);

enum err load_steps(struct loader *l, enum flow flow, str text);      /* ids, words, people */
enum err load_step_rules(struct loader *l, enum flow flow, str text); /* what names other steps */
enum err load_questions(struct loader *l, str text);
enum err load_fact_names(struct loader *l, str text);
enum err load_fact_rules(struct loader *l, str text);
enum err load_rights(struct loader *l, str text);

#endif

/* now.h - what a case waits for, for whom, until when: the reader's own first. */
#ifndef APP_NOW_H
#define APP_NOW_H

#include "domain/process.h"

struct now_item {
    bool own;        /* waits for the reader */
    bool hidden;     /* inside a vendor: no step is named */
    str lane;        /* a party's id; empty: the case's own */
    str lane_name;   /* empty where it goes without saying */
    str step, title; /* empty where hidden */
    str asks;        /* own: what is asked, in short */
    str who;         /* who is awaited, by name; own: as whom the reader acts */
    enum actor as;   /* own: in which part */
    i64 round, hop;  /* hop 0: a signature */
    i64 since;       /* 0: not to be told */
    opt_i64 due;
};
struct now {
    struct now_item *v; /* own first, each nearest due first */
    size_t n, cap, own;
};
#endif

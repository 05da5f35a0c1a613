/* talk_view.h - the conversation as its reader may see it, thread by thread. */
#ifndef APP_TALK_VIEW_H
#define APP_TALK_VIEW_H

#include "app/attach.h"
#include "app/step_view.h"

/* A message, or what an act of a step wrote for this audience. */
struct talk_entry {
    str id;          /* of its first text: anchor, and what is passed on */
    str who, person; /* body or department; the person, where the reader may know it */
    i64 at;
    bool own, unread, may_relay;
    str lane, step, title; /* of an answer; empty: a message */
    bool relayed;          /* made from another text */
    struct answer_views body;
    const struct attachment *files;
    size_t nfiles;
    const struct step_way *way; /* of a step that is handed on hop by hop */
    size_t nway;
};

struct talk_thread {
    str key, name;
    enum audience audience;
    i64 n, unread;
    bool here, may_write;
};

struct talk_view {
    struct talk_thread *threads;
    size_t nthreads;
    str here, name;             /* key of the thread that is shown; absent: there is none */
    const struct talk_entry *v; /* of it, oldest first */
    size_t n;
    i64 older; /* before these */
    bool may_write;
    struct phrases sees;
    i64 unread;     /* in all threads */
    str newest;     /* text to be marked as seen; absent: nothing is unread */
    str unread_key; /* thread of the first unread, and the text's id */
    str unread_id;
};

enum { TALK_SHOWN = 30, TALK_MOST = 500 };

#endif

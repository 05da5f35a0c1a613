/* boot.h - the process behind every request and command: opened once, closed at the end. */
#ifndef APP_BOOT_H
#define APP_BOOT_H

#include "app/ctx.h"

struct boot {
    str data_dir;    /* keys, the SQLite file, spool; made (0700) where it is not there */
    str database;    /* postgresql://… or sqlite:PATH; absent: kakehashi.db in data_dir */
    str process_dir; /* tables in place of those inside the program; absent: those */
    str clock_file;  /* tests: see clock_follow(); absent: the system's clock */
    str public_url;  /* absent: http://127.0.0.1:8080 */
    bool demo;
    bool migrate;        /* bring the schema up first; else an old schema is E_CONFLICT */
    bool unsafe;         /* tests: no fsync */
    bool no_limits;      /* benches and tests: throttles far away */
    bool reach_loopback; /* tests: see struct app */
    size_t readers;      /* 0: the store's default */
};

/* Opens the store, loads and checks the tables, makes the keys of a new installation.
 * *out lives in `a`, the store is closed with it.  The fault says what is wrong, for people:
 * E_INVALID a table, E_CONFLICT the schema, E_IO the database or the folder. */
enum err app_boot(struct arena *a, const struct boot *b, struct fault *f, struct app **out);

/* The tables alone, without a database: for `kakehashi process`. */
enum err process_boot(struct arena *a, str process_dir, struct process *out, struct fault *f);

/* Read the generation of public content as the database has it now. */
enum err app_generation(struct ctx *cx, i64 *out);

#endif

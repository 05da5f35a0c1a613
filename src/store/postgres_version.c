/* postgres_version.c - what was committed so far: the snapshot of this very transaction.
 *
 * Which rows a transaction sees follows from its snapshot alone: two with the same list of
 * transactions that ended and that run see the same rows.  One that follows another database
 * (a standby) does not list those that run, and a server that was started anew, or took the
 * place of another, may count on from an earlier number: so the time of its start goes along. */
#include "store/postgres.h"

#include <stddef.h>

struct version_row {
    str version;
};

static const struct col version_out[] = {{COL_OPT_STR, offsetof(struct version_row, version)}};

static const struct stmt version = {
    .name = "version",
    .postgres = "SELECT CASE WHEN pg_is_in_recovery() THEN NULL"
                " ELSE pg_postmaster_start_time()::text || ' ' || pg_current_snapshot()::text END",
    .out = version_out,
    .nout = COUNT(version_out),
    .row = sizeof(struct version_row),
};

enum err postgres_version(struct db *db, str *out)
{
    struct version_row row;
    TRY(db_one(db, &version, NULL, &row));
    *out = row.version;
    return OK;
}

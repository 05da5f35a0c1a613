/* postgres_late.c - libpq's functions as its header declares them; the first call opens it.
 *
 * It brings Kerberos, LDAP and OpenSSL, which cost each start of a program milliseconds. */
#include "base/late.h"

#pragma GCC visibility push(hidden)
#include <libpq-fe.h>

#define LIBPQ(ANSWER, PLAIN, OWN)                                                                  \
    PLAIN(PQclear, (PGresult * res), (res))                                                        \
    ANSWER(char *, PQcmdStatus, (PGresult * res), (res))                                           \
    ANSWER(char *, PQcmdTuples, (PGresult * res), (res))                                           \
    ANSWER(PGconn *, PQconnectdbParams,                                                            \
           (const char *const *names, const char *const *values, int expand),                      \
           (names, values, expand))                                                                \
    PLAIN(PQconninfoFree, (PQconninfoOption * options), (options))                                 \
    ANSWER(PQconninfoOption *, PQconninfoParse, (const char *text, char **why), (text, why))       \
    ANSWER(char *, PQerrorMessage, (const PGconn *c), (c))                                         \
    ANSWER(PGresult *, PQexec, (PGconn * c, const char *sql), (c, sql))                            \
    ANSWER(PGresult *, PQexecPrepared,                                                             \
           (PGconn * c, const char *name, int n, const char *const *values, const int *lengths,    \
            const int *formats, int format),                                                       \
           (c, name, n, values, lengths, formats, format))                                         \
    PLAIN(PQfinish, (PGconn * c), (c))                                                             \
    ANSWER(char *, PQfname, (const PGresult *res, int i), (res, i))                                \
    ANSWER(Oid, PQftype, (const PGresult *res, int i), (res, i))                                   \
    ANSWER(int, PQgetisnull, (const PGresult *res, int row, int i), (res, row, i))                 \
    ANSWER(int, PQgetlength, (const PGresult *res, int row, int i), (res, row, i))                 \
    ANSWER(char *, PQgetvalue, (const PGresult *res, int row, int i), (res, row, i))               \
    ANSWER(int, PQnfields, (const PGresult *res), (res))                                           \
    ANSWER(int, PQntuples, (const PGresult *res), (res))                                           \
    ANSWER(PGresult *, PQprepare,                                                                  \
           (PGconn * c, const char *name, const char *sql, int n, const Oid *types),               \
           (c, name, sql, n, types))                                                               \
    ANSWER(char *, PQresultErrorField, (const PGresult *res, int which), (res, which))             \
    ANSWER(ExecStatusType, PQresultStatus, (const PGresult *res), (res))                           \
    ANSWER(int, PQserverVersion, (const PGconn *c), (c))                                           \
    ANSWER(PQnoticeReceiver, PQsetNoticeReceiver, (PGconn * c, PQnoticeReceiver fn, void *arg),    \
           (c, fn, arg))                                                                           \
    ANSWER(ConnStatusType, PQstatus, (const PGconn *c), (c))                                       \
    ANSWER(PGTransactionStatusType, PQtransactionStatus, (const PGconn *c), (c))

LATE_LIBRARY("libpq.so.5", LIBPQ)
#pragma GCC visibility pop

#include "store/postgres.h"

void postgres_load(void)
{
    (void)late();
}

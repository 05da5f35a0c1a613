/* entries.c - see entries.h. */
#include "lib/entries.h"

enum { ENTRIES = 100, ROWS = 12, MODELS = 4 };

/* What stands between literal texts, anew in each copy. */
enum part_kind { PART_TEXT, PART_NUMBER, PART_TIME, PART_CVE, PART_WORD, PART_GROUP, PART_MODEL };
struct part {
    enum part_kind kind;
    str text; /* of PART_TEXT; of PART_CVE: its year */
    i64 n;    /* of PART_TIME: the instant; of PART_CVE: its number */
};
struct parts {
    VEC(struct part)
};
struct field {
    struct value_of v;
    struct parts parts; /* of a text that differs from copy to copy */
    bool is_time;
};
struct row {
    int table;
    size_t n;
    struct field *fields;
};
struct entry {
    str number;
    i64 published;
    struct row rows[ROWS];
    size_t nrows;
};
struct entries {
    struct source *src;
    struct entry all[ENTRIES];
    size_t n;
    const struct strs *taken;
    unsigned long groups, written, numbers;
};

/* --- reading ------------------------------------------------------------------------------------- */

static const i64 earliest = 1000000000000, latest = 8000000000000; /* thirteen digits */

static size_t digits_at(str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
        n++;
    return n;
}

/* Whether a string ends here that is the value of such a member; the members of vendors and
 * products stand in the order that the program writes them. */
static bool ends_value(str s, size_t at, str before)
{
    size_t from = at;
    while (from > 0 && s.p[from - 1] != '"')
        from--;
    return s.p[at] == '"' && from >= before.n &&
           str_eq(str_sub(s, from - before.n, before.n), before);
}

static bool ends_vendor_name(str s, size_t at)
{
    size_t quotes = 0, from = at;
    while (from > 0 && quotes < 5)
        quotes += s.p[--from] == '"';
    return ends_value(s, at, S("\"name\":\"")) && from >= 7 &&
           str_eq(str_sub(s, from - 7, 7), S("\"slug\":"));
}

/* What begins here, and how many bytes of the text it takes. */
static bool part_at(str s, size_t at, str number, struct part *out, size_t *took)
{
    size_t n = at == 0 || digits_at(s, at - 1) == 0 ? digits_at(s, at) : 0;
    i64 value = 0;
    *took = 0;
    *out = (struct part){.kind = PART_TEXT};
    if (n == number.n && str_eq(str_sub(s, at, n), number)) {
        out->kind = PART_NUMBER;
        *took = n;
    } else if (n == 13 && str_i64(str_sub(s, at, n), &value) && value > earliest &&
               value < latest) {
        *out = (struct part){.kind = PART_TIME, .n = value};
        *took = n;
    } else if (str_has_prefix(str_from(s, at), S("CVE-")) && digits_at(s, at + 4) == 4 &&
               (n = digits_at(s, at + 9)) > 0) {
        (void)str_i64(str_sub(s, at + 9, n), &value);
        *out = (struct part){.kind = PART_CVE, .text = str_sub(s, at + 4, 4), .n = value};
        *took = 9 + n;
    } else if (s.p[at] == '"' && (ends_value(s, at, S("\"slug\":\"")) || ends_vendor_name(s, at))) {
        out->kind = PART_GROUP;
    } else if (s.p[at] == '"' && ends_value(s, at, S("{\"name\":\""))) {
        out->kind = PART_MODEL;
    } else if (s.p[at] == '"' && ends_value(s, at, S("1,\"title\":\""))) {
        out->kind = PART_WORD;
    }
    return out->kind != PART_TEXT;
}

static void find_parts(struct arena *a, str s, str number, struct parts *out)
{
    size_t from = 0;
    for (size_t at = 0; at < s.n; at++) {
        struct part p;
        size_t took;
        if (!part_at(s, at, number, &p, &took))
            continue;
        *PUSH(a, out) = (struct part){.kind = PART_TEXT, .text = str_sub(s, from, at - from)};
        *PUSH(a, out) = p;
        from = at + took;
        at = took > 0 ? from - 1 : at;
    }
    if (out->n > 0)
        *PUSH(a, out) = (struct part){.kind = PART_TEXT, .text = str_from(s, from)};
}

static void read_field(struct entries *e, const struct entry *of, sqlite3_stmt *st, int i,
                       struct field *out)
{
    struct arena *a = e->src->a;
    str name = str_z(sqlite3_column_name(st, i));
    *out = (struct field){.v = source_value(a, st, i)};
    out->is_time = out->v.type == VALUE_I64 && out->v.n > earliest && out->v.n < latest;
    if (out->v.type != VALUE_TEXT)
        return;
    find_parts(a, out->v.s, of->number, &out->parts);
    bool titled = str_eq(name, S("title")) || str_eq(name, S("title_sort"));
    bool grouped = str_eq(name, S("vendors")) || str_eq(name, S("names"));
    if (titled || grouped) {
        if (out->parts.n == 0)
            *PUSH(a, &out->parts) = (struct part){.kind = PART_TEXT, .text = out->v.s};
        *PUSH(a, &out->parts) = (struct part){.kind = titled ? PART_WORD : PART_GROUP};
    }
}

static void read_rows(struct entries *e, struct entry *of, const char *table)
{
    struct source *src = e->src;
    sqlite3_stmt *st;
    str sql = str_fmt(src->a, "SELECT * FROM %s WHERE number = ?1", table);
    must(sqlite3_prepare_v2(src->lite, sql.p, (int)sql.n, &st, NULL) == SQLITE_OK);
    (void)sqlite3_bind_text(st, 1, of->number.p, (int)of->number.n, SQLITE_STATIC);
    size_t n = (size_t)sqlite3_column_count(st);
    while (sqlite3_step(st) == SQLITE_ROW && of->nrows < ROWS) {
        struct row *row = &of->rows[of->nrows++];
        *row = (struct row){source_table(src, table), n, NEWS(src->a, struct field, n)};
        for (size_t i = 0; i < n; i++)
            read_field(e, of, st, (int)i, &row->fields[i]);
    }
    (void)sqlite3_finalize(st);
}

struct entries *entries_new(struct source *src, const struct copy_of *next, unsigned long groups)
{
    struct entries *e = NEW(src->a, struct entries);
    sqlite3_stmt *st;
    *e = (struct entries){
        .src = src, .taken = next->taken, .numbers = next->numbers, .groups = groups};
    must(sqlite3_prepare_v2(src->lite,
                            "SELECT number, published FROM publication WHERE lang = 'ja'"
                            " AND withdrawn IS NULL ORDER BY number",
                            -1, &st, NULL) == SQLITE_OK);
    while (sqlite3_step(st) == SQLITE_ROW && e->n < ENTRIES) {
        struct entry *one = &e->all[e->n++];
        *one = (struct entry){.number = source_value(src->a, st, 0).s,
                              .published = sqlite3_column_int64(st, 1)};
        read_rows(e, one, "publication");
        read_rows(e, one, "publication_vendor");
        read_rows(e, one, "publication_id");
    }
    (void)sqlite3_finalize(st);
    must(e->n > 0);
    return e;
}

/* --- writing ------------------------------------------------------------------------------------- */

/* One copy. */
struct made {
    str number;
    i64 delta;
    unsigned long k, group;
};

static void put_part(buf *b, const struct part *p, const struct made *m)
{
    switch (p->kind) {
    case PART_TEXT: buf_put(b, p->text); break;
    case PART_NUMBER: buf_put(b, m->number); break;
    case PART_TIME: buf_i64(b, p->n + m->delta); break;
    case PART_CVE:
        buf_putf(b, "CVE-%.*s-%lld", SV(p->text), (long long)(p->n + 100000 + (i64)m->k * 10));
        break;
    case PART_WORD: buf_putf(b, " QX-%05lu", m->k * 7919 % 100000); break;
    case PART_GROUP: buf_putf(b, "-%lu", m->group); break;
    case PART_MODEL: buf_putf(b, " %lu", m->k / 3 % MODELS + 1); break;
    }
}

static struct value_of new_value(struct arena *a, const struct field *f, const struct made *m)
{
    struct value_of v = f->v;
    buf b = {.a = a};
    if (f->is_time)
        v.n += m->delta;
    if (f->parts.n == 0)
        return v;
    for (size_t i = 0; i < f->parts.n; i++)
        put_part(&b, &f->parts.v[i], m);
    v.s = buf_str(&b);
    return v;
}

void entries_write(struct arena *a, struct entries *e, i64 at)
{
    const struct entry *of = &e->all[e->written % e->n];
    struct made m = {.number = new_digits(a, e->taken, &e->numbers),
                     .delta = at - of->published,
                     .k = e->written,
                     .group = e->written / e->n % e->groups + 1};
    for (size_t i = 0; i < of->nrows; i++) {
        const struct row *row = &of->rows[i];
        struct value_of v[40];
        must(row->n <= COUNT(v));
        for (size_t k = 0; k < row->n; k++)
            v[k] = new_value(a, &row->fields[k], &m);
        sink_row(e->src->sink, row->table, v);
    }
    e->written++;
}

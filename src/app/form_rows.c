/* form_rows.c - fields that come as rows of columns. */
#include "app/form.h"

enum err form_row_count(struct ctx *cx, str field, size_t most, const struct input *in, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < in->n; i++) {
        str name = in->v[i].name;
        i64 row;
        if (!str_has_prefix(name, field) || name.n <= field.n || name.p[field.n] != '.')
            continue;
        name = str_from(name, field.n + 1);
        if (!str_i64(str_cut(&name, '.'), &row) || row >= (i64)most)
            return wrong_limit(cx, field, S("too_many"), (i64)most);
        if ((size_t)row >= *n)
            *n = (size_t)row + 1;
    }
    return OK;
}

enum err form_row(struct ctx *cx, str field, size_t row, const struct field_rule *columns, size_t n,
                  const struct input *in, struct value *v, bool *there)
{
    str at = str_fmt(cx->a, "%.*s.%zu.", SV(field), row);
    struct field_rule *rules = NEWS(cx->a, struct field_rule, n + 1);
    struct input own = {0};
    *there = false;
    for (size_t i = 0; i < in->n; i++)
        if (str_has_prefix(in->v[i].name, at)) {
            *PUSH(cx->a, &own) = in->v[i];
            *there |= str_trim(in->v[i].value).n > 0;
        }
    for (size_t i = 0; i < n; i++) {
        rules[i] = columns[i];
        rules[i].name = str_join(cx->a, at, columns[i].name);
        rules[i].required &= *there; /* an empty row is no row */
    }
    return form_read(cx, rules, n, &own, v);
}

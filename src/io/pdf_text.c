/* pdf_text.c - see pdf_text.h: objects, streams, pages and their fonts. */
#include "io/pdf_text.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "io/pdf_text_own.h"

#include <zlib.h>

enum { OBJECTS = 4000, PAGES = 500, DICT_MAX = 1 << 16 };
enum { STREAM_MAX = 8 << 20, ALL_MAX = 64 << 20, TOLD_MAX = 1 << 20, CHUNK = 1 << 16 };

struct object {
    i64 number;
    str dict, stream; /* stream absent: it has none */
};
/* What a ToUnicode stream says; all pages share it. */
struct meaning {
    const struct object *of;
    struct pdf_font font;
};
struct reading {
    struct arena *a;
    struct {
        VEC(struct object)
    } all;
    struct meaning known[PDF_FONTS];
    size_t nknown;
    size_t left; /* bytes of streams that may still be read, packed ones unpacked */
    size_t told; /* likewise of what codes mean */
    buf string;
};

/* --- objects ---------------------------------------------------------------------------------- */

/* The number in front of " 0 obj". */
static i64 number_before(str pdf, size_t at)
{
    size_t from = at;
    i64 n;
    while (from > 0 && at - from < 9 && pdf.p[from - 1] >= '0' && pdf.p[from - 1] <= '9')
        from--;
    return str_i64(str_sub(pdf, from, at - from), &n) ? n : -1;
}

/* What is behind "obj" becomes an object; the rest. */
static str take_object(struct reading *r, i64 number, str rest)
{
    str dict = str_sub(rest, 0, DICT_MAX);
    ptrdiff_t end = str_find(dict, S("endobj"));
    dict = end < 0 ? dict : str_sub(dict, 0, (size_t)end);
    ptrdiff_t stream = str_find(dict, S("stream"));
    struct object *x = PUSH(r->a, &r->all);
    *x = (struct object){.number = number,
                         .dict = stream < 0 ? dict : str_sub(dict, 0, (size_t)stream)};
    rest = str_from(rest, x->dict.n);
    if (stream < 0)
        return rest;
    rest = str_from(rest, S("stream").n);
    if (str_has_prefix(rest, S("\r")))
        rest = str_from(rest, 1);
    rest = str_from(rest, 1);
    end = str_find(rest, S("endstream"));
    x->stream = str_sub(rest, 0, end < 0 ? rest.n : (size_t)end);
    return str_from(rest, x->stream.n);
}

static void read_objects(struct reading *r, str pdf)
{
    const str mark = S(" 0 obj");
    for (ptrdiff_t at; r->all.n < OBJECTS && (at = str_find(pdf, mark)) >= 0;)
        pdf = take_object(r, number_before(pdf, (size_t)at), str_from(pdf, (size_t)at + mark.n));
}

static const struct object *object(const struct reading *r, i64 number)
{
    for (size_t i = 0; i < r->all.n; i++)
        if (r->all.v[i].number == number)
            return &r->all.v[i];
    return NULL;
}

/* "/Contents 4 0 R" → that object, or NULL. */
static const struct object *linked(const struct reading *r, str dict, str key)
{
    ptrdiff_t at = str_find(dict, key);
    i64 number;
    if (at < 0)
        return NULL;
    str rest = str_trim(str_from(dict, (size_t)at + key.n));
    return str_i64(str_cut(&rest, ' '), &number) ? object(r, number) : NULL;
}

/* --- streams ---------------------------------------------------------------------------------- */

static bool inflate_all(struct reading *r, z_stream *z, buf *out)
{
    int e = Z_OK;
    while (e == Z_OK && out->n < STREAM_MAX && r->left >= CHUNK) {
        z->next_out = (Bytef *)buf_room(out, CHUNK);
        z->avail_out = CHUNK;
        e = inflate(z, Z_NO_FLUSH);
        size_t n = CHUNK - z->avail_out;
        out->n += n;
        r->left -= n > 0 ? n : 1;
    }
    return e == Z_STREAM_END;
}

static str unpacked(struct reading *r, const struct object *x)
{
    buf out = {.a = r->a};
    z_stream z = {0};
    if (x == NULL || x->stream.p == NULL)
        return S("");
    if (str_find(x->dict, S("/FlateDecode")) < 0) {
        bool may = x->stream.n <= r->left;
        r->left -= may ? x->stream.n : 0;
        return may ? x->stream : S("");
    }
    z.next_in = (Bytef *)(uintptr_t)x->stream.p;
    z.avail_in = (uInt)x->stream.n;
    if (inflateInit(&z) != Z_OK)
        return S("");
    bool whole = inflate_all(r, &z, &out);
    (void)inflateEnd(&z);
    return whole && out.n > 0 ? buf_str(&out) : S("");
}

/* --- pages ------------------------------------------------------------------------------------ */

static struct pdf_font meaning_of(struct reading *r, const struct object *x)
{
    struct pdf_font none = {.width = 1};
    for (size_t i = 0; i < r->nknown; i++)
        if (r->known[i].of == x)
            return r->known[i].font;
    if (x == NULL || r->nknown == PDF_FONTS)
        return none;
    struct meaning *m = &r->known[r->nknown++];
    m->of = x;
    pdf_font_read(r->a, unpacked(r, x), &r->told, &m->font);
    return m->font;
}

/* "/Font << /f-0-0 6 0 R /f-0-1 7 0 R >>" */
static size_t read_fonts(struct reading *r, str resources, struct pdf_font *fonts)
{
    ptrdiff_t at = str_find(resources, S("/Font"));
    size_t n = 0;
    i64 number;
    str rest = at < 0 ? S("") : str_from(resources, (size_t)at + S("/Font").n);
    for (struct pdf_token t; n < PDF_FONTS && (t = pdf_token(&r->string, &rest)).kind != PDF_END;) {
        if (t.kind == PDF_MARK && str_eq(t.text, S(">>")))
            break;
        if (t.kind != PDF_NAME)
            continue;
        str name = t.text;
        t = pdf_token(&r->string, &rest);
        const struct object *font = str_i64(t.text, &number) ? object(r, number) : NULL;
        if (font == NULL)
            continue;
        fonts[n] = meaning_of(r, linked(r, font->dict, S("/ToUnicode")));
        fonts[n++].name = name;
    }
    return n;
}

static bool is_page(str dict)
{
    ptrdiff_t at = str_find(dict, S("/Type /Page"));
    return at >= 0 && !str_has_prefix(str_from(dict, (size_t)at + S("/Type /Page").n), S("s"));
}

/* Whether it could be read. */
static bool read_page(struct reading *r, const struct object *page, buf *out)
{
    const struct object *content = linked(r, page->dict, S("/Contents")),
                        *resources = linked(r, page->dict, S("/Resources"));
    struct pdf_font *fonts = NEWS(r->a, struct pdf_font, PDF_FONTS);
    str text = unpacked(r, content);
    if (text.n == 0)
        return false;
    size_t n = read_fonts(r, resources != NULL ? resources->dict : page->dict, fonts);
    pdf_content(r->a, text, fonts, n, out);
    buf_char(out, '\f');
    return true;
}

enum err pdf_text(struct arena *a, str pdf, str *out)
{
    struct reading r = {.a = a, .left = ALL_MAX, .told = TOLD_MAX, .string = {.a = a}};
    buf b = {.a = a};
    size_t pages = 0;
    if (pdf.n > PDF_TEXT_MAX || !str_has_prefix(pdf, S("%PDF-")))
        return E_INVALID;
    read_objects(&r, pdf);
    for (size_t i = 0; i < r.all.n && pages < PAGES; i++)
        if (is_page(r.all.v[i].dict))
            pages += read_page(&r, &r.all.v[i], &b);
    *out = b.n > 0 ? buf_str(&b) : S("");
    return pages > 0 ? OK : E_INVALID;
}

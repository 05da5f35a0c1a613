/* pdf_text_font.c - from the codes of a font to characters: ToUnicode (ISO 32000-1, section 9.10.3). */
#include "io/pdf_text_own.h"

#include "base/utf8.h"

#include <string.h>

enum { SURROGATES = 0xD800, LOW = 0xDC00, BEYOND = 0xE000, UNKNOWN = 0xFFFD };
enum { PIECE = 1 << 14 };

static unsigned unit(str bytes, size_t at)
{
    return (unsigned)(unsigned char)bytes.p[at] << 8 | (unsigned char)bytes.p[at + 1];
}

void pdf_utf16(buf *b, str bytes)
{
    for (size_t i = 0; i + 1 < bytes.n; i += 2) {
        uint32_t c = unit(bytes, i);
        bool high = c >= SURROGATES && c < LOW && i + 3 < bytes.n;
        uint32_t low = high ? unit(bytes, i + 2) : 0;
        if (high && low >= LOW && low < BEYOND) {
            c = 0x10000 + ((c - SURROGATES) << 10) + (low - LOW);
            i += 2;
        } else if (c >= SURROGATES && c < BEYOND) {
            c = UNKNOWN;
        }
        if (c != 0 && c != 0xFEFF)
            utf8_put(b, c);
    }
}

static size_t code_of(const buf *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n && i < 2; i++)
        n = n << 8 | (unsigned char)b->p[i];
    return n;
}

struct map {
    struct arena *a;
    struct pdf_font *font;
    size_t *left;
    buf got[3], text; /* strings of the list; what a code means */
    char *kept;       /* where such texts stand one behind the other */
    size_t room;      /* and how many more bytes do */
};

static str keep(struct map *m, str text)
{
    if (text.n > m->room) {
        m->room = text.n > PIECE ? text.n : PIECE;
        m->kept = NEWS(m->a, char, m->room);
    }
    str s = {m->kept, text.n};
    memcpy(m->kept, text.p, text.n);
    m->kept += text.n;
    m->room -= text.n;
    return s;
}

static void tell(struct map *m, size_t code, str bytes)
{
    if (bytes.n >= *m->left)
        return;
    *m->left -= bytes.n + 1;
    m->text.n = 0;
    pdf_utf16(&m->text, bytes);
    m->font->codes[code] = m->text.n > 0 ? keep(m, buf_str(&m->text)) : S("");
}

/* The text of the first code; the next ones count up from its last character. */
static void tell_range(struct map *m, size_t from, size_t to, buf *b)
{
    str bytes = {b->p, b->n};
    unsigned last = bytes.n >= 2 ? unit(bytes, bytes.n - 2) : 0;
    for (size_t code = from; code <= to && bytes.n < *m->left; code++, last++) {
        if (bytes.n >= 2) {
            b->p[bytes.n - 2] = (char)(last >> 8);
            b->p[bytes.n - 1] = (char)last;
        }
        tell(m, code, bytes);
    }
}

/* The strings up to the word that ends the list. */
static void read_list(struct map *m, str *rest, size_t each)
{
    size_t n = 0;
    for (struct pdf_token t; (t = pdf_token(&m->got[n], rest)).kind != PDF_END;) {
        if (t.kind == PDF_WORD)
            return;
        n += t.kind == PDF_STRING;
        if (n < each)
            continue;
        n = 0;
        if (each == 2)
            tell(m, code_of(m->got), (str){m->got[1].p, m->got[1].n});
        else
            tell_range(m, code_of(m->got), code_of(m->got + 1), m->got + 2);
    }
}

void pdf_font_read(struct arena *a, str cmap, size_t *left, struct pdf_font *out)
{
    struct map m = {
        .a = a, .font = out, .left = left, .got = {{.a = a}, {.a = a}, {.a = a}}, .text = {.a = a}};
    out->width = 1;
    out->codes = NEWS(a, str, PDF_CODES);
    for (size_t i = 0; i < PDF_CODES; i++)
        out->codes[i] = NO_STR;
    for (struct pdf_token t; (t = pdf_token(m.got, &cmap)).kind != PDF_END;) {
        if (t.kind != PDF_WORD)
            continue;
        if (str_eq(t.text, S("begincodespacerange"))) {
            t = pdf_token(m.got, &cmap);
            out->width = t.kind == PDF_STRING && t.text.n == 2 ? 2 : 1;
        } else if (str_eq(t.text, S("beginbfchar"))) {
            read_list(&m, &cmap, 2);
        } else if (str_eq(t.text, S("beginbfrange"))) {
            read_list(&m, &cmap, 3);
        }
    }
}

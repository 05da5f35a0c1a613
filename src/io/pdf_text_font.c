/* pdf_text_font.c - from the codes of a font to characters: ToUnicode (ISO 32000-1, section 9.10.3). */
#include "io/pdf_text_own.h"

#include "base/utf8.h"

enum { SURROGATES = 0xD800, LOW = 0xDC00, BEYOND = 0xE000, UNKNOWN = 0xFFFD };
enum { TOLD_MAX = 1 << 20 };

static unsigned unit(str bytes, size_t at)
{
    return (unsigned)(unsigned char)bytes.p[at] << 8 | (unsigned char)bytes.p[at + 1];
}

str pdf_utf16(struct arena *a, str bytes)
{
    buf b = {.a = a};
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
            utf8_put(&b, c);
    }
    return b.n > 0 ? buf_str(&b) : S("");
}

static size_t code_of(str bytes)
{
    size_t n = 0;
    for (size_t i = 0; i < bytes.n && i < 2; i++)
        n = n << 8 | (unsigned char)bytes.p[i];
    return n;
}

struct map {
    struct arena *a;
    struct pdf_font *font;
    size_t left; /* bytes that may still be told, and one a code: a range is cheap to write */
};

static void tell(struct map *m, size_t code, str bytes)
{
    if (bytes.n >= m->left)
        return;
    m->left -= bytes.n + 1;
    m->font->codes[code] = pdf_utf16(m->a, bytes);
}

/* The text of the first code; the next ones count up from its last character. */
static void tell_range(struct map *m, size_t from, size_t to, str bytes)
{
    for (size_t code = from; code <= to && bytes.n < m->left; code++) {
        char *next = NEWS(m->a, char, bytes.n + 1);
        for (size_t i = 0; i < bytes.n; i++)
            next[i] = bytes.p[i];
        if (bytes.n >= 2) {
            unsigned last = unit(bytes, bytes.n - 2) + (unsigned)(code - from);
            next[bytes.n - 2] = (char)(last >> 8);
            next[bytes.n - 1] = (char)last;
        }
        tell(m, code, (str){next, bytes.n});
    }
}

/* The strings up to the word that ends the list. */
static void read_list(struct map *m, str *rest, size_t each)
{
    str got[3] = {0};
    size_t n = 0;
    for (struct pdf_token t; (t = pdf_token(m->a, rest)).kind != PDF_END;) {
        if (t.kind == PDF_WORD)
            return;
        if (t.kind == PDF_STRING)
            got[n++] = t.text;
        if (n < each)
            continue;
        n = 0;
        if (each == 2)
            tell(m, code_of(got[0]), got[1]);
        else
            tell_range(m, code_of(got[0]), code_of(got[1]), got[2]);
    }
}

void pdf_font_read(struct arena *a, str cmap, struct pdf_font *out)
{
    struct map m = {a, out, TOLD_MAX};
    out->width = 1;
    out->codes = NEWS(a, str, PDF_CODES);
    for (size_t i = 0; i < PDF_CODES; i++)
        out->codes[i] = NO_STR;
    for (struct pdf_token t; (t = pdf_token(a, &cmap)).kind != PDF_END;) {
        if (t.kind != PDF_WORD)
            continue;
        if (str_eq(t.text, S("begincodespacerange"))) {
            t = pdf_token(a, &cmap);
            out->width = t.kind == PDF_STRING && t.text.n == 2 ? 2 : 1;
        } else if (str_eq(t.text, S("beginbfchar"))) {
            read_list(&m, &cmap, 2);
        } else if (str_eq(t.text, S("beginbfrange"))) {
            read_list(&m, &cmap, 3);
        }
    }
}

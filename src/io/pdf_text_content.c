/* pdf_text_content.c - what the operators of a page show (ISO 32000-1, sections 9.4 and 14.9.4). */
#include "io/pdf_text.h"

#include "base/utf8.h"
#include "io/pdf_text_own.h"

struct showing {
    const struct pdf_font *fonts, *font; /* font: the chosen one; NULL: none yet */
    size_t nfonts;
    buf *out;
    str name;     /* the last one */
    buf string;   /* a token's */
    buf operands; /* strings since the last operator: whole codes of the font */
    buf actual;   /* text that stands for what is marked */
    bool wants_actual, has_actual;
    int depth;  /* of marked content */
    int hidden; /* from that depth on another text stands for it; 0: nowhere */
};

static void choose(struct showing *s)
{
    for (size_t i = 0; i < s->nfonts; i++)
        if (str_eq(s->fonts[i].name, s->name))
            s->font = &s->fonts[i];
}

/* A code of one byte may mean a long text. */
static void put(struct showing *s, str text)
{
    if (s->out->n + text.n <= PDF_TEXT_MAX)
        buf_put(s->out, text);
}

static void put_code(struct showing *s, size_t code)
{
    str text = s->font->codes != NULL ? s->font->codes[code] : NO_STR;
    if (text.p != NULL)
        put(s, text);
    else if (s->out->n < PDF_TEXT_MAX)
        utf8_put(s->out,
                 s->font->codes == NULL && code >= ' ' && code < 256 ? (uint32_t)code : 0xFFFD);
}

static void show(struct showing *s)
{
    if (s->font == NULL || s->hidden > 0)
        return;
    size_t width = (size_t)s->font->width;
    for (size_t i = 0; i < s->operands.n; i += width) {
        size_t code = (unsigned char)s->operands.p[i];
        if (width == 2)
            code = code << 8 | (unsigned char)s->operands.p[i + 1];
        put_code(s, code);
    }
}

static void begin_marked(struct showing *s, bool has_list)
{
    s->depth++;
    if (!has_list || !s->has_actual || s->hidden > 0)
        return;
    put(s, (str){s->actual.p, s->actual.n});
    s->hidden = s->depth;
    s->has_actual = false;
}

static void end_marked(struct showing *s)
{
    if (s->hidden == s->depth)
        s->hidden = 0;
    s->depth -= s->depth > 0;
}

static void end_line(struct showing *s)
{
    if (s->out->n > 0 && s->out->p[s->out->n - 1] != '\n')
        buf_char(s->out, '\n');
}

static bool is_one_of(str word, const char *list)
{
    for (str rest = str_z(list); rest.n > 0;)
        if (str_eq(str_cut(&rest, ' '), word))
            return true;
    return false;
}

static bool is_number(str word)
{
    char c = word.n > 0 ? word.p[0] : '\0';
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
}

static void operate(struct showing *s, str word)
{
    if (is_number(word))
        return;
    if (str_eq(word, S("Tf")))
        choose(s);
    else if (is_one_of(word, "Tj TJ ' \""))
        show(s);
    else if (is_one_of(word, "Td TD Tm T* ET"))
        end_line(s);
    else if (is_one_of(word, "BMC BDC"))
        begin_marked(s, word.p[1] == 'D');
    else if (str_eq(word, S("EMC")))
        end_marked(s);
    s->operands.n = 0;
}

static void take_string(struct showing *s, str text)
{
    if (s->wants_actual) {
        s->actual.n = 0;
        pdf_utf16(&s->actual, text);
        s->has_actual = true;
    } else if (s->font != NULL) {
        buf_put(&s->operands, str_sub(text, 0, text.n - text.n % (size_t)s->font->width));
    }
    s->wants_actual = false;
}

void pdf_content(struct arena *a, str content, const struct pdf_font *fonts, size_t n, buf *out)
{
    struct showing s = {.fonts = fonts,
                        .nfonts = n,
                        .out = out,
                        .name = S(""),
                        .string = {.a = a},
                        .operands = {.a = a},
                        .actual = {.a = a}};
    for (struct pdf_token t; (t = pdf_token(&s.string, &content)).kind != PDF_END;) {
        if (t.kind == PDF_WORD)
            operate(&s, t.text);
        else if (t.kind == PDF_STRING)
            take_string(&s, t.text);
        else if (t.kind == PDF_NAME)
            s.name = t.text;
        if (t.kind == PDF_NAME)
            s.wants_actual = str_eq(t.text, S("ActualText"));
    }
    end_line(&s);
}

/* expect src/app/cases.c:8: looks inside a sealed value: only app/text.c does */
struct sealed {
    int box;
};
int f(struct sealed *s);
int f(struct sealed *s)
{
    return s->box;
}

/* talk.h - a conversation, oldest first. */
#ifndef WEB_TALK_H
#define WEB_TALK_H

#include "web/files.h"

struct talk_line {
    str id, by;
    str lang; /* of the text, where it is not the page's; else absent */
    str what; /* what it is, where it is more than a message; else absent */
    str text;
    i64 at;
    bool fresh; /* came since the reader last looked */
    struct file_lines files;
};
void tpl_talk(struct html_out *o, const struct talk_line *v, size_t n);

#endif

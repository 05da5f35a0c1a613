/* shelf.h - public files in generations: a reader finds one whole, also while the next is made.
 *
 *   ROOT/current -> generations/NAME       the one rename that makes the next one public
 *   ROOT/generations/NAME/...              lists, as files; each kept folder as a relative link
 *   ROOT/folders/NAME+PATH/...             kept folders: never changed while they are public
 *
 * Any web server can serve ROOT/current.  A kept folder with changes is another folder, with hard
 * links to the files that stay: one that no generation leads to any more is taken for it and
 * brought up to date, so that a change costs what changed and not what is there.  Whatever a
 * crash leaves behind is not public, and is swept or taken so. */
#ifndef IO_SHELF_H
#define IO_SHELF_H

#include "base/err.h"

/* The name of the current generation; absent: there is none yet. */
str shelf_current(struct arena *a, const char *root);

/* Begin the next one; name: new, without a slash.  All of these: E_IO, E_DENIED, and then the
 * current one stays as it is. */
struct shelf;
enum err shelf_begin(struct arena *a, const char *root, str name, struct fault *f,
                     struct shelf **out);

/* A folder ("csaf/v2.0/white"; its parents need not be named), empty, for shelf_put(). */
enum err shelf_folder(struct shelf *s, str path);

/* A kept folder: as it is in the current generation, or for shelf_put() to replace and add
 * files, or empty: then what is put with the bytes that it has now stays the same file.  One
 * that is not there yet begins empty. */
enum shelf_keeping { SHELF_AS_IS, SHELF_CHANGED, SHELF_ANEW };
enum err shelf_keep(struct shelf *s, str path, enum shelf_keeping how);

/* A file in one of these folders; NO_STR: it goes.  name: without a slash. */
enum err shelf_put(struct shelf *s, str path, str name, str bytes);

/* The same of several parts, one behind the other; at least one. */
enum err shelf_put_parts(struct shelf *s, str path, str name, struct strs parts);

/* Its bytes in the current generation, up to 64 MiB, in `a`; absent: it has none. */
str shelf_before(const struct shelf *s, struct arena *a, str path, str name);

/* Put all of it on the disk, and show it.  Folders that were not named are not in it. */
enum err shelf_show(struct shelf *s);

/* Remove what neither the current generation nor `also` (the one before; may be absent) needs,
 * but for one folder of each path that the next change of it can take. */
enum err shelf_sweep(struct arena *a, const char *root, str also, struct fault *f);

#endif

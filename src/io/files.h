/* files.h - files, whole or not at all. */
#ifndef IO_FILES_H
#define IO_FILES_H

#include "base/err.h"

/* The whole file at path.  E_NOT_FOUND: there is none; E_INVALID: it is longer than max bytes,
 * or not a regular file; E_DENIED: not allowed; E_IO. */
enum err file_read(struct arena *a, const char *path, size_t max, struct fault *f, str *out);

/* The same of an open file, from its start, by pread(). */
enum err file_read_fd(struct arena *a, int fd, size_t max, struct fault *f, str *out);

/* Put bytes at path so that every reader, also after a crash, sees the old file or the new one
 * whole: a temporary file beside it, fsync, rename, fsync of the folder. */
enum err file_write(struct arena *a, const char *path, str bytes, unsigned mode, struct fault *f);

/* A new empty file in the folder that has no name and vanishes with its last descriptor. */
enum err file_temp(struct arena *a, const char *folder, struct fault *f, int *out);

/* All of it to fd, at its place. */
enum err file_put(int fd, str bytes, struct fault *f);

/* For arena_defer(): close the descriptor that was made a handle by file_handle(). */
void file_close(void *handle);
void *file_handle(int fd);

#endif

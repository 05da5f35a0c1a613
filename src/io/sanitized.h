/* sanitized.h - whether this build runs under AddressSanitizer, whose shadow memory takes
 * terabytes of addresses and whose reports want the signals and standard error. */
#ifndef IO_SANITIZED_H
#define IO_SANITIZED_H

#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = 1 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif
#else
enum { SANITIZED = 0 };
#endif

#endif

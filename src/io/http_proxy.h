/* http_proxy.h - addresses, and what a proxy in front of us may say about its client. */
#ifndef IO_HTTP_PROXY_H
#define IO_HTTP_PROXY_H

#include "io/http.h"

struct sockaddr;

enum { HTTP_PEER_SIZE = 64 };

/* The address as text, zero-terminated: "192.0.2.1", also where it came mapped into IPv6,
 * "2001:db8::1", or "unix". */
void http_peer_text(const struct sockaddr *addr, char out[HTTP_PEER_SIZE]);

/* Whether peer is one of these: addresses ("::1"), networks ("10.0.0.0/8"), or "unix". */
bool http_peer_in(str peer, struct strs list);

/* Whether each is one that http_peer_in() can match. */
bool http_peers_ok(struct strs list);

/* Set peer, tls and id from what a trusted proxy added: X-Forwarded-For, read from its end up
 * to the first address that is not trusted itself; X-Forwarded-Proto; X-Request-Id. */
void http_peer_forwarded(struct http_request *rq, struct strs trusted);

/* Set certificate from what a trusted proxy says in header `name` (lower case; see
 * formats/certificate.h), if its header NAME-verify says SUCCESS; and take both headers away,
 * whoever sent them.  One that came twice says nothing. */
void http_peer_certificate(struct http_request *rq, bool trusted, str name);

#endif

/* rnl-http-session.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-http-session.h"

/* Several chats and their tools may stream from one server at once. */
#define MAX_CONNS          32
#define MAX_CONNS_PER_HOST 12
#define KEEP_ALIVE_SECONDS 60

/**
 * rnl_http_session_new:
 *
 * Makes a session that names us as `Runnel/VERSION`, keeps no cookies, takes compressed answers,
 * and has no time limits of its own: `RnlHttpStream` has them.
 *
 * Returns: (transfer full): a session
 */
SoupSession *
rnl_http_session_new (void)
{
  return soup_session_new_with_options ("user-agent", "Runnel/" RNL_VERSION, "timeout", 0,
                                        "idle-timeout", KEEP_ALIVE_SECONDS, "max-conns", MAX_CONNS,
                                        "max-conns-per-host", MAX_CONNS_PER_HOST, NULL);
}

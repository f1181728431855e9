/* rnl-partial-json-private.h: between the files of a partial JSON
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-json-tree-private.h"
#include "rnl-partial-json.h"

G_BEGIN_DECLS

#define FENCE_TICKS 3
#define FENCE_TAG   "json"

/* Where in a text with fences we are. */
typedef enum
{
  PLACE_PREFACE,
  PLACE_SEARCH,
  PLACE_TAG,
  PLACE_FENCED,
  PLACE_BARE,
  PLACE_BEHIND,
} Place;

struct _RnlPartialJson
{
  RnlJsonReader reader;
  RnlJsonTree tree;
  gboolean fresh;
  gboolean complete;

  GArray *takers; /* of Taker, made on demand */

  gboolean markdown;
  Place place;
  guint n_ticks;
  guint tag_at;
};

G_END_DECLS

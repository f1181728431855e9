/* rnl-part-private.h: between the files of a part
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-part.h"

G_BEGIN_DECLS

struct _RnlPart
{
  GObject parent_instance;

  /* owned */
  char *id;
  char *title;
  char *call_id;
  char *name;
  char *result;
  GString *text;
  GBytes *base64; /* nullable: the text of a file, instead of @text */
  GString *output;
  GListStore *children;
  JsonObject *extra; /* nullable */

  RnlPartType type;
  guint step;
  RnlToolState state;
  gboolean complete;
  double progress;
  gint64 started;
  gint64 duration;
};

/* The signal is the object's; the output is appended to by the file of the calls. */
void rnl_part_emit_output_delta (RnlPart *self, gsize offset);

G_END_DECLS

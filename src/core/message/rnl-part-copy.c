/* rnl-part-copy.c: the same again under another id
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-part.h"

#include "rnl-part-extra.h"

/**
 * rnl_part_copy:
 * @self: a part
 *
 * Returns: (transfer full): a new part with everything that @self has now, its children included,
 *   under ids of their own
 */
RnlPart *
rnl_part_copy (RnlPart *self)
{
  RnlPart *copy;
  GListModel *children;
  g_autofree char *extra = NULL;

  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  copy = rnl_part_new (rnl_part_get_part_type (self), rnl_part_get_step (self));
  children = rnl_part_list_children (self);
  extra = rnl_part_dup_extra_json (self);
  rnl_part_set_title (copy, rnl_part_get_title (self));
  rnl_part_set_started (copy, rnl_part_get_started (self));
  rnl_part_set_call_id (copy, rnl_part_get_call_id (self));
  rnl_part_set_name (copy, rnl_part_get_name (self));
  if (rnl_part_get_base64 (self) != NULL)
    rnl_part_set_base64 (copy, rnl_part_get_base64 (self));
  else
    rnl_part_append (copy, rnl_part_get_text (self), rnl_part_get_length (self));
  rnl_part_append_output (copy, rnl_part_get_output (self), rnl_part_get_output_length (self));
  rnl_part_set_result (copy, rnl_part_get_result (self));
  rnl_part_set_extra_json (copy, extra);
  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (RnlPart) child = g_list_model_get_item (children, i);
      g_autoptr (RnlPart) child_copy = rnl_part_copy (child);

      rnl_part_add_child (copy, child_copy);
    }
  rnl_part_set_state (copy, rnl_part_get_state (self));
  rnl_part_set_complete (copy, rnl_part_get_complete (self));
  rnl_part_set_duration (copy, rnl_part_get_duration (self));

  return copy;
}

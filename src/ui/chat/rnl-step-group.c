/* rnl-step-group.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-step-group.h"

#include <glib/gi18n.h>

#include "rnl-chat-style.h"
#include "rnl-fold-header.h"
#include "rnl-run-list.h"
#include "rnl-tool-look.h"

/* Names that stand behind the title; there is never room for more. */
#define MAX_NAMES 12

/**
 * RnlStepGroup:
 *
 * "3 steps": finished calls that stood one below the other. Says how many did not end well, so that
 * folding hides no trouble. Closed it has no cards; they are made when it is opened, a few at a
 * time.
 */
struct _RnlStepGroup
{
  GtkWidget parent_instance;

  /* owned */
  GListStore *calls;
  GString *names;

  /* children */
  GtkWidget *header;
  GtkWidget *revealer;
  GtkWidget *cards;

  guint troubles;
};

G_DEFINE_FINAL_TYPE (RnlStepGroup, rnl_step_group, GTK_TYPE_WIDGET)

static void
rnl_step_group_dispose (GObject *object)
{
  RnlStepGroup *self = RNL_STEP_GROUP (object);

  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  g_clear_object (&self->calls);

  G_OBJECT_CLASS (rnl_step_group_parent_class)->dispose (object);
}

static void
rnl_step_group_finalize (GObject *object)
{
  g_string_free (RNL_STEP_GROUP (object)->names, TRUE);

  G_OBJECT_CLASS (rnl_step_group_parent_class)->finalize (object);
}

static void
rnl_step_group_class_init (RnlStepGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_step_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_step_group_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "steps");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
reveal_cb (RnlStepGroup *self)
{
  if (self->cards != NULL || !gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer)))
    return;

  self->cards = rnl_run_list_new (G_LIST_MODEL (self->calls), 0);
  gtk_widget_add_css_class (self->cards, "step-cards");
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->cards);
}

static void
rnl_step_group_init (RnlStepGroup *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->names = g_string_new (NULL);
  self->calls = g_list_store_new (RNL_TYPE_PART);
  self->revealer = gtk_revealer_new ();
  self->header = rnl_fold_header_new ("object-select-symbolic", GTK_REVEALER (self->revealer));
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
  g_signal_connect_swapped (self->revealer, "notify::reveal-child", G_CALLBACK (reveal_cb), self);
}

GtkWidget *
rnl_step_group_new (void)
{
  return g_object_new (RNL_TYPE_STEP_GROUP, NULL);
}

static void
update_header (RnlStepGroup *self)
{
  guint size = rnl_step_group_get_size (self);
  g_autofree char *title = g_strdup_printf (ngettext ("%d step", "%d steps", size), (int) size);
  g_autofree char *trouble = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *label = NULL;

  if (self->troubles > 0)
    trouble
      = g_strdup_printf (ngettext ("%d failed", "%d failed", self->troubles), (int) self->troubles);
  detail = trouble != NULL ? g_strdup_printf ("%s · %s", trouble, self->names->str)
                           : g_strdup (self->names->str);
  rnl_fold_header_set_title (RNL_FOLD_HEADER (self->header), title);
  rnl_fold_header_set_detail (RNL_FOLD_HEADER (self->header), detail);
  /* Translators: what an answer did: "2 steps: Add, Multiply" */
  label = g_strdup_printf (_ ("%s: %s"), title, detail);
  rnl_chat_set_label (GTK_WIDGET (self), label);
}

static void
add_name (RnlStepGroup *self, guint size, RnlPart *call)
{
  g_autofree char *title = rnl_tool_look_title (call);

  if (size == MAX_NAMES)
    g_string_append (self->names, ", …");
  if (size >= MAX_NAMES)
    return;
  if (size > 0)
    g_string_append (self->names, ", ");
  g_string_append (self->names, title);
}

/* All at once: cards that follow the calls one by one would be made one by one. */
static void
add_calls (RnlStepGroup *self, RnlPart **calls, guint n)
{
  guint before = rnl_step_group_get_size (self);

  for (guint i = 0; i < n; i++)
    {
      add_name (self, before + i, calls[i]);
      if (rnl_part_get_state (calls[i]) != RNL_TOOL_DONE)
        self->troubles++;
    }
  g_list_store_splice (self->calls, before, 0, (gpointer *) calls, n);
  if (before == 0)
    {
      g_autofree char *key = g_strconcat (rnl_part_get_id (calls[0]), "/steps", NULL);

      rnl_fold_header_set_key (RNL_FOLD_HEADER (self->header), key);
    }
  update_header (self);
}

/**
 * rnl_step_group_add:
 * @self: a group
 * @call: a finished call
 *
 * Appends it. What the person did with the first call's group before is done again.
 */
void
rnl_step_group_add (RnlStepGroup *self, RnlPart *call)
{
  g_return_if_fail (RNL_IS_STEP_GROUP (self));

  add_calls (self, &call, 1);
}

/**
 * rnl_step_group_add_range:
 * @self: a group
 * @parts: the parts of an answer
 * @position: of a finished call
 * @n: how many finished calls stand there
 *
 * Appends them.
 */
void
rnl_step_group_add_range (RnlStepGroup *self, GListModel *parts, guint position, guint n)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (RNL_IS_STEP_GROUP (self));

  for (guint i = position; i < position + n; i++)
    g_ptr_array_add (calls, g_list_model_get_item (parts, i));
  if (n > 0)
    add_calls (self, (RnlPart **) calls->pdata, n);
}

/**
 * rnl_step_group_contains:
 * @self: a group
 * @call: a call
 *
 * Returns: whether @call is one of its steps
 */
gboolean
rnl_step_group_contains (RnlStepGroup *self, RnlPart *call)
{
  g_return_val_if_fail (RNL_IS_STEP_GROUP (self), FALSE);

  return g_list_store_find (self->calls, call, NULL);
}

/**
 * rnl_step_group_reveal:
 * @self: a group
 * @call: one of its steps
 *
 * Opens the group, as if the person had.
 *
 * Returns: (transfer none) (nullable): the card of @call
 */
GtkWidget *
rnl_step_group_reveal (RnlStepGroup *self, RnlPart *call)
{
  g_return_val_if_fail (RNL_IS_STEP_GROUP (self), NULL);

  rnl_fold_header_set_open (RNL_FOLD_HEADER (self->header), TRUE);

  return rnl_run_list_reveal (RNL_RUN_LIST (self->cards), call);
}

guint
rnl_step_group_get_size (RnlStepGroup *self)
{
  g_return_val_if_fail (RNL_IS_STEP_GROUP (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->calls));
}

const char *
rnl_step_group_get_title (RnlStepGroup *self)
{
  g_return_val_if_fail (RNL_IS_STEP_GROUP (self), NULL);

  return rnl_fold_header_get_title (RNL_FOLD_HEADER (self->header));
}

GtkWidget *
rnl_step_group_get_header (RnlStepGroup *self)
{
  g_return_val_if_fail (RNL_IS_STEP_GROUP (self), NULL);

  return self->header;
}

/* rnl-nested-run.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-nested-run.h"

#include <glib/gi18n.h>

#include "rnl-chat-style.h"
#include "rnl-nested-text.h"
#include "rnl-run-list.h"
#include "rnl-tool-look.h"

/**
 * RnlNestedRun:
 *
 * A part inside a tool call: its title, what it says as it says it, and the runs inside it. A tool
 * call inside a tool gets a card of its own.
 */
struct _RnlNestedRun
{
  GtkWidget parent_instance;

  /* owned */
  RnlPart *part;

  /* children */
  GtkWidget *box;
  GtkWidget *caption;
  GtkWidget *text; /* once it says something */
  GtkWidget *runs;
};

G_DEFINE_FINAL_TYPE (RnlNestedRun, rnl_nested_run, GTK_TYPE_WIDGET)

static void
make_text (RnlNestedRun *self)
{
  if (self->text != NULL || rnl_part_get_length (self->part) == 0)
    return;

  self->text = rnl_nested_text_new (self->part, gtk_label_get_text (GTK_LABEL (self->caption)));
  gtk_box_insert_child_after (GTK_BOX (self->box), self->text, self->caption);
}

static void
rnl_nested_run_dispose (GObject *object)
{
  RnlNestedRun *self = RNL_NESTED_RUN (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->part);

  G_OBJECT_CLASS (rnl_nested_run_parent_class)->dispose (object);
}

static void
rnl_nested_run_class_init (RnlNestedRunClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_nested_run_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "nested");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rnl_nested_run_init (RnlNestedRun *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/* A run without a name of its own is called after its model: ACCOUNT/MODEL, of which the account
 * says nothing to a person. */
static char *
dup_title (RnlPart *part)
{
  const char *name = rnl_part_get_title (part);
  const char *slash = name != NULL && strchr (name, ' ') == NULL ? strchr (name, '/') : NULL;

  if (name == NULL)
    return g_strdup (_ ("Model"));
  if (g_str_equal (name, "offline/helper"))
    return g_strdup (_ ("Offline helper"));

  return slash != NULL && slash[1] != '\0' ? g_strdup (slash + 1) : rnl_tool_look_title (part);
}

/**
 * rnl_nested_run_new:
 * @part: a child of a tool call
 * @depth: how many cards stand around it
 *
 * Returns: (transfer floating): a widget that follows it
 */
GtkWidget *
rnl_nested_run_new (RnlPart *part, guint depth)
{
  RnlNestedRun *self = g_object_new (RNL_TYPE_NESTED_RUN, NULL);
  g_autofree char *title = dup_title (part);

  self->part = g_object_ref (part);
  self->caption = rnl_chat_caption_new (title);
  gtk_box_append (GTK_BOX (self->box), self->caption);
  make_text (self);
  self->runs = rnl_run_list_new (rnl_part_list_children (part), depth);
  gtk_box_append (GTK_BOX (self->box), self->runs);
  rnl_chat_set_label (GTK_WIDGET (self), title);

  g_signal_connect_object (part, "delta", G_CALLBACK (make_text), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * rnl_nested_run_get_runs:
 * @self: a run
 *
 * Returns: (transfer none): the [class@RunList] of what ran inside
 */
GtkWidget *
rnl_nested_run_get_runs (RnlNestedRun *self)
{
  g_return_val_if_fail (RNL_IS_NESTED_RUN (self), NULL);

  return self->runs;
}

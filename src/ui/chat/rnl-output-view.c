/* rnl-output-view.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-output-view-private.h"

#include <glib/gi18n.h>

#include "rnl-chat-style.h"
#include "rnl-plain-text.h"

/**
 * RnlOutputView:
 *
 * What a tool printed: the first and the last lines, each cut to a bounded length, and a button in
 * between that opens the whole. A frame costs the new bytes and the lines that are shown, however
 * long the text and its lines are.
 *
 * As a selectable each of its lines is a block. Of what is found the place that stands out is shown
 * with the lines around it, wherever it is.
 */
G_DEFINE_FINAL_TYPE_WITH_CODE (RnlOutputView,
                               rnl_output_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_SELECTABLE,
                                                      rnl_output_view_init_selectable))

static void
update_more (RnlOutputView *self)
{
  gsize hidden = self->excerpt.hidden;
  g_autofree char *label = NULL;

  gtk_widget_set_visible (self->more, hidden > 0 || self->excerpt.long_line);
  if (hidden > 0)
    label = g_strdup_printf (ngettext ("Show all: %d more line", "Show all: %d more lines", hidden),
                             (int) hidden);
  gtk_button_set_label (GTK_BUTTON (self->more), label != NULL ? label : _ ("Show all"));
}

static GtkWidget *
make_view (RnlOutputView *self, const char *label, GtkWidget *after)
{
  GtkWidget *view = rnl_plain_text_new (label);

  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), self->monospace);
  if (self->given)
    rnl_text_marks_own_selection (GTK_TEXT_VIEW (view));
  gtk_widget_insert_after (view, GTK_WIDGET (self), after);

  return view;
}

/* The first lines are all there is unless some are hidden behind them. */
static void
name_head (RnlOutputView *self)
{
  gboolean cut = self->excerpt.hidden > 0 || self->excerpt.long_line;

  rnl_chat_set_label (self->views[RNL_OUTPUT_HEAD], cut ? _ ("First lines") : self->title);
}

static void
show_text (RnlOutputView *self, RnlOutputPlace place)
{
  const char *text = self->excerpt.texts[place]->str;

  if (self->views[place] == NULL && *text == '\0')
    return;
  if (self->views[place] == NULL && place == RNL_OUTPUT_MIDDLE)
    {
      self->views[place] = make_view (self, _ ("Lines that were found"), self->more);
      gtk_widget_add_css_class (self->views[place], "found-lines");
    }
  else if (self->views[place] == NULL)
    self->views[place]
      = make_view (self, _ ("Last lines"), gtk_widget_get_last_child (GTK_WIDGET (self)));
  rnl_plain_text_update (RNL_PLAIN_TEXT (self->views[place]), text);
  gtk_widget_set_visible (self->views[place], place == RNL_OUTPUT_HEAD || *text != '\0');
}

static void
update_cb (GtkWidget *widget)
{
  RnlOutputView *self = RNL_OUTPUT_VIEW (widget);

  rnl_line_index_feed (&self->lines, self->text->str + self->lines.length,
                       self->text->len - self->lines.length);
  rnl_output_excerpt_update (&self->excerpt, self->text->str, &self->lines,
                             rnl_output_view_get_wanted (self));
  for (RnlOutputPlace place = RNL_OUTPUT_HEAD; place < RNL_OUTPUT_N_PLACES; place++)
    show_text (self, place);
  name_head (self);
  update_more (self);
  rnl_output_view_show_marks (self);
}

static void
show_all_cb (GtkButton *button, RnlOutputView *self)
{
  if (self->viewer == NULL)
    {
      g_set_weak_pointer (&self->viewer, rnl_text_viewer_new (self->title, self->monospace));
      rnl_text_viewer_append (self->viewer, self->text->str, self->text->len);
      gtk_window_set_modal (GTK_WINDOW (self->viewer), TRUE);
      gtk_window_set_transient_for (GTK_WINDOW (self->viewer),
                                    GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
    }
  gtk_window_present (GTK_WINDOW (self->viewer));
}

static void
rnl_output_view_dispose (GObject *object)
{
  RnlOutputView *self = RNL_OUTPUT_VIEW (object);

  rnl_frame_task_clear (&self->update);
  g_clear_weak_pointer (&self->viewer);
  for (guint i = 0; i < RNL_OUTPUT_N_PLACES; i++)
    g_clear_pointer (&self->views[i], gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  rnl_text_marks_clear (&self->marks);

  G_OBJECT_CLASS (rnl_output_view_parent_class)->dispose (object);
}

static void
rnl_output_view_finalize (GObject *object)
{
  RnlOutputView *self = RNL_OUTPUT_VIEW (object);

  g_free (self->title);
  g_string_free (self->text, TRUE);
  rnl_output_excerpt_clear (&self->excerpt);

  G_OBJECT_CLASS (rnl_output_view_parent_class)->finalize (object);
}

static void
rnl_output_view_class_init (RnlOutputViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rnl_output_view_dispose;
  object_class->finalize = rnl_output_view_finalize;

  gtk_widget_class_set_css_name (widget_class, "output");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rnl_output_view_init (RnlOutputView *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->text = g_string_new (NULL);
  rnl_output_excerpt_init (&self->excerpt);
  rnl_frame_task_init (&self->update, GTK_WIDGET (self), update_cb);
  self->views[RNL_OUTPUT_HEAD] = make_view (self, "", NULL);

  self->more = gtk_button_new ();
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_add_css_class (self->more, "small-button");
  gtk_widget_add_css_class (self->more, "caption");
  gtk_widget_set_halign (self->more, GTK_ALIGN_START);
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect (self->more, "clicked", G_CALLBACK (show_all_cb), self);
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));
  rnl_output_view_set_monospace (self, TRUE);
}

/**
 * rnl_output_view_new:
 * @title: what it is, for its accessible name and the window of "Show all"
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
rnl_output_view_new (const char *title)
{
  RnlOutputView *self = g_object_new (RNL_TYPE_OUTPUT_VIEW, NULL);

  self->title = g_strdup (title);
  rnl_chat_set_label (GTK_WIDGET (self), title);
  name_head (self);

  return GTK_WIDGET (self);
}

/**
 * rnl_output_view_append:
 * @self: a view
 * @text: UTF-8, cut between code points
 * @length: in bytes
 *
 * Appends before the next frame.
 */
void
rnl_output_view_append (RnlOutputView *self, const char *text, gsize length)
{
  g_return_if_fail (RNL_IS_OUTPUT_VIEW (self));

  g_string_append_len (self->text, text, (gssize) length);
  if (self->viewer != NULL)
    rnl_text_viewer_append (self->viewer, text, length);
  rnl_frame_task_queue (&self->update);
}

/**
 * rnl_output_view_set_text:
 * @self: a view
 * @text: UTF-8
 *
 * Replaces everything, at once.
 */
void
rnl_output_view_set_text (RnlOutputView *self, const char *text)
{
  g_return_if_fail (RNL_IS_OUTPUT_VIEW (self));

  g_string_assign (self->text, text);
  self->lines = (RnlLineIndex){ 0 };
  rnl_frame_task_queue (&self->update);
  rnl_frame_task_flush (&self->update);
}

/**
 * rnl_output_view_set_monospace:
 * @self: a view
 * @monospace: whether columns matter
 */
void
rnl_output_view_set_monospace (RnlOutputView *self, gboolean monospace)
{
  g_return_if_fail (RNL_IS_OUTPUT_VIEW (self));

  self->monospace = monospace;
  for (guint i = 0; i < RNL_OUTPUT_N_PLACES; i++)
    if (self->views[i] != NULL)
      gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->views[i]), monospace);
}

/**
 * rnl_output_view_give_selection:
 * @self: a view that is in no window yet
 *
 * Leaves it to others to select in it, as in any [iface@Runnel.Selectable].
 */
void
rnl_output_view_give_selection (RnlOutputView *self)
{
  g_return_if_fail (RNL_IS_OUTPUT_VIEW (self));

  self->given = TRUE;
  for (guint i = 0; i < RNL_OUTPUT_N_PLACES; i++)
    if (self->views[i] != NULL)
      rnl_text_marks_own_selection (GTK_TEXT_VIEW (self->views[i]));
}

/**
 * rnl_output_view_get_text:
 * @self: a view
 *
 * Returns: (transfer none): the whole text
 */
const char *
rnl_output_view_get_text (RnlOutputView *self)
{
  g_return_val_if_fail (RNL_IS_OUTPUT_VIEW (self), NULL);

  return self->text->str;
}

/**
 * rnl_output_view_get_length:
 * @self: a view
 *
 * Returns: the length of the whole text, in bytes
 */
gsize
rnl_output_view_get_length (RnlOutputView *self)
{
  g_return_val_if_fail (RNL_IS_OUTPUT_VIEW (self), 0);

  return self->text->len;
}

/**
 * rnl_output_view_get_hidden_lines:
 * @self: a view
 *
 * Returns: how many lines lie between the first and the last ones, as of the last frame
 */
gsize
rnl_output_view_get_hidden_lines (RnlOutputView *self)
{
  g_return_val_if_fail (RNL_IS_OUTPUT_VIEW (self), 0);

  return self->excerpt.hidden;
}

/**
 * rnl_output_view_get_viewer:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the window of "Show all", while it is open
 */
GtkWidget *
rnl_output_view_get_viewer (RnlOutputView *self)
{
  g_return_val_if_fail (RNL_IS_OUTPUT_VIEW (self), NULL);

  return (GtkWidget *) self->viewer;
}

/* rnl-spelling-row.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-spelling-row.h"

#include <glib/gi18n.h>

#define KEY "spelling-languages"

/**
 * RnlSpellingRow:
 *
 * Whether what is written is checked, and by which of the dictionaries there are. Where there is
 * none it says what to install.
 */
struct _RnlSpellingRow
{
  AdwExpanderRow parent_instance;

  /* owned */
  GSettings *settings;
  RnlSpeller *speller;
  GCancellable *listing;
  GPtrArray *boxes; /* GtkCheckButton, borrowed; the name of each is its language */

  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RnlSpellingRow, rnl_spelling_row, ADW_TYPE_EXPANDER_ROW)

static void
rnl_spelling_row_dispose (GObject *object)
{
  RnlSpellingRow *self = RNL_SPELLING_ROW (object);

  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  g_clear_object (&self->settings);
  g_clear_object (&self->speller);
  g_clear_pointer (&self->boxes, g_ptr_array_unref);

  G_OBJECT_CLASS (rnl_spelling_row_parent_class)->dispose (object);
}

static void
rnl_spelling_row_class_init (RnlSpellingRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_spelling_row_dispose;
}

static void
rnl_spelling_row_init (RnlSpellingRow *self)
{
  self->boxes = g_ptr_array_new ();
  self->listing = g_cancellable_new ();
}

/* None at all is the person's own, again. */
static void
toggled_cb (RnlSpellingRow *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) chosen = NULL;

  if (self->filling)
    return;
  for (guint i = 0; i < self->boxes->len; i++)
    if (gtk_check_button_get_active (self->boxes->pdata[i]))
      g_strv_builder_add (builder, gtk_widget_get_name (self->boxes->pdata[i]));
  chosen = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, KEY, (const char *const *) chosen);
}

static void
add_language (RnlSpellingRow *self, const char *tag)
{
  GtkWidget *box = gtk_check_button_new ();
  GtkWidget *row = adw_action_row_new ();

  gtk_widget_set_name (box, tag);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, tag, -1);
  g_signal_connect_object (box, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->boxes, box);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), tag);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), box);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), box);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
show_used (RnlSpellingRow *self, const char *const *used)
{
  g_autofree char *names = g_strjoinv (", ", (GStrv) used);

  self->filling = TRUE;
  for (guint i = 0; i < self->boxes->len; i++)
    gtk_check_button_set_active (
      self->boxes->pdata[i], g_strv_contains (used, gtk_widget_get_name (self->boxes->pdata[i])));
  self->filling = FALSE;
  if (self->boxes->len == 0)
    adw_expander_row_set_subtitle (
      ADW_EXPANDER_ROW (self),
      _ ("No dictionary was found. Install one for your language, for example hunspell-en-us"));
  else if (used[0] == NULL)
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self),
                                   _ ("None of the dictionaries is for your language"));
  else
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), names);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlSpellingRow) self = user_data;
  g_auto (GStrv) used = NULL;
  g_auto (GStrv) tags
    = rnl_speller_list_languages_finish (RNL_SPELLER (source), result, &used, NULL);

  if (tags == NULL)
    return;
  if (self->boxes->len == 0)
    for (gsize i = 0; tags[i] != NULL; i++)
      add_language (self, tags[i]);
  show_used (self, (const char *const *) used);
}

static void
update (RnlSpellingRow *self)
{
  rnl_speller_list_languages_async (self->speller, self->listing, listed_cb, g_object_ref (self));
}

/**
 * rnl_spelling_row_set_workspace:
 * @self: a row
 * @workspace: where something is written
 *
 * Has to come once, before the row is shown.
 */
void
rnl_spelling_row_set_workspace (RnlSpellingRow *self, RnlWorkspace *workspace)
{
  g_return_if_fail (RNL_IS_SPELLING_ROW (self));
  g_return_if_fail (self->settings == NULL);

  gtk_widget_set_visible (GTK_WIDGET (self), rnl_speller_is_supported ());
  if (!rnl_speller_is_supported ())
    return;
  self->settings = g_object_ref (rnl_workspace_get_settings (workspace));
  self->speller = g_object_ref (rnl_workspace_get_speller (workspace));
  g_settings_bind (self->settings, "check-spelling", self, "enable-expansion",
                   G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->speller, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/* rnl-spelling-row.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-spelling-row.h"

#include <glib/gi18n.h>

#include "rnl-compat-accessible.h"
#include "rnl-language-names.h"

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

static void listed_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
update (RnlSpellingRow *self)
{
  rnl_speller_list_languages_async (self->speller, self->listing, listed_cb, g_object_ref (self));
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
  update (self);
}

static void
add_language (RnlSpellingRow *self, const char *tag, const char *name)
{
  GtkWidget *box = gtk_check_button_new ();
  GtkWidget *row = adw_action_row_new ();

  gtk_widget_set_name (box, tag);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  g_signal_connect_object (box, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->boxes, box);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), box);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), box);
  rnl_compat_set_name (box, name);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer names)
{
  g_autofree char *first = rnl_language_names_dup (names, *(const char *const *) a);
  g_autofree char *second = rnl_language_names_dup (names, *(const char *const *) b);

  return g_utf8_collate (first, second);
}

static void
add_languages (RnlSpellingRow *self, RnlLanguageNames *names, GStrv tags)
{
  g_qsort_with_data (tags, (int) g_strv_length (tags), sizeof *tags, compare_names, names);
  for (gsize i = 0; tags[i] != NULL; i++)
    {
      g_autofree char *name = rnl_language_names_dup (names, tags[i]);

      add_language (self, tags[i], name);
    }
}

static char *
dup_names (RnlLanguageNames *names, const char *const *tags)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; tags[i] != NULL; i++)
    {
      g_autofree char *name = rnl_language_names_dup (names, tags[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name);
    }

  return g_strdup (text->str);
}

static void
show_used (RnlSpellingRow *self, RnlLanguageNames *names, const char *const *used)
{
  g_autofree char *listed = dup_names (names, used);
  const char *subtitle = listed;

  self->filling = TRUE;
  for (guint i = 0; i < self->boxes->len; i++)
    gtk_check_button_set_active (
      self->boxes->pdata[i], g_strv_contains (used, gtk_widget_get_name (self->boxes->pdata[i])));
  self->filling = FALSE;
  if (self->boxes->len == 0)
    subtitle
      = _ ("No dictionary was found. Install one for your language, for example hunspell-en-us");
  else if (used[0] == NULL)
    subtitle = _ ("None of the dictionaries is for your language");
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlSpellingRow) self = user_data;
  g_auto (GStrv) used = NULL;
  g_auto (GStrv) tags
    = rnl_speller_list_languages_finish (RNL_SPELLER (source), result, &used, NULL);
  g_autoptr (RnlLanguageNames) names = NULL;

  if (tags == NULL)
    return;
  names = rnl_language_names_new (g_get_system_data_dirs ());
  if (self->boxes->len == 0)
    add_languages (self, names, tags);
  show_used (self, names, (const char *const *) used);
}

static void
name_parts (RnlSpellingRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));

  rnl_compat_set_name (GTK_WIDGET (self), title);
  rnl_compat_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, title);
  rnl_compat_name_inside (GTK_WIDGET (self), GTK_TYPE_SWITCH, title);
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

  name_parts (self);
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

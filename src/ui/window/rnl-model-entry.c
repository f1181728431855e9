/* rnl-model-entry.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-model-entry.h"

#include <string.h>

/**
 * RnlModelEntry:
 *
 * One line in the list of models: a model, or the heading over those of an account. A favourite
 * and the model that answers now are marked; both marks notify.
 */
struct _RnlModelEntry
{
  GObject parent_instance;

  /* owned */
  char *id; /* `ACCOUNT/MODEL`; `NULL` for a heading */
  char *title;
  char *note;
  char *needle; /* what a search looks through */
  RnlModelInfo *info;

  gboolean favourite;
  gboolean current;
};

enum
{
  PROP_0,
  PROP_FAVOURITE,
  PROP_CURRENT,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (RnlModelEntry, rnl_model_entry, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];

static void
rnl_model_entry_finalize (GObject *object)
{
  RnlModelEntry *self = RNL_MODEL_ENTRY (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->note);
  g_free (self->needle);
  g_clear_object (&self->info);

  G_OBJECT_CLASS (rnl_model_entry_parent_class)->finalize (object);
}

static void
rnl_model_entry_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlModelEntry *self = RNL_MODEL_ENTRY (object);

  switch (prop_id)
    {
    case PROP_FAVOURITE:
      g_value_set_boolean (value, self->favourite);
      break;
    case PROP_CURRENT:
      g_value_set_boolean (value, self->current);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_model_entry_class_init (RnlModelEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = rnl_model_entry_finalize;
  object_class->get_property = rnl_model_entry_get_property;

  props[PROP_FAVOURITE] = g_param_spec_boolean ("favourite", NULL, NULL, FALSE, flags);
  props[PROP_CURRENT] = g_param_spec_boolean ("current", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_model_entry_init (RnlModelEntry *self)
{
}

/**
 * rnl_model_entry_new_noted:
 * @id: `ACCOUNT/MODEL`
 * @title: its name
 * @note: (nullable): what stands below it
 *
 * Returns: (transfer full): the line of a model of which nothing is known
 */
RnlModelEntry *
rnl_model_entry_new_noted (const char *id, const char *title, const char *note)
{
  RnlModelEntry *self = g_object_new (RNL_TYPE_MODEL_ENTRY, NULL);
  g_autofree char *text = g_strconcat (title, " ", id, NULL);

  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->note = g_strdup (note);
  self->needle = g_utf8_casefold (text, -1);

  return self;
}

/**
 * rnl_model_entry_new:
 * @account: the id of the account
 * @info: one of its models
 *
 * Returns: (transfer full): the line of a model
 */
RnlModelEntry *
rnl_model_entry_new (const char *account, RnlModelInfo *info)
{
  g_autofree char *id = g_strconcat (account, "/", rnl_model_info_get_id (info), NULL);
  RnlModelEntry *self = rnl_model_entry_new_noted (id, rnl_model_info_get_title (info), NULL);

  self->info = g_object_ref (info);

  return self;
}

/**
 * rnl_model_entry_new_heading:
 * @title: what it says
 *
 * Returns: (transfer full): the line above models that belong together
 */
RnlModelEntry *
rnl_model_entry_new_heading (const char *title)
{
  RnlModelEntry *self = g_object_new (RNL_TYPE_MODEL_ENTRY, NULL);

  self->title = g_strdup (title);

  return self;
}

/**
 * rnl_model_entry_get_id:
 * @self: a line
 *
 * Returns: (transfer none) (nullable): `ACCOUNT/MODEL`, `NULL` for a heading
 */
const char *
rnl_model_entry_get_id (RnlModelEntry *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_ENTRY (self), NULL);

  return self->id;
}

/**
 * rnl_model_entry_get_title:
 * @self: a line
 *
 * Returns: (transfer none): the name, or what the heading says
 */
const char *
rnl_model_entry_get_title (RnlModelEntry *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_ENTRY (self), NULL);

  return self->title;
}

/**
 * rnl_model_entry_get_note:
 * @self: a line
 *
 * Returns: (transfer none) (nullable): what stands below the name in the place of facts
 */
const char *
rnl_model_entry_get_note (RnlModelEntry *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_ENTRY (self), NULL);

  return self->note;
}

/**
 * rnl_model_entry_get_info:
 * @self: a line
 *
 * Returns: (transfer none) (nullable): what is known of the model
 */
RnlModelInfo *
rnl_model_entry_get_info (RnlModelEntry *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_ENTRY (self), NULL);

  return self->info;
}

static void
set_mark (RnlModelEntry *self, gboolean *mark, gboolean value, GParamSpec *pspec)
{
  value = !!value;
  if (*mark == value)
    return;

  *mark = value;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

gboolean
rnl_model_entry_get_favourite (RnlModelEntry *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_ENTRY (self), FALSE);

  return self->favourite;
}

void
rnl_model_entry_set_favourite (RnlModelEntry *self, gboolean favourite)
{
  g_return_if_fail (RNL_IS_MODEL_ENTRY (self));

  set_mark (self, &self->favourite, favourite, props[PROP_FAVOURITE]);
}

gboolean
rnl_model_entry_get_current (RnlModelEntry *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_ENTRY (self), FALSE);

  return self->current;
}

void
rnl_model_entry_set_current (RnlModelEntry *self, gboolean current)
{
  g_return_if_fail (RNL_IS_MODEL_ENTRY (self));

  set_mark (self, &self->current, current, props[PROP_CURRENT]);
}

/**
 * rnl_model_entry_matches:
 * @self: the line of a model
 * @words: (array zero-terminated=1): what is looked for, case folded
 *
 * Returns: whether all of the words are in its name or its id
 */
gboolean
rnl_model_entry_matches (RnlModelEntry *self, const char *const *words)
{
  g_return_val_if_fail (RNL_IS_MODEL_ENTRY (self), FALSE);

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    if (strstr (self->needle, words[i]) == NULL)
      return FALSE;

  return TRUE;
}

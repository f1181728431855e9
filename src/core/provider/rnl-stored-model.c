/* rnl-stored-model.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-stored-model.h"

/**
 * RnlStoredModel:
 *
 * A model that a server has on its disk, and what it takes there. It never changes.
 */
struct _RnlStoredModel
{
  GObject parent_instance;

  char *name;
  gint64 size;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_SIZE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (RnlStoredModel, rnl_stored_model, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];

static void
rnl_stored_model_finalize (GObject *object)
{
  g_free (RNL_STORED_MODEL (object)->name);

  G_OBJECT_CLASS (rnl_stored_model_parent_class)->finalize (object);
}

static void
rnl_stored_model_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlStoredModel *self = RNL_STORED_MODEL (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_SIZE:
      g_value_set_int64 (value, self->size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_stored_model_class_init (RnlStoredModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = rnl_stored_model_finalize;
  object_class->get_property = rnl_stored_model_get_property;

  /**
   * RnlStoredModel:name:
   *
   * What a request calls the model.
   */
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  /**
   * RnlStoredModel:size:
   *
   * What it takes on the disk, in bytes; -1 when the server does not say.
   */
  props[PROP_SIZE] = g_param_spec_int64 ("size", NULL, NULL, -1, G_MAXINT64, -1, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_stored_model_init (RnlStoredModel *self)
{
}

/**
 * rnl_stored_model_new:
 * @name: what a request calls it
 * @size: what it takes on the disk, in bytes; -1 when the server does not say
 *
 * Returns: (transfer full): a model
 */
RnlStoredModel *
rnl_stored_model_new (const char *name, gint64 size)
{
  RnlStoredModel *self = g_object_new (RNL_TYPE_STORED_MODEL, NULL);

  self->name = g_strdup (name);
  self->size = MAX (size, -1);

  return self;
}

/**
 * rnl_stored_model_get_name:
 * @self: a model
 *
 * Returns: (transfer none): what a request calls it
 */
const char *
rnl_stored_model_get_name (RnlStoredModel *self)
{
  g_return_val_if_fail (RNL_IS_STORED_MODEL (self), NULL);

  return self->name;
}

/**
 * rnl_stored_model_get_size:
 * @self: a model
 *
 * Returns: what it takes on the disk, in bytes; -1 when the server does not say
 */
gint64
rnl_stored_model_get_size (RnlStoredModel *self)
{
  g_return_val_if_fail (RNL_IS_STORED_MODEL (self), -1);

  return self->size;
}

/* rnl-model-info.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-model-info.h"

/**
 * RnlModelInfo:
 *
 * One of the models a server offers.
 */
struct _RnlModelInfo
{
  GObject parent_instance;

  char *id;
  char *title;
  gint64 context_length;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_TITLE,
  PROP_CONTEXT_LENGTH,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (RnlModelInfo, rnl_model_info, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];

static void
rnl_model_info_finalize (GObject *object)
{
  RnlModelInfo *self = RNL_MODEL_INFO (object);

  g_free (self->id);
  g_free (self->title);

  G_OBJECT_CLASS (rnl_model_info_parent_class)->finalize (object);
}

static void
rnl_model_info_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlModelInfo *self = RNL_MODEL_INFO (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_CONTEXT_LENGTH:
      g_value_set_int64 (value, self->context_length);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_model_info_class_init (RnlModelInfoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = rnl_model_info_finalize;
  object_class->get_property = rnl_model_info_get_property;

  /**
   * RnlModelInfo:id:
   *
   * What the server calls the model.
   */
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  /**
   * RnlModelInfo:title:
   *
   * For a person.
   */
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  /**
   * RnlModelInfo:context-length:
   *
   * How much the model can read, in tokens; -1 when the server does not say.
   */
  props[PROP_CONTEXT_LENGTH]
    = g_param_spec_int64 ("context-length", NULL, NULL, -1, G_MAXINT64, -1, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_model_info_init (RnlModelInfo *self)
{
  self->context_length = -1;
}

/**
 * rnl_model_info_new:
 * @id: what a request calls it
 * @title: (nullable): what a person calls it; @id when `NULL`
 * @context_length: how many tokens fit, -1 when the server does not say
 *
 * Returns: (transfer full): a description of a model; it never changes
 */
RnlModelInfo *
rnl_model_info_new (const char *id, const char *title, gint64 context_length)
{
  RnlModelInfo *self = g_object_new (RNL_TYPE_MODEL_INFO, NULL);

  self->id = g_strdup (id);
  self->title = g_strdup (title != NULL && *title != '\0' ? title : id);
  self->context_length = context_length;

  return self;
}

/**
 * rnl_model_info_get_id:
 * @self: a model
 *
 * Returns: (transfer none): what a request calls it; may hold slashes
 */
const char *
rnl_model_info_get_id (RnlModelInfo *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_INFO (self), NULL);

  return self->id;
}

/**
 * rnl_model_info_get_title:
 * @self: a model
 *
 * Returns: (transfer none): what a person calls it
 */
const char *
rnl_model_info_get_title (RnlModelInfo *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_INFO (self), NULL);

  return self->title;
}

/**
 * rnl_model_info_get_context_length:
 * @self: a model
 *
 * Returns: how many tokens fit, -1 when the server does not say
 */
gint64
rnl_model_info_get_context_length (RnlModelInfo *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_INFO (self), -1);

  return self->context_length;
}

/* rnl-model-info.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-model-info.h"

/**
 * RnlModelInfo:
 *
 * One of the models a server offers, and what is known of it: from the server's list, from
 * [class@Runnel.ModelCatalog], from a person.
 */
struct _RnlModelInfo
{
  GObject parent_instance;

  /* owned */
  char *id;
  char *title;
  RnlModelPrice *price;

  gint64 context_length;
  gint64 max_output;
  RnlModelAbilities abilities;
  RnlModelAbilities known_abilities;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_TITLE,
  PROP_CONTEXT_LENGTH,
  PROP_MAX_OUTPUT,
  PROP_ABILITIES,
  PROP_KNOWN_ABILITIES,
  PROP_PRICE,
  N_PROPS,
};

G_DEFINE_FLAGS_TYPE (RnlModelAbilities,
                     rnl_model_abilities,
                     G_DEFINE_ENUM_VALUE (RNL_MODEL_ABILITY_TOOLS, "tools"),
                     G_DEFINE_ENUM_VALUE (RNL_MODEL_ABILITY_IMAGES, "images"),
                     G_DEFINE_ENUM_VALUE (RNL_MODEL_ABILITY_PDF, "pdf"),
                     G_DEFINE_ENUM_VALUE (RNL_MODEL_ABILITY_REASONING, "reasoning"),
                     G_DEFINE_ENUM_VALUE (RNL_MODEL_ABILITY_SCHEMA, "schema"),
                     G_DEFINE_ENUM_VALUE (RNL_MODEL_ABILITY_SAMPLING, "sampling"))

G_DEFINE_FINAL_TYPE (RnlModelInfo, rnl_model_info, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];

static void
rnl_model_info_finalize (GObject *object)
{
  RnlModelInfo *self = RNL_MODEL_INFO (object);

  g_free (self->id);
  g_free (self->title);
  rnl_model_price_free (self->price);

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
    case PROP_MAX_OUTPUT:
      g_value_set_int64 (value, self->max_output);
      break;
    case PROP_ABILITIES:
      g_value_set_flags (value, self->abilities);
      break;
    case PROP_KNOWN_ABILITIES:
      g_value_set_flags (value, self->known_abilities);
      break;
    case PROP_PRICE:
      g_value_set_boxed (value, self->price);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_model_info_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RnlModelInfo *self = RNL_MODEL_INFO (object);

  switch (prop_id)
    {
    case PROP_ID:
      self->id = g_value_dup_string (value);
      break;
    case PROP_TITLE:
      self->title = g_value_dup_string (value);
      break;
    case PROP_CONTEXT_LENGTH:
      rnl_model_info_set_context_length (self, g_value_get_int64 (value));
      break;
    case PROP_MAX_OUTPUT:
      rnl_model_info_set_max_output (self, g_value_get_int64 (value));
      break;
    case PROP_PRICE:
      rnl_model_info_set_price (self, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_model_info_constructed (GObject *object)
{
  RnlModelInfo *self = RNL_MODEL_INFO (object);

  G_OBJECT_CLASS (rnl_model_info_parent_class)->constructed (object);

  if (self->title == NULL || *self->title == '\0')
    {
      g_free (self->title);
      self->title = g_strdup (self->id);
    }
}

static void
install_words (GParamFlags flags)
{
  GParamFlags once = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  /**
   * RnlModelInfo:id:
   *
   * What the server calls the model.
   */
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, once);
  /**
   * RnlModelInfo:title:
   *
   * For a person; the id when the server has no better word.
   */
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, once);
  /**
   * RnlModelInfo:price:
   *
   * What it costs, `NULL` when unknown.
   */
  props[PROP_PRICE] = g_param_spec_boxed ("price", NULL, NULL, RNL_TYPE_MODEL_PRICE, flags);
}

static void
install_numbers (GParamFlags flags)
{
  GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * RnlModelInfo:context-length:
   *
   * How much the model can read, in tokens; 0 when unknown.
   */
  props[PROP_CONTEXT_LENGTH]
    = g_param_spec_int64 ("context-length", NULL, NULL, 0, G_MAXINT64, 0, flags);
  /**
   * RnlModelInfo:max-output:
   *
   * How much the model can write at once, in tokens; 0 when unknown.
   */
  props[PROP_MAX_OUTPUT] = g_param_spec_int64 ("max-output", NULL, NULL, 0, G_MAXINT64, 0, flags);
  /**
   * RnlModelInfo:abilities:
   *
   * What it can do.
   */
  props[PROP_ABILITIES]
    = g_param_spec_flags ("abilities", NULL, NULL, RNL_TYPE_MODEL_ABILITIES, 0, told);
  /**
   * RnlModelInfo:known-abilities:
   *
   * Which of the abilities are known at all, to be there or not.
   */
  props[PROP_KNOWN_ABILITIES]
    = g_param_spec_flags ("known-abilities", NULL, NULL, RNL_TYPE_MODEL_ABILITIES, 0, told);
}

static void
rnl_model_info_class_init (RnlModelInfoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = rnl_model_info_constructed;
  object_class->finalize = rnl_model_info_finalize;
  object_class->get_property = rnl_model_info_get_property;
  object_class->set_property = rnl_model_info_set_property;

  install_words (flags);
  install_numbers (flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_model_info_init (RnlModelInfo *self)
{
}

/**
 * rnl_model_info_new:
 * @id: what a request calls it
 * @title: (nullable): what a person calls it; @id when `NULL`
 * @context_length: how many tokens fit; 0 or less when the server does not say
 *
 * Returns: (transfer full): a description of a model
 */
RnlModelInfo *
rnl_model_info_new (const char *id, const char *title, gint64 context_length)
{
  g_return_val_if_fail (id != NULL, NULL);

  return g_object_new (RNL_TYPE_MODEL_INFO, "id", id, "title", title, "context-length",
                       MAX (context_length, 0), NULL);
}

/**
 * rnl_model_info_copy:
 * @self: a model
 *
 * Returns: (transfer full): another one that says the same
 */
RnlModelInfo *
rnl_model_info_copy (RnlModelInfo *self)
{
  RnlModelInfo *copy;

  g_return_val_if_fail (RNL_IS_MODEL_INFO (self), NULL);

  copy = rnl_model_info_new (self->id, self->title, self->context_length);
  copy->max_output = self->max_output;
  copy->abilities = self->abilities;
  copy->known_abilities = self->known_abilities;
  copy->price = rnl_model_price_copy (self->price);

  return copy;
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
 * Returns: how many tokens fit, what is sent and what comes back together; 0 when unknown
 */
gint64
rnl_model_info_get_context_length (RnlModelInfo *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_INFO (self), 0);

  return self->context_length;
}

static void
set_length (RnlModelInfo *self, gint64 *length, gint64 value, GParamSpec *pspec)
{
  value = MAX (value, 0);
  if (*length == value)
    return;

  *length = value;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

/**
 * rnl_model_info_set_context_length:
 * @self: a model
 * @context_length: how many tokens fit; 0 or less when unknown
 *
 * Says how much the model can read.
 */
void
rnl_model_info_set_context_length (RnlModelInfo *self, gint64 context_length)
{
  g_return_if_fail (RNL_IS_MODEL_INFO (self));

  set_length (self, &self->context_length, context_length, props[PROP_CONTEXT_LENGTH]);
}

/**
 * rnl_model_info_get_max_output:
 * @self: a model
 *
 * Returns: how many tokens it can write at once; 0 when unknown
 */
gint64
rnl_model_info_get_max_output (RnlModelInfo *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_INFO (self), 0);

  return self->max_output;
}

/**
 * rnl_model_info_set_max_output:
 * @self: a model
 * @max_output: how many tokens it can write at once; 0 or less when unknown
 *
 * Says how much the model can write.
 */
void
rnl_model_info_set_max_output (RnlModelInfo *self, gint64 max_output)
{
  g_return_if_fail (RNL_IS_MODEL_INFO (self));

  set_length (self, &self->max_output, max_output, props[PROP_MAX_OUTPUT]);
}

/**
 * rnl_model_info_get_abilities:
 * @self: a model
 *
 * Returns: what it is known to be able to do
 */
RnlModelAbilities
rnl_model_info_get_abilities (RnlModelInfo *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_INFO (self), 0);

  return self->abilities;
}

/**
 * rnl_model_info_get_known_abilities:
 * @self: a model
 *
 * Returns: of which abilities it is known whether it has them. What is unknown is to be tried, not
 *   refused
 */
RnlModelAbilities
rnl_model_info_get_known_abilities (RnlModelInfo *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_INFO (self), 0);

  return self->known_abilities;
}

/**
 * rnl_model_info_can:
 * @self: a model
 * @ability: one ability, or several
 *
 * Returns: `FALSE` when it is known that it cannot do one of them
 */
gboolean
rnl_model_info_can (RnlModelInfo *self, RnlModelAbilities ability)
{
  g_return_val_if_fail (RNL_IS_MODEL_INFO (self), TRUE);

  return (self->known_abilities & ability & ~self->abilities) == 0;
}

/**
 * rnl_model_info_set_ability:
 * @self: a model
 * @ability: one ability, or several
 * @can: whether it has them
 *
 * Says that it can or cannot do something; from then on that is known.
 */
void
rnl_model_info_set_ability (RnlModelInfo *self, RnlModelAbilities ability, gboolean can)
{
  RnlModelAbilities abilities, known;

  g_return_if_fail (RNL_IS_MODEL_INFO (self));

  abilities = can ? self->abilities | ability : self->abilities & ~ability;
  known = self->known_abilities | ability;
  if (abilities != self->abilities)
    {
      self->abilities = abilities;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ABILITIES]);
    }
  if (known != self->known_abilities)
    {
      self->known_abilities = known;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_KNOWN_ABILITIES]);
    }
}

/**
 * rnl_model_info_get_price:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): what it costs, `NULL` when unknown
 */
const RnlModelPrice *
rnl_model_info_get_price (RnlModelInfo *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_INFO (self), NULL);

  return self->price;
}

/**
 * rnl_model_info_set_price:
 * @self: a model
 * @price: (nullable): what it costs
 *
 * Says what it costs.
 */
void
rnl_model_info_set_price (RnlModelInfo *self, const RnlModelPrice *price)
{
  g_return_if_fail (RNL_IS_MODEL_INFO (self));

  if (self->price == price)
    return;

  rnl_model_price_free (self->price);
  self->price = rnl_model_price_copy (price);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PRICE]);
}

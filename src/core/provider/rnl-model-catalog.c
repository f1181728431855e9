/* rnl-model-catalog.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#define G_LOG_DOMAIN "rnl-model-catalog"

#include "config.h"
#include "rnl-model-catalog.h"

#include "rnl-json-error.h"
#include "rnl-model-facts.h"
#include "rnl-provider-resources.h"

#define TABLE_PATH     "/io/github/runnel_chat/Runnel/provider/models.json"
#define FILE_NAME      "models.json"
#define MAX_FILE_BYTES (4 * 1024 * 1024)

/**
 * RnlModelCatalog:
 *
 * What is known of models whose servers do not say it: how much they read, what they can do, what
 * they cost. There is a small table in the program, a date on each row, and over it a file of the
 * person's own, `models.json` in the program's folder of settings. What a server says comes before
 * the table; what the person says comes before everything.
 */
struct _RnlModelCatalog
{
  GObject parent_instance;

  /* owned */
  GFile *file;
  GPtrArray *table;
  GPtrArray *own; /* nullable */
  GError *error;  /* why the file is not used */
};

G_DEFINE_FINAL_TYPE (RnlModelCatalog, rnl_model_catalog, G_TYPE_OBJECT)

static void
rnl_model_catalog_finalize (GObject *object)
{
  RnlModelCatalog *self = RNL_MODEL_CATALOG (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->table, g_ptr_array_unref);
  g_clear_pointer (&self->own, g_ptr_array_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (rnl_model_catalog_parent_class)->finalize (object);
}

static void
rnl_model_catalog_class_init (RnlModelCatalogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_model_catalog_finalize;
}

static void
rnl_model_catalog_init (RnlModelCatalog *self)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (rnl_provider_get_resource (), TABLE_PATH,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  self->table = rnl_model_facts_parse (text, (gssize) length, NULL);
  g_assert (self->table != NULL);
}

/* Local, small, and read once: like a settings file. */
static void
read_file (RnlModelCatalog *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = g_file_get_parse_name (self->file);
  gsize length;
  GFileType type = g_file_query_file_type (self->file, G_FILE_QUERY_INFO_NONE, NULL);

  /* A pipe would be waited for. */
  if (type != G_FILE_TYPE_REGULAR && type != G_FILE_TYPE_UNKNOWN)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "it is not a file");
  else if (!g_file_load_contents (self->file, NULL, &text, &length, NULL, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return; /* most people have none */
    }
  else if (length > MAX_FILE_BYTES)
    g_set_error (&error, RNL_JSON_ERROR, RNL_JSON_ERROR_TOO_LARGE, "it is longer than %d bytes",
                 MAX_FILE_BYTES);
  else
    self->own = rnl_model_facts_parse (text, (gssize) length, &error);

  if (error == NULL)
    return;

  g_prefix_error (&error, "%s is not used: ", name);
  self->error = g_steal_pointer (&error);
}

/**
 * rnl_model_catalog_new:
 * @file: (nullable): the person's own table; it need not be there
 *
 * Reads the table of the program and that of the person. One that is broken is left as it is and
 * not used: [method@Runnel.ModelCatalog.get_error] says why.
 *
 * Returns: (transfer full): a catalogue
 */
RnlModelCatalog *
rnl_model_catalog_new (GFile *file)
{
  RnlModelCatalog *self;

  g_return_val_if_fail (file == NULL || G_IS_FILE (file), NULL);

  self = g_object_new (RNL_TYPE_MODEL_CATALOG, NULL);
  if (file != NULL)
    {
      self->file = g_object_ref (file);
      read_file (self);
    }

  return self;
}

/**
 * rnl_model_catalog_get_default:
 *
 * Returns: (transfer none): the program's catalogue, with the person's `runnel/models.json` in the
 *   folder of settings over it; read when it is first asked for
 */
RnlModelCatalog *
rnl_model_catalog_get_default (void)
{
  static RnlModelCatalog *catalog;

  if (catalog == NULL)
    {
      g_autofree char *path
        = g_build_filename (g_get_user_config_dir (), "runnel", FILE_NAME, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      catalog = rnl_model_catalog_new (file);
    }

  return catalog;
}

/**
 * rnl_model_catalog_get_file:
 * @self: a catalogue
 *
 * Returns: (transfer none) (nullable): where the person's own table is, or would be
 */
GFile *
rnl_model_catalog_get_file (RnlModelCatalog *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_CATALOG (self), NULL);

  return self->file;
}

/**
 * rnl_model_catalog_get_error:
 * @self: a catalogue
 *
 * Returns: (transfer none) (nullable): why the person's own table is not used; `NULL` when it is,
 *   or when there is none. The message names the file and the place
 */
const GError *
rnl_model_catalog_get_error (RnlModelCatalog *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_CATALOG (self), NULL);

  return self->error;
}

/**
 * rnl_model_catalog_complete:
 * @self: a catalogue
 * @info: a model
 *
 * Fills in what the server did not say, and puts in place what the person says.
 */
void
rnl_model_catalog_complete (RnlModelCatalog *self, RnlModelInfo *info)
{
  g_return_if_fail (RNL_IS_MODEL_CATALOG (self));
  g_return_if_fail (RNL_IS_MODEL_INFO (info));

  rnl_model_facts_fill (self->table, info);
  if (self->own != NULL)
    rnl_model_facts_override (self->own, info);
}

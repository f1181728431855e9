/* rnl-cli-models.c: the models there are, and what is known of each
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli.h"

#include "rnl-cli-models-near.h"
#include "rnl-cli-models-server.h"
#include "rnl-http-model.h"
#include "rnl-local-servers.h"
#include "rnl-model-catalog.h"

/* What was asked for, and what is printed at the end when that is JSON. */
typedef struct
{
  char *format;
  char *base_url;
  char *protocol;
  gboolean json;

  JsonArray *array;  /* only for JSON */
  const char *place; /* where what is printed now is, if not in an account */
} Listing;

static void
listing_clear (Listing *self)
{
  g_free (self->format);
  g_free (self->base_url);
  g_free (self->protocol);
  g_clear_pointer (&self->array, json_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static gboolean
listing_parse (Listing *self, const char *usage, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &self->format, "What to print (default: text)",
      "text|json" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, "The same as --format json", NULL },
    { "base-url", 0, 0, G_OPTION_ARG_STRING, &self->base_url,
      "A server that no account is needed for", "URL" },
    { "protocol", 0, 0, G_OPTION_ARG_STRING, &self->protocol,
      "How that server speaks (default: openai-chat)", "NAME" },
    { NULL },
  };

  if (!rnl_cli_parse ((GOptionEntry *) entries, usage, argc, argv, error))
    return FALSE;
  if (self->format != NULL && !g_str_equal (self->format, "text")
      && !g_str_equal (self->format, "json"))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--format %s is not one of text, json", self->format);
      return FALSE;
    }
  self->json = self->json || g_strcmp0 (self->format, "json") == 0;
  if (self->json)
    self->array = json_array_new ();

  return TRUE;
}

static const char *
get_protocol (const Listing *self)
{
  return self->protocol != NULL ? self->protocol : "openai-chat";
}

/* In words and in JSON. */

static void
add_count (JsonObject *object, const char *name, gint64 count)
{
  if (count > 0)
    json_object_set_int_member (object, name, count);
}

static void
add_dollars (JsonObject *object, const char *name, double dollars)
{
  if (dollars >= 0)
    json_object_set_double_member (object, name, dollars);
}

static JsonObject *
price_to_json (const RnlModelPrice *price)
{
  JsonObject *object = json_object_new ();

  add_dollars (object, "input", price->input);
  add_dollars (object, "output", price->output);
  add_dollars (object, "cached_input", price->cached_input);
  if (price->date != NULL)
    json_object_set_string_member (object, "date", price->date);

  return object;
}

/* What is not known is not there. */
static JsonObject *
info_to_json (const Listing *self, const char *id, RnlModelInfo *info)
{
  g_autoptr (GFlagsClass) words = g_type_class_ref (RNL_TYPE_MODEL_ABILITIES);
  JsonObject *object = json_object_new ();
  JsonObject *abilities = json_object_new ();

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "title", rnl_model_info_get_title (info));
  if (self->place != NULL)
    json_object_set_string_member (object, "base_url", self->place);
  add_count (object, "context_length", rnl_model_info_get_context_length (info));
  add_count (object, "max_output", rnl_model_info_get_max_output (info));
  for (guint i = 0; i < words->n_values; i++)
    if ((rnl_model_info_get_known_abilities (info) & words->values[i].value) != 0)
      json_object_set_boolean_member (abilities, words->values[i].value_nick,
                                      (rnl_model_info_get_abilities (info) & words->values[i].value)
                                        != 0);
  json_object_set_object_member (object, "abilities", abilities);
  if (rnl_model_info_get_price (info) != NULL)
    json_object_set_object_member (object, "price",
                                   price_to_json (rnl_model_info_get_price (info)));

  return object;
}

static char *
dup_price (RnlModelInfo *info)
{
  const RnlModelPrice *price = rnl_model_info_get_price (info);

  return price != NULL && price->input >= 0 && price->output >= 0
           ? g_strdup_printf ("$%.4g/$%.4g", price->input, price->output)
           : g_strdup ("-");
}

static char *
dup_abilities (RnlModelAbilities abilities)
{
  g_autoptr (GFlagsClass) words = g_type_class_ref (RNL_TYPE_MODEL_ABILITIES);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < words->n_values; i++)
    if ((abilities & words->values[i].value) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", words->values[i].value_nick);

  return g_string_free (text, FALSE);
}

static char *
dup_count (gint64 count)
{
  return count > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, count) : g_strdup ("-");
}

static void
print_model (Listing *self, const char *id, RnlModelInfo *info)
{
  g_autofree char *length = dup_count (rnl_model_info_get_context_length (info));
  g_autofree char *price = dup_price (info);
  g_autofree char *abilities = dup_abilities (rnl_model_info_get_abilities (info));

  if (self->array != NULL)
    json_array_add_object_element (self->array, info_to_json (self, id, info));
  else
    g_print ("%-40s %8s %12s %s%s%s\n", id, length, price, *abilities != '\0' ? abilities : "-",
             self->place != NULL ? " at " : "", self->place != NULL ? self->place : "");
}

static void
print_array (Listing *self)
{
  g_autoptr (JsonNode) node = NULL;

  if (self->array == NULL)
    return;
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (node, self->array);
  rnl_cli_print_json (node, TRUE);
}

static void
warn_of_broken_file (void)
{
  const GError *error = rnl_model_catalog_get_error (rnl_model_catalog_get_default ());

  if (error != NULL)
    g_printerr ("runnel-cli: %s\n", error->message);
}

/* models. A server that does not answer is told about and does not hide the others. */

static gboolean
print_account (Listing *self, RnlAccount *account, gboolean prefix)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = NULL;

  rnl_account_fetch_models_async (account, NULL, rnl_cli_result_cb, &result);
  rnl_cli_wait (&result);
  models = rnl_account_fetch_models_finish (account, result, &error);
  if (models == NULL)
    {
      g_printerr ("runnel-cli: %s: %s\n", rnl_account_get_title (account), error->message);
      return FALSE;
    }

  for (guint i = 0; i < models->len; i++)
    {
      const char *model = rnl_model_info_get_id (models->pdata[i]);
      g_autofree char *id
        = prefix ? g_strconcat (rnl_account_get_id (account), "/", model, NULL) : g_strdup (model);

      print_model (self, id, models->pdata[i]);
    }

  return TRUE;
}

/* The server that pull and delete mean when there is no account of one. */
static void
print_ollama_host (Listing *self, RnlAccounts *accounts)
{
  const char *host = g_getenv ("OLLAMA_HOST");
  g_auto (GStrv) addresses = NULL;
  g_autoptr (RnlAccount) server = NULL;

  if (host == NULL || *host == '\0')
    return;
  addresses = rnl_local_servers_dup_addresses (host);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (accounts)); i++)
    {
      g_autoptr (RnlAccount) account = g_list_model_get_item (G_LIST_MODEL (accounts), i);

      if (g_str_has_prefix (rnl_account_get_base_url (account), addresses[0]))
        return;
    }

  server = rnl_account_new ("ollama", "OLLAMA_HOST", "ollama", addresses[0], NULL);
  self->place = addresses[0];
  print_account (self, server, FALSE);
  self->place = NULL;
}

static void
print_all (Listing *self)
{
  g_autoptr (GSettings) settings = rnl_cli_settings_new ();
  g_autoptr (RnlAccounts) accounts = rnl_accounts_new (settings);
  g_autoptr (RnlModelInfo) helper
    = rnl_model_info_new ("helper", "Offline helper (rules, not AI)", 0);

  print_model (self, "offline/helper", helper);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (accounts)); i++)
    {
      g_autoptr (RnlAccount) account = g_list_model_get_item (G_LIST_MODEL (accounts), i);

      print_account (self, account, TRUE);
    }
  print_ollama_host (self, accounts);
}

/* models show */

static RnlChatModel *
create_model (const Listing *self, const char *id, GError **error)
{
  g_autoptr (GSettings) settings = rnl_cli_settings_new ();
  g_autoptr (RnlAccounts) accounts = rnl_accounts_new (settings);

  if (self->base_url != NULL)
    return rnl_http_model_new (get_protocol (self), self->base_url, id, g_getenv ("RUNNEL_API_KEY"),
                               error);

  return rnl_accounts_create_model (accounts, id, error);
}

static void
print_fact (const char *name, char *value /* (transfer full) */)
{
  g_print ("%-14s %s\n", name, *value != '\0' ? value : "-");
  g_free (value);
}

static void
print_details (const char *id, RnlModelInfo *info)
{
  const RnlModelPrice *price = rnl_model_info_get_price (info);
  RnlModelAbilities abilities = rnl_model_info_get_abilities (info);

  print_fact ("id", g_strdup (id));
  print_fact ("title", g_strdup (rnl_model_info_get_title (info)));
  print_fact ("context", dup_count (rnl_model_info_get_context_length (info)));
  print_fact ("max output", dup_count (rnl_model_info_get_max_output (info)));
  print_fact ("can", dup_abilities (abilities));
  print_fact ("cannot", dup_abilities (rnl_model_info_get_known_abilities (info) & ~abilities));
  print_fact ("price", dup_price (info));
  if (price != NULL && price->cached_input >= 0)
    print_fact ("cached input", g_strdup_printf ("$%.4g", price->cached_input));
  if (price != NULL && price->date != NULL)
    print_fact ("price of", g_strdup (price->date));
}

static RnlExit
show (int argc, char **argv)
{
  g_auto (Listing) listing = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlChatModel) model = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RnlModelInfo) info = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (!listing_parse (&listing, "MODEL", &argc, &argv, &error))
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);
  if (argc != 2)
    return rnl_cli_fail (RNL_EXIT_USAGE, "models show takes one model, as “models” names it");
  warn_of_broken_file ();
  model = create_model (&listing, argv[1], &error);
  if (model == NULL)
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);

  rnl_chat_model_describe_async (model, NULL, rnl_cli_result_cb, &result);
  rnl_cli_wait (&result);
  info = rnl_chat_model_describe_finish (model, result, &error);
  if (info == NULL
      || !rnl_cli_models_check (listing.base_url, get_protocol (&listing), argv[1], info, &error))
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);

  if (!listing.json)
    print_details (argv[1], info);
  else
    {
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, info_to_json (&listing, argv[1], info));
      rnl_cli_print_json (node, TRUE);
    }

  return RNL_EXIT_OK;
}

RnlExit
rnl_cli_models (int argc, char **argv)
{
  g_auto (Listing) listing = { NULL };
  g_autoptr (RnlAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  if (argc > 1 && g_str_equal (argv[1], "pull"))
    return rnl_cli_models_pull (argc - 1, argv + 1);
  if (argc > 1 && g_str_equal (argv[1], "delete"))
    return rnl_cli_models_delete (argc - 1, argv + 1);
  if (argc > 1 && g_str_equal (argv[1], "show"))
    return show (argc - 1, argv + 1);
  if (!listing_parse (&listing, "[show MODEL | pull NAME | delete NAME]", &argc, &argv, &error))
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);

  warn_of_broken_file ();
  if (listing.base_url != NULL)
    {
      account = rnl_account_new ("server", listing.base_url, get_protocol (&listing),
                                 listing.base_url, NULL);
      done = print_account (&listing, account, FALSE);
    }
  else
    print_all (&listing);
  print_array (&listing);

  return done ? RNL_EXIT_OK : RNL_EXIT_FAILED;
}

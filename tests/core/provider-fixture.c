/* provider-fixture.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "provider-fixture.h"

#include <string.h>

#include "rnl-provider-error.h"
#include "rnl-test.h"

void
provider_fixture_set_up_protocol (ProviderFixture *self, const char *protocol)
{
  g_autofree char *url = NULL;

  self->server = rnl_test_server_new ();
  url = rnl_test_server_dup_url (self->server, "");
  self->model = rnl_http_model_new (protocol, url, "tiny", CANARY, &self->error);
  g_assert_no_error (self->error);
  rnl_http_model_set_retry_delay (RNL_HTTP_MODEL (self->model), 1);
  self->request = rnl_chat_request_new_prompt ("Hello?");
  self->answer = wire_answer_new ();
}

void
provider_fixture_set_up (ProviderFixture *self, gconstpointer data)
{
  provider_fixture_set_up_protocol (self, "openai-chat");
}

/* Whatever the error is, it does not tell the key. */
static void
check_error (const GError *error)
{
  RnlProviderErrorDetails *details = rnl_provider_error_get_details (error);

  g_test_message ("%s", error->message);
  g_assert_null (strstr (error->message, CANARY));
  if (details == NULL)
    return;
  g_assert_true (details->body == NULL || strstr (details->body, CANARY) == NULL);
  g_assert_true (details->code == NULL || strstr (details->code, CANARY) == NULL);
  g_assert_true (details->request_id == NULL || strstr (details->request_id, CANARY) == NULL);
}

void
provider_fixture_tear_down (ProviderFixture *self, gconstpointer data)
{
  if (self->error != NULL)
    check_error (self->error);
  for (guint i = 0; i < self->answer->notices->len; i++)
    {
      g_autofree char *notice
        = json_to_string (g_ptr_array_index (self->answer->notices, i), FALSE);

      g_assert_null (strstr (notice, CANARY));
    }

  g_clear_error (&self->error);
  wire_answer_free (self->answer);
  rnl_chat_request_unref (self->request);
  g_assert_finalize_object (self->model);
  rnl_test_server_free (self->server);
}

gboolean
provider_fixture_ask (ProviderFixture *self)
{
  return wire_answer_ask (self->answer, self->model, self->request, NULL, &self->error);
}

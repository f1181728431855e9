/* rnl-model-price.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-model-price.h"

#define TOKENS_OF_A_PRICE 1e6

G_DEFINE_BOXED_TYPE (RnlModelPrice, rnl_model_price, rnl_model_price_copy, rnl_model_price_free)

/**
 * rnl_model_price_new:
 * @input: US dollars per million tokens sent, -1 when unknown
 * @output: US dollars per million tokens that come back, -1 when unknown
 * @cached_input: US dollars per million tokens read from a cache, -1 when unknown
 * @date: (nullable): the day this was read, as `YYYY-MM-DD`
 *
 * Returns: (transfer full): a price
 */
RnlModelPrice *
rnl_model_price_new (double input, double output, double cached_input, const char *date)
{
  RnlModelPrice *self = g_new0 (RnlModelPrice, 1);

  self->input = input;
  self->output = output;
  self->cached_input = cached_input;
  self->date = g_strdup (date);

  return self;
}

/**
 * rnl_model_price_copy:
 * @self: (nullable): a price
 *
 * Returns: (transfer full) (nullable): another one
 */
RnlModelPrice *
rnl_model_price_copy (const RnlModelPrice *self)
{
  if (self == NULL)
    return NULL;

  return rnl_model_price_new (self->input, self->output, self->cached_input, self->date);
}

/**
 * rnl_model_price_free:
 * @self: (nullable): a price
 *
 * Frees it.
 */
void
rnl_model_price_free (RnlModelPrice *self)
{
  if (self == NULL)
    return;

  g_free (self->date);
  g_free (self);
}

/**
 * rnl_model_price_get_cost:
 * @self: a price
 * @usage: what was used
 *
 * Says what an answer cost. Tokens that came from a cache without a price of their own are counted
 * as any others: the cost is then a little too high, never too low.
 *
 * Returns: US dollars, -1 when the price or the counts are not known
 */
double
rnl_model_price_get_cost (const RnlModelPrice *self, const RnlUsage *usage)
{
  gint64 cached;

  g_return_val_if_fail (self != NULL && usage != NULL, -1);

  if (self->input < 0 || self->output < 0 || usage->input < 0 || usage->output < 0)
    return -1;

  cached = self->cached_input < 0 ? 0 : CLAMP (usage->cached_input, 0, usage->input);

  return ((double) (usage->input - cached) * self->input + (double) cached * self->cached_input
          + (double) usage->output * self->output)
         / TOKENS_OF_A_PRICE;
}

/* rnl-model-price.h: what a model costs
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-usage.h"

G_BEGIN_DECLS

/**
 * RnlModelPrice:
 * @input: what is sent, in US dollars per million tokens; -1 when unknown
 * @output: what comes back, thinking included, in US dollars per million tokens; -1 when unknown
 * @cached_input: what is sent and was read from the provider's cache, in US dollars per million
 *   tokens; -1 when unknown
 * @date: (nullable): the day the price was read, as `YYYY-MM-DD`; `NULL` when the server said it
 *   just now
 *
 * What a model costs: the price for anybody, never a discount.
 */
typedef struct
{
  double input;
  double output;
  double cached_input;
  char *date;
} RnlModelPrice;

#define RNL_TYPE_MODEL_PRICE (rnl_model_price_get_type ())
GType rnl_model_price_get_type (void);

RnlModelPrice *
rnl_model_price_new (double input, double output, double cached_input, const char *date);
RnlModelPrice *rnl_model_price_copy (const RnlModelPrice *self);
void rnl_model_price_free (RnlModelPrice *self);
double rnl_model_price_get_cost (const RnlModelPrice *self, const RnlUsage *usage);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlModelPrice, rnl_model_price_free)

G_END_DECLS

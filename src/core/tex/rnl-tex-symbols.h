/* rnl-tex-symbols.h: what the commands of formulas stand for
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-tex-node.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* without its backslash */
  const char *text;
  guint8 klass; /* an RnlTexClass */
  guint8 flags; /* of RnlTexFlags */
} RnlTexSymbol;

const RnlTexSymbol *rnl_tex_symbol_find (const char *name);
const RnlTexSymbol *rnl_tex_symbol_get_all (guint *n_symbols);

G_END_DECLS

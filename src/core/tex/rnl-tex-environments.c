/* rnl-tex-environments.c: what stands between \begin and \end
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tex-parser-private.h"

#include <string.h>

typedef struct
{
  const char *name; /* without a star */
  const char *left;
  const char *right;
  const char *columns; /* of all, when it is one letter */
  RnlTexSize size;
  RnlTexFlags flags;
  guint n_arguments; /* in braces, that say nothing here */
} Environment;

static const Environment environments[] = {
  { "matrix", NULL, NULL, "c", RNL_TEX_SIZE_TEXT, 0, 0 },
  { "pmatrix", "(", ")", "c", RNL_TEX_SIZE_TEXT, 0, 0 },
  { "bmatrix", "[", "]", "c", RNL_TEX_SIZE_TEXT, 0, 0 },
  { "Bmatrix", "{", "}", "c", RNL_TEX_SIZE_TEXT, 0, 0 },
  { "vmatrix", "|", "|", "c", RNL_TEX_SIZE_TEXT, 0, 0 },
  { "Vmatrix", "‖", "‖", "c", RNL_TEX_SIZE_TEXT, 0, 0 },
  { "smallmatrix", NULL, NULL, "c", RNL_TEX_SIZE_SCRIPT, 0, 0 },
  { "cases", "{", "", "l", RNL_TEX_SIZE_TEXT, 0, 0 },
  { "dcases", "{", "", "l", RNL_TEX_SIZE_DISPLAY, 0, 0 },
  { "rcases", "", "}", "l", RNL_TEX_SIZE_TEXT, 0, 0 },
  { "aligned", NULL, NULL, "", RNL_TEX_SIZE_DISPLAY, RNL_TEX_ALIGNED, 0 },
  { "align", NULL, NULL, "", RNL_TEX_SIZE_DISPLAY, RNL_TEX_ALIGNED, 0 },
  { "alignat", NULL, NULL, "", RNL_TEX_SIZE_DISPLAY, RNL_TEX_ALIGNED, 1 },
  { "alignedat", NULL, NULL, "", RNL_TEX_SIZE_DISPLAY, RNL_TEX_ALIGNED, 1 },
  { "flalign", NULL, NULL, "", RNL_TEX_SIZE_DISPLAY, RNL_TEX_ALIGNED, 0 },
  { "split", NULL, NULL, "", RNL_TEX_SIZE_DISPLAY, RNL_TEX_ALIGNED, 0 },
  { "equation", NULL, NULL, "", RNL_TEX_SIZE_DISPLAY, RNL_TEX_ALIGNED, 0 },
  { "displaymath", NULL, NULL, "", RNL_TEX_SIZE_DISPLAY, RNL_TEX_ALIGNED, 0 },
  { "math", NULL, NULL, "", RNL_TEX_SIZE_INHERIT, RNL_TEX_ALIGNED, 0 },
  { "eqnarray", NULL, NULL, "rcl", RNL_TEX_SIZE_DISPLAY, 0, 0 },
  { "gather", NULL, NULL, "c", RNL_TEX_SIZE_DISPLAY, 0, 0 },
  { "gathered", NULL, NULL, "c", RNL_TEX_SIZE_DISPLAY, 0, 0 },
  { "multline", NULL, NULL, "c", RNL_TEX_SIZE_DISPLAY, 0, 0 },
  { "array", NULL, NULL, NULL, RNL_TEX_SIZE_TEXT, 0, 0 },
  { "tabular", NULL, NULL, NULL, RNL_TEX_SIZE_TEXT, 0, 0 },
  { "substack", NULL, NULL, "c", RNL_TEX_SIZE_INHERIT, 0, 0 },
};

static const Environment *
find (const char *name)
{
  gsize length = strcspn (name, "*");

  for (gsize i = 0; i < G_N_ELEMENTS (environments); i++)
    if (strlen (environments[i].name) == length
        && strncmp (environments[i].name, name, length) == 0)
      return &environments[i];

  return NULL;
}

/* The letters and lines of a column list; the rest of it is about lengths. */
static char *
clean_columns (const char *columns)
{
  GString *clean = g_string_new (NULL);
  guint depth = 0;

  for (const char *at = columns; *at != '\0' && clean->len < 128; at++)
    {
      if (*at == '{')
        depth++;
      else if (*at == '}')
        depth -= depth > 0;
      else if (depth == 0 && strchr ("lcr|", *at) != NULL)
        g_string_append_c (clean, *at);
      else if (depth == 0 && (*at == 'p' || *at == 'X'))
        g_string_append_c (clean, 'l');
    }

  return g_string_free (clean, FALSE);
}

static RnlTexNode *
fence (RnlTexParser *self, const Environment *environment, RnlTexNode *array)
{
  RnlTexNode *node;

  if (environment == NULL || environment->left == NULL)
    return array;
  node = rnl_tex_parser_add (self, RNL_TEX_FENCE, environment->left);
  node->right = g_strdup (environment->right);
  node->klass = RNL_TEX_INNER;
  rnl_tex_node_add (node, array);

  return node;
}

/* After \begin. What is not known is a list of lines in the middle. */
RnlTexNode *
rnl_tex_parser_environment (RnlTexParser *self, const RnlTexCommand *begin)
{
  g_autofree char *name = rnl_tex_parser_take_braced (self);
  g_autofree char *columns = NULL;
  const Environment *environment;
  RnlTexNode *array;

  if (name == NULL)
    return rnl_tex_parser_source (self, begin->start);
  environment = find (name);
  g_free (rnl_tex_parser_take_option (self));
  if (environment != NULL)
    {
      for (guint i = 0; i < environment->n_arguments; i++)
        g_free (rnl_tex_parser_take_braced (self));
      if (environment->columns == NULL)
        columns = rnl_tex_parser_take_braced (self);
    }

  self->environments++;
  array = rnl_tex_parser_rows (self, name);
  self->environments--;
  if (rnl_tex_parser_take_name (self, "end"))
    g_free (rnl_tex_parser_take_braced (self));

  array->klass = RNL_TEX_INNER;
  array->size = environment != NULL ? environment->size : RNL_TEX_SIZE_DISPLAY;
  array->flags |= environment != NULL ? environment->flags : 0;
  array->text = columns != NULL ? clean_columns (columns)
                : environment != NULL && environment->columns != NULL
                  ? g_strdup (environment->columns)
                  : g_strdup ("c");

  return fence (self, environment, array);
}

/* rnl-tex-text.c: a formula in one line of text
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tex-node.h"

#include <string.h>

/* Signs that Unicode has raised and lowered. Every font has the first ones. */
#define N_COMMON 17

static const struct
{
  const char *plain, *above, *below;
} raised[] = {
  { "0", "⁰", "₀" },  { "1", "¹", "₁" },  { "2", "²", "₂" },  { "3", "³", "₃" },  { "4", "⁴", "₄" },
  { "5", "⁵", "₅" },  { "6", "⁶", "₆" },  { "7", "⁷", "₇" },  { "8", "⁸", "₈" },  { "9", "⁹", "₉" },
  { "+", "⁺", "₊" },  { "−", "⁻", "₋" },  { "=", "⁼", "₌" },  { "(", "⁽", "₍" },  { ")", "⁾", "₎" },
  { "′", "′", NULL }, { "n", "ⁿ", NULL }, { "n", "ⁿ", "ₙ" },  { "i", "ⁱ", "ᵢ" },  { "j", "ʲ", "ⱼ" },
  { "k", "ᵏ", "ₖ" },  { "a", "ᵃ", "ₐ" },  { "x", "ˣ", "ₓ" },  { "m", "ᵐ", "ₘ" },  { "t", "ᵗ", "ₜ" },
  { "p", "ᵖ", "ₚ" },  { "T", "ᵀ", NULL }, { "b", "ᵇ", NULL }, { "d", "ᵈ", NULL }, { "s", "ˢ", "ₛ" },
  { "r", "ʳ", "ᵣ" },
};

static const struct
{
  const char *name, *mark;
} marks[] = {
  { "hat", "\xcc\x82" },       { "tilde", "\xcc\x83" }, { "bar", "\xcc\x84" },
  { "vec", "\xe2\x83\x97" },   { "dot", "\xcc\x87" },   { "ddot", "\xcc\x88" },
  { "dddot", "\xe2\x83\x9b" }, { "breve", "\xcc\x86" }, { "check", "\xcc\x8c" },
  { "acute", "\xcc\x81" },     { "grave", "\xcc\x80" }, { "ring", "\xcc\x8a" },
};

static void write_node (GString *out, const RnlTexNode *node);

static void
write_space (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != ' ' && out->str[out->len - 1] != '(')
    g_string_append_c (out, ' ');
}

static char *
dup_text (const RnlTexNode *node)
{
  GString *text = g_string_new (NULL);

  if (node != NULL)
    write_node (text, node);

  return g_strstrip (g_string_free (text, FALSE));
}

/* Whether it needs no brackets beside a sign that binds. */
static gboolean
is_one (const char *text)
{
  gboolean word = TRUE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    word = word && g_unichar_isdefined (g_utf8_get_char (at))
           && (g_unichar_isalnum (g_utf8_get_char (at)) || *at == '.');

  return word || g_utf8_strlen (text, -1) < 2;
}

static void
write_bound (GString *out, const char *text)
{
  g_string_append_printf (out, is_one (text) ? "%s" : "(%s)", text);
}

static const char *
find_raised (const char *sign, gsize length, gboolean above, gsize n_signs)
{
  for (gsize i = 0; i < n_signs; i++)
    if (strlen (raised[i].plain) == length && memcmp (raised[i].plain, sign, length) == 0
        && (above ? raised[i].above : raised[i].below) != NULL)
      return above ? raised[i].above : raised[i].below;

  return NULL;
}

/* The text in raised or lowered signs, or `NULL`. */
static char *
raise_text (const char *text, gboolean above, gsize n_signs)
{
  g_autoptr (GString) small = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      const char *sign
        = *at == ' ' ? "" : find_raised (at, (gsize) (g_utf8_next_char (at) - at), above, n_signs);

      if (sign == NULL)
        return NULL;
      g_string_append (small, sign);
    }

  return g_string_free (g_steal_pointer (&small), FALSE);
}

static void
write_script (GString *out, const RnlTexNode *script, gboolean above)
{
  g_autofree char *text = dup_text (script);
  g_autofree char *small = raise_text (text, above, G_N_ELEMENTS (raised));

  if (small != NULL)
    {
      g_string_append (out, small);
      return;
    }
  g_string_append_c (out, above ? '^' : '_');
  write_bound (out, text);
}

static void
write_symbol (GString *out, const RnlTexNode *node)
{
  gboolean apart = node->klass == RNL_TEX_BINARY || node->klass == RNL_TEX_RELATION;

  /* A sign before a number or name belongs to it. */
  if (node->klass == RNL_TEX_BINARY
      && (out->len == 0 || strchr ("( ", out->str[out->len - 1]) != NULL))
    apart = FALSE;
  if (apart || node->flags & RNL_TEX_NAME)
    write_space (out);
  g_string_append (out, node->text);
  if (apart || node->flags & RNL_TEX_NAME || node->klass == RNL_TEX_PUNCTUATION)
    g_string_append_c (out, ' ');
}

static void
write_scripts (GString *out, const RnlTexNode *node)
{
  if (rnl_tex_node_get_child (node, 0) != NULL)
    write_node (out, rnl_tex_node_get_child (node, 0));
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  if (rnl_tex_node_get_child (node, 1) != NULL)
    write_script (out, rnl_tex_node_get_child (node, 1), FALSE);
  if (rnl_tex_node_get_child (node, 2) != NULL)
    write_script (out, rnl_tex_node_get_child (node, 2), TRUE);
  if (node->klass == RNL_TEX_RELATION || node->klass == RNL_TEX_OPERATOR)
    g_string_append_c (out, ' ');
}

static void
write_fraction (GString *out, const RnlTexNode *node)
{
  g_autofree char *above = dup_text (rnl_tex_node_get_child (node, 0));
  g_autofree char *below = dup_text (rnl_tex_node_get_child (node, 1));

  write_bound (out, above);
  g_string_append (out, node->flags & RNL_TEX_NO_RULE ? " ¦ " : "/");
  write_bound (out, below);
}

static void
write_root (GString *out, const RnlTexNode *node)
{
  g_autofree char *text = dup_text (rnl_tex_node_get_child (node, 0));

  if (rnl_tex_node_get_child (node, 1) != NULL)
    write_script (out, rnl_tex_node_get_child (node, 1), TRUE);
  g_string_append (out, "√");
  write_bound (out, text);
}

static void
write_accent (GString *out, const RnlTexNode *node)
{
  g_autofree char *text = dup_text (rnl_tex_node_get_child (node, 0));

  g_string_append (out, text);
  if (g_utf8_strlen (text, -1) > 2)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_equal (marks[i].name, node->text))
      g_string_append (out, marks[i].mark);
}

static void
write_children (GString *out, const RnlTexNode *node, const char *between)
{
  for (guint i = 0; i < rnl_tex_node_get_n_children (node); i++)
    {
      if (i > 0)
        g_string_append (out, between);
      if (rnl_tex_node_get_child (node, i) != NULL)
        write_node (out, rnl_tex_node_get_child (node, i));
    }
}

static void
write_node (GString *out, const RnlTexNode *node)
{
  switch (node->kind)
    {
    case RNL_TEX_SYMBOL:
      write_symbol (out, node);
      break;
    case RNL_TEX_TEXT:
    case RNL_TEX_SOURCE:
    case RNL_TEX_DELIMITER:
      g_string_append (out, node->text);
      break;
    case RNL_TEX_SPACE:
      if (node->amount > 0.2)
        write_space (out);
      break;
    case RNL_TEX_SCRIPT:
      write_scripts (out, node);
      break;
    case RNL_TEX_FRACTION:
      write_fraction (out, node);
      break;
    case RNL_TEX_ROOT:
      write_root (out, node);
      break;
    case RNL_TEX_ACCENT:
      write_accent (out, node);
      break;
    case RNL_TEX_FENCE:
      g_string_append (out, node->text);
      write_children (out, node, "");
      g_string_append (out, node->right);
      break;
    case RNL_TEX_ARRAY:
      write_children (out, node, "; ");
      break;
    case RNL_TEX_LINE:
      write_children (out, node, " ");
      break;
    case RNL_TEX_PHANTOM:
      break;
    case RNL_TEX_ROW:
    case RNL_TEX_STYLE:
    case RNL_TEX_BOX:
    default:
      write_children (out, node, "");
      break;
    }
}

/**
 * rnl_tex_node_to_text:
 * @self: a formula
 *
 * Writes a formula in one line, to be read aloud, searched or shown where there is no room for
 * more:
 * `(a + b)/2`, `√(x² + 1)`.
 *
 * Returns: (transfer full): its text
 */
char *
rnl_tex_node_to_text (const RnlTexNode *self)
{
  char *text = dup_text (self);
  char *to = text;

  /* Where two wanted room there is one space. */
  for (const char *at = text; *at != '\0'; at++)
    if (*at != ' ' || (to > text && to[-1] != ' '))
      *to++ = *at;
  *to = '\0';

  return text;
}

/**
 * rnl_tex_node_dup_raised:
 * @self: a script
 * @above: whether it stands above
 *
 * Returns: (transfer full) (nullable): the script in raised or lowered signs that all fonts have,
 *   or `NULL` if there are none for it
 */
char *
rnl_tex_node_dup_raised (const RnlTexNode *self, gboolean above)
{
  g_autofree char *text = dup_text (self);

  return raise_text (text, above, N_COMMON);
}

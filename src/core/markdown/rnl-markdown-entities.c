/* rnl-markdown-entities.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-entities.h"
#include "rnl-markdown-scan.h"

#include <stdlib.h>
#include <string.h>

/* The names people and models write; any other is displayed as it stands. Sorted by name in
 * ASCII order. */
static const struct
{
  const char *name;
  const char *text;
} entities[] = {
  { "Delta", "Δ" },     { "Gamma", "Γ" },       { "Lambda", "Λ" },    { "Omega", "Ω" },
  { "Phi", "Φ" },       { "Pi", "Π" },          { "Psi", "Ψ" },       { "Sigma", "Σ" },
  { "Theta", "Θ" },     { "agrave", "à" },      { "alpha", "α" },     { "amp", "&" },
  { "apos", "'" },      { "approx", "≈" },      { "asymp", "≈" },     { "auml", "ä" },
  { "beta", "β" },      { "bull", "•" },        { "cent", "¢" },      { "check", "✓" },
  { "chi", "χ" },       { "copy", "©" },        { "cross", "✗" },     { "dagger", "†" },
  { "darr", "↓" },      { "deg", "°" },         { "delta", "δ" },     { "divide", "÷" },
  { "eacute", "é" },    { "egrave", "è" },      { "emsp", "\u2003" }, { "ensp", "\u2002" },
  { "epsilon", "ε" },   { "equiv", "≡" },       { "eta", "η" },       { "euro", "€" },
  { "exist", "∃" },     { "forall", "∀" },      { "frac12", "½" },    { "frac14", "¼" },
  { "frac34", "¾" },    { "gamma", "γ" },       { "ge", "≥" },        { "gt", ">" },
  { "hArr", "⇔" },      { "harr", "↔" },        { "hellip", "…" },    { "iexcl", "¡" },
  { "infin", "∞" },     { "int", "∫" },         { "iquest", "¿" },    { "isin", "∈" },
  { "lambda", "λ" },    { "laquo", "«" },       { "larr", "←" },      { "ldquo", "“" },
  { "le", "≤" },        { "lsquo", "‘" },       { "lt", "<" },        { "mdash", "—" },
  { "middot", "·" },    { "minus", "−" },       { "mu", "μ" },        { "nabla", "∇" },
  { "nbsp", "\u00a0" }, { "ndash", "–" },       { "ne", "≠" },        { "notin", "∉" },
  { "ntilde", "ñ" },    { "omega", "ω" },       { "ouml", "ö" },      { "para", "¶" },
  { "part", "∂" },      { "permil", "‰" },      { "phi", "φ" },       { "pi", "π" },
  { "plusmn", "±" },    { "pound", "£" },       { "psi", "ψ" },       { "quot", "\"" },
  { "rArr", "⇒" },      { "radic", "√" },       { "raquo", "»" },     { "rarr", "→" },
  { "rdquo", "”" },     { "reg", "®" },         { "rho", "ρ" },       { "rsquo", "’" },
  { "sect", "§" },      { "shy", "\u00ad" },    { "sigma", "σ" },     { "sum", "∑" },
  { "sup2", "²" },      { "sup3", "³" },        { "szlig", "ß" },     { "tau", "τ" },
  { "theta", "θ" },     { "thinsp", "\u2009" }, { "times", "×" },     { "trade", "™" },
  { "uarr", "↑" },      { "uuml", "ü" },        { "yen", "¥" },       { "zeta", "ζ" },
};

static int
compare_name (const void *key, const void *element)
{
  return strcmp (key, *(const char *const *) element);
}

static gunichar
parse_number (const char *digits)
{
  gboolean hex = *digits == 'x' || *digits == 'X';
  guint64 value = g_ascii_strtoull (digits + (hex ? 1 : 0), NULL, hex ? 16 : 10);

  return value > 0 && value <= 0x10ffff && g_unichar_validate ((gunichar) value) ? (gunichar) value
                                                                                 : 0xfffd;
}

/* @entity is `&name;`, `&#1;` or `&#x1;` as found by the parser. */
void
rnl_markdown_append_entity (GString *out, const char *entity, gsize length)
{
  g_autofree char *name = NULL;
  const char *const *found = NULL;

  if (length < 3 || length > 32)
    {
      g_string_append_len (out, entity, length);
      return;
    }

  name = g_strndup (entity + 1, length - 2);
  if (*name == '#')
    g_string_append_unichar (out, parse_number (name + 1));
  else if ((found
            = bsearch (name, entities, G_N_ELEMENTS (entities), sizeof entities[0], compare_name))
           != NULL)
    g_string_append (out, found[1]);
  else
    g_string_append_len (out, entity, length);
}

/* Appends text in which marks are escaped and characters written by name. */
void
rnl_markdown_unescape (GString *out, const char *text, gsize length)
{
  for (gsize pos = 0; pos < length;)
    {
      gsize end = text[pos] == '&' ? rnl_scan_entity (text, length, pos) : RNL_SCAN_NONE;

      if (RNL_SCAN_IS_END (end))
        {
          rnl_markdown_append_entity (out, text + pos, end - pos);
          pos = end;
          continue;
        }
      if (text[pos] == '\\' && pos + 1 < length && g_ascii_ispunct (text[pos + 1]))
        pos++;
      g_string_append_c (out, text[pos++]);
    }
}

/* rnl-tex-alphabet.c: letters that are drawn in another hand
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tex-parser-private.h"

#include <string.h>

/* Where Unicode had a letter before it got the alphabets. */
static const struct
{
  RnlTexAlphabet alphabet;
  char letter;
  gunichar ch;
} early[] = {
  { RNL_TEX_BLACKBOARD, 'C', 0x2102 },   { RNL_TEX_BLACKBOARD, 'H', 0x210d },
  { RNL_TEX_BLACKBOARD, 'N', 0x2115 },   { RNL_TEX_BLACKBOARD, 'P', 0x2119 },
  { RNL_TEX_BLACKBOARD, 'Q', 0x211a },   { RNL_TEX_BLACKBOARD, 'R', 0x211d },
  { RNL_TEX_BLACKBOARD, 'Z', 0x2124 },   { RNL_TEX_CALLIGRAPHIC, 'B', 0x212c },
  { RNL_TEX_CALLIGRAPHIC, 'E', 0x2130 }, { RNL_TEX_CALLIGRAPHIC, 'F', 0x2131 },
  { RNL_TEX_CALLIGRAPHIC, 'H', 0x210b }, { RNL_TEX_CALLIGRAPHIC, 'I', 0x2110 },
  { RNL_TEX_CALLIGRAPHIC, 'L', 0x2112 }, { RNL_TEX_CALLIGRAPHIC, 'M', 0x2133 },
  { RNL_TEX_CALLIGRAPHIC, 'R', 0x211b }, { RNL_TEX_CALLIGRAPHIC, 'e', 0x212f },
  { RNL_TEX_CALLIGRAPHIC, 'g', 0x210a }, { RNL_TEX_CALLIGRAPHIC, 'o', 0x2134 },
  { RNL_TEX_FRAKTUR, 'C', 0x212d },      { RNL_TEX_FRAKTUR, 'H', 0x210c },
  { RNL_TEX_FRAKTUR, 'I', 0x2111 },      { RNL_TEX_FRAKTUR, 'R', 0x211c },
  { RNL_TEX_FRAKTUR, 'Z', 0x2128 },
};

static char *
to_text (gunichar ch)
{
  char text[7] = { 0 };

  g_unichar_to_utf8 (ch, text);

  return g_strdup (text);
}

/* The letter or digit in that alphabet; `NULL` if it has none. */
char *
rnl_tex_alphabet_letter (RnlTexAlphabet alphabet, char letter)
{
  static const gunichar first[] = { 0, 0x1d538, 0x1d49c, 0x1d504 };

  for (gsize i = 0; i < G_N_ELEMENTS (early); i++)
    if (early[i].alphabet == alphabet && early[i].letter == letter)
      return to_text (early[i].ch);
  if (letter >= 'A' && letter <= 'Z')
    return to_text (first[alphabet] + (gunichar) (letter - 'A'));
  if (letter >= 'a' && letter <= 'z')
    return to_text (first[alphabet] + 26 + (gunichar) (letter - 'a'));
  if (alphabet == RNL_TEX_BLACKBOARD && g_ascii_isdigit (letter))
    return to_text (0x1d7d8 + (gunichar) (letter - '0'));

  return NULL;
}

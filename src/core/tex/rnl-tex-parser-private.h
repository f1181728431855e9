/* rnl-tex-parser-private.h: shared by the parts of the parser of formulas
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-tex-node.h"

G_BEGIN_DECLS

/* Alphabets that Unicode has as characters of their own. */
typedef enum
{
  RNL_TEX_NO_ALPHABET,
  RNL_TEX_BLACKBOARD,
  RNL_TEX_CALLIGRAPHIC,
  RNL_TEX_FRAKTUR,
} RnlTexAlphabet;

typedef struct
{
  const char *at;
  const char *end;
  guint depth;   /* of nested nodes */
  guint n_nodes; /* so far */
  guint groups;  /* open braces */
  guint fences;  /* open \left */
  guint environments;
  RnlTexVariant variant;
  gboolean variant_set; /* letters have it even where they would be italic */
  RnlTexAlphabet alphabet;
} RnlTexParser;

/* A command: what follows its backslash. */
typedef struct
{
  const char *start; /* the backslash */
  char name[32];
} RnlTexCommand;

typedef struct _RnlTexRule RnlTexRule;

/* Reads what comes after a command. */
typedef RnlTexNode *(*RnlTexHandler) (RnlTexParser *self, const RnlTexRule *rule);

struct _RnlTexRule
{
  const char *name; /* of the command */
  RnlTexHandler handler;
  const char *text; /* as the handler wants it */
  int value;        /* likewise */
};

RnlTexNode *rnl_tex_parser_add (RnlTexParser *self, RnlTexKind kind, const char *text);
RnlTexNode *rnl_tex_parser_rows (RnlTexParser *self, const char *environment);
RnlTexNode *rnl_tex_parser_argument (RnlTexParser *self);
RnlTexNode *rnl_tex_parser_within (RnlTexParser *self, const char *end);
RnlTexNode *rnl_tex_parser_source (RnlTexParser *self, const char *start);
RnlTexNode *rnl_tex_parser_command (RnlTexParser *self, const RnlTexCommand *command);
RnlTexNode *rnl_tex_parser_environment (RnlTexParser *self, const RnlTexCommand *begin);
RnlTexNode *rnl_tex_parser_letters (RnlTexParser *self, const char *text, gsize length);
gboolean rnl_tex_parser_peek (const RnlTexParser *self, RnlTexCommand *command);
gboolean rnl_tex_parser_take (RnlTexParser *self, RnlTexCommand *command);
gboolean rnl_tex_parser_take_name (RnlTexParser *self, const char *name);
gboolean rnl_tex_parser_at_end (const RnlTexParser *self);
void rnl_tex_parser_skip_space (RnlTexParser *self);
char *rnl_tex_parser_take_braced (RnlTexParser *self);
char *rnl_tex_parser_take_option (RnlTexParser *self);
const char *rnl_tex_parser_find_close (const RnlTexParser *self, char close);
char *rnl_tex_parser_take_delimiter (RnlTexParser *self);
RnlTexNode *rnl_tex_read_text (RnlTexParser *self, const RnlTexRule *rule);
RnlTexNode *rnl_tex_read_letters (RnlTexParser *self, const RnlTexRule *rule);
RnlTexNode *rnl_tex_read_alphabet (RnlTexParser *self, const RnlTexRule *rule);
RnlTexNode *rnl_tex_set_letters (RnlTexParser *self, const RnlTexRule *rule);
RnlTexNode *rnl_tex_read_operator_name (RnlTexParser *self, const RnlTexRule *rule);
char *rnl_tex_alphabet_letter (RnlTexAlphabet alphabet, char letter);

G_END_DECLS

/* rnl-token-estimate.c: how many tokens a text may have, by rules of thumb
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Vocabularies differ; what they have in common is that a short word with the blank before it is
 * one token, long words and numbers are cut, and scripts that were rare in the training take a
 * token for every letter or two. Against o200k, the vocabulary of the GPT-4o family, the rules
 * below say 1.0 times as much of this tree's documentation, 1.1 times of its sources and of German,
 * and up to twice as much of scripts that older vocabularies cut finer: rather too much than too
 * little. The first answer of a server replaces them by its own count, see rnl-context-size.h.
 */
#include "config.h"
#include "rnl-token-count.h"

#include <string.h>

#include "rnl-attachment.h"
#include "rnl-json-value.h"
#include "rnl-message-outline.h"
#include "rnl-part-extra.h"
#include "rnl-request-step.h"

/* What stands around a message, a tool and the whole in the templates of chat models. */
#define TOKENS_PER_MESSAGE 4
#define TOKENS_PER_CALL    8
#define TOKENS_PER_TOOL    12
#define TOKENS_PER_REQUEST 3

/* Of a text of which only the length is known. */
#define BYTES_PER_TOKEN 4

/* A page of a document costs about 2,000 tokens, as text and as a picture of it, and takes about
 * 60 KB of a PDF file. */
#define DOCUMENT_BYTES_PER_TOKEN 30

/* What kind of byte it is, and how many of a run of the kind share a token; continuation bytes of
 * UTF-8 count for nothing, their first byte says what they are. */
typedef enum
{
  KIND_BLANK,     /* the first one is part of the word behind it */
  KIND_LINE,      /* ends of lines */
  KIND_WORD,      /* Latin letters */
  KIND_DIGIT,     /* numbers are cut in threes */
  KIND_MARK,      /* ASCII punctuation, often in pairs */
  KIND_LETTER,    /* other alphabets: Greek, Cyrillic, Hebrew, Arabic */
  KIND_SYLLABLE,  /* scripts of South and South-East Asia; symbols */
  KIND_IDEOGRAPH, /* Chinese, Japanese, Korean */
  KIND_PICTURE,   /* emoji and everything else behind the first plane */
  KIND_CONTINUATION,
} Kind;

static const guint run_lengths[] = {
  [KIND_BLANK] = 8,  [KIND_LINE] = 4,     [KIND_WORD] = 7,      [KIND_DIGIT] = 3,   [KIND_MARK] = 3,
  [KIND_LETTER] = 3, [KIND_SYLLABLE] = 1, [KIND_IDEOGRAPH] = 1, [KIND_PICTURE] = 1,
};

/* How far a text has been looked at. */
typedef struct
{
  gsize length;
  gint64 tokens;
  Kind kind;
  guint run;
} Scan;

static Kind
get_kind (guchar byte)
{
  if (g_ascii_isalpha (byte))
    return KIND_WORD;
  if (g_ascii_isdigit (byte))
    return KIND_DIGIT;
  if (byte == '\n' || byte == '\r')
    return KIND_LINE;
  if (byte <= ' ')
    return KIND_BLANK;
  if (byte < 0x80)
    return KIND_MARK;
  if (byte < 0xc0)
    return KIND_CONTINUATION;
  if (byte < 0xca)
    return KIND_WORD;
  if (byte < 0xe0)
    return KIND_LETTER;
  if (byte < 0xe3)
    return KIND_SYLLABLE;

  return byte < 0xee ? KIND_IDEOGRAPH : KIND_PICTURE;
}

static const Kind *
get_kinds (void)
{
  static Kind kinds[256];
  static gboolean filled;

  if (!filled)
    for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
      kinds[i] = get_kind ((guchar) i);
  filled = TRUE;

  return kinds;
}

/* A token begins with the run, and again each time it is full. The one blank before a word begins
 * none, nor does the end of a line behind a mark: `);` and what ends it are one. */
static gboolean
begins_token (Kind kind, guint run, Kind before)
{
  if (kind == KIND_LINE && before == KIND_MARK)
    return FALSE;

  return run % run_lengths[kind] == (kind == KIND_BLANK ? 1 : 0);
}

static void
scan_bytes (Scan *scan, const char *bytes, gsize length)
{
  const Kind *kinds = get_kinds ();

  for (gsize i = 0; i < length; i++)
    {
      Kind kind = kinds[(guchar) bytes[i]];
      Kind before = scan->kind;

      if (kind == KIND_CONTINUATION)
        continue;
      scan->run = kind == before && scan->length + i > 0 ? scan->run + 1 : 0;
      scan->kind = kind;
      if (begins_token (kind, scan->run, before))
        scan->tokens += kind == KIND_PICTURE ? 2 : 1;
    }
  scan->length += length;
}

/**
 * rnl_text_estimate_tokens:
 * @text: UTF-8; need not be whole characters
 * @length: in bytes, -1 when it ends with a zero
 *
 * Returns: about how many tokens it has
 */
gint64
rnl_text_estimate_tokens (const char *text, gssize length)
{
  Scan scan = { 0 };

  if (text == NULL)
    return 0;
  scan_bytes (&scan, text, length < 0 ? strlen (text) : (gsize) length);

  return scan.tokens;
}

/* Parts: each remembers how far it was looked at, so that a chat costs only its new bytes. */

typedef struct
{
  Scan text;
  Scan result;
} PartScan;

static GQuark
part_scan_quark (void)
{
  static GQuark quark;

  if (quark == 0)
    quark = g_quark_from_static_string ("rnl-part-token-scan");

  return quark;
}

static PartScan *
get_part_scan (RnlPart *part)
{
  PartScan *scan = g_object_get_qdata (G_OBJECT (part), part_scan_quark ());

  if (scan == NULL)
    {
      scan = g_new0 (PartScan, 1);
      g_object_set_qdata_full (G_OBJECT (part), part_scan_quark (), scan, g_free);
    }

  return scan;
}

/* Texts grow; one that became shorter is another one. */
static gint64
scan_up_to (Scan *scan, const char *text, gsize length)
{
  if (length < scan->length)
    *scan = (Scan){ 0 };
  if (length > scan->length)
    scan_bytes (scan, text + scan->length, length - scan->length);

  return scan->tokens;
}

static gint64
estimate_call (RnlPart *part, PartScan *scan)
{
  const char *result = rnl_part_get_result (part);
  gsize length = result != NULL ? strlen (result) : rnl_part_get_output_length (part);

  if (rnl_part_is_remote (part))
    result = NULL;
  else if (result == NULL)
    result = rnl_part_get_output (part);

  return TOKENS_PER_CALL + rnl_text_estimate_tokens (rnl_part_get_name (part), -1)
         + scan_up_to (&scan->text, rnl_part_get_text (part), rnl_part_get_length (part))
         + (result != NULL ? scan_up_to (&scan->result, result, length) : 0);
}

static gint64
estimate_file (RnlPart *part, PartScan *scan, guint image_tokens)
{
  gsize length = rnl_part_get_length (part);

  if (rnl_request_is_text (part))
    return scan_up_to (&scan->text, rnl_part_get_text (part), length)
           + rnl_text_estimate_tokens (rnl_part_get_title (part), -1);
  if (rnl_attachment_is_image (part))
    return image_tokens;

  return (gint64) (length / 4 * 3 / DOCUMENT_BYTES_PER_TOKEN);
}

static gint64
estimate_part (RnlPart *part, guint image_tokens)
{
  PartScan *scan = get_part_scan (part);

  switch (rnl_part_get_part_type (part))
    {
    case RNL_PART_TOOL_CALL:
      return estimate_call (part, scan);
    case RNL_PART_FILE:
      return estimate_file (part, scan, image_tokens);
    case RNL_PART_OPAQUE:
    case RNL_PART_REASONING:
      /* Thinking is sent back only where it is signed, and then it is not counted again. */
      return 0;
    case RNL_PART_TEXT:
    default:
      return scan_up_to (&scan->text, rnl_part_get_text (part), rnl_part_get_length (part));
    }
}

/**
 * rnl_message_estimate_tokens:
 * @message: a message
 * @image_tokens: what an image is taken for
 *
 * Costs what is new in the message since the last time, not what is in it.
 *
 * Returns: about how many tokens it has in a request
 */
gint64
rnl_message_estimate_tokens (RnlMessage *message, guint image_tokens)
{
  gint64 tokens = TOKENS_PER_MESSAGE;

  g_return_val_if_fail (RNL_IS_MESSAGE (message), 0);

  if (rnl_message_is_outline (message))
    return tokens + (gint64) rnl_message_get_outline_length (message) / BYTES_PER_TOKEN;
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    tokens += estimate_part (rnl_message_get_part (message, i), image_tokens);

  return tokens;
}

static gint64
estimate_tool (RnlToolSpec *spec)
{
  g_autofree char *schema = rnl_json_to_string (spec->parameters, FALSE);

  return TOKENS_PER_TOOL + rnl_text_estimate_tokens (spec->name, -1)
         + rnl_text_estimate_tokens (spec->description, -1) + rnl_text_estimate_tokens (schema, -1);
}

/**
 * rnl_chat_request_estimate_tokens:
 * @self: a request
 * @model: (nullable): who would be asked; says what an image costs
 *
 * An estimate, and to be called so where a person reads it: the text's length by rules of thumb,
 * with what templates put around messages and tools. Good to a fifth for prose and code in Latin
 * letters.
 *
 * Returns: about how many tokens the request has
 */
gint64
rnl_chat_request_estimate_tokens (RnlChatRequest *self, RnlChatModel *model)
{
  guint image_tokens = rnl_chat_model_get_image_tokens (model);
  gint64 tokens = TOKENS_PER_REQUEST;

  g_return_val_if_fail (self != NULL, 0);

  if (self->system != NULL)
    tokens += TOKENS_PER_MESSAGE + rnl_text_estimate_tokens (self->system, -1);
  for (guint i = 0; i < self->messages->len; i++)
    tokens += rnl_message_estimate_tokens (g_ptr_array_index (self->messages, i), image_tokens);
  for (guint i = 0; i < self->tools->len; i++)
    tokens += estimate_tool (g_ptr_array_index (self->tools, i));

  return tokens;
}

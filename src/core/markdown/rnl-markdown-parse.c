/* rnl-markdown-parse.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-parse.h"
#include "rnl-block-private.h"
#include "rnl-markdown-entities.h"

#include <md4c.h>
#include <string.h>

#define FLAGS                                                                                      \
  (MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEAUTOLINKS        \
   | MD_FLAG_NOHTML)

/* Deeper nesting is displayed as deep as this. */
#define MAX_DEPTH 12

typedef struct
{
  gboolean ordered;
  guint next;
} List;

typedef struct
{
  GPtrArray *blocks; /* borrowed */
  const RnlMarkdownContext *context;

  GArray *lists;    /* of List, innermost last */
  GPtrArray *links; /* of ref strings, `NULL` for an address that is not a link */
  GString *scratch; /* a decoded entity */
  RnlBlock *block;  /* borrowed: takes text; `NULL` between blocks */
  RnlBlock *table;  /* borrowed */
  guint quote_depth;
  guint depths[4]; /* of strong, emph, code, strike */
  guint images;
  gboolean seen_list; /* an outermost list has begun */

  /* the marker of an item whose first block has not begun */
  RnlMarker marker;
  guint number;
} Parse;

gboolean
rnl_markdown_is_safe_address (const char *address)
{
  static const char *const schemes[] = { "http://", "https://", "mailto:" };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (address, schemes[i], strlen (schemes[i])) == 0
        && address[strlen (schemes[i])] != '\0')
      return TRUE;

  return FALSE;
}

static char *
attribute_to_ref_string (const MD_ATTRIBUTE *attribute)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; attribute->text != NULL && attribute->substr_offsets[i] < attribute->size; i++)
    {
      const char *part = attribute->text + attribute->substr_offsets[i];
      gsize length = attribute->substr_offsets[i + 1] - attribute->substr_offsets[i];

      if (attribute->substr_types[i] == MD_TEXT_ENTITY)
        rnl_markdown_append_entity (text, part, length);
      else
        g_string_append_len (text, part, length);
    }

  return g_ref_string_new_len (text->str, text->len);
}

/* Begins a block that stands in the open quotes and lists, and takes a waiting marker. */
static RnlBlock *
begin_block (Parse *parse, RnlBlockKind kind)
{
  RnlBlock *block = rnl_block_new (kind);

  block->quote_depth = MIN (parse->quote_depth, MAX_DEPTH);
  block->list_depth = MIN (parse->lists->len + parse->context->list_depth, MAX_DEPTH);
  block->marker = parse->marker;
  block->number = parse->number;
  parse->marker = RNL_MARKER_NONE;
  parse->number = 0;
  g_ptr_array_add (parse->blocks, block);
  parse->block = block;

  return block;
}

/* Text of a tight item comes without a paragraph around it. */
static RnlBlock *
text_block (Parse *parse)
{
  if (parse->block == NULL)
    begin_block (parse, parse->marker != RNL_MARKER_NONE ? RNL_BLOCK_ITEM : RNL_BLOCK_PARAGRAPH);

  return parse->block;
}

/* An item that has nothing, or a list, before its own text is still an item. */
static void
flush_marker (Parse *parse)
{
  if (parse->marker != RNL_MARKER_NONE)
    begin_block (parse, RNL_BLOCK_ITEM);
  parse->block = NULL;
}

static void
enter_list (Parse *parse, gboolean ordered, guint start)
{
  List list = { ordered, start };

  flush_marker (parse);
  if (parse->lists->len == 0 && parse->quote_depth == 0 && !parse->seen_list)
    {
      if (ordered && parse->context->renumber)
        list.next = parse->context->number;
      parse->seen_list = TRUE;
    }
  g_array_append_val (parse->lists, list);
}

static void
enter_item (Parse *parse, const MD_BLOCK_LI_DETAIL *detail)
{
  List *list = &g_array_index (parse->lists, List, parse->lists->len - 1);

  parse->block = NULL;
  if (detail->is_task)
    parse->marker = detail->task_mark == ' ' ? RNL_MARKER_OPEN_TASK : RNL_MARKER_DONE_TASK;
  else
    parse->marker = list->ordered ? RNL_MARKER_NUMBER : RNL_MARKER_BULLET;
  parse->number = list->ordered ? list->next++ : 0;
}

static void
enter_code (Parse *parse, const MD_BLOCK_CODE_DETAIL *detail)
{
  begin_block (parse, RNL_BLOCK_CODE);
  if (detail->lang.text != NULL && detail->lang.size > 0)
    parse->block->language = g_strndup (detail->lang.text, detail->lang.size);
}

static void
enter_table (Parse *parse, const MD_BLOCK_TABLE_DETAIL *detail)
{
  RnlBlock *table = begin_block (parse, RNL_BLOCK_TABLE);

  table->n_columns = detail->col_count;
  table->cells = g_ptr_array_new_with_free_func (g_object_unref);
  table->aligns = g_array_new (FALSE, TRUE, sizeof (RnlAlign));
  g_array_set_size (table->aligns, detail->col_count);
  parse->table = table;
}

static void
enter_cell (Parse *parse, const MD_BLOCK_TD_DETAIL *detail)
{
  RnlBlock *table = parse->table;
  guint column = table->cells->len % table->n_columns;

  if (table->cells->len < table->n_columns)
    g_array_index (table->aligns, RnlAlign, column)
      = detail->align == MD_ALIGN_CENTER  ? RNL_ALIGN_CENTER
        : detail->align == MD_ALIGN_RIGHT ? RNL_ALIGN_END
                                          : RNL_ALIGN_START;
  parse->block = rnl_block_new (RNL_BLOCK_PARAGRAPH);
  g_ptr_array_add (table->cells, parse->block);
}

static int
enter_block_cb (MD_BLOCKTYPE type, void *detail, void *user_data)
{
  Parse *parse = user_data;

  switch (type)
    {
    case MD_BLOCK_QUOTE:
      flush_marker (parse);
      parse->quote_depth++;
      break;
    case MD_BLOCK_UL:
      enter_list (parse, FALSE, 0);
      break;
    case MD_BLOCK_OL:
      enter_list (parse, TRUE, ((MD_BLOCK_OL_DETAIL *) detail)->start);
      break;
    case MD_BLOCK_LI:
      enter_item (parse, detail);
      break;
    case MD_BLOCK_HR:
      begin_block (parse, RNL_BLOCK_RULE);
      break;
    case MD_BLOCK_H:
      begin_block (parse, RNL_BLOCK_HEADING)->level = ((MD_BLOCK_H_DETAIL *) detail)->level;
      break;
    case MD_BLOCK_CODE:
      enter_code (parse, detail);
      break;
    case MD_BLOCK_P:
      parse->block = NULL;
      text_block (parse);
      break;
    case MD_BLOCK_TABLE:
      enter_table (parse, detail);
      break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      enter_cell (parse, detail);
      break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_HTML:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TR:
      break;
    }

  return 0;
}

static void
release_link (gpointer data)
{
  if (data != NULL)
    g_ref_string_release (data);
}

/* Spans never reach over a block; md4c 0.4.8 leaves some open after strange input. */
static void
forget_spans (Parse *parse)
{
  g_ptr_array_set_size (parse->links, 0);
  memset (parse->depths, 0, sizeof parse->depths);
  parse->images = 0;
}

/* The text of a table is what a plain copy of it gives. */
static void
leave_table (Parse *parse)
{
  RnlBlock *table = parse->table;

  for (guint i = 0; i < table->cells->len; i++)
    {
      RnlBlock *cell = g_ptr_array_index (table->cells, i);

      if (i > 0)
        g_string_append_c (table->text, i % table->n_columns == 0 ? '\n' : '\t');
      g_string_append_len (table->text, cell->text->str, cell->text->len);
    }
  parse->table = NULL;
}

static int
leave_block_cb (MD_BLOCKTYPE type, void *detail, void *user_data)
{
  Parse *parse = user_data;
  GString *text;

  switch (type)
    {
    case MD_BLOCK_QUOTE:
      parse->quote_depth--;
      break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
      g_array_set_size (parse->lists, parse->lists->len - 1);
      break;
    case MD_BLOCK_LI:
      flush_marker (parse);
      break;
    case MD_BLOCK_CODE:
      text = parse->block->text;
      if (text->len > 0 && text->str[text->len - 1] == '\n')
        g_string_truncate (text, text->len - 1);
      break;
    case MD_BLOCK_TABLE:
      leave_table (parse);
      break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_HR:
    case MD_BLOCK_H:
    case MD_BLOCK_HTML:
    case MD_BLOCK_P:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TR:
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      break;
    }
  forget_spans (parse);
  parse->block = NULL;

  return 0;
}

static int
change_depth (Parse *parse, MD_SPANTYPE type, int by)
{
  guint *depth = type == MD_SPAN_STRONG ? &parse->depths[0]
                 : type == MD_SPAN_EM   ? &parse->depths[1]
                 : type == MD_SPAN_CODE ? &parse->depths[2]
                 : type == MD_SPAN_DEL  ? &parse->depths[3]
                 : type == MD_SPAN_IMG  ? &parse->images
                                        : NULL;

  if (depth != NULL && (by > 0 || *depth > 0))
    *depth += (guint) by;

  return 0;
}

static int
enter_span_cb (MD_SPANTYPE type, void *detail, void *user_data)
{
  Parse *parse = user_data;

  if (type == MD_SPAN_A || type == MD_SPAN_IMG)
    {
      const MD_ATTRIBUTE *address = type == MD_SPAN_A ? &((MD_SPAN_A_DETAIL *) detail)->href
                                                      : &((MD_SPAN_IMG_DETAIL *) detail)->src;
      char *href = attribute_to_ref_string (address);

      if (!rnl_markdown_is_safe_address (href))
        g_clear_pointer (&href, g_ref_string_release);
      g_ptr_array_add (parse->links, href);
    }

  return change_depth (parse, type, 1);
}

static int
leave_span_cb (MD_SPANTYPE type, void *detail, void *user_data)
{
  Parse *parse = user_data;

  if ((type == MD_SPAN_A || type == MD_SPAN_IMG) && parse->links->len > 0)
    g_ptr_array_set_size (parse->links, (gint) parse->links->len - 1);

  return change_depth (parse, type, -1);
}

static void
add_text (Parse *parse, const char *text, gsize length)
{
  static const RnlSpanFlags flag_of[]
    = { RNL_SPAN_STRONG, RNL_SPAN_EMPH, RNL_SPAN_CODE, RNL_SPAN_STRIKE };
  const char *href
    = parse->links->len > 0 ? g_ptr_array_index (parse->links, parse->links->len - 1) : NULL;
  RnlSpanFlags flags = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (flag_of); i++)
    if (parse->depths[i] > 0)
      flags |= flag_of[i];
  if (parse->images > 0)
    flags |= RNL_SPAN_IMAGE;
  else if (href != NULL)
    flags |= RNL_SPAN_LINK;
  rnl_block_add_text (text_block (parse), text, length, flags, href);
}

static int
text_cb (MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *user_data)
{
  Parse *parse = user_data;

  switch (type)
    {
    case MD_TEXT_NULLCHAR:
      add_text (parse, "\357\277\275", 3);
      break;
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR: /* Models break lines where they mean it. */
      add_text (parse, "\n", 1);
      break;
    case MD_TEXT_ENTITY:
      g_string_truncate (parse->scratch, 0);
      rnl_markdown_append_entity (parse->scratch, text, size);
      add_text (parse, parse->scratch->str, parse->scratch->len);
      break;
    case MD_TEXT_NORMAL:
    case MD_TEXT_CODE:
    case MD_TEXT_HTML:
    case MD_TEXT_LATEXMATH:
      add_text (parse, text, size);
      break;
    }

  return 0;
}

/* Parses @text, valid UTF-8, and appends its blocks to @blocks, an array that owns them. */
void
rnl_markdown_parse (const char *text,
                    gsize length,
                    const RnlMarkdownContext *context,
                    GPtrArray *blocks)
{
  static const MD_PARSER parser = { .flags = FLAGS,
                                    .enter_block = enter_block_cb,
                                    .leave_block = leave_block_cb,
                                    .enter_span = enter_span_cb,
                                    .leave_span = leave_span_cb,
                                    .text = text_cb };
  Parse parse = { .blocks = blocks, .context = context };

  parse.lists = g_array_new (FALSE, FALSE, sizeof (List));
  parse.links = g_ptr_array_new_with_free_func (release_link);
  parse.scratch = g_string_new (NULL);
  md_parse (text, (MD_SIZE) length, &parser, &parse);
  g_array_unref (parse.lists);
  g_ptr_array_unref (parse.links);
  g_string_free (parse.scratch, TRUE);
}

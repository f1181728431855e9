/* rnl-document.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-document.h"

#include "rnl-value.h"

/**
 * RnlDocument:
 *
 * A piece of a text that was found: what it says, where it is from, and how well it answers.
 */
struct _RnlDocument
{
  GObject parent_instance;

  /* owned */
  char *id;
  char *text;
  char *source;
  char *title;

  guint page;
  gsize start;
  double score;
};

G_DEFINE_FINAL_TYPE (RnlDocument, rnl_document, G_TYPE_OBJECT)

static void
rnl_document_finalize (GObject *object)
{
  RnlDocument *self = RNL_DOCUMENT (object);

  g_free (self->id);
  g_free (self->text);
  g_free (self->source);
  g_free (self->title);

  G_OBJECT_CLASS (rnl_document_parent_class)->finalize (object);
}

static void
rnl_document_class_init (RnlDocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_document_finalize;
}

static void
rnl_document_init (RnlDocument *self)
{
}

/**
 * rnl_document_new:
 * @id: its number in the index
 * @text: what it says
 * @place: where it is from
 * @score: more is better
 *
 * Returns: (transfer full): a document
 */
RnlDocument *
rnl_document_new (const char *id, const char *text, const RnlDocumentPlace *place, double score)
{
  RnlDocument *self = g_object_new (RNL_TYPE_DOCUMENT, NULL);

  self->id = g_strdup (id);
  self->text = g_strdup (text);
  self->source = g_strdup (place->source);
  self->title = g_strdup (place->title);
  self->page = place->page;
  self->start = place->start;
  self->score = score;

  return self;
}

/**
 * rnl_document_get_id:
 * @self: a document
 *
 * Returns: (transfer none): its number in the index, as text
 */
const char *
rnl_document_get_id (RnlDocument *self)
{
  g_return_val_if_fail (RNL_IS_DOCUMENT (self), NULL);

  return self->id;
}

/**
 * rnl_document_get_text:
 * @self: a document
 *
 * Returns: (transfer none): what it says
 */
const char *
rnl_document_get_text (RnlDocument *self)
{
  g_return_val_if_fail (RNL_IS_DOCUMENT (self), NULL);

  return self->text;
}

/**
 * rnl_document_get_source:
 * @self: a document
 *
 * Returns: (transfer none): the path of its file, or the name the text was added under
 */
const char *
rnl_document_get_source (RnlDocument *self)
{
  g_return_val_if_fail (RNL_IS_DOCUMENT (self), NULL);

  return self->source;
}

/**
 * rnl_document_get_title:
 * @self: a document
 *
 * Returns: (transfer none): for a person: a heading, or the file's name
 */
const char *
rnl_document_get_title (RnlDocument *self)
{
  g_return_val_if_fail (RNL_IS_DOCUMENT (self), NULL);

  return self->title;
}

/**
 * rnl_document_get_page:
 * @self: a document
 *
 * Returns: its page, from 1; 0 where there are no pages
 */
guint
rnl_document_get_page (RnlDocument *self)
{
  g_return_val_if_fail (RNL_IS_DOCUMENT (self), 0);

  return self->page;
}

/**
 * rnl_document_get_start:
 * @self: a document
 *
 * Returns: where it begins in the text or the page, in characters
 */
gsize
rnl_document_get_start (RnlDocument *self)
{
  g_return_val_if_fail (RNL_IS_DOCUMENT (self), 0);

  return self->start;
}

/**
 * rnl_document_get_score:
 * @self: a document
 *
 * Returns: how well it answers the question; more is better, and only comparable within one search
 */
double
rnl_document_get_score (RnlDocument *self)
{
  g_return_val_if_fail (RNL_IS_DOCUMENT (self), 0);

  return self->score;
}

/**
 * rnl_document_set_score:
 * @self: a document
 * @score: the higher the better
 *
 * Sets how well it fits the question.
 */
void
rnl_document_set_score (RnlDocument *self, double score)
{
  g_return_if_fail (RNL_IS_DOCUMENT (self));

  self->score = score;
}

/**
 * rnl_document_to_json:
 * @self: a document
 *
 * Returns: (transfer full): `{id, text, metadata: {source, title, page?, start}, score}`
 */
JsonNode *
rnl_document_to_json (RnlDocument *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *metadata = json_object_new ();

  g_return_val_if_fail (RNL_IS_DOCUMENT (self), NULL);

  json_object_set_string_member (metadata, "source", self->source);
  json_object_set_string_member (metadata, "title", self->title);
  if (self->page > 0)
    json_object_set_int_member (metadata, "page", self->page);
  json_object_set_int_member (metadata, "start", (gint64) self->start);

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "text", self->text);
  json_object_set_object_member (object, "metadata", metadata);
  json_object_set_double_member (object, "score", self->score);

  return rnl_value_take_object (object);
}

/* rnl-question-text.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-question-text.h"

#include <string.h>

#include "rnl-label-select.h"
#include "rnl-selectable.h"

#define BUBBLE_CHARS 52

/**
 * RnlQuestionText:
 *
 * A label with what a person wrote, as it was written; part of the selection of its conversation.
 */
struct _RnlQuestionText
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *label;

  RnlTextMarks marks;
};

/* {{{ Selecting: each line is a block */

/* Where a line begins, or the end of the text. */
static const char *
find_line (const char *text, guint line)
{
  for (; line > 0 && *text != '\0'; line--)
    {
      text += strcspn (text, "\n");
      text += *text == '\n';
    }

  return text;
}

static void
from_label (RnlQuestionText *self, guint offset, RnlBlockPoint *place)
{
  const char *text = gtk_label_get_text (GTK_LABEL (self->label));

  *place = (RnlBlockPoint){ 0, 0 };
  for (; offset > 0 && *text != '\0'; text = g_utf8_next_char (text), offset--)
    if (*text == '\n')
      *place = (RnlBlockPoint){ place->block + 1, 0 };
    else
      place->offset++;
}

static guint
to_label (RnlQuestionText *self, const RnlBlockPoint *place)
{
  const char *text = gtk_label_get_text (GTK_LABEL (self->label));
  const char *line = find_line (text, place->block);
  glong length = g_utf8_strlen (line, (gssize) strcspn (line, "\n"));

  return (guint) (g_utf8_pointer_to_offset (text, line) + MIN ((glong) place->offset, length));
}

static gboolean
hit (RnlSelectable *selectable, double x, double y, RnlBlockPoint *place)
{
  RnlQuestionText *self = RNL_QUESTION_TEXT (selectable);
  graphene_point_t point;

  if (!gtk_widget_compute_point (GTK_WIDGET (self), self->label,
                                 &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return FALSE;
  from_label (self, rnl_label_select_offset_at (GTK_LABEL (self->label), point.x, point.y), place);

  return TRUE;
}

static gboolean
locate (RnlSelectable *selectable, const RnlBlockPoint *place, graphene_rect_t *area)
{
  RnlQuestionText *self = RNL_QUESTION_TEXT (selectable);
  graphene_point_t origin;

  rnl_label_select_locate (GTK_LABEL (self->label), to_label (self, place), area);
  if (!gtk_widget_compute_point (self->label, GTK_WIDGET (self), &area->origin, &origin))
    return FALSE;
  area->origin = origin;

  return TRUE;
}

static guint
get_n_blocks (RnlSelectable *selectable)
{
  const char *text = gtk_label_get_text (GTK_LABEL (RNL_QUESTION_TEXT (selectable)->label));
  guint n = 1;

  for (; (text = strchr (text, '\n')) != NULL; text++)
    n++;

  return n;
}

static char *
dup_text (RnlSelectable *selectable, guint block)
{
  RnlQuestionText *self = RNL_QUESTION_TEXT (selectable);
  const char *line = find_line (gtk_label_get_text (GTK_LABEL (self->label)), block);

  return g_strndup (line, strcspn (line, "\n"));
}

static void
show_marks (RnlQuestionText *self)
{
  const RnlBlockRange *selected = &self->marks.selected;
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; self->marks.found != NULL && i < self->marks.found->len; i++)
    {
      const RnlBlockRange *range = &g_array_index (self->marks.found, RnlBlockRange, i);
      guint ends[] = { to_label (self, &range->from), to_label (self, &range->to) };

      g_array_append_vals (offsets, ends, 2);
    }
  rnl_label_select_show (GTK_LABEL (self->label), to_label (self, &selected->from),
                         to_label (self, &selected->to), offsets, self->marks.current);
}

static void
select_range (RnlSelectable *selectable, const RnlBlockRange *range)
{
  RnlQuestionText *self = RNL_QUESTION_TEXT (selectable);

  if (rnl_text_marks_select (&self->marks, range))
    show_marks (self);
}

static void
mark (RnlSelectable *selectable, const RnlBlockRange *ranges, guint n_ranges, int current)
{
  RnlQuestionText *self = RNL_QUESTION_TEXT (selectable);

  if (rnl_text_marks_find (&self->marks, ranges, n_ranges, current))
    show_marks (self);
}

static void
init_selectable (RnlSelectableInterface *iface)
{
  iface->hit = hit;
  iface->locate = locate;
  iface->get_n_blocks = get_n_blocks;
  iface->dup_text = dup_text;
  iface->select = select_range;
  iface->mark = mark;
}

/* }}} */

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlQuestionText,
                               rnl_question_text,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_SELECTABLE, init_selectable))

static void
rnl_question_text_dispose (GObject *object)
{
  RnlQuestionText *self = RNL_QUESTION_TEXT (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  rnl_text_marks_clear (&self->marks);

  G_OBJECT_CLASS (rnl_question_text_parent_class)->dispose (object);
}

static GtkSizeRequestMode
rnl_question_text_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A label that wraps and has line breaks of its own says something else of its least width when it
 * is asked for a height (GTK 4.8), and a box complains. */
static void
rnl_question_text_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  gtk_widget_measure (RNL_QUESTION_TEXT (widget)->label, orientation,
                      orientation == GTK_ORIENTATION_VERTICAL ? for_size : -1, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
rnl_question_text_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (RNL_QUESTION_TEXT (widget)->label, width, height, baseline, NULL);
}

static void
rnl_question_text_class_init (RnlQuestionTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_question_text_dispose;
  widget_class->get_request_mode = rnl_question_text_get_request_mode;
  widget_class->measure = rnl_question_text_measure;
  widget_class->size_allocate = rnl_question_text_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "question");
}

static void
rnl_question_text_init (RnlQuestionText *self)
{
  GtkLabel *label;

  self->label = gtk_label_new (NULL);
  label = GTK_LABEL (self->label);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (label, GTK_NATURAL_WRAP_NONE);
  gtk_label_set_max_width_chars (label, BUBBLE_CHARS);
  gtk_label_set_selectable (label, TRUE);
  gtk_label_set_xalign (label, 0);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

/**
 * rnl_question_text_new:
 * @text: what a person wrote
 *
 * Returns: (transfer floating): a label for it
 */
GtkWidget *
rnl_question_text_new (const char *text)
{
  RnlQuestionText *self = g_object_new (RNL_TYPE_QUESTION_TEXT, NULL);

  gtk_label_set_text (GTK_LABEL (self->label), text);

  return GTK_WIDGET (self);
}

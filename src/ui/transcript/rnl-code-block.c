/* rnl-code-block.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-code-block-private.h"
#include "rnl-answer-style.h"
#include "rnl-code-buffer.h"
#include "rnl-code-language.h"
#include "rnl-compat.h"

#include <glib/gi18n.h>
#include <string.h>

/* So much is laid out in the flow of the answer; the rest waits behind a button. */
#define MAX_LINES 160
#define MAX_BYTES (16 * 1024)

/* A single update inserts at most so much; the owner comes back for the rest. */
#define MAX_INSERT 1024

/* The height of a long block that is shown as a whole, in pixels: it scrolls by itself. */
#define WHOLE_HEIGHT 560

/**
 * RnlCodeBlock:
 *
 * Shows a code block: a header with the language, a wrap toggle and a copy button over a source
 * view. The text only grows at its end while it streams.
 */
struct _RnlCodeBlock
{
  GtkWidget parent_instance;

  /* owned */
  RnlBlock *block;
  RnlCodeBuffer *buffer;

  /* children */
  GtkWidget *header;
  GtkWidget *language;
  GtkWidget *wrap;
  GtkWidget *copy;
  GtkWidget *scroller;
  GtkWidget *view;
  GtkWidget *more;

  gsize shown;   /* bytes of the block's text that are in the buffer */
  gsize counted; /* bytes of it that are looked at for lines */
  guint n_lines;
  gboolean whole;
  guint copied_source;
  guint fill; /* a tick, while the rest of a long block comes */
  RnlTextMarks marks;
};

enum
{
  PROP_WRAP = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlCodeBlock,
                               rnl_code_block,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_SELECTABLE,
                                                      rnl_code_block_init_selectable))

static gboolean
copied_cb (gpointer user_data)
{
  RnlCodeBlock *self = user_data;

  self->copied_source = 0;
  gtk_button_set_icon_name (GTK_BUTTON (self->copy), "edit-copy-symbolic");
  gtk_widget_set_tooltip_text (self->copy, _ ("Copy Code"));

  return G_SOURCE_REMOVE;
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlCodeBlock *self = RNL_CODE_BLOCK (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), rnl_block_get_text (self->block));
  gtk_button_set_icon_name (GTK_BUTTON (self->copy), "object-select-symbolic");
  gtk_widget_set_tooltip_text (self->copy, _ ("Copied"));
  g_clear_handle_id (&self->copied_source, g_source_remove);
  self->copied_source = g_timeout_add_seconds (2, copied_cb, self);
}

/* How much of the text is shown in the flow. */
static gsize
get_limit (RnlCodeBlock *self)
{
  const char *text = rnl_block_get_text (self->block);
  gsize length = rnl_block_get_length (self->block);
  const char *at = text;

  if (self->whole)
    return length;
  if (self->shown > 0 && gtk_widget_get_visible (self->more))
    return self->shown;
  if (length > MAX_BYTES)
    {
      length = MAX_BYTES;
      while (((guchar) text[length] & 0xc0) == 0x80)
        length--;
    }
  for (guint lines = 0; lines < MAX_LINES; lines++)
    {
      at = memchr (at, '\n', length - (gsize) (at - text));
      if (at == NULL)
        return length;
      at++;
    }

  return (gsize) (at - text) - 1;
}

static void
update_more (RnlCodeBlock *self, gboolean visible)
{
  g_autofree char *label = NULL;
  const char *text = rnl_block_get_text (self->block);

  gtk_widget_set_visible (self->more, visible);
  if (!visible)
    return;
  for (; self->counted < rnl_block_get_length (self->block); self->counted++)
    if (text[self->counted] == '\n')
      self->n_lines++;
  label = g_strdup_printf (
    g_dngettext (NULL, "Show All (%u Line)", "Show All (%u Lines)", self->n_lines + 1),
    self->n_lines + 1);
  gtk_button_set_label (GTK_BUTTON (self->more), label);
}

static gboolean
fill_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RnlCodeBlock *self = RNL_CODE_BLOCK (widget);

  gboolean more = rnl_code_block_catch_up (self);

  rnl_code_block_show_marks (self);
  if (more)
    return G_SOURCE_CONTINUE;
  self->fill = 0;

  return G_SOURCE_REMOVE;
}

static void
more_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlCodeBlock *self = RNL_CODE_BLOCK (widget);
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (self->scroller);

  if (self->whole)
    return;
  self->whole = TRUE;
  update_more (self, FALSE);
  /* With a scroller of its own the view lays out only what is seen. */
  gtk_scrolled_window_set_policy (scroller, GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (self->scroller, -1, WHOLE_HEIGHT);
  self->fill = gtk_widget_add_tick_callback (widget, fill_cb, NULL, NULL);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RnlCodeBlock *self = RNL_CODE_BLOCK (object);

  switch (id)
    {
    case PROP_WRAP:
      g_value_set_boolean (value, rnl_code_block_get_wrap (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RnlCodeBlock *self = RNL_CODE_BLOCK (object);

  switch (id)
    {
    case PROP_WRAP:
      rnl_code_block_set_wrap (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rnl_code_block_dispose (GObject *object)
{
  RnlCodeBlock *self = RNL_CODE_BLOCK (object);

  g_clear_handle_id (&self->copied_source, g_source_remove);
  if (self->fill > 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->fill);
  self->fill = 0;
  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  g_clear_object (&self->buffer);
  g_clear_object (&self->block);
  rnl_text_marks_clear (&self->marks);

  G_OBJECT_CLASS (rnl_code_block_parent_class)->dispose (object);
}

static void
rnl_code_block_class_init (RnlCodeBlockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rnl_code_block_dispose;
  object_class->get_property = get_property;
  object_class->set_property = set_property;

  /**
   * RnlCodeBlock:wrap:
   *
   * Whether long lines are broken instead of scrolled.
   */
  props[PROP_WRAP]
    = g_param_spec_boolean ("wrap", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_install_action (widget_class, "code.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "code.show-all", NULL, more_action);
  gtk_widget_class_install_property_action (widget_class, "code.wrap", "wrap");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "codeblock");
}

static GtkWidget *
make_button (GtkWidget *button, const char *icon, const char *label, const char *action)
{
  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  rnl_compat_set_tooltip (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);

  return button;
}

static void
make_header (RnlCodeBlock *self)
{
  self->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  gtk_widget_add_css_class (self->header, "code-header");
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));

  self->language = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->language), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->language), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->language, TRUE);
  gtk_box_append (GTK_BOX (self->header), self->language);

  self->wrap = make_button (gtk_toggle_button_new (), "format-justify-left-symbolic",
                            _ ("Wrap Lines"), "code.wrap");
  gtk_box_append (GTK_BOX (self->header), self->wrap);
  self->copy = make_button (gtk_button_new (), "edit-copy-symbolic", _ ("Copy Code"), "code.copy");
  gtk_box_append (GTK_BOX (self->header), self->copy);
}

static void
make_body (RnlCodeBlock *self)
{
  GtkTextView *view;

  self->buffer = rnl_code_buffer_new ();
  self->view = gtk_text_view_new_with_buffer (GTK_TEXT_BUFFER (self->buffer));
  gtk_widget_set_direction (self->view, GTK_TEXT_DIR_LTR);
  view = GTK_TEXT_VIEW (self->view);
  rnl_text_marks_own_selection (view);
  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_cursor_visible (view, FALSE);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_monospace (view, TRUE);
  gtk_text_view_set_left_margin (view, 12);
  gtk_text_view_set_right_margin (view, 12);
  gtk_text_view_set_top_margin (view, 8);
  gtk_text_view_set_bottom_margin (view, 10);
  gtk_text_view_set_pixels_above_lines (view, 1);
  gtk_text_view_set_pixels_below_lines (view, 1);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->view);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));

  self->more = rnl_answer_style_new_more ("code.show-all");
  gtk_widget_set_visible (self->more, FALSE);
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));
}

static void
rnl_code_block_init (RnlCodeBlock *self)
{
  gtk_orientable_set_orientation (
    GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "code-block");
  make_header (self);
  make_body (self);
}

static void
set_language (RnlCodeBlock *self)
{
  const char *name = rnl_block_get_language (self->block);
  const char *title = rnl_code_language_get_title (name);
  g_autofree char *label
    = name != NULL ? g_strdup_printf (_ ("Code, %s"), title) : g_strdup (_ ("Code"));

  gtk_label_set_label (GTK_LABEL (self->language), title);
  rnl_code_buffer_reset (self->buffer, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/**
 * rnl_code_block_new:
 * @block: a code block
 *
 * Returns: (transfer floating): a widget for @block, without text until it catches up
 */
GtkWidget *
rnl_code_block_new (RnlBlock *block)
{
  RnlCodeBlock *self = g_object_new (RNL_TYPE_CODE_BLOCK, NULL);

  self->block = g_object_ref (block);
  set_language (self);

  return GTK_WIDGET (self);
}

static gboolean
is_behind (RnlCodeBlock *self)
{
  return self->shown < get_limit (self);
}

/**
 * rnl_code_block_is_bounded:
 * @self: a code block
 *
 * Returns: whether it shows as much of its text as it will before somebody asks for the rest
 */
gboolean
rnl_code_block_is_bounded (RnlCodeBlock *self)
{
  g_return_val_if_fail (RNL_IS_CODE_BLOCK (self), FALSE);

  return !self->whole && gtk_widget_get_visible (self->more);
}

/**
 * rnl_code_block_catch_up:
 * @self: a code block
 *
 * Shows more of the text of its block, a bounded amount.
 *
 * Returns: whether there is still more to show
 */
gboolean
rnl_code_block_catch_up (RnlCodeBlock *self)
{
  const char *text = rnl_block_get_text (self->block);
  gsize length = rnl_block_get_length (self->block);
  gsize limit;
  gsize to;

  g_return_val_if_fail (RNL_IS_CODE_BLOCK (self), FALSE);

  limit = get_limit (self);
  to = MIN (limit, self->shown + MAX_INSERT);
  while (to < limit && ((guchar) text[to] & 0xc0) == 0x80)
    to++;
  if (to > self->shown)
    {
      rnl_code_buffer_append (self->buffer, text + self->shown, to - self->shown);
      self->shown = to;
    }
  if (to == limit && limit < length)
    update_more (self, TRUE);

  return is_behind (self);
}

/**
 * rnl_code_block_update:
 * @self: a code block
 * @block: what its block has become, or the same
 *
 * Shows @block from the next [method@Runnel.CodeBlock.catch_up] on. What is shown already is kept
 * when @block begins with it.
 */
void
rnl_code_block_update (RnlCodeBlock *self, RnlBlock *block)
{
  g_return_if_fail (RNL_IS_CODE_BLOCK (self));

  if (block != self->block)
    {
      gboolean grown
        = g_strcmp0 (rnl_block_get_language (block), rnl_block_get_language (self->block)) == 0
          && strncmp (rnl_block_get_text (self->block), rnl_block_get_text (block), self->shown)
               == 0;

      g_set_object (&self->block, block);
      if (!grown)
        {
          self->shown = 0;
          self->counted = 0;
          self->n_lines = 0;
          gtk_widget_set_visible (self->more, FALSE);
          set_language (self);
        }
    }
}

/**
 * rnl_code_block_get_text:
 * @self: a code block
 *
 * Returns: (transfer none): the whole code
 */
const char *
rnl_code_block_get_text (RnlCodeBlock *self)
{
  g_return_val_if_fail (RNL_IS_CODE_BLOCK (self), NULL);

  return rnl_block_get_text (self->block);
}

GtkTextView *
rnl_code_block_get_view (RnlCodeBlock *self)
{
  return GTK_TEXT_VIEW (self->view);
}

/* Whether there is more of the text than is in the buffer. */
gboolean
rnl_code_block_is_cut (RnlCodeBlock *self)
{
  return self->shown < rnl_block_get_length (self->block);
}

RnlTextMarks *
rnl_code_block_get_marks (RnlCodeBlock *self)
{
  return &self->marks;
}

/**
 * rnl_code_block_dup_shown:
 * @self: a code block
 *
 * Returns: (transfer full): the code that is laid out
 */
char *
rnl_code_block_dup_shown (RnlCodeBlock *self)
{
  g_return_val_if_fail (RNL_IS_CODE_BLOCK (self), NULL);

  return rnl_code_buffer_dup_text (self->buffer);
}

/**
 * rnl_code_block_get_wrap:
 * @self: a code block
 *
 * Returns: whether long lines are broken
 */
gboolean
rnl_code_block_get_wrap (RnlCodeBlock *self)
{
  g_return_val_if_fail (RNL_IS_CODE_BLOCK (self), FALSE);

  /* The action asks before the view is there. */
  return self->view != NULL
         && gtk_text_view_get_wrap_mode (GTK_TEXT_VIEW (self->view)) != GTK_WRAP_NONE;
}

/**
 * rnl_code_block_set_wrap:
 * @self: a code block
 * @wrap: whether long lines are broken instead of scrolled
 */
void
rnl_code_block_set_wrap (RnlCodeBlock *self, gboolean wrap)
{
  g_return_if_fail (RNL_IS_CODE_BLOCK (self));

  if (rnl_code_block_get_wrap (self) == !!wrap)
    return;
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view),
                               wrap ? GTK_WRAP_WORD_CHAR : GTK_WRAP_NONE);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WRAP]);
}

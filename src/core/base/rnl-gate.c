/* rnl-gate.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-gate.h"

/**
 * RnlGate:
 *
 * Stands between who produces and who reads. Several readers can hold it; it is open when nobody
 * does. A producer looks at [property@Runnel.Gate:open] and stops at its source while it is shut: a
 * socket is not read, so the other side has to wait.
 *
 * For one thread, as the run it belongs to.
 */
struct _RnlGate
{
  GObject parent_instance;

  guint n_holds;
};

enum
{
  PROP_OPEN = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RnlGate, rnl_gate, G_TYPE_OBJECT)

static void
rnl_gate_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_OPEN:
      g_value_set_boolean (value, rnl_gate_is_open (RNL_GATE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
rnl_gate_class_init (RnlGateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rnl_gate_get_property;

  /**
   * RnlGate:open:
   *
   * Whether nobody holds it.
   */
  props[PROP_OPEN] = g_param_spec_boolean (
    "open", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_gate_init (RnlGate *self)
{
}

/**
 * rnl_gate_new:
 *
 * Returns: (transfer full): an open gate
 */
RnlGate *
rnl_gate_new (void)
{
  return g_object_new (RNL_TYPE_GATE, NULL);
}

/**
 * rnl_gate_hold:
 * @self: a gate
 *
 * Shuts it until [method@Runnel.Gate.release] was called as often.
 */
void
rnl_gate_hold (RnlGate *self)
{
  g_return_if_fail (RNL_IS_GATE (self));

  if (self->n_holds++ == 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OPEN]);
}

/**
 * rnl_gate_release:
 * @self: a gate that the caller holds
 *
 * Takes one hold back; the last one opens it.
 */
void
rnl_gate_release (RnlGate *self)
{
  g_return_if_fail (RNL_IS_GATE (self));
  g_return_if_fail (self->n_holds > 0);

  if (--self->n_holds == 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OPEN]);
}

/**
 * rnl_gate_is_open:
 * @self: a gate
 *
 * Returns: whether nobody holds it
 */
gboolean
rnl_gate_is_open (RnlGate *self)
{
  g_return_val_if_fail (RNL_IS_GATE (self), TRUE);

  return self->n_holds == 0;
}

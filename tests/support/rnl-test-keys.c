/* rnl-test-keys.c: keys as a keyboard sends them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Through the XTEST extension of the X server, so that what a key does is decided by the whole road
 * from there to the widget: accelerators, controllers in their phases, bindings. The libraries are
 * looked up when a test runs: nothing else here needs them. */
#include "rnl-test-keys.h"

#include <gmodule.h>

typedef struct
{
  gpointer (*open_display) (const char *name);
  unsigned char (*keysym_to_keycode) (gpointer display, unsigned long keysym);
  int (*fake_key_event) (gpointer display, unsigned int keycode, int is_press, unsigned long delay);
  int (*flush) (gpointer display);
  gpointer display;
} Keyboard;

static gboolean
find_symbol (const char *library, const char *name, gpointer location)
{
  GModule *module = g_module_open (library, G_MODULE_BIND_LAZY);

  return module != NULL && g_module_symbol (module, name, location);
}

static Keyboard *
get_keyboard (void)
{
  static Keyboard keyboard;

  if (keyboard.display == NULL
      && find_symbol ("libX11.so.6", "XOpenDisplay", &keyboard.open_display)
      && find_symbol ("libX11.so.6", "XKeysymToKeycode", &keyboard.keysym_to_keycode)
      && find_symbol ("libX11.so.6", "XFlush", &keyboard.flush)
      && find_symbol ("libXtst.so.6", "XTestFakeKeyEvent", &keyboard.fake_key_event))
    keyboard.display = keyboard.open_display (NULL);

  return keyboard.display != NULL ? &keyboard : NULL;
}

/**
 * rnl_test_keys_available:
 *
 * Returns: whether there is an X server that takes keys from a test
 */
gboolean
rnl_test_keys_available (void)
{
  return get_keyboard () != NULL;
}

/**
 * rnl_test_press_keys:
 * @first_keyval: a key; those before the last one are held meanwhile
 * @...: more of them, ended by 0
 *
 * Presses the last key and lets go of all. The window with the keyboard focus gets it, later.
 */
void
rnl_test_press_keys (guint first_keyval, ...)
{
  Keyboard *keyboard = get_keyboard ();
  g_autoptr (GArray) codes = g_array_new (FALSE, FALSE, sizeof (guint));
  va_list keyvals;

  va_start (keyvals, first_keyval);
  for (guint keyval = first_keyval; keyval != 0; keyval = va_arg (keyvals, guint))
    {
      guint code = keyboard->keysym_to_keycode (keyboard->display, keyval);

      g_array_append_val (codes, code);
    }
  va_end (keyvals);

  for (guint i = 0; i < codes->len; i++)
    keyboard->fake_key_event (keyboard->display, g_array_index (codes, guint, i), TRUE, 0);
  for (guint i = codes->len; i > 0; i--)
    keyboard->fake_key_event (keyboard->display, g_array_index (codes, guint, i - 1), FALSE, 0);
  keyboard->flush (keyboard->display);
}

/* rnl-image-cache.c
 *
 * A row that leaves the window is taken apart. When it comes back the images a person wanted are
 * shown again, and the server is not asked again. Only the main thread comes here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-image-cache.h"

#include "rnl-attachment.h"

/* In bytes; the oldest go first. */
#define MAX_SIZE (32 * 1024 * 1024)

typedef struct
{
  char *address;
  RnlPart *image;
} Entry;

static GQueue entries = G_QUEUE_INIT; /* of Entry, the oldest first */
static gsize total;

static void
drop (GList *link)
{
  Entry *entry = link->data;

  total -= rnl_attachment_get_size (entry->image);
  g_free (entry->address);
  g_object_unref (entry->image);
  g_free (entry);
  g_queue_delete_link (&entries, link);
}

static GList *
find (const char *address)
{
  for (GList *link = entries.head; link != NULL; link = link->next)
    if (g_str_equal (((Entry *) link->data)->address, address))
      return link;

  return NULL;
}

/**
 * rnl_image_cache_add:
 * @address: where it is from
 * @image: an image
 *
 * Keeps an image for as long as there is room.
 */
void
rnl_image_cache_add (const char *address, RnlPart *image)
{
  GList *old = find (address);
  Entry *entry;

  if (old != NULL)
    drop (old);
  entry = g_new (Entry, 1);
  entry->address = g_strdup (address);
  entry->image = g_object_ref (image);
  g_queue_push_tail (&entries, entry);
  total += rnl_attachment_get_size (image);
  while (total > MAX_SIZE && entries.length > 1)
    drop (entries.head);
}

/**
 * rnl_image_cache_get:
 * @address: an address
 *
 * Returns: (transfer none) (nullable): its image
 */
RnlPart *
rnl_image_cache_get (const char *address)
{
  GList *link = find (address);

  return link != NULL ? ((Entry *) link->data)->image : NULL;
}

/**
 * rnl_image_cache_clear:
 *
 * Forgets all images.
 */
void
rnl_image_cache_clear (void)
{
  while (entries.head != NULL)
    drop (entries.head);
}

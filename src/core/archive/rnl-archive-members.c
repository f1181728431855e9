/* rnl-archive-members.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-archive-members.h"

#include <math.h>

#include "rnl-message-enums.h"

/* Beyond this no date makes sense (the year 9999), in seconds. */
#define MAX_SECONDS 253402300799.0

static JsonNode *
value_of (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

const char *
rnl_archive_string (JsonObject *object, const char *name)
{
  JsonNode *node = value_of (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

JsonObject *
rnl_archive_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
rnl_archive_array (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

guint
rnl_archive_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

JsonObject *
rnl_archive_element (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

const char *
rnl_archive_text (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

gint64
rnl_archive_int (JsonObject *object, const char *name, gint64 other)
{
  JsonNode *node = value_of (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node)
                                                                         : other;
}

gboolean
rnl_archive_flag (JsonObject *object, const char *name)
{
  JsonNode *node = value_of (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

/**
 * rnl_archive_time:
 * @object: (nullable): an object
 * @name: a member: seconds since 1970, or a date and time by ISO 8601
 * @other: for what is neither
 *
 * Returns: microseconds since 1970
 */
gint64
rnl_archive_time (JsonObject *object, const char *name, gint64 other)
{
  JsonNode *node = value_of (object, name);
  g_autoptr (GTimeZone) utc = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (node == NULL)
    return other;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    {
      double seconds = json_node_get_double (node);

      return seconds > 0 && seconds < MAX_SECONDS ? (gint64) llround (seconds * 1e6) : other;
    }

  utc = g_time_zone_new_utc ();
  time = g_date_time_new_from_iso8601 (json_node_get_string (node), utc);

  return time != NULL && g_date_time_to_unix (time) > 0
           ? g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time)
           : other;
}

/* Returns: the value that the member's word stands for */
int
rnl_archive_enum (JsonObject *object, const char *name, GType type, int other)
{
  const char *nick = rnl_archive_string (object, name);
  int value;

  return nick != NULL && rnl_enum_from_nick (type, nick, &value) ? value : other;
}

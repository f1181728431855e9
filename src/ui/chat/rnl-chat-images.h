/* rnl-chat-images.h: the images of an answer: files of its chat, in the text itself, on servers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-image-source.h"
#include "rnl-message.h"

G_BEGIN_DECLS

#define RNL_TYPE_CHAT_IMAGES (rnl_chat_images_get_type ())
G_DECLARE_FINAL_TYPE (RnlChatImages, rnl_chat_images, RNL, CHAT_IMAGES, GObject)

RnlImageSource *rnl_chat_images_new (RnlMessage *message);

G_END_DECLS

/* rnl-marked-text.h: text that is shown by others in the person's language
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Core has no translated text: it says what a tool is in English, to models and programs. What a
 * person reads of it stands in the catalogue under CONTEXT by this mark, and is looked up where it
 * is shown, with g_dpgettext2 (NULL, CONTEXT, text). */
#define NC_(context, text) text

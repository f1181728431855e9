/* rnl-download-words.h: how far a download is, in the person's language
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-model-download.h"

G_BEGIN_DECLS

char *rnl_download_words_progress (RnlModelDownload *download);
char *rnl_download_words_error (RnlModelDownload *download);

G_END_DECLS

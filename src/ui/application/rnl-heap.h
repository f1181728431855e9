/* rnl-heap.h: how the C library keeps memory for this program
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void rnl_heap_set_up (void);
void rnl_heap_give_back (void);

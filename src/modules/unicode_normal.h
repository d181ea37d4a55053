// The four normalization forms of Unicode 14, and those that 3.2 had.
#ifndef WEFT_MODULES_UNICODE_NORMAL_H
#define WEFT_MODULES_UNICODE_NORMAL_H

#include "objects/str.h"

typedef struct NormalForm {
  bool compose, compatible;   // NFC and NFKC; NFKC and NFKD
  bool old;                   // as in 3.2: characters that are newer stay as they are
} NormalForm;

// s in that form: s itself if it is in it already. Detaches for long texts. V_NULL with MemoryError.
Value unicode_normalize(Thread *t, Value s, NormalForm form);

#endif

// What the files of _lzma share: liblzma's functions, its errors, and filter chains given as Python mappings.
#ifndef WEFT_MODULES_LZMA_FILTERS_H
#define WEFT_MODULES_LZMA_FILTERS_H

#include <lzma.h>

#include "modules/shared_library.h"
#include "objects/text_native.h"

#define LZMA_FUNCTIONS(X)                                                                                                            \
  X(lzma_code) X(lzma_end) X(lzma_easy_encoder) X(lzma_stream_encoder) X(lzma_alone_encoder) X(lzma_raw_encoder) X(lzma_auto_decoder) \
  X(lzma_stream_decoder) X(lzma_alone_decoder) X(lzma_raw_decoder) X(lzma_get_check) X(lzma_check_is_supported) X(lzma_lzma_preset)   \
  X(lzma_properties_size) X(lzma_properties_encode) X(lzma_properties_decode)
typedef struct Lzma { LZMA_FUNCTIONS(LIBRARY_FIELD) } Lzma;
extern Lzma lzma;

// Raises LZMAError or MemoryError for what a result of liblzma means; 0 if it is no error.
int lzma_check_result(Thread *t, lzma_ret result);
Value lzma_raise(Thread *t, const char *format, ...);

// An int (nothing else) below 2**64, and below 2**32. 0, or -1 with TypeError or OverflowError.
int lzma_u64(Thread *t, Value v, uint64_t *out);
int lzma_u32(Thread *t, Value v, uint32_t *out);

// A chain is ended by an entry of id LZMA_VLI_UNKNOWN; its options are malloc'd.
typedef struct LzmaChain { lzma_filter filters[LZMA_FILTERS_MAX + 1]; } LzmaChain;
int lzma_chain_parse(Thread *t, Value specs, LzmaChain *chain);   // 0, -1
void lzma_chain_free(LzmaChain *chain);
int lzma_filter_parse(Thread *t, Value spec, lzma_filter *f);     // 0, -1; options to be freed
Value lzma_filter_spec(Thread *t, const lzma_filter *f);          // a dict

#endif

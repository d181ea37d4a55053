// The iterators over a dict's keys, values and items, laid open for the VM's FOR_ITER.
#ifndef WEFT_OBJECTS_DICT_ITER_H
#define WEFT_OBJECTS_DICT_ITER_H

#include "objects/dict.h"

typedef struct DictIterator {
  Object ob;
  Value dict;      // owned, see iterated.h
  a64 used;        // the dict's length when iteration began; -1 after it was found changed. All four relaxed
  a64 position;    // next entry; DICT_ITER_DONE when exhausted
  a64 left;        // entries not yet given
  bool reverse;
} DictIterator;
#define DICT_ITER_DONE ((uint64_t)1 << 62)

// Owned key and/or value of the next entry (NULL: not wanted): 1; 0 exhausted; -1 RuntimeError "dictionary changed size during iteration".
int dict_iterator_step(Thread *t, DictIterator *it, Value *key, Value *value);
// kind: SHAPE_DICT_KEYITERATOR ... SHAPE_DICT_REVERSEITEMITERATOR.
Value dict_iterator_new(Thread *t, uint32_t shape, Value dict);

#endif

// The one kind of callable that judges keywords itself: functools' lru_cache hashes them before it finds that one is no string.
#ifndef WEFT_OBJECTS_ANY_KEYWORDS_H
#define WEFT_OBJECTS_ANY_KEYWORDS_H

#include "objects/type.h"

// The slots.call of that type, a NativeFn, once its module has been made; relaxed. All others are called with strings as keywords only.
extern aptr object_any_keywords_call;

#endif

// The start-up of the builtin types: the top of objects/, which knows them all and which none of them knows.
#include "objects/builtin_types.h"

#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/exceptions.h"
#include "objects/float_type.h"
#include "objects/int.h"
#include "objects/iterators.h"
#include "objects/list.h"
#include "objects/memoryview.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/property.h"
#include "objects/range.h"
#include "objects/set.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "objects/tuple_type.h"
#include "objects/type_ready.h"

typedef struct Step { const char *name; bool (*init)(Thread *t); } Step;
#define STEP(f) {#f, f}

// Each needs what stands above it.
static const Step steps[] = {
    STEP(str_core_init),    STEP(bytes_core_init),     STEP(names_init),      STEP(type_system_init), STEP(native_init),
    STEP(property_init_types), STEP(tuple_init),       STEP(str_init),        STEP(int_init),         STEP(float_init),
    STEP(bytes_init),       STEP(list_init),           STEP(dict_init),       STEP(exceptions_init),  STEP(type_extras_init),
    STEP(slice_init),       STEP(list_iter_init),      STEP(dict_iter_init),  STEP(dict_views_init),  STEP(set_init),
    STEP(range_init),       STEP(iter_init),           STEP(enumerate_init),  STEP(builtin_iters_init), STEP(bytearray_init),
    STEP(memoryview_init),
};

const char *builtin_types_init(Thread *t) {
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
    if (!steps[i].init(t)) return steps[i].name;
  return NULL;
}

// Start-up order of the type system's own types.
#include "gc/collect.h"
#include "objects/descriptor.h"
#include "objects/generic_alias.h"
#include "objects/instance.h"
#include "objects/mappingproxy.h"
#include "objects/namespace.h"
#include "objects/singletons.h"
#include "objects/super.h"
#include "objects/type_ready.h"
#include "objects/type_slots.h"
#include "objects/union.h"
#include "objects/weakproxy.h"
#include "objects/weakref.h"

extern const TypeSpec spec_object, spec_type;

// __del__ of classes and the finalisers of builtin types.
static void run_finalizer(Thread *t, Object *o) {
  void (*finalize)(Thread *, Value) = object_type(o)->slots.finalize;
  if (finalize) finalize(t, v_from_obj(o));
}

// A generator's `finally` and a `__del__` may still use the file that is garbage together with them. python3.11 finalises in the order of
// birth, so that what opens a file comes before it.
static unsigned finalizer_rank(const Object *o) {
  uint32_t shape = object_shape(o);
  if (shape == SHAPE_GENERATOR || shape == SHAPE_COROUTINE || shape == SHAPE_ASYNC_GENERATOR) return 0;
  return object_type(o)->slots.finalize == slot_generic_finalize ? 0 : GC_RANK_LAST;
}

bool type_system_init(Thread *t) {
  gc_finalize_hook = run_finalizer;
  gc_finalizer_rank_hook = finalizer_rank;
  return type_ready(t, &type_object, &spec_object, SHAPE_OBJECT) && type_ready(t, &type_type, &spec_type, SHAPE_TYPE) &&
         slot_wrapper_init(t) && descriptor_init(t) && singletons_init(t);
}

bool type_extras_init(Thread *t) {
  return super_init(t) && mappingproxy_init(t) && namespace_init(t) && generic_alias_init(t) && union_init(t) && weakref_init(t) &&
         weakproxy_init(t);
}

// Start-up order of the type system's own types.
#include "objects/descriptor.h"
#include "objects/generic_alias.h"
#include "objects/instance.h"
#include "objects/mappingproxy.h"
#include "objects/namespace.h"
#include "objects/singletons.h"
#include "objects/super.h"
#include "objects/type_ready.h"
#include "objects/union.h"
#include "objects/weakproxy.h"
#include "objects/weakref.h"

extern const TypeSpec spec_object, spec_type;

// __del__ of classes and the finalisers of builtin types.
static void run_finalizer(Thread *t, Object *o) {
  void (*finalize)(Thread *, Value) = object_type(o)->slots.finalize;
  if (finalize) finalize(t, v_from_obj(o));
}

bool type_system_init(Thread *t) {
  gc_finalize_hook = run_finalizer;
  return type_ready(t, &type_object, &spec_object, SHAPE_OBJECT) && type_ready(t, &type_type, &spec_type, SHAPE_TYPE) &&
         slot_wrapper_init(t) && descriptor_init(t) && singletons_init(t);
}

bool type_extras_init(Thread *t) {
  return super_init(t) && mappingproxy_init(t) && namespace_init(t) && generic_alias_init(t) && union_init(t) && weakref_init(t) &&
         weakproxy_init(t);
}

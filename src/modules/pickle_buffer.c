// PickleBuffer: a wrapper that says that an object's bytes may travel outside of the pickle.
//
// The view is released once; who uses it meanwhile pins it, and then the last pin releases it. pins and released are under the object's lock.
#include "modules/pickle.h"
#include "objects/buffer.h"
#include "objects/error.h"
#include "objects/memoryview.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/text_native.h"
#include "threading/critical.h"

typedef struct PickleBuffer {
  Object ob;
  BufferView view;      // constant until it is released; obj V_NULL: it was
  int pins;
  bool released;
} PickleBuffer;

static PickleBuffer *v_pb(Value v) { return (PickleBuffer *)v_obj(v); }

const BufferView *pickle_buffer_pin(Thread *t, Value v) {
  PickleBuffer *b = v_pb(v);
  bool released;
  CRITICAL_BEGIN(t, b);
  released = b->released;
  if (!released) b->pins++;
  CRITICAL_END(t);
  if (!released) return &b->view;
  raise_value_error(t, "operation forbidden on released PickleBuffer object");
  return NULL;
}

static void unpin(Thread *t, PickleBuffer *b) {
  bool last;
  CRITICAL_BEGIN(t, b);
  last = --b->pins == 0 && b->released;
  CRITICAL_END(t);
  if (last) buffer_release(t, &b->view);
}
void pickle_buffer_unpin(Thread *t, Value v) { unpin(t, v_pb(v)); }

static void release(Thread *t, PickleBuffer *b) {
  bool first;
  CRITICAL_BEGIN(t, b);
  first = !b->released;
  b->released = true;
  if (first) b->pins++;
  CRITICAL_END(t);
  if (first) unpin(t, b);
}

static NATIVE(picklebuffer_release) {
  release(t, v_pb(self));
  return V_NONE;
}

static NATIVE(picklebuffer_raw) {
  if (!pickle_buffer_pin(t, self)) return V_NULL;
  Value view = memoryview_flat(t, self);
  pickle_buffer_unpin(t, self);
  return view;
}

static int picklebuffer_getbuffer(Thread *t, Value self, BufferView *view, int flags) {
  const BufferView *own = pickle_buffer_pin(t, self);
  view->obj = V_NULL;
  if (!own) return -1;
  int status = buffer_get(t, own->obj, view, flags);
  pickle_buffer_unpin(t, self);
  return status;
}

static Value picklebuffer_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (nargs > 1) return raise_type_error(t, "PickleBuffer() takes at most 1 argument (%zu given)", nargs);
  if (nargs == 0) return raise_type_error(t, "PickleBuffer() takes exactly 1 positional argument (0 given)");
  if (native_no_keywords(t, "PickleBuffer", kwnames) < 0) return V_NULL;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  if (buffer_get(t, args[0], &v_pb(v)->view, BUFFER_FULL_RO) == 0) return v;
  v_pb(v)->view.obj = V_NULL;
  v_drop(t, v);
  return V_NULL;
}

static void picklebuffer_dealloc(Thread *t, Object *o) {
  buffer_release(t, &((PickleBuffer *)o)->view);
  heap_free_object(t, o);
}
static void picklebuffer_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((PickleBuffer *)o)->view.obj, visit, arg); }
static void picklebuffer_clear(Thread *t, Object *o) { release(t, (PickleBuffer *)o); }

static const NativeDef methods[] = {
    {"raw($self, /)", picklebuffer_raw, "The bytes in the order they have in memory, as a flat memoryview.", 0},
    {"release($self, /)", picklebuffer_release, "Lets go of the object's buffer; nothing else can be done with this object afterwards.", 0},
    {0},
};

Type type_picklebuffer;
static const TypeSpec spec_picklebuffer = {
    .name = "pickle.PickleBuffer",
    .size = sizeof(PickleBuffer),
    .flags = TYPE_WEAKREF | TYPE_IMMUTABLE,
    .slots = {.new = picklebuffer_new, .getbuffer = picklebuffer_getbuffer, .dealloc = picklebuffer_dealloc, .traverse = picklebuffer_traverse,
              .clear = picklebuffer_clear},
    .methods = methods,
    .doc = "Marks an object's buffer as one that may be transferred out of band.",
};

bool pickle_buffer_init(Thread *t) { return type_ready(t, &type_picklebuffer, &spec_picklebuffer, 0); }

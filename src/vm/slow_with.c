// `with` and `async with`: entering and leaving context managers.
#include "vm/slow_with.h"

#include "objects/error.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/type_lookup.h"
#include "vm/call.h"
#include "vm/trace.h"

// Finds the native __enter__ and __exit__ of a class that cannot change and whose instances cannot be called. Such a manager stands for its
// bound __exit__ on the stack, so none is made. False: not such a class.
static bool find_native_manager(Thread *t, Type *type) {
  if (likely(t->vm->manager.type == type)) return true;
  if (type->flags & (TYPE_HEAP | TYPE_OPEN) || type->slots.call) return false;
  AttrKind enter_kind, exit_kind;
  Value enter = type_lookup_kind(t, type, N(__enter__), &enter_kind), exit = type_lookup_kind(t, type, N(__exit__), &exit_kind);
  bool native = enter_kind == ATTR_NATIVE && exit_kind == ATTR_NATIVE;
  if (native) {
    t->vm->manager.type = type;
    t->vm->manager.enter = (NativeDescriptor *)v_obj(enter);
    t->vm->manager.exit = (NativeDescriptor *)v_obj(exit);
  }
  v_drop(t, enter);
  v_drop(t, exit);
  return native;
}

static Value call_descriptor(Thread *t, NativeDescriptor *d, Value self, const Value *args, size_t nargs) {
  if (likely(native_takes_directly(&d->binding, nargs))) return d->def->fn(t, self, args, nargs, V_NULL);
  return native_call(t, d->def, &d->binding, self, args, nargs, V_NULL);
}

Value slow_exit_with(Thread *t, Frame *f, Value exit, const Value *args) {
  if (!find_native_manager(t, v_type(exit))) return object_call(t, exit, args, 3, V_NULL);
  NativeDescriptor *method = t->vm->manager.exit;
  if (likely(!f->traced)) return call_descriptor(t, method, exit, args, 3);
  return trace_native_call(t, f, v_steal_obj(method), (Value[]){exit, args[0], args[1], args[2]}, 4, V_NULL);
}

// Gets ready what the block's end will run: were there no memory for that then, a manager in Python would keep its lock.
static bool prepare_exit(Thread *t, Value exit) {
  Value function = v_is_exact(exit, SHAPE_METHOD) ? ((Method *)v_obj(exit))->function : exit;
  return !v_is_exact(function, SHAPE_FUNCTION) || function_exec(t, v_function(function));
}

int slow_before_with(Thread *t, Frame *f, const Inst *ip, bool is_async) {
  Ref *window = &f->fp[ip->a];
  Value manager = ref_value(window[0]), enter, exit;
  if (!is_async && dunder_possible(manager)) {
    DunderResult d = dunder_enter(t, window, ip->a);
    if (d != DUNDER_NONE) return pushed_or(d, 0);
  }
  if (!is_async && find_native_manager(t, v_type(manager))) {
    enter = call_descriptor(t, t->vm->manager.enter, manager, NULL, 0);
    if (v_is_null(enter)) return false;
    window[1] = ref_from(enter);
    return true;
  }
  const char *protocol = is_async ? "asynchronous context manager" : "context manager";
  Value name = is_async ? N(__aenter__) : N(__enter__);
  AttrKind kind;
  int found = 1;
  enter = type_lookup_kind(t, v_type(manager), name, &kind);
  bool unbound = kind == ATTR_FUNCTION || kind == ATTR_NATIVE;   // called with the manager, it need not be bound to it
  if (!unbound) {
    v_drop(t, enter);
    found = object_lookup_special(t, manager, name, &enter);
  }
  if (found <= 0) {
    if (found == 0) raise_type_error(t, "'%T' object does not support the %s protocol", manager, protocol);
    return false;
  }
  found = object_lookup_special(t, manager, is_async ? N(__aexit__) : N(__exit__), &exit);
  if (found <= 0) {
    if (found == 0)
      raise_type_error(t, "'%T' object does not support the %s protocol (missed %s method)", manager, protocol, is_async ? "__aexit__" : "__exit__");
    v_drop(t, enter);
    return false;
  }
  if (!prepare_exit(t, exit)) {
    v_drop(t, enter);
    v_drop(t, exit);
    return false;
  }
  window[1] = window[0];   // keeps the manager for the call
  window[0] = ref_from(exit);
  Value r = unbound ? object_call1(t, enter, manager) : object_call0(t, enter);
  v_drop(t, enter);
  if (v_is_null(r)) return false;
  ref_set(t, &window[1], r);
  return true;
}

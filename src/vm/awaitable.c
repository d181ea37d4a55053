// What `await`, `async for` and `async with` do to get at an iterator.
#include "vm/awaitable.h"

#include "objects/error.h"
#include "vm/generator.h"

Value awaitable_iterator(Thread *t, Value v) {
  if (v_is_exact(v, SHAPE_COROUTINE)) return v_own(t, v);
  if (v_is_exact(v, SHAPE_GENERATOR) && v_code(v_generator(v)->code)->flags & CO_ITERABLE_COROUTINE) return v_own(t, v);
  if (!v_type(v)->slots.await) return raise_type_error(t, "object %T can't be used in 'await' expression", v);
  Value it = v_type(v)->slots.await(t, v);
  if (v_is_null(it)) return it;
  bool coroutine = v_is_exact(it, SHAPE_COROUTINE) || (v_is_exact(it, SHAPE_GENERATOR) && v_code(v_generator(it)->code)->flags & CO_ITERABLE_COROUTINE);
  if (coroutine) raise_type_error(t, "__await__() returned a coroutine");
  else if (!object_is_iterator(it)) raise_type_error(t, "__await__() returned non-iterator of type '%T'", it);
  else return it;
  v_drop(t, it);
  return V_NULL;
}

Value async_get_awaitable(Thread *t, Value v, unsigned where) {
  Value it = awaitable_iterator(t, v);
  if (v_is_null(it)) {
    if (where && !v_type(v)->slots.await && error_matches(t, &exc_TypeError)) {
      error_clear(t);
      raise_type_error(t, "'async with' received an object from %s that does not implement __await__: %T",
                       where == 1 ? "__aenter__" : "__aexit__", v);
    }
    return it;
  }
  Value delegate = v_is_exact(it, SHAPE_COROUTINE) ? generator_delegate(t, v_generator(it)) : V_NULL;
  if (!v_is_null(delegate)) {
    v_drop(t, delegate);
    v_drop(t, it);
    return raise_error(t, &exc_RuntimeError, "coroutine is being awaited already");
  }
  return it;
}

Value async_get_aiter(Thread *t, Value v) {
  if (!v_type(v)->slots.aiter) return raise_type_error(t, "'async for' requires an object with __aiter__ method, got %T", v);
  Value it = v_type(v)->slots.aiter(t, v);
  if (v_is_null(it) || v_type(it)->slots.anext) return it;
  raise_type_error(t, "'async for' received an object from __aiter__ that does not implement __anext__: %T", it);
  v_drop(t, it);
  return V_NULL;
}

Value async_get_anext(Thread *t, Value aiter) {
  if (!v_type(aiter)->slots.anext) return raise_type_error(t, "'async for' requires an iterator with __anext__ method, got %T", aiter);
  Value next = v_type(aiter)->slots.anext(t, aiter);
  if (v_is_null(next) || v_is_exact(aiter, SHAPE_ASYNC_GENERATOR)) return next;
  Value it = awaitable_iterator(t, next);
  if (v_is_null(it)) {
    Value cause = error_fetch(t);
    raise_type_error(t, "'async for' received an invalid object from __anext__: %T", next);
    Value exc = error_fetch(t);
    exception_set_cause(t, exc, cause);
    exception_set_context(t, exc, cause);
    v_drop(t, cause);
    error_restore(t, exc);
  }
  v_drop(t, next);
  return it;
}

// Comprehensions called where they stand: which, and the function of one that somebody does ask for.
#include "vm/comprehension.h"

#include "objects/str.h"
#include "objects/tuple.h"

bool comprehension_fits(Value constant, unsigned ncells) {
  if (ncells > COMPREHENSION_CELLS || !v_is_exact(constant, SHAPE_CODE)) return false;
  const Code *c = v_code(constant);
  int needed = CO_OPTIMIZED | CO_NEWLOCALS, refused = CO_VARARGS | CO_VARKEYWORDS | CO_COROUTINE | CO_ASYNC_GENERATOR;
  if (c->argcount != 1 || c->kwonlyargcount || c->nfreevars != (int32_t)ncells || (c->flags & (needed | refused)) != needed) return false;
  if (c->flags & CO_GENERATOR) return str_equals_cstr(c->name, "<genexpr>");
  return str_equals_cstr(c->name, "<listcomp>") || str_equals_cstr(c->name, "<setcomp>") || str_equals_cstr(c->name, "<dictcomp>");
}

bool comprehension_may_keep(const Function *f) {
  if (!v_is_null(f->closure) || !v_is_null(v_load_acq(&f->kwdefaults)) || a8_load_rlx(&f->ob.flags) & OBJ_WEAKREFED || object_is_deferred(&f->ob)) return false;
  if (v_load_rlx((const Value *)(const void *)&f->ext).w) return false;   // it has attributes
  Value defaults = v_load_acq(&f->defaults);
  if (v_is_null(defaults)) return true;
  const Tuple *u = v_tuple(defaults);
  for (int64_t i = 0; i < u->length; i++)
    if (v_is_ptr(u->items[i]) && !object_is_immortal(v_obj(u->items[i]))) return false;
  return true;
}

Value comprehension_function(Thread *t, const Frame *f, Value code, unsigned ncells, uint64_t cells) {
  Value closure = V_NULL;
  if (ncells) {
    closure = tuple_new(t, ncells);
    if (v_is_null(closure)) return V_NULL;
    for (unsigned i = 0; i < ncells; i++) v_tuple(closure)->items[i] = v_own(t, ref_value(f->fp[comprehension_cell(cells, i)]));
  }
  Value function = function_new(t, code, frame_globals(f));
  if (v_is_null(function)) v_drop(t, closure);
  else v_function(function)->closure = closure;
  return function;
}

// The eval loop's helpers: everything an instruction does that is too long or too rare to stand in the loop.
//
// They get the frame's window and the instruction, and read, take and store slots as the instruction's text in exec_ops.def says. Results:
// false or -1 = an exception is set; operands not yet taken stay in their slots, where unwinding closes them.
#ifndef WEFT_VM_SLOW_H
#define WEFT_VM_SLOW_H

#include "vm/operands.h"

// Operators. SLOW_PUSHED: the instruction goes on in t->frame, a method's, and is finished by dunder_returned.
enum { SLOW_PUSHED = 2 };
int slow_binary(Thread *t, Frame *f, const Inst *ip);         // any of the binary instructions: 1, 0, SLOW_PUSHED
int slow_compare(Thread *t, Frame *f, const Inst *ip);        // the same
int slow_compare_jump(Thread *t, Frame *f, const Inst *ip);   // the comparison's truth, -1, SLOW_PUSHED
int slow_unary(Thread *t, Frame *f, const Inst *ip);          // 1, 0, SLOW_PUSHED
int slow_truth(Thread *t, Frame *f, unsigned slot);           // truth of an operand, dropped; -1; SLOW_PUSHED
int slow_truth_kept(Thread *t, Value v);                      // truth, -1, SLOW_PUSHED
int slow_contains(Thread *t, Frame *f, const Inst *ip);       // 1, 0, -1; operands dropped; SLOW_PUSHED
int slow_subscript(Thread *t, Frame *f, const Inst *ip, Value key, unsigned key_slot);   // 1, 0, SLOW_PUSHED
int slow_store_subscript(Thread *t, Frame *f, const Inst *ip);
// container[start:stop] of an exact list, str or tuple with bounds that are small ints or None. V_ABSENT: it is not so; V_NULL: no memory.
Value slow_slice(Thread *t, Value container, Value start, Value stop);

// Names.
Value slow_load_global(Thread *t, Frame *f, Value name);
bool slow_load_name(Thread *t, Frame *f, Value name, Value *out);
bool slow_store_name(Thread *t, Frame *f, Value name, Value value);
bool slow_delete_name(Thread *t, Frame *f, Value name);
bool slow_delete_global(Thread *t, Frame *f, Value name);
bool slow_store_global(Thread *t, Frame *f, Value name, Value value);
void raise_unbound_local(Thread *t, Frame *f, unsigned local);
void raise_unbound_deref(Thread *t, Frame *f, unsigned local);
void raise_name_error(Thread *t, Type *type, const char *format, Value name);
Value slow_load_classderef(Thread *t, Frame *f, unsigned local);
bool slow_setup_annotations(Thread *t, Frame *f);
// Looks a method up: 1 *method is a function to be called with obj as first argument, 0 *method is the attribute itself, -1.
int slow_load_method(Thread *t, Value obj, Value name, Value *method);
// The function that `super().name` stands for in a method whose class is in the cell, as v_keep returns it. V_NULL, without an exception: the
// generic way.
Value slow_super_method(Thread *t, Value cell, Value self, Value name);
enum { SUPER_METHOD_SKIPS = 4 };   // words: a CALL and a LOAD_METHOD
// The Python function to call for a property that `name` means on obj, as v_keep returns it: its getter, with obj, or its setter, with obj and
// the value. V_NULL, without an exception: the generic way.
Value slow_property_function(Thread *t, Value obj, Value name, bool setter);
// The first store to a __slots__ member, `offset` bytes into o: takes `owned` and true. False: the word at offset is no member, or not empty.
bool slow_fill_member(Thread *t, Object *o, uint32_t offset, Value owned);

// Building and taking apart.
bool slow_unpack(Thread *t, Value sequence, int64_t n, Ref *out);   // out[n-1] is the first item
bool slow_unpack_ex(Thread *t, Value sequence, int64_t before, int64_t after, Ref *out);
Value slow_build_map(Thread *t, Ref *items, int64_t n);
Value slow_build_const_key_map(Thread *t, Ref *items, int64_t n);
Value slow_build_set(Thread *t, Ref *items, int64_t n);
Value slow_build_string(Thread *t, Ref *items, int64_t n);
Value slow_format(Thread *t, Value v, Value spec, int conversion);
Value slow_make_function(Thread *t, Frame *f, Ref *operands, unsigned flags);
bool slow_list_extend(Thread *t, Value list, Value iterable);
bool slow_dict_update(Thread *t, Value dict, Value other);
bool slow_dict_merge(Thread *t, Value dict, Value other, Value function);

// Exceptions and with.
bool slow_check_exc_match(Thread *t, Value exc, Value type, bool *match);
bool slow_raise(Thread *t, Value exc, Value cause);           // always raises; V_NULL: absent
int slow_before_with(Thread *t, Frame *f, const Inst *ip, bool is_async);   // 1, 0, SLOW_PUSHED
// Calls what slow_before_with has left for the end of the block, with three arguments: a bound __exit__ or, for builtin managers, the
// manager itself.
Value slow_exit_with(Thread *t, Frame *f, Value exit, const Value *args);
bool slow_print_expr(Thread *t, Value v);
Value slow_load_build_class(Thread *t, Frame *f);

// import_ops.c
Value import_name(Thread *t, Frame *f, Value name, Value fromlist, Value level);
Value import_from(Thread *t, Value module, Value name);
bool import_star(Thread *t, Frame *f, Value module);

// match_ops.c
Value match_keys(Thread *t, Value subject, Value keys);                         // tuple or None
Value match_class(Thread *t, Value subject, Value cls, int64_t nargs, Value names);

// exc_group_ops.c
bool check_eg_match(Thread *t, Ref *window);
Value prep_reraise_star(Thread *t, Value orig, Value raised);

// Asynchronous (generator.c).
Value async_get_awaitable(Thread *t, Value v, unsigned where);
Value async_get_aiter(Thread *t, Value v);
Value async_get_anext(Thread *t, Value aiter);

#endif

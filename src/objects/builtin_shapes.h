// The fixed shape ids of builtin types: an exact-type test is one 32-bit compare with a constant.
#ifndef WEFT_OBJECTS_BUILTIN_SHAPES_H
#define WEFT_OBJECTS_BUILTIN_SHAPES_H

// X(ID, name of the static Type object without its `type_` prefix). Add at the end.
#define BUILTIN_SHAPES(X)                                                                                                     \
  X(OBJECT, object) X(TYPE, type) X(NONE, NoneType) X(ELLIPSIS, ellipsis) X(NOTIMPLEMENTED, NotImplementedType)               \
  X(INT, int) X(BOOL, bool) X(FLOAT, float) X(COMPLEX, complex) X(STR, str) X(BYTES, bytes) X(BYTEARRAY, bytearray)           \
  X(MEMORYVIEW, memoryview) X(LIST, list) X(TUPLE, tuple) X(DICT, dict) X(DICT_KEYS, dict_keys) X(DICT_VALUES, dict_values)   \
  X(DICT_ITEMS, dict_items) X(DICT_KEYITERATOR, dict_keyiterator) X(DICT_VALUEITERATOR, dict_valueiterator)                   \
  X(DICT_ITEMITERATOR, dict_itemiterator) X(DICT_REVERSEKEYITERATOR, dict_reversekeyiterator)                                 \
  X(DICT_REVERSEVALUEITERATOR, dict_reversevalueiterator) X(DICT_REVERSEITEMITERATOR, dict_reverseitemiterator)               \
  X(SET, set) X(FROZENSET, frozenset) X(SET_ITERATOR, set_iterator) X(RANGE, range) X(RANGE_ITERATOR, range_iterator)         \
  X(LONGRANGE_ITERATOR, longrange_iterator) X(SLICE, slice) X(LIST_ITERATOR, list_iterator)                                   \
  X(LIST_REVERSEITERATOR, list_reverseiterator) X(TUPLE_ITERATOR, tuple_iterator) X(STR_ITERATOR, str_iterator)               \
  X(BYTES_ITERATOR, bytes_iterator) X(BYTEARRAY_ITERATOR, bytearray_iterator) X(ITERATOR, iterator)                           \
  X(CALLABLE_ITERATOR, callable_iterator) X(ENUMERATE, enumerate) X(REVERSED, reversed) X(ZIP, zip) X(MAP, map)               \
  X(FILTER, filter) X(FUNCTION, function) X(METHOD, method) X(BUILTIN, builtin_function_or_method)                            \
  X(METHOD_DESCRIPTOR, method_descriptor) X(CLASSMETHOD_DESCRIPTOR, classmethod_descriptor)                                   \
  X(WRAPPER_DESCRIPTOR, wrapper_descriptor) X(METHOD_WRAPPER, method_wrapper) X(MEMBER_DESCRIPTOR, member_descriptor)         \
  X(GETSET_DESCRIPTOR, getset_descriptor) X(PROPERTY, property) X(CLASSMETHOD, classmethod) X(STATICMETHOD, staticmethod)     \
  X(SUPER, super) X(MODULE, module) X(CODE, code) X(CELL, cell) X(FRAME, frame) X(TRACEBACK, traceback)                       \
  X(GENERATOR, generator) X(COROUTINE, coroutine) X(COROUTINE_WRAPPER, coroutine_wrapper) X(ASYNC_GENERATOR, async_generator) \
  X(ASYNC_GENERATOR_ASEND, async_generator_asend) X(ASYNC_GENERATOR_ATHROW, async_generator_athrow)                           \
  X(ASYNC_GENERATOR_WRAPPED, async_generator_wrapped_value) X(MAPPINGPROXY, mappingproxy) X(SIMPLENAMESPACE, SimpleNamespace) \
  X(GENERICALIAS, GenericAlias) X(GENERICALIAS_ITERATOR, generic_alias_iterator) X(UNION, UnionType)                          \
  X(WEAKREF, weakref) X(WEAKPROXY, weakproxy) X(WEAKCALLABLEPROXY, weakcallableproxy)                                         \
  X(MEMORYVIEW_ITERATOR, memory_iterator)

enum {
  SHAPE_NONE_ASSIGNED = 0,
#define SHAPE_ENUM(ID, name) SHAPE_##ID,
  BUILTIN_SHAPES(SHAPE_ENUM)
#undef SHAPE_ENUM
  SHAPE_EARLY_ERROR,   // the MemoryError of a start-up that has no exceptions yet
  SHAPE_FIXED_END,   // at most SHAPE_FIRST_FREE (gc/shape.h)
};

#define TYPE_EXTERN(ID, name) extern Type type_##name;

#endif

// co_flags: what kind of code a code object is, and the future features it was compiled under.
#ifndef WEFT_CODE_CODE_FLAGS_H
#define WEFT_CODE_CODE_FLAGS_H

enum {
  CO_OPTIMIZED = 1, CO_NEWLOCALS = 2, CO_VARARGS = 4, CO_VARKEYWORDS = 8, CO_NESTED = 0x10, CO_GENERATOR = 0x20, CO_COROUTINE = 0x80,
  CO_ITERABLE_COROUTINE = 0x100, CO_ASYNC_GENERATOR = 0x200, CO_FUTURE_BARRY_AS_BDFL = 0x400000, CO_FUTURE_ANNOTATIONS = 0x1000000,
};

#endif

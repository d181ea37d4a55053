// Printing Python stacks without locks or memory.
#include "vm/stack_dump.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "code/code.h"
#include "gc/heap.h"
#include "objects/str.h"
#include "vm/frame.h"

enum { MOST_THREADS = 100, MOST_FRAMES = 100 };

static void put_bytes(int fd, const char *text, size_t n) {
  if (write(fd, text, n) < 0) return;   // nowhere to complain
}

void stack_dump_text(int fd, const char *text) { put_bytes(fd, text, strlen(text)); }

static __attribute__((format(printf, 2, 3))) void put(int fd, const char *format, ...) {
  char line[160];
  va_list ap;
  va_start(ap, format);
  int n = vsnprintf(line, sizeof line, format, ap);
  va_end(ap);
  put_bytes(fd, line, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1);
}

static void put_str(int fd, Value v) {
  const Str *s = v_str(v);
  for (int64_t i = 0; i < str_length(s); i++) {
    uint32_t c = str_char(s, i);
    put(fd, c < 128 ? "%c" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
  }
}

void stack_dump_frames(int fd, Thread *t) {
  int left = MOST_FRAMES;
  for (Frame *f = frame_visible(t->frame); f; f = frame_visible(f->previous)) {
    if (left-- == 0) {
      put(fd, "  ...\n");
      return;
    }
    put(fd, "  File \"");
    put_str(fd, frame_code(f)->filename);
    put(fd, "\", line %d in ", frame_line(f));
    put_str(fd, frame_code(f)->name);
    put(fd, "\n");
  }
}

// What is slept on lies in an object, which says more than its address, or is one of the runtime's own locks.
static void put_wait(int fd, const void *address) {
  const Object *o = heap_object_at(address);
  if (!o) {
    put(fd, "waits for an internal lock");
    return;
  }
  // A lock object's own word, or the lock that every object has.
  bool inside = (uintptr_t)address >= (uintptr_t)(o + 1);
  put(fd, inside ? "waits on <" : "waits for the critical section of <");
  put_str(fd, object_type(o)->qualname);
  put(fd, " object at 0x%llx>", (unsigned long long)(uintptr_t)o);
}

static void put_state(int fd, Thread *t) {
  const void *waits_on = aptr_load_rlx(&t->waits_on);
  put(fd, ", ");
  if (waits_on == THREAD_WAITS_GIL) {
    put(fd, "waits for the GIL");
  } else if (waits_on) {
    put_wait(fd, waits_on);
  } else {
    uint32_t state = a32_load_rlx(&t->state);
    put(fd, state == THREAD_ATTACHED ? "runs" : state == THREAD_SUSPENDED ? "stopped" : "in a system call or other native code");
  }
}

static void dump_thread(int fd, Thread *t, bool current, bool waits) {
  put(fd, "%s 0x%016llx", current ? "Current thread" : "Thread", (unsigned long long)t->ident);
  if (waits) put_state(fd, t);
  put(fd, " (most recent call first):\n");
  if (t->frame) stack_dump_frames(fd, t);
  else put(fd, "  <no Python frame>\n");
}

void stack_dump_all(int fd, const Thread *current, bool waits) {
  int shown = 0;
  for (uint32_t slot = thread_slot_high(); slot > 0; slot--) {
    Thread *t = thread_by_slot(slot);
    if (!t || !t->live || t->ident == 0) continue;
    if (shown) put(fd, "\n");
    if (shown++ == MOST_THREADS) {
      put(fd, "...\n");
      return;
    }
    dump_thread(fd, t, t == current, waits);
  }
}

// Lets each allocation of a Python program's run fail in turn, and demands that the program then ends in good order.
//
//   walk [--first N] [--last N] [--stride N] [--cases C] [--offset N] [--span K] [--fresh] [--jobs N] [--at N] [--program] -- WEFT-ARGUMENTS
//
// Counted are the heap's allocations and the runtime's own calls of malloc and its like and of mmap (the linker hands these over).
// For every N, --stride apart from --first + --offset to --last (--cases: a multiple of it, for at most so many), a child process sees the allocations N to N+K-1 fail (--span, default 1; 0: all from N on).
// The program is run once; at each allocation in question it forks the child, which goes on from there, and waits for it. --fresh starts every child
// from the beginning instead: for programs with threads, which a fork loses; --jobs of them at a time. --at runs the case N alone in this process, for a debugger.
// --program counts only what happens once the runtime has started.
//
// In good order is: exit status 0 with the usual output; status 0, 1 or 120 with a MemoryError told on stderr; the fatal error of a failed
// start-up. Everything else is a finding: death by signal, no end in 60 s, a wrong result without a word, another error. Exit status: 0 no findings, 1 findings, 2 the program itself fails.
#define _GNU_SOURCE
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gc/heap.h"
#include "runtime/lifecycle.h"
#include "system/config.h"
#include "threading/atomic.h"

enum { MAX_JOBS = 16, CHILD_SECONDS = 60, STACK_FRAMES = 24 };

static struct {
  uint64_t first, last, stride, cases, at;
  uint64_t span;
  int jobs;
  bool fresh, program_only;
} options = {.first = 1, .last = UINT64_MAX, .stride = 1, .span = 1, .jobs = 1};

typedef enum Role { FORKING, FAILING, PLAIN } Role;
static Role role = PLAIN;
static a32 counting;              // 0 while the walker itself, or code that is not to be counted, allocates
static a64 count;                 // allocations so far
static uint64_t failing_from;     // FAILING: the first allocation that fails

static int real_stdout, real_stderr;
static char *usual;               // what the program prints when all is well
static size_t usual_size;
static uint64_t cases, findings;

// --- results of children ------------------------------------------------------------------------------------------------------------

typedef struct Child {
  pid_t pid;
  uint64_t n;
  int out, err;
} Child;

static Child children[MAX_JOBS];
static int running;

static void say(const char *format, ...) {
  char line[8192];
  va_list ap;
  va_start(ap, format);
  int n = vsnprintf(line, sizeof line, format, ap);
  va_end(ap);
  if (n > (int)sizeof line - 1) n = sizeof line - 1;
  if (write(real_stdout, line, (size_t)n) < 0) _exit(3);
}

static int memory_file(void) {
  int fd = memfd_create("output", MFD_CLOEXEC);
  if (fd < 0) {
    perror("memfd_create");
    _exit(3);
  }
  return fd;
}

// The file's content, ended by a NUL.
static char *content(int fd, size_t *n) {
  off_t size = lseek(fd, 0, SEEK_END);
  char *data = malloc((size_t)size + 1);
  *n = 0;
  for (ssize_t got; data && (got = pread(fd, data + *n, (size_t)size - *n, (off_t)*n)) > 0;) *n += (size_t)got;
  if (!data) _exit(3);
  data[*n] = '\0';
  return data;
}

static const char *judge(int status, const char *out, size_t out_size, const char *err) {
  static char text[128];
  if (WIFSIGNALED(status)) {
    int sig = WTERMSIG(status);
    if (sig == SIGALRM) snprintf(text, sizeof text, "no end in %d s", CHILD_SECONDS);
    else snprintf(text, sizeof text, "killed by SIG%s", sigabbrev_np(sig));
    return text;
  }
  int code = WEXITSTATUS(status);
  bool whole = out_size == usual_size && memcmp(out, usual, usual_size) == 0;
  bool beginning = out_size <= usual_size && memcmp(out, usual, out_size) == 0, told = strstr(err, "MemoryError");
  if (code == 0) return whole || told ? NULL : "exit status 0 with other output";
  if (code == 120) return beginning || told ? NULL : "exit status 120 with other output";
  if (code != 1) {
    snprintf(text, sizeof text, "exit status %d", code);
    return text;
  }
  if (told || (beginning && strstr(err, "Fatal Python error"))) return NULL;
  if (!beginning) return "exit status 1 with other output";
  return *err ? "an error that is not MemoryError" : "exit status 1 without a word";
}

static void finish_child(Child *c, int status) {
  size_t out_size, err_size;
  a32_store_rlx(&counting, 0);
  char *out = content(c->out, &out_size), *err = content(c->err, &err_size);
  const char *problem = judge(status, out, out_size, err);
  cases++;
  if (problem) {
    findings++;
    const char *tail = err_size > 3000 ? err + err_size - 3000 : err;
    say("FINDING at %lu: %s\n%s%s", (unsigned long)c->n, problem, tail, err_size && err[err_size - 1] != '\n' ? "\n" : "");
    if (strstr(problem, "other output")) say("printed: %.*s\n", (int)(out_size < 500 ? out_size : 500), out);
  }
  free(out);
  free(err);
  close(c->out);
  close(c->err);
  *c = children[--running];
}

static void wait_for_room(int jobs) {
  while (running >= jobs && running > 0) {
    int status;
    pid_t pid = waitpid(-1, &status, 0);
    if (pid < 0 && errno != EINTR) _exit(3);
    for (int i = 0; i < running; i++) {
      if (children[i].pid == pid) {
        finish_child(&children[i], status);
        break;
      }
    }
  }
}

// --- failing ------------------------------------------------------------------------------------------------------------------------

static bool is_case(uint64_t n) {
  return n >= options.first && n <= options.last && (n - options.first) % options.stride == 0;
}

static void become_child(Child *c, uint64_t n) {
  dup2(c->out, 1);
  dup2(c->err, 2);
  alarm(CHILD_SECONDS);
  role = FAILING;
  failing_from = n;
  running = 0;
}

// A child for case n: true in the child.
static bool spawn(uint64_t n) {
  wait_for_room(options.jobs);
  Child c = {.n = n, .out = memory_file(), .err = memory_file()};
  if (role == FORKING) {    // what the program has printed so far
    size_t size;
    char *so_far = content(1, &size);
    if (write(c.out, so_far, size) < 0) _exit(3);
    free(so_far);
  }
  c.pid = fork();
  if (c.pid < 0) {
    perror("fork");
    _exit(3);
  }
  if (c.pid == 0) {
    become_child(&c, n);
    return true;
  }
  children[running++] = c;
  return false;
}

__attribute__((noinline)) void walk_allocation_fails(void) { __asm__ volatile(""); }  // for a breakpoint: the failing allocation's caller

// Where the program stands in its open files: a forked child that reads on has moved it for both.
enum { MOST_FILES = 64 };
static void note_places(off_t *places) {
  for (int fd = 3; fd < MOST_FILES; fd++) places[fd] = lseek(fd, 0, SEEK_CUR);
}
static void restore_places(const off_t *places) {
  for (int fd = 3; fd < MOST_FILES; fd++)
    if (places[fd] >= 0) lseek(fd, places[fd], SEEK_SET);
}

static bool fails(void) {
  if (!a32_load_rlx(&counting)) return false;
  uint64_t n = a64_fetch_add_rlx(&count, 1) + 1;
  if (role == FORKING && is_case(n)) {
    a32_store_rlx(&counting, 0);
    off_t places[MOST_FILES];
    note_places(places);
    if (!spawn(n)) {
      wait_for_room(1);
      restore_places(places);
    }
    a32_store_rlx(&counting, 1);
  }
  if (role != FAILING || n < failing_from || (options.span && n >= failing_from + options.span)) return false;
  walk_allocation_fails();
  return true;
}

// The linker sends the runtime's calls of these here (-Wl,--wrap).
void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
char *__real_strdup(const char *s);
char *__real_strndup(const char *s, size_t n);
int __real_vasprintf(char **out, const char *format, va_list args);
void *__real_mmap(void *at, size_t size, int prot, int flags, int fd, off_t offset);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
char *__wrap_strdup(const char *s);
char *__wrap_strndup(const char *s, size_t n);
int __wrap_vasprintf(char **out, const char *format, va_list args);
void *__wrap_mmap(void *at, size_t size, int prot, int flags, int fd, off_t offset);

static bool refused(void) {
  if (!fails()) return false;
  errno = ENOMEM;
  return true;
}

void *__wrap_malloc(size_t size) { return refused() ? NULL : __real_malloc(size); }
void *__wrap_calloc(size_t n, size_t size) { return refused() ? NULL : __real_calloc(n, size); }
void *__wrap_realloc(void *p, size_t size) { return refused() ? NULL : __real_realloc(p, size); }
void *__wrap_aligned_alloc(size_t alignment, size_t size) { return refused() ? NULL : __real_aligned_alloc(alignment, size); }
int __wrap_vasprintf(char **out, const char *format, va_list args) { return refused() ? -1 : __real_vasprintf(out, format, args); }
char *__wrap_strndup(const char *s, size_t n) { return refused() ? NULL : __real_strndup(s, n); }
char *__wrap_strdup(const char *s) { return refused() ? NULL : __real_strdup(s); }
void *__wrap_mmap(void *at, size_t size, int prot, int flags, int fd, off_t offset) {
  return refused() ? MAP_FAILED : __real_mmap(at, size, prot, flags, fd, offset);
}

static void show_stack(int sig) {
  void *frames[STACK_FRAMES];
  dprintf(2, "SIG%s\n", sigabbrev_np(sig));
  backtrace_symbols_fd(frames, backtrace(frames, STACK_FRAMES), 2);
  signal(sig, SIG_DFL);
  raise(sig);
}

static void catch_crashes(void) {
  static char stack[1 << 16];
  void *frame;
  backtrace(&frame, 1);    // loads what it needs now, rather than in the handler
  sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
  struct sigaction action = {.sa_handler = show_stack, .sa_flags = SA_ONSTACK};
  static const int signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) sigaction(signals[i], &action, NULL);
}

// --- running the program ------------------------------------------------------------------------------------------------------------

static int run_program(int argc, char **argv) {
  a32_store_rlx(&counting, !options.program_only);
  heap_fail_by(fails);
  int status = config_read(argc, argv);
  if (status >= 0) return status;
  Thread *t = runtime_start();
  if (!t) return 1;
  a32_store_rlx(&counting, 1);
  status = runtime_run_main(t);
  a32_store_rlx(&counting, 0);
  fflush(NULL);
  return status;
}

// The same in a child of its own, all allocations granted: what it prints is the usual output. Returns its status.
static int run_once(int argc, char **argv, uint64_t *allocations) {
  Child c = {.out = memory_file(), .err = memory_file()};
  uint64_t *shared = __real_mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pid_t pid = fork();
  if (pid == 0) {
    become_child(&c, 0);
    role = PLAIN;
    int status = run_program(argc, argv);
    *shared = a64_load_rlx(&count);
    _exit(status);
  }
  int status;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  *allocations = *shared;
  usual = content(c.out, &usual_size);
  size_t n;
  char *err = content(c.err, &n);
  if (status) say("the program fails without any allocation failing: status %d\n%s", status, err);
  free(err);
  return status;
}

static int finish(uint64_t allocations) {
  wait_for_room(1);
  say("%lu allocations, %lu cases, %lu findings\n", (unsigned long)allocations, (unsigned long)cases, (unsigned long)findings);
  return findings ? 1 : 0;
}

static int walk_fresh(int argc, char **argv, uint64_t allocations) {
  for (uint64_t n = options.first; n <= options.last && n <= allocations; n += options.stride)
    if (spawn(n)) _exit(run_program(argc, argv));
  return finish(allocations);
}

static int walk_forking(int argc, char **argv) {
  role = FORKING;
  dup2(memory_file(), 1);
  dup2(memory_file(), 2);
  int status = run_program(argc, argv);
  if (role == FAILING) _exit(status);
  return finish(a64_load_rlx(&count));
}

static uint64_t number(const char *text) {
  char *end;
  uint64_t n = strtoull(text ? text : "", &end, 10);
  if (!text || !*text || *end) {
    fprintf(stderr, "walk: not a number: %s\n", text ? text : "(nothing)");
    exit(64);
  }
  return n;
}

static int read_options(int argc, char **argv) {
  uint64_t jobs = 1, offset = 0;
  const struct {
    const char *name;
    uint64_t *to;
  } numbers[] = {{"--first", &options.first}, {"--last", &options.last}, {"--stride", &options.stride}, {"--offset", &offset},
                 {"--span", &options.span}, {"--cases", &options.cases}, {"--jobs", &jobs}, {"--at", &options.at}};
  int i = 1;
  for (; i < argc && strcmp(argv[i], "--") != 0; i++) {
    size_t k = 0;
    if (strcmp(argv[i], "--fresh") == 0) options.fresh = true;
    else if (strcmp(argv[i], "--program") == 0) options.program_only = true;
    else {
      while (k < sizeof numbers / sizeof *numbers && strcmp(argv[i], numbers[k].name) != 0) k++;
      if (k == sizeof numbers / sizeof *numbers) {
        fprintf(stderr, "walk: unknown option %s\n", argv[i]);
        exit(64);
      }
      *numbers[k].to = number(argv[++i]);
    }
  }
  options.first += offset;
  options.jobs = jobs < 1 ? 1 : jobs > MAX_JOBS ? MAX_JOBS : (int)jobs;
  if (options.stride == 0) options.stride = 1;
  return i;
}

// The n-th allocation must be the same one in every run: no random hashes and no random addresses.
static void make_repeatable(char **argv) {
  static const char *const disturbing[] = {"PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "WEFT_X", "WEFT_FAIL_ALLOC"};
  for (size_t i = 0; i < sizeof disturbing / sizeof *disturbing; i++) unsetenv(disturbing[i]);
  int persona = personality(0xffffffff);
  const char *seed = getenv("PYTHONHASHSEED");
  if (persona < 0 || (persona & ADDR_NO_RANDOMIZE && seed && strcmp(seed, "0") == 0)) return;
  setenv("PYTHONHASHSEED", "0", 1);
  if (personality((unsigned long)persona | ADDR_NO_RANDOMIZE) < 0) return;
  execv("/proc/self/exe", argv);
}

int main(int argc, char **argv) {
  make_repeatable(argv);
  int skip = read_options(argc, argv);
  argv[skip < argc ? skip : argc - 1] = argv[0];
  argc -= skip;
  argv += skip;
  real_stdout = dup(1);
  real_stderr = dup(2);
  fcntl(real_stdout, F_SETFD, FD_CLOEXEC);
  fcntl(real_stderr, F_SETFD, FD_CLOEXEC);
  catch_crashes();
  if (options.at) {
    role = FAILING;
    failing_from = options.at;
    return run_program(argc, argv);
  }
  uint64_t allocations;
  if (run_once(argc, argv, &allocations) != 0) return 2;
  uint64_t apart = options.cases ? (allocations + options.cases - 1) / options.cases : 1;
  options.stride *= (apart + options.stride - 1) / options.stride;
  return options.fresh ? walk_fresh(argc, argv, allocations) : walk_forking(argc, argv);
}

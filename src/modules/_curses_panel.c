// The module _curses_panel: windows that lie on one another.
//
// Each panel's user pointer leads to a weak reference to its object, which that object owns: one that is being freed may still be in
// libpanelw's stack. Freeing takes the panel out of that, under curses_lock, before it lets the weak reference go.
#include "modules/curses_internal.h"
#include "modules/module_help.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/locked_field.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/weakref.h"
#include "system/import.h"

#define PANEL_SYMBOLS(X)                                                                                                      \
  X(bottom_panel) X(hide_panel) X(show_panel) X(top_panel) X(panel_above) X(panel_below) X(panel_hidden) X(move_panel)        \
  X(replace_panel) X(set_panel_userptr) X(panel_userptr) X(new_panel) X(update_panels) X(del_panel)
static struct { PANEL_SYMBOLS(LIBRARY_FIELD) } panels;
static const char *const panels_names[] = {PANEL_SYMBOLS(LIBRARY_NAME)};

static Type type_panel;
static Value panel_error;

typedef struct Panel {
  Object ob;
  PANEL *panel;          // constant; NULL: making it failed
  Value weak;            // constant: a weak reference to this object, which the panel's user pointer leads to
  Value window, user;    // owned; user V_NULL: none. Under the object's lock
} Panel;
static Panel *v_panel(Value v) { return (Panel *)v_obj(v); }

static Value check(Thread *t, int code, const char *function) {
  return code != ERR ? V_NONE : module_raise(t, panel_error, "%s() returned ERR", function);
}

static void panel_dealloc(Thread *t, Object *o) {
  Panel *p = (Panel *)o;
  if (p->panel) WITH_CURSES(t, panels.del_panel(p->panel));
  v_drop(t, p->weak);
  v_drop(t, p->window);
  v_drop(t, p->user);
  heap_free_object(t, o);
}
static void panel_traverse(Object *o, GcVisit visit, void *arg) {
  Panel *p = (Panel *)o;
  gc_visit_value(p->weak, visit, arg);
  gc_visit_value(p->window, visit, arg);
  gc_visit_value(p->user, visit, arg);
}
static void panel_clear(Thread *t, Object *o) { v_clear(t, &((Panel *)o)->user); }

// --- Methods -----------------------------------------------------------------------------------------------------------------------------------

#define METHOD(name) static NATIVE(method_##name)
#define FUNCTION(name) static NATIVE(module_##name)
#define CHECKED(method, function)                                          \
  METHOD(method) {                                                         \
    int code;                                                              \
    if (nargs || !v_is_null(kwnames)) return raise_type_error(t, #method "() takes no arguments"); \
    WITH_CURSES(t, code = panels.function(v_panel(self)->panel));          \
    return check(t, code, #method);                                        \
  }
CHECKED(bottom, bottom_panel)
CHECKED(hide, hide_panel)
CHECKED(show, show_panel)
CHECKED(top, top_panel)

METHOD(hidden) {
  int code;
  WITH_CURSES(t, code = panels.panel_hidden(v_panel(self)->panel));
  return v_from_bool(code == TRUE);
}

METHOD(move) {
  int n[2], code;
  if (curses_ints(t, args, 2, n) < 0) return V_NULL;
  WITH_CURSES(t, code = panels.move_panel(v_panel(self)->panel, n[0], n[1]));
  return check(t, code, "move_panel");
}

// The object of a panel that libpanelw has found: None if there is none.
static Value found(Thread *t, Value weak) {
  if (v_is_null(weak)) return V_NONE;
  Value v = weakref_get(t, weak);
  v_drop(t, weak);
  return v_is_null(v) ? V_NONE : v;
}
// The lock held: the weak reference of such a panel, owned.
static Value weak_of(Thread *t, const PANEL *p) { return p ? v_own_obj(t, (void *)(uintptr_t)panels.panel_userptr(p)) : V_NULL; }

METHOD(above) {
  Value weak;
  WITH_CURSES(t, weak = weak_of(t, panels.panel_above(v_panel(self)->panel)));
  return found(t, weak);
}
METHOD(below) {
  Value weak;
  WITH_CURSES(t, weak = weak_of(t, panels.panel_below(v_panel(self)->panel)));
  return found(t, weak);
}

METHOD(window) { return locked_field(t, v_obj(self), &v_panel(self)->window); }

static bool is_window(Thread *t, const char *what, Value v) {
  if (v_type(v) == &type_curses_window) return true;
  raise_type_error(t, "%s must be _curses.window, not %K", what, v);
  return false;
}

METHOD(replace) {
  int code;
  if (!is_window(t, "replace() argument 1", args[0])) return V_NULL;
  WITH_CURSES(t, code = panels.replace_panel(v_panel(self)->panel, v_curses_window(args[0])->win));
  if (code == ERR) return check(t, ERR, "replace_panel");
  locked_field_set(t, v_obj(self), &v_panel(self)->window, v_own(t, args[0]));
  return V_NONE;
}

METHOD(set_userptr) {
  locked_field_set(t, v_obj(self), &v_panel(self)->user, v_own(t, args[0]));
  return V_NONE;
}
METHOD(userptr) {
  if (nargs || !v_is_null(kwnames)) return raise_type_error(t, "userptr() takes no arguments");
  Value user = locked_field(t, v_obj(self), &v_panel(self)->user);
  return v_is_null(user) ? module_raise(t, panel_error, "no userptr set") : user;
}

static const NativeDef panel_methods[] = {
    {"above($self, /)", method_above, "The panel that lies on this one, or None.", 0},
    {"below($self, /)", method_below, "The panel that this one lies on, or None.", 0},
    {"bottom($self, /)", method_bottom, "Puts it below all others.", NATIVE_RAW},
    {"hidden($self, /)", method_hidden, "Is it hidden?", 0},
    {"hide($self, /)", method_hide, "Takes it out of the stack.", NATIVE_RAW},
    {"move($self, y, x, /)", method_move, "Moves its window on the screen.", 0},
    {"replace($self, win, /)", method_replace, "Shows another window.", 0},
    {"set_userptr($self, obj, /)", method_set_userptr, "Keeps any object with the panel.", 0},
    {"show($self, /)", method_show, "Puts it back into the stack, on top.", NATIVE_RAW},
    {"top($self, /)", method_top, "Puts it on all others.", NATIVE_RAW},
    {"userptr($self, /)", method_userptr, "The object that set_userptr() was given.", NATIVE_RAW},
    {"window($self, /)", method_window, "The window that it shows.", 0},
    {0},
};

static const TypeSpec spec_panel = {
    .name = "_curses_panel.panel",
    .size = sizeof(Panel),
    .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE | TYPE_WEAKREF,
    .slots = {.dealloc = panel_dealloc, .traverse = panel_traverse, .clear = panel_clear},
    .methods = panel_methods,
};

// --- The module --------------------------------------------------------------------------------------------------------------------------------

FUNCTION(bottom_panel) {
  Value weak;
  if (!curses_has_screen(t)) return V_NULL;
  WITH_CURSES(t, weak = weak_of(t, panels.panel_above(NULL)));
  return found(t, weak);
}
FUNCTION(top_panel) {
  Value weak;
  if (!curses_has_screen(t)) return V_NULL;
  WITH_CURSES(t, weak = weak_of(t, panels.panel_below(NULL)));
  return found(t, weak);
}
FUNCTION(update_panels) {
  if (!curses_has_screen(t)) return V_NULL;
  WITH_CURSES(t, panels.update_panels());
  return V_NONE;
}

FUNCTION(new_panel) {
  if (!is_window(t, "new_panel() argument", args[0]) || !curses_has_screen(t)) return V_NULL;
  Value v = type_generic_alloc(t, &type_panel, 0);
  if (v_is_null(v)) return V_NULL;
  Panel *p = v_panel(v);
  p->window = v_own(t, args[0]);
  p->weak = weakref_new(t, v, V_NULL);
  if (!v_is_null(p->weak)) {
    WITH_CURSES(t, p->panel = panels.new_panel(v_curses_window(args[0])->win);
                if (p->panel) panels.set_panel_userptr(p->panel, v_obj(p->weak)));
    if (p->panel) return v;
    curses_raise(t, "curses function returned NULL");
  }
  v_drop(t, v);
  return V_NULL;
}

static const NativeDef functions[] = {
    {"bottom_panel($module, /)", module_bottom_panel, "The panel below all others, or None.", 0},
    {"new_panel($module, win, /)", module_new_panel, "A panel that shows a window, on top of the others.", 0},
    {"top_panel($module, /)", module_top_panel, "The panel on all others, or None.", 0},
    {"update_panels($module, /)", module_update_panels, "Prepares what curses.doupdate() will show of the panels.", 0},
    {0},
};

static int curses_panel_exec(Thread *t, Value m) {
  Value base = import_module(t, "_curses");
  v_drop(t, base);
  if (v_is_null(base) || LIBRARY_LOAD(t, "libpanelw.so.6", panels) < 0) return -1;
  if (!(type_panel.flags & TYPE_READY) && !type_ready(t, &type_panel, &spec_panel, 0)) return -1;
  if (module_add_type(t, m, &type_panel) < 0 || module_add_exception(t, m, &panel_error, "_curses_panel", "error", &exc_Exception, NULL) < 0) return -1;
  return module_add_str(t, m, "version", "2.1") < 0 ? -1 : module_add_str(t, m, "__version__", "2.1");
}

const ModuleDef module__curses_panel = {.name = "_curses_panel", .functions = functions, .exec = curses_panel_exec};

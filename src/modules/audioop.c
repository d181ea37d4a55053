// audioop: arithmetic on sound fragments, which are bytes of signed samples of one to four bytes in the machine's order.
//
// Pure functions on borrowed buffers: there is no state to lock.
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "modules/module_help.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/text_native.h"
#include "objects/tuple.h"

static Value error_class;   // audioop.error; set when the module is first imported

// --- Fragments and samples ----------------------------------------------------------------------------------------------------------

typedef struct Fragment {
  BufferView view;
  const uint8_t *data;
  int64_t size;     // bytes
  int64_t count;    // whole samples; after fragment_check
  int width;        // bytes of a sample
} Fragment;

// What a function does with its first argument, a fragment, and the rest of them.
typedef Value (*FragmentFn)(Thread *t, Fragment *f, const Value *args);

static bool width_check(Thread *t, int width) {
  if (width >= 1 && width <= 4) return true;
  module_raise(t, error_class, "Size should be 1, 2, 3 or 4");
  return false;
}

static bool not_whole(Thread *t) {
  module_raise(t, error_class, "not a whole number of frames");
  return false;
}

static bool fragment_check(Thread *t, Fragment *f) {
  if (!width_check(t, f->width)) return false;
  f->count = f->size / f->width;
  return f->size % f->width == 0 || not_whole(t);
}

static bool fragment_open(Thread *t, Value v, int width, Fragment *f) {
  if (buffer_get(t, v, &f->view, BUFFER_SIMPLE) < 0) return false;
  f->data = f->view.data;
  f->size = f->view.len;
  f->count = 0;
  f->width = width;
  return true;
}

static bool int_argument(Thread *t, Value v, int *out) {
  *out = number_as_int(t, v);
  return *out != -1 || !error_pending(t);
}
static bool double_argument(Thread *t, Value v, double *out) {
  *out = number_as_double(t, v);
  return *out != -1.0 || !error_pending(t);
}

// args[0]: the fragment, args[width_at]: the width of its samples (0: it is 2).
static Value with_fragment(Thread *t, const Value *args, int width_at, FragmentFn work) {
  Fragment f;
  if (!fragment_open(t, args[0], 2, &f)) return V_NULL;
  Value result = !width_at || int_argument(t, args[width_at], &f.width) ? work(t, &f, args) : V_NULL;
  buffer_release(t, &f.view);
  return result;
}

static inline int32_t sample_get(const uint8_t *p, int width) {
  int16_t two;
  int32_t four;
  switch (width) {
    case 1: return (int8_t)p[0];
    case 2: memcpy(&two, p, 2); return two;
    case 3: return (int32_t)(p[0] | (uint32_t)p[1] << 8 | (uint32_t)(int8_t)p[2] << 16);
    default: memcpy(&four, p, 4); return four;
  }
}
static inline void sample_put(uint8_t *p, int width, int32_t value) {
  for (int i = 0; i < width; i++) p[i] = (uint8_t)((uint32_t)value >> 8 * i);
}
static inline int32_t sample_at(const Fragment *f, int64_t i) { return sample_get(f->data + i * f->width, f->width); }
// A sample as one of four bytes, and back.
static inline int32_t widen(int32_t value, int width) { return (int32_t)((uint32_t)value << (32 - 8 * width)); }
static inline int32_t narrow(int32_t value, int width) { return value >> (32 - 8 * width); }

static inline int32_t sample_max(int width) { return (int32_t)(UINT32_MAX >> (33 - 8 * width)); }
static inline int32_t sample_min(int width) { return -sample_max(width) - 1; }
// A double as an int; what does not fit, as the processor has it.
static inline int32_t to_int(double value) { return value > -2147483649.0 && value < 2147483648.0 ? (int32_t)value : INT32_MIN; }
// The whole number below value, within a sample's limits.
static int32_t sample_clip(double value, int width) {
  double low = sample_min(width), high = sample_max(width);
  if (value > high) value = high;
  else if (value < low + 1.0) value = low;
  return to_int(floor(value));
}
static inline uint32_t distance(int32_t a, int32_t b) { return a < b ? (uint32_t)b - (uint32_t)a : (uint32_t)a - (uint32_t)b; }

// The bytes of a result of `count` samples. V_NULL: no memory.
static Value samples_new(Thread *t, int64_t count, int width) {
  if (count > INT64_MAX / 8 / width) return raise_error(t, &exc_MemoryError, "not enough memory for output buffer");
  return bytes_new(t, count * width);
}
static inline uint8_t *result_data(Value v) { return (uint8_t *)v_bytes(v)->data; }

// --- Measuring ----------------------------------------------------------------------------------------------------------------------

static Value get_sample(Thread *t, Fragment *f, const Value *args) {
  int64_t index = number_as_i64(t, args[2]);
  if ((index == -1 && error_pending(t)) || !fragment_check(t, f)) return V_NULL;
  if (index < 0 || index >= f->count) return module_raise(t, error_class, "Index out of range");
  return v_from_smi(sample_at(f, index));
}

static Value max_of(Thread *t, Fragment *f, UNUSED_OK const Value *args) {
  if (!fragment_check(t, f)) return V_NULL;
  uint32_t most = 0;
  for (int64_t i = 0; i < f->count; i++) {
    uint32_t size = distance(sample_at(f, i), 0);
    if (size > most) most = size;
  }
  return v_from_smi(most);
}

static Value min_and_max(Thread *t, Fragment *f, UNUSED_OK const Value *args) {
  if (!fragment_check(t, f)) return V_NULL;
  int32_t low = INT32_MAX, high = INT32_MIN;
  for (int64_t i = 0; i < f->count; i++) {
    int32_t v = sample_at(f, i);
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return tuple_pack(t, 2, v_from_smi(low), v_from_smi(high));
}

static Value average(Thread *t, Fragment *f, UNUSED_OK const Value *args) {
  if (!fragment_check(t, f)) return V_NULL;
  double sum = 0;
  for (int64_t i = 0; i < f->count; i++) sum += sample_at(f, i);
  return v_from_smi(f->count ? (int64_t)floor(sum / (double)f->count) : 0);
}

static Value root_mean_square(Thread *t, Fragment *f, UNUSED_OK const Value *args) {
  if (!fragment_check(t, f)) return V_NULL;
  double sum = 0;
  for (int64_t i = 0; i < f->count; i++) {
    double v = sample_at(f, i);
    sum += v * v;
  }
  return v_from_smi(f->count ? (int64_t)sqrt(sum / (double)f->count) : 0);
}

static Value crossings(Thread *t, Fragment *f, UNUSED_OK const Value *args) {
  if (!fragment_check(t, f)) return V_NULL;
  int64_t n = f->count ? 0 : -1;
  for (int64_t i = 1; i < f->count; i++) n += (sample_at(f, i) < 0) != (sample_at(f, i - 1) < 0);
  return v_from_smi(n);
}

// The distances between samples where the curve turns: their sum, number and maximum.
typedef struct Turns { double sum; int64_t count; uint32_t most; } Turns;

static Turns turns_find(const Fragment *f) {
  Turns turns = {0, 0, 0};
  enum { UNKNOWN, RISING, FALLING } way = UNKNOWN;
  bool seen = false;
  int32_t last_turn = 0;
  for (int64_t i = 1; i < f->count; i++) {
    int32_t before = sample_at(f, i - 1), now = sample_at(f, i);
    if (now == before) continue;
    int way_now = now < before ? FALLING : RISING;
    if (way != UNKNOWN && way_now != (int)way) {
      uint32_t apart = distance(before, last_turn);
      if (seen) {
        turns.sum += apart;
        turns.count++;
        if (apart > turns.most) turns.most = apart;
      }
      seen = true;
      last_turn = before;
    }
    way = way_now;
  }
  return turns;
}

static Value average_turns(Thread *t, Fragment *f, UNUSED_OK const Value *args) {
  if (!fragment_check(t, f)) return V_NULL;
  Turns turns = turns_find(f);
  return v_from_smi(turns.count ? (int64_t)(turns.sum / (double)turns.count) : 0);
}
static Value most_turns(Thread *t, Fragment *f, UNUSED_OK const Value *args) {
  if (!fragment_check(t, f)) return V_NULL;
  return v_from_smi(turns_find(f).most);
}

// --- Finding, in samples of two bytes -------------------------------------------------------------------------------------------------

static double product_sum(const uint8_t *a, const uint8_t *b, int64_t n) {
  double sum = 0;
  for (int64_t i = 0; i < n; i++) sum += (double)sample_get(a + 2 * i, 2) * (double)sample_get(b + 2 * i, 2);
  return sum;
}
static inline double square_at(const Fragment *f, int64_t i) { return (double)sample_at(f, i) * (double)sample_at(f, i); }

static bool even_check(Thread *t, Fragment *f) {
  f->count = f->size / 2;
  if (f->size % 2) module_raise(t, error_class, "Strings should be even-sized");
  return f->size % 2 == 0;
}

// Where the reference fits best, by the least error that is left when it is scaled; the sums that do not change are carried along.
static int64_t best_fit(const Fragment *f, const Fragment *reference) {
  double own = product_sum(reference->data, reference->data, reference->count), there = product_sum(f->data, f->data, reference->count);
  double both = product_sum(f->data, reference->data, reference->count), least = (own * there - both * both) / there;
  int64_t best = 0;
  for (int64_t j = 1; j <= f->count - reference->count; j++) {
    there = there + square_at(f, j + reference->count - 1) - square_at(f, j - 1);
    both = product_sum(f->data + 2 * j, reference->data, reference->count);
    double left = (own * there - both * both) / there;
    if (left < least) {
      least = left;
      best = j;
    }
  }
  return best;
}

static double scale_at(const Fragment *f, const Fragment *reference, int64_t at) {
  return product_sum(f->data + 2 * at, reference->data, reference->count) / product_sum(reference->data, reference->data, reference->count);
}

static Value fit_checked(Thread *t, Fragment *f, Fragment *reference) {
  if (!even_check(t, f) || !even_check(t, reference)) return V_NULL;
  if (f->count < reference->count) return module_raise(t, error_class, "First sample should be longer");
  thread_detach(t);   // the time is that of the two lengths' product
  int64_t best = best_fit(f, reference);
  double scale = scale_at(f, reference, best);
  thread_attach(t);
  return tuple_from_stolen(t, (Value[]){v_from_smi(best), float_new(t, scale)}, 2);
}

static Value factor_checked(Thread *t, Fragment *f, Fragment *reference) {
  if (!even_check(t, f) || !even_check(t, reference)) return V_NULL;
  if (f->count != reference->count) return module_raise(t, error_class, "Samples should be same size");
  return float_new(t, scale_at(f, reference, 0));
}

static Value find_fit(Thread *t, Fragment *f, const Value *args) {
  Fragment reference;
  if (!fragment_open(t, args[1], 2, &reference)) return V_NULL;
  Value result = fit_checked(t, f, &reference);
  buffer_release(t, &reference.view);
  return result;
}

static Value find_factor(Thread *t, Fragment *f, const Value *args) {
  Fragment reference;
  if (!fragment_open(t, args[1], 2, &reference)) return V_NULL;
  Value result = factor_checked(t, f, &reference);
  buffer_release(t, &reference.view);
  return result;
}

static Value find_max(Thread *t, Fragment *f, const Value *args) {
  int64_t length = number_as_i64(t, args[1]);
  if ((length == -1 && error_pending(t)) || !even_check(t, f)) return V_NULL;
  if (length < 0 || f->count < length) return module_raise(t, error_class, "Input sample should be longer");
  double energy = product_sum(f->data, f->data, length), most = energy;
  int64_t best = 0;
  for (int64_t j = 1; j <= f->count - length; j++) {
    energy = energy + (length ? square_at(f, j + length - 1) - square_at(f, j - 1) : 0);
    if (energy > most) {
      most = energy;
      best = j;
    }
  }
  return v_from_smi(best);
}

// --- Changing ---------------------------------------------------------------------------------------------------------------------

static Value multiply(Thread *t, Fragment *f, const Value *args) {
  double factor;
  if (!double_argument(t, args[2], &factor) || !fragment_check(t, f)) return V_NULL;
  Value result = samples_new(t, f->count, f->width);
  for (int64_t i = 0; !v_is_null(result) && i < f->count; i++)
    sample_put(result_data(result) + i * f->width, f->width, sample_clip(sample_at(f, i) * factor, f->width));
  return result;
}

static Value to_mono(Thread *t, Fragment *f, const Value *args) {
  double left, right;
  if (!double_argument(t, args[2], &left) || !double_argument(t, args[3], &right) || !fragment_check(t, f)) return V_NULL;
  if (f->count % 2) return not_whole(t), V_NULL;
  Value result = samples_new(t, f->count / 2, f->width);
  for (int64_t i = 0; !v_is_null(result) && i < f->count; i += 2)
    sample_put(result_data(result) + i / 2 * f->width, f->width, sample_clip(sample_at(f, i) * left + sample_at(f, i + 1) * right, f->width));
  return result;
}

static Value to_stereo(Thread *t, Fragment *f, const Value *args) {
  double left, right;
  if (!double_argument(t, args[2], &left) || !double_argument(t, args[3], &right) || !fragment_check(t, f)) return V_NULL;
  Value result = samples_new(t, f->count * 2, f->width);
  for (int64_t i = 0; !v_is_null(result) && i < f->count; i++) {
    uint8_t *to = result_data(result) + 2 * i * f->width;
    sample_put(to, f->width, sample_clip(sample_at(f, i) * left, f->width));
    sample_put(to + f->width, f->width, sample_clip(sample_at(f, i) * right, f->width));
  }
  return result;
}

static Value add_checked(Thread *t, Fragment *f, const Fragment *other) {
  if (!fragment_check(t, f)) return V_NULL;
  if (f->size != other->size) return module_raise(t, error_class, "Lengths should be the same");
  Value result = samples_new(t, f->count, f->width);
  int64_t low = sample_min(f->width), high = sample_max(f->width);
  for (int64_t i = 0; !v_is_null(result) && i < f->count; i++) {
    int64_t sum = (int64_t)sample_at(f, i) + sample_get(other->data + i * f->width, f->width);
    sample_put(result_data(result) + i * f->width, f->width, (int32_t)(sum < low ? low : sum > high ? high : sum));
  }
  return result;
}

static Value add(Thread *t, Fragment *f, const Value *args) {
  Fragment other;
  if (!fragment_open(t, args[1], f->width, &other)) return V_NULL;
  Value result = add_checked(t, f, &other);
  buffer_release(t, &other.view);
  return result;
}

static Value add_bias(Thread *t, Fragment *f, const Value *args) {
  int bias;
  if (!int_argument(t, args[2], &bias) || !fragment_check(t, f)) return V_NULL;
  Value result = samples_new(t, f->count, f->width);
  for (int64_t i = 0; !v_is_null(result) && i < f->count; i++)
    sample_put(result_data(result) + i * f->width, f->width, (int32_t)((uint32_t)sample_at(f, i) + (uint32_t)bias));   // wraps around
  return result;
}

static Value reverse(Thread *t, Fragment *f, UNUSED_OK const Value *args) {
  if (!fragment_check(t, f)) return V_NULL;
  Value result = samples_new(t, f->count, f->width);
  for (int64_t i = 0; !v_is_null(result) && i < f->count; i++)
    memcpy(result_data(result) + (f->count - 1 - i) * f->width, f->data + i * f->width, (size_t)f->width);
  return result;
}

static Value byte_swap(Thread *t, Fragment *f, UNUSED_OK const Value *args) {
  if (!fragment_check(t, f)) return V_NULL;
  Value result = samples_new(t, f->count, f->width);
  for (int64_t i = 0; !v_is_null(result) && i < f->size; i++)
    result_data(result)[i] = f->data[i / f->width * f->width + f->width - 1 - i % f->width];
  return result;
}

static Value change_width(Thread *t, Fragment *f, const Value *args) {
  int width;
  if (!int_argument(t, args[2], &width) || !fragment_check(t, f) || !width_check(t, width)) return V_NULL;
  Value result = samples_new(t, f->count, width);
  for (int64_t i = 0; !v_is_null(result) && i < f->count; i++)
    sample_put(result_data(result) + i * width, width, narrow(widen(sample_at(f, i), f->width), width));
  return result;
}

// --- Converting the rate ----------------------------------------------------------------------------------------------------------------

static int gcd(int a, int b) {
  while (b) {
    int rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

typedef struct Channel { int before, now; } Channel;
typedef struct Rate {
  int in, out, weight, weight_before, channels;   // rates and weights without their common divisors
  int due;                                        // when the next output frame comes: negative, not before the next input
  Channel *channel;
} Rate;

// An int within a state that a caller hands back.
static bool state_int(Thread *t, Value v, int *out) {
  Value index = number_index(t, v);
  int64_t wide = 0;
  if (v_is_null(index)) return false;
  bool fits = int_as_i64(index, &wide);
  v_drop(t, index);
  if (!fits) return raise_overflow(t, "Python int too large to convert to C long"), false;
  *out = (int)wide;
  if (wide > INT_MAX) raise_overflow(t, "signed integer is greater than maximum");
  else if (wide < INT_MIN) raise_overflow(t, "signed integer is less than minimum");
  return *out == wide;
}

// Two ints of a tuple. False with TypeError or OverflowError.
static bool int_pair(Thread *t, Value v, const char *illegal, int *a, int *b) {
  if (!v_is_tuple(v) || v_tuple(v)->length != 2) {
    raise_type_error(t, "%s", illegal);
    return false;
  }
  return state_int(t, v_tuple(v)->items[0], a) && state_int(t, v_tuple(v)->items[1], b);
}

static bool rate_continue(Thread *t, Rate *r, Value state) {
  static const char illegal[] = "ratecv(): illegal state argument";
  if (v_is_none(state)) {
    r->due = -r->out;
    return true;
  }
  if (!v_is_tuple(state)) return raise_type_error(t, "state must be a tuple or None"), false;
  if (v_tuple(state)->length != 2) return raise_type_error(t, illegal), false;
  Value samples = v_tuple(state)->items[1];
  if (!state_int(t, v_tuple(state)->items[0], &r->due)) return false;
  if (!v_is_tuple(samples)) return raise_type_error(t, illegal), false;
  if (v_tuple(samples)->length != r->channels) return module_raise(t, error_class, "illegal state argument"), false;
  for (int i = 0; i < r->channels; i++)
    if (!int_pair(t, v_tuple(samples)->items[i], illegal, &r->channel[i].before, &r->channel[i].now)) return false;
  return true;
}

static Value rate_state(Thread *t, const Rate *r) {
  Value samples = tuple_new(t, r->channels);
  if (v_is_null(samples)) return V_NULL;
  for (int i = 0; i < r->channels; i++) {
    Value pair = tuple_pack(t, 2, v_from_smi(r->channel[i].before), v_from_smi(r->channel[i].now));
    if (v_is_null(pair)) {
      v_drop(t, samples);
      return V_NULL;
    }
    v_tuple(samples)->items[i] = pair;
  }
  return tuple_from_stolen(t, (Value[]){v_from_smi(r->due), samples}, 2);
}

// One frame in: each channel goes on to its next sample, smoothed by the weights.
static void rate_read(Rate *r, const uint8_t *frame, int width) {
  for (int i = 0; i < r->channels; i++) {
    Channel *c = &r->channel[i];
    c->before = c->now;
    double now = widen(sample_get(frame + i * width, width), width);
    c->now = to_int(((double)r->weight * now + (double)r->weight_before * (double)c->before) / ((double)r->weight + (double)r->weight_before));
  }
  r->due += r->out;
}

// One frame out, between the last two in.
static void rate_write(Rate *r, uint8_t *to, int width) {
  for (int i = 0; i < r->channels; i++) {
    const Channel *c = &r->channel[i];
    int value = to_int(((double)c->before * (double)r->due + (double)c->now * (double)(r->out - r->due)) / (double)r->out);
    sample_put(to + i * width, width, narrow(value, width));
  }
  r->due -= r->in;
}

static Value rate_run(Thread *t, Rate *r, const Fragment *f) {
  int64_t frame = (int64_t)f->width * r->channels, frames = f->size / frame, groups = frames ? 1 + (frames - 1) / r->in : 0;
  if (groups && r->out > INT64_MAX / groups / frame) return raise_error(t, &exc_MemoryError, "not enough memory for output buffer");
  BytesBuilder out;   // what a state of the caller's makes due has no bound
  bytesb_init(&out, t);
  const uint8_t *from = f->data;
  for (int64_t left = frames;;) {
    for (; r->due < 0 && left; left--, from += frame) rate_read(r, from, f->width);
    if (r->due < 0) break;
    uint8_t *to = (uint8_t *)bytesb_reserve(&out, frame);
    if (!to) {
      bytesb_discard(&out);
      return V_NULL;
    }
    rate_write(r, to, f->width);
    out.length += frame;
  }
  Value bytes = bytesb_finish(&out);
  return tuple_from_stolen(t, (Value[]){bytes, v_is_null(bytes) ? V_NULL : rate_state(t, r)}, 2);
}

static Value convert_rate(Thread *t, Fragment *f, const Value *args) {
  Rate r = {.weight = 1};
  if (!int_argument(t, args[2], &r.channels) || !int_argument(t, args[3], &r.in) || !int_argument(t, args[4], &r.out)) return V_NULL;
  if (!v_is_absent(args[6]) && !int_argument(t, args[6], &r.weight)) return V_NULL;
  if (!v_is_absent(args[7]) && !int_argument(t, args[7], &r.weight_before)) return V_NULL;
  if (!width_check(t, f->width)) return V_NULL;
  if (r.channels < 1) return module_raise(t, error_class, "# of channels should be >= 1");
  if (f->width > INT_MAX / r.channels) return raise_overflow(t, "width * nchannels too big for a C int");
  if (r.weight < 1 || r.weight_before < 0) return module_raise(t, error_class, "weightA should be >= 1, weightB should be >= 0");
  if (f->size % ((int64_t)f->width * r.channels)) return not_whole(t), V_NULL;
  if (r.in <= 0 || r.out <= 0) return module_raise(t, error_class, "sampling rate not > 0");
  int common = gcd(r.in, r.out), common_weight = gcd(r.weight, r.weight_before);
  r.in /= common;
  r.out /= common;
  r.weight /= common_weight;
  r.weight_before /= common_weight;
  r.channel = calloc((size_t)r.channels, sizeof *r.channel);
  if (!r.channel) return raise_no_memory(t);
  Value result = rate_continue(t, &r, args[5]) ? rate_run(t, &r, f) : V_NULL;
  free(r.channel);
  return result;
}

// --- u-LAW and A-LAW (ITU-T G.711) ------------------------------------------------------------------------------------------------------
//
// A sign, three bits for the segment (how often the value can be halved) and four for the place in it.

static int highest_bit(uint32_t v) { return 31 - __builtin_clz(v | 1); }

enum { ULAW_BIAS = 33, ULAW_MAX = 8158 };

static uint8_t ulaw_encode(int32_t value /* of 14 bits */) {
  uint8_t mask = value < 0 ? 0x7F : 0xFF;
  uint32_t size = distance(value, 0);
  size = (size > ULAW_MAX ? ULAW_MAX : size) + ULAW_BIAS;
  int segment = highest_bit(size) - 5;
  return (uint8_t)((segment << 4 | (size >> (segment + 1) & 15)) ^ mask);
}

static int32_t ulaw_decode(uint8_t code) {   // of 16 bits
  code = (uint8_t)~code;
  int32_t size = (((code & 15) << 3) + 4 * ULAW_BIAS) << (code >> 4 & 7);
  return code & 0x80 ? 4 * ULAW_BIAS - size : size - 4 * ULAW_BIAS;
}

static uint8_t alaw_encode(int32_t value /* of 13 bits */) {
  uint8_t mask = value < 0 ? 0x55 : 0xD5;
  uint32_t size = value < 0 ? (uint32_t)(-value - 1) : (uint32_t)value;
  int segment = size < 32 ? 0 : highest_bit(size) - 4;
  return (uint8_t)((segment << 4 | (size >> (segment < 2 ? 1 : segment) & 15)) ^ mask);
}

static int32_t alaw_decode(uint8_t code) {   // of 16 bits
  code ^= 0x55;
  int segment = code >> 4 & 7;
  int32_t size = ((code & 15) << 4) + 8;
  if (segment) size = (size + 0x100) << (segment - 1);
  return code & 0x80 ? size : -size;
}

static Value compress(Thread *t, Fragment *f, uint8_t (*encode)(int32_t), int bits) {
  if (!fragment_check(t, f)) return V_NULL;
  Value result = bytes_new(t, f->count);
  for (int64_t i = 0; !v_is_null(result) && i < f->count; i++) result_data(result)[i] = encode(widen(sample_at(f, i), f->width) >> (32 - bits));
  return result;
}

static Value expand(Thread *t, Fragment *f, int32_t (*decode)(uint8_t)) {
  if (!width_check(t, f->width)) return V_NULL;
  Value result = samples_new(t, f->size, f->width);
  for (int64_t i = 0; !v_is_null(result) && i < f->size; i++)
    sample_put(result_data(result) + i * f->width, f->width, narrow(widen(decode(f->data[i]), 2), f->width));
  return result;
}

static Value to_ulaw(Thread *t, Fragment *f, UNUSED_OK const Value *args) { return compress(t, f, ulaw_encode, 14); }
static Value to_alaw(Thread *t, Fragment *f, UNUSED_OK const Value *args) { return compress(t, f, alaw_encode, 13); }
static Value from_ulaw(Thread *t, Fragment *f, UNUSED_OK const Value *args) { return expand(t, f, ulaw_decode); }
static Value from_alaw(Thread *t, Fragment *f, UNUSED_OK const Value *args) { return expand(t, f, alaw_decode); }

// --- ADPCM (of Intel and DVI) -----------------------------------------------------------------------------------------------------------
//
// Four bits a sample: by how much it differs from the one before, in steps whose size follows the signal.

static const int16_t step_sizes[] = {
    7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130, 143, 157, 173, 190,
    209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499,
    2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350,
    22385, 24623, 27086, 29794, 32767};
enum { STEP_COUNT = sizeof step_sizes / sizeof *step_sizes };

typedef struct Adpcm { int value, index; } Adpcm;   // the last sample, and the step size

static bool adpcm_continue(Thread *t, Value state, const char *illegal, Adpcm *a) {
  *a = (Adpcm){0, 0};
  if (v_is_none(state)) return true;
  if (!v_is_tuple(state)) return raise_type_error(t, "state must be a tuple or None"), false;
  if (!int_pair(t, state, illegal, &a->value, &a->index)) return false;
  if (a->value >= -0x8000 && a->value < 0x8000 && a->index >= 0 && a->index < STEP_COUNT) return true;
  raise_value_error(t, "bad state");
  return false;
}

static Value adpcm_result(Thread *t, Value stolen, const Adpcm *a) {
  if (v_is_null(stolen)) return V_NULL;
  return tuple_from_stolen(t, (Value[]){stolen, tuple_pack(t, 2, v_from_smi(a->value), v_from_smi(a->index))}, 2);
}

// Goes on by a code: a sign (8) and how many half, quarter and eighth steps... of the step that was in force.
static void adpcm_apply(Adpcm *a, int code) {
  static const int8_t changes[] = {-1, -1, -1, -1, 2, 4, 6, 8};
  int step = step_sizes[a->index], by = step >> 3;
  for (int bit = 0; bit < 3; bit++)
    if (code & 4 >> bit) by += step >> bit;
  a->value += code & 8 ? -by : by;
  a->value = a->value > 32767 ? 32767 : a->value < -32768 ? -32768 : a->value;
  a->index += changes[code & 7];
  a->index = a->index < 0 ? 0 : a->index >= STEP_COUNT ? STEP_COUNT - 1 : a->index;
}

static int adpcm_code(const Adpcm *a, int value) {
  int code = value < a->value ? 8 : 0, step = step_sizes[a->index], apart = abs(value - a->value);
  for (int bit = 4; bit; bit >>= 1, step >>= 1) {
    if (apart < step) continue;
    code |= bit;
    apart -= step;
  }
  return code;
}

static Value to_adpcm(Thread *t, Fragment *f, const Value *args) {
  Adpcm a;
  if (!fragment_check(t, f) || !adpcm_continue(t, args[2], "lin2adpcm(): illegal state argument", &a)) return V_NULL;
  Value result = bytes_new(t, f->count / 2);
  for (int64_t i = 0, first = 0; !v_is_null(result) && i < f->count; i++) {
    int code = adpcm_code(&a, widen(sample_at(f, i), f->width) >> 16);
    adpcm_apply(&a, code);
    if (i % 2) result_data(result)[i / 2] = (uint8_t)(first << 4 | code);
    first = code;
  }
  return adpcm_result(t, result, &a);
}

static Value from_adpcm(Thread *t, Fragment *f, const Value *args) {
  Adpcm a;
  if (!width_check(t, f->width) || !adpcm_continue(t, args[2], "adpcm2lin(): illegal state argument", &a)) return V_NULL;
  Value result = samples_new(t, f->size * 2, f->width);
  for (int64_t i = 0; !v_is_null(result) && i < f->size * 2; i++) {
    adpcm_apply(&a, i % 2 ? f->data[i / 2] & 15 : f->data[i / 2] >> 4);
    sample_put(result_data(result) + i * f->width, f->width, narrow(widen(a.value, 2), f->width));
  }
  return adpcm_result(t, result, &a);
}

// --- The module -------------------------------------------------------------------------------------------------------------------

// X(name, its parameters, place of the width (0: none), function, what it does)
#define FUNCTIONS(X)                                                                                                                            \
  X(add, "fragment1, fragment2, width, /", 2, add, "The sum of two fragments of the same length, within a sample's limits.")                    \
  X(adpcm2lin, "fragment, width, state, /", 1, from_adpcm, "ADPCM as plain samples: (fragment, state for the next call).")                      \
  X(alaw2lin, "fragment, width, /", 1, from_alaw, "A-LAW as plain samples.")                                                                    \
  X(avg, "fragment, width, /", 1, average, "The mean of the samples.")                                                                          \
  X(avgpp, "fragment, width, /", 1, average_turns, "The mean distance between neighbouring peaks and valleys.")                                 \
  X(bias, "fragment, width, bias, /", 1, add_bias, "Each sample and `bias`; the sum wraps around.")                                             \
  X(byteswap, "fragment, width, /", 1, byte_swap, "The samples in the other byte order.")                                                       \
  X(cross, "fragment, width, /", 1, crossings, "How often the curve passes through zero.")                                                      \
  X(findfactor, "fragment, reference, /", 0, find_factor, "The factor for `reference` that brings it closest to the fragment.")                 \
  X(findfit, "fragment, reference, /", 0, find_fit, "Where, and with what factor, `reference` fits best: (samples, factor).")                   \
  X(findmax, "fragment, length, /", 0, find_max, "Where the loudest `length` samples begin.")                                                   \
  X(getsample, "fragment, width, index, /", 1, get_sample, "One sample.")                                                                       \
  X(lin2adpcm, "fragment, width, state, /", 1, to_adpcm, "The samples as ADPCM: (bytes, state for the next call).")                             \
  X(lin2alaw, "fragment, width, /", 1, to_alaw, "The samples as A-LAW.")                                                                        \
  X(lin2lin, "fragment, width, newwidth, /", 1, change_width, "The samples in another width.")                                                  \
  X(lin2ulaw, "fragment, width, /", 1, to_ulaw, "The samples as u-LAW.")                                                                        \
  X(max, "fragment, width, /", 1, max_of, "The greatest absolute value.")                                                                       \
  X(maxpp, "fragment, width, /", 1, most_turns, "The greatest distance between neighbouring peaks and valleys.")                                \
  X(minmax, "fragment, width, /", 1, min_and_max, "The least and the greatest sample.")                                                         \
  X(mul, "fragment, width, factor, /", 1, multiply, "Each sample times a number, within a sample's limits.")                                    \
  X(ratecv, "fragment, width, nchannels, inrate, outrate, state,\n       weightA=1, weightB=0, /", 1, convert_rate,                                   \
    "The samples at another rate: (fragment, state for the next call).")                                                                        \
  X(reverse, "fragment, width, /", 1, reverse, "The samples from last to first.")                                                               \
  X(rms, "fragment, width, /", 1, root_mean_square, "The root of the samples' mean square.")                                                    \
  X(tomono, "fragment, width, lfactor, rfactor, /", 1, to_mono, "One channel from two, each times its factor.")                                 \
  X(tostereo, "fragment, width, lfactor, rfactor, /", 1, to_stereo, "Two channels from one, each times its factor.")                            \
  X(ulaw2lin, "fragment, width, /", 1, from_ulaw, "u-LAW as plain samples.")

#define DEFINE(name, parameters, width_at, work, doc) \
  static NATIVE(native_##name) { return with_fragment(t, args, width_at, work); }
FUNCTIONS(DEFINE)

#define ENTRY(name, parameters, width_at, work, doc) {#name "($module, " parameters ")", native_##name, doc, 0},
static const NativeDef functions[] = {FUNCTIONS(ENTRY){0}};

static int audioop_exec(Thread *t, Value m) {
  if (warn(t, &exc_DeprecationWarning, 7, "'audioop' is deprecated and slated for removal in Python 3.13") < 0) return -1;
  return module_add_exception(t, m, &error_class, "audioop", "error", &exc_Exception, NULL);
}

const ModuleDef module_audioop = {.name = "audioop", .functions = functions, .exec = audioop_exec};

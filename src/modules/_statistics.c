// The module _statistics: the quantile function of the normal distribution.
#include <math.h>

#include "objects/error.h"
#include "objects/float.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/text_native.h"

// The rational approximations of algorithm AS 241 (Wichura 1988), highest power first: about the median, to both sides of it, at the far ends.
typedef struct Ratio { double above[8], below[8]; } Ratio;
static const Ratio centre = {
    {2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
     1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0},
    {5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
     5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0}};
static const Ratio middle = {
    {7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
     3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0},
    {1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0}};
static const Ratio tail = {
    {2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
     2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0},
    {2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
     1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0}};

static double evaluate(const double *coefficients, double x) {
  double sum = coefficients[0];
  for (int i = 1; i < 8; i++) sum = sum * x + coefficients[i];
  return sum;
}

static double normal_quantile(double p, double mean, double deviation) {
  double distance = p - 0.5;
  if (fabs(distance) <= 0.425) {
    double x = 0.180625 - distance * distance;
    return mean + evaluate(centre.above, x) * distance / evaluate(centre.below, x) * deviation;
  }
  double x = sqrt(-log(distance <= 0 ? p : 1 - p));
  const Ratio *ratio = x <= 5 ? &middle : &tail;
  x -= x <= 5 ? 1.6 : 5;
  double quantile = evaluate(ratio->above, x) / evaluate(ratio->below, x);
  return mean + (distance < 0 ? -quantile : quantile) * deviation;
}

NATIVE(normal_dist_inv_cdf) {
  double v[3];
  if (native_no_keywords(t, "_statistics._normal_dist_inv_cdf", kwnames) < 0 || native_check_positional(t, "_normal_dist_inv_cdf", nargs, 3, 3) < 0)
    return V_NULL;
  for (int i = 0; i < 3; i++) {
    v[i] = number_as_double(t, args[i]);
    if (v[i] == -1 && error_pending(t)) return V_NULL;
  }
  if (v[0] <= 0 || v[0] >= 1 || v[2] <= 0) return raise_value_error(t, "inv_cdf undefined for these parameters");
  return float_new(t, normal_quantile(v[0], v[1], v[2]));
}

static const NativeDef functions[] = {{"_normal_dist_inv_cdf($module, p, mu, sigma, /)", normal_dist_inv_cdf, NULL, NATIVE_RAW}, {0}};

const ModuleDef module__statistics = {.name = "_statistics", .doc = "What statistics computes faster in C.\n", .functions = functions};

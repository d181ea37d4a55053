// The Chinese codec of Hong Kong: big5hkscs, Big5 with the supplementary characters of 2004.
#include "modules/multibyte.h"

static const MbCodec big5hkscs = MB_SET_CODEC("big5hkscs", charset_big5hkscs);
static const MbCodec *const codecs[] = {&big5hkscs, NULL};

static NATIVE(getcodec) { return mb_getcodec(t, codecs, args[0]); }
static const NativeDef functions[] = {{"getcodec($module, encoding, /)", getcodec, NULL, NATIVE_NO_SIGNATURE}, {0}};
const ModuleDef module__codecs_hk = {.name = "_codecs_hk", .functions = functions};

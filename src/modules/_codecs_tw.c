// The Chinese codecs of Taiwan: big5 and Microsoft's cp950.
#include "modules/multibyte.h"

static const MbCodec big5 = MB_SET_CODEC("big5", charset_big5), cp950 = MB_SET_CODEC("cp950", charset_cp950);
static const MbCodec *const codecs[] = {&big5, &cp950, NULL};

static NATIVE(getcodec) { return mb_getcodec(t, codecs, args[0]); }
static const NativeDef functions[] = {{"getcodec($module, encoding, /)", getcodec, NULL, NATIVE_NO_SIGNATURE}, {0}};
const ModuleDef module__codecs_tw = {.name = "_codecs_tw", .functions = functions};

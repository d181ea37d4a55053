/* Compiles only if libatomic_ops maps its operations to the compiler's builtins, the one back end sanitizers understand. */
#include <atomic_ops.h>

#ifdef AO_DISABLE_GCC_ATOMICS
#error "AO_DISABLE_GCC_ATOMICS turns the compiler's builtins off"
#endif
#ifndef AO_GCC_ATOMIC_TEST_AND_SET
#error "this libatomic_ops does not use the compiler's builtins here"
#endif
#if !defined(AO_HAVE_load_acquire) || !defined(AO_HAVE_store_release) || !defined(AO_HAVE_compare_and_swap_full) \
    || !defined(AO_HAVE_fetch_and_add_full) || !defined(AO_HAVE_char_load_acquire) || !defined(AO_HAVE_int_load_acquire)
#error "this libatomic_ops lacks operations that weft needs"
#endif

int main(void)
{
    AO_t word = 0;
    AO_store_release(&word, 1);
    return AO_load_acquire(&word) == 1 ? 0 : 1;
}

#pragma once
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Mixes blocks of 64 bytes into the state of a SHA-256, by the processor's own instructions where
/// it has them (FIPS 180-4).
void plumb_sha256(uint32_t *state, const uint8_t *bytes, size_t blocks);

/// The same by arithmetic that every processor has.
void plumb_sha256_portable(uint32_t *state, const uint8_t *bytes, size_t blocks);

#pragma clang assume_nonnull end

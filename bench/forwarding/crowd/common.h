// What every file of the crowd shares: bytes, clocks, big-endian fields.
#pragma once
#include <cstdint>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

namespace crowd {

using Bytes = std::vector<uint8_t>;

inline int64_t clock_ns(clockid_t clock) {
  timespec t;
  clock_gettime(clock, &t);
  return int64_t(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
}

// The kernel stamps received packets with this clock, so that sent ones carry it too.
inline int64_t now_ns() { return clock_ns(CLOCK_REALTIME); }

inline void put16(uint8_t* to, uint16_t v) {
  to[0] = uint8_t(v >> 8);
  to[1] = uint8_t(v);
}
inline void put32(uint8_t* to, uint32_t v) {
  put16(to, uint16_t(v >> 16));
  put16(to + 2, uint16_t(v));
}
inline void put64(uint8_t* to, uint64_t v) {
  put32(to, uint32_t(v >> 32));
  put32(to + 4, uint32_t(v));
}
inline uint16_t get16(const uint8_t* from) { return uint16_t(from[0] << 8 | from[1]); }
inline uint32_t get32(const uint8_t* from) {
  return uint32_t(get16(from)) << 16 | get16(from + 2);
}
inline uint64_t get64(const uint8_t* from) {
  return uint64_t(get32(from)) << 32 | get32(from + 4);
}

}  // namespace crowd

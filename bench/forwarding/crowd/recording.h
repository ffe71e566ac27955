// What the crowd plays: RTP payloads of recorded sound and pictures in layers, in a loop.
#pragma once
#include "common.h"

namespace crowd {

struct Payload {
  uint32_t timestamp;  // in units of the clock rate, from the loop's start
  bool marker;
  Bytes bytes;
};

struct Recording {
  bool video;
  uint32_t clock_rate;
  uint32_t duration;  // of one loop, in units of the clock rate
  std::vector<Payload> payloads;
};

// Reads the file that bench/forwarding/recording.ts writes; throws std::runtime_error where it is none.
std::vector<Recording> read_recordings(const std::string& file);

}  // namespace crowd

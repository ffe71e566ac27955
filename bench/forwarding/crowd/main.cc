// The crowd: members of classes as far as the network sees them. One process plays all members of all servers under
// test, told by lines on standard input what to open, send and count; it answers by lines of JSON. See README.md of
// bench. It must never decide what is measured.
#include <arpa/inet.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <queue>
#include <sstream>

#include "endpoint.h"

namespace crowd {
namespace {

constexpr int64_t MILLISECOND = 1'000'000;

struct Due {
  int64_t at;
  Endpoint* endpoint;
  Stream* stream;
  bool operator>(const Due& other) const { return at > other.at; }
};

class Crowd {
 public:
  explicit Crowd(const std::string& recording) : recordings_(read_recordings(recording)) {
    epoll_ = epoll_create1(0);
    watch(STDIN_FILENO, nullptr);
    std::cout << "{\"fingerprint\":\"" << identity_.fingerprint() << "\"}" << std::endl;
  }

  void run() {
    int64_t next_tick = 0, next_reports = 0;
    epoll_event events[128];
    while (!over_) {
      const int64_t now = now_ns();
      if (now >= next_tick) {
        next_tick = now + 20 * MILLISECOND;
        for (auto& [id, endpoint] : endpoints_) tick(id, *endpoint, now);
      }
      if (now >= next_reports) {
        next_reports = now + 1000 * MILLISECOND;
        for (auto& [id, endpoint] : endpoints_) endpoint->report_rtcp();
      }
      play(now);
      const int64_t next = queue_.empty() ? next_tick : std::min(next_tick, queue_.top().at);
      const int wait = int(std::clamp<int64_t>((next - now_ns()) / MILLISECOND, 0, 20));
      const int count = epoll_wait(epoll_, events, 128, wait);
      bool told = false;
      for (int i = 0; i < count; i++) {
        if (events[i].data.ptr == nullptr)
          told = true;
        else
          static_cast<Endpoint*>(events[i].data.ptr)->readable();
      }
      // Orders come last: one may close an endpoint that has an event in this round.
      if (told) read_lines();
    }
  }

 private:
  void watch(int file, Endpoint* endpoint) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = endpoint;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, file, &event);
  }

  void tick(int id, Endpoint& endpoint, int64_t now) {
    endpoint.tick(now);
    auto waiting = opening_.find(id);
    if (waiting == opening_.end()) return;
    if (!endpoint.connected() && !endpoint.failed()) return;
    std::cout << "{\"" << (endpoint.connected() ? "connected" : "failed") << "\":" << id << "}" << std::endl;
    opening_.erase(waiting);
  }

  void play(int64_t now) {
    while (!queue_.empty() && queue_.top().at <= now) {
      const Due due = queue_.top();
      queue_.pop();
      if (!due.stream->running()) continue;
      due.endpoint->play(*due.stream);
      queue_.push({due.stream->due(), due.endpoint, due.stream});
    }
  }

  void read_lines() {
    char buffer[65'536];
    const ssize_t size = read(STDIN_FILENO, buffer, sizeof buffer);
    if (size <= 0) {
      over_ = true;
      return;
    }
    input_.append(buffer, size_t(size));
    for (size_t end; (end = input_.find('\n')) != std::string::npos;) {
      std::istringstream line(input_.substr(0, end));
      input_.erase(0, end + 1);
      obey(line);
    }
  }

  void obey(std::istringstream& line) {
    std::string verb;
    line >> verb;
    if (verb == "open")
      open(line);
    else if (verb == "send")
      add_stream(line);
    else if (verb == "close")
      close_group(line);
    else if (verb == "start" || verb == "stop")
      run_group(line, verb == "start");
    else if (verb == "count")
      count_anew(line);
    else if (verb == "report")
      report(line);
    else if (verb == "sample")
      line >> settings_.sample;
  }

  // open ID GROUP ADDRESS PORT LOCAL-UFRAG LOCAL-PASSWORD REMOTE-UFRAG REMOTE-PASSWORD client|server
  void open(std::istringstream& line) {
    int id = 0, group = 0, port = 0;
    std::string address, role;
    stun::Credentials who;
    line >> id >> group >> address >> port >> who.local_ufrag >> who.local_password >> who.remote_ufrag >>
        who.remote_password >> role;
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(uint16_t(port));
    inet_pton(AF_INET, address.c_str(), &server.sin_addr);
    auto made = std::make_unique<Endpoint>(identity_, server, who, role == "client", counters_[group], settings_);
    watch(made->socket(), made.get());
    groups_[group].push_back(id);
    opening_[id] = true;
    endpoints_[id] = std::move(made);
  }

  // send ID RECORDING SSRC PAYLOAD-TYPE LEVEL-EXTENSION
  void add_stream(std::istringstream& line) {
    int id = 0, type = 0, extension = 0;
    size_t recording = 0;
    uint32_t ssrc = 0;
    line >> id >> recording >> ssrc >> type >> extension;
    endpoints_.at(id)->streams.push_back(
        std::make_unique<Stream>(recordings_.at(recording), ssrc, uint8_t(type), uint8_t(extension)));
  }

  void run_group(std::istringstream& line, bool on) {
    int group = 0;
    line >> group;
    const int64_t now = now_ns();
    int64_t phase = 0;
    for (const int id : groups_[group]) {
      Endpoint& endpoint = *endpoints_.at(id);
      for (auto& stream : endpoint.streams) {
        if (!on) {
          stream->stop();
          continue;
        }
        // Members do not send in step: spread over 40 ms, the same way in every run.
        phase = (phase + 7'300'000) % (40 * MILLISECOND);
        stream->start(now + phase);
        queue_.push({now + phase, &endpoint, stream.get()});
      }
    }
    if (!on) forget_stopped();
  }

  // Of a stream that starts again soon no old turn may be left.
  void forget_stopped() {
    std::vector<Due> kept;
    for (; !queue_.empty(); queue_.pop())
      if (queue_.top().stream->running()) kept.push_back(queue_.top());
    for (const Due& due : kept) queue_.push(due);
  }

  void close_group(std::istringstream& line) {
    int group = 0;
    line >> group;
    for (const int id : groups_[group]) {
      for (auto& stream : endpoints_.at(id)->streams) stream->stop();
    }
    forget_stopped();
    for (const int id : groups_[group]) endpoints_.erase(id), opening_.erase(id);
    groups_.erase(group);
    counters_[group] = {};
  }

  void count_anew(std::istringstream& line) {
    int group = 0;
    line >> group;
    counters_[group] = {};
    for (const int id : groups_[group]) endpoints_.at(id)->count_anew();
  }

  void report(std::istringstream& line) {
    int group = 0;
    line >> group;
    Counter& counter = counters_[group];
    uint64_t lost = 0, streams = 0, connected = 0, with_media = 0;
    for (const int id : groups_[group]) {
      const Endpoint& endpoint = *endpoints_.at(id);
      connected += endpoint.connected();
      bool any = false;
      for (const auto& [ssrc, stream] : endpoint.received()) {
        if (!stream.counting) continue;
        any = true;
        streams++;
        const int64_t expected = stream.last_extended - stream.first_extended + 1;
        if (expected > int64_t(stream.packets)) lost += uint64_t(expected) - stream.packets;
      }
      with_media += any;
    }
    auto& delays = counter.delays_ms;
    std::sort(delays.begin(), delays.end());
    const auto at = [&](double share) {
      return delays.empty() ? -1 : delays[size_t(share * double(delays.size() - 1))];
    };
    rusage used;
    getrusage(RUSAGE_SELF, &used);
    const double cpu = double(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                       double(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    std::cout << "{\"group\":" << group << ",\"connected\":" << connected << ",\"withMedia\":" << with_media
              << ",\"sent\":" << counter.sent << ",\"received\":" << counter.received
              << ",\"receivedBytes\":" << counter.received_bytes << ",\"streams\":" << streams
              << ",\"lost\":" << lost << ",\"refused\":" << counter.refused
              << ",\"keyRequests\":" << counter.key_requests << ",\"sampled\":" << delays.size()
              << ",\"delayP50\":" << at(0.5) << ",\"delayP95\":" << at(0.95) << ",\"delayP99\":" << at(0.99)
              << ",\"cpuSeconds\":" << cpu << "}" << std::endl;
  }

  Identity identity_;
  std::vector<Recording> recordings_;
  Settings settings_;
  std::map<int, std::unique_ptr<Endpoint>> endpoints_;
  std::map<int, std::vector<int>> groups_;
  std::map<int, Counter> counters_;
  std::map<int, bool> opening_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> queue_;
  std::string input_;
  int epoll_ = -1;
  bool over_ = false;
};

}  // namespace
}  // namespace crowd

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: crowd RECORDING" << std::endl;
    return 2;
  }
  try {
    if (srtp_init() != srtp_err_status_ok) throw std::runtime_error("srtp_init");
    crowd::Crowd(arguments[1]).run();
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << std::endl;
    return 1;
  }
}

#include "tools/tandem/lock.hpp"

#include "tools/tandem/problem.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace tandem::local {

Lock::Lock(const Shop& shop)
    : descriptor_(::open((shop.state / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) {
        give_up("cannot open {}: {}", (shop.state / "lock").string(), std::strerror(errno));
    }
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        fmt::print(stderr, "Another ./tandem is at work on this shop; waiting for it.\n");
        ::flock(descriptor_, LOCK_EX);
    }
}

Lock::~Lock() {
    ::close(descriptor_);
}

} // namespace tandem::local

// Stands in for parallel.cpp where the thread sanitizer looks on: Debian's TBB is not instrumented, so the
// sanitizer would not see how its threads wait for each other.
#include "index_faults.h"
#include "tendik/base/parallel.h"

#include <algorithm>
#include <thread>
#include <vector>

namespace tendik {

void parallel_for(std::size_t count, std::size_t jobs, const std::function<void(std::size_t)>& work) {
    // At least two threads where many are allowed: on one core there would be no race to see.
    const std::size_t allowed = jobs != 0 ? jobs : std::max(2U, std::thread::hardware_concurrency());
    const auto threads = std::min(allowed, count);
    IndexFaults faults(count);
    {
        std::vector<std::jthread> pool;
        for (std::size_t thread = 0; thread < threads; ++thread)
            pool.emplace_back([&faults, &work, count, threads, thread] {
                const auto end = (thread + 1) * count / threads;
                for (auto index = thread * count / threads; index < end; ++index)
                    faults.run(index, work);
            });
    }
    faults.rethrow_first();
}

}  // namespace tendik

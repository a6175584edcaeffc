#include "tendik/base/parallel.h"

#include "index_faults.h"

#include <tbb/blocked_range.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

namespace tendik {

void parallel_for(std::size_t count, std::size_t jobs, const std::function<void(std::size_t)>& work) {
    IndexFaults faults(count);
    if (jobs == 1 || count < 2) {
        for (std::size_t index = 0; index < count; ++index)
            faults.run(index, work);
    } else {
        // TBB has no more threads than the machine has cores, and warns on stderr when asked for more.
        const auto cores = static_cast<std::size_t>(tbb::info::default_concurrency());
        tbb::task_arena arena(static_cast<int>(jobs == 0 ? cores : std::min(jobs, cores)));
        arena.execute([&] {
            tbb::parallel_for(
                std::size_t{0}, count, [&](std::size_t index) { faults.run(index, work); },
                tbb::simple_partitioner());
        });
    }
    faults.rethrow_first();
}

}  // namespace tendik

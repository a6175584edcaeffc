#include "tendik/base/parallel.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <exception>
#include <vector>

namespace tendik {
namespace {

void rethrow_first(const std::vector<std::exception_ptr>& faults) {
    for (const auto& fault : faults)
        if (fault) std::rethrow_exception(fault);
}

}  // namespace

void parallel_for(std::size_t count, std::size_t jobs, const std::function<void(std::size_t)>& work) {
    std::vector<std::exception_ptr> faults(count);
    const auto run_one = [&](std::size_t index) {
        try {
            work(index);
        } catch (...) {
            faults[index] = std::current_exception();
        }
    };
    if (jobs == 1 || count < 2) {
        for (std::size_t index = 0; index < count; ++index)
            run_one(index);
    } else {
        tbb::task_arena arena(jobs == 0 ? tbb::task_arena::automatic : static_cast<int>(jobs));
        arena.execute([&] { tbb::parallel_for(std::size_t{0}, count, run_one, tbb::simple_partitioner()); });
    }
    rethrow_first(faults);
}

}  // namespace tendik

#pragma once

#include <cstddef>
#include <functional>

namespace tendik {

/// Runs work(0) .. work(count - 1) on up to `jobs` threads (0: all cores). Each index is run once; results
/// must be stored by index, so that they do not depend on the order of execution. When several indices throw,
/// the exception of the smallest index is rethrown after all have ended.
void parallel_for(std::size_t count, std::size_t jobs, const std::function<void(std::size_t)>& work);

}  // namespace tendik

#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <vector>

namespace tendik {

/// What the indices of a parallel loop threw, kept by index so that the one that is rethrown does not depend
/// on which thread came first.
class IndexFaults {
public:
    explicit IndexFaults(std::size_t count) : m_faults(count) {}

    void run(std::size_t index, const std::function<void(std::size_t)>& work) {
        try {
            work(index);
        } catch (...) {
            m_faults[index] = std::current_exception();
        }
    }
    void rethrow_first() const {
        for (const auto& fault : m_faults)
            if (fault) std::rethrow_exception(fault);
    }

private:
    std::vector<std::exception_ptr> m_faults;
};

}  // namespace tendik

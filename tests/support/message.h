#pragma once

#include "tendik/base/error.h"

#include <string>

namespace tendik::test {

/// What a user would read of the InputError that `work` throws; empty when it throws none.
template <typename Work>
std::string message_of(Work&& work) {
    try {
        work();
    } catch (const InputError& error) {
        return describe(error);
    }
    return {};
}

}  // namespace tendik::test

#pragma once

#include <cstddef>
#include <string>

namespace tendik {

/// Told by long work how far it is. Implementations must allow calls from several threads.
class Progress {
public:
    virtual ~Progress() = default;
    /// A new step begins; `total` counts its parts (0: unknown).
    virtual void begin(const std::string& step, std::size_t total) = 0;
    /// `parts` more parts of the step are done.
    virtual void advance(std::size_t parts) = 0;

protected:
    Progress() = default;
    Progress(const Progress&) = default;
    Progress& operator=(const Progress&) = default;
};

/// Says nothing.
class NoProgress final : public Progress {
public:
    void begin(const std::string&, std::size_t) override {}
    void advance(std::size_t) override {}
};

}  // namespace tendik

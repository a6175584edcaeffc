#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace tendik::cli {

/// Where results (out) and everything else (err) go.
struct Streams {
    std::ostream& out;
    std::ostream& err;
    bool err_is_terminal = false;
};

/// The program as a function: `words` are the arguments without the program's name. Returns the exit code: 0
/// done, 1 could not finish, 2 command line not understood, 3 finished but findings reached --fail-on.
int run_cli(const std::vector<std::string>& words, const Streams& streams);

}  // namespace tendik::cli

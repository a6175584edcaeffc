#include "tendik/cli/run_cli.h"

#include <unistd.h>

#include <iostream>

int main(int count, char** words) {
    const std::vector<std::string> arguments(words + 1, words + count);
    return tendik::cli::run_cli(arguments, {std::cout, std::cerr, ::isatty(STDERR_FILENO) == 1});
}

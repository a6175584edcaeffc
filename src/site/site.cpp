#include "tendik/site/site.h"

#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::site {
namespace {

namespace fs = std::filesystem;

/// The page's own files: everything in styles/site that a browser loads, and the licences.
bool belongs_to_page(const fs::path& file) {
    const auto ending = file.extension();
    return ending == ".html" || ending == ".js" || ending == ".css" || file.filename() == "licences.txt";
}

void copy_own_files(const fs::path& from, const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(from))
        if (entry.is_regular_file() && belongs_to_page(entry.path())) files.push_back(entry.path());
    std::ranges::sort(files);
    for (const auto& file : files)
        write_plain_file(folder / file.filename(), read_file(file));
}

/// parts.txt: source path below the parts folder, a tab, name in the page's folder; '#' starts a comment.
void copy_parts(const fs::path& list, const fs::path& parts_dir, const fs::path& folder) {
    std::size_t line = 0;
    for (const auto& text : split(read_file(list), '\n')) {
        ++line;
        if (text.empty() || text.starts_with('#')) continue;
        const auto columns = split(text, '\t');
        if (columns.size() != 2)
            throw InputError(fmt::format("{}, line {}: expected two columns, found {}", list.string(), line,
                                         columns.size()));
        const auto source = parts_dir / columns[0];
        std::error_code ignored;
        if (!fs::exists(source, ignored))
            throw InputError(
                fmt::format("the page part '{}' is not installed in '{}'", columns[0], parts_dir.string()),
                "run tools/setup, or `npm ci` in styles/site; `tendik run --only layers,tables` needs no "
                "page");
        write_plain_file(folder / columns[1], read_file(source));
    }
}

}  // namespace

void write_site(const fs::path& folder, const SiteContent& content, const TextBook& texts,
                const fs::path& styles_dir, const fs::path& parts_dir) {
    const auto own = styles_dir / "site";
    copy_own_files(own, folder);
    copy_parts(own / "parts.txt", parts_dir, folder);
    write_plain_file(folder / "data.js", site_data(content, texts));
}

}  // namespace tendik::site

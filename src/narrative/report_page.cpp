#include "tendik/narrative/report_page.h"

#include "sections.h"
#include "sketches.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace tendik::narrative {
namespace {

std::string list_of(const std::vector<std::string>& items) {
    std::string list;
    for (const auto& item : items)
        list += element("li", html(item)) + "\n";
    return list.empty() ? "" : element("ul", "\n" + list) + "\n";
}

std::string names_of(const Words& words, const std::vector<const Indicator*>& indicators) {
    std::vector<std::string> names;
    for (const auto* indicator : indicators)
        names.push_back(words.in(indicator->name));
    return join_text(names, "; ");
}

/// "Stunting, 2015", each once.
std::string layer_names(const Telling& telling, const std::vector<std::size_t>& layers) {
    std::vector<std::string> names;
    for (const auto index : layers) {
        const auto& layer = telling.layer(index);
        auto name = telling.words.in(layer.indicator.name) +
                    (layer.year_label.empty() ? "" : ", " + layer.year_label);
        if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
    }
    return join_text(names, "; ");
}

std::string contents(const Words& words, const std::string& body) {
    std::string items;
    for (const auto* key : {"overview", "sure", "indicators", "regions", "index", "limits", "sources"}) {
        const auto anchor = fmt::format("{}-{}", words.code(), key);
        if (body.find(fmt::format("id=\"{}\"", anchor)) == std::string::npos) continue;
        const auto title = std::string_view(key) == "sources" ? words.say("page.sources")
                                                              : words.say(fmt::format("section_{}", key));
        items += element("li", element("a", fmt::format("href=\"#{}\"", anchor), html(title)));
    }
    return element("nav", fmt::format("aria-label=\"{}\"", html(words.say("contents"))),
                   element("ul", items)) +
           "\n";
}

/// The whole report in one language.
std::string language_section(const ReportContent& content, const std::vector<Story>& stories,
                             const Others& others, const Words& words) {
    const Telling telling{content, stories, others, words};
    const auto body = overview_section(telling) + sure_section(telling) + indicators_section(telling) +
                      regions_section(telling) + index_section(telling) + limits_section(telling) +
                      sources_section(telling);
    const auto head = element("h1", html(words.in(content.title))) + "\n" +
                      element("p", "class=\"subtitle\"", html(words.say("subtitle"))) + "\n";
    return element("section", fmt::format(R"(lang="{0}" class="{0}")", words.code()),
                   "\n" + head + contents(words, body) + body) +
           "\n";
}

/// One radio button a language before the sections: the style sheet shows the section of the chosen one,
/// without any script.
std::string language_choice(const TextBook& texts) {
    std::string text;
    for (const auto language : all_languages) {
        const auto code = code_of(language);
        text += fmt::format(
            "<input type=\"radio\" name=\"language\" id=\"choose-{0}\" value=\"{0}\"{1}>"
            "<label for=\"choose-{0}\" lang=\"{0}\">{2}</label>\n",
            code, language == all_languages.front() ? " checked" : "",
            html(texts.at(fmt::format("page.language_{}", code)).in(language)));
    }
    return text;
}

}  // namespace

std::string limits_section(const Telling& telling) {
    const auto& words = telling.words;
    const auto& others = telling.others;
    std::vector<std::string> items;
    const auto add = [&](std::string_view key, const std::string& names) {
        if (!names.empty()) items.push_back(words.say(key, {{"names", names}}));
    };
    add("limits_modelled", layer_names(telling, others.modelled));
    add("limits_inherited", layer_names(telling, others.carried));
    add("limits_partial", names_of(words, others.partial));
    add("limits_totals", names_of(words, others.totals));
    for (const auto& boundaries : telling.content.prepared.atlas.boundaries)
        for (const auto& note : {boundaries.note, boundaries.attribution}) {
            const auto& told = words.in(note);
            if (!told.empty() && std::ranges::find(items, told) == items.end()) items.push_back(told);
        }
    return items.empty() ? "" : section_heading(words, "limits", "section_limits") + list_of(items);
}

std::string sources_section(const Telling& telling) {
    std::set<std::string> used;
    for (const auto& story : telling.stories)
        for (const auto index : story.layers)
            used.insert(telling.layer(index).sources.begin(), telling.layer(index).sources.end());
    std::vector<std::string> items;
    for (const auto& source : telling.content.prepared.sources)
        if (used.contains(source.id))
            items.push_back(fmt::format("{}. {}, {}", source.title, source.publisher, source.year));
    return items.empty() ? "" : section_heading(telling.words, "sources", "page.sources") + list_of(items);
}

std::string report_html(const ReportContent& content, const TextBook& texts,
                        const std::filesystem::path& styles_dir) {
    const auto stories = make_stories(content.prepared, content.studies);
    const auto others = find_others(content.prepared);
    std::string body = language_choice(texts) + outline_definitions(content) + "<main>\n";
    for (const auto language : all_languages)
        body += language_section(content, stories, others, Words(texts, language));
    body += "</main>\n";
    const auto own = styles_dir / "report";
    return "<!DOCTYPE html>\n<html lang=\"" + std::string(code_of(all_languages.front())) +
           "\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
           element("title", html(content.title.in(all_languages.front()))) + "\n<style>\n" +
           read_file(own / "report.css") + "</style>\n</head>\n<body>\n" + body + "<script>\n" +
           read_file(own / "report.js") + "</script>\n</body>\n</html>\n";
}

}  // namespace tendik::narrative

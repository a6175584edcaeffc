#include "manual.h"

#include "help.h"
#include "tendik/plan/installation.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::cli {
namespace {

/// Text as roff takes it: a backslash, a hyphen that is typed, a line that would be a request.
std::string roff(const std::string& text) {
    std::string result;
    bool line_begins = true;
    for (const char letter : text) {
        if (line_begins && (letter == '.' || letter == '\'')) result += "\\&";
        line_begins = letter == '\n';
        if (letter == '\\')
            result += "\\e";
        else if (letter == '-')
            result += "\\-";
        else if (letter == '|')
            result += "|\\:";  // a line may break after it: choices are longer than a line
        else
            result += letter;
    }
    return result;
}

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 32) : letter;
    });
    return text;
}

/// "tendik regions match" is the page tendik-regions-match.
std::string page_name(std::string name) {
    std::ranges::replace(name, ' ', '-');
    return name;
}

std::string heading(const std::string& name) {
    return fmt::format(".TH {} 1 \"\" \"tendik {}\" \"tendik manual\"\n.nh\n.ad l\n",
                       upper(roff(page_name(name))), plan::program_version);
}

std::string options_section(const Options& options) {
    std::string text;
    for (const auto& group : groups_of(options)) {
        text += fmt::format(".SS {}\n", roff(group));
        for (const auto* option : options) {
            if (option->get_positional() || option->get_group() != group) continue;
            text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(left_side(*option)), roff(right_side(*option)));
        }
    }
    return text;
}

std::string arguments_section(const Options& options) {
    std::string text;
    for (const auto* option : options)
        if (option->get_positional())
            text += fmt::format(".TP\n\\fI{}\\fR\n{}\n", roff(left_side(*option)), roff(right_side(*option)));
    return text.empty() ? text : ".SH ARGUMENTS\n" + text;
}

std::string synopsis(const CLI::App& app, const Options& options) {
    auto text = fmt::format(".SH SYNOPSIS\n\\fB{}\\fR", roff(app.get_name()));
    for (const auto* option : options) {
        if (!option->get_positional()) continue;
        const auto* const many = option->get_items_expected_max() > 1 ? "..." : "";
        text += option->get_required() ? fmt::format(" \\fI{}\\fR{}", roff(option->get_type_name()), many)
                                       : fmt::format(" [\\fI{}\\fR{}]", roff(option->get_type_name()), many);
    }
    return text + " [\\fIOPTIONS\\fR]\n";
}

constexpr const char* exit_section =
    ".SH EXIT STATUS\n"
    ".TP\n0\ndone\n"
    ".TP\n1\ncould not finish: data, plan or disk\n"
    ".TP\n2\ncommand line not understood\n"
    ".TP\n3\nfinished, but findings reached the level of \\-\\-fail\\-on\n";

}  // namespace

std::string manual_of(const CLI::App& app, const std::string& example) {
    const auto options = all_options(app);
    auto text = heading(app.get_name());
    text +=
        fmt::format(".SH NAME\n{} \\- {}\n", roff(page_name(app.get_name())), roff(app.get_description()));
    text += synopsis(app, options) + arguments_section(options);
    for (const auto* inner : app.get_subcommands([](const CLI::App*) { return true; })) {
        const auto inner_options = all_options(*inner);
        text += fmt::format(".SH SUBCOMMAND\n.TP\n\\fB{}\\fR\n{}\n", roff(inner->get_name()),
                            roff(inner->get_description()));
        for (const auto* option : inner_options)
            if (option->get_positional())
                text +=
                    fmt::format(".TP\n\\fI{}\\fR\n{}\n", roff(left_side(*option)), roff(right_side(*option)));
    }
    text += ".SH OPTIONS\n" + options_section(options);
    text += fmt::format(".SH EXAMPLE\n.nf\n{}\n.fi\n", roff(example));
    return text + exit_section + ".SH SEE ALSO\n\\fBtendik\\fR(1)\n";
}

std::string manual_of_program(const std::vector<std::pair<std::string, std::string>>& commands) {
    auto text =
        heading("tendik") +
        ".SH NAME\ntendik \\- maps regional disparities\n"
        ".SH SYNOPSIS\n\\fBtendik\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n.br\n"
        "\\fBtendik help\\fR [\\fICOMMAND\\fR]\n.br\n"
        "\\fBtendik help \\-\\-man\\fR [\\fICOMMAND\\fR]\n.br\n"
        "\\fBtendik help \\-\\-completion bash\\fR\n.br\n"
        "\\fBtendik \\-\\-version\\fR\n"
        ".SH DESCRIPTION\nBoundaries and official figures go in; disparity measures, styled layers for QGIS, "
        "map tiles and a web page in Kazakh, Russian and English come out. No network is needed.\n"
        ".SH COMMANDS\n";
    std::string pages;
    for (const auto& [name, summary] : commands) {
        text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(name), roff(summary));
        pages += fmt::format(R"({}\fBtendik\-{}\fR(1))", pages.empty() ? "" : ",\n", roff(name));
    }
    text +=
        ".SH ENVIRONMENT\n.TP\n\\fBTENDIK_DATA\\fR\nfolder with built\\-in data and styles\n"
        ".TP\n\\fBSOURCE_DATE_EPOCH\\fR\nthe time that file formats ask for, in seconds since 1970\n";
    return text + exit_section + ".SH SEE ALSO\n" + pages + "\n";
}

}  // namespace tendik::cli

#include "precision_options.h"

#include "tendik/base/error.h"

namespace tendik::cli {

void declare_precision(CLI::App& app, PrecisionOptions& options, const std::string& scale_is_for) {
    auto& measuring = options.measuring;
    const auto add = [&app](const char* name, auto& target, const char* type,
                            const std::string& description) {
        return app.add_option(name, target, description)->type_name(type)->group("Sampling errors");
    };
    auto* error = add("--se", measuring.error_column, "COLUMN", "Column with the standard errors");
    auto* lower = add("--lower", measuring.lower_column, "COLUMN",
                      "Column with the lower ends of 95 % intervals, instead of --se");
    auto* upper = add("--upper", measuring.upper_column, "COLUMN", "Column with their upper ends");
    lower->needs(upper)->excludes(error);
    upper->needs(lower)->excludes(error);
    add("--n", measuring.n_column, "COLUMN",
        "Column with the unweighted cases behind each figure; of --events, who may have one");
    add("--deff", measuring.deff_column, "COLUMN",
        "Column with the design effects; with --n errors of proportions come from it");
    add("--events", measuring.events_column, "COLUMN", "Column with the number of events of a rate");
    add("--interval", options.interval, "normal|wilson|logit|fay-feuer",
        "How 95 % intervals are made; without it 1.96 of --se to either side, or none")
        ->check(CLI::IsMember({"normal", "wilson", "logit", "fay-feuer"}).description(""));
    app.add_flag("--mics-rule", measuring.mics_rule,
                 "Withhold figures of fewer than 25 cases (--n), bracket those of 25 to 49")
        ->group("Sampling errors");
    add("--cv-classes", options.cv_classes, "LOW,HIGH",
        "Coefficients of variation, per cent, that part reliable, caution, unreliable: 16.6,33.3")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->delimiter(',');
    add("--scale", measuring.scale, "NUMBER",
        "Values lie in 0 to this: 100 for per cent, 1000 for per thousand; for " + scale_is_for)
        ->check(CLI::PositiveNumber.description(""));
}

void add_idle_scale(IdleOptions& idle, const CLI::App& app, const PrecisionOptions& options) {
    idle.add(app, {"--scale"}, "it is for intervals: add --se, --lower and --upper, --n or --interval",
             [&options] {
                 const auto& measuring = options.measuring;
                 return !(measuring.error_column + measuring.lower_column + measuring.n_column +
                          measuring.events_column + options.interval)
                             .empty();
             });
}

PlannedMeasuring measuring_of(const PrecisionOptions& options, const std::string& table) {
    auto measuring = options.measuring;
    measuring.interval = interval_from_text(options.interval).value_or(IntervalKind::none);
    measuring.cv_classes = options.cv_classes;
    if (measuring.takes_columns() && table.empty())
        throw UsageError(
            "--se, --lower, --upper, --n, --deff, --events, --rank-column and --group name columns "
            "of a table, and none is given",
            "add --table FILE; no sampling errors of the built-in figures are published");
    if (const auto fault = plan::find_contradiction(measuring)) throw UsageError(fault->what, fault->advice);
    return measuring;
}

}  // namespace tendik::cli

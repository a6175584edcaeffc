#pragma once

#include "tendik/model/context.h"
#include "tendik/model/texts.h"

#include <string>

namespace tendik {

/// Words of a context layer's legend and labels; {name} and {years} are replaced.
struct ContextWords {
    Texts legend;       ///< what the layer shows: "lake or sea"
    Texts dated;        ///< "{name}: outline of about {years}"
    Texts dated_short;  ///< "(outline of about {years})"
};

namespace qgis {

/// QML for QGIS 3.22 of a layer with the columns name_en, name_ru, name_kk, kind, rank and outline_years, in
/// the colours of the page. Names in the language, in English where there is none. An outline with years is
/// paler, dashed, and says them in legend and label. Lines through lakes are not drawn. Small towns and
/// waters appear as one comes nearer.
std::string to_context_qml(const ContextLayer& layer, const ContextWords& words, Language language);

}  // namespace qgis
}  // namespace tendik

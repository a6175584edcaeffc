#pragma once

#include "tendik/model/atlas.h"
#include "tendik/model/texts.h"
#include "tendik/style/text_book.h"

#include <vector>

namespace tendik::style {

/// What must reach the reader of a modelled layer, in three languages: what it was computed from; that it
/// cannot rank the regions, with error and spread; which regions have no station inside. Nothing for a layer
/// that is not modelled. Throws InputError for a text that is not there.
std::vector<Texts> modelled_notes(const Layer& layer, const Boundaries& boundaries, const TextBook& texts);

}  // namespace tendik::style

#pragma once

#include "tendik/model/texts.h"
#include "tendik/style/text_book.h"

#include <string>

namespace tendik::style {

/// A note of the classes in three languages: the word of section "class_note" whose English text reads as the
/// note, with digits for its {slots}. The English note alone when there is no such word.
Texts class_note_texts(const std::string& note, const TextBook& texts);

}  // namespace tendik::style

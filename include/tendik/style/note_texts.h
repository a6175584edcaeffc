#pragma once

#include "tendik/model/texts.h"
#include "tendik/style/text_book.h"

#include <string>
#include <string_view>

namespace tendik::style {

/// A remark that was made in English, in three languages: the word of `section` whose English text reads as
/// the remark, with what stands in place of its {slots}. The English remark alone when there is no such word.
Texts note_texts(const std::string& note, std::string_view section, const TextBook& texts);

}  // namespace tendik::style

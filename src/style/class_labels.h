#pragma once

#include "tendik/model/classes.h"
#include "tendik/model/texts.h"
#include "tendik/model/value.h"

#include <vector>

namespace tendik::style {

/// The label of each class: "2.3 – 4.5" for the first, which holds both its ends, "> 4.5 – 6.6" for the
/// others, which leave their lower end to the class below. Breaks are written with `decimals` or as many more
/// as it takes for neighbouring breaks to differ and for every value of `column` to lie in its class as the
/// label reads; the outer ends are rounded outward. A class of one value (all values equal) is labelled with
/// the value alone.
std::vector<Texts> class_labels(const Classes& classes, const Column& column, int decimals);

}  // namespace tendik::style

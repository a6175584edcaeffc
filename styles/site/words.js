// Texts in the chosen language, and numbers in its format.
(function (tendik) {
  'use strict';

  const atlas = window.TENDIK_ATLAS || null;
  const no_break_space = '\u00a0';
  const minus = '\u2212';
  let language = 'en';

  function set_language(code) {
    language = code;
  }

  // One of {en, ru, kk}; English, then anything, where the language has no text.
  function pick(names) {
    if (!names) return '';
    return names[language] || names.en || Object.values(names).find(Boolean) || '';
  }

  // A text of styles/texts by its key, with {word} replaced by words.word.
  function say(key, words) {
    const text = pick(atlas.texts[key]) || key;
    return text.replace(/\{(\w+)\}/g, function (whole, word) {
      return words && word in words ? words[word] : whole;
    });
  }

  // What the map shows; figures of no stated year have none.
  function title(now) {
    return [pick(now.indicator.name), now.year.label].filter(Boolean).join(', ');
  }

  function has_text(key) {
    return Boolean(atlas.texts[key]);
  }

  // Rounded as it is written, half up: 4.05 becomes 4.1, though its binary form lies a little below.
  function rounded(value, decimals) {
    const shifted = Math.round(Number(value + 'e' + decimals));
    return Number.isFinite(shifted) ? Number(shifted + 'e-' + decimals) : value;
  }

  // 1234.5 -> "1,234.5" in English, "1 234,5" with a no-break space in Russian and Kazakh. Written by hand:
  // browsers differ in whether they know Kazakh. Four digits stay together, as the languages' habit is.
  function number(value, decimals) {
    const english = language === 'en';
    const parts = rounded(Math.abs(value), decimals).toFixed(decimals).split('.');
    if (english || parts[0].length > 4) {
      parts[0] = parts[0].replace(/\B(?=(\d{3})+$)/g, english ? ',' : no_break_space);
    }
    const text = parts.join(english ? '.' : ',');
    return value < 0 && /[1-9]/.test(text) ? minus + text : text;
  }

  // As number(), with a plus sign before what is above zero.
  function signed(value, decimals) {
    const text = number(value, decimals);
    return value > 0 && /[1-9]/.test(text) ? '+' + text : text;
  }

  tendik.words = { set_language, pick, say, title, has_text, number, signed, language: () => language };
}(window.tendik = window.tendik || {}));

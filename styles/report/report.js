// The report is read without this. With it, the browser's language or report.html#ru is chosen at the start, and an
// anchor of another language opens that language.
(function () {
  'use strict';

  const codes = Array.from(document.querySelectorAll('input[name=language]'), (choice) => choice.value);

  function choose(code) {
    if (!codes.includes(code)) return;
    document.getElementById('choose-' + code).checked = true;
    document.documentElement.lang = code;
    document.title = document.querySelector('section.' + code + ' h1').textContent;
  }

  function follow_address() {
    const anchor = window.location.hash.slice(1);
    const code = anchor.slice(0, 2);
    if (!codes.includes(code)) return;
    choose(code);
    const place = document.getElementById(anchor);
    if (place) place.scrollIntoView();
  }

  document.addEventListener('change', (event) => choose(event.target.value));
  window.addEventListener('hashchange', follow_address);
  const wanted = (navigator.languages || [navigator.language || '']).map((code) => code.slice(0, 2));
  choose(wanted.find((code) => codes.includes(code)) || codes[0]);
  follow_address();
})();

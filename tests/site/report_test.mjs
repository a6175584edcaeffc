// report.html in a browser, by double click: three languages with and without a script, on a phone and on A4.
//   node report_test.mjs REPORT PARTS_DIR PICTURES_DIR
// Exit codes: 0 all well, 1 not, 77 no browser here.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, missing_tools, skipped, watched_page } from './browser.mjs';

const [report, parts, pictures] = process.argv.slice(2);
if (!pictures) {
  console.error('usage: node report_test.mjs REPORT PARTS_DIR PICTURES_DIR');
  process.exit(2);
}
const missing = missing_tools(parts);
if (missing.length) {
  console.log('not here: ' + missing.join(', '));
  process.exit(process.env.CI ? 1 : skipped);
}
mkdirSync(pictures, { recursive: true });

const languages = ['kk', 'ru', 'en'];
const address = pathToFileURL(resolve(report)).href;
const faults = [];
let checks = 0;
function expect(holds, text) {
  checks += 1;
  if (!holds) faults.push(text);
}

function shown_languages(page) {
  return page.evaluate(() => Array.from(document.querySelectorAll('main > section'))
    .filter((section) => section.offsetHeight > 0).map((section) => section.lang));
}

// Words wider than their place push the page to the side; tables slide in frames of their own.
function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function check_language(browser, code, width, with_script) {
  const where = `${code} at ${width} px ${with_script ? 'with' : 'without'} script`;
  const seen = await watched_page(browser, {
    viewport: { width, height: 900 }, javaScriptEnabled: with_script, locale: 'de-DE'
  });
  const { page } = seen;
  await page.goto(address);
  await page.click(`label[for=choose-${code}]`);
  const visible = await page.locator('main > section:visible').count();
  expect(visible === 1, `${where}: ${visible} languages are shown`);
  expect(await page.locator(`main > section.${code}`).isVisible(), `${where}: not shown`);
  expect(seen.requests.every((one) => one.startsWith('file:')), `${where}: asks for ${seen.requests}`);
  expect(seen.requests.length === 1, `${where}: ${seen.requests.length} requests`);
  expect(seen.errors.length === 0, `${where}: ${seen.errors}`);
  if (with_script) {
    expect(await overflow(page) <= 0, `${where}: wider than the screen by ${await overflow(page)} px`);
    expect((await shown_languages(page)).join() === code, `${where}: shows ${await shown_languages(page)}`);
    expect(await page.evaluate(() => document.documentElement.lang) === code, `${where}: the page names another language`);
    await page.screenshot({ path: join(pictures, `${code}_${width}.png`), fullPage: width > 600 });
    if (width <= 600) await page.screenshot({ path: join(pictures, `${code}_${width}_top.png`) });
  }
  await page.context().close();
}

async function check_links(browser) {
  const { page } = await watched_page(browser, { viewport: { width: 1200, height: 900 } });
  await page.goto(address + '#ru-regions');
  expect((await shown_languages(page)).join() === 'ru', 'a link into the Russian report opens another language');
  await page.locator('section.ru .glance a').first().click();
  const top = await page.evaluate(() => document.getElementById(location.hash.slice(1)).getBoundingClientRect().top);
  expect(Math.abs(top) < 5, `a link of the table leads ${top} px beside the indicator`);
  await page.context().close();
}

async function check_keyboard(browser) {
  const { page } = await watched_page(browser, { viewport: { width: 1200, height: 900 }, locale: 'en-GB' });
  await page.goto(address);
  expect((await shown_languages(page)).join() === 'en', 'an English browser does not get the English report');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowLeft');
  expect((await shown_languages(page)).join() === 'ru', 'the arrow keys do not choose a language');
  await page.context().close();
}

async function check_print(browser, code) {
  const { page } = await watched_page(browser, { viewport: { width: 1200, height: 900 } });
  await page.goto(address + '#' + code);
  await page.pdf({ path: join(pictures, `${code}.pdf`), preferCSSPageSize: true, printBackground: true });
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 688, height: 1000 });  // 182 mm: A4 less its margins
  expect(await overflow(page) <= 0, `${code}: wider than A4 by ${await overflow(page)} px`);
  await page.screenshot({ path: join(pictures, `${code}_print.png`), fullPage: true });
  await page.context().close();
}

const browser = await launch(parts);
try {
  for (const code of languages) {
    for (const width of [1200, 390]) await check_language(browser, code, width, true);
    await check_language(browser, code, 1200, false);
    await check_print(browser, code);
  }
  await check_links(browser);
  await check_keyboard(browser);
} finally {
  await browser.close();
}
for (const fault of faults) console.log('FAIL  ' + fault);
console.log(`${checks} checks, ${faults.length} failed`);
process.exit(faults.length || !checks ? 1 : 0);

// Makes the atlas of the drawn land and tests the page on it:
//   node drawn_page_test.mjs PAGE_DIR PARTS_DIR TEXTS_DIR WORK_DIR
// Exit codes as page_test.mjs.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missing_tools, skipped } from './browser.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [page, parts, texts, work] = process.argv.slice(2);
if (!work) {
  console.error('usage: node drawn_page_test.mjs PAGE_DIR PARTS_DIR TEXTS_DIR WORK_DIR');
  process.exit(2);
}
const missing = missing_tools(parts);
if (missing.length) {
  console.log('not here: ' + missing.join(', '));
  process.exit(process.env.CI ? 1 : skipped);
}

function run(script, ...words) {
  const { status } = spawnSync(process.execPath, [join(here, script), ...words], { stdio: 'inherit' });
  if (status !== 0) process.exit(status === null ? 1 : status);
}

run('make_fixture.mjs', page, parts, texts, join(work, 'site'));
run('page_test.mjs', join(work, 'site'), parts, join(work, 'screenshots'));

// One call judges one page: language, headings, accessibility, places, faults behind it.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { LANGUAGES, measuring } from './browser.mjs';
import { focusFault, geometryFaults } from './geometry.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The budgets of a citizen's page, in bytes, compressed. */
export const BUDGET = { first: 100 * 1024, next: 20 * 1024 };

/** Everything that is wrong with the page now open, as sentences. */
export function pageFaults(visited, options = {}) {
  return measuring(visited, () => judge(visited, options));
}

async function judge(visited, { kiosk = false, skipRules = [] }) {
  const { page, language } = visited;
  const faults = [...visited.faults];
  faults.push(...(await page.evaluate(frameFaults, { language, dir: LANGUAGES[language] ?? 'ltr' })));
  faults.push(...(await page.evaluate(geometryFaults, { target: kiosk ? 64 : 44 })));
  faults.push(...(await axeFaults(page, skipRules)));
  return faults;
}

/** Fails with every fault named. Faults behind the page are forgotten afterwards. */
export async function checkPage(visited, options = {}) {
  const faults = await pageFaults(visited, options);
  visited.faults.length = 0;
  const { page, language, size, script } = visited;
  const where = `${page.url()} (${language}, ${size}${script ? '' : ', no scripts'})`;
  assert.deepEqual(faults, [], `${where}\n  - ${faults.join('\n  - ')}`);
}

/** Fails when the bytes since the last `traffic.clear()` are more than the budget allows. */
export async function checkBudget(visited, limit, what = 'the page') {
  const { compressed, wire, files } = await visited.traffic.total();
  const list = files.map((file) => `\n  - ${file.compressed} (${file.wire} on the wire) ${file.url}`).join('');
  assert.ok(compressed <= limit, `${what} took ${compressed} bytes, allowed are ${limit}; ${wire} on the wire${list}`);
  return { compressed, wire };
}

/** Walks the page by keyboard from its top; the focus must be seen at every stop. Returns the stops. */
export async function checkKeyboard(visited, { stops = 60 } = {}) {
  const { page } = visited;
  const passed = [];
  await page.evaluate(() => {
    // An error summary holds the focus; people start at the top.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    scrollTo(0, 0);
  });
  for (let nth = 0; nth < stops; nth += 1) {
    await page.keyboard.press('Tab');
    const fault = await page.evaluate(focusFault);
    assert.equal(fault, null, `${page.url()}, stop ${nth + 1}: ${fault}`);
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      return at === document.body ? null : `${at.tagName}|${at.id}|${at.getAttribute('name') ?? ''}|${at.getAttribute('href') ?? ''}|${[...document.querySelectorAll('*')].indexOf(at)}`;
    });
    if (stop === null || passed.includes(stop)) break;
    passed.push(stop);
  }
  assert.ok(passed.length > 0, `${page.url()} has nothing to reach by keyboard`);
  return passed;
}

/**
 * At twice the size nothing sticks out either (WCAG 1.4.4, 1.4.10): a wide window is zoomed, which halves it;
 * on a phone, where zooming would scroll both ways, the text alone doubles.
 */
export async function checkLargeText(visited) {
  const { page } = visited;
  const size = page.viewportSize();
  const zoomed = size.width >= 640;
  if (zoomed) await page.setViewportSize({ width: Math.floor(size.width / 2), height: size.height });
  const double = (value) => document.documentElement.style.setProperty('font-size', value);
  if (!zoomed) await page.evaluate(double, '200%');
  const faults = (await page.evaluate(geometryFaults, {})).filter((fault) => /window|words/.test(fault));
  if (zoomed) await page.setViewportSize(size);
  else await page.evaluate(double, '');
  assert.deepEqual(faults, [], `${page.url()} at 200 %\n  - ${faults.join('\n  - ')}`);
}

/** Runs inside the page. */
function frameFaults({ language, dir }) {
  const faults = [];
  const root = document.documentElement;
  if (root.getAttribute('lang') !== language) faults.push(`html lang is "${root.getAttribute('lang')}", not "${language}"`);
  if (root.getAttribute('dir') !== dir) faults.push(`html dir is "${root.getAttribute('dir')}", not "${dir}"`);
  if (!document.title.trim()) faults.push('the page has no title');
  const headings = document.querySelectorAll('h1').length;
  if (headings !== 1) faults.push(`the page has ${headings} first headings, not one`);
  if (document.querySelectorAll('main').length !== 1) faults.push('the page has no single main part');
  for (const element of document.querySelectorAll('[style]')) {
    if (element.getAttribute('style')) faults.push(`a style attribute, which the content policy drops: <${element.tagName.toLowerCase()}>`);
  }
  // A word that was not translated shows its key; a broken one shows its braces.
  const shown = document.body.innerText.match(/\{\s*\$?[\w-]+\s*\}|\?\?\?/);
  if (shown) faults.push(`an unfinished text is shown: ${shown[0]}`);
  return faults;
}

async function axeFaults(page, skipRules) {
  await page.evaluate(AXE);
  const rules = Object.fromEntries(skipRules.map((rule) => [rule, { enabled: false }]));
  const violations = await page.evaluate(
    (options) => globalThis.axe.run(document, options).then((found) => found.violations),
    { resultTypes: ['violations'], rules },
  );
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `axe ${violation.id}: ${violation.help}: ${node.html.slice(0, 160)}`),
  );
}

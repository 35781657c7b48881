// The files of assets/ keep their sizes and their promises.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const assets = new URL('../../assets/', import.meta.url);
const read = (name) => readFileSync(new URL(name, assets));
const packed = (name) => gzipSync(read(name), { level: 9 }).length;

test('stylesheets and the script keep their budgets', () => {
  assert.ok(packed('css/app.ltr.css') <= 16 * 1024);
  assert.ok(packed('css/app.rtl.css') <= 16 * 1024);
  assert.ok(packed('js/app.js') <= 10 * 1024);
  for (const name of ['hall', 'speak']) assert.ok(packed(`js/${name}.js`) <= 3 * 1024, name);
  assert.ok(read('fonts/vazirmatn-regular.woff2').length <= 25 * 1024);
  assert.ok(read('fonts/vazirmatn-bold.woff2').length <= 25 * 1024);
});

test('stylesheets name no other origin and only files that exist', () => {
  for (const sheet of ['css/app.ltr.css', 'css/app.rtl.css']) {
    for (const [, url] of read(sheet).toString().matchAll(/url\(([^)]*)\)/g)) {
      assert.match(url, /^\/assets\/[\w.-]+\.woff2$/);
      assert.ok(read(url.replace('/assets/', 'fonts/')).length > 0);
    }
  }
});

test('the script writes no markup and evaluates no text', () => {
  for (const name of ['app', 'hall', 'speak']) assert.doesNotMatch(read(`js/${name}.js`).toString(), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|beforeunload/);
});

test('icons are quiet, drawn in the colour of the text, and carry no script', () => {
  const icons = readdirSync(new URL('icons/', assets)).filter((name) => name.endsWith('.svg'));
  assert.ok(icons.length >= 24);
  for (const name of icons) {
    const svg = read(`icons/${name}`).toString();
    assert.match(svg, /^<svg [^>]*aria-hidden="true"[^>]*>.*<\/svg>\n$/s, name);
    assert.match(svg, /stroke="currentColor"/, name);
    assert.doesNotMatch(svg, /<script|style=|\son\w+=|href=|<title/, name);
    if (name !== 'mark.svg') assert.match(svg, /viewBox="0 0 24 24".*stroke-width="1\.8"/, name);
  }
});

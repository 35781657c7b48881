// What the one script adds to pages that work without it.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { go, launch, visit } from './lib/browser.mjs';
import { question, serve } from './lib/fixtures.mjs';

let browser;
let server;
let mine = '3';
before(async () => {
  server = await serve(
    {
      en: question('en'),
      desk: question('en', { main: '<div data-live="/live"></div><p id="ref">KQ7-204-19</p><button class="btn alt" data-copy="#ref" data-copied="Copied" hidden>Copy</button>' }),
    },
    { live: () => ({ counts: { mine } }) },
  );
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const open = async (path, options = {}) => {
  const visited = await visit(browser, server.base, { language: 'en', ...options });
  await go(visited, path);
  return visited;
};

test('the error summary has the focus, and its link leads into the field', async () => {
  const visited = await open('/en');
  assert.equal(await visited.page.evaluate(() => document.activeElement.className), 'err-sum');
  await visited.page.click('.err-sum a');
  assert.equal(await visited.page.evaluate(() => document.activeElement.type), 'radio');
  await visited.close();
});

test('a form pressed twice is sent once, with the button that was pressed', async () => {
  const visited = await open('/en');
  server.posts.length = 0;
  await visited.page.evaluate(() => {
    const button = document.querySelector('button[name=go]');
    button.click();
    button.click();
  });
  await visited.page.waitForURL('**/sent');
  assert.deepEqual(server.posts.length, 1);
  assert.match(server.posts[0], /go=on/);
  await visited.page.goBack();
  assert.equal(await visited.page.locator('button[name=go]').isDisabled(), false);
  await visited.close();
});

test('without scripts the form is sent all the same, and no button stands there for nothing', async () => {
  const visited = await open('/en', { script: false });
  server.posts.length = 0;
  assert.equal(await visited.page.locator('[data-print]').isVisible(), false);
  await visited.page.click('button[name=go]');
  await visited.page.waitForURL('**/sent');
  assert.equal(server.posts.length, 1);
  await visited.close();
});

test('counts on the desk stay true', async () => {
  const visited = await open('/desk');
  mine = '٧';
  await visited.page.waitForFunction(() => document.querySelector('[data-count=mine]').textContent === '٧', null, { timeout: 9000 });
  assert.deepEqual(visited.faults, []);
  await visited.close();
});

test('print and copy buttons appear, and copying says so', async () => {
  const visited = await open('/desk');
  await visited.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  assert.equal(await visited.page.locator('[data-print]').isVisible(), true);
  await visited.page.click('[data-copy]');
  await visited.page.waitForFunction(() => document.querySelector('[data-copy]').textContent === 'Copied');
  assert.equal(await visited.page.evaluate(() => navigator.clipboard.readText()), 'KQ7-204-19');
  await visited.close();
});

test('the names of chosen files are shown', async () => {
  const visited = await open('/en');
  await visited.page.setInputFiles('#papers', [
    { name: 'بڕیار.pdf', mimeType: 'application/pdf', buffer: Buffer.from('x') },
    { name: 'scan.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('y') },
  ]);
  assert.deepEqual(await visited.page.locator('.files li').allTextContents(), ['بڕیار.pdf', 'scan.jpg']);
  await visited.close();
});

test('going back to the answer of a form gets the page of the form, and nothing of it was kept', async () => {
  const link = '<p><a id="on" href="/other">on</a></p>';
  const refused = question('en', { main: link }).replace('<body>', '<body data-behind="/form">');
  const own = await serve({ form: question('en'), other: question('en'), sent: refused });
  const visited = await visit(browser, own.base, { language: 'en' });
  await go(visited, '/form');
  await visited.page.click('button[name=go]');
  await visited.page.waitForSelector('#on');
  assert.equal(new URL(visited.page.url()).pathname, '/form');
  await visited.page.click('#on');
  await visited.page.waitForURL('**/other');
  await visited.page.goBack();
  assert.equal(new URL(visited.page.url()).pathname, '/form');
  assert.equal(await visited.page.locator('button[name=go]').count(), 1);
  assert.equal(await visited.page.locator('#on').count(), 0);
  assert.equal(own.posts.length, 1);
  await visited.close();
  await own.close();
});

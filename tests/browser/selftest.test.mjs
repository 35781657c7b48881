// The checks are proven able to fail: the right page passes, and every broken one is caught for its fault.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { go, launch, shot, views, visit } from './lib/browser.mjs';
import { BUDGET, checkBudget, checkKeyboard, checkLargeText, checkPage, pageFaults } from './lib/check.mjs';
import { question, serve } from './lib/fixtures.mjs';

/** name → [the page, what must be said about it] */
const BROKEN = {
  'the sheet of the other direction': [question('ckb', { sheet: 'ltr' }), /has no mark at its right/],
  'a mark on the wrong side': [question('ckb', { css: '.bad{border-right:0;border-left:5px solid red;padding-left:1rem}' }), /has its mark at the left/],
  'a radio behind its words': [question('ckb', { css: '.opt{flex-direction:row-reverse;justify-content:flex-end}' }), /wrong side of its words/],
  'a radio far from its words': [question('ckb', { css: '.opt input{margin-left:6rem}' }), /away from its words/],
  'a radio above its words': [question('ckb', { css: '.opt{display:block}.opt input,.opt span{display:block}' }), /not on the line of its words|wrong side/],
  'a back link that points on': [question('ckb', { css: ':root{--dir:1}' }), /points the wrong way/],
  'a back link with an arrow': [question('ckb', { css: '.back::before{content:"←";border:0;transform:none}' }), /points the wrong way/],
  'text aligned to the left': [question('ckb', { css: 'p,legend{text-align:left}' }), /is aligned to the left/],
  'a heading pushed in': [question('ckb', { css: 'h1{text-indent:3rem}' }), /begins \d+px late/],
  'a date read backwards': [question('ckb', { css: '.date{flex-direction:row-reverse;justify-content:flex-end}' }), /wrong order/],
  'lines too tight for Arabic': [question('ckb', { css: 'p{line-height:1.3}' }), /too tight/],
  'a box wider than the window': [question('ckb', { css: '.help{width:90rem;max-width:none}' }), /wider than the window/],
  'a box out of reach': [question('ckb', { css: '.help{position:relative;right:-30rem}' }), /sticks out/],
  'a button too small': [question('ckb', { css: '.btn{min-height:0;padding:0;line-height:1}' }), /only \d+px high/],
  'no language': [question('ckb', { lang: '' }), /html lang is/],
  'the wrong direction': [question('ckb', { dir: 'ltr' }), /html dir is/],
  'two first headings': [question('ckb', { main: '<h1>ب</h1>' }), /2 first headings/],
  'a style attribute': [question('ckb', { main: '<p style="color:red">ب</p>' }), /style attribute/],
  'a word without translation': [question('ckb', { main: '<p>{ $count }</p>' }), /unfinished text/],
  'pale text': [question('ckb', { css: '.hint{color:#d8d2c4}' }), /axe color-contrast/],
  'a field without a name': [question('ckb', { main: '<input class="text">' }), /axe label/],
  'a script that fails': [question('ckb', { head: '<script src="/fails.js"></script>' }), /on purpose/],
  'an inline script': [question('ckb', { main: '<script>1</script>' }), /console/],
  'another origin': [question('ckb', { main: '<img alt="" src="http://127.0.0.2:9/x.png">' }), /another origin|console/],
};

let browser;
let server;
before(async () => {
  const pages = Object.fromEntries(Object.values(BROKEN).map(([page], nth) => [`broken-${nth}`, page]));
  server = await serve({
    ckb: question('ckb'),
    en: question('en'),
    covered: question('ckb', { css: '.mast{position:fixed;top:0;left:0;right:0;bottom:0;z-index:9;opacity:.9}.skip:focus{display:none}' }),
    unmarked: question('ckb', { css: '*:focus{outline:0!important;box-shadow:none!important}' }),
    heavy: question('en', { main: `<p>${Array.from({ length: 30000 }, (_, n) => ((n * 7919) % 9973).toString(36)).join(' ')}</p>` }),
    large: question('ckb', { css: '.help{width:17rem}' }),
    ...pages,
  });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const view of views({ languages: ['ckb', 'en'], sizes: ['narrow', 'phone', 'desk'] })) {
  test(`the right page passes: ${view.name}`, async () => {
    const visited = await visit(browser, server.base, view);
    await go(visited, `/${view.language}`);
    await checkPage(visited);
    if (view.size !== 'narrow') await checkLargeText(visited);
    await shot(visited, 'selftest');
    await visited.close();
  });
}

for (const [nth, [name, [, said]]] of Object.entries(BROKEN).entries()) {
  test(`${name} is caught`, async () => {
    const visited = await visit(browser, server.base, { language: 'ckb', size: 'phone' });
    await go(visited, `/broken-${nth}`);
    const faults = await pageFaults(visited);
    assert.ok(faults.some((fault) => said.test(fault)), `not caught; said instead: ${faults.join(' | ') || 'nothing'}`);
    await visited.close();
  });
}

test('the keyboard reaches everything and sees where it is', async () => {
  for (const language of ['ckb', 'en']) {
    const visited = await visit(browser, server.base, { language, size: 'phone' });
    await go(visited, `/${language}`);
    const stops = await checkKeyboard(visited);
    assert.ok(stops.length >= 10, stops.join(', '));
    await visited.close();
  }
});

test('a covered focus and an unmarked focus are caught', async () => {
  const visited = await visit(browser, server.base, { language: 'ckb', size: 'phone' });
  await go(visited, '/covered');
  await assert.rejects(checkKeyboard(visited), /covered/);
  await go(visited, '/unmarked');
  await assert.rejects(checkKeyboard(visited), /not visible/);
  await visited.close();
});

test('text at 200 % that sticks out is caught', async () => {
  const visited = await visit(browser, server.base, { language: 'ckb', size: 'phone' });
  await go(visited, '/large');
  await assert.rejects(checkLargeText(visited), /window/);
  await visited.close();
});

test('a page of the house keeps the budgets; a heavy one is caught', async () => {
  const visited = await visit(browser, server.base, { language: 'en' });
  await go(visited, '/en');
  await checkBudget(visited, BUDGET.first, 'the first view');
  visited.traffic.clear();
  await go(visited, '/en');
  const { wire } = await checkBudget(visited, BUDGET.next, 'the next view');
  assert.ok(wire > 500, `a page cannot weigh ${wire} bytes`);
  visited.traffic.clear();
  await go(visited, '/heavy');
  await assert.rejects(checkBudget(visited, BUDGET.next), /allowed are 20480/);
  await visited.close();
});

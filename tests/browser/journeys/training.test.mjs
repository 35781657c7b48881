// A demonstration for training: clerks learn on it, and nothing that is made there passes for genuine.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { go, launch, shot, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { apply } from './helpers.mjs';

const diwan = process.env.DIWAN_BINARY ?? join(import.meta.dirname, '../../../target/release/diwan');
const folder = mkdtempSync(join(tmpdir(), 'diwan-training-'));
const WORDS = {
  ckb: { banner: 'سیستەمی ڕاهێنان: هیچ شتێکی ئێرە ڕاستەقینە نییە', verdict: 'کاغەزی ڕاهێنان: کارپێکراو نییە' },
  en: { banner: 'Training system: nothing here is genuine', verdict: 'Training paper: not valid' },
};
let server;
let browser;
let card;

before(async () => {
  const options = ['demo', '--training', '--people', '300', '--listen', '127.0.0.1:0', '--data', join(folder, 'demo')];
  server = spawn(diwan, options, { stdio: 'ignore' });
  for (let tries = 0; tries < 240 && !card; tries += 1) {
    await new Promise((later) => setTimeout(later, 500));
    try {
      card = JSON.parse(readFileSync(join(folder, 'demo/demo.json'), 'utf8'));
    } catch { /* It is not filled yet. */ }
  }
  for (let tries = 0; tries < 60; tries += 1) {
    if (await fetch(`${card.base_url}/healthz`).then((answer) => answer.ok, () => false)) break;
    await new Promise((later) => setTimeout(later, 250));
  }
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server.kill();
  await new Promise((ended) => { server.once('exit', ended); });
  rmSync(folder, { recursive: true, force: true });
});

test('a paper made in training is called one, in every way in which it is checked', async () => {
  const code = card.issued.check_code;
  assert.match(card.issued.number, /^T/, 'its number says it');
  for (const [language, script] of [['ckb', false], ['ckb', true], ['en', false], ['en', true]]) {
    const v = await visit(browser, card.base_url, { language, script, size: 'phone' });
    await go(v, `/${language}/check/${code}`);
    await checkPage(v);
    await shot(v, 'verdict-training');
    assert.equal((await v.page.locator('.verdict').getAttribute('class')).trim(), 'verdict bad');
    assert.ok((await v.page.locator('.verdict').innerText()).includes(WORDS[language].verdict));
    assert.ok((await v.page.locator('aside.training').innerText()).includes(WORDS[language].banner));
    assert.ok((await v.page.locator('main').innerText()).includes(card.issued.number));
    await v.close();
  }
  const told = await fetch(`${card.base_url}/api/v1/verify/${code}`).then((answer) => answer.json());
  assert.equal(told.status, 'training');
});

test('who applies in training sees on every page that nothing is genuine', async () => {
  const someone = card.situations.find((one) => one.key === 'displaced') ?? card.situations[0];
  for (const language of ['ckb', 'en']) {
    const v = await visit(browser, card.base_url, { language, script: language === 'en', size: 'phone' });
    const seen = async () => {
      assert.ok((await v.page.locator('aside.training').innerText()).includes(WORDS[language].banner), v.page.url());
      await checkPage(v);
    };
    const number = await apply(v, someone, seen);
    await seen();
    await shot(v, 'training-case');
    assert.match(number, /^T/, 'the number of the case says it');
    await v.close();
  }
});

// A certificate by rule, from a phone, with and without scripts; and by an officer.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { demo, go, launch, shot, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { apply, send, signInOfficer, takeCase, untilSealed } from './helpers.mjs';

const card = demo();
const situation = (key) => card.situations.find((one) => one.key === key);
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

for (const [language, script, key, size] of [
  ['ckb', true, 'parent-of-minor', 'phone'],
  ['ckb', false, 'child-of-late-parent', 'phone'],
  ['en', true, 'no-latin-spelling', 'phone'],
  ['en', false, 'partly-known-birth', 'phone'],
  ['ckb', true, 'displaced', 'desk'],
  ['en', false, 'displaced', 'desk'],
]) {
  test(`by rule, ${language}, ${size}, ${script ? 'with' : 'without'} scripts`, async () => {
    const v = await visit(browser, card.base_url, { language, script, size });
    try {
      let looked = 0;
      await apply(v, situation(key), async () => {
        looked += 1;
        if (looked <= 3 || size === 'desk') await checkPage(v);
      });
      const download = await untilSealed(v, 'section.note form .btn');
      await checkPage(v);
      await shot(v, 'case');
      const [file] = await Promise.all([v.page.waitForEvent('download'), download.click()]);
      const bytes = readFileSync(await file.path());
      assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
      assert.ok(bytes.includes('/ByteRange'), 'the PDF is sealed');
      await go(v, `/${language}/my-cases`);
      await checkPage(v);
    } finally {
      await v.close();
    }
  });
}

test('an error keeps what was typed and says how to mend it', async () => {
  const v = await visit(browser, card.base_url, { language: 'ckb', size: 'phone' });
  try {
    await go(v, '/ckb/services/birth-certificate');
    await send(v.page.locator('main .actions .btn').first());
    await v.page.locator('input[value="my-child"]').check();
    await send(v.page.locator('main form .btn'));
    await v.page.fill('[name="holder-name-given"]', 'شیلان');
    await send(v.page.locator('main form .btn'));
    assert.equal(await v.page.inputValue('[name="holder-name-given"]'), 'شیلان');
    assert.ok((await v.page.locator('.err-sum a').count()) >= 1);
    await shot(v, 'error');
  } finally {
    await v.close();
  }
});

test('an officer answers the open question', async () => {
  const citizen = await visit(browser, card.base_url, { language: 'ckb', size: 'phone' });
  const wanted = situation('unverified-entry');
  const number = await apply(citizen, wanted);
  const office = wanted.holder?.entry ?? wanted.applicant.entry;
  const registrar = card.signins.find((one) => one.role === 'registrar' && one.office === office.slice(0, 2));
  const v = await visit(browser, card.base_url, { language: 'en', size: 'desk' });
  try {
    await signInOfficer(v, registrar);
    await checkPage(v);
    await takeCase(v, number);
    await checkPage(v);
    await shot(v, 'desk-case');
    await send(v.page.locator('form[action$="/decide/approve"] .btn'));
    await v.page.locator('form[action$="/decide/approve"]').waitFor({ state: 'detached' });
    await citizen.page.reload();
    assert.equal(await citizen.page.locator('section.note h2').count(), 1, 'a document is on its way');
  } finally {
    await v.close();
    await citizen.close();
  }
});

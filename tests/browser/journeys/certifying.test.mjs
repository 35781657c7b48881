// Certificates from the register's own pages, and many at once: on a phone and at a desk, with and without
// JavaScript, in English and Sorani.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { demo, go as goTo, launch, shot, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { fill, send, signInOfficer } from './helpers.mjs';

const card = demo();
const go = (v, path) => goTo(v, `/${v.language}${path}`);
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const clerk = card.signins.find((one) => one.role === 'counter-officer');
const heads = card.signins.filter((one) => one.role === 'supervisor');
const wanted = card.situations.find((one) => one.key === 'displaced') ?? card.situations[0];

async function signedIn(one, language, options = {}) {
  const v = await visit(browser, card.base_url, { language, script: false, size: 'phone', ...options });
  await signInOfficer(v, one);
  return v;
}

test('a certificate is begun from an entry, and what the register knows is there', async () => {
  for (const [language, options] of [['ckb', {}], ['en', { script: true, size: 'desk' }]]) {
    const v = await signedIn(clerk, language, options);
    await go(v, '/desk/counter');
    await v.page.fill('[name=q]', wanted.applicant.personal_number);
    await v.page.locator('input[name=why][value=here]').check();
    await send(v.page.locator('form[action$="/find"] .btn').first());
    const person = new URL(v.page.url()).pathname.split('/').pop();
    await go(v, `/desk/register/people/${person}`);
    await checkPage(v);
    await shot(v, `certify-person-${language}`);
    const entry = new URL(await v.page.locator('table a[href*="/desk/register/entries/"]').first().evaluate((a) => a.href)).pathname;
    await go(v, `${entry.replace(`/${language}`, '')}?purpose=certificate`);
    await shot(v, `certify-entry-${language}`);
    await send(v.page.locator('a[href*="/certify?"]').first());
    await checkPage(v);
    await shot(v, `certify-who-${language}`);
    await v.page.locator('[name=applicant]').first().check();
    await v.page.fill('[name=witness]', 'Azad Karim');
    await send(v.page.locator('form[action$="/certify"] .btn'));
    await shot(v, `certify-missing-${language}`);
    assert.equal(await v.page.inputValue('[name=witness]'), 'Azad Karim', 'what was typed is kept');
    await v.page.locator('[name=shown]').first().check();
    await send(v.page.locator('form[action$="/certify"] .btn'));
    await checkPage(v);
    await shot(v, `certify-form-${language}`);
    assert.notEqual(await v.page.inputValue('[name="holder-name-given"]'), '', 'the name is there');
    const left = { purpose: 'passport', use: 'home', copies: 1, delivery: 'download', phone: '0750 123 4567' };
    for (const [key, value] of Object.entries(left)) await fill(v.page, key, value);
    await send(v.page.locator('form[action$="/form"] .btn'));
    if (/\/form$/.test(v.page.url())) {
      // A second copy costs, unless the person is displaced: then that is asked.
      await fill(v.page, 'displaced', false);
      await send(v.page.locator('form[action$="/form"] .btn'));
    }
    await checkPage(v);
    await shot(v, `certify-check-${language}`);
    await v.close();
  }
});

test('many are issued at once, watched and printed', async () => {
  for (const [index, head] of heads.slice(0, 2).entries()) {
    const [language, options] = index === 0 ? ['ckb', {}] : ['en', { script: true, size: 'desk' }];
    const v = await signedIn(head, language, options);
    await go(v, '/desk/bulk?service=birth-certificate');
    await checkPage(v);
    await shot(v, `bulk-new-${language}`);
    await v.page.fill('[name=institution]', 'Mission of the camps');
    await v.page.locator('[name=fee][value=exempt]').check();
    await v.page.fill('[name=from]', '2010-01-01');
    await v.page.fill('[name=until]', '2010-03-31');
    await fill(v.page, 'purpose', 'identity');
    await fill(v.page, 'use', 'home');
    await fill(v.page, 'delivery', 'collect');
    await send(v.page.locator('form[action$="/desk/bulk"] .btn').last());
    await shot(v, `bulk-missing-${language}`);
    assert.equal(await v.page.inputValue('[name=institution]'), 'Mission of the camps', 'what was typed is kept');
    await v.page.fill('[name=basis]', 'Order 12/2026');
    await send(v.page.locator('form[action$="/desk/bulk"] .btn').last());
    await checkPage(v);
    await shot(v, `bulk-foreseen-${language}`);
    const start = v.page.locator('form[action$="/do/start"] .btn');
    if (!(await start.count())) {
      // An office that keeps no births has nothing to issue, and its page says so.
      await v.close();
      continue;
    }
    await send(start);
    await shot(v, `bulk-running-${language}`);
    const print = v.page.locator('form[action*="/print/"] .btn');
    for (let tries = 0; tries < 120 && !(await print.count()); tries += 1) {
      await v.page.waitForTimeout(1000);
      await v.page.reload();
    }
    await checkPage(v);
    await shot(v, `bulk-done-${language}`);
    const coming = v.page.waitForEvent('download');
    await print.first().click();
    const file = await coming;
    assert.match(file.suggestedFilename(), /-1\.pdf$/);
    if (process.env.DIWAN_SHOTS) await file.saveAs(`${process.env.DIWAN_SHOTS}/bulk-${language}.pdf`);
    await v.close();
  }
});

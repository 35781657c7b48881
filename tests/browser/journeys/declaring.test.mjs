// A family declares a birth on a phone, with and without scripts; it is given back
// and mended; two officers register it, and the certificate is there.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { demo, go, launch, shot, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { apply, fill, send, signInOfficer, untilSealed } from './helpers.mjs';

const card = demo();
const officer = (login) => card.signins.find((one) => one.login === login);
const person = (key) => card.situations.find((one) => one.key === key).applicant;
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const CHILD = {
  'child-sex': 'female', 'born-on': yesterday, 'place-kind': 'hospital', facility: 'نەخۆشخانەی ڕزگاری',
  'birth-place': { governorate: 'هەولێر' }, plurality: 'single', 'parents-married': true,
  'father-name': { given: 'سەردار', father: 'ئاسۆ' }, delivery: 'download', phone: '0750 123 4567',
};

async function unfold(page) {
  const folded = page.locator('details.fold:not([open]) > summary');
  while (await folded.count()) await folded.first().click();
}

/** Opens the declaration of a case from a list of the register's desk. */
async function opened(v, number, state) {
  await go(v, `/${v.language}/desk/register?state=${state}`);
  await checkPage(v);
  await send(v.page.locator('table a', { hasText: number }));
}

for (const [script, key, answers] of [
  [true, 'parent-of-minor', { ...CHILD, who: 'mother', 'child-name': { given: 'ڕێژین' } }],
  [false, 'no-latin-spelling', {
    ...CHILD, who: 'relative', 'child-name': { given: 'هیوا' }, 'child-sex': 'male',
    'mother-name': { given: 'گەلاوێژ', father: 'حەمە' }, 'father-name': { given: 'بەختیار', father: 'ڕەشید' },
  }],
]) {
  test(`a birth is declared as a case, ckb, phone, ${script ? 'with' : 'without'} scripts`, async () => {
    const options = { language: 'ckb', script, size: 'phone' };
    const family = await visit(browser, card.base_url, options);
    await apply(family, { service: 'declare-birth', applicant: person(key), answers }, async () => checkPage(family));
    await checkPage(family);
    await shot(family, `declared-case-${script}`);
    const number = await family.page.locator('section.note .num').first().innerText();
    assert.match(number, /^HDV/, 'a notice stands at the health office');

    // One officer sees the case and its state, completes it from the papers, and finds a slip.
    const clerk = await visit(browser, card.base_url, options);
    await signInOfficer(clerk, officer('counter-hd'));
    await opened(clerk, number, 'notified');
    await checkPage(clerk);
    await shot(clerk, `declared-notice-${script}`);
    const declaration = new URL(clerk.page.url()).pathname;
    await send(clerk.page.locator('main a[href$="/edit"]'));
    await unfold(clerk.page);
    assert.equal(await clerk.page.inputValue('[name="child.given"]'), answers['child-name'].given, 'nothing is typed twice');
    await clerk.page.fill('[name="weight-grams"]', '3250');
    await clerk.page.locator('input[name=act][value=declare]').check();
    await send(clerk.page.locator('main form button.btn').last());
    await checkPage(clerk);
    const registrar = await visit(browser, card.base_url, options);
    await signInOfficer(registrar, officer('registrar-hd-1'));
    await go(registrar, declaration);
    await registrar.page.fill('#reason-return', 'ناوی منداڵەکە لە بڕوانامەکەدا بە شێوەیەکی ترە');
    await send(registrar.page.locator('form[action$="/return"] button'));
    await checkPage(registrar);

    // The family reads why, changes the name and answers.
    await family.page.reload();
    await checkPage(family);
    await shot(family, `declared-returned-${script}`);
    await send(family.page.locator('a[href$="/questions/child-name"]'));
    await checkPage(family);
    await fill(family.page, 'child-name', { given: 'لاڤین' });
    await send(family.page.locator('main form .btn').last());
    assert.match(family.page.url(), /\/cases\/[0-9a-f-]+$/, 'back at the case');
    await family.page.fill('[name=answer]', 'ناوەکە لاڤینە');
    await send(family.page.locator('form[action*="/requests/"] .btn'));
    await checkPage(family);

    // It is declared again, checked and registered by two.
    await opened(clerk, number, 'notified');
    await shot(clerk, `declared-answered-${script}`);
    await send(clerk.page.locator('main a[href$="/edit"]'));
    await unfold(clerk.page);
    assert.equal(await clerk.page.inputValue('[name="child.given"]'), 'لاڤین');
    assert.equal(await clerk.page.inputValue('[name="weight-grams"]'), '3250', 'what the officer added stays');
    await clerk.page.locator('input[name=act][value=declare]').check();
    await send(clerk.page.locator('main form button.btn').last());
    await go(registrar, declaration);
    await send(registrar.page.locator('form[action$="/register"] button'));
    await checkPage(registrar);
    await shot(registrar, `declared-registered-${script}`);
    assert.match(await registrar.page.locator('main').innerText(), /HDB/);
    await send(registrar.page.locator('table a[href*="/desk/cases/"]').first());
    await checkPage(registrar);
    await shot(registrar, `declared-desk-case-${script}`);

    await family.page.reload();
    const download = await untilSealed(family, 'section.note form .btn');
    await checkPage(family);
    await shot(family, `declared-certificate-${script}`);
    await Promise.all([family.page.waitForEvent('download'), download.click()]);
    for (const v of [family, clerk, registrar]) await v.close();
  });
}

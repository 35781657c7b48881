// After sending: track by reference, one thing more, refusal and appeal, taking back, a lost number, the check page.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { demo, go, launch, shot, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { apply, codeTo, send, signInOfficer, takeCase, untilSealed } from './helpers.mjs';

const card = demo();
const situation = (key) => card.situations.find((one) => one.key === key);
const wanted = situation('unverified-entry');
const officeOf = (one) => (one.holder?.entry ?? one.applicant.entry).slice(0, 2);
const registrarsOf = (one) => card.signins.filter((other) => other.role === 'registrar' && other.office === officeOf(one));
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

/** Another phone for each journey: one phone gets only so many codes in an hour. */
let phones = 0;
const withPhone = (phone, of = wanted) => ({ ...of, answers: { ...of.answers, phone } });
const nextPhone = () => `0770 55${String((phones += 1)).padStart(2, '0')} ${String(Date.now() % 1000).padStart(3, '0')}`;

test('one thing more, refusal and appeal, in Sorani without scripts', async () => {
  const citizen = await visit(browser, card.base_url, { language: 'ckb', script: false, size: 'phone' });
  const v = await visit(browser, card.base_url, { language: 'en', script: false, size: 'desk' });
  try {
    // Whoever had a copy before pays for the next: each journey has its own applicant.
    const closed = situation('protected-entry');
    const number = await apply(citizen, withPhone(nextPhone(), closed));
    await checkPage(citizen);
    await signInOfficer(v, registrarsOf(closed)[0]);
    await takeCase(v, number);
    const ask = v.page.locator('form[action$="/decide/ask"]');
    await ask.locator('textarea').fill('Send a photo of the family book.');
    await send(ask.locator('.btn'));
    await citizen.page.reload();
    await checkPage(citizen);
    await shot(citizen, 'one-thing-more');
    const answer = citizen.page.locator('form[action*="/requests/"]');
    await send(answer.locator('.btn').last());
    assert.equal(await citizen.page.locator('.err-sum').count(), 1, 'an empty answer is not taken');
    await citizen.page.locator('[name=answer]').fill('دەفتەری خێزان لای باوکمە.');
    await send(citizen.page.locator('form[action*="/requests/"] .btn').last());
    assert.equal(await citizen.page.locator('form[action*="/requests/"]').count(), 0, 'the answer arrived');

    await takeCase(v, number);
    const refuse = v.page.locator('form[action$="/decide/refuse"]');
    await send(refuse.locator('.btn'));
    assert.equal(await v.page.locator('.err-sum').count(), 1, 'a refusal needs its reason');
    await v.page.locator('form[action$="/decide/refuse"] input[type=radio]').first().check();
    await v.page.locator('form[action$="/decide/refuse"] textarea').fill('The book names another day of birth.');
    await send(v.page.locator('form[action$="/decide/refuse"] .btn'));
    await citizen.page.reload();
    await checkPage(citizen);
    await shot(citizen, 'refused');
    assert.equal(await citizen.page.locator('.panel.bad').count(), 1);
    assert.ok((await citizen.page.locator('section.note dd').count()) >= 5, 'reason, words, law, remedy, last day');
    await citizen.page.locator('form[action$="/appeal"] textarea').fill('ڕۆژەکە لە دەفتەرەکەدا هەڵەیە.');
    await send(citizen.page.locator('form[action$="/appeal"] .btn'));
    await checkPage(citizen);
    await v.page.goto(`/en/desk/all?q=${number}`);
    await send(v.page.locator('table a', { hasText: number }).first());
    assert.equal(await v.page.locator('form[action$="/decide/approve"]').count(), 0, 'the first officer is shut out');

    const other = await visit(browser, card.base_url, { language: 'ckb', script: false, size: 'desk' });
    await signInOfficer(other, card.signins.find((one) => one.role === 'supervisor' && one.office === officeOf(closed)));
    await takeCase(other, number);
    await send(other.page.locator('form[action$="/decide/approve"] .btn'));
    await other.close();
    const download = await untilSealed(citizen, 'section.note form .btn');
    assert.equal(await download.count(), 1);
  } finally {
    await v.close();
    await citizen.close();
  }
});

test('taking an application back asks once more', async () => {
  const v = await visit(browser, card.base_url, { language: 'en', size: 'phone' });
  try {
    await apply(v, withPhone(nextPhone()));
    await send(v.page.locator('form[action$="/withdraw"] .btn'));
    await checkPage(v);
    assert.equal(await v.page.locator('.err-sum').count(), 1, 'the box was not ticked');
    await v.page.locator('form[action$="/withdraw"] input[type=checkbox]').check();
    await send(v.page.locator('form[action$="/withdraw"] .btn'));
    await checkPage(v);
    assert.equal(await v.page.locator('form[action$="/withdraw"]').count(), 0);
  } finally {
    await v.close();
  }
});

for (const script of [true, false]) {
  test(`tracking by reference, ${script ? 'with' : 'without'} scripts`, async () => {
    const phone = nextPhone();
    const first = await visit(browser, card.base_url, { language: 'ckb', size: 'phone' });
    const number = await apply(first, withPhone(phone));
    await first.close();
    const v = await visit(browser, card.base_url, { language: 'ckb', script, size: 'phone' });
    try {
      await go(v, `/ckb/track?number=${number}`);
      assert.equal(await v.page.inputValue('[name=number]'), number);
      await v.page.fill('[name=number]', 'nonsense');
      await v.page.fill('[name=address]', phone);
      await send(v.page.locator('main form .btn'));
      await checkPage(v);
      assert.equal(await v.page.inputValue('[name=address]'), phone, 'what was typed is kept');
      await v.page.fill('[name=number]', number.toLowerCase());
      await send(v.page.locator('main form .btn'));
      await checkPage(v);
      await v.page.fill('[name=code]', '000000');
      await send(v.page.locator('main form .btn'));
      assert.equal(await v.page.locator('.err-sum').count(), 1);
      await v.page.fill('[name=code]', await codeTo(card, phone));
      await send(v.page.locator('main form .btn'));
      await checkPage(v);
      assert.equal(await v.page.locator('.panel .num').innerText(), number);
    } finally {
      await v.close();
    }
  });
}

test('a lost number, by someone whom the wallet knows', async () => {
  const [old, fresh] = [nextPhone(), nextPhone()];
  const v = await visit(browser, card.base_url, { language: 'ckb', script: false, size: 'phone' });
  const finder = await visit(browser, card.base_url, { language: 'en', size: 'phone' });
  try {
    await go(v, '/ckb/contact');
    await checkPage(v);
    const number = await apply(v, withPhone(old));
    await finder.page.goto(`/en/track?number=${number}`);
    await finder.page.fill('[name=address]', old);
    await send(finder.page.locator('main form .btn'));
    await finder.page.fill('[name=code]', await codeTo(card, old));
    await send(finder.page.locator('main form .btn'));
    assert.equal(await finder.page.locator('.panel .num').innerText(), number);

    await go(v, '/ckb/contact');
    await checkPage(v);
    await shot(v, 'contact');
    await v.page.fill('[name=address]', fresh);
    await send(v.page.locator('main form .btn'));
    await checkPage(v);
    await v.page.fill('[name=code]', await codeTo(card, fresh));
    await send(v.page.locator('main form .btn'));
    await checkPage(v);
    const answer = await finder.page.reload();
    assert.equal(answer.status(), 404, 'whoever held the old number is out');
    await go(v, '/ckb/my-cases');
    assert.ok((await v.page.locator('table a', { hasText: number }).count()) >= 1, 'the owner stays');
  } finally {
    await v.close();
    await finder.close();
  }
});

test('the check page tells genuine, replaced, revoked and unknown apart', async () => {
  const citizen = await visit(browser, card.base_url, { language: 'en', size: 'phone' });
  const v = await visit(browser, card.base_url, { language: 'en', size: 'desk' });
  const reader = await visit(browser, card.base_url, { language: 'ckb', script: false, size: 'phone' });
  const verdict = async (code, state) => {
    for (const language of ['ckb', 'en']) {
      reader.language = language;
      await go(reader, `/${language}/check/${code}`);
      await checkPage(reader);
      await shot(reader, `verdict-${state}`);
      const looks = await reader.page.locator('.verdict').getAttribute('class');
      assert.equal(looks.trim(), { genuine: 'verdict', unknown: 'verdict unknown' }[state] ?? 'verdict bad', state);
    }
  };
  try {
    // Displaced people pay for no copy, however many they had.
    const own = situation('displaced');
    const number = await apply(citizen, withPhone(nextPhone(), own));
    await signInOfficer(v, registrarsOf(own).at(-1));
    await v.page.goto(`/en/desk/all?q=${number}`);
    await send(v.page.locator('table a', { hasText: number }).first());
    const page = v.page.url();
    await untilSealed(citizen, 'section.note form .btn');
    const code = (index) => citizen.page.locator('a[href^="/v/"]:not([href*="proof"])').nth(index).getAttribute('href')
      .then((href) => href.split('/')[2].split('?')[0]);
    const first = await code(0);
    await verdict(first, 'genuine');
    const end = async (how) => {
      await v.page.goto(page);
      const form = v.page.locator('form[action$="/end"]').first();
      await form.locator(`input[value=${how}]`).check();
      await form.locator('input[name=reason]').fill('A letter was wrong');
      await send(form.locator('.btn'));
    };
    await end('replace');
    await verdict(first, 'replaced');
    await citizen.page.reload();
    await untilSealed(citizen, 'section.note form .btn');
    const codes = await Promise.all([0, 1].map(code));
    const second = codes.find((one) => one !== first);
    await verdict(second, 'genuine');
    await end('revoke');
    await verdict(second, 'revoked');
    await verdict('00000-00000-00000-00000-00000-0', 'unknown');
  } finally {
    await citizen.close();
    await v.close();
    await reader.close();
  }
});

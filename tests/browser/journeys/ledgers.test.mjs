// A scanned page keyed in by two officers who do not know of one another, decided by a
// third and brought in: on a phone, without JavaScript, in English and Sorani.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { demo, go as goTo, launch, shot, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { send, signInOfficer } from './helpers.mjs';

const card = demo();
const go = (v, path) => goTo(v, `/${v.language}${path}`);
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const clerk = card.signins.find((one) => one.role === 'counter-officer' && one.office);
const keys = ['counter-officer', 'registrar', 'supervisor'];
const hands = card.signins.filter((one) => one.office === clerk.office && keys.includes(one.role));
const head = card.signins.find((one) => one.role === 'administrator');

async function signedIn(one, language, options = {}) {
  const v = await visit(browser, card.base_url, { language, script: false, size: 'phone', ...options });
  await signInOfficer(v, one);
  return v;
}

/** Opens the demonstration's ledger and takes its next page; tells where it is. */
async function next(v, ledger) {
  await go(v, ledger);
  await send(v.page.locator('form[action$="/next"] .btn'));
  return new URL(v.page.url()).pathname.replace(/^\/[a-zA-Z-]+/, '');
}

const ROW = { number: '١٠١', 'child.given': 'شیلان', 'happened-on': '١٤/٣/١٩٥٧', 'father.given': 'ئازاد', 'mother.given': 'هێرۆ' };

async function key(v, values) {
  for (const [name, value] of Object.entries(values)) await v.page.fill(`[name="${name}"]`, value);
  await v.page.selectOption('[name="child.sex"]', 'female');
}

test('a page is keyed twice, decided and brought in', async () => {
  assert.ok(hands.length >= 3, 'three officers of one office');
  const admin = await signedIn(head, 'en');
  await go(admin, '/desk/ledgers');
  await checkPage(admin);
  await shot(admin, 'ledgers');
  await send(admin.page.locator('table a[href*="/desk/ledgers/"]').last());
  const ledger = new URL(admin.page.url()).pathname.replace('/en', '');
  const shares = admin.page.locator('form[action$="/set"]');
  await shares.locator('[name="sample-percent"]').fill('100');
  await send(shares.locator('.btn'));
  await checkPage(admin);
  await shot(admin, 'ledger-overseen');

  const first = await signedIn(hands[0], 'ckb');
  const page = await next(first, ledger);
  await checkPage(first);
  await shot(first, 'ledger-page');
  assert.ok(await first.page.locator('.scan-box img').evaluate((image) => image.naturalWidth > 0), 'the image is there');
  const narrow = await first.page.locator('.scan-box img').evaluate((image) => image.clientWidth);
  await first.page.check('#larger');
  assert.ok(await first.page.locator('.scan-box img').evaluate((image) => image.clientWidth) > 2 * narrow, 'it is enlarged');
  await key(first, { ...ROW, 'happened-on': '30/2/1957' });
  await send(first.page.locator('form[action$="/rows"] .btn').first());
  await checkPage(first);
  await shot(first, 'ledger-row-wrong');
  assert.equal(await first.page.inputValue('[name="child.given"]'), ROW['child.given'], 'what was typed is kept');
  await key(first, ROW);
  await send(first.page.locator('form[action$="/rows"] .btn').first());
  await shot(first, 'ledger-row-kept');
  assert.equal(await first.page.locator('table a[href*="row=1"]').count(), 1);
  await send(first.page.locator('button[value=done]'));
  await checkPage(first);

  const second = await signedIn(hands[1], 'en');
  let taken = await next(second, ledger);
  for (let tries = 0; taken !== page && tries < 60; tries += 1) {
    await send(second.page.locator('form[action$="/give-back"] .btn'));
    taken = await next(second, ledger);
  }
  assert.equal(taken, page);
  assert.equal(await second.page.locator('table').count(), 0, 'nothing tells that somebody keyed it');
  await key(second, { ...ROW, 'child.given': 'شیرین' });
  await send(second.page.locator('button[value=done]'));

  const third = await signedIn(hands[2], 'ckb');
  await go(third, ledger);
  await checkPage(third);
  await shot(third, 'ledger-of-a-clerk');
  await send(third.page.locator('a[href$="/differences"]').first());
  await checkPage(third);
  await shot(third, 'ledger-differences');
  await third.page.locator('[name="1/child.given"][value=first]').check();
  await send(third.page.locator('form[action$="/differences"] .btn'));

  await go(admin, ledger);
  await checkPage(admin);
  await shot(admin, 'ledger-compared');
  await send(admin.page.locator('form[action$="/bring-in"] .btn'));
  assert.match(await admin.page.locator('p.note').first().innerText(), /Entries added: \D*1/);
  for (const v of [admin, first, second, third]) await v.close();
});

test('on a desk the image stays beside the form', async () => {
  const v = await signedIn(hands[0], 'ckb', { size: 'desk', script: true });
  await go(v, '/desk/ledgers');
  await send(v.page.locator('table a[href*="/desk/ledgers/"]').last());
  await next(v, new URL(v.page.url()).pathname.replace('/ckb', ''));
  await checkPage(v);
  await shot(v, 'ledger-page-desk');
  await v.page.evaluate(() => window.scrollTo(0, document.body.scrollHeight / 2));
  const box = await v.page.locator('.scan-box').boundingBox();
  assert.ok(box.y > -5 && box.y < 200, `the image is in view at ${box.y}`);
  await send(v.page.locator('form[action$="/give-back"] .btn'));
  await v.close();
});

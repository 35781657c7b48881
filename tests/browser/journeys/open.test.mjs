// Other systems are told what happens, and other registers are asked.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { demo, go, launch, shot, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { send, signInByWallet, signInOfficer, takeCase } from './helpers.mjs';

const card = demo();
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

/** The page on a phone in Sorani and in English. */
async function onPhones(v, name) {
  const path = new URL(v.page.url()).pathname.replace(/^\/[a-z-]+/i, '');
  await v.page.setViewportSize({ width: 360, height: 740 });
  for (const language of ['ckb', 'en']) {
    [v.language, v.size] = [language, 'phone'];
    await go(v, `/${language}${path}`);
    await checkPage(v);
    await shot(v, name);
  }
}

test('an administrator subscribes a system, tries it, pauses it and sends again', async () => {
  const v = await visit(browser, card.base_url, { language: 'en', script: false, size: 'desk' });
  try {
    await signInOfficer(v, card.signins.find((one) => one.role === 'administrator'));
    await v.page.goto('/en/desk/subscriptions');
    await onPhones(v, 'subscriptions');
    const add = v.page.locator('form[action$="/desk/subscriptions"]');
    await add.locator('[name=name]').fill('Passports');
    await add.locator('[name=url]').fill('ftp://passports.example/');
    await send(add.locator('.btn'));
    assert.match(await v.page.locator('.err-sum').innerText(), /https/, 'it says how to mend the address');
    assert.equal(await add.locator('[name=name]').inputValue(), 'Passports', 'what was typed is kept');
    await checkPage(v);
    await shot(v, 'subscriptions-refused');
    // The demonstration's own receiver listens beside its gateways.
    await v.page.goto('/en/desk/subscriptions');
    const known = await v.page.locator('table a').first().getAttribute('href');
    const url = (await v.page.locator('table bdi').first().innerText()).trim();
    await add.locator('[name=name]').fill('Passports');
    await add.locator('[name=url]').fill(url);
    await add.locator('input[value="document.issued"]').check();
    await send(add.locator('.btn'));
    assert.match(await v.page.locator('main').innerText(), /whsec_/, 'the secret is shown once');
    await shot(v, 'subscription-secret');

    await v.page.goto(known);
    await send(v.page.locator('form[action$="/try"] button'));
    for (let tries = 0; tries < 40; tries += 1) {
      await v.page.reload();
      if (/Delivered/.test(await v.page.locator('table').innerText())) break;
      await v.page.waitForTimeout(250);
    }
    assert.match(await v.page.locator('table').innerText(), /Subscription tried \(.?subscription\.tried/, 'in words beside its name');
    assert.ok(!/whsec_/.test(await v.page.locator('main').innerText()), 'and not again');
    // What others were told of before may stand there as delivered already.
    const isTried = (one) => one.event.type === 'subscription.tried' && one.signatures === 1;
    let heard = [];
    for (let tries = 0; tries < 40 && !heard.some(isTried); tries += 1) {
      heard = await fetch(`${card.base_url}/demo/receiver.json`).then((answer) => answer.json());
      await v.page.waitForTimeout(250);
    }
    assert.ok(heard.some(isTried), JSON.stringify(heard.map((one) => [one.event.type, one.signatures])));
    await onPhones(v, 'subscription');
    await v.page.fill('[name=since]', '2026-01-01T00:00');
    await send(v.page.locator('form:has([name=since]) .btn'));
    await send(v.page.locator('form[action$="/pause"] button'));
    assert.match(await v.page.locator('main').innerText(), /Paused/);
    await onPhones(v, 'subscription-paused');
    await send(v.page.locator('form[action$="/resume"] button'));
  } finally {
    await v.close();
  }
});

test('a licence that the traffic register does not confirm comes to an officer', async () => {
  const citizen = await visit(browser, card.base_url, { language: 'ckb', script: false, size: 'phone' });
  const officer = await visit(browser, card.base_url, { language: 'en', script: false, size: 'desk' });
  try {
    await signInByWallet(citizen, card.wallet_users[0].personal_number);
    for (const [licence, settled] of [['EB-204417', true], ['EB-100200', false]]) {
      await citizen.page.goto('/ckb/services/delivery-driver');
      await checkPage(citizen);
      await send(citizen.page.locator('main .actions .btn').first());
      await citizen.page.fill('[name=licence-number]', licence);
      await send(citizen.page.locator('main form .btn').last());
      await citizen.page.fill('[name=phone]', '0750 123 4567');
      await send(citizen.page.locator('main form .btn').last());
      await send(citizen.page.locator('main form .btn'));
      await citizen.page.waitForURL(/\/cases\/[0-9a-f-]+$/);
      await citizen.page.waitForTimeout(4000);
      await citizen.page.reload();
      await checkPage(citizen);
      await shot(citizen, settled ? 'licence-confirmed' : 'licence-not-confirmed');
      if (settled) continue;
      const number = await citizen.page.locator('.num').first().innerText();
      for (const registrar of card.signins.filter((one) => one.role === 'registrar')) {
        await signInOfficer(officer, registrar);
        await officer.page.goto(`/en/desk/all?q=${number}`);
        if (!(await officer.page.locator('table a', { hasText: number }).count())) continue;
        await takeCase(officer, number);
        assert.match(await officer.page.locator('main').innerText(), /does not confirm/);
        await onPhones(officer, 'case-with-a-lookup');
        return;
      }
      throw new Error(`no registrar has ${number}`);
    }
  } finally {
    await citizen.close();
    await officer.close();
  }
});

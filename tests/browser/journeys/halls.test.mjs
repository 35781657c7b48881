// A visit to a centre: a ticket by phone at the door, the display, the counter that calls,
// the rating; a ticket at the reception; the manager. On a phone in Sorani without a
// script, on desks in English with one.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { demo, go as goTo, launch, shot, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { send, signInByWallet, signInOfficer } from './helpers.mjs';

const card = demo();
const go = (v, path) => goTo(v, `/${v.language}${path}`);
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const of = (role) => card.signins.filter((one) => one.centre === 'EB3' && one.role === role);
const [clerk, other] = of('counter-officer');
const [manager] = of('centre-manager');

async function signedIn(one, language, options = {}) {
  const v = await visit(browser, card.base_url, { language, script: true, size: 'desk', ...options });
  await signInOfficer(v, one);
  return v;
}

/** Sits down at the first free counter, unless the officer sits already. */
async function sitting(one, language, options) {
  const v = await signedIn(one, language, options);
  await go(v, '/desk/queue');
  const sit = v.page.locator('form[action$="/do/sit"]');
  if (await sit.count()) {
    // Some counters are for those with a need; the last is for everyone.
    await sit.locator('input[type=radio]').last().check();
    await send(sit.locator('.btn'));
  }
  return v;
}

/** The digits that the display shows. */
async function digits(display) {
  await go(display, '/halls/EB3/main');
  return (await display.page.locator('[data-door]').innerText()).replace(/\D/g, '');
}

async function byPhone(v, door, need) {
  await go(v, '/centres/EB3/ticket');
  await v.page.fill('[name=door]', door);
  await v.page.locator('[name=line][value=A]').check();
  if (need) await v.page.locator(`[name=needs][value=${need}]`).check();
  await send(v.page.locator('main form .btn').last());
  return (await v.page.locator('.panel.pass b').innerText()).trim();
}

test('from the door to the counter and out again', async () => {
  const display = await visit(browser, card.base_url, { language: 'ckb', script: true, size: 'desk' });
  const door = await digits(display);
  assert.match(door, /^\d{6}$/);
  await checkPage(display);
  await shot(display, 'hall-empty');

  const walker = await visit(browser, card.base_url, { language: 'ckb', script: false, size: 'phone' });
  await go(walker, '/centres');
  await checkPage(walker);
  await shot(walker, 'centres');
  await go(walker, '/centres/EB3');
  await checkPage(walker);
  await shot(walker, 'centre');
  await go(walker, '/centres/EB3/ticket');
  await checkPage(walker);
  await shot(walker, 'ticket-form');
  await send(walker.page.locator('main form .btn').last());
  await checkPage(walker);
  await shot(walker, 'ticket-form-wrong');
  const number = await byPhone(walker, door);
  assert.match(number, /^A\d{3}$/);
  await checkPage(walker);
  await shot(walker, 'ticket-waiting');
  const address = walker.page.url();

  const desk = await sitting(clerk, 'en');
  await checkPage(desk);
  await shot(desk, 'queue-waiting');
  // The keyboard begins at the likeliest button.
  await desk.page.locator('.btn.next:focus').waitFor();
  await desk.page.keyboard.press('Enter');
  await desk.page.locator('.at-hand').waitFor();
  await checkPage(desk);
  await shot(desk, 'queue-called');
  assert.match(await desk.page.locator('.at-hand b').innerText(), new RegExp(number));
  await display.page.locator(`[data-called] >> text=${number}`).waitFor({ timeout: 5000 });
  await shot(display, 'hall-called');
  await goTo(walker, new URL(address).pathname);
  await shot(walker, 'ticket-called');
  await checkPage(walker);
  await send(desk.page.locator('form[action$="/do/begin"] .btn'));
  await checkPage(desk);
  await shot(desk, 'queue-serving');
  await send(desk.page.locator('form[action$="/do/finish"] .btn'));
  await goTo(walker, new URL(address).pathname);
  await checkPage(walker);
  await shot(walker, 'ticket-done');
  await send(walker.page.locator('button[value="5"]'));
  await checkPage(walker);
  await shot(walker, 'ticket-rated');
  await go(walker, `/centres/EB3/days/${new Date(Date.now() + 3 * 3600e3).toISOString().slice(0, 10)}`);
  await checkPage(walker);
  await shot(walker, 'queue-day');
  for (const v of [display, walker, desk]) await v.close();
});

test('a phone with a script follows its ticket by itself', async () => {
  const display = await visit(browser, card.base_url, { language: 'en', script: true, size: 'desk' });
  const door = await digits(display);
  const walker = await visit(browser, card.base_url, { language: 'en', script: true, size: 'phone' });
  const number = await byPhone(walker, door);
  const desk = await sitting(other, 'ckb', { script: false, size: 'phone' });
  await checkPage(desk);
  await shot(desk, 'queue-phone');
  await send(desk.page.locator('.btn.next'));
  await checkPage(desk);
  await shot(desk, 'queue-phone-called');
  await walker.page.locator('.panel .big', { hasText: 'Go to counter' }).waitFor({ timeout: 5000 });
  assert.equal((await desk.page.locator('.at-hand b').innerText()).trim(), number);
  await shot(walker, 'ticket-called-en');
  await send(desk.page.locator('form[action$="/do/begin"] .btn'));
  await send(desk.page.locator('form[action$="/do/finish"] .btn'));
  await walker.page.locator('button[value="5"]').waitFor({ timeout: 5000 });
  for (const v of [display, walker, desk]) await v.close();
});

test('a display whose line is cut says from when its picture is', async () => {
  const display = await visit(browser, card.base_url, { language: 'ckb', script: true, size: 'desk' });
  // The first picture comes; after it nothing does.
  await display.context.addInitScript(() => {
    const Source = window.EventSource;
    window.EventSource = class {
      constructor(address) { this.source = new Source(address); }
      addEventListener(kind, listener) {
        this.source.addEventListener(kind, (event) => { listener(event); this.source.close(); }, { once: true });
      }
    };
  });
  await go(display, '/halls/EB3/main');
  assert.ok(await display.page.locator('[data-stale]').isHidden());
  await display.page.locator('[data-stale]:not([hidden])').waitFor({ timeout: 60000 });
  assert.match(await display.page.locator('[data-at]').innerText(), /^\d\d:\d\d$/);
  await checkPage(display);
  await shot(display, 'hall-stale');
  await display.close();
});

test('an appointment is booked, shown, changed and given back', async () => {
  const v = await visit(browser, card.base_url, { language: 'ckb', script: false, size: 'phone' });
  await signInByWallet(v, card.wallet_users.find((one) => one.situation === 'ordinary').personal_number);
  await go(v, '/centres/EB3/book');
  await checkPage(v);
  await shot(v, 'book-lines');
  await send(v.page.locator('main .card a').first());
  await checkPage(v);
  await shot(v, 'book-prepare');
  await send(v.page.locator('main .actions a.btn'));
  await checkPage(v);
  await shot(v, 'book-days');
  await send(v.page.locator('main .card a').nth(2));
  await checkPage(v);
  await shot(v, 'book-times');
  await send(v.page.locator('main form .btn').last());
  await checkPage(v);
  await shot(v, 'book-times-wrong');
  await v.page.locator('[name=at]').nth(1).check();
  await v.page.fill('[name=phone]', '0750 555 6677');
  await send(v.page.locator('main form .btn').last());
  await checkPage(v);
  await shot(v, 'appointment');
  const address = v.page.url();
  await send(v.page.locator('a[href*="instead="]'));
  await send(v.page.locator('main .card a').nth(3));
  await v.page.locator('[name=at]').nth(2).check();
  await send(v.page.locator('main form .btn').last());
  assert.equal(v.page.url(), address);
  await v.page.locator('details summary').last().click();
  await send(v.page.locator('form[action$="/do/cancel"] .btn'));
  await checkPage(v);
  await shot(v, 'appointment-cancelled');
  await v.close();
});

test('at the reception, and as the manager sees it', async () => {
  const desk = await sitting(clerk, 'ckb');
  const form = desk.page.locator('form[action$="/do/give"]');
  await desk.page.locator('details', { has: form }).evaluate((fold) => { fold.open = true; });
  await form.locator('[name=line][value=B]').check();
  // A need that every counter can serve: what this one is not fit for does not stand on its page.
  await form.locator('[name=needs][value=cannot-wait]').check();
  await send(form.locator('.btn').last());
  await checkPage(desk);
  await shot(desk, 'ticket-slip');
  const head = await signedIn(manager, 'ckb');
  await go(head, '/desk/hall');
  await checkPage(head);
  await shot(head, 'hall-manager');
  await go(head, '/desk/hall/setup');
  await checkPage(head);
  await head.page.fill('[name=text]', '[order]\nbasis = ""\n');
  await send(head.page.locator('main form .btn').last());
  await checkPage(head);
  await shot(head, 'hall-setup-wrong');
  // Somebody is let in first: one asks, another does it.
  await go(desk, '/desk/queue');
  await checkPage(desk);
  await shot(desk, 'queue-with-needs');
  await desk.page.locator('table details summary').first().click();
  await send(desk.page.locator('table form[action$="/do/ask"] .btn').first());
  await go(head, '/desk/queue');
  await checkPage(head);
  await shot(head, 'queue-let-in');
  await send(head.page.locator('form[action$="/do/let-in"] .btn').first());
  for (const v of [desk, head]) await v.close();
});

test('a call for help only managers see, and a message that everybody sees', async () => {
  const display = await visit(browser, card.base_url, { language: 'en', script: true, size: 'desk' });
  await go(display, '/halls/EB3/main');
  const desk = await sitting(clerk, 'en');
  await send(desk.page.locator('form.quiet button'));
  await desk.page.locator('form.quiet .soft', { hasText: 'Noted' }).waitFor();
  await checkPage(desk);
  await shot(desk, 'queue-help-noted');

  const head = await signedIn(manager, 'en', { size: 'phone' });
  await go(head, '/desk/hall');
  await head.page.locator('.alarm a', { hasText: 'Emergency' }).waitFor();
  await checkPage(head);
  await shot(head, 'hall-alarm');
  await send(head.page.locator('.split form .btn').first());
  await head.page.locator('.alarm a', { hasText: 'is coming' }).waitFor();
  await head.page.locator('form[action$="/end"] [value=calmed]').check();
  await send(head.page.locator('form[action$="/end"] .btn'));
  assert.equal(await head.page.locator('.alarm a').innerText(), '');

  await head.page.locator('form[action$="/hall/tell"] [value=power-cut]').check();
  await send(head.page.locator('form[action$="/hall/tell"] .btn'));
  await checkPage(head);
  await shot(head, 'hall-told');
  await display.page.locator('.hall-told').waitFor({ timeout: 5000 });
  // A display turns its languages: loaded anew it begins with its own.
  await go(display, '/halls/EB3/main');
  await checkPage(display);
  await shot(display, 'hall-display-told');
  await send(head.page.locator('form[action$="/untell"] .btn').first());
  await display.page.locator('.hall-told').waitFor({ state: 'detached', timeout: 5000 });
  for (const v of [display, desk, head]) await v.close();
});

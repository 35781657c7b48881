// A kiosk: language, a ticket in two touches, one's own certificate with a code, paper that
// runs out, a line that is cut, more time, and nothing left for whoever comes next. By touch,
// by keypad and without a script, in Sorani and English, on a kiosk's screen.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { demo, go as goTo, launch, shot, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { codeTo, send, signInByWallet, signInOfficer } from './helpers.mjs';

const card = demo();
let browser;
before(async () => { browser = await launch(); });
after(async () => {
  await printer('ready');
  await browser.close();
});

const printer = (mood) => fetch(`${card.kiosk.printer_url}/${mood}`, { method: 'POST' });

/** Somebody before the kiosk. */
async function atKiosk(language, options = {}) {
  const v = await visit(browser, card.base_url, { language, script: true, size: 'kiosk', ...options });
  const url = new URL(card.base_url);
  await v.context.addCookies([{
    name: card.kiosk.cookie, value: card.kiosk.key, domain: url.hostname, path: '/', httpOnly: true,
  }]);
  return v;
}

const go = (v, path) => goTo(v, `/${v.language}/kiosk/EB3${path}`);

/** A kiosk's targets are larger; a page without a script ends by itself, for whoever comes next. */
const judge = (v) => checkPage(v, { kiosk: true, skipRules: v.script ? [] : ['meta-refresh'] });

/** Looks until a page says something: sheets come out when the printer is done. */
async function until(v, text) {
  for (let n = 0; n < 40; n += 1) {
    if ((await v.page.locator('main').innerText()).includes(text)) return;
    await v.page.waitForTimeout(500);
    if (!v.script) await v.page.reload();
  }
  assert.fail(`never said: ${text}\n${await v.page.locator('main').innerText()}`);
}

async function ready() {
  await printer('ready');
  const v = await atKiosk('en');
  for (let n = 0; n < 40; n += 1) {
    await go(v, '');
    if (!(await v.page.content()).includes('No tickets can be printed')) break;
    await v.page.waitForTimeout(500);
  }
  await v.close();
}

test('a ticket by touch, in Sorani', async () => {
  await ready();
  const v = await atKiosk('ckb');
  await goTo(v, '/kiosk/EB3');
  await judge(v);
  await shot(v, 'kiosk-start');
  await v.page.locator('a.tile[lang=ckb]').click();
  await judge(v);
  await shot(v, 'kiosk-menu');
  await v.page.locator('a.tile').first().click();
  await judge(v);
  await shot(v, 'kiosk-lines');
  await v.page.locator('a.tile').first().click();
  await judge(v);
  await shot(v, 'kiosk-needs');
  await send(v.page.locator('button.tile').first());
  await shot(v, 'kiosk-ticket-waiting');
  await until(v, 'لە سینییەکەدایە');
  await judge(v);
  await shot(v, 'kiosk-ticket-printed');
  await v.close();
});

test('the same by keypad alone, with a screen reader’s names', async () => {
  await ready();
  const v = await atKiosk('en');
  await goTo(v, '/kiosk/EB3');
  const digits = async (key) => {
    await Promise.all([v.page.waitForNavigation(), v.page.keyboard.press(key)]);
  };
  const english = await v.page.locator('a.tile[lang=en]').getAttribute('data-digit');
  await digits(english);
  await digits('1');
  await digits('2');
  await digits('1');
  await until(v, 'It lies in the tray');
  assert.match(await v.page.locator('.pass b').innerText(), /^B\d{3}$/);
  for (const role of ['button', 'link']) {
    for (const one of await v.page.getByRole(role).all()) {
      if (await one.isVisible()) assert.ok((await one.innerText()).trim() || await one.getAttribute('aria-label'));
    }
  }
  await v.close();
});

test('without a script, and the paper has run out', async () => {
  await printer('out');
  const v = await atKiosk('ckb', { script: false });
  for (let n = 0; n < 40; n += 1) {
    await go(v, '');
    if ((await v.page.content()).includes('ئێستا بلیت چاپ ناکرێت')) break;
    await v.page.waitForTimeout(500);
  }
  await judge(v);
  await shot(v, 'kiosk-no-paper');
  await v.page.locator('a.tile').first().click();
  await v.page.locator('a.tile').first().click();
  await send(v.page.locator('button.tile').first());
  await judge(v);
  await shot(v, 'kiosk-ticket-no-paper');
  assert.match(await v.page.locator('.pass b').innerText(), /^A\d{3}$/);
  await send(v.page.locator('form[action$="/end"] .btn').first());
  await printer('ready');
  await v.close();
});

test('a line that is cut in the middle: told, and a manager sees it', async () => {
  await ready();
  const v = await atKiosk('en');
  await printer('cut');
  await go(v, '/ticket?line=C');
  await send(v.page.locator('button.tile').first());
  await until(v, 'it may lie in the tray or not');
  await judge(v);
  await shot(v, 'kiosk-unsure');
  await printer('ready');
  const manager = await visit(browser, card.base_url, { language: 'ckb', script: true, size: 'desk' });
  await signInOfficer(manager, card.signins.find((one) => one.centre === 'EB3' && one.role === 'centre-manager'));
  await goTo(manager, '/ckb/desk/devices');
  await checkPage(manager);
  await shot(manager, 'devices');
  await manager.page.locator('a[href*="/desk/prints/"]').first().click();
  await checkPage(manager);
  await shot(manager, 'device-sheet');
  await send(v.page.getByRole('button', { name: /Try once more/ }));
  await until(v, 'It lies in the tray');
  for (const one of [v, manager]) await one.close();
});

test('one’s own certificate, printed and signed on the spot, and wiped', async () => {
  await ready();
  const someone = card.situations.find((one) => one.key === 'self-by-rule').applicant;
  const phone = '0751 000 7788';
  // At home: the wallet, and a telephone for later.
  const home = await visit(browser, card.base_url, { language: 'en', script: true, size: 'phone' });
  await signInByWallet(home, someone.personal_number);
  await goTo(home, '/en/contact');
  await home.page.fill('[name=address]', phone);
  await send(home.page.locator('main form .btn').last());
  const first = await codeTo(card, '+9647510007788');
  await home.page.fill('[name=code]', first);
  await send(home.page.locator('main form .btn').last());
  await home.close();

  const v = await atKiosk('ckb');
  await go(v, '/papers');
  await judge(v);
  await shot(v, 'kiosk-who');
  await v.page.fill('[name=number]', 'x');
  await send(v.page.locator('main form .btn').last());
  await judge(v);
  await shot(v, 'kiosk-who-wrong');
  await v.page.fill('[name=number]', someone.personal_number);
  await send(v.page.locator('main form .btn').last());
  await judge(v);
  await shot(v, 'kiosk-code');
  let second = first;
  for (let n = 0; second === first && n < 40; n += 1) {
    await v.page.waitForTimeout(250);
    second = await codeTo(card, '+9647510007788');
  }
  await v.page.fill('[name=code]', second);
  await send(v.page.locator('main form .btn').last());
  await judge(v);
  await shot(v, 'kiosk-papers');
  await send(v.page.locator('form[action$="/papers/family-extract"] button'));
  await shot(v, 'kiosk-paper-waiting');
  await until(v, 'لە سینییەکەدایە');
  await shot(v, 'kiosk-paper-printed');
  const printed = await (await fetch(card.kiosk.printer_url)).text();
  assert.match(printed, /\/demo\/printer\/papers\/[0-9a-f-]+\.pdf/);
  await send(v.page.locator('.actions form[action$="/end"] .btn'));
  await go(v, '/cases');
  await v.page.locator('[name=number]').waitFor();
  await v.close();
});

test('more time, high contrast, a note, and a page that nobody touches', async () => {
  await ready();
  const v = await atKiosk('en');
  await go(v, '');
  await send(v.page.locator('button[value=contrast]'));
  await send(v.page.locator('button[value=low]'));
  await judge(v);
  await shot(v, 'kiosk-easier');
  await go(v, '/note');
  await judge(v);
  await v.page.locator('[name=about]').first().check();
  await send(v.page.locator('main form .btn').last());
  await judge(v);
  await shot(v, 'kiosk-note-thanks');
  await send(v.page.locator('.help-me'));
  await judge(v);
  await shot(v, 'kiosk-help');
  await v.page.evaluate(() => { document.body.setAttribute('data-idle', '60'); });
  // A clock that runs ahead: nobody touches the page.
  await v.page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 65000;
  });
  await v.page.locator('[data-warning]:not([hidden])').waitFor({ timeout: 5000 });
  await shot(v, 'kiosk-idle');
  await v.page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 30000;
  });
  await v.page.waitForURL(/\/kiosk\/EB3$/, { timeout: 5000 });
  await v.close();
});

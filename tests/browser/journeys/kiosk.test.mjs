// A kiosk: language, a ticket in two touches, one's own certificate with a code, paper that
// runs out, a line that is cut, more time, and nothing left for whoever comes next. By touch,
// by keypad and without a script, in Sorani and English, on a kiosk's screen.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import net from 'node:net';
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
async function atKiosk(language, { base = card.base_url, ...options } = {}) {
  const v = await visit(browser, base, { language, script: true, size: 'kiosk', ...options });
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

/** The cable between a kiosk and its server: it can be pulled, or cut as an answer comes. */
async function cable() {
  const to = new URL(card.base_url);
  const open = new Set();
  const it = { plugged: true, cutsAnswer: false };
  const server = net.createServer((near) => {
    if (!it.plugged) return near.destroy();
    const far = net.connect(Number(to.port), to.hostname);
    for (const one of [near, far]) {
      open.add(one);
      one.on('error', () => {});
      one.on('close', () => { open.delete(one); near.destroy(); far.destroy(); });
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => {
      // The server has done it; whoever asked never hears so.
      if (it.cutsAnswer) { it.pull(); return; }
      near.write(bytes);
    });
    return undefined;
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  it.pull = () => { it.plugged = false; it.cutsAnswer = false; for (const one of open) one.destroy(); };
  it.plug = () => { it.plugged = true; };
  it.url = `http://127.0.0.1:${server.address().port}`;
  it.close = () => { it.pull(); server.close(); };
  return it;
}

test('in every language, with the cable pulled at each step, by touch, keypad and screen reader', async () => {
  await ready();
  const line = await cable();
  const v = await atKiosk('ckb', { base: line.url });
  const { page } = v;
  // That requests fail is what this is about.
  const judged = (language) => { v.faults.length = 0; return judge({ ...v, language }); };
  await goTo(v, '/kiosk/EB3');
  const languages = await page.locator('a.tile[lang]').evaluateAll((all) => all.map((one) => one.lang));
  assert.ok(languages.length >= 4);
  const away = page.locator('[data-kept]');
  let step = 0;
  /** Presses something in one of three ways, with the line cut, and looks that it is told and then done once. */
  const press = async (thing, language, options = {}) => {
    // Each step is pressed in another way in the next language.
    const way = ['touch', 'keypad', 'reader'][(step + languages.indexOf(language)) % 3];
    step += 1;
    const digit = await thing.getAttribute('data-digit');
    if (options.answer) line.cutsAnswer = true;
    else line.pull();
    if (way === 'keypad' && digit && !options.typing) await page.keyboard.press(digit === '10' ? '*' : digit);
    else if (way === 'reader') {
      await thing.focus();
      await page.keyboard.press('Enter');
    } else await thing.click();
    await away.waitFor({ timeout: 20000 });
    assert.equal(await page.locator('html').getAttribute('lang'), language);
    assert.equal(await page.locator('h1').count(), 1);
    if (options.judged) {
      await judged(language);
      await shot(v, `kiosk-away-${language}`);
    }
    line.plug();
    await away.waitFor({ state: 'detached', timeout: 20000 });
  };
  const number = async () => Number((await page.locator('.pass b').innerText()).replace(/\D/g, ''));
  let last = null;
  for (const [n, language] of languages.entries()) {
    await goTo(v, '/kiosk/EB3');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await press(page.locator(`a.tile[lang=${language}]`), language, { judged: true });
    await press(page.locator('a.tile').first(), language);
    await press(page.locator('a.tile').first(), language);
    // The ticket, once with the cable out before, once cut as the answer came: it is one ticket.
    await press(page.locator('button.tile').first(), language, { answer: n % 2 === 1 });
    const given = await number();
    if (last !== null) assert.equal(given, last + 1, `${language}: ${given} after ${last}`);
    last = given;
    // A number that opens nothing is answered as such when the line is back, and a note arrives.
    await goTo(v, `/${language}/kiosk/EB3/papers`);
    await page.fill('[name=number]', '1234');
    await press(page.locator('main form .btn').last(), language, { typing: true });
    await page.locator('[name=number][aria-invalid=true]').waitFor();
    await goTo(v, `/${language}/kiosk/EB3/note`);
    await page.locator('[name=about]').first().check();
    await press(page.locator('main form .btn').last(), language, { typing: true, answer: n % 2 === 0 });
    await judged(language);
  }
  // Nobody comes back for a minute: what was pressed is forgotten, and the machine starts anew. A page that comes
  // again in between, as when the line flaps, does not begin the minute anew.
  await goTo(v, '/en/kiosk/EB3/note');
  line.pull();
  await page.locator('.help-me').click();
  await away.waitFor();
  const since = await page.evaluate(() => Number(sessionStorage.getItem('away')));
  assert.ok(since > 0);
  await page.waitForTimeout(20000);
  await page.goto(`${line.url}/en/kiosk/EB3/note`);
  await away.waitFor();
  await page.locator('[data-forgotten]:not([hidden])').waitFor({ timeout: 60000 });
  assert.ok(await page.evaluate(() => Date.now()) - since < 72000, 'a minute since it was pressed');
  await judged('en');
  await shot(v, 'kiosk-away-forgotten');
  line.plug();
  await page.waitForURL(/\/kiosk\/EB3$/, { timeout: 10000 });
  await page.waitForFunction(() => sessionStorage.getItem('away') === null);
  line.close();
  await v.close();
});

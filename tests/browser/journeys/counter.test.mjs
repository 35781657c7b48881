// The counter by keyboard alone: from signing in to the paper in the applicant's hand, counted in keys and pages
// and compared with what the same application asks of someone at home.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { demo, launch, shot, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { apply, sixDigits } from './helpers.mjs';

const card = demo();
const wanted = card.situations.find((one) => one.key === 'displaced') ?? card.situations[0];
const clerk = card.signins.find((one) => one.login === 'counter-su1');
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

/** Keys and pages of a visit. Only `press` and `type` reach the page: there is no mouse. */
function keyboard(v) {
  const counted = { keys: 0, pages: 0 };
  v.page.on('framenavigated', (frame) => { if (frame === v.page.mainFrame()) counted.pages += 1; });
  const settled = () => v.page.waitForLoadState('load');
  const here = () => v.page.evaluate(() => {
    const at = document.activeElement;
    return { name: at.getAttribute('name') ?? '', type: at.type ?? at.tagName, value: at.value ?? '', text: /^(A|BUTTON)$/.test(at.tagName) ? at.textContent : '' };
  });
  const press = async (key) => {
    counted.keys += 1;
    await v.page.keyboard.press(key);
  };
  const type = async (text) => {
    counted.keys += text.length;
    await v.page.keyboard.type(text);
  };
  return {
    counted, press, type, here,
    /** Enter, and the page that follows. */
    async enter() {
      const next = v.page.waitForNavigation({ waitUntil: 'load' });
      await press('Enter');
      await next;
      await settled();
    },
    /** Tabs until the focus stands on a field, at most so often. */
    async reach(name, atMost = 60) {
      for (let tries = 0; tries <= atMost; tries += 1) {
        if ((await here()).name === name) return;
        await press('Tab');
      }
      throw new Error(`${name} was not reached within ${atMost} stops; the focus stands on ${JSON.stringify(await here())}`);
    },
    /** Chooses a radio of the group in which the focus stands. */
    async choose(name, value) {
      await this.reach(name);
      if ((await here()).value === value) {
        if (!(await v.page.evaluate(() => document.activeElement.checked))) await press('Space');
        return;
      }
      for (let tries = 0; tries < 12 && (await here()).value !== value; tries += 1) await press('ArrowDown');
      assert.equal((await here()).value, value, name);
    },
  };
}

/** Types an answer where the focus stands, as its field asks for it. */
async function answer(v, k, key, value) {
  const kind = await v.page.locator(`[name="${key}"], [name^="${key}-"]`).first().getAttribute('type');
  if (Array.isArray(value)) {
    for (const box of await v.page.locator(`[name="${key}"]`).all()) {
      const own = await box.getAttribute('value');
      for (let tries = 0; tries < 30; tries += 1) {
        const at = await k.here();
        if (at.name === key && at.value === own) break;
        await k.press('Tab');
      }
      if ((await box.isChecked()) !== value.includes(own)) await k.press('Space');
    }
  } else if (kind === 'radio') {
    await k.choose(key, value === true ? 'yes' : value === false ? 'no' : value);
  } else if (value && typeof value === 'object') {
    for (const [part, text] of Object.entries(value)) {
      if (part === 'kind' || text === undefined || text === null) continue;
      await k.reach(`${key}-${part}`);
      await k.type(String(text));
    }
  } else if (await v.page.locator(`[name="${key}-year"]`).count()) {
    const [year, month = '', day = ''] = String(value).split('-');
    for (const [part, text] of [['day', day], ['month', month], ['year', year]]) {
      await k.reach(`${key}-${part}`);
      await k.type(text);
    }
  } else {
    await k.reach(key);
    await k.type(String(value));
  }
}

test('the counter by keyboard alone takes fewer steps than the same at home', async (t) => {
  const home = await visit(browser, card.base_url, { language: 'en', size: 'desk' });
  let atHome = 0;
  home.page.on('framenavigated', (frame) => { if (frame === home.page.mainFrame()) atHome += 1; });
  // Someone who owes a fee: three copies, not displaced.
  const answers = { ...wanted.answers, copies: 3, displaced: false, delivery: 'collect', 'identity-number': null, 'mother-name': null, email: null };
  await apply(home, { ...wanted, answers });
  await home.close();

  const v = await visit(browser, card.base_url, { language: 'en', size: 'desk' });
  const k = keyboard(v);
  try {
    // Six digits serve once, and others sign in as the same clerk beside this.
    for (let tries = 0, used = ''; tries < 3 && (tries === 0 || /sign-in/.test(v.page.url())); tries += 1) {
      while (sixDigits(clerk.totp_secret) === used) await v.page.waitForTimeout(500);
      used = sixDigits(clerk.totp_secret);
      await v.page.goto('/en/desk/sign-in');
      k.counted.pages = 0;
      assert.equal((await k.here()).name, 'login', 'the keyboard begins at the first field');
      await k.type(clerk.login);
      await k.reach('password', 2);
      await k.type(clerk.password);
      await k.reach('digits', 2);
      await k.type(used);
      await k.enter();
    }

    // The shift, once a day: not part of the service.
    await v.page.goto('/en/desk/cash');
    if (await v.page.locator('[name=counter]').count()) {
      await k.choose('counter', await v.page.locator('[name=counter]').first().getAttribute('value'));
      await k.enter();
    }
    await v.page.goto('/en/desk/counter');
    Object.assign(k.counted, { keys: 0, pages: 0 });

    assert.equal((await k.here()).name, 'q');
    await k.type(wanted.applicant.personal_number);
    // Nobody is in hand: why is said once.
    await k.choose('why', 'here');
    await k.enter();
    assert.match(v.page.url(), /\/counter\/people\//, 'one person found is opened at once');
    await k.choose('service', 'birth-certificate');
    await k.choose('shown', 'national-card');
    await k.reach('witness', 2);
    await k.type('Azad Karim');
    await k.enter();

    assert.match(v.page.url(), /\/form$/);
    await checkPage(v);
    await shot(v, 'counter-form');
    const asked = async () => {
      const names = await v.page.locator('main form [name]:not([type=hidden])').evaluateAll((all) => all.map((e) => e.name));
      return Object.keys(answers).filter((key) => names.some((name) => name === key || name.startsWith(`${key}-`)));
    };
    const done = new Set();
    for (let rounds = 0; rounds < 4 && /\/form$/.test(v.page.url()); rounds += 1) {
      for (const key of await asked()) {
        if (done.has(key) || answers[key] === null || answers[key] === undefined) continue;
        await answer(v, k, key, answers[key]);
        done.add(key);
      }
      await k.reach('phone');
      await k.enter();
    }
    assert.match(v.page.url(), /\/check$/, await v.page.locator('main').innerText());
    assert.match((await k.here()).text, /Send/);
    await k.enter();
    assert.match(v.page.url(), /\/desk\/counter\/cases\//);
    assert.match((await k.here()).text, /Take/, 'the next thing to do has the focus');
    await k.enter();
    const receipt = await v.page.locator('a[href*="/desk/cash/receipts/"]').first().getAttribute('href');
    assert.ok(receipt, 'the receipt is listed');
    const beside = v.page.url();
    for (let tries = 0; tries < 80 && !(await v.page.evaluate(() => document.activeElement.href ?? '')).includes('/receipts/'); tries += 1) await k.press('Tab');
    await k.enter();
    await checkPage(v);
    assert.match((await k.here()).text, /Print/);
    await k.enter();
    await checkPage(v);
    await shot(v, 'receipt');
    assert.match(await v.page.locator('.slip-mark').innerText(), /ORIGINAL/);
    await v.page.goto(beside);
    for (let tries = 0; tries < 60 && !(await v.page.locator('form[action*="/documents/"] .btn').count()); tries += 1) {
      await v.page.waitForTimeout(400);
      await v.page.reload();
    }
    assert.match((await k.here()).text, /Print and hand over/);
    const [file] = await Promise.all([v.page.waitForEvent('download'), k.press('Enter')]);
    assert.match(file.suggestedFilename(), /\.pdf$/);
    t.diagnostic(`${k.counted.pages} pages and ${k.counted.keys} keys at the counter; ${atHome} pages at home, without fee and paper`);
    assert.ok(k.counted.pages < atHome, `${k.counted.pages} pages at the counter, ${atHome} at home`);
    const typed = JSON.stringify(Object.values(answers)).length + wanted.applicant.personal_number.length;
    assert.ok(k.counted.keys < typed + 120, `${k.counted.keys} keys for ${typed} characters of answers`);
  } finally {
    await v.close();
  }
});

// Where someone is signed in: seen and ended, by a citizen on two devices and by an officer.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { demo, go, launch, shot, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { send, signInByWallet, signInOfficer } from './helpers.mjs';

const card = demo();
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const THIS = { ckb: 'ئەمەیان', en: 'this one' };

for (const language of ['ckb', 'en']) {
  test(`a phone ends the library's session, ${language}`, async () => {
    const number = card.wallet_users[0].personal_number;
    const phone = await visit(browser, card.base_url, { language, size: 'phone' });
    const library = await visit(browser, card.base_url, { language, size: 'desk', script: false });
    try {
      await signInByWallet(phone, number);
      await signInByWallet(library, number);
      await go(phone, `/${language}/sessions`);
      await checkPage(phone);
      await shot(phone, 'sessions');
      const boxes = phone.page.locator('input[name=session]');
      const before = await boxes.count();
      assert.ok(before >= 2, 'both are listed');
      const labels = await phone.page.locator('main form label').allInnerTexts();
      const other = labels.findIndex((label) => !label.includes(THIS[language]));
      await boxes.nth(other).check();
      await send(phone.page.locator('main form .btn'));
      assert.equal(await boxes.count(), before - 1);
      await library.page.goto(`/${language}/sessions`);
      assert.match(library.page.url(), /\/sign-in$/, 'ended from elsewhere');
      await phone.page.goto(`/${language}/contact`);
      await checkPage(phone);
      assert.equal(await phone.page.locator('[name=address]').count(), 1, 'signed in a moment ago');
    } finally {
      await phone.close();
      await library.close();
    }
  });
}

test('an officer sees the page for the password, and a weak one is refused', async () => {
  for (const [language, size] of [['en', 'desk'], ['ckb', 'phone']]) {
    const v = await visit(browser, card.base_url, { language, size });
    try {
      await signInOfficer(v, card.signins.find((one) => one.role === 'inspector'));
      await go(v, `/${language}/desk/password`);
      await checkPage(v);
      await v.page.fill('[name=old]', 'something');
      await v.page.fill('[name=digits]', '123456');
      await v.page.fill('[name=new]', 'kurdistan1991');
      await send(v.page.locator('main form .btn'));
      await checkPage(v);
      await shot(v, 'password');
      assert.equal(await v.page.locator('.err-sum').count(), 1);
    } finally {
      await v.close();
    }
  }
});

// A person of the register: protected by a keeper, opened by the few with a reason, a
// number that ends, the family as a picture; and the rules of the register by page. In
// two languages, on a phone and on a desk, with and without JavaScript.

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

const of = (role) => card.signins.find((one) => one.role === role);
const registrar = of('registrar');
const wanted = card.situations.find((one) => one.key === 'large-family') ?? card.situations[0];

async function signedIn(one, options) {
  const v = await visit(browser, card.base_url, { script: false, size: 'phone', ...options });
  await signInOfficer(v, one);
  return v;
}

const button = (v) => v.page.locator('main form[method=post] .btn');

/** Opens the keeper's page of a person found by number; tells who it is. */
async function guarded(v, number) {
  await go(v, '/desk/register/protected');
  await checkPage(v);
  await v.page.fill('[name=q]', number);
  await v.page.fill('[name=purpose]', 'order 3/2026');
  await send(v.page.locator('form.filters .btn'));
  await checkPage(v);
  await send(v.page.locator('table a[href*="/protection"]').first());
  return v.page.url().match(/people\/([0-9a-f-]+)\//)[1];
}

test('a protected person is opened by the few, with a reason', async () => {
  const keeper = await signedIn(of('keeper'), { language: 'ckb' });
  const person = await guarded(keeper, wanted.applicant.personal_number);
  await send(button(keeper).first());
  await checkPage(keeper);
  await shot(keeper, 'protected-without-authority');
  await keeper.page.locator('[name=reason]').last().fill('دادگا ٣/٢٠٢٦');
  await send(button(keeper).last());
  await checkPage(keeper);
  await shot(keeper, 'protected');

  const officer = await signedIn(registrar, { language: 'en', size: 'desk', script: true });
  const answer = await officer.page.goto(`/en/desk/register/people/${person}`);
  assert.equal(answer.status(), 404, 'for others there is nobody');
  officer.faults.length = 0;

  await keeper.page.fill('[name=login]', registrar.login);
  await keeper.page.locator('form', { has: keeper.page.locator('[name=login]') }).locator('[name=reason]').fill('دۆسیەی ٩');
  await send(keeper.page.locator('form', { has: keeper.page.locator('[name=login]') }).locator('.btn'));
  await checkPage(keeper);
  await shot(keeper, 'protected-let-in');

  await go(officer, `/desk/register/people/${person}`);
  await checkPage(officer);
  await shot(officer, 'protected-why');
  await officer.page.fill('[name=purpose]', 'case 9');
  await send(officer.page.locator('form.filters .btn'));
  await checkPage(officer);
  await shot(officer, 'person-desk');
  assert.equal(await officer.page.locator('figure.tree svg').count(), 1, 'the family is drawn');

  // A number ends on an order; what cannot be so comes back with what was typed.
  await send(officer.page.locator('table a[href*="/numbers/"]').first());
  await officer.page.check('[name=why][value=lost]');
  await officer.page.fill('[name=on]', '2099-01-01');
  await officer.page.fill('[name=by-order]', '12/2026');
  await officer.page.fill('[name=by-date]', '2026-11-20');
  await send(button(officer));
  await checkPage(officer);
  await shot(officer, 'number-wrong');
  assert.equal(await officer.page.inputValue('[name=by-order]'), '12/2026', 'what was typed is kept');
  await officer.page.fill('[name=on]', '2026-11-20');
  await send(button(officer));
  await checkPage(officer);
  await shot(officer, 'number-ended');
  assert.match(await officer.page.locator('main').innerText(), /Lost or stolen/);

  const phone = await signedIn(registrar, { language: 'ckb' });
  await go(phone, `/desk/register/people/${person}?purpose=case+9`);
  await checkPage(phone);
  await shot(phone, 'person-phone');
  await keeper.page.locator('[name=reason]').last().fill('دادگا ٤/٢٠٢٦');
  const open = keeper.page.locator('form', { has: keeper.page.locator('[name=what][value=open]') });
  await open.locator('[name=reason]').fill('دادگا ٤/٢٠٢٦');
  await send(open.locator('.btn'));
  await checkPage(keeper);
  for (const v of [keeper, officer, phone]) await v.close();
});

test('rules are looked at, compared and refused with their line', async () => {
  for (const [language, size] of [['ckb', 'phone'], ['en', 'desk']]) {
    const v = await signedIn(of('administrator'), { language, size, script: size === 'desk' });
    await go(v, '/desk/rules?kind=birth');
    await checkPage(v);
    await shot(v, `rules-${language}`);
    const text = await v.page.inputValue('[name=text]');
    const checked = v.page.locator('form', { has: v.page.locator('textarea[name=text]') });
    await v.page.fill('textarea[name=text]', text.replace('"mukhtar"', '"neighbour"'));
    await send(checked.locator('.btn'));
    await checkPage(v);
    await shot(v, `rules-wrong-${language}`);
    assert.match(await v.page.locator('main').innerText(), /neighbour/);
    await v.page.fill('textarea[name=text]', text.replace('late-fee   = 2000', 'late-fee   = 5000'));
    await send(checked.locator('.btn'));
    await checkPage(v);
    await shot(v, `rules-compared-${language}`);
    assert.match(await v.page.locator('main table').first().innerText(), /5000/);
    await v.close();
  }
});

// A birth from a hospital's notice to its entry, a correction by two officers: in
// two languages, on a phone and on a desk, with and without JavaScript.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { demo, go, launch, shot, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { send, signInOfficer } from './helpers.mjs';

const card = demo();
const officer = (login) => card.signins.find((one) => one.login === login);
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

async function signedIn(login, options) {
  const v = await visit(browser, card.base_url, options);
  await signInOfficer(v, officer(login));
  return v;
}

const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const BIRTH = {
  'child.given': 'لاڤین', 'child.given-latin': 'Lavin', 'happened-on': yesterday,
  'mother.given': 'هێڤین', 'mother.father': 'عومەر', 'father.given': 'ئازاد', 'father.father': 'کەریم',
};
const CHOSEN = { 'child.sex': 'female', 'place-kind': 'hospital', 'parents-married': 'yes', 'declarant.as': 'father' };

async function unfold(page) {
  const folded = page.locator('details.fold:not([open]) > summary');
  while (await folded.count()) await folded.first().click();
}

async function typeIn(page, values, chosen) {
  await unfold(page);
  for (const [key, value] of Object.entries(values)) await page.fill(`[name="${key}"]`, value);
  for (const [key, value] of Object.entries(chosen)) await page.selectOption(`[name="${key}"]`, value);
}

/// Looks at each thing that is likely the same, side by side, and says that they are
/// two; tells how many there were.
async function keepBoth(v, declaration) {
  for (let kept = 0; kept < 8; kept += 1) {
    await go(v, declaration);
    const likely = v.page.locator('tr:has(.tag.wait) a[href*="/compare/"]');
    if (await likely.count() === 0) return kept;
    await send(likely.first());
    await checkPage(v);
    await shot(v, 'register-compare');
    await send(v.page.locator('form:has(input[name=act][value=apart]) button'));
    await checkPage(v);
    await shot(v, 'register-compare-wrong');
    await v.page.fill('#reason-apart', 'دوو خێزانی جیاواز');
    await send(v.page.locator('form:has(input[name=act][value=apart]) button'));
  }
  return assert.fail('it never ended');
}

let births = 0;
for (const [language, size, js] of [['ckb', 'phone', true], ['en', 'phone', false], ['ar', 'desk', true]]) {
  test(`a birth is declared, registered and corrected: ${language}, ${size}, ${js ? 'with' : 'without'} JavaScript`, async () => {
    const options = { language, size, script: js };
    // The hospital knows little, and may say so.
    const hospital = await signedIn('notifier-hd', options);
    await go(hospital, `/${language}/desk/register/new/birth`);
    await checkPage(hospital);
    await hospital.page.fill('[name="happened-on"]', 'yesterday');
    await send(hospital.page.locator('main form button.btn').last());
    assert.equal(await hospital.page.locator('.err-sum a').count(), 1);
    assert.equal(await hospital.page.inputValue('[name="happened-on"]'), 'yesterday', 'what was typed is kept');
    await shot(hospital, 'register-notice-wrong');
    await hospital.page.fill('[name="happened-on"]', yesterday);
    await hospital.page.fill('[name="mother.given"]', 'هێڤین');
    await send(hospital.page.locator('main form button.btn').last());
    await shot(hospital, 'register-notice-kept');
    assert.match(await hospital.page.locator('main').innerText(), /HDV/);
    await hospital.close();

    // The counter declares it in full.
    const counter = await signedIn('counter-hd', options);
    await go(counter, `/${language}/desk/register?state=notified`);
    await checkPage(counter);
    await shot(counter, 'register-list');
    await send(counter.page.locator('table a').first());
    await send(counter.page.locator('main a[href$="/edit"]'));
    await typeIn(counter.page, BIRTH, CHOSEN);
    await counter.page.locator('input[name=act][value=declare]').check();
    await shot(counter, 'register-form');
    await send(counter.page.locator('main form button.btn').last());
    await checkPage(counter);
    await shot(counter, 'register-declared');
    const declaration = new URL(counter.page.url()).pathname;
    assert.match(declaration, /\/desk\/register\/declarations\/[0-9a-f-]+$/);
    await counter.close();

    // Another officer registers it and prepares a correction.
    const registrar = await signedIn('registrar-hd-1', options);
    await go(registrar, declaration);
    if (births > 0) {
      // The birth was declared before, in the other languages: somebody decides first.
      await send(registrar.page.locator('form[action$="/register"] button'));
      await checkPage(registrar);
      await shot(registrar, 'register-alike');
      assert.equal(await keepBoth(registrar, declaration), births);
    }
    births += 1;
    await send(registrar.page.locator('form[action$="/register"] button'));
    await checkPage(registrar);
    await shot(registrar, 'register-registered');
    assert.match(await registrar.page.locator('main').innerText(), /HDB/);
    await send(registrar.page.locator('main a[href*="/desk/register/entries/"]'));
    await registrar.page.fill('[name=purpose]', 'counter 1');
    await send(registrar.page.locator('form.filters button'));
    await checkPage(registrar);
    await shot(registrar, 'register-entry');
    assert.match(await registrar.page.locator('main').innerText(), /لاڤین/);
    await send(registrar.page.locator('main a[href$="/correct/correct"]'));
    await checkPage(registrar);
    await unfold(registrar.page);
    await registrar.page.fill('[name="child.given"]', 'لاڤیا');
    await registrar.page.locator('input[name=ground][value="office-order"]').check();
    await registrar.page.fill('[name="by-order"]', '5/2026');
    await registrar.page.fill('[name="by-date"]', yesterday);
    await registrar.page.fill('[name=why]', 'هەڵەی نووسین');
    await send(registrar.page.locator('main form button.btn').last());
    await shot(registrar, 'register-needs-judgment');
    assert.equal(await registrar.page.inputValue('[name="child.given"]'), 'لاڤیا', 'what was typed is kept');
    await registrar.page.locator('input[name=ground][value="court"]').check();
    await registrar.page.fill('[name="by-court"]', 'هەولێر');
    await registrar.page.fill('[name="by-judgment"]', '88/2026');
    await send(registrar.page.locator('main form button.btn').last());
    await shot(registrar, 'register-prepared');
    const entry = new URL(registrar.page.url()).pathname;
    await registrar.close();

    // A third decides; the entry says what changed.
    const supervisor = await signedIn('supervisor-hd', options);
    await go(supervisor, `/${language}/desk/register`);
    await send(supervisor.page.locator('table a[href*="/corrections/"]').last());
    await checkPage(supervisor);
    await shot(supervisor, 'register-correction');
    await send(supervisor.page.locator('form[action*="/corrections/"] button').first());
    await shot(supervisor, 'register-corrected');
    await go(supervisor, `${entry}?purpose=counter`);
    assert.match(await supervisor.page.locator('main').innerText(), /\/2/);
    await send(supervisor.page.locator('table a[href*="/entries/"]').last());
    await supervisor.page.fill('[name=purpose]', 'counter');
    await send(supervisor.page.locator('form.filters button'));
    await checkPage(supervisor);
    await shot(supervisor, 'register-entry-corrected');
    await supervisor.close();
  });
}

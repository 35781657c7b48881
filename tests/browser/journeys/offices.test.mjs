// An entry that is nowhere to be found: the place of registration is asked, answers, and the case comes back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { demo, go, launch, shot, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { apply, send, signInOfficer, takeCase } from './helpers.mjs';

const card = demo();
const registrars = card.signins.filter((one) => one.role === 'registrar');
const offices = [...new Set(registrars.map((one) => one.office))];
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

/** The registrar in whose office a case lies, signed in with the case in the list. */
async function holderOf(v, number) {
  for (const office of offices) {
    await signInOfficer(v, registrars.find((one) => one.office === office));
    await v.page.goto(`/${v.language}/desk/all?q=${number}`);
    if (await v.page.locator('table a', { hasText: number }).count()) return office;
  }
  throw new Error(`no office has ${number}`);
}

/** The page in Sorani on a phone, then back where we were. */
async function inSorani(v, name) {
  const path = new URL(v.page.url()).pathname.replace(/^\/[a-z-]+/i, '');
  await v.page.setViewportSize({ width: 360, height: 740 });
  [v.language, v.size] = ['ckb', 'phone'];
  await go(v, `/ckb${path}`);
  await checkPage(v);
  await shot(v, name);
  [v.language, v.size] = ['en', 'desk'];
  await v.page.setViewportSize({ width: 1280, height: 900 });
  await go(v, `/en${path}`);
  await checkPage(v);
  await shot(v, name);
}

test('the place of registration is asked, answers, and the applicant is written to', async () => {
  const wanted = card.situations.find((one) => one.key === 'entry-not-found');
  const citizen = await visit(browser, card.base_url, { language: 'ckb', script: false, size: 'phone' });
  const asking = await visit(browser, card.base_url, { language: 'en', script: false, size: 'desk' });
  const asked = await visit(browser, card.base_url, { language: 'en', script: false, size: 'desk' });
  try {
    const number = await apply(citizen, wanted);
    const office = await holderOf(asking, number);
    await asking.page.goto(`/en/desk/all?open=search`);
    assert.ok(await asking.page.locator('table a', { hasText: number }).count(), 'the filter keeps what searches');
    await asking.page.goto(`/en/desk/all?channel=counter&q=${number}`);
    assert.equal(await asking.page.locator('table a', { hasText: number }).count(), 0, 'it came online');
    await takeCase(asking, number);
    await inSorani(asking, 'case-to-search');

    const ask = asking.page.locator('form[action$="/elsewhere"]');
    const other = await ask.locator('select option').nth(1);
    const place = await other.getAttribute('value');
    await ask.locator('select').selectOption(place);
    await send(ask.locator('.btn'));
    assert.match(await asking.page.locator('.err-sum').innerText(), /your own words/, 'what to look for is needed');
    await ask.locator('select').selectOption(place);
    await ask.locator('textarea').fill('A birth of about that year; the family came from a village there.');
    await send(ask.locator('.btn'));
    assert.match(await asking.page.locator('main').innerText(), /No answer yet/);
    const write = asking.page.locator('form[action$="/write"]');
    await write.locator('textarea').fill('چاوەڕێی وەڵامی فەرمانگەی شوێنی تۆمارکردنین.');
    await send(write.locator('.btn'));
    await inSorani(asking, 'case-asked-elsewhere');

    await citizen.page.reload();
    assert.match(await citizen.page.locator('main').innerText(), /چاوەڕێی وەڵامی/, 'the officer’s words are on the page');
    await checkPage(citizen);
    await shot(citizen, 'case-with-a-note');

    let found = false;
    for (const one of offices.filter((one) => one !== office)) {
      await signInOfficer(asked, registrars.find((other) => other.office === one));
      await asked.page.goto('/en/desk/elsewhere');
      const link = asked.page.locator('table a').first();
      if (!(await link.count())) continue;
      found = true;
      await inSorani(asked, 'asked-by-other-offices');
      await send(asked.page.locator('table a').first());
      await asked.page.fill('[name=q]', 'Azad Karim');
      await send(asked.page.locator('form[action$="/find"] .btn'));
      await checkPage(asked);
      await shot(asked, 'asked-and-looked');
      await asked.page.locator('input[name=holder][value=none]').check();
      await asked.page.locator('form[action$="/answer"] textarea').fill('Books 1960 to 1970 were looked through.');
      await send(asked.page.locator('form[action$="/answer"] .btn'));
      break;
    }
    assert.ok(found, 'the other office has the request on its desk');
    await asking.page.reload();
    assert.match(await asking.page.locator('main').innerText(), /Books 1960 to 1970/);
    assert.match(await asking.page.locator('main').innerText(), /Not found/);
  } finally {
    for (const v of [citizen, asking, asked]) await v.close();
  }
});

test('a counter officer registers someone as displaced, and the form keeps what was typed', async () => {
  const v = await visit(browser, card.base_url, { language: 'en', script: false, size: 'desk' });
  try {
    const someone = card.situations.find((one) => one.key === 'no-latin-spelling');
    await signInOfficer(v, card.signins.find((one) => one.login === 'counter-eb1-1'));
    await v.page.goto('/en/desk/counter');
    await v.page.fill('[name=q]', someone.applicant.personal_number);
    await v.page.locator('input[name=why][value=here]').check();
    await send(v.page.locator('form[action$="/counter/find"] .btn'));
    const form = v.page.locator('form[action$="/status"]');
    await form.locator('[name=evidence]').fill('Displaced person’s card 4711');
    await form.locator('[name=since]').fill('long ago');
    await send(form.locator('.btn'));
    assert.equal(await form.locator('[name=evidence]').inputValue(), 'Displaced person’s card 4711');
    await checkPage(v);
    await form.locator('[name=since]').fill('٢٠١٤');
    await send(form.locator('.btn'));
    assert.match(await v.page.locator('main').innerText(), /Registered as displaced/);
    await inSorani(v, 'person-displaced');
  } finally {
    await v.close();
  }
});

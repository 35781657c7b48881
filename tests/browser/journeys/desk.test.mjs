// Every page of the desk, in every language, on a phone and on a desk: one sign-in for each role, then its pages.

import { after, before, describe, test } from 'node:test';
import { LANGUAGES, SIZES, demo, go, launch, shot, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { apply, send, signInOfficer, takeCase } from './helpers.mjs';

const card = demo();
const officer = (login) => card.signins.find((one) => one.login === login);
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

/** Walks pages in every language and size within one sign-in. */
async function walk(v, paths) {
  for (const language of Object.keys(LANGUAGES)) {
    v.language = language;
    for (const path of paths) {
      for (const size of ['phone', 'desk']) {
        v.size = size;
        await v.page.setViewportSize(SIZES[size]);
        if (size === 'phone') await go(v, `/${language}${path}`);
        await checkPage(v);
        await shot(v, `desk${path.replace(/[0-9a-f]{8}-[0-9a-f-]+/g, 'id').replaceAll('/', '-')}`);
      }
    }
  }
}

async function signedIn(login) {
  const v = await visit(browser, card.base_url, { language: 'en', size: 'desk' });
  await signInOfficer(v, officer(login));
  return v;
}

/** Where a link on the page leads, without its language. */
async function path(v, selector) {
  const href = await v.page.locator(selector).first().getAttribute('href');
  return href.replace(/^\/en/, '');
}

// Two cores: two roles at a time.
describe('the desk in every language', { concurrency: 2 }, () => {
test('the registrar’s pages', async () => {
  const wanted = card.situations.find((one) => one.expect === 'an officer decides' && one.holder);
  const office = (wanted.holder?.entry ?? wanted.applicant.entry).slice(0, 2);
  const citizen = await visit(browser, card.base_url, { language: 'ckb', size: 'phone' });
  const number = await apply(citizen, wanted);
  await citizen.close();
  const registrars = card.signins.filter((one) => one.role === 'registrar' && one.office === office);
  const v = await signedIn(registrars.at(-1).login);
  try {
    await takeCase(v, number);
    const own = new URL(v.page.url()).pathname.replace(/^\/en/, '');
    await walk(v, ['/desk', '/desk/all', '/desk/waiting', '/desk/late', '/desk/tokens', '/desk/password', '/sessions', own]);
  } finally {
    await v.close();
  }
});

test('the counter officer’s pages', async () => {
  const v = await signedIn('counter-eb1-2');
  try {
    const someone = card.situations.find((one) => one.key === 'own-entry') ?? card.situations[0];
    await v.page.goto('/en/desk/counter');
    await v.page.fill('[name=q]', someone.applicant.personal_number);
    await v.page.locator('input[name=why][value=here]').check();
    await send(v.page.locator('form[action$="/counter/find"] .btn'));
    const person = new URL(v.page.url()).pathname.replace(/^\/en/, '');
    await v.page.locator('input[value="birth-certificate"]').check();
    await v.page.locator('input[value="national-card"]').check();
    await v.page.fill('[name=witness]', 'Azad Karim');
    await send(v.page.locator('form[action$="/begin"] .btn'));
    const form = new URL(v.page.url()).pathname.replace(/^\/en/, '');
    const own = form.replace(/\/form$/, '');
    await walk(v, ['/desk/counter', person, `${person}/contact`, form, `${own}/consent`, own, '/desk/cash']);
  } finally {
    await v.close();
  }
});

test('the pages of those who run centres, and of the inspector', async () => {
  const manager = await signedIn('manager-eb1');
  try {
    await manager.page.goto('/en/desk/centres');
    await walk(manager, ['/desk/centres', await path(manager, 'table a')]);
  } finally {
    await manager.close();
  }
  const inspector = await signedIn('inspector');
  try {
    await walk(inspector, ['/desk/journal']);
  } finally {
    await inspector.close();
  }
});

test('the administrator’s pages', async () => {
  const v = await signedIn('administrator');
  try {
    await v.page.goto('/en/desk/officers');
    const one = await path(v, 'table a');
    await walk(v, ['/desk/officers', one, '/desk/books', '/desk/ledgers', '/desk/services', '/desk/services/birth-certificate']);
  } finally {
    await v.close();
  }
});
});

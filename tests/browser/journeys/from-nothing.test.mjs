// Without the demo: from an empty folder to a first certificate, through the
// pages that administrators and counter officers use.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { SIZES, launch, shot, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { answerAll, fill, send, sixDigits } from './helpers.mjs';

const diwan = process.env.DIWAN_BINARY ?? join(import.meta.dirname, '../../../target/release/diwan');
const everyKind = join(import.meta.dirname, '../../../crates/testkit/fixtures/every-kind');
const PASSWORD = 'brave mountain sky';

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function accept(v, link, login) {
  await v.page.goto(link);
  const secret = (await v.page.locator('main').innerText()).match(/(?:[A-Z2-7]{4}\s){7}[A-Z2-7]{4}/)[0].replace(/\s/g, '');
  await v.page.fill('[name=password]', PASSWORD);
  const used = sixDigits(secret);
  await v.page.fill('[name=digits]', used);
  await send(v.page.locator('main form .btn'));
  await v.page.waitForURL(/desk\/sign-in/);
  // Six digits serve once: the next ones come within half a minute.
  while (sixDigits(secret) === used) await new Promise((next) => { setTimeout(next, 500); });
  await v.page.fill('[name=login]', login);
  await v.page.fill('[name=password]', PASSWORD);
  await v.page.fill('[name=digits]', sixDigits(secret));
  await send(v.page.locator('main form .btn'));
  await v.page.waitForURL(/\/desk(\/(?!sign-in)|$)/);
}

// A database of its own on each engine. PostgreSQL is there under
// scripts/with-postgres; scripts/test runs it so.
function databaseOn(engine, folder) {
  if (engine === 'SQLite') return `sqlite:${join(folder, 'diwan.db')}`;
  const server = process.env.DIWAN_TEST_POSTGRES;
  const name = `diwan_first_${process.pid}_${Date.now()}`;
  execFileSync('psql', ['--quiet', '--no-psqlrc', '--command', `CREATE DATABASE ${name}`, server]);
  return `${server.slice(0, server.lastIndexOf('/'))}/${name}`;
}

const engines = ['SQLite', ...(process.env.DIWAN_TEST_POSTGRES ? ['PostgreSQL'] : [])];

for (const engine of engines) test(`from nothing to a first certificate, on ${engine}`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'diwan-first-'));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const config = join(folder, 'diwan.toml');
  const at = (name) => join(folder, name);
  writeFileSync(
    config,
    `listen = "127.0.0.1:${port}"\nbase-url = "${base}"\ndatabase = "${databaseOn(engine, folder)}"\nfiles = "${at('files')}"\nkeys = "${at('keys')}"\n`,
  );
  const said = execFileSync(diwan, ['init', '--config', config], { encoding: 'utf8' });
  const link = said.match(/http\S+invitation\S+/)[0];
  execFileSync(diwan, ['services', 'publish', everyKind, '--config', config], { encoding: 'utf8' });
  const server = spawn(diwan, ['serve', '--config', config], { stdio: 'ignore' });
  const browser = await launch();
  try {
    for (let tries = 0; tries < 100; tries += 1) {
      if (await fetch(`${base}/healthz`).then((r) => r.ok, () => false)) break;
      await new Promise((later) => setTimeout(later, 100));
    }
    assert.equal((await fetch(`${base}/demo/inbox`)).status, 404, 'serve has none of the demo\'s doors');

    const admin = await visit(browser, base, { language: 'en', size: 'desk' });
    await accept(admin, link, 'admin');
    await admin.page.goto('/en/desk/officers');
    await checkPage(admin);
    await admin.page.fill('[name=name]', 'Clerk One');
    await admin.page.fill('[name=login]', 'clerk');
    await admin.page.selectOption('[name=office]', { index: 1 });
    await admin.page.selectOption('[name=centre]', { index: 1 });
    await admin.page.locator('input[name=roles][value="counter-officer"]').check();
    await send(admin.page.locator('form[action$="/officers/invite"] .btn'));
    const invited = (await admin.page.locator('p.note').innerText()).match(/http\S+invitation\/[A-Z0-9]+/)[0];

    writeFileSync(
      at('births.csv'),
      'number,book,page,registered_on,given,family,latin,sex,born_on,place,father,mother,personal_number,father_number,mother_number,verified\n' +
        'CS-1,2214,87,1998-03-20,شیلان,بەرزنجی,Shilan Azad Karim Barzinji,female,1998-03-14,هەولێر,ئازاد کەریم مستەفا,هێڤین عومەر,1000000000001,,,compared with the book\n',
    );
    await admin.page.goto('/en/desk/books');
    await checkPage(admin);
    await admin.page.selectOption('[name=office]', { index: 1 });
    await admin.page.setInputFiles('[name=file]', at('births.csv'));
    await admin.page.selectOption('[name=mapping]', 'diwan-births');
    await send(admin.page.locator('form[action$="/desk/books"] .btn'));
    await checkPage(admin);
    await send(admin.page.locator('form[action$="/bring-in"] .btn'));
    // The page looks again by itself while the file is brought in.
    const ended = /Brought in: \D*1\D*There already: \D*0\D*Rejected: \D*0/;
    let shown = '';
    for (let tries = 0; !ended.test(shown); tries += 1) {
      assert.ok(tries < 60, shown);
      await new Promise((later) => setTimeout(later, 500));
      await admin.page.reload();
      shown = await admin.page.locator('main').innerText();
    }

    const clerk = await visit(browser, base, { language: 'en', size: 'desk' });
    await accept(clerk, invited, 'clerk');
    await clerk.page.goto('/en/desk/counter');
    await checkPage(clerk);
    await clerk.page.fill('[name=q]', '١٠٠٠٠٠٠٠٠٠٠٠١');
    await clerk.page.locator('input[name=why][value=here]').check();
    await send(clerk.page.locator('form[action$="/counter/find"] .btn'));
    assert.match(clerk.page.url(), /\/counter\/people\//, 'one person found is opened at once');
    await checkPage(clerk);
    const person = clerk.page.url();
    await clerk.page.locator('input[name=service][value="birth-certificate"]').check();
    await clerk.page.locator('input[value="national-card"]').check();
    await clerk.page.fill('[name=witness]', 'Azad Karim');
    await send(clerk.page.locator('form[action$="/begin"] .btn'));
    await clerk.page.goto(clerk.page.url().replace(/desk\/counter\/(cases\/[^/]+)\/form/, '$1/next'));
    await answerAll(clerk, {
      answers: {
        'for-whom': 'myself', 'holder-name': { given: 'Shilan', father: 'Azad' }, 'birth-date': '1998',
        'birth-place': { governorate: 'Erbil' }, purpose: 'school', use: 'home', 'document-languages': ['ckb', 'ar', 'en'],
        copies: 1, delivery: 'collect', phone: '0750 123 4567',
      },
    });
    await send(clerk.page.locator('main form .btn'));
    await clerk.page.waitForURL(/desk\/counter\/cases/);
    const hand = clerk.page.locator('form[action*="/documents/"] .btn');
    for (let tries = 0; tries < 40 && !(await hand.count()); tries += 1) {
      await clerk.page.waitForTimeout(500);
      await clerk.page.reload();
    }
    const [file] = await Promise.all([clerk.page.waitForEvent('download'), hand.first().click()]);
    assert.equal(readFileSync(await file.path()).subarray(0, 5).toString(), '%PDF-');
    await everyKindOfQuestion(clerk, person);
    const told = execFileSync(diwan, ['verify', 'journal', '--config', config], { encoding: 'utf8' });
    assert.match(told, /nothing was altered/);
  } finally {
    await browser.close();
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Every kind of question, page by page, as people meet them: without scripts in effect, in two languages. */
async function everyKindOfQuestion(v, person) {
  const { page } = v;
  await page.goto(person);
  await page.locator('input[name=service][value="every-kind"]').check();
  await page.locator('input[value="unhcr"]').check();
  await page.fill('[name=witness]', 'Azad Karim');
  await send(page.locator('form[action$="/begin"] .btn'));
  const id = page.url().match(/cases\/([0-9a-f-]+)/)[1];
  await checkPage(v);
  await page.goto(`/en/cases/${id}/next`);
  const both = async () => {
    for (const [language, size] of [['ckb', 'phone'], ['en', 'desk']]) {
      v.language = language;
      await page.setViewportSize(SIZES[size]);
      await page.goto(page.url().replace(/\/(ckb|en)\/cases/, `/${language}/cases`));
      await checkPage(v);
      await shot({ ...v, size }, `question-${page.url().split('/').pop()}`);
    }
  };
  await page.locator('.pictogram svg').waitFor();
  await page.locator('audio[controls]').waitFor();
  const answers = {
    'title-of-house': 'Old mill', story: 'By the river', built: '1960', rooms: 4, roof: 'flat', 'heated-by': ['wood', 'sun'],
    rented: false, address: { governorate: 'Erbil' }, owner: { given: 'Shilan' }, 'owner-number': { kind: 'passport', number: 'A1234567' },
  };
  for (const [key, value] of Object.entries(answers)) {
    if (key === 'owner') {
      assert.match(page.url(), /questions\/plan$/);
      await both();
      await send(page.locator('main form .actions .btn'));
    }
    assert.match(page.url(), new RegExp(`questions/${key}$`));
    await both();
    await fill(page, key, value);
    await send(page.locator('main form .actions .btn'));
  }
  assert.match(page.url(), /questions\/contact-person$/);
  await both();
  await page.fill('[name=find]', 'شیلان بەرزنجی');
  await send(page.locator('main form .actions .btn'));
  await checkPage(v);
  await page.locator('input[name="contact-person"]').first().check();
  await send(page.locator('main form .actions .btn'));

  assert.match(page.url(), /questions\/household$/);
  await both();
  const given = (n) => page.locator(`[name="household-${n}-member-name-given"]`);
  await given(1).fill('Lana');
  await send(page.locator('button[name=more]'));
  await given(2).fill('Mistake');
  await send(page.locator('button[name=more]'));
  await given(3).fill('Sara');
  await checkPage(v);
  await shot(v, 'household');
  await send(page.locator('button[name=less][value="2"]'));
  assert.deepEqual([await given(1).inputValue(), await given(2).inputValue()], ['Lana', 'Sara']);
  await given(1).press('Enter');
  assert.ok((await page.locator('.err-sum a').count()) >= 2, 'the Enter key goes on, and what is missing is told');
  await checkPage(v);
  await shot(v, 'household-errors');
  for (const [n, year, is] of [[1, '2019', 'child'], [2, '1990', 'grown']]) {
    await page.fill(`[name="household-${n}-member-born-year"]`, year);
    await page.locator(`[name="household-${n}-member-is"][value=${is}]`).check();
  }
  await send(page.locator('main form .actions .btn'));
  await fill(page, 'phone', '0750 123 4567');
  await send(page.locator('main form .actions .btn'));
  await send(page.locator('main form .actions .btn'));
  assert.match(page.url(), /\/check$/);
  await both();
  const said = await page.locator('main').innerText();
  for (const text of ['Old mill', 'Lana', 'Sara', 'A1234567']) assert.ok(said.includes(text), text);
  assert.ok(!said.includes('Mistake'));
}

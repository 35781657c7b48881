// Without the demo: from an empty folder to a first certificate, through the
// pages that administrators and counter officers use.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { launch, visit } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { answerAll, sixDigits } from './helpers.mjs';

const diwan = process.env.DIWAN_BINARY ?? join(import.meta.dirname, '../../../target/release/diwan');
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
  await v.page.fill('[name=digits]', sixDigits(secret));
  await v.page.locator('main form .btn').click();
  await v.page.waitForURL(/desk\/sign-in/);
  await v.page.fill('[name=login]', login);
  await v.page.fill('[name=password]', PASSWORD);
  await v.page.fill('[name=digits]', sixDigits(secret));
  await v.page.locator('main form .btn').click();
  await v.page.waitForURL(/\/desk(\/(?!sign-in)|$)/);
}

test('from nothing to a first certificate', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'diwan-first-'));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const config = join(folder, 'diwan.toml');
  const at = (name) => join(folder, name);
  writeFileSync(
    config,
    `listen = "127.0.0.1:${port}"\nbase-url = "${base}"\ndatabase = "sqlite:${at('diwan.db')}"\nfiles = "${at('files')}"\nkeys = "${at('keys')}"\n`,
  );
  const said = execFileSync(diwan, ['init', '--config', config], { encoding: 'utf8' });
  const link = said.match(/http\S+invitation\S+/)[0];
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
    await admin.page.locator('form[action$="/officers/invite"] .btn').click();
    const invited = (await admin.page.locator('p.note').innerText()).match(/http\S+invitation\/[A-Z0-9]+/)[0];

    writeFileSync(
      at('births.csv'),
      'number,book,page,registered_on,given,family,latin,sex,born_on,place,father,mother,personal_number,father_number,mother_number,verified\n' +
        'CS-1,2214,87,1998-03-20,شیلان,بەرزنجی,Shilan Azad Karim Barzinji,female,1998-03-14,هەولێر,ئازاد کەریم مستەفا,هێڤین عومەر,1000000000001,,,compared with the book\n',
    );
    await admin.page.goto('/en/desk/import');
    await checkPage(admin);
    await admin.page.selectOption('[name=office]', { index: 1 });
    await admin.page.setInputFiles('[name=file]', at('births.csv'));
    await admin.page.locator('form[action$="/desk/import"] .btn').click();
    assert.match(await admin.page.locator('p.note').innerText(), /One entry was brought in/);

    const clerk = await visit(browser, base, { language: 'en', size: 'desk' });
    await accept(clerk, invited, 'clerk');
    await clerk.page.goto('/en/desk/counter');
    await checkPage(clerk);
    await clerk.page.fill('[name=q]', '١٠٠٠٠٠٠٠٠٠٠٠١');
    await clerk.page.locator('form[action$="/counter/find"] .btn').click();
    await clerk.page.locator('a[href*="/desk/counter/people/"]').first().click();
    await checkPage(clerk);
    await clerk.page.locator('input[value="national-card"]').check();
    await clerk.page.fill('[name=witness]', 'Azad Karim');
    await clerk.page.locator('form[action$="/begin"] .btn').click();
    await answerAll(clerk, {
      answers: {
        'for-whom': 'myself', 'holder-name': { given: 'Shilan', father: 'Azad' }, 'birth-date': '1998',
        'birth-place': { governorate: 'Erbil' }, purpose: 'school', use: 'home', 'document-languages': ['ckb', 'ar', 'en'],
        copies: 1, delivery: 'collect', phone: '0750 123 4567',
      },
    });
    await clerk.page.locator('main form .btn').click();
    await clerk.page.waitForURL(/desk\/counter\/cases/);
    const hand = clerk.page.locator('form[action*="/documents/"] .btn');
    for (let tries = 0; tries < 40 && !(await hand.count()); tries += 1) {
      await clerk.page.waitForTimeout(500);
      await clerk.page.reload();
    }
    const [file] = await Promise.all([clerk.page.waitForEvent('download'), hand.first().click()]);
    assert.equal(readFileSync(await file.path()).subarray(0, 5).toString(), '%PDF-');
    const told = execFileSync(diwan, ['verify', 'journal', '--config', config], { encoding: 'utf8' });
    assert.match(told, /nothing was altered/);
  } finally {
    await browser.close();
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});

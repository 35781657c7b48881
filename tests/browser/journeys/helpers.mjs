// What journeys share: signing in, filling a question in, six digits.

import { createHmac } from 'node:crypto';

/** Presses a button and waits for the page that follows: a click alone no longer does. */
export async function send(button) {
  const next = button.page().waitForNavigation({ waitUntil: 'load' });
  await button.click();
  await next;
}

/** Signs a citizen in by the demo's national wallet. */
export async function signInByWallet(v, number) {
  await v.page.goto(`/${v.language}/sign-in/wallet`);
  const known = v.page.locator('button', { hasText: number });
  if (await known.count()) await known.first().click();
  else throw new Error(`the wallet does not know ${number}`);
  await v.page.waitForURL((url) => url.pathname.startsWith(`/${v.language}/`));
  // The wallet is another origin, and is meant to be.
  v.faults.length = 0;
}

/** Fills the question on the page in, as the API would be given it. */
export async function fill(page, key, value) {
  const field = (part) => page.locator(`[name="${key}-${part}"]`);
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    for (const box of await page.locator(`input[type=checkbox][name="${key}"]`).all()) {
      await box.setChecked(value.includes(await box.getAttribute('value')));
    }
  } else if (typeof value === 'object') {
    for (const [part, text] of Object.entries(value)) {
      const one = field(part);
      if (!(await one.count())) continue;
      if ((await one.evaluate((e) => e.tagName)) === 'SELECT') await one.selectOption(String(text));
      else await one.fill(String(text));
    }
  } else if (await field('year').count()) {
    const [year, month = '', day = ''] = String(value).split('-');
    await field('year').fill(year);
    await field('month').fill(month);
    await field('day').fill(day);
  } else if (await page.locator(`input[type=radio][name="${key}"]`).count()) {
    const word = value === true ? 'yes' : value === false ? 'no' : String(value);
    await page.locator(`input[type=radio][name="${key}"][value="${word}"]`).check();
  } else {
    await page.locator(`[name="${key}"]`).fill(String(value));
  }
}

/** Answers every question of a situation, one page after the other. */
export async function answerAll(v, situation, onPage = async () => {}) {
  for (let step = 0; step < 40; step += 1) {
    const key = v.page.url().match(/questions\/([a-z-]+)/)?.[1];
    if (!key) return;
    await onPage(key);
    await fill(v.page, key, situation.answers[key]);
    const before = v.page.url();
    await send(v.page.locator('main form .btn').last());
    if (v.page.url() === before) throw new Error(`${key}: ${await v.page.locator('.err-sum').innerText()}`);
  }
}

/** Six digits after RFC 6238, from a secret in base 32. */
export function sixDigits(secret, at = Date.now()) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
  const hash = createHmac('sha1', key).update(step).digest();
  const offset = hash[19] & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1000000).padStart(6, '0');
}

/** Signs an officer in. Six digits serve once, so a second visit within half a minute waits for the next ones. */
export async function signInOfficer(v, signIn) {
  for (let tries = 0; ; tries += 1) {
    await v.page.goto(`/${v.language}/desk/sign-in`);
    await v.page.fill('[name=login]', signIn.login);
    await v.page.fill('[name=password]', signIn.password);
    await v.page.fill('[name=digits]', sixDigits(signIn.totp_secret));
    await send(v.page.locator('main form .btn'));
    if (/\/desk(\/(?!sign-in)|$)/.test(new URL(v.page.url()).pathname)) return;
    if (tries === 3) throw new Error(await v.page.locator('main').innerText());
    await v.page.waitForTimeout(30_500 - (Date.now() % 30_000));
  }
}

/** The newest code that a phone or mailbox was sent, out of the demo's inbox. */
export async function codeTo(card, address) {
  const digits = address.replace(/^0/, '964').replace(/\D/g, '');
  for (let tries = 0; tries < 60; tries += 1) {
    const list = await fetch(`${card.inbox_url}.json`).then((answer) => answer.json());
    const codes = list.filter((one) => one.to.replace(/\D/g, '') === digits).map((one) => one.code ?? one.text.match(/\b\d{6}\b/)?.[0]);
    const newest = codes.find((code) => code);
    if (newest) return newest;
    await new Promise((later) => setTimeout(later, 250));
  }
  throw new Error(`no code came to ${address}`);
}

/** Applies as a situation says; the case's page is open afterwards. */
export async function apply(v, wanted, onPage) {
  await signInByWallet(v, wanted.applicant.personal_number);
  await v.page.goto(`/${v.language}/services/${wanted.service}`);
  await send(v.page.locator('main .actions .btn').first());
  await answerAll(v, wanted, onPage);
  if (!/\/check$/.test(v.page.url())) throw new Error(`not at the check page: ${v.page.url()}`);
  await send(v.page.locator('main form .btn'));
  await v.page.waitForURL(/\/cases\/[0-9a-f-]+$/);
  return v.page.locator('.panel .num').innerText();
}

/** Draws cases until the officer holds the one with this number. */
export async function takeCase(v, number) {
  for (let tries = 0; tries < 40; tries += 1) {
    await v.page.goto(`/${v.language}/desk?q=${number}`);
    const own = v.page.locator('table a', { hasText: number });
    if (await own.count()) {
      await send(own.first());
      return;
    }
    await send(v.page.locator('.split form .btn').first());
    if (!/\/desk\/cases\//.test(v.page.url())) throw new Error(`${number} does not wait for this officer: ${await v.page.locator('main').innerText()}`);
  }
  throw new Error(`${number} was never drawn`);
}

/** Waits until a document was typeset and sealed; the page says so meanwhile. */
export async function untilSealed(v, selector) {
  const button = v.page.locator(selector);
  for (let tries = 0; tries < 60 && !(await button.count()); tries += 1) {
    await v.page.waitForTimeout(400);
    await v.page.reload();
  }
  return button.first();
}

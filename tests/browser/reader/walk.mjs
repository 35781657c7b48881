// Walks through the kiosk and the public pages with Orca, by keys alone, and looks whether it said what a person
// must hear. Started by scripts/screen-reader.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demo } from '../lib/browser.mjs';
import { bare, languages, words } from './words.mjs';
import { Orca, press, type } from './orca.mjs';

const card = demo();
const SERVICE = 'birth-certificate';
const orca = new Orca(process.env.ORCA_RECORD);
const wanted = process.argv.slice(2);
const tally = { asked: 0, missing: [] };

/** A browser with nothing but the page. */
async function open() {
  const root = process.getuid?.() === 0;
  // A browser of its own that offers nothing of its own: no translation, no password to keep.
  const profile = mkdtempSync(join(tmpdir(), 'reader-'));
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify({ translate: { enabled: false }, credentials_enable_service: false }));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.DIWAN_CHROMIUM ?? '/usr/bin/chromium',
    headless: false,
    viewport: null,
    reducedMotion: 'reduce',
    ignoreDefaultArgs: ['--enable-automation'],
    args: [
      '--force-renderer-accessibility', '--test-type', '--no-first-run', '--disable-gpu', '--ozone-platform=x11',
      '--lang=en',
      // No line for addresses, in which the focus would begin.
      '--kiosk', ...(root ? ['--no-sandbox'] : []),
    ],
  });
  const page = context.pages()[0] ?? await context.newPage();
  page.setDefaultTimeout(10000);
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, page, close };
}

/** One language on one page: steps, what they said, and whether that is what must be heard. */
class Walk {
  constructor(page, language) {
    this.page = page;
    this.language = language.code;
    const [shared, service] = [words(language.code), words(language.code, SERVICE)];
    // The derived script has no words of its own: there the page's own words are what must be heard.
    this.t = shared && ((key) => (key.startsWith('question-') || key === 'summary' ? service(key) : shared(key)));
  }

  /** Does something and keeps what was said. */
  async step(name, doing, options) {
    this.name = name;
    console.log(`\n[${this.language}] ${name}`);
    this.from = orca.now();
    this.told = 0;
    await orca.hear(doing, options);
    this.listen('    ');
  }

  /** Takes in what was said until now since the step began. */
  listen(mark) {
    const { said, languages } = orca.since(this.from);
    for (const one of said.slice(this.told ?? 0)) console.log(mark + one);
    this.told = said.length;
    this.spokenIn = languages;
    this.all = bare(said.join(' '));
  }

  /** Whether something was said, or is within some seconds more: on a busy machine a voice may pause for long. */
  async comes(is) {
    for (let n = 0; !(await is()); n += 1) {
      if (n === 24) return false;
      await new Promise((done) => { setTimeout(done, 250); });
      this.listen('  . ');
    }
    return true;
  }

  note(what, is) {
    tally.asked += 1;
    if (is) return;
    tally.missing.push(`[${this.language}] ${this.name}: ${what}`);
    console.log(`  ! not heard: ${what}`);
  }

  /** The words in the first line of a place. */
  async standing(place) { return bare((await this.page.locator(place).first().innerText()).trim().split('\n')[0]); }

  /** The words of a key were said; in the derived script, what stands at the place. */
  async says(key, place) {
    if (this.t) return this.note(key, await this.comes(() => this.t(key).test(this.all)));
    const text = await this.standing(place);
    return this.note(`${key} (${text})`, text !== '' && await this.comes(() => this.all.includes(text)));
  }

  /** The words of a key were said with the page, or are when one reads on, line by line, from where Orca stopped. */
  async reads(key, place) {
    const is = async () => (this.t ? this.t(key).test(this.all) : this.all.includes(await this.standing(place)));
    for (let n = 0; n < 25 && !(await is()); n += 1) {
      await orca.hear(async () => press('Down'), { quiet: 400, first: 2000 });
      this.listen('  + ');
    }
    return this.says(key, place);
  }

  /** A word was said as it is: a number, a role. */
  async saysText(text) { this.note(text, await this.comes(() => this.all.includes(bare(text)))); }

  /** The voice was asked for in the language of the page. */
  async inItsLanguage() { this.note(`a voice of ${this.language}`, await this.comes(() => this.spokenIn.has(this.language))); }

  /** The words of a key were said no more often than this. */
  atMost(key, times) {
    if (!this.t) return;
    const found = this.all.match(new RegExp(this.t(key).source, 'g')) ?? [];
    this.note(`${key} at most ${times} times, not ${found.length}`, found.length <= times);
  }

  /** Goes to an address, as a machine's own start or a link from elsewhere does. */
  async goTo(path) { await this.page.goto(card.base_url + path, { waitUntil: 'load' }); }

  /** Presses Tab until what has the focus is the thing that is meant; only the last press is kept. */
  async tabTo(name, selector, { most = 25 } = {}) {
    this.name = name;
    for (let n = 0; n < most; n += 1) {
      this.from = orca.now();
      this.told = 0;
      await orca.hear(async () => press('Tab'), { quiet: 500, first: 2500 });
      if (!(await this.page.evaluate((s) => document.activeElement?.matches(s), selector))) continue;
      console.log(`\n[${this.language}] ${name}`);
      return this.listen('    ');
    }
    throw new Error(`Tab never came to ${selector}`);
  }

  /** Presses a key that leads to another page. */
  async onward(name, key) {
    await this.step(name, async () => {
      const next = this.page.waitForNavigation({ waitUntil: 'load' }).catch(() => null);
      press(key);
      if (!(await next)) throw new Error(`${key} led nowhere`);
    });
  }
}

const printer = (mood) => fetch(`${card.kiosk.printer_url}/${mood}`, { method: 'POST' });

/** The language, a ticket, and a sheet that comes out while one waits. */
async function ticket(w) {
  await w.step('the start of the kiosk', () => w.goTo('/kiosk/EB3'));
  await w.tabTo('its tile', `a.tile[lang="${w.language}"]`);
  await w.saysText(languages().find((one) => one.code === w.language).name);
  await w.says('kiosk-begin', `a.tile[lang="${w.language}"] small`);
  await w.saysText('link');
  await w.onward('the menu', 'Return');
  await w.inItsLanguage();
  await w.reads('kiosk-welcome', 'h1');
  await w.reads('kiosk-cases', 'a.tile[data-digit="3"] span');
  await w.saysText('heading level 1');
  w.atMost('kiosk-welcome', 3);
  await w.tabTo('a ticket', 'a.tile[data-digit="1"]');
  await w.says('kiosk-ticket', 'a.tile[data-digit="1"] span');
  await w.saysText('link');
  await w.onward('the lines, by the keypad', 'KP_1');
  await w.reads('kiosk-for-what', 'h1');
  await w.tabTo('a line', 'a.tile[data-digit="1"]');
  const wait = bare(await w.page.locator('a.tile[data-digit="1"] small').first().innerText());
  w.note(`how long one waits (${wait})`, wait !== '' && w.all.includes(wait));
  await w.onward('the needs', 'Return');
  await w.reads('kiosk-any-need', 'h1');
  await w.tabTo('none', 'button.tile[data-digit="1"]');
  await w.says('kiosk-no-need', 'button.tile[data-digit="1"] span');
  await w.saysText('button');
  await w.step('the ticket, and its sheet while one waits', async () => {
    const next = w.page.waitForNavigation({ waitUntil: 'load' });
    press('Return');
    await next;
    await w.page.locator('.pass b').waitFor();
    await w.page.waitForFunction(() => !document.body.hasAttribute('data-reload'), null, { timeout: 30000 }).catch(() => {});
  });
  await w.reads('kiosk-print-ticket', 'h1');
  w.atMost('kiosk-print-ticket', 3);
  await w.saysText(await w.page.locator('.pass b').innerText());
  await w.says('kiosk-printing-printed', '.pass p');
  w.atMost('kiosk-printing-printed', 2);
}

/** A number that is none, a note with nothing in it, and a helper. */
async function mistakes(w) {
  const path = `/${w.language}/kiosk/EB3`;
  await w.step('who are you', () => w.goTo(`${path}/sign-in`));
  await w.says('kiosk-who-lead', '#intro p');
  await w.says('kiosk-number', 'label[for=number]');
  await w.says('kiosk-number-hint', '#number-hint');
  await w.saysText('entry');
  await w.step('a number that is none', async () => {
    type('12');
    const next = w.page.waitForNavigation({ waitUntil: 'load' });
    press('Return');
    await next;
  });
  await w.says('kiosk-number', 'label[for=number]');
  await w.says('kiosk-number-wrong', '#number-err');
  await w.saysText('invalid');
  await w.tabTo('the key that takes a digit away', '[data-pad] button:nth-child(10)');
  await w.saysText('button');
  w.note('words instead of -1', !/-\s?1\b|minus/.test(w.all));
  await w.tabTo('a helper', '.help-me');
  await w.says('kiosk-help', '.help-me');
  await w.saysText('button');
  await w.onward('the helper is called', 'Return');
  await w.inItsLanguage();
  await w.reads('kiosk-help-called', 'h1');
  await w.reads('kiosk-help-called-lead', '.pass p');
  await w.step('a note', () => w.goTo(`${path}/note`));
  await w.reads('kiosk-note-about', 'legend');
  await w.tabTo('leave it', 'main form .btn');
  await w.says('kiosk-note-send', 'main form .btn');
  await w.onward('a note with nothing in it', 'Return');
  await w.says('error-summary', '.err-sum h2');
  await w.says('kiosk-note-wrong-about', '.err-sum a');
  await w.onward('a helper, by the keypad', 'KP_0');
  await w.reads('kiosk-help-called', 'h1');
}

/** Nobody touches the page: asked, and stayed. */
async function idle(w) {
  await w.step('a page that is left', () => w.goTo(`/${w.language}/kiosk/EB3`));
  await w.tabTo('something in it', 'a.tile[data-digit="1"]');
  await w.step('the question whether somebody is there', async () => {
    await w.page.evaluate(() => {
      const now = Date.now;
      Date.now = () => now() + 61000;
    });
    await w.page.locator('[data-warning]:not([hidden])').waitFor();
  });
  await w.inItsLanguage();
  await w.says('kiosk-still-there', '#idle-title');
  await w.says('kiosk-still-there-lead', '#idle-title + p');
  await w.says('kiosk-stay', '[data-stay]');
  await w.saysText('button');
  w.atMost('kiosk-still-there-lead', 1);
  await w.step('I am', async () => { press('Return'); }, { first: 3000 });
  await w.says('kiosk-ticket', 'a.tile[data-digit="1"] span');
  w.note('the question is gone', await w.page.locator('[data-warning]').isHidden());
}

/** The service, its first question and an error of it. */
async function application(w) {
  await w.step('the page of a service', () => w.goTo(`/${w.language}/services/${SERVICE}`));
  await w.reads('summary', '.big-text');
  await w.saysText('heading level 1');
  await w.tabTo('begin', 'main .actions .btn');
  await w.says('service-begin', 'main .actions .btn');
  await w.saysText('button');
  await w.onward('the first question', 'Return');
  await w.inItsLanguage();
  await w.reads('question-for-whom', 'h1');
  await w.tabTo('its first answer', 'input[type=radio]');
  // Orca 43 names no group where a radio button gets the focus: its question was read with the page.
  await w.says('question-for-whom-option-myself', 'label.opt span');
  await w.saysText('radio button');
  await w.tabTo('go on', 'main form .actions .btn');
  await w.says('go-on', 'main form .actions .btn');
  await w.onward('nothing was chosen', 'Return');
  await w.says('error-summary', '.err-sum h2');
  await w.says('question-for-whom-missing', '.err-sum a');
  await w.tabTo('the link of the error', '.err-sum a');
  await w.says('question-for-whom-missing', '.err-sum a');
  await w.saysText('link');
  await w.step('into the question', async () => { press('Return'); }, { first: 3000 });
  await w.says('question-for-whom-option-myself', 'label.opt span');
  await w.saysText('radio button');
}

/** Whether a paper is genuine, with a code that is none, and with one that nobody knows. */
async function checking(w) {
  await w.step('checking a paper', () => w.goTo(`/${w.language}/check`));
  await w.reads('nav-check', 'h1');
  await w.tabTo('the code', '#code');
  await w.says('check-code', 'label[for=code]');
  await w.says('check-code-hint', '#code-hint');
  await w.saysText('entry');
  await w.step('a code that is none', async () => {
    type('ab12');
    const next = w.page.waitForNavigation({ waitUntil: 'load' });
    press('Return');
    await next;
  });
  await w.says('error-summary', '.err-sum h2');
  await w.says('check-code-wrong', '.err-sum a');
  await w.tabTo('the code again', '#code');
  await w.says('check-code', 'label[for=code]');
  await w.says('check-code-wrong', '#code-err');
  await w.saysText('invalid');
  await w.step('a code that nobody knows', async () => {
    press('ctrl+a');
    type('abcdefghjkmnpqrstvwxyz2345');
    const next = w.page.waitForNavigation({ waitUntil: 'load' });
    press('Return');
    await next;
  });
  await w.reads('verdict-unknown', 'h1');
  await w.reads('verify-unknown-help', 'main > p');
}

const chosen = languages().filter((one) => !wanted.length || wanted.includes(one.code));
const parts = (process.env.READER_PARTS ?? 'ticket,mistakes,idle,application,checking').split(',');
const url = new URL(card.base_url);
for (const walks of [{ ticket, mistakes, idle }, { application, checking }]) {
  const { context, page, close } = await open();
  if (walks.ticket) {
    await printer('ready');
    await context.addCookies([{ name: card.kiosk.cookie, value: card.kiosk.key, domain: url.hostname, path: '/', httpOnly: true }]);
  }
  for (const language of chosen) {
    for (const [name, walk] of Object.entries(walks)) {
      if (!parts.includes(name)) continue;
      const w = new Walk(page, language);
      try {
        await walk(w);
      } catch (fault) {
        w.note(`${name} was not walked to its end: ${String(fault.message).split('\n')[0]}`, false);
      }
    }
  }
  await close();
}
console.log(`\n${tally.asked} things asked for in ${chosen.length} languages, ${tally.missing.length} not heard`);
for (const one of tally.missing) console.log(`  ${one}`);
process.exitCode = tally.asked > 0 && tally.missing.length === 0 ? 0 : 1;

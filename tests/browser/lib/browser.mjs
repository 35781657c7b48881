// Opens pages as people do: in a language, with or without scripts, on a phone or a desk.

import { readFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

/** The languages of the pages and the direction each is read in. */
export const LANGUAGES = { ckb: 'rtl', ar: 'rtl', kmr: 'ltr', 'kmr-Arab': 'rtl', en: 'ltr' };

/** A phone and a desk; `narrow` is what WCAG 1.4.10 asks for, `kiosk` a standing screen. */
export const SIZES = {
  narrow: { width: 320, height: 640 },
  phone: { width: 360, height: 740 },
  desk: { width: 1280, height: 900 },
  kiosk: { width: 1080, height: 1920 },
};

/** What the running demo wrote about itself: its address, doors and people. */
export function demo() {
  const path = process.env.DIWAN_DEMO_JSON;
  if (!path) throw new Error('DIWAN_DEMO_JSON must name the demo.json of a running demo');
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** A browser; close it when done. */
export function launch() {
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: process.env.DIWAN_CHROMIUM ?? '/usr/bin/chromium',
    args: root ? ['--no-sandbox'] : [],
  });
}

/** Every language × script × size, as one flat list to loop over. */
export function views({ languages = Object.keys(LANGUAGES), scripts = [true, false], sizes = ['phone', 'desk'] } = {}) {
  return languages.flatMap((language) =>
    scripts.flatMap((script) =>
      sizes.map((size) => ({ language, script, size, name: `${language} ${size}${script ? '' : ' without scripts'}` })),
    ),
  );
}

/**
 * A visit with a fresh browser memory.
 * `visit.page` is Playwright's page; `visit.faults` collects what went wrong behind the page;
 * `visit.traffic` the bytes since the last `visit.traffic.clear()`.
 */
export async function visit(browser, base, { language = 'en', script = true, size = 'desk' } = {}) {
  const context = await browser.newContext({
    baseURL: base,
    viewport: SIZES[size],
    javaScriptEnabled: script,
    reducedMotion: 'reduce',
    locale: language === 'kmr-Arab' ? 'ku-Arab' : language,
  });
  const page = await context.newPage();
  const faults = watch(page, base);
  const traffic = await Traffic.of(context, page);
  return { context, page, faults, traffic, language, script, size, close: () => context.close() };
}

/** Goes to a path; waits for its fonts, because they move what is measured. */
export async function go(visited, path) {
  const answer = await visited.page.goto(path, { waitUntil: 'load' });
  await measuring(visited, () => visited.page.evaluate(() => document.fonts.ready.then(() => undefined)));
  return answer;
}

/**
 * Lets our own measuring run where scripts are off. The page is loaded by then and its scripts were passed
 * over; timers and promises of the measuring need the switch turned for a moment.
 */
export async function measuring(visited, work) {
  if (visited.script) return work();
  const turn = (value) => visited.traffic.session.send('Emulation.setScriptExecutionDisabled', { value });
  // A page that was reached by a click keeps its timers stopped until the switch was turned once and back.
  await turn(false);
  await visited.page.evaluate(() => document.fonts.ready.then(() => undefined));
  await turn(true);
  await turn(false);
  try {
    return await work();
  } finally {
    await turn(true);
  }
}

function watch(page, base) {
  const faults = [];
  const origin = new URL(base).origin;
  page.on('console', (message) => {
    // A page that says "not found" or "mend this" is an answer, not a fault; the journey judges it.
    const answered = /Failed to load resource.*status of 4\d\d/.test(message.text()) && message.location().url === page.url();
    if (message.type() === 'error' && !answered) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (fault) => faults.push(`script: ${fault.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) faults.push(`another origin was asked: ${url.origin}`);
  });
  page.on('response', (answer) => {
    if (answer.status() >= 500) faults.push(`${answer.status()} from ${answer.url()}`);
  });
  return faults;
}

/** Counts bytes on the wire, and what they would be if a proxy compressed what the server did not. */
export class Traffic {
  static async of(context, page) {
    const traffic = new Traffic();
    traffic.session = await context.newCDPSession(page);
    await traffic.session.send('Network.enable');
    const answers = new Map();
    traffic.session.on('Network.responseReceived', ({ requestId, response }) => answers.set(requestId, response));
    traffic.session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const answer = answers.get(requestId);
      if (!answer || answer.fromDiskCache || answer.fromPrefetchCache) return;
      traffic.pending.push(traffic.add(requestId, answer, encodedDataLength));
    });
    return traffic;
  }

  files = [];
  pending = [];

  async add(requestId, answer, wire) {
    const encoded = Object.keys(answer.headers).some((name) => name.toLowerCase() === 'content-encoding');
    let compressed = wire;
    if (!encoded && /text|json|javascript|svg|xml/.test(answer.mimeType)) {
      const body = await this.session.send('Network.getResponseBody', { requestId }).catch(() => null);
      if (body) {
        const bytes = Buffer.from(body.body, body.base64Encoded ? 'base64' : 'utf8');
        compressed = Math.max(0, wire - bytes.length) + gzipSync(bytes).length;
      }
    }
    this.files.push({ url: answer.url, wire, compressed: Math.min(wire, compressed) });
  }

  clear() {
    this.files = [];
    this.pending = [];
  }

  /** `{ wire, compressed, files }` in bytes, answer headers included. */
  async total() {
    await Promise.all(this.pending);
    const sum = (key) => this.files.reduce((total, file) => total + file[key], 0);
    return { wire: sum('wire'), compressed: sum('compressed'), files: this.files };
  }
}

/** A picture of the whole page in DIWAN_SHOTS, when that names a folder. */
export async function shot(visited, name) {
  const folder = process.env.DIWAN_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const { language, size, script } = visited;
  const file = `${name}.${language}.${size}${script ? '' : '.no-script'}.png`;
  await visited.page.screenshot({ path: join(folder, file), fullPage: true });
}

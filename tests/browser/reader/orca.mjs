// What the screen reader says, read from its own record, and keys pressed as a keyboard presses them.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });

const SIGNS = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", '#39': "'" };

/** Presses keys of the keyboard, one after the other (names of X: Tab, Return, KP_1). */
export function press(...keys) {
  for (const key of keys) execFileSync('xdotool', ['key', '--clearmodifiers', key], { timeout: 10000 });
}

/** Types text as a keyboard does. */
export function type(text) {
  execFileSync('xdotool', ['type', '--delay', '60', text], { timeout: 20000 });
}

/** Orca's record: everything that it sent to a voice. */
export class Orca {
  constructor(file) { this.file = file; }

  spoken() {
    // As it went to the voice, with a mark before each word.
    return [...readFileSync(this.file, 'utf8').matchAll(/SPEECH DISPATCHER: Speaking '<speak>([\s\S]*?)<\/speak>'/g)]
      .map((one) => one[1].replace(/<mark [^>]*>/g, '').replace(/&(lt|gt|amp|quot|apos|#39);/g, (_, name) => SIGNS[name]))
      .map((one) => one.replace(/\s+/g, ' ').trim()).filter(Boolean);
  }

  /** The languages in which texts of the pages were handed to a voice since a place of the record. */
  languages(since) {
    const asked = readFileSync(this.file, 'utf8').slice(since).matchAll(/voice requested with language='([a-z]+)', dialect='(\w*)'/g);
    return new Set([...asked].map(([, language, dialect]) => (dialect ? `${language}-${dialect}` : language)));
  }

  /** What is said because of `doing`, until nothing more is said for a while. */
  async hear(doing, { quiet = 3000, atMost = 30000, first = 6000 } = {}) {
    const [before, since] = [this.spoken().length, readFileSync(this.file, 'utf8').length];
    await doing();
    const began = Date.now();
    let [count, changed] = [before, Date.now()];
    while (Date.now() - began < atMost) {
      await wait(150);
      const now = this.spoken().length;
      if (now !== count) [count, changed] = [now, Date.now()];
      const since = Date.now() - changed;
      if (count > before ? since > quiet : since > first) break;
    }
    this.spokenIn = this.languages(since);
    return this.spoken().slice(before);
  }
}

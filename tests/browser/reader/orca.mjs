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

  /** Where the record ends now. */
  now() { return readFileSync(this.file, 'utf8').length; }

  /** What went to the voice since a place of the record, and in which languages texts of the pages went to it. */
  since(place) {
    const record = readFileSync(this.file, 'utf8').slice(place);
    // As it went to the voice, with a mark before each word.
    const said = [...record.matchAll(/SPEECH DISPATCHER: Speaking '<speak>([\s\S]*?)<\/speak>'/g)]
      .map((one) => one[1].replace(/<mark [^>]*>/g, '').replace(/&(lt|gt|amp|quot|apos|#39);/g, (_, name) => SIGNS[name]))
      .map((one) => one.replace(/\s+/g, ' ').trim()).filter(Boolean);
    const asked = record.matchAll(/voice requested with language='([a-z]+)', dialect='(\w*)'/g);
    const languages = new Set([...asked].map(([, language, dialect]) => (dialect ? `${language}-${dialect}` : language)));
    return { said, languages };
  }

  /** Does something and waits until nothing more is said for a while. */
  async hear(doing, { quiet = 3000, atMost = 30000, first = 6000 } = {}) {
    const place = this.now();
    await doing();
    const began = Date.now();
    let [count, changed] = [0, Date.now()];
    while (Date.now() - began < atMost) {
      await wait(150);
      const now = this.since(place).said.length;
      if (now !== count) [count, changed] = [now, Date.now()];
      const since = Date.now() - changed;
      if (since > (count > 0 ? quiet : first)) break;
    }
  }
}

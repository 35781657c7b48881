// The words that must be heard, out of the files that the pages take them from.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../../../', import.meta.url).pathname;

/** The languages of the pages, in the order of the switch. */
export function languages() {
  const text = readFileSync(join(root, 'locales/languages.toml'), 'utf8');
  return text.split('[[language]]').slice(1).map((one) => {
    const said = (name) => one.match(new RegExp(`^${name}\\s*=\\s*"([^"]*)"`, 'm'))?.[1] ?? '';
    return { code: said('code'), name: said('name'), derived: said('derived') };
  });
}

/** What remains of a text when only its words are compared: no marks, no invisible signs, single spaces. */
export function bare(text) {
  return text.normalize('NFC').toLowerCase()
    .replace(/[\u200b-\u200f\u2066-\u2069\u202a-\u202e]/g, '')
    .replace(/[.,:;?!؟،؛…"'“”‘’«»()]/g, ' ')
    .replace(/\s+/g, ' ').trim();
}

/** The messages of a folder or a file of Fluent: `key → text`. */
function messages(path) {
  const files = path.endsWith('.ftl') ? [path] : readdirSync(path).filter((name) => name.endsWith('.ftl')).map((name) => join(path, name));
  const found = new Map();
  for (const file of files) {
    let key = null;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const begins = line.match(/^([a-z][a-z0-9-]*)\s*=\s?(.*)$/);
      if (begins) {
        key = begins[1];
        found.set(key, begins[2]);
      } else if (key && /^(\s|\})/.test(line) && line.trim()) found.set(key, `${found.get(key)}\n${line}`);
      else key = null;
    }
  }
  return found;
}

/** A text of Fluent as a pattern over bare words: a variable is anything, a choice any of its variants. */
function pattern(text) {
  const choice = text.match(/^\s*\{\s*\$[\w-]+\s*->([\s\S]*)\}\s*$/);
  if (choice) {
    const variants = choice[1].split(/\n\s*\*?\[[^\]]*\]/).slice(1);
    return `(?:${variants.map((one) => pattern(one.trim())).join('|')})`;
  }
  return text.split(/\{[^}]*\}/)
    .map((part) => bare(part).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
    .filter((part, n, all) => part || n < all.length)
    .join(' ?.{1,40}? ?');
}

/** The words of a language by key; of the derived language none are written down. */
export function words(code, service) {
  const own = languages().find((one) => one.code === code);
  if (own.derived) return null;
  const all = messages(join(root, 'locales', code));
  const of = service ? messages(join(root, 'services', service, 'words', `${code}.ftl`)) : new Map();
  return (key) => {
    const text = of.get(key) ?? all.get(key);
    if (text === undefined) throw new Error(`no words for ${key} in ${code}`);
    return new RegExp(pattern(text));
  };
}

// Runs the journeys against a running demo: DIWAN_DEMO_JSON=path/to/demo.json node tests/browser/run.mjs [name…]
// Words after it choose the files whose names contain them. DIWAN_SHOTS=folder keeps pictures.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { demo } from './lib/browser.mjs';

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const wanted = process.argv.slice(2);

try {
  demo();
} catch (fault) {
  console.error(fault.message);
  process.exit(2);
}

const tests = (folder) => readdirSync(join(here, folder)).filter((name) => name.endsWith('.test.mjs')).sort();
const files = [...tests('.').map((name) => join(here, name)), ...tests('journeys').map((name) => join(here, 'journeys', name))].filter(
  (file) => wanted.length === 0 || wanted.some((word) => file.includes(word)),
);
if (files.length === 0) {
  console.error(`no test file is named like ${wanted.join(', ')}`);
  process.exit(2);
}

// One file after the other on one demonstration; a page that never answers must not hold up the rest.
run({ files, concurrency: 1, timeout: 20 * 60 * 1000 })
  .on('test:fail', () => { process.exitCode = 1; })
  .compose(new spec())
  .pipe(process.stdout);

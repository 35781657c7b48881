// The pictures of the README, in Sorani and English: retaken when DIWAN_PICTURES is set, so that they stay true.

import { test } from 'node:test';
import { join } from 'node:path';
import { demo, go, launch, visit } from '../lib/browser.mjs';
import { apply, signInOfficer, takeCase, untilSealed } from './helpers.mjs';

const folder = join(import.meta.dirname, '../../../docs/pictures');
const wanted = process.env.DIWAN_PICTURES;

test('pictures for the README', { skip: wanted ? false : 'DIWAN_PICTURES is not set' }, async () => {
  const card = demo();
  const situation = (key) => card.situations.find((one) => one.key === key);
  const browser = await launch();
  const picture = (v, name) => v.page.screenshot({ path: join(folder, `${name}.png`), fullPage: v.size === 'phone' });
  try {
    const citizen = await visit(browser, card.base_url, { language: 'ckb', size: 'phone' });
    await go(citizen, '/ckb/');
    await picture(citizen, 'home-ckb');
    const open = situation('spouse-of-late');
    const number = await apply(citizen, open, async (key) => {
      if (key === 'birth-date') await picture(citizen, 'question-ckb');
    });
    const reader = await visit(browser, card.base_url, { language: 'en', size: 'phone' });
    await apply(reader, situation('displaced'));
    await untilSealed(reader, 'section.note form .btn');
    await picture(reader, 'case-en');
    const office = open.holder.entry.slice(0, 2);
    const registrar = card.signins.find((one) => one.role === 'registrar' && one.office === office);
    const desk = await visit(browser, card.base_url, { language: 'en', size: 'desk' });
    await signInOfficer(desk, registrar);
    await takeCase(desk, number);
    await picture(desk, 'desk-en');
  } finally {
    await browser.close();
  }
});

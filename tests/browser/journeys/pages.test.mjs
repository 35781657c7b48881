// Every page that anyone may open, in every language, on a phone and narrower.

import { after, before, test } from 'node:test';
import { demo, go, launch, shot, views, visit } from '../lib/browser.mjs';
import { BUDGET, checkBudget, checkPage } from '../lib/check.mjs';

const card = demo();
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const PAGES = ['/', '/services/birth-certificate', '/sign-in', '/track', '/check', '/check/without', '/log', '/statistics', '/my-cases', '/contact', '/desk/sign-in'];

const VIEWS = [
  ...views({ scripts: [true], sizes: ['phone'] }),
  ...views({ languages: ['ckb', 'en'], scripts: [true], sizes: ['desk'] }),
];

for (const view of VIEWS) {
  test(`open pages, ${view.name}`, async () => {
    const v = await visit(browser, card.base_url, view);
    try {
      for (const path of PAGES) {
        await go(v, `/${view.language}${path}`);
        await checkPage(v);
      }
      await go(v, `/${view.language}/check/${card.issued.check_code}`);
      await checkPage(v);
      await shot(v, 'verify');
      // The register was counted when the demonstration began.
      await go(v, `/${view.language}/statistics`);
      await shot(v, 'statistics');
      for (const table of ['births-age', 'deaths-cause', 'marriages-age']) {
        await go(v, `/${view.language}/statistics/${table}`);
        await checkPage(v);
        await shot(v, `statistics-${table}`);
      }
    } finally {
      await v.close();
    }
  });
}

test('first view and next page stay within their budgets', async () => {
  const v = await visit(browser, card.base_url, { language: 'ckb', size: 'phone' });
  try {
    await go(v, '/ckb/');
    await shot(v, 'home');
    await checkBudget(v, BUDGET.first);
    v.traffic.clear();
    await go(v, '/ckb/services/birth-certificate');
    await checkBudget(v, BUDGET.next);
  } finally {
    await v.close();
  }
});

// Small pages that prove the checks can fail: one that stands right, others broken in one way each.

import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const assets = new URL('../../../assets/', import.meta.url);
const asset = (name) => {
  const folder = { css: 'css/', js: 'js/', woff2: 'fonts/' }[name.split('.').pop()] ?? '';
  return readFileSync(new URL(folder + name, assets));
};
const TYPES = { css: 'text/css', js: 'text/javascript', woff2: 'font/woff2', html: 'text/html; charset=utf-8' };

const WORDS = {
  ckb: { title: 'بڕوانامەکە بۆ کێیە؟', back: 'گەڕانەوە', text: 'ناوت وەک دایک یان باوک لە تۆماردا هەیە.', a: 'بۆ خۆم', b: 'بۆ منداڵەکەم', day: 'ڕۆژ', month: 'مانگ', year: 'ساڵ', go: 'بەردەوام بە', name: 'دیوان' },
  en: { title: 'Who is the certificate for?', back: 'Back', text: 'Your name is in the register as mother or father.', a: 'For me', b: 'For my child', day: 'Day', month: 'Month', year: 'Year', go: 'Continue', name: 'Diwan' },
};

/** A question page as the house writes them. */
export function question(language, { css = '', sheet, head = '', main = '', lang = language, dir } = {}) {
  const w = WORDS[language];
  const direction = dir ?? (language === 'en' ? 'ltr' : 'rtl');
  const field = (id, label, width) =>
    `<div class="field"><label for="${id}">${label}</label><input class="text ${width}" id="${id}" name="${id}" inputmode="numeric"></div>`;
  return `<!doctype html><html${lang ? ` lang="${lang}"` : ''} dir="${direction}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${w.title}</title>
<link rel="stylesheet" href="/assets/app.${sheet ?? direction}.css"><link rel="stylesheet" href="/fixture.css?${encodeURIComponent(css)}">
<script src="/assets/app.js" defer></script>${head}</head><body>
<a class="skip" href="#main">${w.go}</a>
<header class="mast"><div class="wrap"><a class="brand" href="#home"><span><b>${w.name}</b></span></a>
<nav aria-label="${w.name}"><ul class="langs"><li><a href="#ckb" lang="ckb" dir="rtl">کوردی</a></li><li><a href="#en" lang="en" dir="ltr">English</a></li></ul></nav></div></header>
<main class="wrap" id="main"><a class="back" href="#back">${w.back}</a>
<div class="err-sum" role="alert"><h2>${w.back}</h2><ul><li><a href="#who">${w.text}</a></li></ul></div>
<form method="post" action="/sent"><input type="hidden" name="key" value="k1">
<div class="bad"><fieldset id="who" aria-describedby="who-hint who-err"><legend><h1>${w.title}</h1></legend>
<p class="hint" id="who-hint">${w.text}</p><p class="err" id="who-err">${w.text}</p>
<label class="opt"><input type="radio" name="who" value="a"><span>${w.a}</span></label>
<label class="opt"><input type="radio" name="who" value="b"><span>${w.b}<small>${w.text}</small></span></label></fieldset></div>
<fieldset><legend>${w.year}</legend><div class="date">${field('day', w.day, 'w-2')}${field('month', w.month, 'w-2')}${field('year', w.year, 'w-4')}</div></fieldset>
<div class="field"><label for="papers">PDF</label><input type="file" id="papers" name="papers" multiple></div>
<div class="actions"><button class="btn" name="go" value="on">${w.go}</button><a class="btn alt" href="#later">${w.back}</a></div></form>
<div class="help"><p>${w.text}</p></div><p><span class="count" data-count="mine">3</span></p>
<button class="btn alt" data-print hidden type="button">${w.go}</button>${main}</main>
<footer class="foot"><div class="wrap"><p>${w.name}</p></div></footer></body></html>`;
}

/**
 * Serves pages by name on this machine, with the house's content policy and compression.
 * `server.posts` holds the bodies that were sent.
 */
export async function serve(pages, { live = () => ({ counts: {} }) } = {}) {
  const posts = [];
  const server = createServer((request, answer) => {
    const url = new URL(request.url, 'http://local');
    const send = (status, type, body) => {
      const bytes = type.startsWith('font') ? Buffer.from(body) : gzipSync(body);
      const headers = { 'content-type': type, 'content-security-policy': "default-src 'self'; frame-ancestors 'none'", 'cache-control': url.pathname.startsWith('/assets/') ? 'max-age=600' : 'no-store' };
      if (!type.startsWith('font')) headers['content-encoding'] = 'gzip';
      answer.writeHead(status, headers).end(bytes);
    };
    const page = pages[url.pathname.slice(1)];
    if (request.method === 'POST') {
      let body = '';
      request.on('data', (part) => { body += part; });
      request.on('end', () => {
        posts.push(body);
        setTimeout(() => send(200, TYPES.html, pages.sent ?? '<!doctype html><title>sent</title>'), 150);
      });
    } else if (url.pathname === '/fixture.css') send(200, TYPES.css, decodeURIComponent(url.search.slice(1)));
    else if (url.pathname === '/fails.js') send(200, TYPES.js, 'throw new Error("on purpose")');
    else if (url.pathname === '/live') send(200, 'application/json', JSON.stringify(live()));
    else if (url.pathname.startsWith('/assets/')) {
      const name = url.pathname.slice('/assets/'.length);
      send(200, TYPES[name.split('.').pop()] ?? 'text/plain', asset(name));
    } else if (url.pathname === '/favicon.ico') answer.writeHead(204).end();
    else if (page) send(200, TYPES.html, page);
    else send(404, TYPES.html, '<!doctype html><title>none</title>');
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { base: `http://127.0.0.1:${server.address().port}`, posts, close: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }) };
}

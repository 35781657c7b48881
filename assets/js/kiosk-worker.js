// What a kiosk shows while its line is cut, whenever that happens. The browser keeps pages that say so in each
// language and what they look like; of whoever stands there nothing. What was pressed stands in such a page, with
// the key of its form: sent again, it is done once.
'use strict';
var STORE = 'away';
// A server that says nothing for so long is away, milliseconds.
var SILENCE = 15000;
var given = new URL(self.location.href).searchParams;
var languages = (given.get('languages') || '').split(',');
function pageOf(language) { return '/' + language + '/kiosk/' + given.get('centre') + '/away'; }

// Keeps a file and whatever it names below /assets/.
function keep(store, address, known) {
  if (known.indexOf(address) >= 0) return Promise.resolve();
  known.push(address);
  return fetch(address).then(function (answer) {
    if (!answer.ok) throw new Error(address + ': ' + answer.status);
    return store.put(address, answer.clone()).then(function () {
      if (!/text\/(html|css)/.test(answer.headers.get('content-type'))) return null;
      return answer.text().then(function (text) {
        var named = text.match(/\/assets\/[^"')\s]+/g) || [];
        return Promise.all(named.map(function (one) { return keep(store, one, known); }));
      });
    });
  });
}

self.addEventListener('install', function (event) {
  event.waitUntil(caches.open(STORE).then(function (store) {
    var known = [];
    return Promise.all(languages.map(function (one) { return keep(store, pageOf(one), known); }));
  }).then(function () { return self.skipWaiting(); }));
});
self.addEventListener('activate', function (event) { event.waitUntil(self.clients.claim()); });

function written(text) {
  return String(text).replace(/[&"<>]/g, function (sign) { return '&#' + sign.charCodeAt(0) + ';'; });
}

// The page that says so, with what was pressed as a form.
function away(asked, body) {
  var url = new URL(asked.url), language = url.pathname.split('/')[1];
  if (languages.indexOf(language) < 0) language = languages[0];
  var fields = new URLSearchParams(asked.method === 'POST' ? body : url.search);
  var form = '<form data-again method="' + asked.method.toLowerCase() + '" action="' + written(url.pathname) + '">';
  fields.forEach(function (value, name) {
    form += '<input type="hidden" name="' + written(name) + '" value="' + written(value) + '">';
  });
  return caches.open(STORE).then(function (store) { return store.match(pageOf(language)); }).then(function (kept) {
    if (!kept) return Response.error();
    return kept.text().then(function (text) {
      var page = text.replace('<!-- again -->', function () { return form + '</form>'; });
      return new Response(page, { status: 503, headers: kept.headers });
    });
  });
}

self.addEventListener('fetch', function (event) {
  var asked = event.request, url = new URL(asked.url);
  if (url.origin !== self.location.origin) return;
  if (url.pathname.indexOf('/assets/') === 0) {
    event.respondWith(fetch(asked).catch(function () {
      return caches.match(asked, { ignoreVary: true }).then(function (kept) { return kept || Response.error(); });
    }));
    return;
  }
  if (asked.mode !== 'navigate' || !/^(\/[a-z-]+)?\/kiosk\//i.test(url.pathname)) return;
  var body = asked.method === 'POST' ? asked.clone().text() : Promise.resolve('');
  event.respondWith(body.then(function (text) {
    var silence = new Promise(function (resolve) { setTimeout(resolve, SILENCE); });
    return Promise.race([fetch(asked), silence]).then(function (answer) {
      // A proxy that reaches nobody answers so.
      return answer && answer.status !== 502 && answer.status !== 504 ? answer : away(asked, text);
    }, function () { return away(asked, text); });
  }));
});

// A hall's display: no hand touches it. It follows the hall, turns its languages, shows what everybody is told,
// and speaks where there are recordings. Without it the page loads itself anew.
(function () {
  'use strict';
  var floor = document.body;
  if (!window.EventSource) return;
  var all = function (selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); };
  var said = function (name) { return floor.getAttribute('data-' + name); };
  var words = JSON.parse(said('words')), heard = Date.now(), picture = null, seen = null;
  // The page came in one of them: its turn is first.
  var turn = Math.max(0, words.map(function (one) { return one.code; }).indexOf(document.documentElement.lang));

  // A display that hears nothing for half a minute says from when its picture is. Where there is no room for
  // one more it asks again: browsers do not by themselves.
  listen();
  function listen() {
    var source = new EventSource(said('floor'));
    source.addEventListener('picture', function (event) {
      heard = Date.now();
      var now = JSON.parse(event.data);
      if (!now) return;
      picture = now;
      show();
    });
    source.onerror = function () {
      if (source.readyState === 2) setTimeout(listen, 2000 + Math.random() * 2000);
    };
  }
  setInterval(function () {
    var stale = floor.querySelector('[data-stale]');
    if (!picture) return;
    stale.hidden = Date.now() - heard < 30000;
    stale.querySelector('[data-at]').textContent = clock(picture.at);
  }, 5000);
  function clock(micros) {
    return new Date(micros / 1000 + Number(said('offset')) * 60000).toISOString().slice(11, 16);
  }

  function show() {
    var rows = picture.called.filter(function (one) { return one.hall === said('hall'); });
    var body = floor.querySelector('[data-called]'), calls = [], fresh = [];
    body.textContent = '';
    rows.forEach(function (one) {
      if (one.serving) return;
      var call = one.number + ' ' + one.at + ' ' + one.calls;
      calls.push(call);
      // What was called before the display began is not called again by it.
      if (seen && seen.indexOf(call) < 0) fresh.push(one);
    });
    seen = calls;
    rows.slice(0, 6).forEach(function (one) {
      var row = document.createElement('tr');
      if (!one.serving && picture.at - one.at < 25e6) row.className = 'new';
      var arrow = { left: '←', right: '→', upstairs: '↗' }[one.direction] || '↑';
      [['th', one.number], ['td', one.counter], ['td', arrow]].forEach(function (part) {
        var cell = document.createElement(part[0]), text = document.createElement('bdi');
        text.dir = 'ltr';
        text.textContent = part[1];
        cell.appendChild(text);
        row.appendChild(cell);
      });
      body.appendChild(row);
    });
    if (fresh.length) {
      floor.classList.add('flash');
      setTimeout(function () { floor.classList.remove('flash'); }, 1500);
      // The one called first is spoken first; one hall does not speak for another.
      if (window.hallSpeaks) fresh.reverse().forEach(window.hallSpeaks);
    }
    floor.querySelector('[data-waiting]').textContent = picture.standing.waiting;
    tell();
  }

  // What everybody is told, in the language whose turn it is. Those of one line read its letter first.
  function tell() {
    var place = floor.querySelector('[data-told]'), own = said('lines').split(' ');
    place.textContent = '';
    if (!picture) return;
    picture.notices.forEach(function (one) {
      if (one.line && own.indexOf(one.line) < 0) return;
      var text = words[turn].notices[one.reason], line = document.createElement('p');
      if (!text) return;
      text = one.minutes ? text[1].replace('{m}', one.minutes) : text[0];
      line.className = 'hall-told';
      line.dir = words[turn].dir;
      line.textContent = (one.line ? one.line + ': ' : '') + text;
      place.appendChild(line);
    });
  }

  // Everything is said in each language in turn.
  setInterval(function () {
    turn = (turn + 1) % words.length;
    document.documentElement.lang = words[turn].code;
    all('[data-say]').forEach(function (place) {
      place.dir = words[turn].dir;
      place.textContent = words[turn][place.getAttribute('data-say')];
    });
    tell();
  }, 8000);
})();

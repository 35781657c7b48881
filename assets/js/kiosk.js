// A kiosk's script. Its pages work without it: then a page that nobody touches leads to the start by itself.
(function () {
  'use strict';
  var body = document.body;
  var find = function (selector) { return document.querySelector(selector); };

  // The keypad below the screen: a digit presses what bears it. Where digits are typed they are digits.
  document.addEventListener('keydown', function (event) {
    touched();
    var at = event.target;
    var types = at && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && !/^(radio|checkbox)$/.test(at.type);
    if (types || event.ctrlKey || event.altKey || event.metaKey) return;
    // Of more than nine things the tenth has the star.
    var digit = event.key === '*' ? '10' : event.key;
    var found = /^([0-9]|10)$/.test(digit) && find('[data-digit="' + digit + '"]');
    if (!found) return;
    event.preventDefault();
    found.focus();
    found.click();
  });

  // Digits on the screen, for a kiosk without keys. A card reader types as a keyboard does.
  var pad = find('[data-pad]');
  var field = pad && pad.parentNode.querySelector('input.text');
  if (field) {
    // The field has the focus from the first, for cards and keys: what stands above it is said with it, once.
    var intro = find('#intro');
    if (intro && !find('.err-sum')) {
      field.setAttribute('aria-describedby', ('intro ' + (field.getAttribute('aria-describedby') || '')).trim());
    }
    field.focus();
    // What stands in the field is said digit by digit: the focus is on a key, not in the field.
    var said = document.createElement('p');
    said.className = 'visually-hidden';
    said.setAttribute('role', 'status');
    ['1', '2', '3', '4', '5', '6', '7', '8', '9', '⌫', '0'].forEach(function (key) {
      var button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn alt';
      button.textContent = key;
      if (key === '⌫') button.setAttribute('aria-label', pad.getAttribute('data-pad'));
      button.addEventListener('click', function () {
        field.value = key === '⌫' ? field.value.slice(0, -1) : field.value + key;
        said.textContent = field.value.split('').join(' ');
        touched();
      });
      pad.appendChild(button);
    });
    pad.insertAdjacentElement('afterend', said);
    pad.hidden = false;
  }

  // What went wrong is read out first, where no field has the focus.
  var summary = find('.err-sum');
  if (summary && !field) summary.focus();

  // Spoken only where a voice of exactly this language is there: a wrong voice spells letters.
  var listen = find('[data-listen]');
  var lang = document.documentElement.lang;
  function voice() {
    var voices = window.speechSynthesis ? window.speechSynthesis.getVoices() : [];
    return voices.filter(function (one) { return one.lang.toLowerCase().split(/[-_]/)[0] === lang; })[0];
  }
  function offer() { if (listen && voice()) listen.hidden = false; }
  if (listen && window.speechSynthesis) {
    offer();
    window.speechSynthesis.addEventListener('voiceschanged', offer);
    listen.addEventListener('click', function () {
      var said = new SpeechSynthesisUtterance(find('#main').innerText);
      said.voice = voice();
      said.lang = lang;
      window.speechSynthesis.cancel();
      window.speechSynthesis.speak(said);
    });
  }

  // While the line is cut the browser shows a page that it keeps (kiosk-worker.js). What was pressed is sent as soon
  // as the server answers; a minute after it was pressed it is forgotten, for whoever comes next, also when the line
  // came back and was cut again meanwhile.
  var again = find('[data-again]');
  var home = body.getAttribute('data-end');
  if (!again) sessionStorage.removeItem('away');
  if (again) {
    if (!sessionStorage.getItem('away')) sessionStorage.setItem('away', Date.now());
    setInterval(function () {
      if (again && Date.now() - Number(sessionStorage.getItem('away')) > 60000) {
        again.remove();
        again = null;
        find('[data-kept]').hidden = true;
        find('[data-forgotten]').hidden = false;
      }
      fetch('/healthz', { cache: 'no-store' }).then(function (answer) {
        if (!answer.ok || !home) return;
        if (again) again.submit();
        else location.replace(home);
        home = null;
      }, function () {});
    }, 2000);
  } else if (navigator.serviceWorker) {
    var spoken = Array.prototype.map.call(document.querySelectorAll('[hreflang], a.tile[lang]'), function (one) {
      return one.hreflang || one.lang;
    }).filter(function (one, n, all) { return all.indexOf(one) === n; }).sort();
    var code = body.getAttribute('data-code');
    if (code && spoken.length) {
      navigator.serviceWorker.register('/kiosk-worker.js?centre=' + code + '&languages=' + spoken.join(','));
    }
  }

  // A page about something that changes looks again by itself. Only what changed is put in: a page that is loaded
  // anew is read aloud from its beginning, every two seconds.
  function looks(place) {
    return Array.from(place.querySelectorAll('b, p, button')).map(function (one) {
      return one.className + one.textContent;
    }).join();
  }
  function look() {
    var every = Number(body.getAttribute('data-reload'));
    if (every) setTimeout(function () {
      fetch(location.href, { cache: 'no-store', credentials: 'same-origin' }).then(function (answer) {
        if (!answer.ok || answer.redirected) throw new Error('look: ' + answer.status);
        return answer.text();
      }).then(function (text) {
        var now = new DOMParser().parseFromString(text, 'text/html');
        // What is said comes last: whoever hears it finds the buttons there.
        ['.actions', '.pass'].forEach(function (place) {
          var here = find(place), there = now.querySelector(place);
          if (looks(here) === looks(there)) return;
          var held = here.contains(document.activeElement);
          here.replaceChildren.apply(here, Array.from(there.childNodes));
          if (held && here.querySelector('button')) here.querySelector('button').focus();
        });
        if (!now.body.hasAttribute('data-reload')) body.removeAttribute('data-reload');
        look();
      }).catch(function () { location.reload(); });
    }, every * 1000);
  }
  look();

  // Nobody there: asked for twenty seconds, then everything is wiped.
  var idle = Number(body.getAttribute('data-idle'));
  var end = body.getAttribute('data-end');
  var warning = find('[data-warning]');
  var LEFT = 20;
  var before = null;
  // A page that looks again by itself was not touched by that.
  var came = performance.getEntriesByType && performance.getEntriesByType('navigation')[0];
  var kept = Number(sessionStorage.getItem('touched'));
  var last = came && came.type === 'reload' && kept ? kept : Date.now();
  sessionStorage.setItem('touched', last);
  function touched() {
    last = Date.now();
    sessionStorage.setItem('touched', last);
    if (warning && !warning.hidden) {
      warning.hidden = true;
      if (before && before.focus) before.focus();
    }
  }
  if (idle && end && warning) {
    ['pointerdown', 'input', 'touchstart', 'scroll'].forEach(function (kind) {
      document.addEventListener(kind, touched, { passive: true });
    });
    find('[data-stay]').addEventListener('click', touched);
    setInterval(function () {
      var left = Math.ceil(idle + LEFT - (Date.now() - last) / 1000);
      if (left <= 0) location.replace(end);
      else if (left <= LEFT) {
        // Written before it is shown, and only when it changed: what changes is told to readers anew.
        var seconds = find('[data-left]');
        if (seconds.textContent !== String(left)) seconds.textContent = left;
        if (warning.hidden) {
          before = document.activeElement;
          warning.hidden = false;
          // A reader must have seen the question before the focus goes into it: otherwise it says the button alone.
          setTimeout(function () { find('[data-stay]').focus(); }, 300);
        }
      }
    }, 250);
    // What the browser remembers of a page is not shown to whoever comes next.
    window.addEventListener('pageshow', function (event) { if (event.persisted) location.replace(end); });
  }
})();

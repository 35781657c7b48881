// The one script of the house. Every page works without it: it only saves people a step.
(function () {
  'use strict';
  var all = function (selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  };

  // A page that answers a form takes the address of the form's page: nothing of it is kept, and who comes back
  // to it, or reads it anew, gets that page and not the browser's own about a form that has to be sent again.
  var behind = document.body.getAttribute('data-behind');
  if (behind && history.replaceState) history.replaceState(null, '', behind);

  // What went wrong is read out first: the page opens at the error summary.
  // Its links lead into the field itself, label in view, as a mouse click on the label would.
  var summary = document.querySelector('.err-sum');
  if (summary) {
    if (!summary.hasAttribute('tabindex')) summary.setAttribute('tabindex', '-1');
    summary.focus();
    summary.addEventListener('click', function (event) {
      var link = event.target.closest && event.target.closest('a[href^="#"]');
      var target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!target) return;
      var field = /^(INPUT|SELECT|TEXTAREA|BUTTON)$/.test(target.tagName)
        ? target
        : target.querySelector('input:not([type=hidden]), select, textarea');
      if (!field) return;
      event.preventDefault();
      var above = field.closest('fieldset, .field') || field;
      above.scrollIntoView();
      field.focus({ preventScroll: true });
    });
  }

  // A form is sent once. The server recognises a repeat by its key; this spares the wait.
  // The button is disabled after the browser has read the form, so its own name and value go along.
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (event.defaultPrevented) return;
    if (form.getAttribute('data-sent')) {
      event.preventDefault();
      return;
    }
    if ((form.getAttribute('method') || '').toLowerCase() !== 'post' || form.hasAttribute('data-repeatable')) return;
    form.setAttribute('data-sent', 'true');
    setTimeout(function () {
      buttons(form).forEach(function (button) {
        if (button.disabled) return;
        button.disabled = true;
        button.setAttribute('data-held', 'true');
      });
    }, 0);
    // A download or a broken connection leaves this page standing: let go after a while.
    setTimeout(function () { release(form); }, 10000);
  });
  // Back from the next page, possibly out of the browser's memory of pages.
  window.addEventListener('pageshow', function () { all('form[data-sent]').forEach(release); });

  function buttons(form) {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.type === 'submit' || (field.type === 'image');
    });
  }
  function release(form) {
    form.removeAttribute('data-sent');
    buttons(form).forEach(function (button) {
      if (!button.hasAttribute('data-held')) return;
      button.disabled = false;
      button.removeAttribute('data-held');
    });
  }

  // Many are here: the form in the waiting page goes again by itself, once, unless someone is quicker.
  all('form[data-again]').forEach(function (form) {
    var left = Number(form.getAttribute('data-again')) || 10;
    var line = form.querySelector('[data-again-in]');
    if (line) {
      line.textContent = line.getAttribute('data-again-in');
      line.hidden = false;
    }
    setTimeout(function () {
      if (form.getAttribute('data-sent')) return;
      if (form.requestSubmit) form.requestSubmit(); else form.submit();
    }, left * 1000);
  });

  // Counts on the desk stay true: { "counts": { "mine": "٧" } } fills [data-count="mine"].
  // The server writes the numbers in the reader's digits. Nothing is asked while nobody looks.
  var live = document.querySelector('[data-live]');
  if (live && window.fetch) {
    var address = live.getAttribute('data-live') || '/live';
    var waiting = 0, pause = 5000, asking = false;
    var plan = function (delay) {
      clearTimeout(waiting);
      if (!document.hidden) waiting = setTimeout(ask, delay);
    };
    var ask = function () {
      if (asking) return;
      asking = true;
      fetch(address, { headers: { Accept: 'application/json' }, credentials: 'same-origin', cache: 'no-store' })
        .then(function (answer) {
          if (answer.status === 401 || answer.status === 403) { pause = 0; return null; }
          if (!answer.ok) throw new Error('live: ' + answer.status);
          return answer.json();
        })
        .then(function (news) {
          if (!news) return;
          pause = 5000;
          show(news.counts || {});
        })
        .catch(function () { pause = Math.min(pause * 2, 60000); })
        .then(function () {
          asking = false;
          if (pause) plan(pause);
        });
    };
    document.addEventListener('visibilitychange', function () {
      if (document.hidden) clearTimeout(waiting);
      else if (pause) plan(0);
    });
    plan(pause);
  }
  function show(counts) {
    all('[data-count]').forEach(function (place) {
      var count = counts[place.getAttribute('data-count')];
      if (count === undefined || place.textContent === String(count)) return;
      place.textContent = String(count);
      place.classList.add('fresh');
    });
  }

  // The holder of a ticket listens to the hall, and reads the page anew when the ticket stands elsewhere
  // than the page says, or when those of its line are told something else.
  var floor = document.querySelector('[data-number]');
  if (floor && window.EventSource) {
    new EventSource(floor.getAttribute('data-floor')).addEventListener('picture', function (event) {
      var picture = JSON.parse(event.data);
      if (picture) mine(picture);
    });
  }
  function mine(picture) {
    var said = function (name) { return floor.getAttribute('data-' + name); };
    var number = said('number'), shown = said('state'), before = picture.before[number];
    var here = picture.called.filter(function (one) { return one.number === number; })[0];
    var now = before !== undefined ? 'waiting ' + before : here ? (here.serving ? 'serving' : 'called') : '';
    var told = picture.notices.filter(function (one) { return !one.line || one.line === said('line'); });
    told = told.map(function (one) { return one.id; }).join(' ');
    var same = now ? now === shown : !/^(waiting|called|serving)/.test(shown);
    if (same && told === said('told')) return;
    if (now === 'called' && !same && navigator.vibrate) navigator.vibrate([400, 200, 400]);
    location.reload();
  }

  // Buttons that only a script can serve stand hidden in the page until now.
  all('[data-print]').forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () { window.print(); });
  });

  // data-copy holds the text, or #id of the element that shows it; data-copied the words said afterwards.
  all('[data-copy]').forEach(function (button) {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener('click', function () {
      var text = button.getAttribute('data-copy');
      var shown = text.charAt(0) === '#' && document.getElementById(text.slice(1));
      navigator.clipboard.writeText(shown ? shown.textContent.trim() : text).then(function () {
        var words = button.getAttribute('data-copied');
        if (!words) return;
        var before = button.textContent;
        button.setAttribute('aria-live', 'polite');
        button.textContent = words;
        setTimeout(function () { button.textContent = before; }, 2500);
      }, function () { if (shown) window.getSelection().selectAllChildren(shown); });
    });
  });

  // The browser names one chosen file and counts several; people want to see every name before sending.
  all('input[type=file]').forEach(function (input) {
    var list = document.createElement('ul');
    list.className = 'files';
    list.hidden = true;
    list.setAttribute('aria-live', 'polite');
    input.insertAdjacentElement('afterend', list);
    input.addEventListener('change', function () {
      list.textContent = '';
      Array.prototype.forEach.call(input.files, function (file) {
        var row = document.createElement('li');
        var name = document.createElement('bdi');
        name.textContent = file.name;
        row.appendChild(name);
        list.appendChild(row);
      });
      list.hidden = !input.files.length;
    });
  });
})();

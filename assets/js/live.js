// What stands in [data-follows] follows the hall: on a change the page is fetched again and its parts change
// together, table and picture. Without this script the page stays as it came, and says when that was.
(function () {
  'use strict';
  if (!window.EventSource || !window.DOMParser) return;
  var place = document.querySelector('[data-follows]'), last = null, due = false, soonest = 0;
  if (!place) return;
  new EventSource(place.getAttribute('data-follows')).addEventListener('picture', function (event) {
    var now = JSON.parse(event.data);
    if (!now) return;
    // Only the clock went on: nothing changed.
    delete now.at;
    now = JSON.stringify(now);
    if (last !== null && now !== last) due = true;
    last = now;
  });
  setInterval(function () {
    // Nobody's place on the page is taken away while they use it.
    if (!due || Date.now() < soonest || document.hidden || place.contains(document.activeElement)) return;
    due = false;
    soonest = Date.now() + 10000;
    fetch(location.href, { credentials: 'same-origin' }).then(function (answer) {
      return answer.ok ? answer.text() : null;
    }).then(function (text) {
      var fresh = text && new DOMParser().parseFromString(text, 'text/html').querySelector('[data-follows]');
      if (fresh) place.innerHTML = fresh.innerHTML;
    }).catch(function () { due = true; });
  }, 1000);
})();

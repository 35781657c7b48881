// A hall's display speaks: recordings where there are some, otherwise a voice of the browser, and only one that
// truly speaks the language. Where there is neither the display is silent and flashes.
(function () {
  'use strict';
  var body = document.body, waiting = [], busy = false;
  var languages = JSON.parse(body.getAttribute('data-sound'));
  var button = document.querySelector('[data-speak]');

  function spelt(text) { return text.toLowerCase().replace(/[^a-z0-9]/g, '').split(''); }
  function voice(code) {
    var voices = window.speechSynthesis ? speechSynthesis.getVoices() : [];
    return voices.filter(function (one) { return one.lang.split(/[-_]/)[0].toLowerCase() === code; })[0];
  }
  function can(language) { return language.clips.length || voice(language.code); }

  // Browsers let nothing sound before somebody touched the page: that is said plainly.
  function ask() {
    var touched = navigator.userActivation && navigator.userActivation.hasBeenActive;
    button.hidden = touched || !languages.some(can);
  }
  button.addEventListener('click', function () { button.hidden = true; });
  if (window.speechSynthesis && speechSynthesis.addEventListener) speechSynthesis.addEventListener('voiceschanged', ask);
  ask();

  // What has sounded needs no touch any more. What neither ends nor fails is given up: the next call waits.
  function sounds() { button.hidden = true; }
  function once(then, seconds) {
    var gone = false, late = setTimeout(end, seconds * 1000);
    function end() {
      if (gone) return;
      gone = true;
      clearTimeout(late);
      then();
    }
    return end;
  }

  // One call in one language; then() goes on whether it sounded or not.
  function say(one, language, then) {
    var words = ['ticket'].concat(spelt(one.number), ['please-go-to', 'counter'], spelt(one.counter));
    var known = words.every(function (word) { return language.clips.indexOf(word) >= 0; });
    if (known) return play(words, language.code, then);
    var own = voice(language.code);
    if (!own) return then();
    var spoken = spelt(one.number).join(' ').toUpperCase(), counter = spelt(one.counter).join(' ').toUpperCase();
    var speech = new SpeechSynthesisUtterance(
      language.text.replace('{number}', spoken).replace('{counter}', counter));
    speech.voice = own;
    speech.lang = own.lang;
    var end = once(then, 20);
    speech.onstart = sounds;
    speech.onend = end;
    speech.onerror = function () { ask(); end(); };
    speechSynthesis.speak(speech);
  }
  function play(words, code, then) {
    var at = 0;
    (function next() {
      if (at === words.length) return then();
      var clip = new Audio('/sound/' + code + '/' + words[at++]);
      var well = false, end = once(function () { if (well) next(); else then(); }, 6);
      clip.onplaying = sounds;
      clip.onended = function () { well = true; end(); };
      clip.onerror = end;
      var began = clip.play();
      if (began && began.catch) began.catch(function () { button.hidden = false; end(); });
    })();
  }
  function go() {
    var one = waiting.shift();
    if (!one) { busy = false; return; }
    busy = true;
    var at = 0;
    (function next() {
      if (at === languages.length) return go();
      say(one, languages[at++], next);
    })();
  }
  window.hallSpeaks = function (one) {
    waiting.push(one);
    // What was called long ago helps nobody.
    if (waiting.length > 4) waiting.shift();
    if (!busy) go();
  };
})();

// What automated accessibility checks cannot see: whether a right-to-left page stands the right way round.
// axe gives the same result for a page with detached radios and for the mended one, so places are measured.

/** Runs inside the page, so it must not use anything from outside itself. Returns faults as sentences. */
export function geometryFaults({ target = 44 } = {}) {
  const faults = [];
  const root = document.documentElement;
  const rtl = getComputedStyle(root).direction === 'rtl';
  const start = rtl ? 'right' : 'left';
  const end = rtl ? 'left' : 'right';
  const say = (what, element) => faults.push(`${what}: ${named(element)}`);
  const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);

  function named(element) {
    const text = (element.textContent || element.value || '').trim().replace(/\s+/g, ' ').slice(0, 40);
    const id = element.id ? `#${element.id}` : '';
    return `<${element.tagName.toLowerCase()}${id} class="${element.getAttribute('class') ?? ''}"> ${text}`;
  }
  function seen(element) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return style.visibility !== 'hidden' && box.width > 2 && box.height > 2 && !clipped(element);
  }
  function clipped(element) {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.position === 'absolute' && /rect\(0/.test(style.clip)) return true;
    }
    return false;
  }
  /** Distance from the line's beginning: grows as one reads on, in both directions. */
  const along = (x) => (rtl ? innerWidth - x : x);
  const box = (element) => {
    const rect = element.getBoundingClientRect();
    return { from: along(rect[start]), to: along(rect[end]), top: rect.top, bottom: rect.bottom, rect };
  };
  function textBox(element, without) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let found = null;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.data.trim() || (without && without.contains(node)) || clipped(node.parentElement)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        if (rect.width < 1) continue;
        const one = { from: along(rect[start]), to: along(rect[end]), top: rect.top, bottom: rect.bottom };
        found = found
          ? { from: Math.min(found.from, one.from), to: Math.max(found.to, one.to), top: Math.min(found.top, one.top), bottom: Math.max(found.bottom, one.bottom) }
          : one;
      }
    }
    return found;
  }

  // Nothing is wider than the window. In a right-to-left page what sticks out on the right cannot even be scrolled to.
  if (root.scrollWidth > innerWidth + 1) faults.push(`the page is ${root.scrollWidth - innerWidth}px wider than the window`);
  for (const element of all('body *')) {
    const rect = element.getBoundingClientRect();
    if ((rect.left < -1 || rect.right > innerWidth + 1) && !scrolled(element)) say('sticks out of the window', element);
  }
  function scrolled(element) {
    for (let at = element.parentElement; at && at !== root; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== 'visible') return true;
    }
    return element.closest('svg') !== null && element.tagName.toLowerCase() !== 'svg';
  }

  // A radio or checkbox stands before its words, next to them, on the same line.
  for (const input of all('input[type=radio], input[type=checkbox]')) {
    const label = input.labels && input.labels[0];
    const words = label && textBox(label, input);
    if (!words) {
      say('has no words beside it', input);
      continue;
    }
    const mark = box(input);
    const gap = words.from - mark.to;
    if (gap < 0) say('stands on the wrong side of its words', input);
    else if (gap > 48) say(`is ${Math.round(gap)}px away from its words`, input);
    if (words.top > mark.bottom || words.bottom < mark.top) say('is not on the line of its words', input);
  }

  // The marks of errors and notes stand where the line begins.
  for (const element of all('.bad:not(.verdict), .help, .note')) {
    const style = getComputedStyle(element);
    const width = (side) => (style[`border-${side}-style`] === 'none' ? 0 : parseFloat(style[`border-${side}-width`]));
    if (width(start) < 3) say(`has no mark at its ${start}`, element);
    if (width(end) >= 3) say(`has its mark at the ${end}`, element);
    if (parseFloat(style[`padding-${start}`]) < 4) say('touches its mark', element);
  }

  // The way back points to where the line begins.
  for (const link of all('.back')) {
    const style = getComputedStyle(link, '::before');
    const way = chevron(style);
    if (way !== null && way !== (rtl ? 1 : -1)) say('points the wrong way', link);
  }
  /** −1 points left, 1 right, 0 neither; null when there is none. */
  function chevron(style) {
    if (style.content === 'none' || style.content === 'normal') return null;
    const text = style.content.replace(/["\s]/g, '');
    if (text) {
      // Unicode mirrors ‹ › < > in right-to-left text by itself, but not arrows.
      if (/[‹<]/.test(text)) return rtl ? 1 : -1;
      if (/[›>]/.test(text)) return rtl ? -1 : 1;
      return /←/.test(text) ? -1 : /→/.test(text) ? 1 : 0;
    }
    const drawn = (side) => style[`border-${side}-style`] !== 'none' && parseFloat(style[`border-${side}-width`]) > 0;
    const corner = [drawn('left') ? -1 : drawn('right') ? 1 : 0, drawn('top') ? -1 : drawn('bottom') ? 1 : 0];
    const turn = new DOMMatrix(style.transform === 'none' ? '' : style.transform);
    const x = turn.a * corner[0] + turn.c * corner[1];
    const y = turn.b * corner[0] + turn.d * corner[1];
    return Math.abs(x) < 0.5 || Math.abs(y) > 0.5 ? 0 : Math.sign(x);
  }

  // Text begins where the line begins, unless it is centred or a column of numbers.
  const mayEnd = 'td.num, th.num, .act, .slip dd, .summary dd + dd, svg *, [dir]:not(html), [dir]:not(html) *';
  for (const element of all('h1, h2, h3, p, li, dt, dd, label, legend, caption, th, td, input.text, textarea')) {
    if (element.matches(mayEnd)) continue;
    const align = getComputedStyle(element).textAlign;
    const physical = align === 'start' ? start : align === 'end' ? end : align.replace('-webkit-', '');
    if (physical === end) say(`is aligned to the ${end}`, element);
  }
  for (const heading of all('h1')) {
    const style = getComputedStyle(heading);
    const words = textBox(heading);
    if (!words || /center/.test(style.textAlign)) continue;
    const from = box(heading).from + parseFloat(style[`padding-${start}`]);
    if (words.from - from > 4) say(`begins ${Math.round(words.from - from)}px late`, heading);
  }

  // What is read first comes first.
  for (const row of all('.date, .actions, .langs, .names, .tasks > li, .summary > div, .opt, .split, .filters, tr, .mast .wrap')) {
    const children = [...row.children].filter(seen).map(box);
    children.slice(1).forEach((next, nth) => {
      const before = children[nth];
      const sameLine = next.top < before.bottom - 2 && next.bottom > before.top + 2;
      if (sameLine && next.from < before.to - 2) say('has its parts in the wrong order', row);
    });
  }

  // Bullets and numbers hang where the line begins.
  for (const list of all('ul, ol')) {
    const style = getComputedStyle(list);
    if (style.listStyleType === 'none') continue;
    if (parseFloat(style[`padding-${start}`]) < parseFloat(style[`padding-${end}`])) say('hangs its marks on the wrong side', list);
  }

  // A finger can hit it.
  for (const element of all('.btn, button, select, input.text, .opt, summary, .tile, .langs a, .back')) {
    const rect = element.getBoundingClientRect();
    const least = element.matches('.langs a, .back, summary') ? Math.min(target, 40) : target;
    if (rect.height < least - 0.5) say(`is only ${Math.round(rect.height)}px high, needs ${least}`, element);
    if (element.matches('.btn, button') && rect.width < 43.5) say(`is only ${Math.round(rect.width)}px wide`, element);
  }

  // Arabic letters stand tall and hang deep; tight lines cut their marks.
  if (rtl) {
    for (const element of all('main p, main li, main dd')) {
      const style = getComputedStyle(element);
      if (element.closest('[dir=ltr]:not(html)') || !/[\u0600-\u06ff]/.test(element.textContent)) continue;
      if (parseFloat(style.lineHeight) / parseFloat(style.fontSize) < 1.6) say('has lines too tight for its script', element);
    }
  }
  return [...new Set(faults)];
}

/** Runs inside the page: is what has the focus in view, uncovered, and marked? A sentence, or null. */
export function focusFault() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const name = `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${(element.textContent || '').trim().slice(0, 40)}`;
  const rect = element.getBoundingClientRect();
  if (rect.bottom < 0 || rect.top > innerHeight) return `the focus is out of view: ${name}`;
  const style = getComputedStyle(element);
  const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  if (!marked) return `the focus is not visible: ${name}`;
  const spots = [...element.getClientRects()].flatMap((box) => [
    [box.left + box.width / 2, box.top + box.height / 2],
    [box.left + 3, box.top + 3],
    [box.right - 3, box.bottom - 3],
  ]);
  const free = spots.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (element.contains(top) || top.contains(element) || [...(element.labels ?? [])].some((label) => label.contains(top)));
  });
  return free ? null : `the focus is covered by something: ${name}`;
}

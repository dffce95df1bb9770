// The map page: puts the ledger's history on a map, a list and a slider. Decides nothing; the server has decided already.
// @ts-check
import { Timeline, dayNumber, isoDay } from './history.mjs';
import { called } from './names.mjs';
import { Canvas } from './canvas.mjs';

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const main = $('main');
const shades = JSON.parse(main.dataset.shades || '{}');
const FILTERS = ['party', 'relation', 'side', 'source', 'certainty', 'polarity', 'disputed'];
const FILTER_WORDS = { party: 'Party', relation: 'Kind of claim', side: 'Side of the source', source: 'Source', certainty: 'Certainty', polarity: 'Stated or denied', disputed: 'In a dispute' };
const start = new URLSearchParams(location.search);

/** @type {any} */ let data, shapes, spelt = null;
/** @type {Timeline} */ let time;
/** @type {Canvas | null} */ let canvas = null;
let day = NaN, selected = -1, playing = 0, sinceDay = NaN, carded = false;
/** @type {Int16Array | null} */ let sinceState = null;
const hidden = new Set((start.get('hide') || '').split('.').filter(Boolean).map(Number));
const chosen = Object.fromEntries(FILTERS.map((f) => [f, new Set(start.getAll(f))]));
/** @type {Set<number> | null} */ let matching = null;

const partyName = (/** @type {string} */ p) => (p && data.parties[p]) || p;
const css = getComputedStyle(document.documentElement);
export const colourOf = (/** @type {string} */ party) => css.getPropertyValue('--' + (shades[party] || 'p7')).trim();
const nameOf = (/** @type {number} */ row) => ($('names').value === 'written' && spelt?.[time.ids[row]]) || called(data.places.name[row], data.places.local[row] || '', data.languages[data.places.lang[row] - 1] || '', $('names').value);

/** Parties in the order of their colours: those named most come first. */
const rankOf = (/** @type {string} */ party) => (party ? Number((shades[party] || 'p9').slice(1)) + 1 : 0);

/** @param {any} code */
function codeWords(code) {
  if (code.state === 'held') return `${partyName(code.party)}: ${code.inferred ? 'inferred' : 'claimed'}`;
  if (code.state === 'disputed') return `Sources disagree${code.other ? `: ${partyName(code.party)} / ${partyName(code.other)}` : ''}${code.inferred ? ' (inferred)' : ''}`;
  if (code.state === 'contested') return `Fighting: ${[code.party, code.other].filter(Boolean).map(partyName).join(' / ') || 'nobody named'}${code.inferred ? ' (inferred)' : ''}`;
  return 'Not known';
}

/** A sign as on the map. @param {any} code */
function sign(code) {
  const svg = svgElement('svg', { class: 'sign', viewBox: '-10 -10 20 20', 'aria-hidden': 'true' });
  const shade = (/** @type {string} */ p) => shades[p] || 'p7';
  if (code.state === 'held') svg.append(svgElement('circle', { r: code.inferred ? 6 : 7, class: (code.inferred ? 'hollow ' : '') + shade(code.party) }));
  else if (code.state === 'disputed' && code.inferred) svg.append(svgElement('path', { d: 'M0-6A6 6 0 0 0 0 6', class: 'stroke ' + shade(code.party) }), svgElement('path', { d: 'M0-6A6 6 0 0 1 0 6', class: 'stroke ' + shade(code.other) }));
  else if (code.state === 'disputed') svg.append(svgElement('path', { d: 'M0-8A8 8 0 0 0 0 8Z', class: shade(code.party) }), svgElement('path', { d: 'M0-8A8 8 0 0 1 0 8Z', class: shade(code.other) }), svgElement('circle', { r: 8, class: 'rim' }));
  else if (code.state === 'contested') svg.append(svgElement('path', { d: 'M-6-6L6 6M6-6L-6 6', class: 'cross' }));
  else svg.append(svgElement('circle', { r: 3, class: 'nobody' }));
  return svg;
}

/** @param {string} tag @param {Record<string, any>} attributes */
function svgElement(tag, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** @param {string} tag @param {any} [properties] @param {...(Node|string)} children */
function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// -- the address is the whole state ------------------------------------------------------------------------------------

function address() {
  const out = new URLSearchParams();
  out.set('valid_at', isoDay(day));
  for (const id of ['policy', 'as_of', 'since', 'names', 'view', 'layer']) {
    const value = $(id).value;
    if (value && value !== $(id).dataset.usual) out.set(id, value);
  }
  for (const f of FILTERS) for (const value of chosen[f]) out.append(f, value);
  if (hidden.size) out.set('hide', [...hidden].join('.'));
  if (selected >= 0) out.set('place', String(time.ids[selected]));
  const at = canvas?.where();
  if (at) out.set('at', at.map((n) => n.toFixed(3)).join(','));
  return out;
}

let written = 0;
function write() {
  clearTimeout(written);
  written = window.setTimeout(() => {
    const query = address();
    window.history.replaceState(null, '', '?' + query);
    const asked = new URLSearchParams();
    for (const f of FILTERS) for (const value of chosen[f]) asked.append(f, value);
    if ($('as_of').value) asked.set('as_of', $('as_of').value);
    $('claims-link').href = '/claims?' + asked;
    asked.set('valid_at', isoDay(day));
    asked.set('policy', $('policy').value);
    $('table-link').href = '/places?' + asked;
    $('embed-link').href = '/embed?' + query;
  }, 250);
}

// -- going to a day ----------------------------------------------------------------------------------------------------

/** @param {number} target */
function go(target) {
  day = Math.max(time.first, Math.min(time.last, target));
  /** @type {[number, number][]} */ const changes = [];
  time.go(day, (row, code) => changes.push([row, code]));
  canvas?.paint(changes);
  if (sinceState) canvas?.ring(time.state, sinceState);
  $('slider').value = String(day);
  $('slider').setAttribute('aria-valuetext', isoDay(day));
  $('now').textContent = isoDay(day);
  mark();
  counts();
  write();
}

function mark() {
  const bars = $('histogram').children, share = (day - time.first) / Math.max(1, time.last - time.first);
  for (let i = 0; i < bars.length; i++) bars[i].classList.toggle('after', i / bars.length > share);
}

/** Show the counts in the legend without making its rows anew. */
function counts() {
  let shown = 0;
  for (const item of $('legend').children) {
    const code = Number(item.dataset.code);
    item.querySelector('.number').textContent = time.counts[code].toLocaleString('en');
    item.hidden = time.counts[code] === 0 && !hidden.has(code) && !item.dataset.ever;
    if (code && !hidden.has(code)) shown += time.counts[code];
  }
  $('counts').textContent = `${shown.toLocaleString('en')} places with a status on ${isoDay(day)}${matching ? `, ${matching.size.toLocaleString('en')} match the filters` : ''}. Data as of ${data.data_as_of || '—'}.`;
}

function legend() {
  const order = data.codes.map((/** @type {any} */ _, /** @type {number} */ i) => i).filter((/** @type {number} */ i) => i);
  const rank = { held: 0, disputed: 1, contested: 2 };
  order.sort((/** @type {number} */ a, /** @type {number} */ b) => {
    const x = data.codes[a], y = data.codes[b];
    return rank[x.state] - rank[y.state] || rankOf(x.party) - rankOf(y.party) || rankOf(x.other) - rankOf(y.other) || x.inferred - y.inferred;
  });
  $('legend').replaceChildren(...order.map((/** @type {number} */ i) => {
    const box = element('input', { type: 'checkbox', checked: !hidden.has(i) });
    box.addEventListener('change', () => { box.checked ? hidden.delete(i) : hidden.add(i); canvas?.hide(hidden); counts(); list(); write(); });
    const item = element('li', {}, element('label', {}, box, sign(data.codes[i]), element('span', { textContent: codeWords(data.codes[i]) }), element('span', { className: 'number' })));
    item.dataset.code = String(i);
    return item;
  }));
}

function drawHistogram() {
  const bins = 120, values = time.histogram(bins), top = Math.max(...values, 1), svg = $('histogram');
  svg.setAttribute('viewBox', `0 0 ${bins} 34`);
  svg.replaceChildren(...values.map((v, i) => {
    const height = v ? 2 + 32 * Math.sqrt(v / top) : 0;
    return svgElement('rect', { x: i + 0.1, y: 34 - height, width: 0.8, height });
  }));
}

// -- list and place ----------------------------------------------------------------------------------------------------

let listed = 0;
function list() {
  clearTimeout(listed);
  listed = window.setTimeout(() => {
    const rows = [], box = canvas?.bounds();
    for (let row = 0; row < time.count && rows.length < 40; row++) {
      const code = time.state[row];
      if (!code || hidden.has(code) || (matching && !matching.has(time.ids[row]))) continue;
      if (box && !inside(row, box)) continue;
      rows.push(row);
    }
    $('list').replaceChildren(...rows.map((row) => element('li', {}, placeButton(row))));
    changes();
  }, 120);
}

/** @param {number} row @param {number[]} box */
const inside = (row, box) => data.lon[row] >= box[0] && data.lon[row] <= box[2] && data.lat[row] >= box[1] && data.lat[row] <= box[3];

/** What changed on this day, or since the day that is ringed: shown until a place is chosen. */
function changes() {
  if (selected >= 0 || carded) return;
  const from = Number.isNaN(sinceDay) ? day - 1 : Math.min(sinceDay, day), then = time.on(from);
  const rows = [];
  for (let row = 0; row < time.count; row++) if (then[row] !== time.state[row] && !(matching && !matching.has(time.ids[row]))) rows.push(row);
  const when = Number.isNaN(sinceDay) ? `on ${isoDay(day)}` : `from ${isoDay(from)} to ${isoDay(day)}`;
  const items = rows.slice(0, 60).map((row) => {
    const button = placeButton(row), was = data.codes[then[row]];
    button.append(element('small', { textContent: was.state === 'unknown' ? `now ${codeWords(data.codes[time.state[row]])}` : `${codeWords(was)} → ${codeWords(data.codes[time.state[row]])}` }));
    return element('li', {}, button);
  });
  const more = rows.length > items.length ? [element('p', { className: 'small', textContent: `and ${(rows.length - items.length).toLocaleString('en')} more` })] : [];
  $('right').replaceChildren(
    element('h1', { className: 'name', textContent: rows.length ? `${rows.length.toLocaleString('en')} ${rows.length === 1 ? 'place' : 'places'} changed ${when}` : `Nothing changed ${when}` }),
    element('p', { className: 'small', textContent: 'Select a place on the map, in the list, or by searching, to read the claims about it. The buttons ‹ › below go from change to change.' }),
    element('ul', { className: 'changes' }, ...items), ...more);
}

/** @param {number} row */
function placeButton(row) {
  const name = element('span', { textContent: nameOf(row) });
  const lang = data.languages[data.places.lang[row] - 1];
  if ($('names').value === 'local' && lang) name.lang = lang;
  const button = element('button', { type: 'button' }, sign(data.codes[time.state[row]]), name);
  button.addEventListener('click', () => select(row, true));
  button.addEventListener('mouseenter', () => canvas?.point(row));
  button.addEventListener('mouseleave', () => canvas?.point(selected));
  return button;
}

/** @param {number} row @param {boolean} fly */
async function select(row, fly) {
  selected = row;
  canvas?.point(row);
  if (fly) canvas?.flyTo(row);
  write();
  await openCard(time.ids[row]);
}

/** @param {number} id */
async function openCard(id) {
  const query = new URLSearchParams({ valid_at: isoDay(day), policy: $('policy').value });
  if ($('as_of').value) query.set('as_of', $('as_of').value);
  try {
    const answer = await fetch(`/api/card/${id}?${query}`);
    if (!answer.ok) throw new Error(String(answer.status));
    carded = true;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const close = element('button', { type: 'button', className: 'close', textContent: 'Close' });
    close.addEventListener('click', () => { selected = -1; carded = false; canvas?.point(-1); changes(); write(); });
    $('right').replaceChildren(close, ...page.body.childNodes);
    $('right').scrollTop = 0;
  } catch {
    $('right').textContent = 'This place could not be loaded. Is the server still running?';
  }
}

// -- search ------------------------------------------------------------------------------------------------------------

function search() {
  const input = $('q');
  if (!input) return;
  const found = element('ul', { id: 'found', hidden: true });
  found.setAttribute('aria-label', 'Places found');
  input.parentElement.append(found);
  let asked = 0;
  input.addEventListener('input', () => {
    clearTimeout(asked);
    asked = window.setTimeout(async () => {
      const words = input.value.trim();
      if (words.length < 2) { found.hidden = true; return; }
      const places = (await (await fetch('/api/places?q=' + encodeURIComponent(words))).json()).places;
      if (input.value.trim() !== words) return;
      found.replaceChildren(...places.slice(0, 12).map((/** @type {any} */ p) => {
        const label = `${p.name}${p.local ? ` · ${p.local}` : ''}`, more = `${p.admin1 || ''} ${p.country} · ${p.claims} claims`;
        const button = element('button', { type: 'button' }, element('span', { textContent: label }), element('small', { textContent: more }));
        button.addEventListener('click', () => { found.hidden = true; show(p); });
        return element('li', {}, button);
      }));
      if (!places.length) found.replaceChildren(element('li', { textContent: 'No place is called so.' }));
      found.hidden = false;
    }, 150);
  });
  input.form.addEventListener('submit', (/** @type {Event} */ event) => { event.preventDefault(); found.querySelector('button')?.click(); });
  input.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Escape') found.hidden = true;
    if (event.key === 'ArrowDown') { event.preventDefault(); found.querySelector('button')?.focus(); }
  });
  found.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { found.hidden = true; input.focus(); }
    const way = event.key === 'ArrowDown' ? 'nextElementSibling' : event.key === 'ArrowUp' ? 'previousElementSibling' : null;
    if (way) { event.preventDefault(); /** @type {any} */ (document.activeElement)?.parentElement?.[way]?.querySelector('button')?.focus(); }
  });
}

/** @param {any} place */
function show(place, fly = true) {
  const row = time.rows.get(place.id);
  if (row !== undefined) select(row, fly);
  else { selected = -1; canvas?.flyToPoint(place.lon, place.lat); openCard(place.id); }
}

// -- filters by claims -------------------------------------------------------------------------------------------------

async function facets() {
  const query = new URLSearchParams();
  for (const f of FILTERS) for (const value of chosen[f]) query.append(f, value);
  if ($('as_of').value) query.set('as_of', $('as_of').value);
  const any = FILTERS.some((f) => chosen[f].size);
  const [counted, matched] = await Promise.all([
    fetch('/api/facets?' + query).then((a) => a.json()),
    any ? fetch('/api/matching?' + query).then((a) => a.json()) : null,
  ]);
  matching = matched ? new Set(matched.places) : null;
  canvas?.dim(matching ? time.ids.map((id) => !(/** @type {Set<number>} */ (matching).has(id))) : null);
  $('facets').replaceChildren(...FILTERS.filter((f) => counted[f]?.length).map((f) => {
    const items = counted[f].slice(0, 10).map((/** @type {any} */ v) => {
      const box = element('input', { type: 'checkbox', checked: chosen[f].has(v.value) });
      box.addEventListener('change', () => { box.checked ? chosen[f].add(v.value) : chosen[f].delete(v.value); facets(); write(); });
      const words = f === 'party' || f === 'side' ? partyName(v.value) : v.value;
      return element('li', {}, element('label', {}, box, element('span', { textContent: words }), element('span', { className: 'number', textContent: v.count.toLocaleString('en') })));
    });
    return element('section', {}, element('h2', { textContent: /** @type {any} */ (FILTER_WORDS)[f] }), element('ul', {}, ...items));
  }));
  counts();
  list();
}

// -- loading -----------------------------------------------------------------------------------------------------------

async function load() {
  const query = new URLSearchParams();
  if ($('policy').value) query.set('policy', $('policy').value);
  if ($('as_of').value) query.set('as_of', $('as_of').value);
  if ($('policy').value === $('policy').dataset.usual) query.delete('policy');
  const text = String(query);
  data = await (await fetch('/api/history' + (text ? '?' + text : ''))).json();
  shapes = data.regions?.length ? await (await fetch('/api/outlines' + (text ? '?' + text : ''))).json() : { features: [] };
  if (data.title) throw new Error(data.detail);
  time = new Timeline(data);
  data.lon = data.places.lon.map((/** @type {number} */ n) => n / 1e4);
  data.lat = data.places.lat.map((/** @type {number} */ n) => n / 1e4);
  if (!time.day.length) { $('counts').textContent = 'The ledger has no claim on a place yet. Read a report into it first.'; return false; }
  Object.assign($('slider'), { min: time.first, max: time.last, disabled: false });
  return true;
}

/** Names as the reports write them are asked for only by those who want them. */
async function spell() {
  if ($('names').value === 'written') spelt ??= await (await fetch('/api/written')).json();
}

function redraw() {
  legend();
  drawHistogram();
  canvas?.outlines(shapes, time.rows);
  canvas?.places(data, time, nameOf);
  canvas?.hide(hidden);
  time.at = 0; time.state.fill(0); time.counts.fill(0); time.counts[0] = time.count;
  setSince();
  go(Number.isNaN(day) ? time.last : day);
  list();
}

function setSince() {
  sinceDay = dayNumber($('since').value);
  sinceState = Number.isNaN(sinceDay) ? null : time.on(sinceDay);
  canvas?.ring(time.state, sinceState);
}

function play() {
  playing = playing ? (clearInterval(playing), 0) : window.setInterval(() => {
    const step = Math.max(1, Math.round((time.last - time.first) / 300));
    if (day >= time.last) { play(); return; }
    go(day + step);
  }, matchMedia('(prefers-reduced-motion: reduce)').matches ? 1000 : 160);
  $('play').textContent = playing ? '❚❚' : '▶';
  $('play').setAttribute('aria-pressed', String(Boolean(playing)));
  $('play').setAttribute('aria-label', playing ? 'Pause' : 'Play');
  if (playing && day >= time.last) go(time.first);
}

/** Somebody else's map beside ours, on its own last day up to this one. */
async function layer() {
  const name = $('layer').value;
  if (!name) { canvas?.reference(null); $('layer-about').textContent = ''; return; }
  const found = await (await fetch(`/api/layers/${encodeURIComponent(name)}?valid_at=${isoDay(day)}`)).json();
  canvas?.reference(found);
  const about = found.layer || {};
  $('layer-about').textContent = about.dated ? `${about.name} as of ${about.dated}. Licence: ${about.licence}.` : 'This layer says nothing so early.';
}

function wire() {
  let frame = 0;
  $('slider').addEventListener('input', () => { cancelAnimationFrame(frame); frame = requestAnimationFrame(() => go(Number($('slider').value))); });
  $('slider').addEventListener('change', () => { list(); layer(); if (selected >= 0) openCard(time.ids[selected]); });
  $('play').addEventListener('click', play);
  for (const [id, way] of /** @type {[string, 1|-1][]} */ ([['previous', -1], ['next', 1]])) {
    $(id).addEventListener('click', () => { const to = time.neighbour(day, way); if (!Number.isNaN(to)) { go(to); list(); if (selected >= 0) openCard(time.ids[selected]); } });
  }
  for (const id of ['policy', 'as_of']) $(id).addEventListener('change', async () => { if (await load()) redraw(); facets(); if (selected >= 0) openCard(time.ids[selected]); });
  $('since').addEventListener('change', () => { setSince(); changes(); write(); });
  $('names').addEventListener('change', async () => { await spell(); canvas?.places(data, time, nameOf); canvas?.hide(hidden); canvas?.paint(Array.from(time.state, (code, row) => /** @type {[number, number]} */ ([row, code]))); list(); write(); });
  $('layer').addEventListener('change', () => { layer(); write(); });
  $('view').addEventListener('change', () => { canvas?.view($('view').value); write(); });
  $('filters').addEventListener('toggle', () => { if ($('filters').open) facets(); });
  $('menu').addEventListener('click', () => $('left').classList.toggle('open'));
  $('close-menu').addEventListener('click', () => $('left').classList.remove('open'));
}

async function begin() {
  for (const id of ['policy', 'as_of', 'since', 'names', 'view', 'layer']) {
    $(id).dataset.usual = id === 'policy' ? $(id).options[0]?.value : id === 'names' ? 'name' : '';
    if (start.has(id)) $(id).value = start.get(id);
  }
  if (!(await load())) return;
  await spell();
  day = dayNumber(start.get('valid_at') || '');
  wire();
  search();
  if (main.dataset.drawn === 'yes') {
    try {
      canvas = await Canvas.open($('map'), data, { colourOf, view: $('view').value, at: start.get('at'), tiles: main.dataset.tiles || '' });
      canvas.onSelect = (/** @type {number} */ row) => select(row, false);
      canvas.onMove = () => { list(); write(); };
    } catch (error) {
      canvas = null;
      $('map').replaceChildren(element('p', { id: 'nomap', textContent: 'This browser cannot draw the map (no WebGL). The list beside it and the table show the same.' }));
    }
  } else $('map').replaceChildren(element('p', { id: 'nomap', textContent: 'The map drawing was not installed. The list beside it and the table show the same.' }));
  redraw();
  if ($('layer').value) layer();
  if (FILTERS.some((f) => chosen[f].size)) { $('filters').open = true; facets(); }
  const wanted = Number(start.get('place'));
  if (wanted) show({ id: wanted, lon: NaN, lat: NaN }, !start.has('at'));
  document.documentElement.dataset.ready = 'yes';
}

begin().catch((error) => { $('counts').textContent = `The map could not be loaded: ${error.message}`; document.documentElement.dataset.ready = 'failed'; });

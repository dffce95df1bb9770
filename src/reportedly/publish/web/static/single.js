// The single-file page: a map to drag and zoom, a slider over the days, the claims of a place, a search. No library, no network.
(() => {
  const $ = (id) => document.getElementById(id), make = (tag, text, more) => Object.assign(document.createElement(tag), { textContent: text ?? '' }, more);
  const { words, places, claims, land, parties } = JSON.parse($('data').textContent);
  const css = getComputedStyle(document.documentElement), colour = (party) => css.getPropertyValue('--' + (parties[words[party]] || ['p7'])[0]).trim();
  const iso = (day) => new Date(day * 864e5).toISOString().slice(0, 10);
  const RECENT = 30, LISTED = 200, DAY = 0, PLACE = 1, PARTY = 2, WHAT = 3, CHAIN = 4, QUOTE = 5, LINK = 6, WHEN = 7;
  const y_ = (lat) => Math.log(Math.tan(Math.PI / 4 + (Math.max(-85, Math.min(85, lat)) * Math.PI) / 360)) * (180 / Math.PI);
  const canvas = $('drawing'), pen = canvas.getContext('2d'), slider = $('day');
  const last = claims.length ? claims[0][DAY] : 0, first = claims.length ? claims[claims.length - 1][DAY] : 0;
  const of = places.map(() => []); // claims by place, newest first
  claims.forEach((c, i) => { if (c[PLACE] >= 0) of[c[PLACE]].push(i); });
  const rank = places.map((_, i) => i).sort((a, b) => of[b].length - of[a].length || places[b][3] - places[a][3]);
  let day = last, chosen = -1, passing = claims.map(() => true), shown = LISTED, centre = [0, 0], scale = 1, frame = 0;

  // -- what is drawn ---------------------------------------------------------------------------------------------------
  /** The parties that the newest claims up to the day name: one, or two where those of the last weeks differ. */
  const sides = (place) => {
    const known = of[place].filter((i) => claims[i][DAY] <= day && passing[i]);
    if (!known.length) return [];
    const newest = claims[known[0]], others = known.map((i) => claims[i]).filter((c) => newest[DAY] - c[DAY] <= RECENT && c[PARTY] !== newest[PARTY]);
    return others.length ? [newest[PARTY], others[0][PARTY]].sort() : [newest[PARTY]];
  };
  const at = (lon, y) => [canvas.clientWidth / 2 + (lon - centre[0]) * scale, canvas.clientHeight / 2 - (y - centre[1]) * scale];
  const trace = (lines) => { pen.beginPath(); for (const line of lines) line.forEach(([x, lat], i) => pen[i ? 'lineTo' : 'moveTo'](...at(x, y_(lat)))); };
  function draw() {
    frame = 0;
    const ratio = window.devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight;
    if (canvas.width !== w * ratio) { canvas.width = w * ratio; canvas.height = h * ratio; }
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = '#dce6ea'; pen.fillRect(0, 0, w, h);
    trace(land.land); pen.fillStyle = '#f5f3ed'; pen.fill('evenodd');
    trace(land.lake); pen.fillStyle = '#dce6ea'; pen.fill('evenodd');
    trace(land.line); pen.strokeStyle = '#8d897f'; pen.lineWidth = 1; pen.stroke();
    const taken = [], size = Math.max(2.5, Math.min(7, scale / 12)), visible = [];
    for (let n = rank.length - 1; n >= 0; n--) { // the most spoken of last, on top
      const i = rank[n], [x, y] = at(places[i][1], y_(places[i][2]));
      if (x < -20 || y < -20 || x > w + 20 || y > h + 20) continue;
      const found = sides(i);
      if (!found.length) continue;
      visible.push([i, x, y]);
      pen.lineWidth = 1; pen.strokeStyle = '#fff';
      if (found.length === 1) { pen.beginPath(); pen.arc(x, y, size, 0, 7); pen.fillStyle = colour(found[0]); pen.fill(); pen.stroke(); }
      else {
        found.forEach((party, k) => { pen.beginPath(); pen.arc(x, y, size + 1, (0.5 + k) * Math.PI, (1.5 + k) * Math.PI); pen.closePath(); pen.fillStyle = colour(party); pen.fill(); });
        pen.beginPath(); pen.arc(x, y, size + 1, 0, 7); pen.lineWidth = 1.6; pen.strokeStyle = '#1b1b1b'; pen.stroke();
      }
      if (i === chosen) { pen.beginPath(); pen.arc(x, y, size + 6, 0, 7); pen.lineWidth = 3; pen.strokeStyle = '#111'; pen.stroke(); }
    }
    pen.font = '12px system-ui, "Noto Sans", sans-serif'; pen.lineWidth = 3; pen.strokeStyle = '#fff'; pen.fillStyle = '#23282c'; pen.lineJoin = 'round';
    for (const [i, x, y] of visible.reverse().slice(0, 400)) {
      const name = places[i][0], box = [x + size + 3, y - 8, x + size + 8 + pen.measureText(name).width, y + 8];
      if (taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1])) continue;
      taken.push(box);
      pen.strokeText(name, box[0], y + 4); pen.fillText(name, box[0], y + 4);
    }
    canvas.dataset.drawn = String(visible.length);
  }
  const redraw = () => { if (!frame) frame = requestAnimationFrame(draw); };

  // -- moving ----------------------------------------------------------------------------------------------------------
  function fit() {
    if (!places.length) return;
    const xs = places.map((p) => p[1]).sort((a, b) => a - b), ys = places.map((p) => y_(p[2])).sort((a, b) => a - b), cut = xs.length > 300 ? Math.floor(xs.length / 200) : 0;
    const [west, east, south, north] = [xs[cut], xs[xs.length - 1 - cut], ys[cut], ys[ys.length - 1 - cut]];
    centre = [(west + east) / 2, (south + north) / 2];
    scale = Math.min(canvas.clientWidth / (east - west + 1), canvas.clientHeight / (north - south + 1));
  }
  function zoom(factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
    const dx = (x - canvas.clientWidth / 2) / scale, dy = (canvas.clientHeight / 2 - y) / scale, next = Math.max(1, Math.min(20000, scale * factor)), k = 1 - scale / next;
    centre = [centre[0] + dx * k, centre[1] + dy * k]; scale = next; redraw();
  }
  const fingers = new Map();
  let moved = 0;
  canvas.addEventListener('wheel', (e) => { e.preventDefault(); zoom(e.deltaY < 0 ? 1.25 : 0.8, e.offsetX, e.offsetY); }, { passive: false });
  canvas.addEventListener('pointerdown', (e) => { canvas.setPointerCapture(e.pointerId); fingers.set(e.pointerId, [e.offsetX, e.offsetY]); moved = 0; });
  canvas.addEventListener('pointermove', (e) => {
    const was = fingers.get(e.pointerId);
    if (!was) return;
    const now = [e.offsetX, e.offsetY], other = [...fingers].find(([id]) => id !== e.pointerId)?.[1];
    moved += Math.abs(now[0] - was[0]) + Math.abs(now[1] - was[1]);
    if (other) zoom(Math.hypot(now[0] - other[0], now[1] - other[1]) / Math.max(1, Math.hypot(was[0] - other[0], was[1] - other[1])), other[0], other[1]);
    else { centre = [centre[0] - (now[0] - was[0]) / scale, centre[1] + (now[1] - was[1]) / scale]; redraw(); }
    fingers.set(e.pointerId, now);
  });
  for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, (e) => {
    fingers.delete(e.pointerId);
    if (end === 'pointerup' && moved < 6) choose(near(e.offsetX, e.offsetY));
  });
  const near = (x, y) => {
    let best = -1, far = 14;
    for (const i of rank) { const [px, py] = at(places[i][1], y_(places[i][2])), d = Math.hypot(px - x, py - y); if (d < far && sides(i).length) { far = d; best = i; } }
    return best;
  };
  canvas.addEventListener('keydown', (e) => {
    const step = { ArrowLeft: [-40, 0], ArrowRight: [40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] }[e.key];
    if (step) { e.preventDefault(); centre = [centre[0] + step[0] / scale, centre[1] + step[1] / scale]; redraw(); }
    if (e.key === '+' || e.key === '-') zoom(e.key === '+' ? 1.4 : 0.7);
  });
  $('closer').addEventListener('click', () => zoom(1.5));
  $('farther').addEventListener('click', () => zoom(1 / 1.5));
  $('whole').addEventListener('click', () => { fit(); choose(-1); redraw(); });

  // -- the table -------------------------------------------------------------------------------------------------------
  function choose(place) { chosen = place; shown = LISTED; table(); redraw(); }
  function cell(row, text, name) { const td = make('td', text, { className: name || '' }); row.append(td); return td; }
  function table() {
    const body = $('table').tBodies[0], found = [];
    claims.forEach((c, i) => { if (passing[i] && c[DAY] <= day && (chosen < 0 || c[PLACE] === chosen)) found.push(i); });
    body.replaceChildren(...found.slice(0, shown).map((i) => {
      const c = claims[i], row = document.createElement('tr');
      cell(row, iso(c[DAY]), 'nowrap'); cell(row, words[c[WHEN]], 'nowrap');
      const what = cell(row, ''), dot = make('span', '', { className: 'dot' });
      dot.style.background = colour(c[PARTY]);
      what.append(dot, ' ');
      if (c[PLACE] >= 0) { const button = make('button', words[c[WHAT]], { type: 'button', className: 'link' }); button.addEventListener('click', () => { const p = places[c[PLACE]]; centre = [p[1], y_(p[2])]; scale = Math.max(scale, 60); choose(c[PLACE]); $('drawing').scrollIntoView({ block: 'nearest' }); }); what.append(button); }
      else what.append(words[c[WHAT]]);
      const who = cell(row, words[c[CHAIN]]);
      if (c[LINK]) who.append(' ', make('a', 'source', { href: words[c[LINK]], rel: 'noopener noreferrer nofollow' }));
      cell(row, words[c[QUOTE]]);
      return row;
    }));
    const count = `${found.length.toLocaleString('en')} ${found.length === 1 ? 'claim' : 'claims'} shown`;
    $('shown').textContent = count + (chosen >= 0 ? ` on ${places[chosen][0]}` : '') + (claims.length ? `, published up to ${iso(day)}` : '');
    $('more').hidden = found.length <= shown;
  }
  $('more').addEventListener('click', () => { shown += 500; table(); });
  let asked = 0;
  $('find').addEventListener('input', () => {
    clearTimeout(asked);
    asked = setTimeout(() => {
      const wanted = $('find').value.trim().toLowerCase();
      const has = wanted === '' ? null : words.map((w) => w.toLowerCase().includes(wanted));
      passing = claims.map((c) => !has || has[c[WHAT]] || has[c[CHAIN]] || has[c[QUOTE]] || (c[PLACE] >= 0 && places[c[PLACE]][0].toLowerCase().includes(wanted)));
      shown = LISTED; table(); redraw();
    }, 120);
  });

  // -- the days --------------------------------------------------------------------------------------------------------
  Object.assign(slider, { min: first, max: last, value: last, disabled: first === last });
  const show = () => { $('now').textContent = claims.length ? iso(day) : '—'; slider.setAttribute('aria-valuetext', $('now').textContent); };
  slider.addEventListener('input', () => { day = Number(slider.value); show(); table(); redraw(); });
  const bins = new Array(120).fill(0), ns = 'http://www.w3.org/2000/svg';
  for (const c of claims) bins[Math.min(119, Math.floor(((c[DAY] - first) / Math.max(1, last - first + 1)) * 120))]++;
  const top = Math.max(1, ...bins);
  bins.forEach((n, i) => { const bar = document.createElementNS(ns, 'rect'), height = n ? 2 + 32 * Math.sqrt(n / top) : 0; for (const [k, v] of Object.entries({ x: i + 0.1, y: 34 - height, width: 0.8, height })) bar.setAttribute(k, v); $('histogram').append(bar); });
  $('map-part').hidden = !places.length;
  window.addEventListener('resize', redraw);
  fit(); show(); table(); draw();
})();

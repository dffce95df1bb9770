// The single-file page: a plain drawing of the places and a search in the table. No library, no network.
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const { points, lines } = read('data'), shades = read('shades');
  const svg = document.getElementById('drawing'), ns = 'http://www.w3.org/2000/svg';
  const make = (tag, attributes, text) => {
    const element = document.createElementNS(ns, tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    return element;
  };
  if (points.length) {
    const mercator = (lat) => Math.log(Math.tan(Math.PI / 4 + (Math.max(-85, Math.min(85, lat)) * Math.PI) / 360)) * (180 / Math.PI);
    const xs = points.map((p) => p.lon), ys = points.map((p) => mercator(p.lat));
    const pad = 1.2, west = Math.min(...xs) - pad, east = Math.max(...xs) + pad, south = Math.min(...ys) - pad, north = Math.max(...ys) + pad;
    const scale = Math.min(1000 / (east - west), 560 / (north - south));
    const left = (1000 - scale * (east - west)) / 2, top = (560 - scale * (north - south)) / 2;
    const at = (lon, lat) => [left + (lon - west) * scale, top + (north - mercator(lat)) * scale];
    for (const line of lines) svg.append(make('path', { class: 'outline', d: 'M' + line.map(([x, y]) => at(x, y).map((n) => n.toFixed(1)).join(' ')).join('L') }));
    points.forEach((p, i) => {
      const [x, y] = at(p.lon, p.lat), newest = [...p.claims].sort().reverse();
      const parties = [...new Set(newest.map((c) => c[1]))];
      const group = make('g', { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` });
      group.append(make('title', {}, `${p.name}\n` + newest.slice(0, 6).map((c) => `${c[0]}: ${c[2]}`).join('\n')));
      if (parties.length > 1) group.append(make('path', { d: 'M0-6A6 6 0 0 0 0 6Z', class: shades[parties[0]] }), make('path', { d: 'M0-6A6 6 0 0 1 0 6Z', class: shades[parties[1]] }), make('circle', { r: 6, class: 'rim' }));
      else group.append(make('circle', { r: 5, class: shades[parties[0]] }));
      if (i < 60) group.append(make('text', { x: 9, y: 4 }, p.name));
      svg.append(group);
    });
  } else svg.remove();
  const rows = [...document.querySelectorAll('#table tbody tr')], shown = document.getElementById('shown');
  const find = () => {
    const words = document.getElementById('find').value.toLowerCase();
    let number = 0;
    for (const row of rows) { row.hidden = words !== '' && !row.textContent.toLowerCase().includes(words); number += row.hidden ? 0 : 1; }
    shown.textContent = `${number.toLocaleString('en')} claims shown`;
  };
  document.getElementById('find').addEventListener('input', find);
  find();
})();

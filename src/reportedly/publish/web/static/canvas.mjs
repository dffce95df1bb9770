// Drawing with MapLibre: one GeoJSON source of places, whose looks change by feature-state only, where they change.
// @ts-check
import * as maplibregl from '../vendor/maplibre-gl.mjs';

const WATER = '#dce6ea', LAND = '#f5f3ed';
const BASE = new URL('/api/base/', location.href).href;

/** A canvas icon. @param {(c: CanvasRenderingContext2D) => void} draw */
function icon(draw) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 48;
  const c = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  c.translate(24, 24);
  draw(c);
  return c.getImageData(0, 0, 48, 48);
}

/** @param {string} left @param {string} right */
const half = (left, right, hollow = false) => icon((c) => {
  if (hollow) {
    for (const [colour, from, to] of /** @type {[string, number, number][]} */ ([[left, 0.5, 1.5], [right, 1.5, 2.5]])) {
      c.beginPath(); c.arc(0, 0, 14, from * Math.PI, to * Math.PI); c.lineWidth = 6; c.strokeStyle = colour; c.stroke();
    }
    return;
  }
  for (const [colour, from, to] of /** @type {[string, number, number][]} */ ([[left, 0.5, 1.5], [right, 1.5, 2.5]])) {
    c.beginPath(); c.arc(0, 0, 18, from * Math.PI, to * Math.PI); c.closePath(); c.fillStyle = colour; c.fill();
  }
  c.beginPath(); c.arc(0, 0, 18, 0, 7); c.lineWidth = 4; c.strokeStyle = '#1b1b1b'; c.stroke();
});

const cross = () => icon((c) => {
  for (const [colour, width] of /** @type {[string, number][]} */ ([['#ffffff', 12], ['#1b1b1b', 7]])) {
    c.lineWidth = width; c.lineCap = 'round'; c.strokeStyle = colour;
    c.beginPath(); c.moveTo(-13, -13); c.lineTo(13, 13); c.moveTo(13, -13); c.lineTo(-13, 13); c.stroke();
  }
});

const CODE = ['coalesce', ['feature-state', 'c'], 0];
const DIM = ['case', ['boolean', ['feature-state', 'f'], false], 0.12, 1];
const boundaryClass = (/** @type {string} */ view) => (view ? ['coalesce', ['get', 'v_' + view], ['get', 'c']] : ['get', 'c']);

export class Canvas {
  /** @param {HTMLElement} where @param {any} data @param {{colourOf: (party: string) => string, view: string, at: string | null, tiles: string}} options @returns {Promise<Canvas>} */
  static open(where, data, options) {
    return new Promise((resolve, reject) => {
      const test = document.createElement('canvas').getContext('webgl2');
      if (!test) { reject(new Error('no WebGL')); return; }
      test.getExtension('WEBGL_lose_context')?.loseContext();
      const canvas = new Canvas(where, data, options);
      canvas.map.on('load', () => { canvas.layers(); resolve(canvas); });
      canvas.map.on('error', (/** @type {any} */ e) => console.warn('map:', e.error?.message));
    });
  }

  /** @param {HTMLElement} where @param {any} data @param {{colourOf: (party: string) => string, view: string, at: string | null, tiles: string}} options */
  constructor(where, data, options) {
    this.data = data; this.options = options;
    /** @type {(row: number) => void} */ this.onSelect = () => {};
    this.onMove = () => {};
    this.pointed = -1;
    const url = new URL('../vendor/maplibre-gl-worker.mjs', import.meta.url).href;
    maplibregl.setWorkerUrl(url);
    const box = extent(data);
    const at = (options.at || '').split(',').map(Number);
    const view = at.length === 3 && at.every(Number.isFinite) ? { center: [at[0], at[1]], zoom: at[2] } : { bounds: box, fitBoundsOptions: { padding: 40, maxZoom: 9 } };
    const tiles = options.tiles ? { tiles: { type: 'raster', tiles: [options.tiles], tileSize: 256 } } : {};
    this.map = new maplibregl.Map(/** @type {any} */ ({
      container: where, ...view, fadeDuration: 0, attributionControl: false, dragRotate: false, pitchWithRotate: false, maxZoom: 14, renderWorldCopies: false,
      style: {
        version: 8,
        sources: { land: { type: 'geojson', data: BASE + 'land' }, lines: { type: 'geojson', data: BASE + 'boundaries' }, regions: { type: 'geojson', data: BASE + 'regions?' + data.countries.map((/** @type {string} */ c) => 'country=' + c).join('&') }, ...tiles },
        layers: [
          { id: 'water', type: 'background', paint: { 'background-color': WATER } },
          { id: 'land', type: 'fill', source: 'land', filter: ['==', 'kind', 'land'], paint: { 'fill-color': LAND } },
          { id: 'lakes', type: 'fill', source: 'land', filter: ['==', 'kind', 'lake'], paint: { 'fill-color': WATER } },
          ...(options.tiles ? [{ id: 'tiles', type: 'raster', source: 'tiles' }] : []),
          { id: 'regions', type: 'line', source: 'regions', paint: { 'line-color': '#b9b3a6', 'line-width': 0.8 } },
          { id: 'borders', type: 'line', source: 'lines', filter: ['==', boundaryClass(options.view), 'i'], paint: { 'line-color': '#6d6a63', 'line-width': 1.4 } },
          { id: 'disputed-borders', type: 'line', source: 'lines', filter: ['==', boundaryClass(options.view), 'd'], paint: { 'line-color': '#6d6a63', 'line-width': 1.4, 'line-dasharray': [3, 3] } },
        ],
      },
    }));
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'top-right');
    this.map.addControl(new maplibregl.ScaleControl(), 'bottom-left');
    this.map.addControl(new maplibregl.AttributionControl({ compact: true, customAttribution: 'Made with Natural Earth · settlements © GeoNames (CC BY 4.0), KATOTTG' }), 'bottom-right');
    if (where.clientWidth < 600) this.map.once('load', () => where.querySelector('.maplibregl-compact-show')?.classList.remove('maplibregl-compact-show'));
    this.map.on('moveend', () => this.onMove());
    this.map.on('click', (/** @type {any} */ e) => {
      const box = [[e.point.x - 6, e.point.y - 6], [e.point.x + 6, e.point.y + 6]];
      const hit = this.map.queryRenderedFeatures(/** @type {any} */ (box), { layers: ['dots', ...this.icons] }).find((/** @type {any} */ f) => this.shown(Number(f.id)))
        || this.map.queryRenderedFeatures(/** @type {any} */ (box), { layers: ['region-lines'] }).find((/** @type {any} */ f) => this.shown(Number(f.id)));
      if (hit) this.onSelect(Number(hit.id));
    });
    /** @type {string[]} */ this.icons = [];
    /** @type {Set<number>} */ this.hidden = new Set();
    /** @type {Set<number>} */ this.outlined = new Set();
  }

  /** @param {number} row */
  shown(row) { const code = this.time?.state[row]; return code && !this.hidden.has(code); }

  /** Sources and layers that stay. */
  layers() {
    const map = this.map, empty = { type: 'FeatureCollection', features: [] };
    map.addSource('places', /** @type {any} */ ({ type: 'geojson', data: empty, tolerance: 0, buffer: 16, maxzoom: 12 }));
    map.addSource('outlines', /** @type {any} */ ({ type: 'geojson', data: empty, tolerance: 0.3 }));
    map.addSource('reference', /** @type {any} */ ({ type: 'geojson', data: empty }));
    map.addLayer({ id: 'reference-areas', type: 'fill', source: 'reference', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-opacity': 0.16 } });
    map.addLayer({ id: 'reference-lines', type: 'line', source: 'reference', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'line-width': 1.5, 'line-dasharray': [4, 2] } });
    map.addLayer({ id: 'reference-points', type: 'circle', source: 'reference', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': ['interpolate', ['linear'], ['zoom'], 4, 3.5, 9, 9], 'circle-opacity': 0.22 } });
    map.addSource('pointed', /** @type {any} */ ({ type: 'geojson', data: empty }));
    map.addLayer({ id: 'rings', type: 'circle', source: 'places', paint: { 'circle-radius': ['interpolate', ['linear'], ['zoom'], 4, 5, 9, 11], 'circle-color': 'transparent', 'circle-stroke-color': '#111', 'circle-stroke-width': 1.6, 'circle-opacity': 0, 'circle-stroke-opacity': ['case', ['boolean', ['feature-state', 's'], false], 1, 0] } });
    map.setLayoutProperty('rings', 'visibility', 'none');
    map.addLayer({ id: 'region-halo', type: 'line', source: 'outlines', layout: { 'line-join': 'round' }, paint: { 'line-color': '#ffffff', 'line-width': 5 } });
    map.addLayer({ id: 'region-lines', type: 'line', source: 'outlines', layout: { 'line-join': 'round' }, paint: { 'line-width': 2.6 } });
    map.addLayer({ id: 'region-others', type: 'line', source: 'outlines', paint: { 'line-width': 2.6, 'line-dasharray': [3, 3] } });
    map.addLayer({ id: 'dots', type: 'circle', source: 'places', filter: ['!', ['get', 'g']], paint: { 'circle-radius': ['interpolate', ['linear'], ['zoom'], 4, 2.2, 7, 4, 10, 7] } });
    map.addLayer({ id: 'labels', type: 'symbol', source: 'places', filter: ['<=', ['get', 'r'], ['step', ['zoom'], 25, 5, 60, 6, 150, 7, 400, 8, 1500, 9, 6000, 10, 40000]],
      layout: { 'text-field': ['get', 'n'], 'text-size': 12.5, 'text-font': ['Noto Sans', 'system-ui', 'sans-serif'], 'text-variable-anchor': ['top', 'bottom', 'left', 'right'], 'text-radial-offset': 0.7, 'symbol-sort-key': ['get', 'r'], 'text-padding': 3 },
      paint: { 'text-color': '#23282c', 'text-halo-color': '#ffffff', 'text-halo-width': 1.6 } });
    map.addLayer({ id: 'pointed', type: 'circle', source: 'pointed', paint: { 'circle-radius': 15, 'circle-color': 'transparent', 'circle-stroke-color': '#111', 'circle-stroke-width': 3 } });
    map.getCanvas().setAttribute('aria-label', 'Map of places by status; the list beside it shows the same');
  }

  /** Put the places in: only when the ledger, the policy or the names change. @param {any} data @param {any} time @param {(row: number) => string} nameOf */
  places(data, time, nameOf) {
    this.data = data; this.time = time;
    /** @type {Map<number, Set<string>>} */ const icons = new Map();
    for (let i = 0; i < time.code.length; i++) {
      const code = data.codes[time.code[i]];
      if (code.state !== 'disputed' && code.state !== 'contested') continue;
      if (!icons.has(time.place[i])) icons.set(time.place[i], new Set());
      /** @type {Set<string>} */ (icons.get(time.place[i])).add(this.iconOf(code));
    }
    const features = time.ids.map((/** @type {number} */ _, /** @type {number} */ row) => ({
      type: 'Feature', id: row, geometry: { type: 'Point', coordinates: [data.lon[row], data.lat[row]] },
      properties: { r: row, n: nameOf(row), i: this.outlined.has(row) ? [] : [...(icons.get(row) || [])], g: this.outlined.has(row) },
    }));
    /** @type {any} */ (this.map.getSource('places')).setData({ type: 'FeatureCollection', features });
    this.map.removeFeatureState({ source: 'places' });
    this.map.removeFeatureState({ source: 'outlines' });
    this.iconLayers();
    this.style();
  }

  /** Regions are drawn by their outline where it is known. @param {any} found @param {Map<number, number>} rows */
  outlines(found, rows) {
    const features = found.features.filter((/** @type {any} */ f) => rows.has(f.id)).map((/** @type {any} */ f) => ({ ...f, id: rows.get(f.id) }));
    this.outlined = new Set(features.map((/** @type {any} */ f) => f.id));
    /** @type {any} */ (this.map.getSource('outlines')).setData({ type: 'FeatureCollection', features });
  }

  /** @param {any} code */
  iconOf(code) { return code.state === 'contested' ? 'cross' : `half${code.inferred ? ' hollow' : ''} ${code.party} ${code.other}`; }

  /** One layer per icon that some place ever has: icons cannot change by feature-state, their opacity can. */
  iconLayers() {
    for (const id of this.icons) this.map.removeLayer(id);
    /** @type {Map<string, number[]>} */ const kinds = new Map();
    this.data.codes.forEach((/** @type {any} */ code, /** @type {number} */ i) => {
      if (code.state !== 'disputed' && code.state !== 'contested') return;
      const name = this.iconOf(code);
      if (!kinds.has(name)) {
        kinds.set(name, []);
        if (!this.map.hasImage(name)) this.map.addImage(name, /** @type {any} */ (name === 'cross' ? cross() : half(this.options.colourOf(code.party), code.other ? this.options.colourOf(code.other) : '#ffffff', code.inferred)), { pixelRatio: 2 });
      }
      /** @type {number[]} */ (kinds.get(name)).push(i);
    });
    this.kinds = kinds;
    this.icons = [...kinds.keys()].map((name) => 'icon ' + name);
    for (const [name] of kinds) {
      this.map.addLayer(/** @type {any} */ ({ id: 'icon ' + name, type: 'symbol', source: 'places', filter: ['in', name, ['get', 'i']],
        layout: { 'icon-image': name, 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'icon-size': ['interpolate', ['linear'], ['zoom'], ...(name.includes(' hollow') ? [4, 0.26, 7, 0.42, 10, 0.7] : [4, 0.42, 7, 0.62, 10, 0.95])] } }), 'labels');
    }
  }

  /** Colours by code: set anew only when the table of codes or what is hidden changes. */
  style() {
    const fill = ['match', CODE], stroke = ['match', CODE], width = ['match', CODE], seen = ['match', CODE];
    this.data.codes.forEach((/** @type {any} */ code, /** @type {number} */ i) => {
      const held = code.state === 'held' && !this.hidden.has(i), colour = this.options.colourOf(code.party);
      fill.push(/** @type {any} */ (i), code.inferred ? '#ffffff' : colour);
      stroke.push(/** @type {any} */ (i), code.inferred ? colour : '#ffffff');
      width.push(/** @type {any} */ (i), code.inferred ? 1.1 : 0.5);
      seen.push(/** @type {any} */ (i), held ? 1 : 0);
    });
    fill.push('#ffffff'); stroke.push('#ffffff'); width.push(/** @type {any} */ (0)); seen.push(/** @type {any} */ (0));
    const opacity = ['*', seen, DIM];
    const side = ['match', CODE], other = ['match', CODE], drawn = ['match', CODE], both = ['match', CODE];
    this.data.codes.forEach((/** @type {any} */ code, /** @type {number} */ i) => {
      side.push(/** @type {any} */ (i), code.party ? this.options.colourOf(code.party) : '#8a949c');
      other.push(/** @type {any} */ (i), code.other ? this.options.colourOf(code.other) : '#1b1b1b');
      drawn.push(/** @type {any} */ (i), code.state !== 'unknown' && !this.hidden.has(i) ? 1 : 0);
      both.push(/** @type {any} */ (i), code.state !== 'held' && code.state !== 'unknown' && !this.hidden.has(i) ? 1 : 0);
    });
    side.push('#8a949c'); other.push('#1b1b1b'); drawn.push(/** @type {any} */ (0)); both.push(/** @type {any} */ (0));
    for (const [layer, name, value] of /** @type {[string, string, any][]} */ ([
      ['region-lines', 'line-color', side], ['region-others', 'line-color', other], ['region-halo', 'line-opacity', ['*', ['*', 0.7, drawn], DIM]],
      ['region-lines', 'line-opacity', ['*', drawn, DIM]], ['region-others', 'line-opacity', ['*', both, DIM]],
    ])) this.map.setPaintProperty(layer, name, value);
    for (const [name, value] of Object.entries({ 'circle-color': fill, 'circle-stroke-color': stroke, 'circle-stroke-width': width, 'circle-opacity': opacity, 'circle-stroke-opacity': opacity })) this.map.setPaintProperty('dots', name, value);
    for (const [name, codes] of this.kinds || []) {
      const wanted = codes.filter((i) => !this.hidden.has(i));
      this.map.setPaintProperty('icon ' + name, 'icon-opacity', ['*', ['match', CODE, wanted.length ? wanted : [-1], 1, 0], DIM]);
    }
  }

  /** @param {[number, number][]} changes */
  paint(changes) {
    for (const [id, c] of changes) {
      this.map.setFeatureState({ source: 'places', id }, { c });
      if (this.outlined.has(id)) this.map.setFeatureState({ source: 'outlines', id }, { c });
    }
  }

  /** @param {Set<number>} hidden */
  hide(hidden) { this.hidden = hidden; this.style(); }

  /** Dim the places that the filters leave out. @param {boolean[] | null} out */
  dim(out) { for (let id = 0; id < this.time.count; id++) for (const source of this.outlined.has(id) ? ['places', 'outlines'] : ['places']) this.map.setFeatureState({ source, id }, { f: Boolean(out && out[id]) }); }

  /** Ring what differs between two states. @param {Int16Array} now @param {Int16Array | null} then */
  ring(now, then) {
    this.map.setLayoutProperty('rings', 'visibility', then ? 'visible' : 'none');
    if (!then) return;
    this.ringed ??= new Uint8Array(now.length);
    if (this.ringed.length !== now.length) this.ringed = new Uint8Array(now.length);
    for (let id = 0; id < now.length; id++) {
      const s = now[id] !== then[id] ? 1 : 0;
      if (s !== this.ringed[id]) { this.ringed[id] = s; this.map.setFeatureState({ source: 'places', id }, { s: Boolean(s) }); }
    }
  }

  /** @param {number} row */
  point(row) {
    const features = row < 0 ? [] : [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [this.data.lon[row], this.data.lat[row]] } }];
    /** @type {any} */ (this.map.getSource('pointed')).setData({ type: 'FeatureCollection', features });
  }

  /** Somebody else's map, pale below ours. @param {any} found */
  reference(found) {
    const features = found?.features || [], parties = [...new Set(features.map((/** @type {any} */ f) => f.properties.party))];
    const colour = parties.length ? ['match', ['get', 'party'], ...parties.flatMap((p) => [p, this.options.colourOf(/** @type {string} */ (p))]), '#666'] : '#666';
    for (const [id, name] of [['reference-areas', 'fill-color'], ['reference-lines', 'line-color'], ['reference-points', 'circle-color']]) this.map.setPaintProperty(id, name, colour);
    /** @type {any} */ (this.map.getSource('reference')).setData({ type: 'FeatureCollection', features });
  }

  /** @param {number} row */
  flyTo(row) { this.flyToPoint(this.data.lon[row], this.data.lat[row]); }

  /** @param {number} lon @param {number} lat */
  flyToPoint(lon, lat) { if (Number.isFinite(lon) && Number.isFinite(lat)) this.map.easeTo({ center: [lon, lat], zoom: Math.max(this.map.getZoom(), 8), duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 500 }); }

  /** @param {string} view */
  view(view) { for (const [id, c] of [['borders', 'i'], ['disputed-borders', 'd']]) this.map.setFilter(id, /** @type {any} */ (['==', boundaryClass(view), c])); }

  where() { const c = this.map.getCenter(); return [c.lng, c.lat, this.map.getZoom()]; }

  bounds() { const b = this.map.getBounds(); return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]; }
}

/** West, south, east, north of the places, without the outermost per cent when there are many. @param {any} data */
function extent(data) {
  const cut = (/** @type {number[]} */ values) => { const s = [...values].sort((a, b) => a - b), k = s.length > 300 ? Math.floor(s.length / 200) : 0; return [s[k], s[s.length - 1 - k]]; };
  if (!data.lon.length) return [[-180, -60], [180, 75]];
  const [west, east] = cut(data.lon), [south, north] = cut(data.lat);
  return [[west - 0.2, south - 0.2], [east + 0.2, north + 0.2]];
}

// The status of every place over time, from columns: pure, without a page or a network (tests run it in Node).
// @ts-check

/** @typedef {{state: string, party: string, other: string, inferred: boolean}} Code */
/** @typedef {{place: number, code: number}} Step */

const DAY = 86400000;

/** Days since 1970 as YYYY-MM-DD. @param {number} day */
export const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** YYYY-MM-DD as days since 1970; NaN for anything else. @param {string} text */
export const dayNumber = (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? Math.round(Date.parse(text + 'T00:00:00Z') / DAY) : NaN);

/** Running sums of differences. @param {number[]} steps @param {number} start */
export function summed(steps, start) {
  const out = new Int32Array(steps.length);
  let sum = start;
  for (let i = 0; i < steps.length; i++) out[i] = sum += steps[i];
  return out;
}

export class Timeline {
  /** @param {any} data the answer of /api/history */
  constructor(data) {
    /** @type {Code[]} */
    this.codes = data.codes;
    this.ids = Array.from(summed(data.places.id, 0));
    this.count = this.ids.length;
    this.day = summed(data.changes.day, data.base);
    this.place = Int32Array.from(data.changes.place);
    this.code = Int16Array.from(data.changes.code);
    this.before = new Int16Array(this.code.length);
    const now = new Int16Array(this.count);
    for (let i = 0; i < this.code.length; i++) {
      this.before[i] = now[this.place[i]];
      now[this.place[i]] = this.code[i];
    }
    this.state = new Int16Array(this.count);
    this.counts = new Int32Array(this.codes.length);
    this.counts[0] = this.count;
    this.newest = dayNumber(data.data_as_of || '') || -Infinity;
    this.at = 0; // changes applied
    this.rows = new Map(this.ids.map((id, row) => [id, row]));
  }

  get first() { return this.day.length ? this.day[0] : NaN; }
  /** The day of the last change, or of the newest report where that is later. */
  get last() { return this.day.length ? Math.max(this.day[this.day.length - 1], this.newest) : NaN; }

  /** How many changes there are up to and including a day. @param {number} day */
  upto(day) {
    let low = 0, high = this.day.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.day[middle] <= day) low = middle + 1; else high = middle;
    }
    return low;
  }

  /** Go to a day; `changed` hears each place that ends up otherwise than it was, once. @param {number} day @param {(row: number, code: number) => void} changed */
  go(day, changed) {
    const target = this.upto(day), touched = new Map();
    const set = (/** @type {number} */ row, /** @type {number} */ code) => {
      if (!touched.has(row)) touched.set(row, this.state[row]);
      this.counts[this.state[row]]--;
      this.counts[code]++;
      this.state[row] = code;
    };
    for (; this.at < target; this.at++) set(this.place[this.at], this.code[this.at]);
    for (; this.at > target; this.at--) set(this.place[this.at - 1], this.before[this.at - 1]);
    for (const [row, was] of touched) if (this.state[row] !== was) changed(row, this.state[row]);
  }

  /** The day of the change before or after a day, or NaN. @param {number} day @param {1|-1} way */
  neighbour(day, way) {
    if (way > 0) { const i = this.upto(day); return i < this.day.length ? this.day[i] : NaN; }
    const i = this.upto(day - 1);
    return i > 0 ? this.day[i - 1] : NaN;
  }

  /** The state of all places on another day, without going there. @param {number} day */
  on(day) {
    const state = new Int16Array(this.count), end = this.upto(day);
    for (let i = 0; i < end; i++) state[this.place[i]] = this.code[i];
    return state;
  }

  /** Changes per bin from the first to the last day. @param {number} bins */
  histogram(bins) {
    const out = new Array(bins).fill(0), span = Math.max(1, this.last - this.first + 1);
    for (let i = 0; i < this.day.length; i++) out[Math.min(bins - 1, Math.floor(((this.day[i] - this.first) / span) * bins))]++;
    return out;
  }
}

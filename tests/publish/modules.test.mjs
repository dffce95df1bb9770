// The map's pure modules, run by tests/publish/test_modules.py with Node.
import test from 'node:test';
import assert from 'node:assert/strict';
import { Timeline, dayNumber, isoDay } from '../../src/reportedly/publish/web/static/history.mjs';
import { latinUkrainian, called } from '../../src/reportedly/publish/web/static/names.mjs';

const data = {
  codes: [{ state: 'unknown' }, { state: 'held', party: 'A' }, { state: 'held', party: 'B' }],
  places: { id: [7, 3], lon: [0, 0], lat: [0, 0], name: ['x', 'y'] }, base: 100,
  changes: { day: [0, 5, 0, 10], place: [0, 1, 0, 0], code: [1, 2, 2, 1] },
};

test('ids and days are running sums', () => {
  const t = new Timeline(data);
  assert.deepEqual([...t.ids], [7, 10]);
  assert.deepEqual([...t.day], [100, 105, 105, 115]);
});

test('any walk ends where a straight replay does', () => {
  const t = new Timeline(data);
  let seed = 1;
  const seen = new Int16Array(2);
  for (let i = 0; i < 300; i++) {
    seed = (seed * 16807) % 2147483647;
    const day = 95 + (seed % 25);
    t.go(day, (row, code) => { seen[row] = code; });
    assert.deepEqual([...t.state], [...t.on(day)]);
    assert.deepEqual([...seen], [...t.state]);
    assert.equal(t.counts.reduce((a, b) => a + b), 2);
  }
});

test('neighbours and histogram', () => {
  const t = new Timeline(data);
  assert.equal(t.neighbour(100, 1), 105);
  assert.equal(t.neighbour(105, -1), 100);
  assert.ok(Number.isNaN(t.neighbour(115, 1)));
  assert.equal(t.histogram(4).reduce((a, b) => a + b), 4);
});

test('days', () => {
  assert.equal(isoDay(dayNumber('2022-02-24')), '2022-02-24');
  assert.ok(Number.isNaN(dayNumber('soon')));
});

test('Ukrainian in Latin letters by the table of 2010', () => {
  const words = { Тошківка: 'Toshkivka', Згурівка: 'Zghurivka', 'Єнакієве': 'Yenakiieve', 'Знам’янка': 'Znamianka', Їжакевич: 'Yizhakevych', 'Нова Юр’ївка': 'Nova Yurivka' };
  for (const [from, to] of Object.entries(words)) assert.equal(latinUkrainian(from), to);
  assert.equal(called('Kyiv', 'Київ', 'uk', 'local'), 'Київ');
});

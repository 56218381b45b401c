import { json, picture, url } from './api.js';
import { growth } from './chart.js';
import { offer, watch } from './choices.js';
import { byId, el, say, show } from './dom.js';
import { list } from './images.js';
import { refreshPredictions } from './predictions.js';
import { refreshQuality } from './quality.js';
import * as words from './words.js';

const state = { models: [], counters: null, shown: null, pictureOf: '', mapFrom: '', samples: [], sampled: '', reached: null };

function live(kind, text) {
  byId('live').dataset.state = kind;
  say(byId('live-text'), text);
}

function trouble(text) {
  say(byId('trouble'), text);
  show(byId('trouble'), text !== '');
}

// One answer for everything that is not the wanted document.
function failed(answer) {
  if (answer.status === 0) {
    live('lost', 'Connection lost');
    trouble(state.reached ? `Fovea cannot be reached. What you see is as of ${words.time(state.reached)}.` : 'Fovea cannot be reached.');
  } else if (answer.status === 503) {
    live('waiting', 'Getting ready…');
    trouble(`Fovea is getting ready: ${answer.body.detail ?? ''}`);
  } else {
    trouble(answer.body.detail ?? `The server answered ${answer.status}.`);
  }
}

async function refreshModels() {
  const answer = await json('/models');
  if (answer.status !== 200) return failed(answer);
  state.models = answer.body.models;
  offerChoices();
}

function offerChoices() {
  if (state.models.length === 0) {
    nothing('No model has been announced yet. The picture appears with the first image that a model scores.');
    return;
  }
  const { one, shown } = offer(state.models, state.counters?.sites ?? []);
  state.shown = shown;
  show(byId('synthetic'), one.synthetic === true);
  say(byId('synthetic-text'), `${one.model} was trained on artificial images, not on patients: “${one.trainingData}”`);
  say(byId('only-found-text'), shown.label ? `Only where ‘${shown.label}’ was predicted` : 'Only where the finding was predicted');
}

function nothing(text) {
  state.pictureOf = '';
  show(byId('map-figure'), false);
  show(byId('map-empty'), true);
  say(byId('map-empty-text'), text);
  say(byId('map-sentence'), '');
  say(byId('n'), state.shown?.compare ? '–' : '0');
  say(byId('n-sites'), '');
  say(byId('growth-text'), '');
  say(byId('maximum-text'), '');
  say(byId('trust-text'), '');
  byId('growth').replaceChildren();
}

const finding = (shown) => (shown.label ? `‘${shown.label}’` : 'every finding');

function mapParameters() {
  const { model, version, variant, label, labels, site, sites, basis, frame, from, to } = state.shown;
  return { model, version, variant, label, labels, site, sites, basis, frame, from, to };
}

async function refreshMap() {
  const shown = state.shown;
  if (!shown || !(shown.label || shown.labels)) return;
  document.title = `${shown.label || 'Every finding'} · Fovea`;
  const parameters = mapParameters();
  if (shown.compare) return compare(shown, parameters);
  say(byId('map-title'), `What the model looks at for ${finding(shown)}`);
  say(byId('n-title'), 'Images in this map');
  say(byId('basis-text'), words.basis(shown.basis, shown.label || 'the finding'));
  const answer = await json('/global-explanations/map', parameters);
  if (shown !== state.shown) return;
  if (answer.status === 404) return nothing(missing(answer, shown));
  if (answer.status !== 200) return failed(answer);
  await showMap(answer.body, parameters);
}

function missing(answer, shown) {
  const detail = answer.body.detail ?? '';
  if (detail.startsWith('not available')) return `This map is ${detail}.`;
  return `Nothing is here yet: no image with these choices has been explained. ${shown.basis === 'PREDICTED' ? `The model has not decided for ${finding(shown)} so far.` : ''}`;
}

async function showMap(map, parameters) {
  const { where, value } = words.place(map.mean, map.grid);
  const alike = map.key.overSites === 'balanced' ? ', each site counting alike' : '';
  const sites = (map.sites.length === 1 ? `site ${map.sites[0].site}` : `${map.sites.length} sites`) + alike;
  const layer = layerOf(map);
  const sentence = `${layer ? 'Standard error of the average' : 'Average'} over ${words.images(map.n)} from ${sites}, ${words.period(map.key.from, map.key.to)}.`;
  const strongest = `It looks hardest at the ${where} of the picture, where attention averages ${words.level(value)}.`;
  say(byId('map-sentence'), sentence);
  say(byId('maximum-text'), strongest);
  say(byId('n'), words.count(map.n));
  say(byId('n-sites'), map.sites.map((s) => `${s.site}: ${words.count(s.n)}`).join(' · '));
  show(byId('map-empty'), false);
  const known = map.outcomes ? `The outcome is known of ${words.count(map.outcomes.known)} of ${words.images(map.outcomes.of)}. ` : '';
  say(byId('trust-text'), known + words.coverage(map.counters) + words.confidence(map));
  showScale(map, layer ? errors(map, `standard error of the ${map.unit}`) : { unit: map.unit, low: Math.min(0, ...map.mean), high: Math.max(...map.mean), kind: 'map', form: words.level });
  showGrowth(map, parameters);
  showLinks('/global-explanations/map', parameters, layer);
  await showPicture('/global-explanations/map.png', map, { ...parameters, layer }, `${sentence} ${strongest}`);
}

// The standard error takes the picture's place where it is wanted and there is one.
function layerOf(map) {
  show(byId('layer-choice'), map.standardError !== undefined);
  return map.standardError ? state.shown.layer : '';
}

function errors(map, unit) {
  return { unit, low: 0, high: Math.max(...map.standardError), kind: 'map', form: words.level };
}

// Any two maps: their difference, white where they agree.
async function compare(shown, parameters) {
  const present = shown.compare === 'present';
  say(byId('map-title'), present ? `How images with ${finding(shown)} differ from images without` : `Where two maps for ${finding(shown)} differ`);
  say(byId('n-title'), 'Images in the two maps');
  if (!present && Object.keys(shown.minus).length === 0) return nothing('Choose another period, site, finding or model to take away; until then both maps are the same.');
  const path = '/global-explanations/map/' + (present ? 'present-minus-absent' : 'difference');
  const { basis, ...rest } = parameters;
  const all = present ? rest : { ...parameters, ...shown.minus };
  const answer = await json(path, all);
  if (shown !== state.shown) return;
  if (answer.status === 404) return nothing(`The two maps cannot be compared: ${answer.body.detail}.`);
  if (answer.status !== 200) return failed(answer);
  await showDifference(answer.body, path, all);
}

async function showDifference(pair, path, parameters) {
  const { first, minus, greatest, least } = pair;
  const sentence = `First: ${words.side(first)}. Taken away: ${words.side(minus)}.`;
  const more = greatest.value > 0 ? `The first has most more at the ${words.where(greatest, pair.grid)} of the picture, by ${words.level(greatest.value)}.` : 'Nowhere has the first more.';
  const less = least.value < 0 ? `The second has most more at the ${words.where(least, pair.grid)}, by ${words.level(-least.value)}.` : 'Nowhere has the second more.';
  say(byId('map-sentence'), sentence);
  say(byId('basis-text'), words.comparison(pair.by));
  say(byId('maximum-text'), `${more} ${less}`);
  const known = first.outcomes ? ` The outcome is known of ${words.count(first.outcomes.known)} of ${words.images(first.outcomes.of)}.` : '';
  const layer = layerOf(pair);
  const blank = layer ? '' : 'Where there is no colour both averages agree; the model may still look there in both.';
  say(byId('trust-text'), `${blank}${known} ${words.chance(pair)}`.trim());
  say(byId('n'), `${words.count(first.n)} and ${words.count(minus.n)}`);
  const sites = (map) => map.sites.map((s) => `${s.site}: ${words.count(s.n)}`).join(' · ');
  say(byId('n-sites'), `First: ${sites(first)}. Taken away: ${sites(minus)}.`);
  byId('growth').replaceChildren();
  say(byId('growth-text'), '');
  show(byId('map-empty'), false);
  const far = Math.max(greatest.value, -least.value);
  const map = { ...pair, fingerprint: first.fingerprint + minus.fingerprint, n: [first.n, minus.n] };
  showScale(map, layer ? errors(map, 'standard error of the difference, between subjects') : { unit: map.unit, low: -far, high: far, kind: 'difference', form: words.signed });
  showLinks(path, parameters, layer);
  await showPicture(path + '.png', map, { ...parameters, layer }, layer ? `Standard error. ${sentence}` : `${sentence} ${more} ${less}`);
}

function showScale(map, { unit, low, high, kind, form }) {
  const over = byId('underlay').checked && map.underlayImages > 0;
  byId('scale-bar').dataset.over = over ? 'image' : '';
  byId('scale-bar').dataset.kind = kind;
  show(byId('scale-sides'), kind === 'difference');
  const ticks = [0, 1, 2, 3, 4].map((i) => form(low + ((high - low) * i) / 4));
  const signature = ticks.join(' ');
  if (byId('scale-ticks').dataset.ticks !== signature) {
    byId('scale-ticks').replaceChildren(...ticks.map((tick) => el('span', { textContent: tick })));
    byId('scale-ticks').dataset.ticks = signature;
  }
  const below = over ? ` Below it: the mean of the newest ${words.images(map.underlayImages)}.` : '';
  const stretched = kind === 'difference' ? ' Colours are stretched to the greatest difference.' : '';
  say(byId('scale-unit'), `Colour: ${unit}.${stretched}${below}`);
}

async function showPicture(path, map, parameters, alt) {
  const underlay = byId('underlay').checked ? 'mean-image' : 'none';
  const wanted = JSON.stringify([path, parameters, underlay, map.n, map.fingerprint, map.underlayImages]);
  if (wanted === state.pictureOf) return;
  const blob = await picture(path, { ...parameters, size: 480, underlay, caption: 'none' });
  if (blob === null) return;
  const image = byId('map-image');
  const before = image.src;
  image.src = URL.createObjectURL(blob);
  if (before) URL.revokeObjectURL(before);
  image.alt = alt;
  state.pictureOf = wanted;
  show(byId('map-figure'), true);
}

function showLinks(path, parameters, layer) {
  const png = url(path + '.png', { ...parameters, layer, size: 896 });
  if (byId('as-png').getAttribute('href') === png) return;
  byId('as-png').href = png;
  byId('as-json').href = url(path, parameters);
  byId('as-npy').href = url(path + '.npy', { ...parameters, layer });
}

// By day of acquisition where there are several days, else as it grew while this page was open.
function showGrowth(map, parameters) {
  const of = JSON.stringify(parameters);
  if (state.sampled !== of) {
    state.samples = [];
    state.sampled = of;
  }
  if (state.samples.at(-1)?.[1] !== map.n) state.samples.push([Date.now(), map.n]);
  if (state.samples.length > 600) state.samples.splice(1, 1);
  if (map.days.length > 1) {
    let sum = 0;
    const points = map.days.map(({ day, n }) => [Date.parse(day), (sum += n)]);
    growth(byId('growth'), [[points[0][0] - 86400000, 0], ...points], `Images in the map, by day taken: from ${words.count(points[0][1])} to ${words.count(sum)}`);
    say(byId('growth-text'), `${words.day(map.days[0].day)} to ${words.day(map.days.at(-1).day)}, by day taken`);
  } else {
    const from = state.samples[0];
    growth(byId('growth'), [...state.samples, [Date.now(), map.n]], `Images in the map since the page was opened: from ${words.count(from[1])} to ${words.count(map.n)}`);
    say(byId('growth-text'), `+${words.count(map.n - from[1])} since ${words.time(from[0])}, when you opened this view`);
  }
}

async function refreshCounters() {
  const shown = state.shown;
  const filter = shown ? { model: shown.model, version: shown.version, site: shown.site, from: shown.from, to: shown.to } : {};
  const answer = await json('/counters', filter);
  if (answer.status !== 200) return failed(answer);
  const counters = (state.counters = answer.body);
  state.reached = Date.now();
  const newest = counters.readModels.map((one) => one.asOf).filter(Boolean).sort().at(-1);
  const last = newest ? `last news ${words.ago(Date.now() - Date.parse(newest))}` : 'nothing received yet';
  if (counters.current) {
    live('live', `Live · ${counters.imagesPerSecond.toFixed(1)} images/s · ${last}`);
    trouble('');
  } else {
    live('stale', `Out of date · ${last}`);
    trouble(`What you see may be out of date: ${counters.trouble ?? ''}`);
  }
  showFlow(counters);
}

function counts(into, rows) {
  const signature = JSON.stringify(rows);
  if (into.dataset.rows === signature) return;
  into.dataset.rows = signature;
  into.replaceChildren(...rows.map(([name, n, sub]) => el('div', { class: sub ? 'sub' : '' }, el('dt', { textContent: name }), el('dd', { textContent: words.count(n) }))));
}

function showFlow(counters) {
  const left = Object.values(counters.rejected).reduce((a, b) => a + b, 0);
  const reasons = Object.entries(counters.rejected).sort(([, a], [, b]) => b - a);
  counts(byId('flow'), [
    ['Scored by the model', counters.scored],
    ['Counted in the maps', counters.aggregated],
    ...(counters.withoutMap > 0 ? [['Scored, outside the sample that gets a map', counters.withoutMap]] : []),
    ['Scored, but left out of the maps', left],
    ...reasons.map(([code, n]) => [words.reason(code), n, true]),
  ]);
  const dead = counters.deadLetters;
  show(byId('dead'), dead.total > 0);
  counts(byId('dead-reasons'), [
    ['All models and sites', dead.total],
    ...Object.entries(dead.byReason).sort(([, a], [, b]) => b - a).map(([code, n]) => [words.reason(code), n, true]),
  ]);
}

async function refreshImages() {
  const shown = state.shown;
  if (!shown || byId('hold').checked) return;
  const label = byId('only-found').checked ? shown.label : '';
  const answer = await json('/images', { model: shown.model, site: shown.site, label, limit: 12 });
  if (answer.status === 200 && shown === state.shown) list(answer.body.images, shown);
}

// Runs for ever, one at a time, and rests while nobody looks.
async function keep(refresh, every) {
  for (;;) {
    if (!document.hidden) await refresh();
    await new Promise((done) => setTimeout(done, every));
  }
}

async function changed() {
  if (state.models.length > 0) offerChoices();
  await Promise.all([refreshMap(), refreshCounters(), refreshImages(), refreshPredictions(state.shown), refreshQuality(state.shown)]);
}

watch(changed);
for (const id of ['underlay', 'only-found', 'overall', 'hold']) byId(id).addEventListener('change', changed);
json('/system').then(({ status, body }) => status === 200 && say(byId('version'), `Fovea ${body.version}`));
await refreshCounters();
await refreshModels();
keep(refreshModels, 5000);
keep(refreshCounters, 1000);
keep(refreshMap, 1000);
keep(refreshImages, 2000);
keep(() => refreshPredictions(state.shown), 3000);
keep(() => refreshQuality(state.shown), 3000);

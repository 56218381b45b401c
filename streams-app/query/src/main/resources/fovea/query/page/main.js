import { json, picture, url } from './api.js';
import { growth } from './chart.js';
import { offer, watch } from './choices.js';
import { byId, el, say, show } from './dom.js';
import { list } from './images.js';
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
  say(byId('only-found-text'), `Only where ‘${shown.label}’ was predicted`);
}

function nothing(text) {
  state.pictureOf = '';
  show(byId('map-figure'), false);
  show(byId('map-empty'), true);
  say(byId('map-empty-text'), text);
  say(byId('map-sentence'), '');
  say(byId('n'), '0');
  say(byId('n-sites'), '');
  say(byId('growth-text'), '');
  say(byId('maximum-text'), '');
  byId('growth').replaceChildren();
}

const mapParameters = () => {
  const { model, version, variant, label, site, basis, frame, from, to } = state.shown;
  return { model, version, variant, label, site, basis, frame, from, to };
};

async function refreshMap() {
  const shown = state.shown;
  if (!shown || !shown.label) return;
  say(byId('map-title'), `What the model looks at for ‘${shown.label}’`);
  document.title = `${shown.label} · Fovea`;
  say(byId('basis-text'), words.basis(shown.basis, shown.label));
  const parameters = mapParameters();
  const answer = await json('/global-explanations/map', parameters);
  if (shown !== state.shown) return;
  if (answer.status === 404) return nothing(`Nothing is here yet: no image with these choices has been explained. ${shown.basis === 'PREDICTED' ? `The model has not decided for ‘${shown.label}’ so far.` : ''}`);
  if (answer.status !== 200) return failed(answer);
  await showMap(answer.body, parameters);
}

async function showMap(map, parameters) {
  const { where, value } = words.place(map.mean, map.grid);
  const sites = map.sites.length === 1 ? `site ${map.sites[0].site}` : `${map.sites.length} sites`;
  const sentence = `Average over ${words.images(map.n)} from ${sites}, ${words.period(map.key.from, map.key.to)}.`;
  const strongest = `It looks hardest at the ${where} of the picture, where attention averages ${words.level(value)}.`;
  say(byId('map-sentence'), sentence);
  say(byId('maximum-text'), strongest);
  say(byId('n'), words.count(map.n));
  say(byId('n-sites'), map.sites.map((s) => `${s.site}: ${words.count(s.n)}`).join(' · '));
  show(byId('map-empty'), false);
  showScale(map);
  showGrowth(map, parameters);
  showLinks(parameters);
  await showPicture(map, parameters, `${sentence} ${strongest}`);
}

function showScale(map) {
  const low = Math.min(0, ...map.mean);
  const high = Math.max(...map.mean);
  const over = byId('underlay').checked && map.underlayImages > 0;
  byId('scale-bar').dataset.over = over ? 'image' : '';
  const ticks = [0, 1, 2, 3, 4].map((i) => words.level(low + ((high - low) * i) / 4));
  const signature = ticks.join(' ');
  if (byId('scale-ticks').dataset.ticks !== signature) {
    byId('scale-ticks').replaceChildren(...ticks.map((tick) => el('span', { textContent: tick })));
    byId('scale-ticks').dataset.ticks = signature;
  }
  const below = over ? ` Below it: the mean of the newest ${words.images(map.underlayImages)}.` : '';
  say(byId('scale-unit'), `Colour: ${map.unit}.${below}`);
}

async function showPicture(map, parameters, alt) {
  const underlay = byId('underlay').checked ? 'mean-image' : 'none';
  const wanted = JSON.stringify([parameters, underlay, map.n, map.fingerprint, map.underlayImages]);
  if (wanted === state.pictureOf) return;
  const blob = await picture('/global-explanations/map.png', { ...parameters, size: 480, underlay, caption: 'none' });
  if (blob === null) return;
  const image = byId('map-image');
  const before = image.src;
  image.src = URL.createObjectURL(blob);
  if (before) URL.revokeObjectURL(before);
  image.alt = alt;
  state.pictureOf = wanted;
  show(byId('map-figure'), true);
}

function showLinks(parameters) {
  const png = url('/global-explanations/map.png', { ...parameters, size: 896 });
  if (byId('as-png').getAttribute('href') === png) return;
  byId('as-png').href = png;
  byId('as-json').href = url('/global-explanations/map', parameters);
  byId('as-npy').href = url('/global-explanations/map.npy', parameters);
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
  await Promise.all([refreshMap(), refreshCounters(), refreshImages()]);
}

watch(changed);
for (const id of ['underlay', 'only-found', 'hold']) byId(id).addEventListener('change', changed);
json('/system').then(({ status, body }) => status === 200 && say(byId('version'), `Fovea ${body.version}`));
await refreshCounters();
await refreshModels();
keep(refreshModels, 5000);
keep(refreshCounters, 1000);
keep(refreshMap, 1000);
keep(refreshImages, 2000);

import { json } from './api.js';
import { byId, el, say, show } from './dom.js';
import * as words from './words.js';

const percent = (share) => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;

// The length of the bar is the share; its interval stands beside it in words.
function cell({ predicted, n, share, low, high }) {
  if (n === 0) return el('td', { textContent: '–' });
  const bar = el('span', { class: 'bar', 'aria-hidden': 'true' });
  bar.style.setProperty('--share', share);
  const spread = el('span', { class: 'faint', textContent: `${words.count(predicted)} of ${words.count(n)} · ${percent(low)} to ${percent(high)}` });
  return el('td', {}, bar, percent(share), spread);
}

function row(labels, { site, labels: found }) {
  const by = new Map(found.map((one) => [one.label, one]));
  const cells = labels.map((label) => cell(by.get(label) ?? { n: 0 }));
  return el('tr', {}, el('th', { scope: 'row', textContent: site }), ...cells);
}

function none(text) {
  show(byId('predictions'), false);
  show(byId('predictions-hint'), false);
  say(byId('predictions-over'), text);
}

function fill({ sites, days }) {
  const labels = [...new Set(sites.flatMap((site) => site.labels.map((one) => one.label)))];
  const signature = JSON.stringify(sites);
  if (byId('predictions').dataset.rows !== signature) {
    byId('predictions').dataset.rows = signature;
    byId('predictions-head').replaceChildren(el('th', { scope: 'col', textContent: 'Site' }), ...labels.map((label) => el('th', { scope: 'col', textContent: label })));
    byId('predictions-rows').replaceChildren(...sites.map((site) => row(labels, site)));
  }
  show(byId('predictions'), true);
  show(byId('predictions-hint'), true);
  const over = days.length === 1 ? `on ${words.day(days[0].day)}` : `${words.day(days[0].day)} to ${words.day(days.at(-1).day)}`;
  say(byId('predictions-over'), `Share of the images in the maps for which the model decided so, ${over}, with its 95 % interval.`);
}

let asked = null;

// Of every site, whichever is chosen: a shift is seen beside the others.
export async function refreshPredictions(shown) {
  asked = shown;
  if (!shown) return;
  const { model, version, variant, frame, from, to } = shown;
  const answer = await json('/predictions', { model, version, variant, frame, from, to });
  if (asked !== shown) return;
  if (answer.status === 200) return fill(answer.body);
  if (answer.status === 404 || answer.status === 409) none(answer.status === 404 ? 'No image with these choices is in the maps yet.' : answer.body.detail);
}

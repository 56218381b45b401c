import { json } from './api.js';
import { byId, el, say, show } from './dom.js';
import * as words from './words.js';

// What each measure asks, and how its number is read.
const share = (value) => `${(100 * value).toFixed(0)} %`;
const number = (value) => (Math.abs(value) < 0.0005 ? (value === 0 ? '0' : value.toExponential(1)) : value.toFixed(3));
const measures = {
  RESIDUAL: ['By how much does the map miss the score it explains?', '0: not at all', number],
  SPARSENESS: ['Does it look at few places?', 'Gini; 0: everywhere alike, 1: one place', number],
  ENTROPY: ['Does it look at many places?', 'entropy; 0: one place, 1: everywhere alike', number],
  STABILITY: ['Does its strongest place stay when the image gets noise?', 'share of images', share],
  DELETION: ['How much of the score is left while the places it looks at are removed?', 'area; lower is better', number],
  INSERTION: ['How much of the score is there while only those are shown?', 'area; higher is better', number],
  EXPLAINER_RANK_CORRELATION: ['Does a slower explainer see the same places?', 'rank correlation; 1: the same order', number],
  POINTING_GAME: ['Is its strongest place where a reader marked the finding?', 'share of images', share],
  MASS_IN_REGION: ['How much of its attention is there?', 'share of the attention', share],
  IOU: ['Do its area and the marked one overlap?', 'shared ÷ both together', share],
  IOR: ['How much of its area is inside the marked one?', 'share of its area', share],
  CONTAINMENT: ['Does the finding lie inside what looks abnormal?', 'share of the attention', share],
  UNION: ['How much of what looks abnormal do findings explain?', 'share of the attention', share],
};

function row({ measure, n, undefined: none, mean, standardDeviation }) {
  const [asks, reads, form] = measures[measure] ?? [measure, '', number];
  const value = mean === undefined ? '–' : form(mean);
  const spread = mean === undefined || n < 2 ? '' : `± ${form(standardDeviation)}`;
  const left = none > 0 ? `and ${words.count(none)} without a value` : '';
  const small = (text) => (text ? el('span', { class: 'faint', textContent: text }) : null);
  return el('tr', {}, el('th', { scope: 'row' }, asks, small(reads)), el('td', { textContent: value }, small(spread)), el('td', { textContent: words.count(n) }, small(left)));
}

// One row for the label, and in it what holds of all labels of the model.
function peaks({ n, zone, share: most, threshold, model }) {
  const small = (text) => el('span', { class: 'faint', textContent: text });
  const all = `${model.consistent} of ${model.labels} findings of the model: one ninth in ${share(threshold)} of images or more`;
  return el('tr', {}, el('th', { scope: 'row' }, 'Is its strongest place always in the same ninth of the frame?', small(`share of images; ${all}`)), el('td', { textContent: share(most) }, small(zone)), el('td', { textContent: words.count(n) }));
}

function none(text) {
  say(byId('quality-over'), text);
  show(byId('quality'), false);
  say(byId('quality-not'), '');
}

function fill(answer) {
  const rows = answer.measures;
  const peak = answer.zoneConsistency;
  const signature = JSON.stringify([rows, peak]);
  if (byId('quality').dataset.rows !== signature) {
    byId('quality').dataset.rows = signature;
    byId('quality-rows').replaceChildren(...rows.map(row), ...(peak ? [peaks(peak)] : []));
  }
  show(byId('quality'), rows.length > 0);
  const over = answer.key.basis === 'PREDICTED' ? 'in which the model found it' : 'whatever the model found';
  say(byId('quality-over'), `‘${answer.key.label}’, ${words.images(answer.n)} ${over}; ± is the spread between images.`);
  const not = answer.notMeasured.filter((name) => name in measures).map((name) => measures[name][0]);
  say(byId('quality-not'), not.length === 0 ? '' : `Not measured here: ${not.join(' ')}`);
}

let asked = null;

// Of one finding, over the images of the map where they are measured apart, else over all.
export async function refreshQuality(shown) {
  asked = shown;
  if (!shown) return;
  if (!shown.label) return none('Choose one finding to see how good its explanations are.');
  const { model, version, variant, label, site, frame, from, to } = shown;
  const basis = shown.basis === 'PREDICTED' ? 'PREDICTED' : 'ALL';
  const answer = await json('/quality', { model, version, variant, label, site, frame, from, to, basis });
  if (asked !== shown) return;
  if (answer.status === 200) return fill(answer.body);
  if (answer.status === 404 || answer.status === 409) none(answer.status === 404 ? 'Nothing is measured yet of these images.' : answer.body.detail);
}

import { byId, el, show } from './dom.js';
import { url } from './api.js';
import { madeOf } from './parts.js';
import { reason, time } from './words.js';

const held = new Map();

function bar(value) {
  const fill = el('span', { class: 'fill' });
  fill.style.width = `${Math.round(100 * Math.min(1, Math.max(0, value)))}%`;
  return el('span', { class: 'bar', 'aria-hidden': 'true' }, fill);
}

function probability(label, value, found) {
  return el(
    'div',
    { class: found ? 'prob found' : 'prob' },
    el('span', { textContent: label, title: label }),
    el('span', { textContent: value.toFixed(2) }),
    bar(value),
  );
}

function drawn(image, one, which, alt, into) {
  const path = `/images/${encodeURIComponent(image.imageId)}/explanations.png`;
  const parameters = { ...which, model: one.model, version: one.version, size: 224, caption: 'none' };
  const img = el('img', { src: url(path, parameters), alt, title: alt, width: 224, height: 224, decoding: 'async' });
  img.addEventListener('error', () => into.replaceChildren('No map held'));
  into.replaceChildren(img);
}

function picture(image, one, label, overall) {
  if (one.mapped === false) return el('div', { class: 'picture', textContent: 'Not in the sample that gets a map' });
  const frame = el('div', { class: 'picture' });
  if (overall) drawn(image, one, { map: 'overall' }, `What the model looks at in image ${image.imageId}, whatever the finding: AdaCAM, Fovea’s reading`, frame);
  else if (label in one.probabilities) drawn(image, one, { label }, `What the model looks at for ${label} in image ${image.imageId}; probability ${one.probabilities[label].toFixed(2)}`, frame);
  else frame.replaceChildren('No map');
  return frame;
}

// Where every finding is meant, the likeliest of this image is shown.
const likeliest = (one) => Object.entries(one.probabilities).sort(([, p], [, q]) => q - p)[0]?.[0];

function card(image, one, wanted, overall) {
  const label = wanted || likeliest(one);
  const others = Object.entries(one.probabilities)
    .sort(([a, p], [b, q]) => (a === label ? -1 : b === label ? 1 : q - p))
    .slice(0, 3);
  const aside = one.alignment === 'ALIGNED' ? null : el('p', { class: 'note', textContent: `Not in the maps: ${reason(one.alignment)}` });
  const frame = picture(image, one, label, overall);
  const showLesion = (lesion) => drawn(image, one, { lesion }, `Where the model sees ${lesion} in image ${image.imageId}`, frame);
  return el(
    'li',
    { class: 'card' },
    frame,
    el(
      'div',
      { class: 'about' },
      ...others.map(([name, value]) => probability(name, value, one.decided.includes(name))),
      ...madeOf(one, showLesion),
      el('p', { class: 'faint', textContent: `${image.site} · ${time(one.recordedAt)}` }),
      el('p', { class: 'id faint', title: image.imageId }, el('bdi', { textContent: image.imageId })),
      aside,
    ),
  );
}

// Cards of images that are already shown are kept: nothing flickers.
export function list(images, shown) {
  const cards = [];
  const seen = new Set();
  const overall = byId('overall').checked;
  show(byId('overall-note'), overall);
  for (const image of images) {
    const one = image.explanations.find((e) => e.model === shown.model && e.version === shown.version) ?? image.explanations[0];
    const key = JSON.stringify([image.imageId, one.model, one.version, one.recordedAt, shown.label, overall]);
    if (!held.has(key)) held.set(key, card(image, one, shown.label, overall));
    seen.add(key);
    cards.push(held.get(key));
  }
  for (const key of held.keys()) if (!seen.has(key)) held.delete(key);
  const now = byId('newest').children;
  if (cards.length !== now.length || cards.some((c, i) => c !== now[i])) byId('newest').replaceChildren(...cards);
  show(byId('newest-empty'), cards.length === 0);
}

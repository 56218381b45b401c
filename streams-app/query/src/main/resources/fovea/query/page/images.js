import { byId, el, show } from './dom.js';
import { url } from './api.js';
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

function picture(image, one, label) {
  if (one.mapped === false) return el('div', { class: 'picture', textContent: 'Not in the sample that gets a map' });
  if (!(label in one.probabilities)) return el('div', { class: 'picture', textContent: 'No map' });
  const path = `/images/${encodeURIComponent(image.imageId)}/explanations.png`;
  const parameters = { label, model: one.model, version: one.version, size: 224, caption: 'none' };
  const img = el('img', {
    src: url(path, parameters),
    alt: `What the model looks at for ${label} in image ${image.imageId}; probability ${one.probabilities[label].toFixed(2)}`,
    width: 224, height: 224, decoding: 'async',
  });
  const frame = el('div', { class: 'picture' }, img);
  img.addEventListener('error', () => frame.replaceChildren('No map held'));
  return frame;
}

// Where every finding is meant, the likeliest of this image is shown.
const likeliest = (one) => Object.entries(one.probabilities).sort(([, p], [, q]) => q - p)[0]?.[0];

function card(image, one, wanted) {
  const label = wanted || likeliest(one);
  const others = Object.entries(one.probabilities)
    .sort(([a, p], [b, q]) => (a === label ? -1 : b === label ? 1 : q - p))
    .slice(0, 3);
  const aside = one.alignment === 'ALIGNED' ? null : el('p', { class: 'note', textContent: `Not in the maps: ${reason(one.alignment)}` });
  return el(
    'li',
    { class: 'card' },
    picture(image, one, label),
    el(
      'div',
      { class: 'about' },
      ...others.map(([name, value]) => probability(name, value, one.decided.includes(name))),
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
  for (const image of images) {
    const one = image.explanations.find((e) => e.model === shown.model && e.version === shown.version) ?? image.explanations[0];
    const key = JSON.stringify([image.imageId, one.model, one.version, one.recordedAt, shown.label]);
    if (!held.has(key)) held.set(key, card(image, one, shown.label));
    seen.add(key);
    cards.push(held.get(key));
  }
  for (const key of held.keys()) if (!seen.has(key)) held.delete(key);
  const now = byId('newest').children;
  if (cards.length !== now.length || cards.some((c, i) => c !== now[i])) byId('newest').replaceChildren(...cards);
  show(byId('newest-empty'), cards.length === 0);
}

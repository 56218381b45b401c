import { el } from './dom.js';
import { signed, where } from './words.js';

const MOST = 3;

// The frame's name ends in rows x columns.
function gridOf(one) {
  const [, height, width] = /(\d+)x(\d+)$/.exec(one.frame) ?? [null, 1, 1];
  return { height: Number(height), width: Number(width) };
}

const faint = (textContent, title = textContent) => el('p', { class: 'faint', textContent, title });

function row(amount, name, at, full) {
  return el('li', { title: full }, el('span', { class: 'amount', textContent: amount }), el('span', {}, name, ` · ${at}`));
}

// The file's name, of a path.
const short = (name) => name.split('/').at(-1);

function resembles(sum, grid) {
  const rows = sum.named.slice(0, MOST).map((one) => {
    const name = one.name ? short(one.name) : `example ${one.prototype}`;
    const at = where(one.cell, grid);
    return row(signed(one.contribution), name, at, `${one.name ?? name}: similarity ${one.similarity.toFixed(2)}, found ${at}, adds ${signed(one.contribution)}`);
  });
  const hidden = sum.named.slice(MOST).reduce((all, one) => all + one.contribution, 0);
  const rest = `all others ${signed(sum.others + hidden)}, offset ${signed(sum.offset)}`;
  return [
    faint(`Resembles, and what each adds to ‘${sum.label}’:`, 'Learned examples, as the net sees them; they need not look alike to a reader.'),
    el('ul', { class: 'made-of' }, ...rows),
    faint(`${rest}; together ${signed(sum.logit)}`, 'Exactly the score (logit) of the model.'),
  ];
}

function lesions(sum, grid, showLesion) {
  const rows = sum.named.map((one) => {
    const at = where(one.cell, grid);
    const show = el('button', { type: 'button', class: 'plain', textContent: one.lesion, title: `Show where the model sees ${one.lesion}` });
    show.addEventListener('click', () => showLesion(one.lesion));
    return row(signed(one.contribution), show, `p ${one.probability.toFixed(2)}, strongest ${at}`, `${one.lesion}: probability ${one.probability.toFixed(2)}, adds ${signed(one.contribution)}`);
  });
  const unit = sum.path === 'weighted' ? `and ${signed(sum.bias)} make its score` : 'make −ln(1 − p)';
  return [
    faint(`Lesions, and what each adds to ‘${sum.diagnosis}’:`, 'The diagnosis is made of these alone.'),
    el('ul', { class: 'made-of' }, ...rows),
    faint(`together they ${unit}`),
  ];
}

// What the prediction is made of, where the model says it; nothing else.
export function madeOf(one, showLesion) {
  const grid = gridOf(one);
  return [
    ...(one.prototypes ?? []).flatMap((sum) => resembles(sum, grid)),
    ...(one.lesions ? lesions(one.lesions, grid, showLesion) : []),
  ];
}

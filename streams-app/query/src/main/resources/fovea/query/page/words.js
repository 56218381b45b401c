const whole = new Intl.NumberFormat('en');
const dayForm = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const count = (n) => whole.format(n);
export const images = (n) => (n === 1 ? '1 image' : `${count(n)} images`);
export const day = (iso) => dayForm.format(new Date(iso + 'T00:00:00Z'));
export const time = (iso) => clock.format(new Date(iso));
export const period = (from, to) => (from === to ? `taken on ${day(from)}` : `taken ${day(from)} to ${day(to)}`);

export function level(value) {
  const size = Math.abs(value);
  if (size === 0) return '0';
  return size >= 100 ? value.toFixed(0) : size >= 0.095 ? value.toFixed(2) : value.toPrecision(2);
}

export function ago(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.round(hours / 24)} days ago`;
}

export const bases = {
  ALL: 'All images',
  PREDICTED: 'Found by the model',
  CONFIRMED: 'Confirmed later',
  TP: 'Rightly found',
  FP: 'Wrongly found',
  FN: 'Missed',
  TN: 'Rightly not found',
};

export function basis(name, label) {
  return {
    ALL: `Every image that fits the view counts, whether or not the model finds ‘${label}’ in it.`,
    PREDICTED: `Only images in which the model decides for ‘${label}’ count.`,
    CONFIRMED: `Only images in which ‘${label}’ was later confirmed count.`,
    TP: `Only images in which the model found ‘${label}’ and it was confirmed count.`,
    FP: `Only images in which the model found ‘${label}’ and it was not confirmed count.`,
    FN: `Only images in which ‘${label}’ was confirmed and the model missed it count.`,
    TN: `Only images without ‘${label}’, in which the model found none, count.`,
  }[name] ?? '';
}

const reasons = {
  VIEW_UNKNOWN: 'view not known',
  LATERALITY_UNKNOWN: 'side not known',
  ASPECT: 'unusual shape',
  FIELD_OF_VIEW: 'field of view not found or off',
  TEMPLATE: 'does not look like the training images',
  SCHEMA: 'record not readable',
  MODALITY: 'kind of image not known or not this model’s',
  IMAGE: 'file damaged or not an image',
  TOO_LARGE: 'image too large',
  CHECKSUM: 'checksum wrong',
  CLOCK: 'date impossible',
  MODEL: 'model failed',
  FIELD: 'field missing or wrong',
  FETCH: 'image could not be fetched',
  TOO_LATE: 'came too late',
};
export const reason = (code) => reasons[code] ?? code;

// A black box explains a sample of its images: how many of all those in the frame.
export function coverage(counters) {
  if (!counters?.withoutMap) return '';
  const all = counters.aggregated + counters.withoutMap;
  return `The model is explained from outside on a sample: ${count(counters.aggregated)} of ${images(all)} have a map. `;
}

// Where a cell lies, as the picture is seen.
export function where({ row, column }, grid) {
  const y = (row + 0.5) / grid.height;
  const x = (column + 0.5) / grid.width;
  const down = y < 0.4 ? 'upper' : y > 0.6 ? 'lower' : '';
  const across = x < 0.4 ? 'left' : x > 0.6 ? 'right' : '';
  return down && across ? `${down} ${across}` : down ? `${down} middle` : across ? `middle ${across}` : 'centre';
}

// Where the greatest value lies.
export function place(mean, grid) {
  const at = mean.indexOf(Math.max(...mean));
  return { where: where({ row: Math.floor(at / grid.width), column: at % grid.width }, grid), value: mean[at] };
}

export const signed = (value) => (value > 0 ? '+' : value < 0 ? '−' : '') + level(Math.abs(value));

export const populations = {
  ...bases,
  PRESENT: 'Finding confirmed',
  ABSENT: 'Finding ruled out',
  NOT_PREDICTED: 'Not found by the model',
};

// How far chance goes, where folds of the same subjects are kept.
export function confidence(map) {
  if (!map.standardError) return 'How far chance goes is known of images found by the model or confirmed, not of this map.';
  const half = map.splitHalf === undefined ? '' : `Split-half r = ${map.splitHalf.toFixed(3)}: so alike are the maps of two halves of the subjects. `;
  const at = map.mean.indexOf(Math.max(...map.mean));
  return `${half}At the strongest place the standard error is ${level(map.standardError[at])} (${map.folds} of 20 subject folds).`;
}

export function chance(pair) {
  if (!pair.standardError) return 'Whether chance could do this is not known: no folds by subject are kept of these images.';
  const cell = Math.abs(pair.least.value) > pair.greatest.value ? pair.least : pair.greatest;
  const error = pair.standardError[cell.row * pair.grid.width + cell.column];
  const times = error > 0 ? `, ${(Math.abs(cell.value) / error).toFixed(1)} times its standard error between subjects` : '';
  return `The greatest difference is ${level(Math.abs(cell.value))}${times}. Among ${pair.grid.height * pair.grid.width} cells, some reach three times by chance alone.`;
}

// What two maps differ by, in words.
export function comparison(by) {
  const told = {
    outcome: 'Images whose outcome confirmed the finding, minus images whose outcome ruled it out; images without an outcome do not count.',
    decision: 'No outcome is known: images in which the model decides for the finding, minus images in which it does not.',
  }[by] ?? 'The first map minus the one that is taken away, cell by cell.';
  return `${told} Red: more in the first. Blue: more in the second.`;
}

// Of what a map is, in short: for one side of a comparison.
export function side(map) {
  const sites = map.sites.length === 1 ? `site ${map.sites[0].site}` : `${map.sites.length} sites` + (map.key.overSites === 'balanced' ? ', each alike' : '');
  return `${map.key.label}, ${(populations[map.key.basis] ?? map.key.basis).toLowerCase()}, ${map.key.model} ${map.key.version}, ${images(map.n)} from ${sites}, ${period(map.key.from, map.key.to)}`;
}

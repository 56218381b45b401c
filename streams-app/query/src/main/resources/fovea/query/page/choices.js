import { byId, el } from './dom.js';
import { bases } from './words.js';

const names = ['model', 'label', 'site', 'basis', 'frame', 'from', 'to', 'compare'];
const others = ['from', 'to', 'site', 'basis', 'label', 'model'];
const kept = [...names, 'version', 'variant', 'labels', 'sites', 'layer'];
const keptOther = [...others, 'version', 'labels', 'sites'].map((name) => 'minus.' + name);
const AS_ABOVE = '=';

// What is chosen lives in the address, so that it can be shared. Of what is taken away only that
// stands there which is not as above; an empty one is left open.
export function chosen() {
  const query = new URLSearchParams(location.search);
  const state = {};
  for (const name of kept) state[name] = query.get(name) ?? '';
  for (const name of keptOther) if (query.has(name)) state[name] = query.get(name);
  return state;
}

function remember(state) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (value || (name.startsWith('minus.') && value === '')) query.set(name, value);
  }
  const text = query.toString();
  history.replaceState(null, '', text ? '?' + text : location.pathname);
}

// One list offers a site or a way over all sites, a label or a way over all labels.
const ways = { site: 'sites', label: 'labels' };

function set(state, prefix, name, value) {
  if (name === 'model') {
    [state[prefix + 'model'], state[prefix + 'version']] = JSON.parse(value);
  } else if (name in ways) {
    const way = value.startsWith('*') ? value.slice(1) : '';
    state[prefix + name] = way ? '' : value;
    if (way || !prefix) state[prefix + ways[name]] = way;
    else if (name === 'site') state[prefix + 'sites'] = 'pooled';
    else delete state[prefix + 'labels'];
  } else {
    state[prefix + name] = value;
  }
}

function change(name) {
  const state = chosen();
  set(state, '', name, byId(name).value);
  if (name === 'model') state.variant = state.label = state.labels = state.frame = '';
  remember(state);
}

function changeOther(name) {
  const state = chosen();
  const value = byId('minus-' + name).value;
  if (name === 'from' || name === 'to') {
    if (value) state['minus.' + name] = value;
    else delete state['minus.' + name];
  } else {
    for (const part of name === 'model' ? ['model', 'version'] : [name, ways[name]]) delete state['minus.' + part];
    if (value !== AS_ABOVE) set(state, 'minus.', name, value);
  }
  remember(state);
}

export function watch(changed) {
  const on = (id, act) => byId(id).addEventListener('change', () => (act(), changed()));
  for (const name of names) on(name, () => change(name));
  on('layer', () => remember({ ...chosen(), layer: byId('layer').checked ? 'stderr' : '' }));
  for (const name of others) on('minus-' + name, () => changeOther(name));
  byId('choices').addEventListener('submit', (event) => event.preventDefault());
  window.addEventListener('popstate', changed);
}

// [[value, text]]; kept as it is where nothing changed, so that an open list stays open.
function options(select, pairs, value) {
  const signature = JSON.stringify(pairs);
  if (select.dataset.options !== signature) {
    select.replaceChildren(...pairs.map(([of, text]) => el('option', { value: of, textContent: text })));
    select.dataset.options = signature;
  }
  if (select.value !== value) select.value = value;
}

function day(id, value) {
  if (document.activeElement !== byId(id)) byId(id).value = value ?? '';
}

// The model that is meant: the one in the address, else the one that serves, else the first.
export function model(models, state) {
  const ofId = models.filter((one) => !state.model || one.model === state.model);
  return (
    ofId.find((one) => one.version === state.version) ??
    ofId.find((one) => one.status === 'SERVING') ??
    ofId[0] ??
    models[0]
  );
}

// Fills the lists from what there is; answers what is shown in full.
export function offer(models, sites) {
  const state = chosen();
  const one = model(models, state);
  const maps = one.maps ?? [];
  const known = maps.find((map) => map.variant === state.variant) ?? maps.find((map) => map.variant === one.variant) ?? maps[0];
  const labels = one.labels?.length ? one.labels : (known?.labels ?? []);
  const way = labels.length > 1 && ['macro', 'micro'].includes(state.labels) ? state.labels : '';
  const label = way ? '' : labels.includes(state.label) ? state.label : (one.positive?.find((p) => labels.includes(p)) ?? labels[0] ?? '');
  const allSites = [...new Set([...sites, ...(known?.sites ?? [])])].sort();
  const site = allSites.includes(state.site) ? state.site : '';
  const balanced = !site && allSites.length > 1 && state.sites === 'balanced' ? 'balanced' : '';
  const basisNames = ['ALL', 'PREDICTED', ...(known?.bases ?? []).filter((b) => b !== 'ALL' && b !== 'PREDICTED')];
  const basis = basisNames.includes(state.basis) ? state.basis : 'ALL';
  const frames = known?.frames ?? [];
  const frame = frames.includes(state.frame) ? state.frame : '';
  const text = (m) => `${m.model} ${m.version}` + (m.status === 'SERVING' ? '' : ` (${m.status.toLowerCase()})`);
  const modelPairs = models.map((m) => [JSON.stringify([m.model, m.version]), text(m)]);
  const labelPairs = labels.map((l) => [l, l]);
  if (labels.length > 1) labelPairs.push(['*macro', 'Every finding, each alike'], ['*micro', 'Every finding, each image alike']);
  const sitePairs = [['', 'All sites'], ...allSites.map((s) => [s, s])];
  if (allSites.length > 1) sitePairs.splice(1, 0, ['*balanced', 'All sites, each alike']);
  const basisPairs = basisNames.map((b) => [b, bases[b] ?? b]);
  options(byId('model'), modelPairs, JSON.stringify([one.model, one.version]));
  options(byId('label'), labelPairs, way ? '*' + way : label);
  options(byId('site'), sitePairs, balanced ? '*balanced' : site);
  options(byId('basis'), basisPairs, basis);
  byId('frame-field').hidden = frames.length < 2;
  options(byId('frame'), [['', 'The commonest'], ...frames.map((f) => [f, f.replace(/\.\d+x\d+$/, '').replaceAll('.', ' ')])], frame);
  day('from', state.from);
  day('to', state.to);
  const compare = ['other', 'present'].includes(state.compare) ? state.compare : '';
  if (byId('compare').value !== compare) byId('compare').value = compare;
  const layer = state.layer === 'stderr' ? 'stderr' : '';
  byId('layer').checked = layer !== '';
  byId('basis').disabled = compare === 'present';
  byId('against').hidden = compare !== 'other';
  const minus = compare === 'other' ? offerOther(state, { labelPairs, sitePairs, basisPairs, modelPairs }) : {};
  return {
    one,
    shown: {
      model: one.model, version: one.version, variant: known?.variant ?? one.variant, label, labels: way, site, sites: balanced,
      basis, frame, from: state.from, to: state.to, compare, minus, layer,
    },
  };
}

function offerOther(state, { labelPairs, sitePairs, basisPairs, modelPairs }) {
  const same = [[AS_ABOVE, 'As above']];
  const given = (name, way) => {
    if (way && ['macro', 'micro', 'balanced'].includes(state['minus.' + way])) return '*' + state['minus.' + way];
    return state['minus.' + name] ?? AS_ABOVE;
  };
  options(byId('minus-site'), [...same, ...sitePairs], given('site', 'sites'));
  options(byId('minus-basis'), [...same, ...basisPairs], given('basis'));
  options(byId('minus-label'), [...same, ...labelPairs], given('label', 'labels'));
  const version = 'minus.model' in state ? JSON.stringify([state['minus.model'], state['minus.version']]) : AS_ABOVE;
  options(byId('minus-model'), [...same, ...modelPairs], version);
  day('minus-from', state['minus.from']);
  day('minus-to', state['minus.to']);
  return Object.fromEntries(keptOther.filter((name) => name in state).map((name) => [name, state[name]]));
}

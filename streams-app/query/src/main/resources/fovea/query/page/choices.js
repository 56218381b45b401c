import { byId, el } from './dom.js';
import { bases } from './words.js';

const names = ['model', 'label', 'site', 'basis', 'frame', 'from', 'to'];

// What is chosen lives in the address, so that it can be shared.
export function chosen() {
  const query = new URLSearchParams(location.search);
  const state = {};
  for (const name of [...names, 'version', 'variant']) state[name] = query.get(name) ?? '';
  return state;
}

function remember(state) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) if (value) query.set(name, value);
  const text = query.toString();
  history.replaceState(null, '', text ? '?' + text : location.pathname);
}

export function watch(changed) {
  for (const name of names) {
    byId(name).addEventListener('change', () => {
      const state = chosen();
      if (name === 'model') {
        [state.model, state.version] = JSON.parse(byId('model').value);
        state.variant = state.label = state.frame = '';
      } else {
        state[name] = byId(name).value;
      }
      remember(state);
      changed();
    });
  }
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
  const label = labels.includes(state.label) ? state.label : (one.positive?.find((p) => labels.includes(p)) ?? labels[0] ?? '');
  const allSites = [...new Set([...sites, ...(known?.sites ?? [])])].sort();
  const site = allSites.includes(state.site) ? state.site : '';
  const basisNames = ['ALL', 'PREDICTED', ...(known?.bases ?? []).filter((b) => b !== 'ALL' && b !== 'PREDICTED')];
  const basis = basisNames.includes(state.basis) ? state.basis : 'ALL';
  const frames = known?.frames ?? [];
  const frame = frames.includes(state.frame) ? state.frame : '';
  const text = (m) => `${m.model} ${m.version}` + (m.status === 'SERVING' ? '' : ` (${m.status.toLowerCase()})`);
  options(byId('model'), models.map((m) => [JSON.stringify([m.model, m.version]), text(m)]), JSON.stringify([one.model, one.version]));
  options(byId('label'), labels.map((l) => [l, l]), label);
  options(byId('site'), [['', 'All sites'], ...allSites.map((s) => [s, s])], site);
  options(byId('basis'), basisNames.map((b) => [b, bases[b] ?? b]), basis);
  byId('frame-field').hidden = frames.length < 2;
  options(byId('frame'), [['', 'The commonest'], ...frames.map((f) => [f, f.replace(/\.\d+x\d+$/, '').replaceAll('.', ' ')])], frame);
  if (document.activeElement !== byId('from')) byId('from').value = state.from;
  if (document.activeElement !== byId('to')) byId('to').value = state.to;
  return { one, shown: { model: one.model, version: one.version, variant: known?.variant ?? one.variant, label, site, basis, frame, from: state.from, to: state.to } };
}

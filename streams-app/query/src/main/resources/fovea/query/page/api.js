const base = '/api/v1';

// What is empty is left out; of a map that is taken away it means: left open.
export function url(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === null) continue;
    if (value !== '' || name.startsWith('minus.')) query.append(name, value);
  }
  const text = query.toString();
  return base + path + (text ? '?' + text : '');
}

// 'no-cache' asks with the entity tag: what has not changed is not sent again.
async function ask(address) {
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), 8000);
  try {
    return await fetch(address, { cache: 'no-cache', signal: ended.signal });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

// {status, body}: status 0 where the server cannot be reached.
export async function json(path, parameters) {
  const response = await ask(url(path, parameters));
  if (response === null) return { status: 0, body: {} };
  try {
    return { status: response.status, body: await response.json() };
  } catch {
    return { status: 0, body: {} };
  }
}

export async function picture(path, parameters) {
  const response = await ask(url(path, parameters));
  return response !== null && response.ok ? response.blob() : null;
}

const space = 'http://www.w3.org/2000/svg';
const [width, height] = [300, 80];

function shape(tag, attributes) {
  const element = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

// A rising curve of [x, n] points in order of x.
export function growth(into, points, description) {
  const first = points[0][0];
  const span = Math.max(1e-9, points.at(-1)[0] - first);
  const top = Math.max(1, ...points.map(([, n]) => n));
  const at = ([x, n]) => `${(((x - first) / span) * width).toFixed(1)},${(height - 2 - (n / top) * (height - 8)).toFixed(1)}`;
  const line = points.map(at).join(' ');
  const svg = shape('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': description });
  svg.append(
    shape('polygon', { class: 'area', points: `0,${height} ${line} ${width},${height}` }),
    shape('line', { class: 'base', x1: 0, x2: width, y1: height, y2: height }),
    shape('polyline', { class: 'curve', points: line }),
  );
  into.replaceChildren(svg);
}

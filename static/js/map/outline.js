/**
 * The outer boundary of areas that share their borders exactly: the stretches that belong to one area only.
 *
 * @param {any[]} features polygons and multipolygons
 * @returns {[number, number][][]} lines of latitude, longitude
 */
export function outline(features) {
  const edges = new Map();
  for (const ring of rings(features)) {
    for (let n = 1; n < ring.length; n += 1) {
      const [from, to] = [String(ring[n - 1]), String(ring[n])];
      const key = from < to ? `${from} ${to}` : `${to} ${from}`;
      if (edges.has(key)) edges.set(key, null);
      else edges.set(key, [ring[n - 1], ring[n]]);
    }
  }
  return chain([...edges.values()].filter(Boolean));
}

function* rings(features) {
  for (const { geometry } of features) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const polygon of polygons) yield* polygon;
  }
}

/** Stretches laid end to end, so that a thick line has no gaps where they meet. */
function chain(edges) {
  const starts = new Map();
  for (const edge of edges) {
    const key = String(edge[0]);
    if (!starts.has(key)) starts.set(key, []);
    starts.get(key).push(edge);
  }
  const lines = [];
  const used = new Set();
  for (const first of edges) {
    if (used.has(first)) continue;
    const line = [first[0]];
    for (let edge = first; edge; ) {
      used.add(edge);
      line.push(edge[1]);
      edge = (starts.get(String(edge[1])) ?? []).find((next) => !used.has(next));
    }
    lines.push(line.map(([lon, lat]) => [lat, lon]));
  }
  return lines;
}

/** The places as text, as the server reads and writes them: one a line, or GeoJSON. The server says what is wrong with a text. */

const NUMBER = String.raw`[-+]?\d{1,12}(?:[.,]\d{1,20})?`;
const WITH_POINTS = String.raw`[-+]?\d{1,12}\.\d{1,20}`;
const PAIR = new RegExp(`^(?:(${NUMBER})(?:\\s*;\\s*|,?\\s+)(${NUMBER})|(${WITH_POINTS}),(${WITH_POINTS}))$`);
const KINDS = { Point: "point", LineString: "line", Polygon: "polygon" };

/** @param {string} text @returns {{kind: string, places: [number, number][]} | null} null when it cannot be read; "" for a kind that it does not say */
export function read(text) {
  const trimmed = text.trim();
  return trimmed.startsWith("{") ? fromGeojson(trimmed) : fromLines(trimmed);
}

function fromLines(text) {
  const places = [];
  for (const line of text.split("\n").map((one) => one.trim()).filter(Boolean)) {
    const found = PAIR.exec(line)?.slice(1).filter((one) => one !== undefined);
    const place = found?.map((one) => Number(one.replace(",", ".")));
    if (!isOnEarth(place)) return null;
    places.push(place);
  }
  return { kind: "", places };
}

function fromGeojson(text) {
  try {
    const shape = single(JSON.parse(text));
    const kind = KINDS[shape.type];
    if (!kind || (kind === "polygon" && shape.coordinates.length > 1)) return null;
    const list = { point: (all) => [all], line: (all) => all, polygon: ([ring]) => ring }[kind](shape.coordinates);
    const places = list.map(([lon, lat]) => [lat, lon]);
    if (kind === "polygon" && places.length > 1 && String(places[0]) === String(places.at(-1))) places.pop();
    return places.every(isOnEarth) ? { kind, places } : null;
  } catch {
    return null;
  }
}

/** The one geometry inside features and collections. */
function single(data) {
  if (data.type === "Feature") return single(data.geometry);
  if (data.type === "FeatureCollection") return single(only(data.features));
  if (data.type === "GeometryCollection") return single(only(data.geometries));
  if (data.type.startsWith("Multi")) return { type: data.type.slice(5), coordinates: only(data.coordinates) };
  return data;
}

function only(parts) {
  if (parts.length !== 1) throw new RangeError("several");
  return parts[0];
}

function isOnEarth(place) {
  return place?.length === 2 && place.every(Number.isFinite) && Math.abs(place[0]) <= 90 && Math.abs(place[1]) <= 180;
}

/** @param {[number, number][]} places @param {string} language */
export function written(places, language) {
  return places.map((place) => place.map((number) => degrees(number, language)).join(" ")).join("\n");
}

/** @param {number} number @param {string} language */
export function degrees(number, language) {
  return new Intl.NumberFormat(language, { minimumFractionDigits: 6, maximumFractionDigits: 6, useGrouping: false }).format(number);
}

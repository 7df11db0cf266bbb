/** GeoJSON and partial pages: fetched once, the last request wins, a failure can be tried again. */

/** @type {Map<string, Promise<any>>} */
const fetched = new Map();

/**
 * @param {string} url
 * @param {string} [variant]
 * @returns {Promise<{type: string, features: any[]}>}
 */
export function geojson(url, variant = "full") {
  const address = `${url}?variant=${encodeURIComponent(variant)}`;
  if (!fetched.has(address)) {
    const request = get(address).then((response) => response.json());
    fetched.set(address, request);
    request.catch(() => fetched.delete(address));
  }
  return fetched.get(address);
}

/** Fetches pages one after another: a newer request drops the older one. */
export class Latest {
  #controller = null;

  /** @param {string} url @returns {Promise<string | null>} null when a newer request came */
  async text(url) {
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    try {
      const response = await get(url, { signal: controller.signal, headers: { "HX-Request": "true" } });
      return await response.text();
    } catch (error) {
      if (controller.signal.aborted) return null;
      throw error;
    }
  }
}

async function get(url, options = {}) {
  const response = await fetch(url, { credentials: "same-origin", ...options });
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response;
}

/** One finger scrolls the page, two move the map: a phone never gets stuck in it. */

/** @param {HTMLElement} container @param {HTMLElement} hint */
export function hintAtTwoFingers(container, hint) {
  let timer = 0;
  container.addEventListener(
    "touchmove",
    (event) => {
      hint.hidden = event.touches.length !== 1;
      clearTimeout(timer);
      timer = setTimeout(() => (hint.hidden = true), 1_200);
    },
    { passive: true },
  );
}

/** Whether fingers are what this device is worked with. */
export function isTouch() {
  return matchMedia("(pointer: coarse)").matches;
}

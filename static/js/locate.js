// "Use my location": asks the browser, posts the place (never in the address bar), and leads to the area.

/** @param {HTMLFormElement} form */
function wire(form) {
  const button = form.querySelector("button");
  const status = form.querySelector("[role=status]");
  const say = (words) => {
    status.textContent = words;
    button.removeAttribute("aria-busy");
    button.disabled = false;
  };

  async function send({ latitude, longitude }) {
    const body = new FormData(form);
    body.set("lat", latitude.toFixed(5));
    body.set("lon", longitude.toFixed(5));
    try {
      const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(String(response.status));
      const { url } = await response.json();
      if (url) location.assign(url);
      else say(form.dataset.outside);
    } catch {
      say(form.dataset.failed);
    }
  }

  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    button.disabled = true;
    status.textContent = form.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      (position) => send(position.coords),
      (error) => say(error.code === 1 ? form.dataset.refused : form.dataset.unknown),
      { timeout: 10_000, maximumAge: 60_000 },
    );
  });
  form.hidden = false;
}

if ("geolocation" in navigator) {
  for (const form of document.querySelectorAll("form[data-locate]")) wire(form);
}

// The file field: says which file was chosen and how large it is, and how far it is on its way. Without script it is the native one.

import { focusFirst } from "./base.js";

const WORTH_A_BAR = 500_000; // bytes: what is smaller is there at once

function sizeOf(bytes) {
  const unit = bytes < 1_000_000 ? "kilobyte" : "megabyte";
  const number = unit === "kilobyte" ? Math.max(1, Math.round(bytes / 1000)) : Math.round(bytes / 100_000) / 10;
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit }).format(number);
}

function show(field) {
  const input = field.querySelector("input[type=file]");
  const fault = field.querySelector("[data-file-fault]");
  const file = input.files[0];
  const isTooLarge = Boolean(file) && file.size > Number(input.dataset.most);
  if (file) field.querySelector("[data-file-name]").textContent = `${file.name} (${sizeOf(file.size)})`;
  fault.hidden = !isTooLarge;
  fault.textContent = isTooLarge ? field.dataset.tooLarge : "";
}

document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-file]");
  if (field) show(field);
});

// A large file is sent with a bar; the answer is the next page, or this one with what is wrong.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const bar = form.querySelector("[data-file-progress]");
  const file = form.querySelector("[data-file] input")?.files[0];
  if (event.defaultPrevented || !bar || !file || file.size < WORTH_A_BAR) return;
  event.preventDefault();
  const request = new XMLHttpRequest();
  const body = new FormData(form, event.submitter);
  bar.hidden = false;
  request.upload.addEventListener("progress", (sent) => {
    if (sent.lengthComputable) bar.value = (100 * sent.loaded) / sent.total;
  });
  request.addEventListener("error", () => form.submit());
  request.addEventListener("load", () => answer(request, form.action));
  request.open("POST", form.action);
  request.send(body);
});

function answer(request, asked) {
  if (request.status < 400) {
    location.assign(request.responseURL);
    if (request.responseURL.split("#")[0] === asked.split("#")[0]) location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = page.querySelector("main");
  if (!main) {
    location.reload();
    return;
  }
  document.querySelector("main").replaceWith(main);
  main.querySelectorAll("[data-file]").forEach(show);
  focusFirst(main);
}

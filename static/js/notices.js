// Notices that block nothing: they stand until they are read and put away.

const TRAY = ".notice-tray";

document.addEventListener("click", (event) => {
  const button = event.target.closest(`${TRAY} [data-put-away]`);
  if (!button) return;
  const notice = button.closest(".notice");
  const tray = notice.closest(TRAY);
  const next = notice.nextElementSibling || notice.previousElementSibling;
  notice.remove();
  (next?.querySelector("[data-put-away]") || document.getElementById(tray.dataset.after) || document.getElementById("content"))?.focus();
});

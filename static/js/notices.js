// Notices that block nothing: they stand until they are read and put away.

document.addEventListener("click", (event) => {
  const button = event.target.closest(".notice-tray [data-put-away]");
  if (!button) return;
  const notice = button.closest(".notice");
  const next = notice.nextElementSibling || notice.previousElementSibling;
  notice.remove();
  (next?.querySelector("[data-put-away]") || document.getElementById("content"))?.focus();
});

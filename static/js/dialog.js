// A question before something that cannot be undone. The browser's popover shows it without this script; with it the rest of the page waits.

function dialogOf(element) {
  const button = element.closest("button[popovertarget]");
  const dialog = button && document.getElementById(button.getAttribute("popovertarget"));
  return dialog instanceof HTMLDialogElement ? { button, dialog } : null;
}

document.addEventListener("click", (event) => {
  const found = dialogOf(event.target);
  if (found) {
    event.preventDefault();
    if (found.dialog.open) found.dialog.close();
    else found.dialog.showModal();
    return;
  }
  // Beside it is a no.
  if (event.target instanceof HTMLDialogElement && event.target.matches(".dialog[open]")) event.target.close();
});

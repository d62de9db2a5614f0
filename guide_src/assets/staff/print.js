/* Prints one sheet of the page, or all of them. */
export function printSheet(button) {
  document.body.dataset.sheet = button.dataset.sheet;
  addEventListener("afterprint", () => delete document.body.dataset.sheet, { once: true });
  print();
}

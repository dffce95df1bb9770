// The desk by keyboard: a key presses the button that bears it. Selecting words fills the form for a new claim.
// @ts-check

document.addEventListener('keydown', (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
  if (event.key === ' ' && /^(BUTTON|A|SUMMARY)$/.test(target.tagName)) return; // space presses what has the focus
  const button = /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="${CSS.escape(event.key)}"]`));
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.documentElement.dataset.keys = 'yes';

const text = document.getElementById('report-text');
const form = /** @type {HTMLFormElement | null} */ (document.getElementById('add'));
if (text && form) {
  document.addEventListener('selectionchange', () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return;
    const range = selection.getRangeAt(0), before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString(), points = (/** @type {string} */ s) => Array.from(s).length; // code points, as the ledger counts
    const start = points(before.toString());
    form.elements['words'].value = words;
    form.elements['start'].value = String(start);
    form.elements['end'].value = String(start + points(words));
  });
  form.elements['words'].addEventListener('input', () => { form.elements['start'].value = form.elements['end'].value = ''; });
}

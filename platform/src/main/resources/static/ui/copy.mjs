// Buttons that copy a call as one line; without a clipboard they stay hidden.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const call = document.getElementById(button.dataset.copy).textContent.replace(/^GET\s+/, '').replace(/\s*\n\s*/g, '').trim();
      await navigator.clipboard.writeText(new URL(call.replaceAll(' ', '%20'), location.origin).href);
      document.getElementById('copied').textContent = button.dataset.copied;
      button.lastElementChild.textContent = button.dataset.copied;
    });
  }
}

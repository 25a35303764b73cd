// Asks the browser for a passkey when a form with data-passkey is sent, and sends its answer along.
// Without passkeys the form stays hidden; everything else works without this file.
const known = window.PublicKeyCredential?.parseRequestOptionsFromJSON && PublicKeyCredential.prototype.toJSON;

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!known) continue;
  form.hidden = false;
  const failed = form.querySelector('[data-passkey-failed]');
  let answered = false;
  form.addEventListener('submit', async event => {
    if (answered) return;
    event.preventDefault();
    failed.hidden = true;
    const options = JSON.parse(form.dataset.options);
    try {
      const credential = form.dataset.passkey === 'create'
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      answered = true;
      form.submit();
    } catch {
      // Cancelled, timed out, or no passkey of this site: the person may try again or take another way.
      failed.hidden = false;
    }
  });
}

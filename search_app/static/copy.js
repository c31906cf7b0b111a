// Copy: each button copies the text that it names. Without this module the texts are there to be selected by hand.

const status = document.getElementById("copied");

// A service inside an office is often reached without TLS, where browsers keep the clipboard from pages: there the text
// is selected and copied as a reader would.
async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(source);
    return document.execCommand("copy");
  }
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const copied = await copy(document.getElementById(button.dataset.copy));
    status.textContent = copied ? "コピーしました。" : "コピーできませんでした。選択した文字をコピーしてください。";
  });
}

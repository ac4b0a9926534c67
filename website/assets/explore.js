// Copies a question's SQL; where the browser lets no page copy (opened from a folder), the text is selected instead.
(() => {
  const { both } = window.gongkai;
  const said = document.getElementById("copied");
  const select = (text) => {
    getSelection().selectAllChildren(text);
    said.replaceChildren(both("已选中，请按 Ctrl+C", "Selected: press Ctrl+C"));
  };
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(text.textContent);
        said.replaceChildren(both("已复制", "Copied"));
      } catch { select(text); }
    });
  }
})();

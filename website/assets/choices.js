// Language and theme as they were chosen last, before anything is shown.
(() => {
  const root = document.documentElement;
  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const language = kept("gongkai-language") ?? ((navigator.language || "zh").startsWith("zh") ? "zh" : "en");
  root.dataset.lang = language;
  root.lang = language === "zh" ? "zh-CN" : "en";
  const theme = kept("gongkai-theme");
  if (theme) root.dataset.theme = theme;
})();

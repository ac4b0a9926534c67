// What every page does: switch language and theme, and search. Plain scripts, not modules: pages opened from a folder
// may load no modules and fetch no data, so data come as scripts that call `gongkai.take`.
(() => {
  const root = document.documentElement;
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* it lasts for this page */ } };

  const taken = {}, waiting = {};
  const gongkai = (window.gongkai = {
    up: document.body.dataset.up,
    english: () => root.dataset.lang === "en",
    take(name, content) { taken[name] = content; (waiting[name] ?? []).forEach((use) => use(content)); },
    load(name, use) {
      if (name in taken) { use(taken[name]); return; }
      if (!(name in waiting)) {
        waiting[name] = [];
        const script = document.createElement("script");
        script.src = `${gongkai.up}data/${name}.js`;
        document.head.append(script);
      }
      waiting[name].push(use);
    },
    node(tag, attributes = {}, ...children) {
      const made = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) if (value != null) made.setAttribute(name, value);
      made.append(...children.filter((child) => child != null));
      return made;
    },
    both(zh, en) {
      const { node } = gongkai;
      return node("span", {}, node("span", { class: "zh", lang: "zh-CN" }, zh), node("span", { class: "en", lang: "en" }, en));
    },
    money(text) {
      const [, sign, whole, rest] = /^([-−]?)(\d+)(.*)$/.exec(text) ?? [null, "", text, ""];
      return sign + whole.replace(/\B(?=(\d{3})+$)/g, ",") + rest;
    },
  });

  const search = document.getElementById("search"), found = document.getElementById("found");
  const labels = () => {
    search.dataset.zh ??= search.placeholder;
    search.placeholder = gongkai.english() ? search.dataset.en : search.dataset.zh;
  };
  document.getElementById("language").addEventListener("click", () => {
    const language = gongkai.english() ? "zh" : "en";
    root.dataset.lang = language;
    root.lang = language === "zh" ? "zh-CN" : "en";
    keep("gongkai-language", language);
    labels();
  });
  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    keep("gongkai-theme", root.dataset.theme);
  });
  labels();

  // Search: entries are [name, initials, pinyin, code, place, address]. Begins with counts more than holds.
  const MOST = 12;
  let chosen = -1;
  const rank = ([name, initials, pinyin, code], asked) => {
    if (name === asked || code === asked) return 0;
    if (name.startsWith(asked) || initials.startsWith(asked) || code.startsWith(asked)) return 1;
    if (name.includes(asked) || initials.includes(asked) || pinyin.startsWith(asked)) return 2;
    return asked.length > 2 && pinyin.includes(asked) ? 3 : null;
  };
  const choose = (number) => {
    const options = [...found.children].filter((each) => each.role === "option");
    chosen = options.length ? (number + options.length) % options.length : -1;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (chosen >= 0) {
      search.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    } else search.removeAttribute("aria-activedescendant");
  };
  const close = () => { found.hidden = true; search.setAttribute("aria-expanded", "false"); choose(-1); };
  const look = (entries) => {
    const asked = search.value.trim().toLowerCase().replace(/\s+/g, "");
    if (!asked) { close(); return; }
    const hits = entries
      .map((entry) => [rank(entry, asked), entry])
      .filter(([ranked]) => ranked !== null)
      .sort((one, other) => one[0] - other[0] || one[1][0].length - other[1][0].length)
      .slice(0, MOST);
    const { node, both } = gongkai;
    found.replaceChildren(...hits.map(([, [name, , , code, place, address]], at) => {
      const option = node("li", { role: "option", id: `found-${at}`, "aria-selected": "false" },
        node("span", {}, name), node("span", { class: "soft" }, [place, code].filter(Boolean).join(" ")));
      option.dataset.address = gongkai.up + address;
      option.addEventListener("mousedown", () => location.assign(option.dataset.address));
      return option;
    }));
    if (!hits.length) found.append(node("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, both("没有找到", "Nothing found")));
    found.hidden = false;
    search.setAttribute("aria-expanded", "true");
    choose(hits.length ? 0 : -1);
  };
  search.addEventListener("input", () => gongkai.load("search", look));
  search.addEventListener("focus", () => gongkai.load("search", () => {}));
  search.addEventListener("blur", close);
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape") close();
  });
  search.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const option = found.children[Math.max(chosen, 0)];
    if (!found.hidden && option?.dataset.address) location.assign(option.dataset.address);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      search.focus();
    }
  });
})();

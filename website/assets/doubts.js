// The list of doubts: filtered by what the address says, a page of them at a time.
(() => {
  const list = document.getElementById("doubts");
  if (!list) return;
  const { node, both, money, crop } = window.gongkai;
  const words = window.gongkai.words;
  const form = document.getElementById("filters"), count = document.getElementById("count"), pager = document.getElementById("pager");
  const AT_A_TIME = 30;
  const TEXTS = ["pageOf", "department", "place", "province", "kind", "form", "label", "measure", "unit", "status", "reason"];
  const REST = ["id", "year", "printed", "stake", "first", "page", "picture", "box"];
  const LISTS = { reason: "status_reason" };
  const SHORT = { proven: "p", unproven: "u", contradicted: "c", repaired: "r", source_inconsistent: "s" };
  const NAMES = { contradicted: ["矛盾", "contradicted"], repaired: ["已修复", "repaired"], source_inconsistent: ["原文不符", "source inconsistent"] };

  const KINDS = { budget: ["部门预算", "budget"], final_accounts: ["部门决算", "final accounts"] };

  const word = (name, value) => {
    if (value == null) return null;
    const told = words[name]?.[value];
    return told ? both(told[0], told[1]) : document.createTextNode(value);
  };
  const name = (filter, value) => {
    const told = filter === "status" ? NAMES[value] : filter === "kind" ? KINDS[value] : words[LISTS[filter]]?.[value];
    return told ? told.join(" · ") : value;
  };

  const entry = (doubt) => {
    const said = `${doubt.printed} ${doubt.page}`;
    return node("li", {},
      node("div", {},
        node("h2", {}, node("a", { href: `${doubt.pageOf}#${doubt.id}` }, doubt.department, doubt.year ? ` ${doubt.year}` : "", " ", KINDS[doubt.kind] ? both(...KINDS[doubt.kind]) : "")),
        node("p", { class: SHORT[doubt.status] }, node("span", { class: "sign", "aria-hidden": "true" }), node("strong", {}, both(...NAMES[doubt.status])),
          doubt.reason ? node("span", {}, " · ", word("status_reason", doubt.reason)) : null),
        node("p", {}, both("涉及", "at stake"), " ", node("span", { class: "stake" }, money(doubt.stake)), " ", both("元", "yuan")),
        node("p", {}, word("form", doubt.form) ?? "", " · ", doubt.label ?? "", " · ", word("measure", doubt.measure) ?? ""),
        node("p", {}, doubt.first == null ? null : node("s", { class: "n" }, doubt.first), doubt.first == null ? null : " → ", node("strong", { class: "n" }, doubt.printed), ` ${doubt.unit ?? ""}`,
          node("span", { class: "soft" }, " · ", both(`第 ${doubt.page} 页`, `page ${doubt.page}`), doubt.place ? ` · ${doubt.place}` : ""))),
      doubt.picture ? node("a", { href: `${doubt.pageOf}#${doubt.id}`, tabindex: "-1", "aria-hidden": "true" }, crop(doubt.picture, doubt.box, said)) : null);
  };

  window.gongkai.load("doubts", ({ texts, rows }) => {
    const doubts = rows.map((row) => {
      const told = {};
      TEXTS.forEach((key, at) => { told[key] = row[at] == null ? null : texts[row[at]]; });
      REST.forEach((key, at) => { told[key] = row[TEXTS.length + at]; });
      if (told.picture) told.picture = [texts[told.picture[0]], told.picture[1], told.picture[2]];
      return told;
    });
    const filters = [...form.elements].filter((each) => each.tagName === "SELECT");
    for (const select of filters) {
      const counted = new Map();
      doubts.forEach((doubt) => { if (doubt[select.name] != null) counted.set(doubt[select.name], (counted.get(doubt[select.name]) ?? 0) + 1); });
      [...counted].sort((one, other) => other[1] - one[1]).forEach(([value, many]) => select.append(node("option", { value }, `${name(select.name, value)} (${many})`)));
      if (counted.size < 2) select.closest("label").hidden = true;
    }
    const asked = new URLSearchParams(location.hash.slice(1));
    filters.forEach((select) => { select.value = asked.get(select.name) ?? ""; });
    let page = Number(asked.get("page") ?? 1);

    const show = () => {
      const left = doubts.filter((doubt) => filters.every((select) => !select.value || doubt[select.name] === select.value));
      const pages = Math.max(1, Math.ceil(left.length / AT_A_TIME));
      page = Math.min(Math.max(1, page), pages);
      list.replaceChildren(...left.slice((page - 1) * AT_A_TIME, page * AT_A_TIME).map(entry));
      list.start = (page - 1) * AT_A_TIME + 1;
      count.replaceChildren(both(`${left.length} 处`, left.length === 1 ? "1 doubt" : `${left.length} doubts`));
      const step = (to, zh, en) => {
        const button = node("button", { type: "button" }, both(zh, en));
        button.disabled = to < 1 || to > pages;
        button.addEventListener("click", () => { page = to; show(); list.scrollIntoView(); });
        return button;
      };
      pager.replaceChildren(...(pages > 1 ? [step(page - 1, "← 上一页", "← Back"), node("span", {}, `${page} / ${pages}`), step(page + 1, "下一页 →", "Next →")] : []));
      const said = new URLSearchParams(filters.filter((select) => select.value).map((select) => [select.name, select.value]));
      if (page > 1) said.set("page", page);
      history.replaceState(null, "", said.size ? `#${said}` : location.pathname + location.search);
    };
    form.addEventListener("change", () => { page = 1; show(); });
    form.addEventListener("reset", () => setTimeout(() => { page = 1; show(); }));
    show();
  });
})();

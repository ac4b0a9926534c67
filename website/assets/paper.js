// The page of a paper: an amount that is clicked, or named in the address, lights up with its box and its sums.
(() => {
  const { node, both, money, crop } = window.gongkai;
  const words = window.gongkai.words;
  const paper = JSON.parse(document.getElementById("paper").textContent);
  const links = [...document.querySelectorAll("table.printed a")];
  const panel = document.getElementById("panel"), pages = document.getElementById("pages");
  const SVG = "http://www.w3.org/2000/svg";
  const SHORT = { proven: "p", unproven: "u", contradicted: "c", repaired: "r", source_inconsistent: "s" };

  const read = (raw, id, printed, address) => {
    const text = (at) => (at == null ? null : paper.texts[at]);
    const [page, x0, y0, x1, y1, label, measure, fund, column, yuan, unit, status, reason, reader, confidence, first] = raw;
    return {
      id, printed, address, page, box: [x0, y0, x1, y1], label: text(label), measure: text(measure), fund: text(fund),
      column: text(column), yuan, unit: text(unit), status: text(status), reason: text(reason), reader: text(reader),
      confidence, first: text(first),
    };
  };
  const amounts = paper.amounts.map((raw, at) => read(raw, links[at].id, links[at].textContent, `#${links[at].id}`));
  for (const raw of paper.elsewhere) {
    const address = raw[raw.length - 1];
    amounts.push(read(raw, address.split("#")[1], raw[raw.length - 2], address));
  }
  const byId = new Map(amounts.map((amount, at) => [amount.id, at]));
  const sums = paper.sums.map(([check, zh, en, subject, relation, holds, doubts, left, right, difference, tolerance, terms]) => ({
    zh: paper.texts[zh], en: paper.texts[en], subject: paper.texts[subject], equal: paper.texts[relation] === "equal",
    holds: Boolean(holds), doubts: Boolean(doubts), left, right, difference, tolerance,
    terms: terms.map(([amount, sign, change]) => ({ amount, sign, change: change ?? null })),
  }));
  const sumsOf = new Map();
  sums.forEach((sum) => sum.terms.forEach(({ amount }) => {
    if (!sumsOf.has(amount)) sumsOf.set(amount, []);
    if (!sumsOf.get(amount).includes(sum)) sumsOf.get(amount).push(sum);
  }));

  // Boxes over the pages, drawn when a page comes into view.
  const boxes = new Map();
  const drawBoxes = (figure) => {
    const svg = figure.querySelector("svg");
    if (svg.childElementCount) return;
    const page = Number(figure.dataset.page);
    amounts.forEach((amount, at) => {
      if (amount.page !== page) return;
      const [x0, y0, x1, y1] = amount.box;
      const box = document.createElementNS(SVG, "rect");
      for (const [name, value] of Object.entries({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 })) box.setAttribute(name, value);
      box.setAttribute("class", SHORT[amount.status]);
      box.dataset.at = at;
      svg.append(box);
      boxes.set(at, box);
    });
    paint();
  };
  const watcher = new IntersectionObserver((entries) => entries.filter((each) => each.isIntersecting).forEach((each) => drawBoxes(each.target)), { root: null, rootMargin: "600px" });
  document.querySelectorAll("figure[data-page]").forEach((figure) => watcher.observe(figure));

  let chosen = null, lit = null;
  const paint = () => {
    const roles = new Map();
    if (lit) lit.terms.forEach(({ amount, sign }) => roles.set(amount, sign > 0 ? "left" : sign < 0 ? "right" : "part"));
    if (chosen !== null) roles.set(chosen, "chosen");
    for (const element of document.querySelectorAll("[data-role]")) delete element.dataset.role;
    for (const [at, role] of roles) {
      const cell = links[at]?.parentElement, box = boxes.get(at);
      if (cell) cell.dataset.role = role;
      if (box) box.dataset.role = role;
    }
  };

  const word = (list, value) => {
    if (value == null) return null;
    const told = words[list]?.[value];
    return told ? both(told[0], told[1]) : document.createTextNode(value);
  };
  const told = (zh, en, ...values) => node("div", {}, node("dt", {}, both(zh, en)), node("dd", {}, ...values));

  const termLine = ({ amount: at, sign, change }) => {
    const amount = amounts[at];
    const link = node("a", { href: amount.address }, amount.label || "—");
    return node("li", { class: at === chosen ? "here" : null },
      node("span", { class: "side" }, sign ? (sign > 0 ? both("左", "left") : both("右", "right")) : ""),
      node("span", {}, link, " ", node("span", { class: "soft" }, word("measure", amount.measure) ?? "", amount.fund ? " · " : "", word("fund", amount.fund) ?? "")),
      node("span", { class: `n ${SHORT[amount.status]}` }, amount.printed),
      change === null ? null : node("span", { class: "c" }, "← ", both("可疑，若改", "suspect: change it by"), ` ${money(change)} `, both("即成立", "and it holds")));
  };
  const sumBlock = (sum) => {
    const sign = sum.holds ? (sum.equal ? "=" : "≤") : sum.equal ? "≠" : ">";
    const block = node("details", { class: sum.holds ? "holds" : sum.doubts ? "fails" : "undoubted" },
      node("summary", {}, node("span", { class: "verdict", "aria-hidden": "true" }, sum.holds ? "✓" : sum.doubts ? "✗" : "!"), " ",
        both(sum.zh, sum.en), sum.holds ? null : node("strong", { class: "n" }, " ", both("差", "off by"), ` ${money(sum.difference)}`)),
      node("p", { class: "equation" }, node("span", { class: "n" }, money(sum.left)), ` ${sign} `, node("span", { class: "n" }, money(sum.right)), " ",
        node("span", { class: "soft" }, both("元，四舍五入可解释", "yuan; rounding explains"), ` ±${money(sum.tolerance)}`)),
      node("ul", { class: "terms" }, ...sum.terms.map(termLine)));
    block.addEventListener("toggle", () => {
      if (!block.open) return;
      block.parentElement.querySelectorAll("details[open]").forEach((other) => { if (other !== block) other.open = false; });
      lit = sum;
      paint();
    });
    return block;
  };

  const show = (at) => {
    const amount = amounts[at];
    const own = sumsOf.get(at) ?? [];
    const picture = paper.pages[amount.page];
    const status = word("amount_status", amount.status);
    const copy = node("button", { type: "button" }, both("复制链接", "Copy the link"));
    copy.addEventListener("click", () => navigator.clipboard?.writeText(location.href));
    const close = node("button", { type: "button", class: "close" }, "× ", both("关闭", "Close"));
    close.addEventListener("click", leave);
    const blocks = own.map(sumBlock);
    panel.replaceChildren(
      node("div", { class: "head" }, node("h2", {}, amount.label || "—"), close),
      node("p", { class: `figure ${SHORT[amount.status]}` }, node("span", { class: "n" }, amount.printed), " ", node("span", { class: "soft" }, amount.unit ?? ""),
        amount.unit && amount.unit !== "元" ? node("span", { class: "soft n" }, ` = ${money(amount.yuan)} 元`) : null),
      node("p", { class: SHORT[amount.status] }, node("span", { class: "sign", "aria-hidden": "true" }), node("strong", {}, status),
        amount.reason ? node("span", {}, " · ", word("status_reason", amount.reason)) : null),
      picture ? crop([picture[0], picture[1], picture[2]], amount.box, `${amount.printed}, ${amount.page}`) : null,
      node("dl", {},
        told("栏", "Column", word("measure", amount.measure) ?? amount.column ?? "—", amount.fund ? " · " : "", word("fund", amount.fund) ?? ""),
        amount.first === null ? null : told("初读", "First reading", node("s", { class: "n" }, amount.first), " → ", both("另读", "second"), " ", node("span", { class: "n r" }, amount.printed)),
        paper.earlier[at] === undefined ? null : told("上年同项", "Last year", node("a", { class: "n", href: paper.earlier[at][1] }, money(paper.earlier[at][0])), " ", both("元", "yuan")),
        told("读自", "Read by", word("reader", amount.reader) ?? "—", amount.confidence < 1 ? ` (${amount.confidence})` : ""),
        told("位置", "Place", both(`第 ${amount.page} 页`, `page ${amount.page}`)),
        told("编号", "Id", node("code", {}, amount.id), " ", copy)),
      node("h3", {}, own.length ? both(`它参与的合计 ${own.length}`, `Its sums: ${own.length}`) : both("没有合计涉及它", "No sum takes it in")),
      node("div", { class: "blocks" }, ...blocks));
    panel.hidden = false;
    document.body.classList.add("chosen");
    lit = own[0] ?? null;
    if (blocks.length) blocks[0].open = true;
    paint();
  };

  const choose = (at, { focus = false } = {}) => {
    chosen = at;
    show(at);
    const amount = amounts[at], link = links[at];
    const figure = document.getElementById(`page-${amount.page}`);
    if (figure) {
      drawBoxes(figure);
      if (getComputedStyle(pages).overflowY === "auto") {
        const [, y0] = amount.box, sheet = figure.querySelector(".sheet");
        const scale = sheet.clientHeight / figure.querySelector("svg").viewBox.baseVal.height;
        pages.scrollTo({ top: sheet.offsetTop + y0 * scale - pages.clientHeight / 3, behavior: "instant" });
      }
      paint();
    }
    if (link) {
      const cell = link.closest("td,th").getBoundingClientRect(), seen = link.closest(".reading").getBoundingClientRect();
      const inSight = cell.top > seen.top + 40 && cell.bottom < Math.min(seen.bottom, innerHeight) - 40;
      link.closest("td,th").scrollIntoView({ block: inSight ? "nearest" : "center", inline: "nearest" });
      if (focus) link.focus({ preventScroll: true });
    }
  };
  const leave = () => {
    const link = chosen === null ? null : links[chosen];
    chosen = lit = null;
    panel.hidden = true;
    document.body.classList.remove("chosen");
    paint();
    history.replaceState(null, "", location.pathname + location.search);
    link?.focus({ preventScroll: true });
    link?.closest("td,th").scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  links.forEach((link) => { link.href = `#${link.id}`; });
  const follow = () => {
    const at = byId.get(location.hash.slice(1));
    if (at !== undefined && at < links.length) choose(at, { focus: true });
    else if (/^#[0-9a-f]{16}$/.test(location.hash)) {
      const next = document.querySelector(".parts a[aria-current] + a"); // a long paper's amount may stand further on
      if (next) location.replace(next.getAttribute("href") + location.hash);
    }
  };
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.("rect[data-at]");
    if (box) {
      const at = Number(box.dataset.at);
      document.body.classList.remove("show-pages");
      if (location.hash === amounts[at].address) choose(at);
      else location.hash = amounts[at].address.slice(amounts[at].address.indexOf("#"));
      return;
    }
    const link = event.target.closest?.("table.printed a");
    if (link && location.hash === `#${link.id}`) choose(links.indexOf(link));
    const opener = event.target.closest?.("[data-open]");
    if (opener) { document.body.classList.add("show-pages"); pages.focus(); }
    if (event.target.closest?.("[data-close]")) document.body.classList.remove("show-pages");
    const toPage = event.target.closest?.('a[href^="#page-"]');
    if (toPage) {
      event.preventDefault();
      const figure = document.querySelector(toPage.getAttribute("href"));
      if (!figure) return;
      document.body.classList.add("show-pages");
      if (getComputedStyle(pages).overflowY === "auto") pages.scrollTo({ top: figure.offsetTop });
      else figure.scrollIntoView();
      pages.focus({ preventScroll: true });
    }
  });

  // The arrows move among the amounts of a table, as cells lie; Escape closes what is open.
  const beside = (link, key) => {
    const cell = link.closest("td,th"), row = cell.parentElement;
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const own = [...row.closest("table").querySelectorAll("a")], at = own.indexOf(link);
      return own[at + (key === "ArrowRight" ? 1 : -1)];
    }
    const middle = cell.getBoundingClientRect().x + cell.offsetWidth / 2;
    let next = row;
    while ((next = key === "ArrowDown" ? next.nextElementSibling : next.previousElementSibling)) {
      const hit = [...next.querySelectorAll("a")].find((each) => {
        const { left, right } = each.closest("td,th").getBoundingClientRect();
        return left <= middle && middle <= right;
      });
      if (hit) return hit;
    }
    return null;
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (document.body.classList.contains("show-pages")) document.body.classList.remove("show-pages");
      else if (!panel.hidden) leave();
    }
    const link = document.activeElement?.closest?.("table.printed a");
    if (link && event.key.startsWith("Arrow") && !event.altKey && !event.ctrlKey && !event.metaKey) {
      const next = beside(link, event.key);
      if (next) { event.preventDefault(); next.focus(); next.closest("td,th").scrollIntoView({ block: "nearest", inline: "nearest" }); }
    }
  });
  follow();
})();

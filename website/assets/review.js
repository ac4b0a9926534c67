// The review: one doubtful amount after another, beside its page; what a reviewer decides is kept, the paper read again.
(() => {
  const { node, both, money, crop } = window.gongkai;
  const words = window.gongkai.words;
  const at = (id) => document.getElementById(id);
  const form = at("decision"), article = at("doubt"), right = at("right"), says = at("says"), by = at("by"), wrong = at("wrong");
  const csrf = document.querySelector("meta[name=csrf]").content;
  const SHORT = { proven: "p", unproven: "u", contradicted: "c", repaired: "r", source_inconsistent: "s" };
  const KINDS = { budget: ["部门预算", "budget"], final_accounts: ["部门决算", "final accounts"] };
  const CHOICES = {
    first_reading: ["初读是对的", "The first reading is right"],
    second_reading: ["另读是对的", "The second reading is right"],
    printed: ["印的是别的数，我来键入", "Something else is printed: type it"],
    publishers_own: ["印的就是这样，发布单位之误", "It is printed so: the publisher’s own error"],
    not_a_fault: ["印的就是这样，不是差错", "It is printed so, and is no fault"],
  };
  let doubts = [], here = 0, shown = null, tried = 0;

  const word = (list, value) => {
    const told = words[list]?.[value];
    return told ? both(told[0], told[1]) : document.createTextNode(value ?? "");
  };
  const ask = async (path, body) => {
    const answer = await fetch(path, body === undefined ? {} : {
      method: "POST", headers: { "content-type": "application/json", "x-gongkai-csrf": csrf }, body: JSON.stringify(body),
    });
    const told = answer.headers.get("content-type")?.includes("json") ? await answer.json() : { error: await answer.text() };
    if (!answer.ok) throw new Error(typeof told.error === "string" ? told.error : JSON.stringify(told.detail ?? told));
    return told;
  };
  const say = (...said) => { at("said").replaceChildren(...said); at("said").hidden = false; };
  const fail = (error) => { wrong.textContent = error.message; wrong.hidden = false; };

  const sumBlock = (sum) => {
    const sign = sum.holds ? (sum.equal ? "=" : "≤") : sum.equal ? "≠" : ">";
    return node("details", { class: sum.holds ? "holds" : "fails", open: sum.holds ? null : "" },
      node("summary", {}, node("span", { class: "verdict", "aria-hidden": "true" }, sum.holds ? "✓" : "✗"), " ", both(...sum.title),
        sum.holds ? null : node("strong", { class: "n" }, " ", both("差", "off by"), ` ${money(sum.difference)}`)),
      node("p", { class: "equation" }, node("span", { class: "n" }, money(sum.left)), ` ${sign} `, node("span", { class: "n" }, money(sum.right)), " ",
        node("span", { class: "soft" }, both("元，四舍五入可解释", "yuan; rounding explains"), ` ±${money(sum.tolerance)}`)),
      node("ul", { class: "terms" }, ...sum.terms.map((term) => node("li", { class: term.here ? "here" : null },
        node("span", { class: "side" }, term.sign ? (term.sign > 0 ? both("左", "left") : both("右", "right")) : ""),
        node("span", {}, term.label || "—", " ", node("span", { class: "soft" }, word("measure", term.measure))),
        node("span", { class: `n ${SHORT[term.status]}` }, term.printed)))));
  };
  const showSums = ({ sums, failing }, before) => {
    at("blocks").replaceChildren(...sums.map(sumBlock));
    const own = sums.filter((sum) => !sum.holds).length;
    at("live").replaceChildren(
      both(`${sums.length} 个，${own} 个不成立；整份文件 ${failing} 个不成立`, `${sums.length}, of which ${own} fail; ${failing} fail in the whole paper`),
      before === undefined || before === failing ? "" : both(`（现在是 ${before} 个）`, ` (now ${before})`));
  };

  const chosen = () => form.elements.choice?.value;
  const pageWord = () => (window.gongkai.english() ? `p. ${shown.amount.page}` : `第 ${shown.amount.page} 页`);
  const grounds = () => {
    const printed = { first_reading: shown.amount.first, second_reading: shown.amount.printed, printed: right.value.trim() }[chosen()];
    if (printed !== undefined) return printed ? `${pageWord()}: ${printed}` : "";
    return chosen() === "publishers_own" ? `${pageWord()}: ${shown.amount.printed}` : "";
  };
  let own = "";
  const fill = () => { if (says.value === own) { own = grounds(); says.value = own; } };
  const live = async () => {
    const figure = { printed: right.value.trim(), first_reading: shown.amount.first }[chosen()];
    const turn = ++tried;
    if (!figure) { showSums(shown); return; }
    try {
      const told = await ask("/api/preview", { amount: shown.amount.id, right: figure });
      if (turn === tried) { wrong.hidden = true; showSums(told, shown.failing); }
    } catch (error) { if (turn === tried) { showSums(shown); if (chosen() === "printed") at("live").textContent = error.message; } }
  };
  const turned = () => {
    at("field-right").hidden = chosen() !== "printed";
    right.required = chosen() === "printed";
    at("field-url").hidden = chosen() !== "publishers_own";
    fill();
    live();
  };

  const show = (told) => {
    shown = told;
    const { amount } = told;
    at("whose").replaceChildren(node("a", { href: `${told.page_of}#${amount.id}` }, told.department ?? "", told.year ? ` ${told.year} ` : " ", KINDS[told.kind] ? both(...KINDS[told.kind]) : ""), ` · ${told.file_name}`);
    at("what").replaceChildren(amount.label || "—", node("small", {}, word("form", told.form), " · ", word("measure", amount.measure)));
    at("amount").replaceChildren(
      node("p", { class: `figure ${SHORT[amount.status]}` }, amount.first === null ? null : node("s", { class: "n" }, amount.first), amount.first === null ? null : " → ", node("span", { class: "n" }, amount.printed), ` ${amount.unit ?? ""}`),
      node("p", { class: SHORT[amount.status] }, node("span", { class: "sign", "aria-hidden": "true" }), node("strong", {}, word("amount_status", amount.status)), amount.reason ? node("span", {}, " · ", word("status_reason", amount.reason)) : null),
      node("p", { class: "soft" }, both(`第 ${amount.page} 页`, `page ${amount.page}`), " · ", word("reader", amount.reader)));
    at("picture").replaceChildren(...(told.picture ? [crop(told.picture, amount.box, `${amount.printed}, ${amount.page}`)] : []));
    at("before").hidden = !told.decided.length;
    at("before").replaceChildren(node("h3", {}, both("已有决定", "Decided already")), ...told.decided.map((each) => node("p", { class: "note" },
      node("strong", {}, both(...each.said)), each.right ? node("span", { class: "n" }, ` ${each.right}`) : "", ` — ${each.says}`, node("span", { class: "soft" }, ` ${[each.by, each.on].filter(Boolean).join(", ")}`))));
    at("choices").replaceChildren(at("choices").firstElementChild, ...told.choices.map((choice, number) => node("label", {},
      node("input", { type: "radio", name: "choice", value: choice, required: "" }), " ", node("kbd", {}, String(number + 1)), " ", both(...CHOICES[choice]),
      { first_reading: amount.first, second_reading: amount.printed }[choice] ? node("span", { class: "n" }, ` ${{ first_reading: amount.first, second_reading: amount.printed }[choice]}`) : null)));
    right.value = ""; at("url").value = ""; says.value = own = ""; wrong.hidden = true;
    article.hidden = false; at("done").hidden = true;
    at("field-right").hidden = at("field-url").hidden = true;
    showSums(told);
    article.focus({ preventScroll: true });
    history.replaceState(null, "", `#${amount.id}`);
  };
  const progress = () => {
    const left = doubts.filter((doubt) => !doubt.decided).length;
    at("progress").replaceChildren(both(`共 ${doubts.length} 处，待决定 ${left} 处；涉及元数多的在前。`, `${doubts.length} in all, ${left} to decide; most yuan at stake first.`));
    return left;
  };
  const open = async (number) => {
    if (!doubts.length) { article.hidden = true; at("done").hidden = false; return; }
    here = (number + doubts.length) % doubts.length;
    try { show(await ask(`/api/doubt?amount=${doubts[here].id}`)); }
    catch (error) { say(error.message); }
  };
  const next = () => {
    const after = [...doubts.keys()].map((step) => (here + step) % doubts.length).find((each) => !doubts[each].decided);
    if (after === undefined) { article.hidden = true; at("done").hidden = false; at("publish").focus(); } else open(after);
  };
  const load = async () => { doubts = await ask("/api/doubts"); progress(); };

  const busy = (is) => { for (const button of document.querySelectorAll("main button")) button.disabled = is; article.toggleAttribute("aria-busy", is); };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (article.hasAttribute("aria-busy")) return;
    wrong.hidden = true;
    busy(true);
    const id = shown.amount.id;
    try {
      const told = await ask("/api/decide", {
        amount: id, choice: chosen(), says: says.value.trim(), by: by.value.trim() || null, seen: shown.seen,
        right: chosen() === "printed" ? right.value.trim() : null, url: (chosen() === "publishers_own" && at("url").value.trim()) || null,
      });
      await load();
      busy(false);
      say(both("已记下", "Recorded"), `: ${shown.amount.label} `, node("span", { class: `n ${SHORT[told.status] ?? ""}` }, told.printed), " ", word("amount_status", told.status),
        node("span", { class: "soft" }, both(`；这份文件还有 ${told.left} 处存疑`, `; ${told.left} in doubt are left in this paper`), ` · ${told.file}`));
      here = Math.max(0, doubts.findIndex((doubt) => doubt.id === id));
      next();
    } catch (error) { busy(false); fail(error); }
  });
  form.addEventListener("change", (event) => { if (event.target.name === "choice") turned(); });
  let timer;
  right.addEventListener("input", () => { clearTimeout(timer); fill(); timer = setTimeout(live, 150); });
  at("skip").addEventListener("click", () => open(here + 1));
  at("back").addEventListener("click", () => open(here - 1));
  at("publish").addEventListener("click", async () => {
    busy(true);
    say(both("正在发布…", "Publishing …"));
    try { const told = await ask("/api/publish", {}); say(both("已发布版本", "Published release"), ` ${told.version} · `, node("a", { href: "index.html" }, both("看网站", "see the site"))); }
    catch (error) { say(error.message); }
    busy(false);
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName) && document.activeElement.type !== "radio";
    if (event.key === "Escape") document.activeElement.blur();
    if (typing || event.altKey || event.ctrlKey || event.metaKey || article.hasAttribute("aria-busy")) return;
    if (event.key === "j") open(here + 1);
    else if (event.key === "k") open(here - 1);
    else if (/^[1-9]$/.test(event.key) && !article.hidden) {
      const choice = form.querySelectorAll("input[name=choice]")[Number(event.key) - 1];
      if (!choice) return;
      event.preventDefault();
      choice.checked = true;
      turned();
      (choice.value === "printed" ? right : says.value ? at("keep") : says).focus();
    }
  });
  by.value ||= (() => { try { return localStorage.getItem("gongkai-reviewer") ?? ""; } catch { return ""; } })();
  by.addEventListener("change", () => { try { localStorage.setItem("gongkai-reviewer", by.value); } catch { /* for this page */ } });

  load().then(() => {
    const asked = doubts.findIndex((doubt) => `#${doubt.id}` === location.hash);
    if (asked >= 0) open(asked); else next();
  }).catch((error) => say(error.message));
})();

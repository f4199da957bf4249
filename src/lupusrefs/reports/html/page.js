
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;

  // The theme: a choice lasts as long as the page.
  byId("theme-label").hidden = false;
  byId("theme").addEventListener("change", (event) => {
    if (event.target.value) root.dataset.theme = event.target.value;
    else delete root.dataset.theme;
  });

  // What is folded is printed, too.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });

  const form = byId("filters");
  if (!form) return;
  const articles = [...document.querySelectorAll("article.reference")].map((article) => ({
    article,
    head: article.querySelector("header").textContent.toLowerCase(),
    rows: [...article.querySelectorAll("tr[data-rule]")].map((row) => ({
      row,
      severity: row.dataset.severity,
      rule: row.dataset.rule,
      text: row.textContent.toLowerCase(),
    })),
  }));
  const total = articles.reduce((sum, one) => sum + one.rows.length, 0);

  const filter = () => {
    const severities = new Set(new FormData(form).getAll("severity"));
    const rule = byId("rule").value;
    const words = byId("words").value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { article, head, rows } of articles) {
      let visible = 0;
      for (const one of rows) {
        const fits =
          severities.has(one.severity) &&
          (!rule || rule === one.rule) &&
          words.every((word) => head.includes(word) || one.text.includes(word));
        one.row.hidden = !fits;
        visible += fits;
      }
      article.hidden = !visible;
      shown += visible;
    }
    byId("shown").textContent = `${shown} of ${total} findings shown`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  filter();
})();

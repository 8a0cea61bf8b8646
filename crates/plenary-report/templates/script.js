// Sorting and filtering of tables. Without it the page says the same.
"use strict";
(() => {
  const texts = JSON.parse(document.body.dataset.texts);
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });

  const textOf = (row, column) => row.cells[column] ? row.cells[column].textContent.trim() : "";

  function sortable(table) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells].filter((cell) => cell.tagName === "TH");
    for (const head of heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sorter";
      button.title = texts.sort;
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const descending = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        const column = head.cellIndex;
        const rows = [...body.rows].map((row, place) => ({ row, place, text: textOf(row, column) }));
        rows.sort((a, b) => {
          // What has no value stays last, whichever way.
          if (!a.text !== !b.text) return a.text ? -1 : 1;
          const order = collator.compare(a.text, b.text);
          return (descending ? -order : order) || a.place - b.place;
        });
        body.append(...rows.map(({ row }) => row));
      });
    }
  }

  function filterable(table, number) {
    const body = table.tBodies[0];
    const all = body.rows.length;
    if (all < 8) return;
    const bar = document.createElement("div");
    bar.className = "filter";
    const label = document.createElement("label");
    label.htmlFor = "filter-" + number;
    label.textContent = texts.filterLabel;
    const input = document.createElement("input");
    input.type = "search";
    input.id = label.htmlFor;
    input.autocomplete = "off";
    const shown = document.createElement("output");
    shown.htmlFor = input.id;
    bar.append(label, input, shown);
    (table.closest(".wide") || table).before(bar);
    const lower = new Map();
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const row of body.rows) {
        if (!lower.has(row)) lower.set(row, row.textContent.toLowerCase());
        const text = lower.get(row);
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) count += 1;
      }
      shown.textContent = words.length
        ? texts.rowsShown.replace("{n}", String(count)).replace("{all}", String(all))
        : "";
    });
  }

  // How high the page is, for a picture of all of it.
  document.documentElement.dataset.height = document.documentElement.scrollHeight;
  document.querySelectorAll("table.live").forEach((table, number) => {
    sortable(table);
    filterable(table, number);
  });
})();

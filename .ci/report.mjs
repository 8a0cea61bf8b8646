// Opens pages in a browser: `BROWSER=… node report.mjs PAGE…`. With SHOTS=FOLDER it leaves screenshots there.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import puppeteer from "puppeteer-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
const browser = await puppeteer.launch({
  executablePath: process.env.BROWSER,
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const faults = [];
for (const file of process.argv.slice(2)) {
  const name = basename(file);
  const fault = (text) => faults.push(`${name}: ${text}`);
  for (const width of [360, 800, 1400]) {
    const page = await browser.newPage();
    page.on("console", (message) => message.type() === "error" && fault(message.text()));
    page.on("pageerror", (error) => fault(String(error)));
    page.on("request", (request) => {
      if (request.url() !== pathToFileURL(file).href) fault(`a request: ${request.url().slice(0, 80)}`);
    });
    page.on("dialog", (dialog) => { fault("a dialog"); dialog.dismiss(); });
    await page.setViewport({ width, height: 900 });
    await page.goto(pathToFileURL(file).href);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) fault(`${overflow} pixels wider than ${width}`);
    if (shots) await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
    if (width === 800) {
      await sortAndFilter(page, fault);
      if (shots) await page.pdf({ path: `${shots}/${name}.pdf`, format: "A4", printBackground: false });
    }
    // The page allows no other script; the checker is no part of it.
    await page.setBypassCSP(true);
    await page.reload();
    await page.evaluate(axe);
    const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    for (const violation of found.violations) {
      const node = violation.nodes[0]?.html.slice(0, 120);
      const text = `${violation.impact}: ${violation.id} (${violation.nodes.length}): ${node}`;
      if (["serious", "critical"].includes(violation.impact)) fault(`at ${width}: ${text}`);
      else console.log(`${name} at ${width}: ${text}`);
    }
    await page.close();
  }
}
await browser.close();
for (const text of faults) console.error(text);
process.exit(faults.length ? 1 : 0);

async function sortAndFilter(page, fault) {
  await page.$$eval("details", (all) => all.forEach((one) => { one.open = true; }));
  const tables = await page.$$("table.live");
  for (const table of tables) {
    const column = () => table.$$eval("tbody tr:not([hidden]) td:first-child", (cells) => cells.map((cell) => cell.textContent.trim()));
    const before = await column();
    const button = await table.$(".sorter");
    await button.click();
    await button.click();
    const after = await column();
    if (after.length !== before.length) fault("sorting changes the number of rows");
    const isSorted = await page.evaluate((texts) => {
      const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
      const known = texts.filter(Boolean);
      return known.every((text, at) => at === 0 || collator.compare(known[at - 1], text) >= 0);
    }, after);
    if (!isSorted) fault("a table is not sorted");
  }
  const input = await page.$(".filter input");
  if (!input) return;
  await input.type("zzzz");
  const left = await page.$eval("table.live", (table) => table.querySelectorAll("tbody tr:not([hidden])").length);
  if (left !== 0) fault(`${left} rows contain what no row contains`);
  for (let at = 0; at < 4; at += 1) await page.keyboard.press("Backspace");
}

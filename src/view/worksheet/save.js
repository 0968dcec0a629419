// Counts the verdicts and saves them in the sheet's second and third column; nothing leaves the page.
const sheet = document.querySelector("textarea");
const lines = sheet.value.split("\n");
const value = name => (document.querySelector(`[name=${name}]:checked`) || {}).value || "";
const note = n => document.querySelector(`[name=note${n}]`).value.replace(/\s+/g, " ").replaceAll('"', "'");
const count = () => {
  const all = document.querySelectorAll("main section").length;
  const done = document.querySelectorAll("[type=radio]:checked").length;
  document.querySelector("output").value = `${done} of ${all} judged`;
};
document.querySelector("footer").hidden = false;
document.addEventListener("change", count);
document.querySelector("button").addEventListener("click", () => {
  const filled = lines.map((line, i) => {
    const cells = line.split("\t");
    if (i === 0 || cells.length < 3) return line;
    return [cells[0], value(`v${i}`), note(i), ...cells.slice(3)].join("\t");
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([filled.join("\n")], { type: "text/tab-separated-values" }));
  link.download = sheet.dataset.file;
  link.click();
});
count();

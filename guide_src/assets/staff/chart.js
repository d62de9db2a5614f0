/* Small charts, drawn from the numbers of the table beside them. What they look like stands in the style sheet. */
const SVG = "http://www.w3.org/2000/svg";
const ROW = 34;
const WIDTH = 430;
const NAMES = 118;

/* One bar per row, its `parts` {part, count} side by side, its total at the end. */
export function bars(rows, label) {
  const most = Math.max(1, ...rows.map((row) => row.total));
  const scale = (WIDTH - NAMES - 40) / most;
  return drawing(WIDTH, rows.length * ROW, label, rows.flatMap((row, place) => bar(row, place * ROW, scale)));
}

function bar(row, top, scale) {
  let left = NAMES;
  const parts = row.parts.map(({ part, count }) => {
    const made = node("rect", { class: part, x: left, y: top + 7, width: count * scale, height: 20 });
    left += count * scale;
    return made;
  });
  const name = node("text", { x: NAMES - 8, y: top + 22, "text-anchor": "end" }, row.name);
  return [name, ...parts, node("text", { x: left + 6, y: top + 22 }, row.total)];
}

/* One line per series {part, values}, over days. */
export function lines(days, series, label) {
  const width = 760;
  const height = 220;
  const most = Math.max(1, ...series.flatMap((one) => one.values));
  const x = (place) => 40 + (place * (width - 60)) / Math.max(1, days.length - 1);
  const y = (count) => height - 30 - (count * (height - 50)) / most;
  const drawn = series.map((one) => node("polyline", { class: one.part, points: one.values.map((count, place) => `${x(place)},${y(count)}`).join(" ") }));
  const dots = days.length === 1 ? series.map((one) => node("circle", { class: one.part, cx: x(0), cy: y(one.values[0]), r: 4 })) : [];
  return drawing(width, height, label, [...frame(days, most, x, y, width), ...drawn, ...dots]);
}

function frame(days, most, x, y, width) {
  const levels = [...new Set([0, Math.round(most / 2), most])];
  const grid = levels.flatMap((count) => [
    node("line", { class: "grid", x1: 40, x2: width - 20, y1: y(count), y2: y(count) }),
    node("text", { x: 32, y: y(count) + 5, "text-anchor": "end" }, count),
  ]);
  const ends = [[0, "start"], [days.length - 1, "end"]].slice(0, days.length);
  return [...grid, ...ends.map(([place, anchor]) => node("text", { x: x(place), y: y(0) + 22, "text-anchor": anchor }, days[place]))];
}

function drawing(width, height, label, children) {
  const svg = node("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  svg.append(...children);
  return svg;
}

function node(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) made.textContent = text;
  return made;
}

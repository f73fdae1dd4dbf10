// What the colours of a map mean. Each legend can point at one value.
import { normalColor, scaleOf } from "./colors.js";
import { element } from "./dom.js";

const sphereSize = 132;
const shownClasses = 6;

export function legendOf(map, repaint) {
  switch (map.kind) {
    case "labels": return labels(map);
    case "vector": return sphere(map);
    default: return scale(map, repaint);
  }
}

const percent = (share) => (share > 0 && share < 0.001 ? "< 0.1 %" : `${(share * 100).toFixed(1)} %`);

function labels(map) {
  const present = map.classes.filter((item) => item.fraction > 0).sort((a, b) => b.fraction - a.fraction);
  const absent = map.classes.length - present.length;
  const rows = new Map();
  const row = (item) => {
    const swatch = element("i", { className: "swatch" });
    swatch.style.backgroundColor = item.color;
    const bar = element("i", { className: "bar" });
    bar.style.setProperty("--share", item.fraction);
    const node = element("li", {}, swatch, element("span", { className: "name", textContent: item.name }), bar,
      element("span", { className: "number", textContent: percent(item.fraction) }));
    rows.set(item.value, node);
    return node;
  };
  const root = element("div", { className: "legend" },
    element("ul", { className: "classes" }, ...present.slice(0, shownClasses).map(row)));
  if (present.length > shownClasses) {
    root.append(element("details", {},
      element("summary", { textContent: `${present.length - shownClasses} more` }),
      element("ul", { className: "classes" }, ...present.slice(shownClasses).map(row))));
  }
  if (absent > 0) {
    root.append(element("p", { className: "hint", textContent: `${absent} of ${map.classes.length} classes do not occur.` }));
  }
  return {
    root,
    point(x, y) {
      const [label] = map.at(x, y);
      rows.forEach((node, value) => node.classList.toggle("here", value === label));
    },
  };
}

function scale(map, repaint) {
  const strip = element("canvas", { width: 256, height: 1, "aria-hidden": "true" });
  const marker = element("i", { className: "marker", hidden: true });
  const ticks = element("div", { className: "ticks" });
  const format = (value) => (map.unit ? `${value.toFixed(2)} ${map.unit}` : value.toFixed(2));
  const draw = () => {
    const [low, high] = map.range;
    ticks.replaceChildren(...[low, (low + high) / 2, high].map((value) => element("span", { textContent: format(value) })));
  };
  const context = strip.getContext("2d");
  const picture = context.createImageData(256, 1);
  const colors = scaleOf(map.task);
  for (let i = 0; i < 256; i++) {
    picture.data.set([...colors.subarray(i * 3, i * 3 + 3), 255], i * 4);
  }
  context.putImageData(picture, 0, 0);
  draw();

  const { min, mean, max } = map.stats;
  const facts = element("p", { className: "hint", textContent: `Lowest ${format(min)}, mean ${format(mean)}, highest ${format(max)}` });
  const root = element("div", { className: "legend" }, element("div", { className: "strip" }, strip, marker), ticks, facts);
  if (map.full) {
    const box = element("input", { type: "checkbox" });
    box.addEventListener("change", () => {
      map.range = box.checked ? [min, max] : map.full;
      draw();
      repaint();
    });
    root.append(element("label", { className: "check" }, box, "Stretch to this map's values"));
  }
  return {
    root,
    point(x, y) {
      marker.hidden = false;
      marker.style.setProperty("--at", Math.min(Math.max(map.position(map.at(x, y)[0]), 0), 1));
    },
  };
}

function sphere(map) {
  const canvas = element("canvas", { width: sphereSize, height: sphereSize, "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  const picture = context.createImageData(sphereSize, sphereSize);
  for (let row = 0; row < sphereSize; row++) {
    for (let column = 0; column < sphereSize; column++) {
      const x = ((column + 0.5) / sphereSize) * 2 - 1;
      const y = ((row + 0.5) / sphereSize) * 2 - 1;
      const length = Math.hypot(x, y);
      if (length <= 1) {
        const edge = Math.min(1, (1 - length) * sphereSize / 2);
        picture.data.set([...normalColor(x, y, Math.sqrt(1 - length * length)), edge * 255], (row * sphereSize + column) * 4);
      }
    }
  }
  context.putImageData(picture, 0, 0);
  const dot = element("i", { className: "dot", hidden: true });
  const axes = element("dl", { className: "axes" },
    ...[["x", "red: right on the sphere"], ["y", "green: down"], ["z", "blue: out of it (hollow dot: into it)"]]
      .flatMap(([name, text]) => [element("dt", { className: `axis-${name}`, textContent: name }), element("dd", { textContent: text })]));
  return {
    root: element("div", { className: "legend normals" }, element("div", { className: "sphere" }, canvas, dot), axes),
    point(column, row) {
      const [x, y, z] = map.at(column, row);
      dot.hidden = false;
      dot.classList.toggle("behind", z < 0);
      dot.style.setProperty("--x", x);
      dot.style.setProperty("--y", y);
    },
  };
}

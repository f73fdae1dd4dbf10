// The answer's timings as one bar.
import { element } from "./dom.js";

const stages = [
  ["decodeMs", "Decode"], ["preprocessMs", "Resize"], ["queueMs", "Queue"], ["inferMs", "Network"], ["encodeMs", "Maps"],
];

const milliseconds = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

export function timingOf(timing, roundTripMs) {
  const bar = element("div", { className: "stages", "aria-hidden": "true" });
  const list = element("dl", { className: "times" });
  stages.forEach(([key, name], index) => {
    const value = timing[key] ?? 0;
    const part = element("i", { className: `stage-${index}`, title: `${name} ${milliseconds(value)}` });
    part.style.flexGrow = Math.max(value, 0.001);
    bar.append(part);
    list.append(element("div", { className: `stage-${index}` },
      element("dt", { textContent: name }), element("dd", { textContent: milliseconds(value) })));
  });
  const total = element("p", { className: "total" }, element("strong", { textContent: milliseconds(timing.totalMs) }),
    ` in the service, ${milliseconds(roundTripMs)} as seen from here`);
  const hint = element("p", { className: "hint", textContent: "Maps are made side by side and their times summed, so the parts can exceed the whole." });
  return [total, bar, list, hint];
}

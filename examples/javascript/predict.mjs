// Predicts all maps of a photo and writes them as files. Node 18 or later, no packages.
// Usage: node predict.mjs PHOTO [URL]
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const mostAttempts = 4;

async function predict(url, photo, fields) {
  const form = new FormData();
  form.append("image", new Blob([await readFile(photo)]), basename(photo));
  for (const [name, value] of Object.entries(fields)) form.append(name, value);

  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(`${url}/predict`, { method: "POST", body: form, headers: { "X-Request-Timeout": "20" } });
    if (answer.ok) return answer.json();

    // The answer of a proxy may be no problem document.
    const problem = await answer.json().catch(() => ({ detail: answer.statusText }));
    if (!problem.retryable || attempt === mostAttempts) {
      const details = problem.errors?.map((item) => item.detail) ?? [problem.detail];
      throw new Error(`${answer.status} ${problem.code ?? "unknown"}: ${details.join("; ")}`);
    }
    await pause(1000 * Number(answer.headers.get("Retry-After") ?? attempt));
  }
}

function summary(map) {
  if (map.kind === "labels") {
    const largest = [...map.classes].sort((a, b) => b.fraction - a.fraction).slice(0, 3);
    return largest.map((item) => `${item.name} ${Math.round(100 * item.fraction)}%`).join(", ");
  }
  if (map.kind === "scalar") return `${map.min.toFixed(3)} to ${map.max.toFixed(3)} ${map.unit ?? ""}`.trimEnd();
  return `value = ${map.offset} + ${map.scale.toFixed(6)} * sample, frame ${map.frame}`;
}

const [photo, url = "http://localhost:8080"] = process.argv.slice(2);
if (!photo) {
  console.error("Usage: node predict.mjs PHOTO [URL]");
  process.exit(2);
}

try {
  const answer = await predict(url.replace(/\/$/, ""), photo, { size: "source" });
  console.log(`${answer.model.name} on ${answer.model.provider}`);
  for (const [task, map] of Object.entries(answer.images[0].maps)) {
    await writeFile(`${task}.png`, Buffer.from(map.data, "base64"));
    console.log(`${`${task}.png`.padEnd(12)} ${map.width}x${map.height} ${summary(map)}`);
  }
} catch (error) {
  console.error(error.cause?.message ?? error.message);
  process.exit(1);
}

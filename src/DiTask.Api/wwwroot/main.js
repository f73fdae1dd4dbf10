import { getModels, getSamples, getTasks, predict, Problem, useKey, usesKey } from "./api.js";
import { curlLine } from "./curl.js";
import { byId, element } from "./dom.js";
import { Figures } from "./figures.js";
import { TaskMap, titleOf } from "./maps.js";
import { openPhoto } from "./photo.js";
import { timingOf } from "./timing.js";

const fitSide = 512;
const retryMs = 2000;

const figures = new Figures(byId("maps"), say);
let photo = null;
let models = [];
let running = null;

function say(text) {
  byId("status").textContent = text;
}

function showError(error) {
  const box = byId("error");
  box.hidden = !error;
  byId("key-form").hidden = !error?.needsKey;
  if (!error) {
    return;
  }
  const known = error instanceof Problem;
  box.replaceChildren(element("strong", { textContent: known ? error.title : "The page failed." }), element("p", { textContent: error.message }));
  if (known && error.items.length > 0) {
    box.append(element("ul", {}, ...error.items.map((text) => element("li", { textContent: text }))));
  }
  if (known && error.retryAfter) {
    box.append(element("p", { className: "hint", textContent: `Try again in ${error.retryAfter} s.` }));
  }
  if (known && error.requestId) {
    box.append(element("p", { className: "hint", textContent: `Request ${error.requestId}` }));
  }
  box.scrollIntoView({ block: "nearest" });
  if (error.needsKey) {
    byId("key").focus();
  }
}

const chosenTasks = () => [...byId("tasks").querySelectorAll("input:checked")].map((box) => box.value);

// The default model is asked for without its name, as people ask for it.
function chosenModel() {
  const model = models.length > 1 ? models.find((known) => known.name === byId("model-choice").value) : models[0];
  return model && !model.default ? model.name : null;
}

function chosenSize() {
  const choice = byId("size").value;
  if (choice !== "fit") {
    return choice;
  }
  const scale = fitSide / Math.max(photo.width, photo.height);
  return `${Math.max(1, Math.round(photo.width * scale))}x${Math.max(1, Math.round(photo.height * scale))}`;
}

async function choose(file) {
  const next = await openPhoto(file);
  if (!next) {
    showError(new Problem("This file is not a picture the browser can show.", `${file.name || "The file"} is ${file.type || "of an unknown type"}; expected JPEG, PNG, WebP or BMP.`));
    return;
  }
  photo?.close();
  photo = next;
  document.body.classList.add("chosen");
  await run();
}

async function run() {
  running?.abort();
  if (!photo) {
    return;
  }
  const tasks = chosenTasks();
  showError(null);
  byId("after").hidden = true;
  figures.showPhoto(photo, tasks);
  if (tasks.length === 0) {
    say("No task is chosen.");
    showError(new Problem("No task is chosen.", "Pick at least one task to see its map."));
    return;
  }

  const mine = new AbortController();
  running = mine;
  const size = chosenSize();
  say("Computing the maps.");
  byId("maps").setAttribute("aria-busy", "true");
  const started = performance.now();
  try {
    const answer = await predict(photo.file, chosenModel(), tasks, size, mine.signal);
    const roundTripMs = performance.now() - started;
    // The server answers in the model's order, whatever the order asked for.
    figures.showMaps(Object.entries(answer.image.maps).map(([task, map]) => new TaskMap(task, map)));
    showModel(answer.model);
    byId("timing").replaceChildren(...timingOf(answer.timing, roundTripMs));
    byId("curl").textContent = curlLine(photo.file.name || "image.png", chosenModel(), tasks, size, usesKey());
    byId("after").hidden = false;
    say(`${tasks.length} ${tasks.length === 1 ? "map is" : "maps are"} ready: ${tasks.map(titleOf).join(", ")}.`);
  } catch (error) {
    if (error.name !== "AbortError") {
      figures.drop();
      say("");
      showError(error);
    }
  } finally {
    if (running === mine) {
      byId("maps").removeAttribute("aria-busy");
    }
  }
}

function showModel(model) {
  byId("model").replaceChildren(
    element("strong", { textContent: model.name }), element("span", { textContent: `version ${model.version}` }),
    element("span", { textContent: model.provider.toUpperCase() }));
  byId("model").title = model.digest;
  byId("notice").hidden = !model.notice;
  byId("notice").textContent = model.notice ?? "";
}

function showTasks(tasks) {
  byId("tasks").replaceChildren(...tasks.map((task) => element("label", { className: "chip" },
    element("input", { type: "checkbox", value: task.name, checked: true }), element("span", { textContent: titleOf(task.name) }))));
}

function showSamples(names) {
  byId("samples").hidden = names.length === 0;
  byId("samples").replaceChildren(...names.map((name) => {
    const address = new URL(`samples/${encodeURIComponent(name)}`, document.baseURI);
    const button = element("button", { type: "button", className: "sample", title: name },
      element("img", { src: address, alt: "", loading: "lazy" }), element("span", { textContent: `Try ${name}` }));
    button.addEventListener("click", async () => {
      try {
        const content = await (await fetch(address)).blob();
        await choose(new File([content], name, { type: content.type }));
      } catch (error) {
        showError(error);
      }
    });
    return button;
  }));
}

function showChoice() {
  byId("model-field").hidden = models.length < 2;
  byId("model-choice").replaceChildren(...models.map((model) => element("option", { value: model.name, textContent: model.name, selected: model.default })));
}

/** Shows what the chosen model is and can do. */
async function useModel() {
  const name = chosenModel();
  const model = models.find((known) => (name ? known.name === name : known.default));
  if (!model) {
    throw new Problem("No model is ready yet.", "The page asks again by itself.");
  }
  showTasks(await getTasks(name));
  showModel(model);
  byId("size").options[1].textContent = `Model input, ${model.input.size} px`;
}

async function connect() {
  try {
    const [known, samples] = await Promise.all([getModels(), getSamples()]);
    models = known.filter((model) => model.state === "ready");
    showChoice();
    await useModel();
    showSamples(samples);
    showError(null);
  } catch (error) {
    byId("model").textContent = "No model yet";
    showError(error);
    setTimeout(connect, retryMs);
  }
}

function listenForFiles() {
  byId("file").addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (file) {
      choose(file);
    }
    // So that the same file can be chosen again.
    event.target.value = "";
  });
  let depth = 0;
  const mark = (change) => {
    depth = Math.max(0, depth + change);
    document.body.classList.toggle("dragging", depth > 0);
  };
  document.addEventListener("dragenter", () => mark(1));
  document.addEventListener("dragleave", () => mark(-1));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    mark(0);
    const [file] = event.dataTransfer.files;
    if (file) {
      choose(file);
    }
  });
  document.addEventListener("paste", (event) => {
    const file = [...event.clipboardData.files].find((item) => item.type.startsWith("image/"));
    if (file) {
      choose(file);
    }
  });
}

function listenForSettings() {
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  byId("tasks").addEventListener("change", run);
  byId("size").addEventListener("change", run);
  byId("model-choice").addEventListener("change", async () => {
    try {
      await useModel();
      await run();
    } catch (error) {
      showError(error);
    }
  });
  const blend = () => {
    byId("maps").style.setProperty("--blend", byId("blend").value / 100);
    byId("blend-value").textContent = `${byId("blend").value} %`;
  };
  byId("blend").addEventListener("input", blend);
  blend();
}

function listenForKey() {
  byId("key-form").addEventListener("submit", (event) => {
    event.preventDefault();
    useKey(byId("key").value.trim());
    byId("key").value = "";
    run();
  });
}

function listenForTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const label = () => byId("theme").setAttribute("aria-label", `Switch to ${isDark() ? "light" : "dark"} theme`);
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", document.documentElement.dataset.theme);
    } catch {
      // Storage can be forbidden; the choice then lasts as long as the page.
    }
    label();
  });
  system.addEventListener("change", label);
  label();
}

byId("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(byId("curl").textContent);
    byId("copy").textContent = "Copied";
  } catch {
    // Without HTTPS there is no clipboard: select the line, for the user to copy.
    getSelection().selectAllChildren(byId("curl"));
    byId("copy").textContent = "Selected: press Ctrl+C";
  }
  setTimeout(() => { byId("copy").textContent = "Copy"; }, retryMs);
});

listenForFiles();
listenForSettings();
listenForKey();
listenForTheme();
connect();

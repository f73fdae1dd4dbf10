// The input and its maps side by side, and one point that all of them share.
import { element } from "./dom.js";
import { legendOf } from "./legends.js";
import { titleOf } from "./maps.js";

const keySteps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const finePixels = 256;

export class Figures {
  /** @param announce called with a sentence when the point was moved by keys. */
  constructor(root, announce) {
    this.root = root;
    this.announce = announce;
    this.point = null;
    this.cards = [];
  }

  /** Shows the photo and a place for each map that is on its way. */
  showPhoto(photo, tasks) {
    this.photo = photo;
    this.point = null;
    this.input = this.card("input", "Input", `${photo.width} × ${photo.height}`);
    this.input.at = (u, v) => {
      const [red, green, blue] = photo.colorAt(u, v);
      return { text: `${red} ${green} ${blue}`, color: [red, green, blue], value: [red, green, blue] };
    };
    const place = element("strong", { textContent: "–" });
    this.input.figure.append(element("div", { className: "legend" },
      element("p", { className: "place" }, "Pixel ", place),
      element("p", { className: "hint", textContent: "Point at any picture to read the same place on all of them. By keyboard: Tab to a picture, then the arrow keys; Shift goes further." })));
    this.input.point = (u, v) => {
      const pixel = (share, length) => Math.min(Math.floor(share * length), length - 1);
      place.textContent = `${pixel(u, photo.width)}, ${pixel(v, photo.height)}`;
    };
    this.cards = [this.input];
    this.root.replaceChildren(this.input.figure);
    for (const task of tasks) {
      this.root.append(element("figure", { className: "card waiting" },
        element("figcaption", {}, element("h2", { textContent: titleOf(task) })), this.emptyStage()));
    }
    this.root.hidden = false;
  }

  showMaps(maps) {
    this.cards = [this.input, ...maps.map((map) => this.mapCard(map))];
    this.root.replaceChildren(...this.cards.map((card) => card.figure));
    this.movePoint(this.point);
  }

  /** Takes away what was on its way. */
  drop() {
    this.root.querySelectorAll(".waiting").forEach((node) => node.remove());
  }

  emptyStage() {
    const stage = element("div", { className: "stage" });
    stage.style.setProperty("--ratio", `${this.photo.width} / ${this.photo.height}`);
    return stage;
  }

  card(name, title, size) {
    const value = element("output", { className: "value", "data-map": name });
    const stage = this.emptyStage();
    stage.tabIndex = 0;
    stage.setAttribute("role", "group");
    stage.setAttribute("aria-label", `${title}. Arrow keys move the point that is read on all maps; with Shift, further.`);
    const cross = element("i", { className: "cross", hidden: true });
    stage.append(element("img", { src: this.photo.url, alt: name === "input" ? "The chosen image" : "", draggable: false }), cross);
    const figure = element("figure", { className: "card", "data-map": name },
      element("figcaption", {}, element("h2", { textContent: title }), element("span", { className: "size", textContent: size })),
      stage, element("div", { className: "readout" }, element("i", { className: "swatch" }), value));
    this.listen(stage);
    return { name, title, figure, stage, value, cross, swatch: figure.querySelector(".swatch") };
  }

  mapCard(map) {
    const card = this.card(map.task, titleOf(map.task), `${map.width} × ${map.height}`);
    const canvas = element("canvas", { role: "img", "aria-label": `${titleOf(map.task)} map` });
    canvas.classList.toggle("coarse", map.width < finePixels);
    map.paint(canvas);
    card.stage.insertBefore(canvas, card.cross);
    const legend = legendOf(map, () => {
      map.paint(canvas);
      this.movePoint(this.point);
    });
    card.figure.append(legend.root);
    const pixel = (u, v) => [Math.min(Math.floor(u * map.width), map.width - 1), Math.min(Math.floor(v * map.height), map.height - 1)];
    card.at = (u, v) => {
      const [x, y] = pixel(u, v);
      return { text: map.textAt(x, y), color: map.colorAt(x, y), value: map.at(x, y), x, y };
    };
    card.point = (u, v) => legend.point(...pixel(u, v));
    return card;
  }

  listen(stage) {
    const follow = (event) => {
      const box = stage.getBoundingClientRect();
      const inside = (value) => Math.min(Math.max(value, 0), 1);
      this.movePoint([inside((event.clientX - box.left) / box.width), inside((event.clientY - box.top) / box.height)]);
    };
    stage.addEventListener("pointermove", follow);
    stage.addEventListener("pointerdown", follow);
    stage.addEventListener("keydown", (event) => {
      const step = keySteps[event.key];
      if (!step) {
        return;
      }
      event.preventDefault();
      const far = (event.shiftKey ? 10 : 1) / 100;
      const [u, v] = this.point ?? [0.5, 0.5];
      const limit = (value) => Math.min(Math.max(value, 0), 1);
      this.movePoint([limit(u + step[0] * far), limit(v + step[1] * far)]);
      this.announce(this.cards.map((card) => `${card.title}: ${card.value.textContent}`).join("; "));
    });
  }

  movePoint(point) {
    this.point = point;
    if (!point) {
      return;
    }
    const [u, v] = point;
    for (const card of this.cards) {
      const read = card.at(u, v);
      card.value.textContent = read.text;
      card.value.dataset.value = JSON.stringify(read.value);
      card.value.dataset.pixel = JSON.stringify([read.x, read.y]);
      card.swatch.style.backgroundColor = `rgb(${[...read.color].map(Math.round).join(" ")})`;
      card.figure.classList.add("read");
      card.cross.hidden = false;
      card.cross.style.setProperty("--u", u);
      card.cross.style.setProperty("--v", v);
      card.point(u, v);
    }
  }
}

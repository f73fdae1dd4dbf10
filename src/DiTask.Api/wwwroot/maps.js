// A map of the answer: its numbers, its picture, the value at a pixel.
import { normalColor, parseHex, scaleOf, step } from "./colors.js";

const titles = {
  semseg: "Semantic labels", human_parts: "Human parts", sal: "Saliency", normals: "Surface normals", edge: "Edges", depth: "Depth",
};

export const titleOf = (task) => titles[task] ?? task;

export class TaskMap {
  constructor(task, answer) {
    const bytes = Uint8Array.from(atob(answer.data), (letter) => letter.charCodeAt(0));
    this.task = task;
    this.kind = answer.kind;
    this.width = answer.width;
    this.height = answer.height;
    this.classes = answer.classes ?? [];
    this.unit = answer.unit ?? null;
    this.stats = { min: answer.min, mean: answer.mean, max: answer.max };
    this.values = answer.dtype === "uint8" ? bytes : new Float32Array(bytes.buffer);
    // Metres have no natural ends; probabilities have.
    this.full = this.unit ? null : [0, 1];
    this.range = this.full ?? [answer.min ?? 0, answer.max ?? 1];
  }

  /** Numbers at a pixel: one, or three of a vector. */
  at(x, y) {
    const channels = this.kind === "vector" ? 3 : 1;
    const start = (y * this.width + x) * channels;
    return [...this.values.subarray(start, start + channels)];
  }

  classAt(x, y) {
    const [label] = this.at(x, y);
    return this.classes.find((item) => item.value === label) ?? { value: label, name: `label ${label}`, color: "#000000" };
  }

  colorAt(x, y) {
    const value = this.at(x, y);
    switch (this.kind) {
      case "labels": return parseHex(this.classAt(x, y).color);
      case "vector": return normalColor(...value);
      default: {
        const start = step(this.position(value[0]));
        return scaleOf(this.task).subarray(start, start + 3);
      }
    }
  }

  /** Where a scalar lies between the ends of the scale. */
  position(value) {
    const [low, high] = this.range;
    return high > low ? (value - low) / (high - low) : 0;
  }

  /** For people. */
  textAt(x, y) {
    const value = this.at(x, y);
    switch (this.kind) {
      case "labels": return this.classAt(x, y).name;
      case "vector": return value.map((part) => part.toFixed(2).replace("-", "−")).join("  ");
      default: return this.unit ? `${value[0].toFixed(3)} ${this.unit}` : value[0].toFixed(3);
    }
  }

  paint(canvas) {
    canvas.width = this.width;
    canvas.height = this.height;
    const context = canvas.getContext("2d");
    const picture = context.createImageData(this.width, this.height);
    const { data } = picture;
    const put = this.painter();
    for (let pixel = 0; pixel < this.width * this.height; pixel++) {
      put(data, pixel);
      data[pixel * 4 + 3] = 255;
    }
    context.putImageData(picture, 0, 0);
  }

  painter() {
    const { values } = this;
    if (this.kind === "labels") {
      const palette = [];
      this.classes.forEach((item) => { palette[item.value] = parseHex(item.color); });
      return (data, pixel) => data.set(palette[values[pixel]] ?? [0, 0, 0], pixel * 4);
    }
    if (this.kind === "vector") {
      return (data, pixel) => {
        for (let channel = 0; channel < 3; channel++) {
          data[pixel * 4 + channel] = (values[pixel * 3 + channel] + 1) * 127.5;
        }
      };
    }
    const scale = scaleOf(this.task);
    return (data, pixel) => {
      const start = step(this.position(values[pixel]));
      data[pixel * 4] = scale[start];
      data[pixel * 4 + 1] = scale[start + 1];
      data[pixel * 4 + 2] = scale[start + 2];
    };
  }
}

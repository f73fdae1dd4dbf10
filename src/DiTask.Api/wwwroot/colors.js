// Colour scales: the anchors that the service's own overlays have, as 256 steps.

const anchors = {
  viridis: [0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725],
  inferno: [0x000004, 0x1b0c42, 0x4b0c6b, 0x781c6d, 0xa52c60, 0xcf4446, 0xed6925, 0xfb9a06, 0xf7d03c, 0xfcffa4],
  gray: [0x000000, 0xffffff],
};

const steps = 256;

function table(points) {
  const bytes = new Uint8Array(steps * 3);
  for (let i = 0; i < steps; i++) {
    const position = (i / (steps - 1)) * (points.length - 1);
    const left = Math.min(Math.floor(position), points.length - 2);
    for (let channel = 0; channel < 3; channel++) {
      const shift = 16 - 8 * channel;
      const from = (points[left] >> shift) & 255;
      const to = (points[left + 1] >> shift) & 255;
      bytes[i * 3 + channel] = Math.round(from + (to - from) * (position - left));
    }
  }
  return bytes;
}

const tables = Object.fromEntries(Object.entries(anchors).map(([name, points]) => [name, table(points)]));

export const scaleOf = (task) => tables[task === "depth" ? "viridis" : task === "edge" ? "gray" : "inferno"];

/** Index of a scale's first byte for a number in [0, 1]; what lies outside gets the nearer end. */
export const step = (value) => (value > 0 ? Math.round(Math.min(value, 1) * (steps - 1)) : 0) * 3;

export const parseHex = (text) => {
  const value = Number.parseInt(text.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};

export const normalColor = (x, y, z) => [(x + 1) * 127.5, (y + 1) * 127.5, (z + 1) * 127.5];

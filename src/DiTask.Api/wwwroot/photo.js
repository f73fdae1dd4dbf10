// The chosen picture as the browser sees it: upright, and its colours by place.
const sampleSide = 1024;

export async function openPhoto(file) {
  const url = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    const [width, height] = [picture.naturalWidth, picture.naturalHeight];
    const shrink = Math.min(1, sampleSide / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * shrink));
    canvas.height = Math.max(1, Math.round(height * shrink));
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const place = (share, length) => Math.min(Math.floor(share * length), length - 1);
    return {
      file, url, width, height,
      colorAt: (u, v) => [...context.getImageData(place(u, canvas.width), place(v, canvas.height), 1, 1).data.slice(0, 3)],
      close: () => URL.revokeObjectURL(url),
    };
  } catch {
    URL.revokeObjectURL(url);
    return null;
  }
}

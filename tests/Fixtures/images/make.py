"""Makes every picture of this folder. Needs: apt-get install python3-pil libturbojpeg0 libjpeg-turbo-progs.

    python3 make.py            # writes beside itself

PNG and most BMP files are put together byte by byte here, so that they do not depend on the libraries under test.
"""
import ctypes
import io
import math
import os
import random
import struct
import subprocess
import zlib

from PIL import Image, ImageDraw, ImageFilter

HERE = os.path.dirname(os.path.abspath(__file__))

# "ramp": 13 x 7, for lossless files; odd sizes so that every row needs padding. "blocks": 24 x 16 of six flat 8 x 8 squares,
# for lossy files; no symmetry maps it onto itself. Tests compute both.
RAMP_W, RAMP_H = 13, 7
BLOCKS_W, BLOCKS_H = 24, 16
BLOCK_COLOURS = [(200, 30, 30), (30, 200, 30), (30, 30, 200), (220, 220, 40), (40, 220, 220), (120, 120, 120)]


def ramp(x, y):
    return 20 * x, 40 * y, (7 * x + 11 * y) % 256


def ramp16(x, y):
    return 5000 * x + 3, 9000 * y + 5, (700 * x + 1100 * y + 7) % 65536


def ramp_gray(x, y):
    return (20 * x + 3 * y) % 256


def ramp_gray16(x, y):
    return 5000 * x + 77 * y


def alpha(x, y):
    return 0 if (x + y) % 2 else 128


def save(name, data):
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(data)


# ---------------------------------------------------------------- PNG

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colour, pixel, extra=b"", interlaced=False, after=b""):
    """pixel(x, y) gives the samples of one pixel; rows are stored with filter 0."""
    def rows(xs, ys):
        out = bytearray()
        for y in ys:
            bits = "".join(format(sample, f"0{depth}b") for x in xs for sample in pixel(x, y))
            bits += "0" * (-len(bits) % 8)
            out += b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")
        return out

    if interlaced:
        passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
        raw = b""
        for x0, y0, dx, dy in passes:
            xs, ys = range(x0, width, dx), range(y0, height, dy)
            if len(xs) and len(ys):
                raw += bytes(rows(xs, ys))
    else:
        raw = bytes(rows(range(width), range(height)))
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(raw, 9)) + after + chunk(b"IEND", b""))


def make_png():
    w, h = RAMP_W, RAMP_H
    rgb = lambda x, y: ramp(x, y)
    save("png-rgb8.png", png(w, h, 8, 2, rgb))
    save("png-rgb8-interlaced.png", png(w, h, 8, 2, rgb, interlaced=True))
    save("png-rgb8-trns.png", png(w, h, 8, 2, rgb, chunk(b"tRNS", struct.pack(">HHH", *ramp(1, 1)))))
    save("png-rgba8.png", png(w, h, 8, 6, lambda x, y: ramp(x, y) + (alpha(x, y),)))
    save("png-rgb16.png", png(w, h, 16, 2, ramp16))
    save("png-rgba16.png", png(w, h, 16, 6, lambda x, y: ramp16(x, y) + (257 * alpha(x, y),)))
    save("png-gray8.png", png(w, h, 8, 0, lambda x, y: (ramp_gray(x, y),)))
    save("png-gray8-alpha.png", png(w, h, 8, 4, lambda x, y: (ramp_gray(x, y), alpha(x, y))))
    save("png-gray16.png", png(w, h, 16, 0, lambda x, y: (ramp_gray16(x, y),)))
    save("png-gray16-alpha.png", png(w, h, 16, 4, lambda x, y: (ramp_gray16(x, y), 257 * alpha(x, y))))
    for depth in (1, 2, 4):
        levels = 1 << depth
        save(f"png-gray{depth}.png", png(w, h, depth, 0, lambda x, y: ((x + y) % levels,)))
    for depth in (1, 2, 4, 8):
        colours = min(1 << depth, w * h)
        palette = b"".join(bytes(ramp(i % w, i // w)) for i in range(colours))
        extra = chunk(b"PLTE", palette) + (chunk(b"tRNS", bytes([0, 128])) if depth == 8 else b"")
        save(f"png-palette{depth}.png", png(w, h, depth, 3, lambda x, y: ((y * w + x) % colours,), extra))
    exif = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, 6, 0, 0)
    turned = blocks_image().transpose(Image.Transpose.ROTATE_90)
    save("png-orientation6.png", png(BLOCKS_H, BLOCKS_W, 8, 2, lambda x, y: turned.getpixel((x, y)), chunk(b"eXIf", exif)))


# ---------------------------------------------------------------- JPEG

def blocks_image():
    image = Image.new("RGB", (BLOCKS_W, BLOCKS_H))
    for i, colour in enumerate(BLOCK_COLOURS):
        image.paste(colour, (8 * (i % 3), 8 * (i // 3), 8 * (i % 3) + 8, 8 * (i // 3) + 8))
    return image


def encoded(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def ycck(image):
    """tjCompress2 with TJPF_CMYK (11), 4:4:4: Adobe marker with transform 2. The samples are stored inverted, as Adobe does."""
    library = ctypes.CDLL("libturbojpeg.so.0")
    library.tjInitCompress.restype = ctypes.c_void_p
    width, height = image.size
    samples = bytes(255 - value for pixel in image.convert("CMYK").getdata() for value in pixel)
    jpeg, size = ctypes.POINTER(ctypes.c_ubyte)(), ctypes.c_ulong()
    handle = ctypes.c_void_p(library.tjInitCompress())
    assert library.tjCompress2(handle, samples, width, 0, height, 11, ctypes.byref(jpeg), ctypes.byref(size), 0, 95, 0) == 0
    return bytes(jpeg[:size.value])


def make_jpeg():
    blocks = blocks_image()
    options = dict(quality=95, subsampling=0)
    save("jpeg-baseline.jpg", encoded(blocks, "JPEG", **options))
    save("jpeg-progressive.jpg", encoded(blocks, "JPEG", progressive=True, **options))
    arguments = ["cjpeg", "-quality", "95", "-sample", "1x1", "-restart", "1B"]
    save("jpeg-restart.jpg", subprocess.run(arguments, input=encoded(blocks, "PPM"), stdout=subprocess.PIPE, check=True).stdout)
    save("jpeg-420.jpg", encoded(blocks, "JPEG", quality=95, subsampling=2))
    save("jpeg-gray.jpg", encoded(blocks.convert("L"), "JPEG", quality=95))
    save("jpeg-cmyk.jpg", encoded(blocks.convert("CMYK"), "JPEG", quality=95))
    save("jpeg-ycck.jpg", ycck(blocks))
    # How the upright picture must be stored so that a viewer that obeys the tag shows it upright.
    stored = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }
    for orientation, operation in stored.items():
        image = blocks if operation is None else blocks.transpose(operation)
        exif = Image.Exif()
        exif[0x0112] = orientation
        save(f"jpeg-orientation{orientation}.jpg", encoded(image, "JPEG", exif=exif, **options))


# ---------------------------------------------------------------- WebP, GIF

def make_webp():
    blocks = blocks_image()
    ramp_image = Image.new("RGBA", (RAMP_W, RAMP_H))
    for y in range(RAMP_H):
        for x in range(RAMP_W):
            ramp_image.putpixel((x, y), ramp(x, y) + (alpha(x, y),))
    opaque = ramp_image.convert("RGB")
    save("webp-lossy.webp", encoded(blocks, "WEBP", quality=95))
    save("webp-lossy-alpha.webp", encoded(with_alpha(blocks), "WEBP", quality=95, exact=True))
    save("webp-lossless.webp", encoded(opaque, "WEBP", lossless=True))
    save("webp-lossless-alpha.webp", encoded(ramp_image, "WEBP", lossless=True, exact=True))
    exif = Image.Exif()
    exif[0x0112] = 6
    save("webp-orientation6.webp", encoded(blocks.transpose(Image.Transpose.ROTATE_90), "WEBP", quality=95, exif=exif))
    frames = [blocks, blocks.transpose(Image.Transpose.ROTATE_180)]
    save("webp-animated.webp", encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100))
    save("gif-animated.gif", encoded(frames[0].convert("P"), "GIF", save_all=True, append_images=[frames[1].convert("P")], duration=100))


def with_alpha(image):
    image = image.convert("RGBA")
    image.putalpha(128)
    return image


# ---------------------------------------------------------------- BMP

def bmp(bits, pixel, width=RAMP_W, height=RAMP_H, palette=(), compression=0, masks=(), header_bytes=40, top_down=False, colours=0):
    """pixel(x, y) gives the stored number of one pixel."""
    rows = []
    for y in range(height):
        number = "".join(format(pixel(x, y), f"0{bits}b") if bits <= 8 else "" for x in range(width))
        if bits <= 8:
            number += "0" * (-len(number) % 8)
            row = int(number, 2).to_bytes(len(number) // 8, "big")
        else:
            row = b"".join(pixel(x, y).to_bytes(bits // 8, "little") for x in range(width))
        rows.append(row + b"\0" * (-len(row) % 4))
    data = b"".join(rows if top_down else reversed(rows))
    if header_bytes == 12:
        info = struct.pack("<IHHHH", 12, width, height, 1, bits)
        table = b"".join(bytes((b, g, r)) for r, g, b in palette)
    else:
        info = struct.pack("<IiiHHIIiiII", header_bytes, width, -height if top_down else height, 1, bits, compression, len(data), 2835, 2835, colours, 0)
        info += b"".join(struct.pack("<I", mask) for mask in masks)
        info += b"\0" * (header_bytes - len(info))
        table = b"".join(bytes((b, g, r, 0)) for r, g, b in palette)
    offset = 14 + len(info) + len(table)
    return struct.pack("<2sIHHI", b"BM", offset + len(data), 0, 0, offset) + info + table + data


def make_bmp():
    def packed(x, y, red, green, blue):
        r, g, b = ramp(x, y)
        return (r * red[0] // 255) << red[1] | (g * green[0] // 255) << green[1] | (b * blue[0] // 255) << blue[1]

    bgr = lambda x, y: ramp(x, y)[0] << 16 | ramp(x, y)[1] << 8 | ramp(x, y)[2]
    palette = [ramp(i % RAMP_W, i // RAMP_W) for i in range(RAMP_W * RAMP_H)]
    save("bmp-24.bmp", bmp(24, bgr))
    save("bmp-24-topdown.bmp", bmp(24, bgr, top_down=True))
    save("bmp-24-core.bmp", bmp(24, bgr, header_bytes=12))
    save("bmp-32.bmp", bmp(32, lambda x, y: bgr(x, y) | alpha(x, y) << 24))
    save("bmp-32-masks.bmp", bmp(32, lambda x, y: packed(x, y, (255, 0), (255, 8), (255, 16)), compression=3,
                                 masks=(0xFF, 0xFF00, 0xFF0000, 0xFF000000), header_bytes=108))
    save("bmp-16-555.bmp", bmp(16, lambda x, y: packed(x, y, (31, 10), (31, 5), (31, 0))))
    save("bmp-16-565.bmp", bmp(16, lambda x, y: packed(x, y, (31, 11), (63, 5), (31, 0)), compression=3, masks=(0xF800, 0x07E0, 0x001F)))
    save("bmp-8.bmp", bmp(8, lambda x, y: y * RAMP_W + x, palette=palette, colours=len(palette)))
    save("bmp-4.bmp", bmp(4, lambda x, y: (x + y) % 16, palette=palette[:16]))
    save("bmp-1.bmp", bmp(1, lambda x, y: (x + y) % 2, palette=palette[:2]))


# ---------------------------------------------------------------- a photo-like picture

def scene(width, height):
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    horizon = int(height * .55)
    for y in range(horizon):
        t = y / horizon
        draw.line((0, y, width, y), fill=(int(70 + 150 * t), int(130 + 90 * t), int(230 - 20 * t)))
    for y in range(horizon, height):
        t = (y - horizon) / (height - horizon)
        draw.line((0, y, width, y), fill=(int(110 - 50 * t), int(150 - 60 * t), int(70 - 40 * t)))
    draw.ellipse((930, 70, 1060, 200), fill=(255, 240, 180))
    for base, amplitude, colour in ((470, 60, (96, 118, 150)), (500, 40, (72, 104, 92))):
        ridge = [(x, base + amplitude * math.sin(x / 97) * math.cos(x / 231)) for x in range(0, width + 1, 8)]
        draw.polygon([(0, horizon + 20), *ridge, (width, horizon + 20)], fill=colour)
    draw.polygon([(520, height), (680, height), (615, horizon + 15), (600, horizon + 15)], fill=(150, 140, 130))
    draw.rectangle((150, 430, 420, 640), fill=(190, 90, 70))
    draw.polygon([(130, 430), (285, 320), (440, 430)], fill=(90, 50, 50))
    for x in (185, 335):
        draw.rectangle((x, 470, x + 55, 530), fill=(200, 225, 240), outline=(60, 40, 40), width=4)
    draw.rectangle((260, 540, 312, 640), fill=(70, 45, 35))
    for x, y, size in ((800, 620, 120), (960, 680, 150), (1090, 600, 100)):
        draw.rectangle((x - size // 12, y - size // 2, x + size // 12, y + size // 2), fill=(90, 60, 40))
        draw.ellipse((x - size // 2, y - size * 3 // 2, x + size // 2, y - size // 3), fill=(40, 110, 50))
    draw.ellipse((555, 560, 605, 610), fill=(225, 180, 150))
    draw.rounded_rectangle((545, 610, 615, 720), 20, fill=(40, 60, 160))
    draw.rectangle((555, 715, 577, 800), fill=(40, 40, 50))
    draw.rectangle((583, 715, 605, 800), fill=(40, 40, 50))
    draw.ellipse((690, 745, 790, 805), fill=(140, 100, 60))
    draw.ellipse((770, 715, 830, 765), fill=(140, 100, 60))
    return image


def make_photo():
    clean = scene(1200, 900)
    save("photo.png", encoded(clean, "PNG", optimize=True))
    generator = random.Random(1)
    noise = Image.frombytes("L", (400, 300), bytes(min(255, max(0, int(generator.gauss(128, 28)))) for _ in range(400 * 300)))
    noise = noise.resize(clean.size, Image.Resampling.BICUBIC)
    grain = Image.merge("RGB", (noise, noise, noise))
    soft = Image.blend(clean.filter(ImageFilter.GaussianBlur(1.2)), grain, .12)
    save("photo.jpg", encoded(soft, "JPEG", quality=80))
    save("photo.webp", encoded(soft, "WEBP", quality=75))


if __name__ == "__main__":
    make_png()
    make_jpeg()
    make_webp()
    make_bmp()
    make_photo()

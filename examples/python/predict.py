#!/usr/bin/env python3
"""Predicts all maps of a photo and writes them as files. Standard library only.

Usage: predict.py PHOTO [URL]
"""
import base64
import json
import pathlib
import sys
import time
import urllib.error
import urllib.request
import uuid

MOST_ATTEMPTS = 4


def form(photo, fields):
    """Body and type of multipart/form-data."""
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="image"; filename="{photo.name}"\r\n\r\n'.encode())
    parts.append(photo.read_bytes() + f"\r\n--{boundary}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"


def problem_of(error):
    """The problem document of an error; a proxy's answer may be none."""
    try:
        return json.load(error)
    except ValueError:
        return {"detail": error.reason}


def predict(url, photo, **fields):
    body, media_type = form(photo, fields)
    request = urllib.request.Request(f"{url}/predict", body, {"Content-Type": media_type, "X-Request-Timeout": "20"})
    for attempt in range(1, MOST_ATTEMPTS + 1):
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            problem = problem_of(error)
            if not problem.get("retryable") or attempt == MOST_ATTEMPTS:
                details = [item["detail"] for item in problem.get("errors", [])] or [problem.get("detail")]
                sys.exit(f"{error.code} {problem.get('code', 'unknown')}: " + "; ".join(details))
            time.sleep(float(error.headers.get("Retry-After", attempt)))
        except urllib.error.URLError as error:
            sys.exit(f"{url}: {error.reason}")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__.strip())
    photo = pathlib.Path(sys.argv[1])
    url = sys.argv[2].rstrip("/") if len(sys.argv) == 3 else "http://localhost:8080"

    answer = predict(url, photo, size="source")
    image = answer["images"][0]
    print(f"{answer['model']['name']} on {answer['model']['provider']}")
    for task, data in image["maps"].items():
        name = f"{task}.png"
        pathlib.Path(name).write_bytes(base64.b64decode(data["data"]))
        print(f"{name:<12} {data['width']}x{data['height']} {summary(data)}")


def summary(data):
    if data["kind"] == "labels":
        largest = sorted(data["classes"], key=lambda item: -item["fraction"])[:3]
        return ", ".join(f"{item['name']} {item['fraction']:.0%}" for item in largest)
    if data["kind"] == "scalar":
        return f"{data['min']:.3f} to {data['max']:.3f} {data.get('unit', '')}".rstrip()
    return f"value = {data['offset']} + {data['scale']:.6f} * sample, frame {data['frame']}"


if __name__ == "__main__":
    main()

